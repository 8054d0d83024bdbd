"""What is typed of supplier orders: the order, what came, what was billed, what goes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import POOLED
from canting.kernel.errors import DomainError
from canting.kernel.inputs import DayField, QuantityField, RupiahField
from canting.kernel.quantities import quantize
from canting.purchasing import selectors
from canting.purchasing.forms.lines import BLANK_ROWS, MOST_ROWS
from canting.purchasing.forms.offers import CONTENTS, PACKS
from canting.purchasing.forms.papers import CancelForm, CorrectionForm, PaperForm
from canting.purchasing.rules import price_at
from canting.purchasing.services import Billed, OfferLine, OrderLine, pack_of
from canting.stock.rules import BatchIn

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative
    from canting.purchasing.models import Offer, SupplierOrderLine
    from canting.purchasing.selectors import OrderRow


class OrderRowForm(forms.Form):
    """One material to order in whole packs; a row without packs is no line."""

    item = forms.ChoiceField(label=_("Material"), required=False)
    packs = forms.IntegerField(label=_("Packs"), required=False, min_value=1, max_value=1_000_000)
    unit = forms.ChoiceField(label=_("Pack"), required=False, choices=PACKS)
    content = QuantityField(label=_("Content"), required=False)
    content_unit = forms.ChoiceField(label=_("Content in"), required=False, choices=CONTENTS)
    price = RupiahField(label=_("Price of one"), required=False)

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.code: item for item in items}
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((item.code, f"{item.name} ({item.unit})") for item in items),
        ]
        self.fields["packs"].widget = forms.TextInput(attrs={"inputmode": "numeric"})

    @property
    def is_line(self) -> bool:
        """True when packs were written."""
        return bool(self.cleaned_data.get("packs"))

    def clean(self) -> dict[str, Any]:
        """Packs need their material, and their content when no unit says it."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("packs"):
            return data
        if not data.get("item"):
            self.add_error("item", _("Choose the material of this row."))
            return data
        try:
            self._pack()
        except DomainError as refusal:
            self.add_error("content", str(refusal))
        return data

    def _pack(self) -> Decimal:
        data = self.cleaned_data
        line = OfferLine(
            self.items[data["item"]],
            data.get("unit") or "",
            [(1, 1)],
            data.get("content"),
            data.get("content_unit") or "",
        )
        return pack_of(line)[2]

    def order_line(self, offers: Sequence[Offer]) -> OrderLine:
        """The row as a line; without a price the supplier's own offer of this pack says it."""
        data = self.cleaned_data
        item, pack = self.items[data["item"]], self._pack()
        unit = data.get("unit") or item.unit
        offer = next((one for one in offers if one.item_id == item.pk and one.pack == pack), None)
        price = data.get("price") or 0
        if not price and offer is not None:
            price = price_at(selectors.facts_of(offer), data["packs"])
        return OrderLine(item, data["packs"], unit, pack, price, offer)


class _OrderRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of which at least one is a line."""

    def clean(self) -> None:
        """Refuse an order without any packs."""
        if not any(self.errors) and not self.lines:
            raise forms.ValidationError(_("Write the packs of at least one material."))

    @property
    def lines(self) -> list[Any]:
        """The rows that are lines."""
        return [form for form in self.forms if form.is_line]


def order_grid(
    cooperative: Cooperative, data: Any = None, initial: Sequence[dict[str, Any]] = ()
) -> Any:
    """A grid of packs to order, prefix "p"."""
    formset = forms.formset_factory(
        OrderRowForm,
        formset=_OrderRows,
        extra=BLANK_ROWS,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
    )
    items = list(catalogue.items(cooperative=cooperative, kinds=POOLED))
    return formset(data, prefix="p", initial=list(initial) or None, form_kwargs={"items": items})


def order_initial(lines: Sequence[SupplierOrderLine]) -> list[dict[str, Any]]:
    """Stored lines as the first rows of a grid."""
    return [
        {
            "item": line.item.code,
            "packs": line.packs,
            "unit": line.unit,
            "content": line.pack,
            "content_unit": line.item.unit,
            "price": line.price,
        }
        for line in lines
    ]


def offered_initial(
    offers: Sequence[Offer], wanted: Mapping[str, int] | None = None
) -> list[dict[str, Any]]:
    """A supplier's offers as rows to write packs into; `wanted` packs by offer key."""
    return [
        {
            "item": offer.item.code,
            "packs": (wanted or {}).get(str(offer.pk)),
            "unit": offer.unit,
            "content": offer.content,
            "content_unit": offer.content_unit,
        }
        for offer in offers
    ]


