"""What paying makers asks for: shape only."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.kernel.inputs import DayField, RupiahField


class PayForm(forms.Form):
    """Where the money comes from; who is paid stands beside it in the table."""

    cash_place = forms.ChoiceField(label=_("Paid from"))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cash_place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = places


class CorrectionForm(PayForm):
    """A slip put right: again with other days or another cash place, or only cancelled."""

    act = forms.ChoiceField(
        label=_("What to do"),
        widget=forms.RadioSelect,
        choices=[
            ("again", _("Write the slip again")),
            ("cancel", _("Only cancel it; the pay waits again")),
        ],
        initial="again",
    )
    days = forms.CharField(
        label=_("Days of work"),
        required=False,
        max_length=200,
        help_text=_("How many days (6), or the pay of each day: 500.000 + 260.000."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)
    field_order = ["act", "cash_place", "days", "reason"]


class ConsentForm(forms.Form):
    """A signed consent to a deduction."""

    role = forms.ChoiceField(
        label=_("Goes to"),
        choices=[
            ("share_mandatory", _("Regular shares (arrears)")),
            ("fund_social", _("Social fund")),
            ("fund_education", _("Education fund")),
            ("onlend", _("Partner funds passed on to her")),
            ("loan_member", _("Her loan (licensed)")),
        ],
    )
    purpose = forms.CharField(label=_("What it is for, as on the paper she signed"), max_length=80)
    amount = RupiahField(label=_("At most from each pay"))
    signed_on = DayField(label=_("Signed on"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["signed_on"]
        assert isinstance(field, DayField)
        field.today = today


class BankAccountForm(forms.Form):
    """Where her transfers go."""

    bank = forms.CharField(label=_("Bank"), max_length=60)
    number = forms.CharField(
        label=_("Account number"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    holder = forms.CharField(label=_("Account holder"), max_length=120)
