"""Shapes of what is typed about taxes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.kernel.inputs import DayField, RupiahField, propose
from canting.taxes.rules import BILL_KINDS, PAYEE_STATUSES, PKP_STATES

Choices = Sequence[tuple[str, Any]]
BLANK: tuple[str, Any] = ("", _("choose"))


class StartForm(forms.Form):
    """From when the final tax counts; nothing is proposed, the document says it."""

    valid_from = DayField(label=_("The final tax counts from"))
    document = forms.CharField(label=_("Document: number and date"), max_length=120)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "valid_from", today)
        self.fields["valid_from"].initial = None


class PayeeForm(forms.Form):
    """Whether a payee has a tax number, from a day on."""

    party = forms.ChoiceField(label=_("Payee"))
    value = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)
    valid_from = DayField(label=_("From"))
    document = forms.CharField(label=_("Document: number and date"), max_length=120)

    def __init__(self, *args: Any, today: date, payees: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "party", [BLANK, *payees])
        set_choices(self, "value", [(key, _now(word)) for key, word in PAYEE_STATUSES.items()])
        propose(self, "valid_from", today)


class PkpForm(forms.Form):
    """From when the cooperative is a VAT payer, or no longer; the board's own fact."""

    value = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)
    valid_from = DayField(label=_("From"))
    document = forms.CharField(label=_("Document: number and date"), max_length=120)
    tax_number = forms.CharField(
        label=_("The cooperative's own NPWP"), max_length=30, required=False
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "value", [(key, _now(word)) for key, word in PKP_STATES.items()])
        propose(self, "valid_from", today)
        self.fields["valid_from"].initial = None


class BuyerSlipForm(forms.Form):
    """The slip a buyer gave of what he withheld."""

    number = forms.CharField(label=_("Number of the withholding slip"), max_length=60)
    slip_on = DayField(label=_("Date of the slip"))
    photo = forms.FileField(label=_("Photo or PDF of the slip"), required=False)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "slip_on", today)


class MoneyForm(forms.Form):
    """An amount, where it comes from, and the day."""

    amount = RupiahField(label=_("Amount"))
    place = forms.ChoiceField(label=_("Cash place"), widget=forms.RadioSelect)
    on = DayField(label=_("Date"))
    reference = forms.CharField(label=_("Number of the tax receipt"), max_length=60, required=False)

    def __init__(self, *args: Any, today: date, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "place", places)
        self.fields["place"].initial = "bank"
        propose(self, "on", today)


class BillForm(MoneyForm):
    """A service or rent that is paid less its tax."""

    kind = forms.ChoiceField(label=_("What is paid"))
    party = forms.ChoiceField(label=_("Supplier"))
    memo = forms.CharField(label=_("For what"), max_length=120)

    field_order = ["kind", "party", "memo", "amount", "place", "on"]

    def __init__(self, *args: Any, payees: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["reference"]
        self.fields["amount"].label = _("Amount of the bill, before tax")
        set_choices(self, "kind", [BLANK, *((k, _now(one.label)) for k, one in BILL_KINDS.items())])
        set_choices(self, "party", [BLANK, *payees])


class FakturForm(forms.Form):
    """The VAT of a supplier's tax invoice."""

    party = forms.ChoiceField(label=_("Supplier"))
    faktur = forms.CharField(label=_("Number of the tax invoice"), max_length=40)
    faktur_on = DayField(label=_("Date of the tax invoice"))
    paper = forms.CharField(label=_("Our paper of the purchase"), max_length=30, required=False)
    base = RupiahField(label=_("Price without VAT"))
    vat = RupiahField(label=_("VAT"))
    place = forms.ChoiceField(label=_("Paid from"), widget=forms.RadioSelect, required=False)
    on = DayField(label=_("Booked on"))

    def __init__(
        self, *args: Any, today: date, places: Choices, payees: Choices, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        set_choices(self, "party", [BLANK, *payees])
        set_choices(self, "place", [("", _now("owed to the supplier")), *places])
        propose(self, "on", today)
        propose(self, "faktur_on", today)


class SlipCorrectForm(forms.Form):
    """A slip is written anew of what was withheld as it stands, or only taken back."""

    only_cancel = forms.BooleanField(label=_("Only cancel, write nothing new"), required=False)
    on = DayField(label=_("Date"))
    reason = forms.CharField(label=_("Why"), max_length=120)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "on", today)


def put_right(form: Any) -> Any:
    """The form of a paper with the reason at its end, and the choice to write nothing new."""
    form.fields["only_cancel"] = forms.BooleanField(
        label=_("Only cancel, write nothing new"), required=False
    )
    form.fields["reason"] = forms.CharField(label=_("Why"), max_length=120)
    return form


def set_choices(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field the choices that are known only when the form is made."""
    form.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
