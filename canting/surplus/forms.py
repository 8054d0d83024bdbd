"""Shapes of what is typed about sharing a surplus, covering a loss and paying parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.kernel.inputs import DayField, RupiahField, propose
from canting.kernel.quantities import BadQuantity, parse_quantity
from canting.surplus.rules import CASH, FUNDS, POOLS, RESERVES, TRANSFER, WAYS
from canting.surplus.services import Decision

if TYPE_CHECKING:
    from canting.surplus.selectors import OpenPart

Places = Sequence[tuple[str, str]]
BUSINESS = "usaha"


def pool_names() -> dict[str, str]:
    """What each pool is called, in the reader's language."""
    return {
        "reserve": _now("Reserve"),
        "patronage": _now("Members, by their business"),
        "capital": _now("Members, by their shares"),
        "board": _now("Board fund"),
        "staff": _now("Staff fund"),
        "education": _now("Education fund"),
        "social": _now("Social fund"),
        "area": _now("Area development fund"),
        **{role: _now(name) for role, name in RESERVES.items()},
    }


def way_names() -> dict[str, str]:
    """How a part is paid, in the reader's language."""
    return {way: _now(word) for way, (word, _kind) in WAYS.items()}


def percent_text(value: Decimal) -> str:
    """A percentage as people write it: 12,5."""
    return f"{value.normalize():f}".replace(".", ",")


class PercentField(forms.CharField):
    """A percentage from nothing to a hundred: 12,5; empty is nothing."""

    example = "12,5"

    def clean(self, value: Any) -> Decimal:
        """The percentage as a Decimal; a refusal says what is wrong."""
        typed = super().clean(value)
        try:
            percent = parse_quantity(typed.removesuffix("%").strip()) or Decimal(0)
        except BadQuantity as bad:
            raise forms.ValidationError(str(bad)) from bad
        if not 0 <= percent <= 100:
            raise forms.ValidationError(_("A percentage is between 0 and 100."))
        return percent

    def prepare_value(self, value: Any) -> Any:
        """A percentage with a comma, what was typed as it was typed."""
        return percent_text(value) if isinstance(value, Decimal) else value


class PercentForm(forms.Form):
    """The percentages of the pools; for the old book's year also what others' business left."""

    def __init__(self, *args: Any, from_old_book: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        names = pool_names()
        for pool in POOLS:
            self.fields[f"p_{pool}"] = PercentField(label=names[pool])
        if from_old_book:
            self.fields["others"] = RupiahField(
                label=_("Of it, left by business with others"), required=False, least=0
            )

    def percents(self) -> dict[str, Decimal]:
        """The percentages by pool."""
        return {pool: self.cleaned_data[f"p_{pool}"] for pool in POOLS}

    @property
    def others(self) -> int:
        """What others' business left, whole rupiah."""
        return self.cleaned_data.get("others") or 0


class BusinessForm(forms.Form):
    """What each member did with the cooperative in a year whose papers are in the old book."""

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for party, name in members:
            self.fields[f"{BUSINESS}_{party}"] = RupiahField(label=name, required=False, least=0)

    def patronage(self) -> dict[int, int]:
        """Business by party, whole rupiah."""
        return {
            int(name.removeprefix(f"{BUSINESS}_")): amount
            for name, amount in self.cleaned_data.items()
            if amount
        }


class DecisionForm(forms.Form):
    """What the minutes say."""

    decision = forms.CharField(label=_("Number of the minutes"), max_length=80)
    meeting = DayField(label=_("Day of the meeting"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "meeting", today)

    def facts(self) -> Decision:
        """The decision as the service takes it."""
        return Decision(self.cleaned_data["decision"], self.cleaned_data["meeting"])


class CoverForm(DecisionForm):
    """How much of a loss each reserve covers."""

    def __init__(self, *args: Any, proposed: Mapping[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        for role, name in RESERVES.items():
            self.fields[role] = RupiahField(
                label=_now(name), required=False, least=0, initial=proposed.get(role) or None
            )
        self.order_fields([*RESERVES, "decision", "meeting"])

    def amounts(self) -> dict[str, int]:
        """What is covered by reserve, whole rupiah."""
        return {role: self.cleaned_data[role] or 0 for role in RESERVES}


class ReasonForm(forms.Form):
    """Why a paper is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=200)


def set_choices(form: forms.Form, name: str, choices: Sequence[Any]) -> None:
    """Give a choice field what may be chosen just now."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class PayForm(forms.Form):
    """From where the ticked parts are paid, and how members agreed to shares."""

    cash_place = forms.ChoiceField(label=_("Cash comes from"), required=False)
    bank_place = forms.ChoiceField(label=_("Transfers leave"), required=False)
    consent = forms.CharField(
        label=_("How they agreed to regular shares"),
        max_length=160,
        required=False,
        help_text=_("Only where a part becomes shares: the list they signed, and its day."),
    )

    def __init__(
        self, *args: Any, drawers: Places, banks: Places, rows: Sequence[OpenPart], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        set_choices(self, "cash_place", drawers)
        set_choices(self, "bank_place", banks)
        for row in rows:
            self.fields[f"cara_{row.party_id}"] = forms.ChoiceField(
                label=row.name,
                choices=list(way_names().items()),
                required=False,
                widget=forms.Select(attrs={"class": "input"}),
            )


class PayoutForm(forms.Form):
    """A payment of a part as it should have been."""

    way = forms.ChoiceField(label=_("How it is paid"))
    amount = RupiahField(label=_("Amount"))
    place = forms.ChoiceField(label=_("Cash place"), required=False)
    consent = forms.CharField(label=_("How the member agreed"), max_length=160, required=False)
    only_cancel = forms.BooleanField(label=_("Only cancel, write nothing new"), required=False)
    reason = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, places: Places, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "way", list(way_names().items()))
        set_choices(self, "place", [("", "–"), *places])

    def replacement(self) -> dict[str, Any] | None:
        """The right payment; None when it is only cancelled."""
        typed = self.cleaned_data
        if typed["only_cancel"]:
            return None
        facts = {name: typed[name] for name in ("way", "amount", "consent")}
        return facts | {"place": typed["place"] if typed["way"] in (CASH, TRANSFER) else ""}


class SpendForm(forms.Form):
    """Money spent from a fund."""

    fund = forms.ChoiceField(label=_("From which fund?"))
    amount = RupiahField(label=_("Amount"))
    memo = forms.CharField(label=_("What for"), max_length=160)
    counterparty = forms.CharField(label=_("To whom"), max_length=120, required=False)
    place = forms.ChoiceField(label=_("Paid from"))
    on = DayField(label=_("Date"))
    photo = forms.FileField(label=_("Photo of the receipt"), required=False)

    def __init__(self, *args: Any, places: Places, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        names = pool_names()
        set_choices(self, "fund", [("", _now("choose")), *((key, names[key]) for key in FUNDS)])
        set_choices(self, "place", places)
        propose(self, "on", today)

    def facts(self) -> dict[str, Any]:
        """What was typed, as the cash desk takes it; its purposes are called after the funds."""
        facts = dict(self.cleaned_data)
        return facts | {"purpose": f"{facts.pop('fund')}_fund"}
