"""What is typed at the shop's till beside its lines, and a member's own limit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.kernel.inputs import DayField, RupiahField, propose
from canting.purchasing.forms.papers import MemberField
from canting.purchasing.rules import QRIS, TILL, Mode
from canting.purchasing.services import Checkout

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

CREDIT = "credit"
WAYS = [
    (TILL, _("For cash")),
    (QRIS, _("QRIS")),
    ("bank", _("Bank transfer")),
    (CREDIT, _("Next month")),
]


class TillForm(forms.Form):
    """Who buys and how it is paid."""

    member = MemberField(label=_("Member"), required=False)
    guest = forms.CharField(label=_("Or: name of the guest"), max_length=120, required=False)
    paid_by = forms.ChoiceField(
        label=_("Paid by"), choices=WAYS, widget=forms.RadioSelect, initial=TILL
    )
    tendered = RupiahField(label=_("Money handed over"), required=False, least=0)
    on = DayField(label=_("Date"))

    def __init__(self, *args: Any, cooperative: Cooperative, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        member = self.fields["member"]
        if isinstance(member, MemberField):
            member.cooperative = cooperative
            member.widget.attrs["list"] = "members"
        propose(self, "on", today)

    def clean(self) -> dict[str, Any]:
        """Only a member buys on credit."""
        typed: dict[str, Any] = super().clean() or {}
        if (
            typed.get("paid_by") == CREDIT
            and not typed.get("member")
            and "member" not in self.errors
        ):
            self.add_error("member", _("Only a member buys on credit. Say which one."))
        return typed

    def checkout(self) -> Checkout:
        """Who buys and how, as the service takes it."""
        typed = self.cleaned_data
        on_credit = typed["paid_by"] == CREDIT
        return Checkout(
            member=typed["member"],
            guest=typed["guest"],
            mode=Mode.CREDIT if on_credit else Mode.CASH,
            cash_place="" if on_credit else typed["paid_by"],
            tendered=(typed["tendered"] or 0) if typed["paid_by"] == TILL else 0,
        )


class TakeBackForm(forms.Form):
    """Why a sale is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class LimitForm(forms.Form):
    """How much a member may owe, from when, by which decision."""

    amount = RupiahField(label=_("She may owe at most"), least=0)
    valid_from = DayField(label=_("From"))
    reason = forms.CharField(
        label=_("By which decision, or why"),
        max_length=160,
        help_text=_("For example RP 12-03-2026"),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "valid_from", today)
