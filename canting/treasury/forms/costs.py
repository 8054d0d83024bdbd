"""Shapes of what is typed about recurring entries and costs of other months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.cash.rules import OVERHEAD, PURPOSES
from canting.kernel.dates import first_of_month, format_month, last_of_month, next_month
from canting.kernel.inputs import DayField, RupiahField, propose
from canting.treasury.rules import LAST_DAY, LONGEST_RHYTHM, MOST_MONTHS, OWED, PAID, RHYTHMS, WAYS
from canting.treasury.services import What

Choices = Sequence[tuple[str, str]]
BLANK = ("", _("choose"))


def set_choices(form: forms.Form, name: str, choices: Sequence[Any]) -> None:
    """Give a choice field what may be chosen just now."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class WhatForm(forms.Form):
    """What a recurring entry books, and when it ends."""

    name = forms.CharField(label=_("What is it?"), max_length=80)
    amount = RupiahField(label=_("Amount"), required=False, help_text=_("Empty: asked each time."))
    purpose = forms.ChoiceField(label=_("What for"), required=False)
    place = forms.ChoiceField(label=_("Paid from"), required=False)
    account = forms.ChoiceField(label=_("Account of the cost"), required=False)
    counterparty = forms.CharField(label=_("To whom"), max_length=120, required=False)
    until = DayField(label=_("Last day"), required=False, help_text=_("Empty: it does not end."))
    times = forms.IntegerField(
        label=_("How often in all"), required=False, min_value=1, max_value=600
    )

    def __init__(
        self, *args: Any, places: Choices, accounts: Choices, today: date, way: str = "",
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.kept_way = way
        costs = [(p.key, _now(p.label)) for p in PURPOSES.values() if p.kind == OVERHEAD]
        set_choices(self, "purpose", [BLANK, *costs])
        set_choices(self, "place", [BLANK, *places])
        set_choices(self, "account", [BLANK, *accounts])
        for name in ("until", "first"):
            if name in self.fields:
                propose(self, name, today)
                if name == "until":
                    self.fields[name].initial = None
        if way:
            for name in ("account",) if way == PAID else ("purpose", "place"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """What is paid needs a purpose and a place, what is owed an account."""
        typed = super().clean() or {}
        way = self.kept_way or typed.get("way", "")
        needed = {PAID: ("purpose", "place"), OWED: ("account",)}.get(way, ())
        for name in needed:
            if name not in self.errors and not typed.get(name):
                self.add_error(name, _("This is needed here."))
        return typed

    def what(self) -> What:
        """What it books, as the services take it."""
        typed = self.cleaned_data
        return What(
            name=typed["name"],
            way=self.kept_way or typed["way"],
            amount=typed["amount"],
            purpose=typed.get("purpose", ""),
            place=typed.get("place", ""),
            account=typed.get("account", ""),
            counterparty=typed["counterparty"],
        )


class RecurringForm(WhatForm):
    """A new recurring entry with its rhythm."""

    way = forms.ChoiceField(label=_("How it is booked"))
    every = forms.ChoiceField(label=_("How often"))
    first = DayField(label=_("Due for the first time"))
    day = forms.IntegerField(
        label=_("Day of the month"),
        required=False,
        min_value=1,
        max_value=LAST_DAY,
        help_text=_("Empty: as the first time. In a short month its last day."),
    )
    field_order = [
        "name", "way", "amount", "purpose", "place", "account", "counterparty", "every", "first",
        "day", "until", "times",
    ]  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "way", [(key, _now(word)) for key, word in WAYS.items()])
        self.fields["way"].initial = PAID
        usual = [(str(key), _now(word)) for key, word in RHYTHMS.items()]
        more = [
            (str(one), _now("Every %(count)s months") % {"count": one})
            for one in range(1, LONGEST_RHYTHM + 1)
            if one not in RHYTHMS and one in (4, 5, 9, 18, 24, 36, 60)
        ]
        set_choices(self, "every", [*usual, *more])


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Why"), max_length=120)


class MonthField(forms.ChoiceField):
    """A month, sent as its first day."""

    def clean(self, value: Any) -> Any:
        """The first day of the month."""
        typed = super().clean(value)
        return date.fromisoformat(typed) if typed else None


def months(today: date, back: int, ahead: int) -> list[tuple[str, str]]:
    """Months around today, each by its first day and its name; the newest first."""
    first = first_of_month(today)
    found = [next_month(first, step) for step in range(ahead, -back - 1, -1)]
    return [(one.isoformat(), format_month(one)) for one in found]


class CostForm(forms.Form):
    """What every cost of another month has."""

    memo = forms.CharField(label=_("What for"), max_length=160)
    account = forms.ChoiceField(label=_("Account of the cost"))
    amount = RupiahField(label=_("Amount"))
    counterparty = forms.CharField(label=_("Who bills it"), max_length=120, required=False)

    def __init__(self, *args: Any, accounts: Choices, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        set_choices(self, "account", [BLANK, *accounts])

    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        typed = dict(self.cleaned_data)
        for name in ("reason", "only_cancel"):
            typed.pop(name, None)
        return typed


class AccrualForm(CostForm):
    """A cost of a month that is over, without its bill."""

    month = MonthField(label=_("Of which month"))
    field_order = ["memo", "account", "amount", "month", "counterparty"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = months(self.today, 13, 0)
        if last_of_month(self.today) != self.today:
            known = known[1:]
        set_choices(self, "month", known)


class OwedForm(CostForm):
    """A cost that is owed until it is paid: its month is that of its paper."""


class PrepayForm(CostForm):
    """A cost paid ahead, from which month on and for how many."""

    months = forms.IntegerField(label=_("For how many months"), min_value=2, max_value=MOST_MONTHS)
    since = MonthField(label=_("From which month on"))
    place = forms.ChoiceField(
        label=_("Paid from"),
        required=False,
        help_text=_("Empty: it stands on the account of prepaid costs already."),
    )
    on = DayField(label=_("Date"))
    field_order = [
        "memo", "account", "amount", "months", "since", "place", "on", "counterparty",
    ]  # fmt: skip

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["counterparty"].label = _("To whom")
        set_choices(self, "place", [("", _now("stands there already")), *places])
        set_choices(self, "since", months(self.today, 13, 6))
        self.fields["since"].initial = first_of_month(self.today).isoformat()
        propose(self, "on", self.today)


class PayForm(forms.Form):
    """A bill that was booked before is paid."""

    amount = RupiahField(label=_("Amount of the bill"))
    place = forms.ChoiceField(label=_("Paid from"))
    on = DayField(label=_("Date"))

    def __init__(self, *args: Any, places: Choices, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "place", places)
        propose(self, "on", today)


def put_right(form: Any) -> Any:
    """The form of a paper with the reason at its end, and the choice to write nothing new."""
    form.fields["only_cancel"] = forms.BooleanField(
        label=_("Only cancel, write nothing new"), required=False
    )
    form.fields["reason"] = forms.CharField(label=_("Why"), max_length=120)
    return form
