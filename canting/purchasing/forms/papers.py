"""What is typed on the papers of buying, handing out and paying suppliers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.cash import selectors as cash
from canting.catalogue import selectors as catalogue
from canting.kernel.inputs import DayField, QuantityField, RupiahField, propose
from canting.members import selectors as members
from canting.purchasing import selectors
from canting.purchasing.forms.lines import MOST_ROWS
from canting.purchasing.rules import FundsSource, Mode, Payment, Terms

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

TERMS = [
    (Terms.DELIVERED, _("Received now")),
    (Terms.LOADED, _("Ours from loading")),
]
PAYMENTS = [(Payment.CREDIT, _("On credit")), (Payment.CASH, _("Paid at once"))]
FUNDS = [
    (FundsSource.OWN, _("Own money")),
    (FundsSource.PARTNER, _("A partner's funds")),
    (FundsSource.GRANT, _("A grant")),
]
MODES = [
    (Mode.CUSTODY, _("In trust")),
    (Mode.CREDIT, _("Next month")),
    (Mode.CREDIT_ON_SALE, _("When sold")),
    (Mode.CASH, _("For cash")),
]


def _places(cooperative: Cooperative, *, empty: bool = True) -> list[tuple[str, str]]:
    return [*([("", "–")] if empty else []), *cash.places(cooperative)]


class PaperForm(forms.Form):
    """Both dates of a paper, and what it came to when it was last shown."""

    on = DayField(label=_("Booked on"))
    own_date = DayField(label=_("Date on the paper"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=200)
    seen_total = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, cooperative: Cooperative, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cooperative = cooperative
        propose(self, "on", today)
        own = self.fields.get("own_date")
        if isinstance(own, DayField):
            own.today = today
        for name in ("cash_place", "freight_place"):
            if name in self.fields:
                self.fields[name].choices = _places(cooperative)  # type: ignore[attr-defined]


class PurchaseForm(PaperForm):
    """A purchase: from whom, on which terms, how paid, what the road cost."""

    supplier = forms.ChoiceField(label=_("Supplier"), required=False)
    seller = forms.CharField(label=_("Or: bought at"), required=False, max_length=120)
    nota = forms.CharField(label=_("Their nota"), required=False, max_length=40)
    terms = forms.ChoiceField(
        label=_("Goods"), choices=TERMS, widget=forms.RadioSelect, initial=Terms.DELIVERED
    )
    payment = forms.ChoiceField(
        label=_("Payment"), choices=PAYMENTS, widget=forms.RadioSelect, initial=Payment.CREDIT
    )
    cash_place = forms.ChoiceField(label=_("Paid from"), required=False)
    freight = RupiahField(label=_("Freight"), required=False)
    freight_place = forms.ChoiceField(label=_("Freight paid from"), required=False)
    funds_source = forms.ChoiceField(label=_("With whose money"), choices=FUNDS)
    photo = forms.FileField(label=_("Photo of the nota"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = selectors.suppliers(cooperative=self.cooperative)
        self.fields["supplier"].choices = [("", "–"), *((s.number, s.name) for s in found)]  # type: ignore[attr-defined]


class ClothPurchaseForm(PurchaseForm):
    """Cloth bought outside: it is there already, so it has no terms of the road."""

    terms = None  # type: ignore[assignment]


class ArrivalForm(PaperForm):
    """Goods that were on the road came in."""

    freight = RupiahField(label=_("Freight"), required=False)
    freight_place = forms.ChoiceField(label=_("Freight paid from"), required=False)
    photo = forms.FileField(label=_("Photo of the delivery note"), required=False)


class CorrectionForm(forms.Form):
    """Why a paper is put right, and whether only to cancel it."""

    reason = forms.CharField(label=_("Why"), max_length=200, required=True)
    only_cancel = forms.BooleanField(label=_("Cancel only, make no new one"), required=False)


class PurchaseCorrection(CorrectionForm, PurchaseForm):
    """A purchase put right."""


class ClothCorrection(CorrectionForm, ClothPurchaseForm):
    """A purchase of cloth put right."""


class ArrivalCorrection(CorrectionForm, ArrivalForm):
    """The receipt of shipped goods put right."""


class MemberField(forms.CharField):
    """A member by name, called name, dusun or number; the field's cleaned value is the member."""

    example = "Siti Aminah"
    cooperative: Cooperative

    def clean(self, value: Any) -> Any:
        """The one member meant; None when left empty and not required."""
        typed = super().clean(value)
        if not typed:
            return None
        found = members.find_member(cooperative=self.cooperative, typed=typed)
        if found is None:
            raise forms.ValidationError(
                _("No single member is called that. Write the number, or more of the name.")
            )
        return found


