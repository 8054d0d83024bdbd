"""Shapes of what is typed on the pages of the books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.kernel.closing import SHORTEST_REASON
from canting.kernel.inputs import DayField, RupiahField, propose
from canting.ledger.rules import BusinessClass
from canting.ledger.rules.codes import STYLES

MOST_LINES = 60
Choices = Sequence[tuple[str, Any]]


class EntryForm(forms.Form):
    """Day and words of an entry written by hand."""

    on = DayField(label=_("Date"))
    memo = forms.CharField(label=_("What for"), max_length=200)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "on", today)


class CorrectionForm(EntryForm):
    """A manual entry put right: the new words, and why."""

    reason = forms.CharField(label=_("Why"), max_length=120)
    only_reverse = forms.BooleanField(label=_("Only cancel, write nothing new"), required=False)


class LineForm(forms.Form):
    """One line of the grid: account, an amount on one side, whom and whose business it concerns."""

    account = forms.ChoiceField(label=_("Account"), required=False)
    debit = RupiahField(label=_("Debit"), required=False)
    credit = RupiahField(label=_("Credit"), required=False)
    party = forms.CharField(label=_("Number of whom"), max_length=20, required=False)
    business = forms.ChoiceField(
        label=_("Business with"),
        required=False,
        choices=[
            ("", "–"),
            (BusinessClass.MEMBER.value, _("members")),
            (BusinessClass.NONMEMBER.value, _("others")),
        ],
    )

    def __init__(self, *args: Any, accounts: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["account"].choices = [("", ""), *accounts]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A line that is not empty has an account and exactly one side."""
        typed = super().clean() or {}
        sides = [bool(typed.get("debit")), bool(typed.get("credit"))]
        if any(sides) and not typed.get("account"):
            self.add_error("account", _("Choose the account."))
        if all(sides):
            self.add_error("credit", _("Only one side: debit or credit."))
        if typed.get("account") and not any(sides) and not self.errors:
            self.add_error("debit", _("Write the amount on one side."))
        return typed


LineFormSet = forms.formset_factory(
    LineForm, extra=4, max_num=MOST_LINES, validate_max=True, absolute_max=MOST_LINES
)


class ReasonForm(forms.Form):
    """Why something is undone."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class PassForm(forms.Form):
    """Why checks that are open may be passed over: a line for each that the law lets pass."""

    def __init__(self, *args: Any, topics: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for key, says in topics:
            label = _now("Why this may stay open: %(check)s") % {"check": says}
            self.fields[key] = forms.CharField(
                label=label, max_length=200, min_length=SHORTEST_REASON, required=False
            )


class AccountForm(forms.Form):
    """An account beside the standard ones."""

    number = forms.CharField(label=_("Code"), max_length=8, help_text=_("Such as 6112"))
    name = forms.CharField(label=_("Name"), max_length=80)
    like = forms.ChoiceField(label=_("Stands in the statements like"))

    def __init__(self, *args: Any, accounts: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["like"].choices = list(accounts)  # type: ignore[attr-defined]


class AccountNameForm(forms.Form):
    """The cooperative's own name of an account, and whether it takes entries."""

    name = forms.CharField(label=_("Name here"), max_length=80, required=False)
    active = forms.BooleanField(label=_("Takes new entries"), required=False)


class CodeStyleForm(forms.Form):
    """How the codes of the chart are written."""

    style = forms.ChoiceField(label=_("How codes are written"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["style"].choices = [  # type: ignore[attr-defined]
            (key, f"{style.example}: {_now(style.label)}") for key, style in STYLES.items()
        ]