class OrderForm(PaperForm):
    """From whom is ordered, what was promised, what the road will cost."""

    supplier = forms.ChoiceField(label=_("Supplier"))
    promised_on = DayField(label=_("Promised for"))
    freight = RupiahField(label=_("Freight expected"), required=False)
    credit_days = forms.IntegerField(
        label=_("Credit, days"), required=False, min_value=0, max_value=365
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = selectors.suppliers(cooperative=self.cooperative)
        self.known = {one.number: one for one in found}
        self.fields["supplier"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((number, one.name) for number, one in self.known.items()),
        ]
        promised, on = self.fields["promised_on"], self.fields["on"]
        if isinstance(promised, DayField) and isinstance(on, DayField):
            promised.today = on.today


class OrderCorrection(CorrectionForm, OrderForm):
    """A supplier order put right."""


class PartRow(forms.Form):
    """How much of one line of an order: packs, or exactly so much in the item's own unit."""

    item = forms.CharField(label=_("Material"), required=False, disabled=True)
    packs = QuantityField(label=_("Packs"), required=False)
    base = QuantityField(label=_("Or exactly"), required=False)

    def __init__(self, *args: Any, row: OrderRow | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    @property
    def line(self) -> SupplierOrderLine:
        """The line of the order that this row is about."""
        if self.row is None:
            raise LookupError(self.prefix)
        return self.row.line

    @property
    def quantity(self) -> Decimal:
        """What was typed, in base units; nothing typed is nothing."""
        data = self.cleaned_data
        if data.get("base"):
            return Decimal(data["base"])
        return quantize((data.get("packs") or Decimal(0)) * self.line.pack)


class ArrivalRow(PartRow):
    """What came of one line, in which batch where that is kept."""

    batch = forms.CharField(label=_("Batch"), required=False, max_length=40)
    expires_on = DayField(label=_("Expires"), required=False)

    def __init__(self, *args: Any, by_batch: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_batch:
            del self.fields["batch"], self.fields["expires_on"]

    def clean(self) -> dict[str, Any]:
        """What is kept by batch names its batch."""
        data: dict[str, Any] = super().clean() or {}
        came = data.get("packs") or data.get("base")
        if came and self.row and _needs_batch(self.line) and not data.get("batch"):
            self.add_error("batch", _("Write the lot code that the supplier printed on it."))
        return data

    def batch_in(self) -> BatchIn | None:
        """The batch that was typed, if the material is kept by batch or the offer asks for it."""
        data = self.cleaned_data
        if not data.get("batch"):
            return None
        return BatchIn(data["batch"], data.get("expires_on"))


def _needs_batch(line: SupplierOrderLine) -> bool:
    return line.item.tracked or (line.offer is not None and line.offer.batch_code_required)


class BillRow(PartRow):
    """What the bill says of one line: how much, and the price of one pack."""

    price = RupiahField(label=_("Price of one on the bill"), required=False, least=0)

    def clean(self) -> dict[str, Any]:
        """A billed quantity needs its price."""
        data: dict[str, Any] = super().clean() or {}
        if (data.get("packs") or data.get("base")) and data.get("price") is None:
            self.add_error("price", _("Write the price of one pack as the bill says."))
        return data

    def billed(self) -> Billed:
        """The row as a bill says it."""
        return Billed(self.quantity, self.cleaned_data.get("price") or 0)


class _PartRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """One row for each line of an order."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """The row's own line; the row drawn for scripts has none."""
        facts = dict(super().get_form_kwargs(index))
        rows: Sequence[OrderRow] = facts.pop("rows")
        facts["row"] = rows[index] if index is not None and index < len(rows) else None
        return facts


def part_grid(
    form_class: type[PartRow],
    rows: Sequence[OrderRow],
    data: Any = None,
    amounts: Sequence[Decimal] = (),
    more: Sequence[dict[str, Any]] = (),
) -> Any:
    """A grid with one row a line of the order, prefix "l"; `amounts` are proposed base units."""
    count = len(rows)
    formset = forms.formset_factory(
        form_class,
        formset=_PartRows,
        extra=0,
        max_num=count,
        absolute_max=max(count, 1),
        validate_max=True,
    )
    facts: dict[str, Any] = {"rows": rows}
    if issubclass(form_class, ArrivalRow):
        facts["by_batch"] = any(_needs_batch(row.line) for row in rows)
    first = [
        {"item": row.line.item.name}
        | (_proposed(row.line, amounts[number]) if amounts else {})
        | (more[number] if more else {})
        for number, row in enumerate(rows)
    ]
    return formset(data, prefix="l", initial=first, form_kwargs=facts)


def _proposed(line: SupplierOrderLine, amount: Decimal) -> dict[str, Any]:
    """An amount as whole packs where it is some, else in the item's own unit."""
    if amount <= 0:
        return {}
    packs, rest = divmod(amount, line.pack)
    return {"packs": packs} if not rest else {"base": amount}


class OrderArrivalForm(PaperForm):
    """Goods of an order came in."""

    nota = forms.CharField(label=_("Their delivery note"), required=False, max_length=40)
    freight = RupiahField(label=_("Freight"), required=False)
    freight_place = forms.ChoiceField(label=_("Freight paid from"), required=False)
    over_reason = forms.CharField(
        label=_("If more came: why it is kept"), required=False, max_length=200
    )
    photo = forms.FileField(label=_("Photo of the delivery note"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["freight_place"]
        place.choices = [("", _("the supplier bills it")), *place.choices[1:]]  # type: ignore[attr-defined]


class OrderArrivalCorrection(CorrectionForm, OrderArrivalForm):
    """A receipt on an order put right."""


class BillForm(PaperForm):
    """A supplier's bill for goods that came."""

    nota = forms.CharField(label=_("Number on the bill"), max_length=40)
    due_on = DayField(label=_("To be paid by"), required=False)
    freight = RupiahField(label=_("Freight on the bill"), required=False)
    freight_done = forms.BooleanField(
        label=_("No more freight of this order will be billed"), required=False
    )
    reason = forms.CharField(
        label=_("Why a difference is accepted"), required=False, max_length=200
    )
    photo = forms.FileField(label=_("Photo of the bill"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due, on = self.fields["due_on"], self.fields["on"]
        if isinstance(due, DayField) and isinstance(on, DayField):
            due.today = on.today


class BillCorrection(CorrectionForm, BillForm):
    """A bill put right; `reason` says why it is put right, `why` why a difference is accepted."""

    why = forms.CharField(label=_("Why a difference is accepted"), required=False, max_length=200)


class OrderReturnForm(PaperForm):
    """Goods of an order go back."""

    replacement = forms.BooleanField(label=_("The supplier sends others"), required=False)
    cash_place = forms.ChoiceField(
        label=_("Money comes back into"),
        required=False,
        help_text=_("Empty: what we owe changes instead."),
    )


class CloseForm(CancelForm):
    """Why the rest of an order will not come."""

    ours = forms.BooleanField(
        label=_("It is our own decision: it does not count against the supplier"), required=False
    )