class HandOutForm(PaperForm):
    """Material out of the store: to whom, how, for which work order."""

    member = MemberField(label=_("Member"), required=False)
    buyer_name = forms.CharField(label=_("Or: who is no member"), required=False, max_length=120)
    mode = forms.ChoiceField(
        label=_("How it is paid"), choices=MODES, widget=forms.RadioSelect, initial=Mode.CUSTODY
    )
    cash_place = forms.ChoiceField(label=_("Paid into"), required=False)
    work_order = forms.CharField(label=_("Work order"), required=False, max_length=30)
    product = forms.ChoiceField(label=_("Product"), required=False)
    pieces = forms.IntegerField(label=_("Pieces"), required=False, min_value=1, max_value=100_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member = self.fields["member"]
        if isinstance(member, MemberField):
            member.cooperative = self.cooperative
            member.widget.attrs["list"] = "members"
        found = catalogue.products(cooperative=self.cooperative)
        self.fields["product"].choices = [("", "–"), *((p.code, p.name) for p in found)]  # type: ignore[attr-defined]
        self.fields["pieces"].widget.attrs["inputmode"] = "numeric"

    def clean(self) -> dict[str, Any]:
        """A hand-out goes to a member, or is sold for cash to somebody else."""
        data: dict[str, Any] = super().clean() or {}
        if "member" in self.errors or data.get("member"):
            return data
        if data.get("mode") != Mode.CASH:
            self.add_error("member", _("Say which member gets it."))
        elif not data.get("buyer_name"):
            self.add_error("buyer_name", _("Say who buys it, a member or somebody else."))
        return data


class HandOutCorrection(CorrectionForm, HandOutForm):
    """A hand-out put right."""


class ReturnForm(PaperForm):
    """Unused material of ours back from a maker."""

    member = MemberField(label=_("Member"))
    work_order = forms.CharField(label=_("Work order"), required=False, max_length=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member = self.fields["member"]
        if isinstance(member, MemberField):
            member.cooperative = self.cooperative
            member.widget.attrs["list"] = "members"


class ReturnCorrection(CorrectionForm, PaperForm):
    """A return of material put right."""


class SupplierForm(forms.Form):
    """A supplier's facts."""

    name = forms.CharField(label=_("Name"), max_length=120)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    town = forms.CharField(label=_("Town"), max_length=80, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class SupplierRow(SupplierForm):
    """A supplier in the grid; a row without a name is no supplier."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """Facts without a name are refused, so that nothing typed is lost."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("name") and any(data.get(name) for name in ("phone", "town", "address")):
            self.add_error("name", _("The name is missing."))
        return data


def supplier_grid(data: Any = None) -> Any:
    """A grid of new suppliers, prefix "s"."""
    formset = forms.formset_factory(SupplierRow, extra=6, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    return formset(data, prefix="s")


class PaymentForm(PaperForm):
    """Money to a supplier."""

    amount = RupiahField(label=_("Amount"))
    charge = RupiahField(label=_("Bank charge"), required=False)
    cash_place = forms.ChoiceField(label=_("Paid from"))
    photo = forms.FileField(label=_("Photo of the transfer slip"), required=False)


class PaymentCorrection(CorrectionForm, PaymentForm):
    """A payment put right."""


class ChangeForm(PaperForm):
    """Goods sent back, or an invoice at another price, for one line of a purchase."""

    line = forms.ChoiceField(label=_("Material"))
    kind = forms.ChoiceField(
        label=_("What"),
        choices=[("return", _("Sent back")), ("price", _("Another price"))],
        widget=forms.RadioSelect,
        initial="return",
    )
    quantity = QuantityField(label=_("Quantity sent back"), required=False)
    price = RupiahField(label=_("Right price of one"), required=False)
    cash_place = forms.ChoiceField(
        label=_("Money moves at once"),
        required=False,
        help_text=_("Empty: what we owe changes instead."),
    )

    def __init__(self, *args: Any, lines: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {str(number): line for number, line in enumerate(lines, 1)}
        self.fields["line"].choices = [  # type: ignore[attr-defined]
            (key, f"{line.item.name} · {line.unit}") for key, line in self.lines.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Each kind needs its own figure."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == "return" and not data.get("quantity"):
            self.add_error("quantity", _("Write how much went back."))
        if data.get("kind") == "price" and not data.get("price"):
            self.add_error("price", _("Write the price of one unit on the invoice."))
        return data


class CancelForm(forms.Form):
    """Why a paper is taken back, and on which day."""

    on = DayField(label=_("Booked on"))
    reason = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        propose(self, "on", today)
