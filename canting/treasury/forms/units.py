"""Shapes of what is typed about business units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.kernel.inputs import DayField, propose
from canting.treasury.forms.costs import BLANK, set_choices
from canting.treasury.rules import KINDS, STARTERS

SHARED = "0"


class UnitForm(forms.Form):
    """A new business unit and what it begins with."""

    name = forms.CharField(label=_("Name of the unit"), max_length=60)
    starter = forms.ChoiceField(label=_("What it holds"), widget=forms.RadioSelect, required=False)
    valid_from = DayField(label=_("From which day on"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "starter", [(key, _now(one.label)) for key, one in STARTERS.items()])
        propose(self, "valid_from", today)
        self.fields["valid_from"].initial = today.replace(month=1, day=1)


class UnitChangeForm(forms.Form):
    """The name of a unit, and whether it still works."""

    name = forms.CharField(label=_("Name of the unit"), max_length=60)
    active = forms.BooleanField(label=_("It still works"), required=False)


class RuleForm(forms.Form):
    """Whose an account is from a day on."""

    account = forms.ChoiceField(label=_("Account"))
    kind = forms.ChoiceField(label=_("Which papers"), required=False)
    unit = forms.ChoiceField(label=_("Whose it is"))
    valid_from = DayField(label=_("From which day on"))
    source = forms.CharField(label=_("Who decided it"), max_length=160, required=False)

    def __init__(
        self,
        *args: Any,
        accounts: Sequence[tuple[str, str]],
        units: Sequence[tuple[str, str]],
        today: date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        set_choices(self, "account", [BLANK, *accounts])
        set_choices(self, "kind", [(key, _now(word)) for key, word in KINDS.items()])
        set_choices(self, "unit", [BLANK, *units, (SHARED, _now("shared by all"))])
        propose(self, "valid_from", today)
        self.fields["valid_from"].initial = today.replace(month=1, day=1)


class WeightsForm(forms.Form):
    """The weight of each unit where the key of shared costs is fixed."""

    valid_from = DayField(label=_("From which day on"))

    def __init__(
        self, *args: Any, units: Sequence[tuple[int, str, int]], today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        propose(self, "valid_from", today)
        for pk, name, weight in units:
            self.fields[f"u{pk}"] = forms.IntegerField(
                label=name, min_value=0, max_value=1_000_000, initial=weight
            )

    def weights(self) -> dict[int, int]:
        """The weight of each unit by its key."""
        return {
            int(name[1:]): weight
            for name, weight in self.cleaned_data.items()
            if name.startswith("u")
        }
