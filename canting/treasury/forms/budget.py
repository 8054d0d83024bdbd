"""Shapes of what is typed about budgets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.kernel.dates import MONTHS_EN, MONTHS_ID
from canting.kernel.inputs import DayField, RupiahField, propose
from canting.kernel.texts import gettext_noop
from canting.treasury.forms.costs import set_choices
from canting.treasury.forms.table import TableForm


class StartForm(forms.Form):
    """A new version of a year's budget, and what it begins with."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    basis = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect, required=False)
    percent = forms.DecimalField(
        label=_("Percent more than last year"),
        required=False,
        min_value=Decimal(-100),
        max_value=Decimal(1000),
        max_digits=6,
        decimal_places=2,
        localize=True,
        help_text=_("Below zero for less."),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        years = [today.year + step for step in (1, 0, -1)]
        set_choices(self, "year", [(year, str(year)) for year in years])
        self.fields["year"].initial = today.year
        choices = [
            ("actual", _now("Last year's figures")),
            ("version", _now("The version before")),
            ("empty", _now("Nothing")),
        ]
        set_choices(self, "basis", choices)
        self.fields["basis"].initial = "actual"

    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        basis = typed["basis"]
        return {
            "year": typed["year"],
            "basis": "" if basis == "empty" else basis,
            "percent": typed["percent"] or Decimal(0),
        }


class YearAmountsForm(forms.Form):
    """The whole year's amount of every account, one field each, named by its code."""

    def __init__(
        self, *args: Any, accounts: Sequence[tuple[str, str, int]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for code, label, amount in accounts:
            self.fields[f"a{code}"] = RupiahField(
                label=label, required=False, least=None, initial=amount or None
            )

    def amounts(self) -> dict[str, int]:
        """What is planned, by code of the account."""
        return {name[1:]: amount or 0 for name, amount in self.cleaned_data.items()}


class MonthsForm(forms.Form):
    """What is planned on one account in each month."""

    def __init__(self, *args: Any, amounts: Sequence[int], **options: Any) -> None:
        super().__init__(*args, **options)
        names = MONTHS_EN if _now("Month") == "Month" else MONTHS_ID
        for at, name in enumerate(names, start=1):
            self.fields[f"m{at}"] = RupiahField(
                label=name, required=False, least=None, initial=amounts[at - 1] or None
            )

    def amounts(self) -> list[int]:
        """The twelve amounts, January first."""
        return [self.cleaned_data[f"m{at}"] or 0 for at in range(1, 13)]


class SheetForm(TableForm):
    """A budget in a sheet: a file, or rows pasted with their heading."""

    missing = gettext_noop("Choose a sheet, or paste its rows.")


class ApproveForm(forms.Form):
    """The minutes of the meeting that approved the budget."""

    decision = forms.CharField(label=_("Number of the minutes"), max_length=120)
    decided_on = DayField(label=_("Day of the meeting"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "decided_on", today)
