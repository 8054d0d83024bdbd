"""Whose money pays a round, and what goes back to a member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.cash import selectors as cash
from canting.cooperatives import selectors as house
from canting.cooperatives.rules import PartyKind
from canting.kernel.inputs import RupiahField
from canting.purchasing.forms import MemberField
from canting.rounds.rules import FundKind

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

KINDS = [
    (FundKind.DEPOSIT, _("A member leaves money")),
    (FundKind.PLEDGE, _("A member promises money")),
    (FundKind.EXTRA_SHARE, _("Extra regular share of a member")),
    (FundKind.DOWN_PAYMENT, _("A buyer's down payment")),
    (FundKind.FACILITY, _("A lender's money")),
    (FundKind.OWN, _("Own cash set aside")),
]
OF_MEMBERS = frozenset({FundKind.DEPOSIT, FundKind.PLEDGE, FundKind.EXTRA_SHARE})
INTO_CASH = frozenset({FundKind.DEPOSIT, FundKind.EXTRA_SHARE})
WITH_PAPER = frozenset({FundKind.DOWN_PAYMENT, FundKind.FACILITY})


class FundForm(forms.Form):
    """One source of money: whose, how much, where it is laid, which paper stands behind it."""

    kind = forms.ChoiceField(
        label=_("What money"), choices=KINDS, widget=forms.RadioSelect, initial=FundKind.DEPOSIT
    )
    member = MemberField(label=_("Member"), required=False)
    amount = RupiahField(label=_("Amount"), required=False)
    cash_place = forms.ChoiceField(label=_("Laid into"), required=False)
    paper = forms.CharField(label=_("Receipt or contract"), required=False, max_length=40)
    financier = forms.ChoiceField(label=_("Lender"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member = self.fields["member"]
        if isinstance(member, MemberField):
            member.cooperative = cooperative
            member.widget.attrs["list"] = "members"
        self.fields["cash_place"].choices = cash.places(cooperative)  # type: ignore[attr-defined]
        lenders = house.parties(cooperative=cooperative, kind=PartyKind.FINANCIER)
        self.fields["financier"].choices = [("", "–"), *((p.number, p.name) for p in lenders)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Each kind of money has what it needs."""
        data: dict[str, Any] = super().clean() or {}
        kind = data.get("kind")
        if kind in OF_MEMBERS and not data.get("member") and "member" not in self.errors:
            self.add_error("member", _("Say which member's money it is."))
        if kind != FundKind.DOWN_PAYMENT and not data.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Write how much."))
        if kind in WITH_PAPER and not data.get("paper"):
            self.add_error("paper", _("Name the paper behind it."))
        if kind in INTO_CASH and not data.get("cash_place"):
            self.add_error("cash_place", _("Say where it is laid."))
        return data


class ReturnForm(forms.Form):
    """Money of a member that goes back to her."""

    amount = RupiahField(label=_("Amount"))
    cash_place = forms.ChoiceField(label=_("Paid from"))

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cash_place"].choices = cash.places(cooperative)  # type: ignore[attr-defined]


class DepositCorrection(forms.Form):
    """The receipt of a deposit put right: the right amount, or only taken back."""

    amount = RupiahField(label=_("Right amount"), required=False)
    cash_place = forms.ChoiceField(label=_("Laid into"))
    only_cancel = forms.BooleanField(label=_("Cancel only, make no new one"), required=False)
    reason = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cash_place"].choices = cash.places(cooperative)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An amount, or the tick that there is none."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("only_cancel") and not data.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Write how much."))
        return data
