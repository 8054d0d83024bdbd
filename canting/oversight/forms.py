"""Shapes of what supervisors type, and of what is answered to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.cooperatives.rules import Role
from canting.kernel.inputs import DayField, propose
from canting.oversight.rules import OFTEN, SIZE, Method, Population
from canting.oversight.selectors.words import ADDRESSED, METHODS, POPULATIONS

LONG = forms.Textarea(attrs={"rows": 3})


def addressed(names: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Whom a finding may be written to, with the people who hold the task."""
    return [
        (role, f"{_now(str(word))}: {', '.join(names[role])}" if names.get(role) else str(word))
        for role, word in ADDRESSED.items()
    ]


class FindingForm(forms.Form):
    """A finding."""

    text = forms.CharField(label=_("What was found?"), max_length=OFTEN, widget=LONG)
    asked = forms.CharField(
        label=_("What should be done?"), max_length=OFTEN, widget=LONG, required=False
    )
    addressed_to = forms.ChoiceField(label=_("Who answers?"), widget=forms.RadioSelect)
    due_on = DayField(label=_("Answer by"))
    subject = forms.CharField(
        label=_("About which paper?"),
        max_length=100,
        required=False,
        help_text=_("Number of the paper; empty when it is about none."),
    )
    photo = forms.FileField(label=_("Photo or PDF"), required=False)
    page = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, today: date, due: date, names: Mapping[str, Sequence[str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        choice = self.fields["addressed_to"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = addressed(names)
        propose(self, "due_on", today)
        self.fields["due_on"].initial = due

    def clean_page(self) -> str:
        """Only an address of this very house is kept."""
        typed = str(self.cleaned_data["page"])
        return typed if typed.startswith("/") and not typed.startswith("//") else ""

    def facts(self) -> dict[str, Any]:
        """What was typed as the service takes it."""
        typed = dict(self.cleaned_data)
        return {**typed, "addressed_to": Role(typed["addressed_to"])}


class AnswerForm(forms.Form):
    """An answer, or why a finding is closed."""

    text = forms.CharField(label=_("Answer"), max_length=OFTEN, widget=LONG)
    photo = forms.FileField(label=_("Photo or PDF"), required=False)


class CloseForm(forms.Form):
    """Why a finding is done with."""

    text = forms.CharField(label=_("What settles it?"), max_length=OFTEN, widget=LONG)


class ReopenForm(forms.Form):
    """Why an answer does not do, and until when another is awaited."""

    text = forms.CharField(label=_("What is still missing?"), max_length=OFTEN, widget=LONG)
    due_on = DayField(label=_("Answer by"))

    def __init__(self, *args: Any, today: date, due: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "due_on", today)
        self.fields["due_on"].initial = due


class SampleForm(forms.Form):
    """From what, from when, how and by which seed a sample is drawn."""

    population = forms.ChoiceField(label=_("From which papers?"), widget=forms.RadioSelect)
    since = DayField(label=_("From"))
    until = DayField(label=_("Until"))
    method = forms.ChoiceField(label=_("How?"), widget=forms.RadioSelect)
    size = forms.IntegerField(label=_("How many?"), min_value=1, max_value=200, initial=SIZE)
    seed = forms.RegexField(
        r"^[0-9A-Za-z-]{1,40}$",
        label=_("Seed"),
        help_text=_("Any number or word; with the same seed anybody draws the same papers."),
    )

    def __init__(self, *args: Any, today: date, since: date, seed: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, words in (("population", POPULATIONS), ("method", METHODS)):
            choice = self.fields[name]
            if isinstance(choice, forms.ChoiceField):
                choice.choices = [(key, str(word)) for key, word in words.items()]
                choice.initial = next(iter(words))
        propose(self, "until", today)
        propose(self, "since", today)
        self.fields["since"].initial = since
        self.fields["seed"].initial = seed

    def facts(self) -> dict[str, Any]:
        """What was typed as the service takes it."""
        typed = dict(self.cleaned_data)
        return {
            **typed,
            "population": Population(typed["population"]),
            "method": Method(typed["method"]),
        }


class TickForm(forms.Form):
    """What does not agree, and who answers for it; nobody: it is only noted."""

    agrees = forms.BooleanField(required=False)
    note = forms.CharField(label=_("What does not agree?"), max_length=200, required=False)
    addressed_to = forms.ChoiceField(label=_("Who answers?"), required=False)

    def __init__(self, *args: Any, names: Mapping[str, Sequence[str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["addressed_to"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", _now("nobody, only note it")), *addressed(names)]
