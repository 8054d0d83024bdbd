"""What is typed of suppliers' offers: terms, price lists, requests for prices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import POOLED, UNITS
from canting.kernel.errors import DomainError
from canting.kernel.inputs import DayField, QuantityField, RupiahField, propose
from canting.purchasing import selectors
from canting.purchasing.forms.lines import MOST_ROWS, LineForm, line_grid_of
from canting.purchasing.forms.papers import CorrectionForm, PaperForm
from canting.purchasing.services import AskLine, OfferLine, TermsDraft, pack_of

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative

# What a pack is called beside the units of the catalogue.
PACK_NAMES = ("sak", "dus", "bal", "jerigen", "kaleng", "botol", "bungkus")
PACKS = [("", "–"), *((unit, unit) for unit in (*UNITS, *PACK_NAMES))]
CONTENTS = [("", "–"), *((unit, unit) for unit in UNITS)]
BLANK_OFFERS = 6


class OfferRow(forms.Form):
    """One pack on a price list; a row without any price is no offer."""

    item = forms.ChoiceField(label=_("Material"), required=False)
    unit = forms.ChoiceField(label=_("Pack"), required=False, choices=PACKS)
    content = QuantityField(label=_("Content"), required=False)
    content_unit = forms.ChoiceField(label=_("Content in"), required=False, choices=CONTENTS)
    price = RupiahField(label=_("Price of one"), required=False)
    from_2 = forms.IntegerField(label=_("From packs"), required=False, min_value=2)
    price_2 = RupiahField(label=_("Price then"), required=False)
    from_3 = forms.IntegerField(label=_("From packs"), required=False, min_value=2)
    price_3 = RupiahField(label=_("Price then"), required=False)
    min_packs = forms.IntegerField(label=_("Least packs"), required=False, min_value=0)
    max_packs = forms.IntegerField(label=_("Most packs"), required=False, min_value=0)
    freight_per_pack = RupiahField(label=_("Freight of one"), required=False)
    batch_code_required = forms.BooleanField(label=_("Lot code"), required=False)

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.code: item for item in items}
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((item.code, f"{item.name} ({item.unit})") for item in items),
        ]
        for name in ("from_2", "from_3", "min_packs", "max_packs"):
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "numeric"})

    @property
    def is_line(self) -> bool:
        """True when the first price was written."""
        return bool(self.cleaned_data.get("price"))

    def clean(self) -> dict[str, Any]:
        """A price needs its material, a break its price, a pack its content."""
        data: dict[str, Any] = super().clean() or {}
        typed = [name for name in data if name not in {"item", "unit", "batch_code_required"}]
        if not data.get("price") and any(data.get(name) for name in typed if name != "price"):
            self.add_error("price", _("Write the price of one pack."))
        if not data.get("price"):
            return data
        if not data.get("item"):
            self.add_error("item", _("Choose the material of this row."))
            return data
        for number in ("2", "3"):
            if bool(data.get(f"from_{number}")) != bool(data.get(f"price_{number}")):
                self.add_error(f"price_{number}", _("A break needs its packs and its price."))
        self._check_pack(data)
        return data

    def _check_pack(self, data: dict[str, Any]) -> None:
        try:
            pack_of(self.offer_line())
        except DomainError as refusal:
            self.add_error("content", str(refusal))

    def offer_line(self) -> OfferLine:
        """The row as an offer."""
        data = self.cleaned_data
        breaks = [(1, data["price"])]
        for number in ("2", "3"):
            if data.get(f"from_{number}") and data.get(f"price_{number}"):
                breaks.append((data[f"from_{number}"], data[f"price_{number}"]))
        return OfferLine(
            self.items[data["item"]],
            data.get("unit") or "",
            breaks,
            data.get("content"),
            data.get("content_unit") or "",
            data.get("min_packs") or 0,
            data.get("max_packs") or 0,
            data.get("freight_per_pack") or 0,
            bool(data.get("batch_code_required")),
        )


class _Offers(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of which at least one is an offer."""

    def clean(self) -> None:
        """Refuse a list without any price."""
        if not any(self.errors) and not self.lines:
            raise forms.ValidationError(_("Write at least one material with its price."))

    @property
    def lines(self) -> list[Any]:
        """The rows that are offers."""
        return [form for form in self.forms if form.is_line]


