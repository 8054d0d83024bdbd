"""Shapes of what is typed at the counter; the law is the services'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.cash.selectors import places
from canting.kernel.dates import format_date
from canting.kernel.errors import DomainError
from canting.kernel.inputs import DayField, RupiahField, propose
from canting.kernel.money import parse_rupiah
from canting.members.selectors import active_or_applying, find_member, member_label
from canting.savings.rules import Cause, SavingsKind
from canting.savings.services import Payment

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member

KIND_LABELS: Mapping[str, Any] = {
    SavingsKind.REGULAR_SHARE: _("Regular"),
    SavingsKind.VOLUNTARY: _("Voluntary"),
    SavingsKind.ENTRY_SHARE: _("Entry"),
}
CAUSE_WORDS: Mapping[str, Any] = {
    Cause.WISH: _("Her own wish"),
    Cause.MOVED: _("Moved away"),
    Cause.DEATH: _("Died"),
    Cause.EXPELLED: _("Expelled by decision"),
}
MOST_NAMED = 4


def not_later(day: date, today: date) -> date:
    """This day, refused when it has not come."""
    if day > today:
        raise forms.ValidationError(_("%(date)s lies in the future.") % {"date": format_date(day)})
    return day


def kind_choices(*, licensed: bool) -> list[tuple[str, Any]]:
    """The kinds that can be deposited; voluntary savings only with the licence."""
    return [
        (str(kind), label)
        for kind, label in KIND_LABELS.items()
        if licensed or kind != SavingsKind.VOLUNTARY
    ]


class CounterForm(forms.Form):
    """What every paper of the counter has: which day, which cash place."""

    cash_place = forms.ChoiceField(label=_("Cash place"))
    on = DayField(label=_("Day"))

    def __init__(self, *args: Any, cooperative: Cooperative, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cooperative = cooperative
        self.today = today
        propose(self, "on", today)
        place = self.fields["cash_place"]
        if isinstance(place, forms.ChoiceField):
            place.choices = places(cooperative)
            place.initial = place.choices[0][0] if place.choices else ""

    def clean_on(self) -> date:
        """Money is not taken on a day that has not come."""
        return not_later(self.cleaned_data["on"], self.today)


class DepositForm(CounterForm):
    """One deposit: who, what, how much; an empty amount means the usual one."""

    member = forms.CharField(label=_("Member"), max_length=120)
    kind = forms.ChoiceField(label=_("Savings"), widget=forms.RadioSelect)
    amount = RupiahField(label=_("Amount"), required=False)
    field_order: Sequence[str] = ("member", "kind", "amount", "cash_place", "on")

    def __init__(self, *args: Any, licensed: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = kind_choices(licensed=licensed)
            kind.initial = SavingsKind.REGULAR_SHARE.value

    def clean_member(self) -> Member:
        """The one member that was meant; of several, the sentence names them."""
        typed = self.cleaned_data["member"]
        found = find_member(cooperative=self.cooperative, typed=typed)
        if found is not None:
            return found
        several = active_or_applying(cooperative=self.cooperative, words=typed)
        named = [member_label(member) for member in several[:MOST_NAMED]]
        if named:
            raise forms.ValidationError(
                _("There are several: %(who)s. Type the number of the right one.")
                % {"who": "; ".join(named)}
            )
        raise forms.ValidationError(_("Nobody is called so. Type a name, dusun or number."))


class CorrectionForm(DepositForm):
    """Betulkan: the right deposit, or none when it is only taken back, and why."""

    only_cancel = forms.BooleanField(label=_("Only take it back"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200)
    field_order: Sequence[str] = (
        "member",
        "kind",
        "amount",
        "cash_place",
        "on",
        "only_cancel",
        "reason",
    )

    def clean(self) -> dict[str, Any]:
        """An amount is needed unless the deposit is only taken back."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        is_missing = found.get("amount") is None and "amount" not in self.errors
        if is_missing and not found.get("only_cancel"):
            self.add_error("amount", _("Write the right amount, or tick “Only take it back”."))
        return found


