"""Shapes of what is typed about fixed assets and grants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.assets.rules import CLASSES, ENDINGS, METHODS, NEVER, SOLD, STRAIGHT, TREATMENTS
from canting.assets.services import Thing
from canting.kernel.inputs import DayField, QuantityField, RupiahField, propose

Places = Sequence[tuple[str, str]]
BLANK = ("", _("choose"))


def named(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Keys with the words people read, in the reader's language."""
    return [(key, _now(word)) for key, word in words.items()]


CLASS_WORDS = {key: one.label for key, one in CLASSES.items()}


class ThingForm(forms.Form):
    """What is known of an asset whoever paid for it."""

    name = forms.CharField(label=_("What is it?"), max_length=120)
    asset_class = forms.ChoiceField(label=_("Class"))
    cost = RupiahField(label=_("What it cost"))
    on = DayField(label=_("Date"))
    used_since = DayField(label=_("In use since"), required=False)
    life = QuantityField(label=_("Life in years"), required=False)
    residual = RupiahField(label=_("Worth at the end"), required=False, least=0)
    method = forms.ChoiceField(label=_("How it loses value"), required=False)
    location = forms.CharField(label=_("Where it stands"), max_length=120, required=False)
    note = forms.CharField(label=_("Make, number, deed"), max_length=160, required=False)

    def __init__(self, *args: Any, today: date, lives: Mapping[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lives = lives
        set_choices(self, "asset_class", [BLANK, *named(CLASS_WORDS)])
        set_choices(self, "method", named(METHODS))
        propose(self, "on", today)
        usual = ", ".join(
            f"{_now(CLASSES[key].label)} {months // 12}" for key, months in lives.items()
        )
        self.fields["life"].help_text = _now("Empty: the usual life (%(usual)s).") % {
            "usual": usual
        }
        self.fields["used_since"].help_text = _now("Empty: since that day.")

    def clean_life(self) -> int | None:
        """The life in whole months; None when it is left to the class."""
        years = self.cleaned_data["life"]
        if years is None:
            return None
        months = years * 12
        if months != int(months):
            raise forms.ValidationError(_now("Write years, or halves and quarters of them."))
        return int(months)

    def thing(self) -> Thing:
        """The asset as the services take it."""
        typed = self.cleaned_data
        kind = typed["asset_class"]
        months = typed["life"] if typed["life"] is not None else self.lives.get(kind, 0)
        return Thing(
            name=typed["name"],
            asset_class=kind,
            cost=typed["cost"],
            life_months=0 if kind in NEVER else months,
            used_since=typed["used_since"] or typed["on"],
            residual=typed["residual"] or 0,
            method=typed["method"] or STRAIGHT,
            location=typed["location"],
            note=typed["note"],
        )


class BuyForm(ThingForm):
    """An asset paid out of a cash place."""

    place = forms.ChoiceField(label=_("Paid from"))
    seller = forms.CharField(label=_("From whom"), max_length=120, required=False)
    field_order = [
        "name", "asset_class", "cost", "on", "place", "seller", "location", "note", "used_since",
        "life", "residual", "method",
    ]  # fmt: skip

    def __init__(self, *args: Any, places: Places, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "place", places)

    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        kept = {name: typed[name] for name in ("place", "seller", "on")}
        return {"thing": self.thing(), **kept}


class TakeOverForm(ThingForm):
    """An asset that the opening balances hold already."""

    lost_before = RupiahField(label=_("Lost before that day"), required=False, least=0)
    field_order = [
        "name", "asset_class", "cost", "used_since", "on", "lost_before", "life", "residual",
        "method", "location", "note",
    ]  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].label = _("Taken into these books on")

    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        return {
            "thing": self.thing(),
            "lost_before": typed["lost_before"] or 0,
            "on": typed["on"],
        }


class GrantForm(forms.Form):
    """Who gave what, and what the deed says of it."""

    giver = forms.CharField(label=_("Given by"), max_length=120)
    amount = RupiahField(label=_("Amount, or fair value of the thing"))
    on = DayField(label=_("Date"))
    what = forms.ChoiceField(label=_("What was given"))
    place = forms.ChoiceField(label=_("Money came into"), required=False)
    name = forms.CharField(label=_("The thing"), max_length=120, required=False)
    asset_class = forms.ChoiceField(label=_("Class of the thing"), required=False)
    location = forms.CharField(label=_("Where it stands"), max_length=120, required=False)
    treatment = forms.ChoiceField(
        label=_("What the deed says"),
        help_text=_("The deed decides: own capital, or income when its conditions are met."),
    )
    deed = forms.CharField(label=_("Number and date of the deed"), max_length=120, required=False)
    condition = forms.CharField(
        label=_("What must be done first"),
        max_length=200,
        required=False,
        help_text=_("Only for a grant held under conditions."),
    )

    def __init__(
        self, *args: Any, places: Places, today: date, lives: Mapping[str, int], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.lives = lives
        set_choices(self, "what", [("money", _now("Money")), ("thing", _now("A thing"))])
        set_choices(self, "place", [BLANK, *places])
        set_choices(self, "asset_class", [BLANK, *named(CLASS_WORDS)])
        set_choices(self, "treatment", [BLANK, *named(TREATMENTS)])
        propose(self, "on", today)

    def clean(self) -> dict[str, Any]:
        """Money needs its cash place, a thing its name and class."""
        typed = super().clean() or {}
        needed = ("place",) if typed.get("what") == "money" else ("name", "asset_class")
        for name in needed:
            if name not in self.errors and not typed.get(name):
                self.add_error(name, _("This is needed here."))
        return typed

    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        kept = ("giver", "amount", "on", "treatment", "deed", "condition")
        facts = {name: typed[name] for name in kept}
        if typed["what"] == "money":
            return facts | {"place": typed["place"]}
        kind = typed["asset_class"]
        thing = Thing(
            name=typed["name"],
            asset_class=kind,
            cost=typed["amount"],
            life_months=self.lives.get(kind, 0),
            used_since=typed["on"],
            location=typed["location"],
        )
        return facts | {"thing": thing}


class ReleaseForm(forms.Form):
    """What shows that the conditions of a grant are met."""

    how = forms.CharField(label=_("What shows it?"), max_length=200)
    on = DayField(label=_("Date"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "on", today)


class DisposalForm(forms.Form):
    """How an asset left, and what was got for it."""

    ending = forms.ChoiceField(label=_("What became of it?"))
    received = RupiahField(label=_("Got for it"), required=False, least=0)
    place = forms.ChoiceField(label=_("Money came into"), required=False)
    buyer = forms.CharField(label=_("To whom"), max_length=120, required=False)
    on = DayField(label=_("Date"))

    def __init__(self, *args: Any, places: Places, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "ending", named(ENDINGS))
        self.fields["ending"].initial = SOLD
        set_choices(self, "place", [BLANK, *places])
        propose(self, "on", today)

    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return self.cleaned_data | {"received": self.cleaned_data["received"] or 0}


class ReasonForm(forms.Form):
    """Why a paper is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=120)


def set_choices(form: forms.Form, name: str, choices: Sequence[Any]) -> None:
    """Give a choice field what may be chosen just now."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def put_right(form: Any) -> Any:
    """The form of a paper with the reason at its end, and the choice to write nothing new."""
    form.fields["only_cancel"] = forms.BooleanField(
        label=_("Only cancel, write nothing new"), required=False
    )
    form.fields["reason"] = forms.CharField(label=_("Why"), max_length=120)
    return form
