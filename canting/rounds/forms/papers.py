"""What a round is opened and closed with, and the reasons of its turns."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.cash import selectors as cash
from canting.kernel.inputs import DayField
from canting.rounds.rules import PriceRule, ShareRule
from canting.rounds.selectors import KEEP
from canting.rounds.services import RoundTerms

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.rounds.models import Round

SHARE_RULES = [
    (ShareRule.ACTIVE, _("Active makers first, by recent output")),
    (ShareRule.FIRST, _("Who asked first comes first")),
    (ShareRule.PROPORTION, _("Everyone in proportion")),
]
PRICE_RULES = [
    (PriceRule.LANDED, _("What it cost us with freight, and a margin")),
    (PriceRule.LIST, _("The price list for members")),
]


class RoundForm(forms.Form):
    """The terms of a round."""

    title = forms.CharField(label=_("Title"), max_length=80)
    deadline = DayField(label=_("Last day to ask"))
    needed_by = DayField(label=_("The material is needed on"))
    share_rule = forms.ChoiceField(
        label=_("When too little comes"),
        choices=SHARE_RULES,
        widget=forms.RadioSelect,
        initial=ShareRule.ACTIVE,
    )
    price_rule = forms.ChoiceField(
        label=_("What members pay"),
        choices=PRICE_RULES,
        widget=forms.RadioSelect,
        initial=PriceRule.LANDED,
    )
    margin_percent = forms.DecimalField(
        label=_("Margin (percent)"), max_digits=5, decimal_places=2, initial=Decimal(0)
    )
    tolerance_percent = forms.IntegerField(
        label=_("More or less without asking (percent)"), initial=5
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("deadline", "needed_by"):
            field = self.fields[name]
            if isinstance(field, DayField):
                field.today = today
        for name in ("margin_percent", "tolerance_percent"):
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "decimal"})
            self.fields[name].localize = True

    def terms(self) -> RoundTerms:
        """What was typed, as the service takes it."""
        return RoundTerms(**self.cleaned_data)


def terms_of_round(found: Round) -> dict[str, Any]:
    """The terms of a round, to be changed in the form."""
    return {name: getattr(found, name) for name in RoundForm.base_fields}


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class TravellersForm(forms.Form):
    """How many members would have travelled to buy alone."""

    travellers = forms.IntegerField(
        label=_("Members who would have travelled to buy alone"), required=False, min_value=0
    )


class HandForm(forms.Form):
    """Where a member's money for her waiting share is laid."""

    cash_place = forms.ChoiceField(label=_("Paid into"))

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cash_place"].choices = cash.places(cooperative)  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    """What becomes of the rest of deposits, and why nobody is charged where that is so."""

    rest = forms.ChoiceField(label=_("Rest of deposits"), required=False)
    reason = forms.CharField(
        label=_("Close without charging anybody, because"), required=False, max_length=200
    )

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [
            (place, _("Give back from %(place)s") % {"place": label})
            for place, label in cash.places(cooperative)
        ]
        self.fields["rest"].choices = [(KEEP, _("Keep for another round")), *places]  # type: ignore[attr-defined]
