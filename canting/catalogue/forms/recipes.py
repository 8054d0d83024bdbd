"""What is typed about dye recipes, bans and substitutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.catalogue import selectors
from canting.catalogue.rules import DEPTHS, UNITS
from canting.catalogue.services import Part
from canting.kernel.inputs import DayField, QuantityField, propose

if TYPE_CHECKING:
    from canting.catalogue.models import DyeRecipeLine, Item
    from canting.cooperatives.models import Cooperative

BLANK_ROWS, MOST_ROWS = 3, 20


def depths() -> list[tuple[str, str]]:
    """How deep a shade can be, in the reader's language."""
    return [(key, _now(word)) for key, (word, _share) in DEPTHS.items()]


class DyeRecipeForm(forms.Form):
    """A recipe's name, what one measure of it is, and where it comes from."""

    name = forms.CharField(label=_("Name of the recipe"), max_length=80)
    measure = forms.CharField(
        label=_("One measure is"),
        max_length=60,
        help_text=_("Such as one metre, or one cloth of 2 x 1 m."),
    )
    source = forms.CharField(label=_("Who found it, where written"), max_length=160, required=False)
    note = forms.CharField(label=_("How it is done"), max_length=300, required=False)


class PartForm(forms.Form):
    """One material of a recipe, from the lightest shade to the deepest."""

    item = forms.ChoiceField(label=_("Material"), required=False)
    least = QuantityField(label=_("Light"), required=False)
    most = QuantityField(label=_("Deep"), required=False)
    unit = forms.ChoiceField(
        label=_("Unit"), required=False, choices=[("", "–"), *((u, u) for u in UNITS)]
    )

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.code: item for item in items}
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((item.code, f"{item.name} ({item.unit})") for item in items),
        ]

    def clean(self) -> dict[str, Any]:
        """A row with a material needs how much of it."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("item") and not typed.get("least") and "least" not in self.errors:
            self.add_error("least", _("Write how much, for example 2,5."))
        return typed

    @property
    def is_line(self) -> bool:
        """True when a material was chosen."""
        return bool(self.cleaned_data.get("item"))

    def part(self) -> Part:
        """The row as the services take it; one amount is the same for every shade."""
        typed = self.cleaned_data
        item = self.items[typed["item"]]
        most = typed["most"] or typed["least"]
        return Part(item, typed["unit"] or item.unit, typed["least"], most)


class _Parts(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of a recipe; the first is the dye."""

    @property
    def lines(self) -> list[PartForm]:
        """The rows that are lines."""
        return [form for form in self.forms if form.is_line]


def part_rows(lines: Sequence[DyeRecipeLine]) -> list[dict[str, Any]]:
    """Kept lines as the first rows of the grid."""
    return [
        {"item": one.item.code, "least": one.least, "most": one.most, "unit": one.unit}
        for one in lines
    ]


def part_grid(cooperative: Cooperative, data: Any = None, rows: Sequence[Any] = ()) -> Any:
    """The materials of a recipe, prefix "r"."""
    formset = forms.formset_factory(
        PartForm, formset=_Parts, extra=BLANK_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    items = list(selectors.items(cooperative=cooperative, kinds=selectors.pooled_kinds()))
    return formset(data, prefix="r", initial=list(rows) or None, form_kwargs={"items": items})


class WeighForm(forms.Form):
    """For how much, and how deep; and for which product it is the norm of one piece."""

    measures = QuantityField(label=_("How many measures"), initial=Decimal(1))
    depth = forms.ChoiceField(label=_("Shade"), widget=forms.RadioSelect, initial="medium")
    product = forms.ChoiceField(label=_("Norm of one piece of"), required=False)

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["depth"].choices = depths()  # type: ignore[attr-defined]
        self.products = {one.code: one for one in selectors.products(cooperative=cooperative)}
        self.fields["product"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((code, one.name) for code, one in self.products.items()),
        ]


class BanForm(forms.Form):
    """Since when a material is banned and by which rule; an empty day lifts the ban."""

    since = DayField(label=_("Banned since"), required=False)
    by = forms.CharField(label=_("By which rule or decision"), max_length=160, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["since"]
        if isinstance(field, DayField):
            field.today = today


class SubstituteForm(forms.Form):
    """Another material that may stand in, from when, and why."""

    other = forms.ChoiceField(label=_("May be replaced by"))
    valid_from = DayField(label=_("From"))
    reason = forms.CharField(label=_("Who says so, and why"), max_length=160)

    def __init__(self, *args: Any, item: Item, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {
            one.code: one
            for one in selectors.items(cooperative=item.cooperative, kinds=[item.kind])
            if one.unit == item.unit and one.pk != item.pk
        }
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((code, one.name) for code, one in self.known.items()),
        ]
        propose(self, "valid_from", today)


class SheetOfSafety(forms.Form):
    """The maker's safety sheet, as a PDF or a photo."""

    file = forms.FileField(label=_("Safety sheet (PDF or photo)"))