class WithdrawForm(CounterForm):
    """Money that a member asks back."""

    kind = forms.ChoiceField(label=_("Savings"), widget=forms.RadioSelect)
    amount = RupiahField(label=_("Amount"))
    field_order: Sequence[str] = ("kind", "amount", "cash_place", "on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = kind_choices(licensed=True)


class WithdrawalCorrection(CounterForm):
    """Betulkan: the right withdrawal, or none when it is only taken back, and why."""

    amount = RupiahField(label=_("Amount; empty to only cancel"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200)
    field_order: Sequence[str] = ("amount", "cash_place", "on", "reason")


class ListForm(CounterForm):
    """One list for many: the kind for all, and who is ticked with which amount."""

    kind = forms.ChoiceField(label=_("Savings"), widget=forms.RadioSelect)
    field_order: Sequence[str] = ("kind", "cash_place", "on")

    def __init__(
        self, *args: Any, members: Sequence[Member], licensed: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.members = {member.number: member for member in members}
        self.bad_rows: dict[str, str] = {}
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = kind_choices(licensed=licensed)
            kind.initial = SavingsKind.REGULAR_SHARE.value

    @property
    def ticked(self) -> list[str]:
        """The numbers that are ticked, of members of this list only."""
        picked = self.data.getlist("tick") if hasattr(self.data, "getlist") else []
        return [number for number in dict.fromkeys(picked) if number in self.members]

    def clean(self) -> dict[str, Any]:
        """Each ticked row has an amount above zero."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for number in self.ticked:
            try:
                amount = parse_rupiah(self.data.get(f"a-{number}", ""))
            except DomainError as refusal:
                self.bad_rows[number] = str(refusal)
                continue
            if amount is None or amount <= 0:
                self.bad_rows[number] = str(_("Write an amount above Rp0, or take the tick off."))
        if self.bad_rows:
            self.add_error(
                None, _("%(count)s amounts cannot be read.") % {"count": len(self.bad_rows)}
            )
        return found

    def payments(self) -> list[Payment]:
        """What each ticked member brought."""
        return [
            Payment(
                self.members[number],
                self.cleaned_data["kind"],
                parse_rupiah(self.data.get(f"a-{number}", "")) or 0,
            )
            for number in self.ticked
        ]


class InterestForm(forms.Form):
    """The day a month's interest is booked on, and the sum that was seen."""

    on = DayField(label=_("Booked on"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "on", today)


class InterestCorrection(forms.Form):
    """Why a month's interest is taken back, and whether it is booked anew."""

    only_cancel = forms.BooleanField(
        label=_("Only take it back, book nothing anew"), required=False
    )
    on = DayField(label=_("Date"))
    reason = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "on", today)


class ExitForm(forms.Form):
    """That a member asks to leave, or that she died: why, since when, who takes it."""

    cause = forms.ChoiceField(label=_("Why does she leave?"), widget=forms.RadioSelect)
    on = DayField(label=_("Day of the request"))
    reason = forms.CharField(label=_("In her words"), max_length=200, required=False)
    heirs = forms.CharField(
        label=_("Heirs (after a death)"),
        max_length=120,
        required=False,
        help_text=_("The name on the heirs' letter."),
    )
    field_order: Sequence[str] = ("cause", "on", "reason", "heirs")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        propose(self, "on", today)
        cause = self.fields["cause"]
        if isinstance(cause, forms.ChoiceField):
            cause.choices = [(key, str(word)) for key, word in CAUSE_WORDS.items()]
            cause.initial = Cause.WISH.value

    def clean_on(self) -> date:
        """Nobody asks on a day that has not come."""
        return not_later(self.cleaned_data["on"], self.today)


class DecisionForm(forms.Form):
    """The board's decision that lets a member go."""

    decision = forms.CharField(label=_("Number of the decision"), max_length=80)
    on = DayField(label=_("Day of the decision"))
    field_order: Sequence[str] = ("decision", "on")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        propose(self, "on", today)

    def clean_on(self) -> date:
        """A decision is not of a day that has not come."""
        return not_later(self.cleaned_data["on"], self.today)


class ExitCorrection(DecisionForm):
    """Betulkan on a leaving: the right decision, or none when it is only taken back, and why."""

    only_cancel = forms.BooleanField(label=_("Only take it back"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200)
    field_order: Sequence[str] = ("decision", "on", "only_cancel", "reason")

    def __init__(self, *args: Any, decided: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not decided:
            for name in ("decision", "on", "only_cancel"):
                del self.fields[name]


class SetOffForm(forms.Form):
    """How much of her debts is set off."""

    amount = RupiahField(label=_("Set off"))
    on = DayField(label=_("Day"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        propose(self, "on", today)

    def clean_on(self) -> date:
        """Nothing is set off on a day that has not come."""
        return not_later(self.cleaned_data["on"], self.today)


class ExitPayForm(CounterForm):
    """Money paid to a leaver or her heirs: all that is left, or a part."""

    amount = RupiahField(label=_("Amount"), required=False, help_text=_("Empty: all that is left."))
    taker = forms.CharField(label=_("Who signs for it"), max_length=120, required=False)
    field_order: Sequence[str] = ("amount", "cash_place", "on", "taker")


class ExitPaperCorrection(CounterForm):
    """Betulkan on a payment or set-off: the right amount, or none, and why."""

    amount = RupiahField(label=_("Amount; empty to only cancel"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200)
    field_order: Sequence[str] = ("amount", "cash_place", "on", "reason")

    def __init__(self, *args: Any, pays: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not pays:
            del self.fields["cash_place"]
