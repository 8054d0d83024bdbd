"""The shape of payments, the till, QRIS and tax as typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.kernel.inputs import DayField, RupiahField, propose
from canting.sales import selectors
from canting.sales.errors import UnknownBuyer
from canting.sales.forms.fields import (
    LIST_BUYERS,
    classes,
)
from canting.sales.rules import PaidBy

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


class MoneyForm(forms.Form):
    """An amount, where it goes or comes from, and the day."""

    amount = RupiahField(label=_("Amount"))
    cash_place = forms.ChoiceField(label=_("Cash place"), widget=forms.RadioSelect)
    on = DayField(label=_("Date"))
    own_date = DayField(label=_("Date on the paper, if its month is closed"), required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(
        self, *args: Any, today: date, places: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        propose(self, "on", today)
        propose(self, "own_date", today)
        self.fields["own_date"].initial = None
        field = self.fields["cash_place"]
        field.choices = places  # type: ignore[attr-defined]  # a ChoiceField
        field.initial = "bank"


KEPT = ("final_tax", "pph22", "pph23", "vat", "penalty")


class PaymentForm(MoneyForm):
    """A payment on an invoice, with what the buyer kept."""

    final_tax = RupiahField(label=_("Final tax withheld"), required=False, least=0)
    pph22 = RupiahField(
        label=_("PPh 22 withheld, without our certificate"), required=False, least=0
    )
    pph23 = RupiahField(label=_("PPh 23 withheld on our service"), required=False, least=0)
    vat = RupiahField(label=_("VAT kept by a collecting buyer"), required=False, least=0)
    penalty = RupiahField(label=_("Penalty kept by the buyer"), required=False, least=0)
    slip = forms.CharField(
        label=_("Number of the withholding slip"),
        max_length=60,
        required=False,
        help_text=_("Empty while it is not here: it stays on the list of missing slips."),
    )
    slip_on = DayField(label=_("Date of the slip"), required=False)
    photo = forms.FileField(label=_("Photo or PDF of the slip"), required=False)

    field_order = [
        "amount", "cash_place", "on", "final_tax", "pph22", "pph23", "vat", "slip", "slip_on",
        "photo", "penalty",
    ]  # fmt: skip

    def __init__(self, *args: Any, vat: int, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "slip_on", options["today"])
        self.fields["slip_on"].initial = None
        if not vat:
            del self.fields["vat"]
        amount = self.fields["amount"]
        amount.label = _("Money received")
        amount.required = False
        amount.least = 0  # type: ignore[attr-defined]  # a RupiahField

    def amounts(self) -> dict[str, Any]:
        """What the services take: empty is nothing."""
        given = self.cleaned_data
        return {
            "cash": given["amount"] or 0,
            "slip": given["slip"],
            "slip_on": given["slip_on"],
            **{name: given.get(name) or 0 for name in KEPT},
        }


class CorrectMoneyForm(forms.Form):
    """The new draft of a payment; an empty amount only cancels the old one."""

    amount = RupiahField(label=_("Amount; empty to only cancel"), required=False, least=0)
    final_tax = RupiahField(label=_("Final tax withheld"), required=False, least=0)
    pph22 = RupiahField(
        label=_("PPh 22 withheld, without our certificate"), required=False, least=0
    )
    pph23 = RupiahField(label=_("PPh 23 withheld on our service"), required=False, least=0)
    vat = RupiahField(label=_("VAT kept by a collecting buyer"), required=False, least=0)
    penalty = RupiahField(label=_("Penalty kept by the buyer"), required=False, least=0)
    cash_place = forms.ChoiceField(label=_("Cash place"), widget=forms.RadioSelect)
    on = DayField(label=_("Date"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(
        self,
        *args: Any,
        today: date,
        places: list[tuple[str, str]],
        with_tax: bool,
        vat: int,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        propose(self, "on", today)
        self.fields["cash_place"].choices = places  # type: ignore[attr-defined]  # a ChoiceField
        gone = () if with_tax and vat else ("vat",) if with_tax else KEPT
        for name in gone:
            del self.fields[name]


class TillForm(forms.Form):
    """How a sale at the gallery is paid, and by whom."""

    paid_by = forms.ChoiceField(
        label=_("Paid by"),
        widget=forms.RadioSelect,
        initial=PaidBy.CASH,
        choices=[
            (PaidBy.CASH, _("Cash")),
            (PaidBy.QRIS, _("QRIS")),
            (PaidBy.BANK, _("Bank transfer")),
            (PaidBy.CREDIT, _("On credit")),
        ],
    )
    received = RupiahField(label=_("Cash received less change"), required=False)
    discount = RupiahField(label=_("Discount on the whole"), required=False, least=0)
    counterparty_class = forms.ChoiceField(
        label=_("Buys as"), choices=classes, widget=forms.RadioSelect, initial="nonmember"
    )
    buyer = forms.CharField(
        label=_("Known buyer"),
        required=False,
        widget=forms.TextInput(attrs={"list": LIST_BUYERS}),
        help_text=_("Needed for a transfer or for credit."),
    )
    guest = forms.CharField(label=_("Name of the guest"), max_length=120, required=False)
    on = DayField(label=_("Date"))

    def __init__(self, *args: Any, cooperative: Cooperative, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cooperative = cooperative
        propose(self, "on", today)

    def clean_buyer(self) -> Any:
        """The buyer that was meant, or nobody."""
        typed = (self.cleaned_data["buyer"] or "").strip()
        if not typed:
            return None
        buyer = selectors.buyer_named(cooperative=self.cooperative, typed=typed)
        if buyer is None:
            raise forms.ValidationError(str(UnknownBuyer(buyer=typed)))
        return buyer


class CorrectSaleForm(TillForm):
    """The new draft of a nota: the same with a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class QrisForm(forms.Form):
    """What the acquirer paid out."""

    gross = RupiahField(label=_("QRIS sales paid out"))
    fee = RupiahField(label=_("Fee kept by the acquirer"), required=False, least=0)
    reference = forms.CharField(label=_("Number of the report"), max_length=60, required=False)
    on = DayField(label=_("Date at the bank"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "on", today)


class CorrectQrisForm(QrisForm):
    """The new draft of what the acquirer paid out; an empty sum only cancels the old one."""

    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        gross = self.fields["gross"]
        gross.label = _("QRIS sales paid out; empty to only cancel")
        gross.required = False


class PayTaxForm(forms.Form):
    """The month's own final tax, paid."""

    amount = RupiahField(label=_("Paid in money"), required=False, least=0)
    set_off = RupiahField(label=_("Set off: withheld by buyers"), required=False, least=0)
    cash_place = forms.ChoiceField(label=_("Cash place"), widget=forms.RadioSelect)
    reference = forms.CharField(label=_("Number of the tax receipt"), max_length=60, required=False)
    on = DayField(label=_("Date"))

    def __init__(
        self, *args: Any, today: date, places: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        propose(self, "on", today)
        field = self.fields["cash_place"]
        field.choices = places  # type: ignore[attr-defined]  # a ChoiceField
        field.initial = "bank"


AGAIN = [("again", _("A new one")), ("cancel", _("None, only cancel"))]


class CorrectTaxPaymentForm(PayTaxForm):
    """The new draft of tax paid to the state."""

    again = forms.ChoiceField(
        label=_("What should stand"), widget=forms.RadioSelect, initial="again", choices=AGAIN
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)

    field_order = ["again", "amount", "set_off", "cash_place", "reference", "on"]


class CorrectTaxBookingForm(forms.Form):
    """The new draft of tax booked: its sum follows the month's turnover, so only the day is asked."""

    again = forms.ChoiceField(
        label=_("What should stand"), widget=forms.RadioSelect, initial="again", choices=AGAIN
    )
    on = DayField(label=_("Date"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "on", today)
