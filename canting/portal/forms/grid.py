"""The grid every step is typed in: cells, rows without content, errors by row and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from canting.kernel.errors import DomainError
from canting.kernel.inputs import RupiahField
from canting.members.rules.people import folded
from canting.portal.forms.known import Choice, Known
from canting.portal.imports import ROW

PREFIX = "r"
MOST_ROWS = 3000
BLANK_ROWS = 3


class PickField(forms.ChoiceField):
    """A choice that a sheet may name by its code, by its label or by words people use for it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.words: dict[str, str] = {}

    def offer(self, choices: Sequence[Choice], words: Mapping[str, str] | None = None) -> None:
        """Set what can be chosen, and the other words for it."""
        self.choices = [("", ""), *choices]
        self.words = {folded(word): value for word, value in (words or {}).items()}
        for value, label in choices:
            code, _space, name = str(label).partition(" ")
            self.words.update({value: value, folded(str(label)): value})
            # An account may be shown under a code of the cooperative's own.
            if name and (code == value.partition(":")[0] or code[:1].isdigit()):
                self.words.setdefault(folded(name), value)
                self.words.setdefault(code, value)

    def prepare_value(self, value: Any) -> Any:
        """The choice that a typed text means, else the text."""
        text = str(value or "").strip()
        code, _space, name = text.partition(" ")
        for part in (text, folded(text), code, folded(name)):
            if part and part in self.words:
                return self.words[part]
        return text

    def to_python(self, value: Any) -> str:
        """The same while cleaning, so that a label from a sheet is a valid choice."""
        return str(self.prepare_value(value))


class RowForm(forms.Form):
    """One row. Without any of its `content` cells it is empty, whatever was filled in beforehand."""

    content: Sequence[str] = ()
    row = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        self.prepare()
        for name, field in self.fields.items():
            if isinstance(field, PickField):
                self._keep_unknown(name, field)

    def prepare(self) -> None:
        """Offer this row's choices."""

    def _keep_unknown(self, name: str, field: PickField) -> None:
        # A word that means none of the choices stays on the page, beside its error.
        typed = self.typed(name)
        if typed and field.prepare_value(typed) not in dict(field.choices):  # type: ignore[arg-type]
            field.widget.choices = [*field.choices, (typed, typed)]  # type: ignore[misc]

    def typed(self, name: str) -> str:
        """What was typed in a cell."""
        return str(self.data.get(self.add_prefix(name), "")).strip() if self.is_bound else ""

    def has_changed(self) -> bool:
        """True when a cell that counts was filled in."""
        return any(self.typed(name) for name in self.content)

    def found(self, name: str, find: Any) -> Any:
        """What a cell names, by one of the directories; a refusal becomes the cell's error."""
        value = self.cleaned_data.get(name)
        if not value:
            return None
        try:
            return find(value)
        except DomainError as refusal:
            self.add_error(name, str(refusal))
            return None

    def key(self) -> str:
        """What may stand in one row only; "" for rows that may repeat."""
        return ""

    def canonical(self) -> dict[str, str]:
        """The row as it is kept: amounts with dots, choices by their value, the rest as typed."""
        kept = {}
        for bound in self.visible_fields():
            value = self.cleaned_data.get(bound.name)
            if isinstance(bound.field, RupiahField) and value is not None:
                kept[bound.name] = str(bound.field.prepare_value(value))
            elif isinstance(bound.field, PickField):
                kept[bound.name] = str(value or "")
            else:
                kept[bound.name] = self.typed(bound.name)
        return kept


class CellError(NamedTuple):
    """One thing to put right: which row, which column, what, and the id of the cell."""

    row: str
    column: str
    text: str
    cell: str


class Grid(forms.BaseFormSet):  # type: ignore[type-arg]
    """The rows of a step: shown from what is kept, read back from the page or from a sheet."""

    def initial_form_count(self) -> int:
        """None: a row that was filled in beforehand may be emptied like any other."""
        return 0 if self.is_bound else super().initial_form_count()

    def filled(self) -> list[Any]:
        """The rows that hold something."""
        return [form for form in self.forms if form.has_changed()]

    def rows(self) -> list[dict[str, str]]:
        """The valid rows as they are kept."""
        return [form.canonical() for form in self.filled()]

    def typed_rows(self) -> list[dict[str, str]]:
        """The rows exactly as typed, for a draft."""
        return [
            {name: form.typed(name) for name in form.fields if form.typed(name)}
            for form in self.filled()
        ]

    def clean(self) -> None:
        """Refuse the same person or account in two rows."""
        seen: dict[str, str] = {}
        for place, form in enumerate(self.forms, 1):
            key = form.key() if form.has_changed() and not form.errors else ""
            if not key:
                continue
            if key in seen:
                text = _("This stands in row %(row)s already.") % {"row": seen[key]}
                form.add_error(form.visible_fields()[0].name, text)
            seen.setdefault(key, form.typed(ROW) or str(place))

    def cell_errors(self) -> list[CellError]:
        """Everything to put right, in the order of the page."""
        found = []
        for place, form in enumerate(self.forms, 1):
            row = form.typed(ROW) or str(place)
            for bound in form.visible_fields():
                label = str(bound.label)
                found += [
                    CellError(row, label, str(error), bound.id_for_label) for error in bound.errors
                ]
            first = form.visible_fields()[0].id_for_label
            found += [CellError(row, "", str(e), first) for e in form.non_field_errors()]
        return found

    def sums(self) -> list[tuple[str, int]]:
        """The sum of every column of rupiah over the rows that could be read."""
        names = [
            (name, str(field.label))
            for name, field in self.empty_form.fields.items()
            if isinstance(field, RupiahField) and name != "price"
        ]
        if not self.is_bound:
            return []
        cleaned = [getattr(form, "cleaned_data", {}) for form in self.filled()]
        return [(label, sum(one.get(name) or 0 for one in cleaned)) for name, label in names]


def grid_data(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Kept or read rows as if the page had sent them, with blank rows below."""
    total = len(rows) + BLANK_ROWS
    data = {f"{PREFIX}-TOTAL_FORMS": str(total), f"{PREFIX}-INITIAL_FORMS": "0"}
    for place, row in enumerate(rows):
        data.update({f"{PREFIX}-{place}-{name}": value for name, value in row.items()})
    return data


def as_read(grid: Any) -> tuple[list[str], list[list[str]]]:
    """The labels and the kept rows of a grid as text, for reading only."""
    fields = [bound for bound in grid.empty_form.visible_fields()]
    rows = []
    for form in grid.initial_forms:
        cells = []
        for bound in form.visible_fields():
            value = str(bound.value() or "")
            choices = getattr(bound.field, "choices", ())
            cells.append(str(dict(choices).get(value, value)))
        rows.append(cells)
    return [str(bound.label) for bound in fields], rows


def grid_class(row: type[RowForm]) -> Any:
    """The grid of this kind of row."""
    return forms.formset_factory(
        row, formset=Grid, extra=BLANK_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