def offer_grid(
    cooperative: Cooperative, data: Any = None, initial: Sequence[dict[str, Any]] = ()
) -> Any:
    """A grid of offers, prefix "o"."""
    formset = forms.formset_factory(
        OfferRow, formset=_Offers, extra=BLANK_OFFERS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    items = list(catalogue.items(cooperative=cooperative, kinds=POOLED))
    return formset(data, prefix="o", initial=list(initial) or None, form_kwargs={"items": items})


def offer_initial(offers: Sequence[Any]) -> list[dict[str, Any]]:
    """Stored offers as the first rows of a grid."""
    found = []
    for offer in offers:
        breaks = sorted((row.packs_from, row.price) for row in offer.breaks.all())
        row = {
            "item": offer.item.code,
            "unit": offer.unit,
            "content": offer.content,
            "content_unit": offer.content_unit,
            "price": breaks[0][1],
            "min_packs": offer.min_packs or None,
            "max_packs": offer.max_packs or None,
            "freight_per_pack": offer.freight_per_pack or None,
            "batch_code_required": offer.batch_code_required,
        }
        for number, (packs, price) in enumerate(breaks[1:3], 2):
            row |= {f"from_{number}": packs, f"price_{number}": price}
        found.append(row)
    return found


class OfferListForm(forms.Form):
    """From when to when a price list holds, and where it comes from."""

    valid_from = DayField(label=_("Holds from"))
    valid_until = DayField(label=_("Holds until"), required=False)
    source = forms.CharField(label=_("Where it comes from"), required=False, max_length=200)
    complete = forms.BooleanField(
        label=_("The whole list: what it does not name is not sold any more"), required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = self.initial.get("valid_from")
        propose(self, "valid_from", today)
        if first:
            self.fields["valid_from"].initial = first
        until = self.fields["valid_until"]
        if isinstance(until, DayField):
            until.today = today


class OfferListCorrection(CorrectionForm, OfferListForm):
    """A price list put right."""


class TermsForm(forms.Form):
    """On which terms a supplier sells, from a day on."""

    valid_from = DayField(label=_("Holds from"))
    minimum_amount = RupiahField(label=_("Least amount of an order"), required=False)
    freight_per_order = RupiahField(label=_("Freight of an order"), required=False)
    credit_days = forms.IntegerField(
        label=_("Credit, days"), required=False, min_value=0, max_value=365
    )
    lead_days = forms.IntegerField(
        label=_("From order to arrival, days"), required=False, min_value=0, max_value=365
    )
    source = forms.CharField(label=_("Where it comes from"), required=False, max_length=200)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        propose(self, "valid_from", today)

    def draft(self) -> TermsDraft:
        """The terms as they were typed."""
        data = self.cleaned_data
        return TermsDraft(
            data["minimum_amount"] or 0,
            data["freight_per_order"] or 0,
            data["credit_days"] or 0,
            data["lead_days"] or 0,
            source=data["source"],
        )


class AskRow(LineForm):
    """One material that is asked for, and how much."""

    batch = None  # type: ignore[assignment]

    def ask_line(self) -> AskLine:
        """The row as a line of a request."""
        data = self.cleaned_data
        return AskLine(self.items[data["item"]], data["quantity"], data["unit"])


def ask_grid(
    cooperative: Cooperative, data: Any = None, initial: Sequence[dict[str, Any]] = ()
) -> Any:
    """A grid of materials to ask for, prefix "b"."""
    return line_grid_of(AskRow, cooperative, data, initial)


class QuoteForm(PaperForm):
    """Who is asked, and by when an answer is wanted."""

    own_date = None  # type: ignore[assignment]
    answer_by = DayField(label=_("Answer by"), required=False)
    suppliers = forms.MultipleChoiceField(
        label=_("Suppliers to ask"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = selectors.suppliers(cooperative=self.cooperative)
        self.known = {one.number: one for one in found}
        self.fields["suppliers"].choices = [  # type: ignore[attr-defined]
            (number, one.name) for number, one in self.known.items()
        ]
        answer_by = self.fields["answer_by"]
        on = self.fields["on"]
        if isinstance(answer_by, DayField) and isinstance(on, DayField):
            answer_by.today = on.today

    def chosen(self) -> list[Any]:
        """The suppliers ticked."""
        return [self.known[number] for number in self.cleaned_data["suppliers"]]


class QuoteCorrection(CorrectionForm, QuoteForm):
    """A request for prices put right."""


class CompareForm(forms.Form):
    """How much of an item is wanted, to compare what it costs."""

    jumlah = QuantityField(label=_("How much"), required=False)
    satuan = forms.ChoiceField(label=_("Unit"), required=False)

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.fields["satuan"].choices = [(u, u) for u, _factor in catalogue.units_of(item)]  # type: ignore[attr-defined]
