"""What is typed about a buying plan: its limits, packs changed by hand, why a limit is broken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.kernel.inputs import QuantityField, RupiahField
from canting.rounds.selectors.plan_words import kind_name
from canting.rounds.services.plans import PlanTerms

if TYPE_CHECKING:
    from canting.purchasing.rules import OfferFacts

PREFIX = "packs-"
MOST_DAYS = 365
MOST_PACKS = 1_000_000


class PlanForm(forms.Form):
    """The limits of a plan; room is asked for the kinds that the needs name."""

    cash = RupiahField(label=_("Cash that may be spent now"), required=False, least=0)
    money_in_days = forms.IntegerField(
        label=_("Days until members' money is in"),
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
    )

    def __init__(self, *args: Any, kinds: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        for kind, units in kinds.items():
            label = _("Room for %(kind)s (%(units)s)") % {"kind": kind_name(kind), "units": units}
            self.fields[f"room_{kind}"] = QuantityField(label=label, required=False)

    def terms(self) -> PlanTerms:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        rooms: dict[str, Decimal] = {
            kind: data[f"room_{kind}"] for kind in self.kinds if data[f"room_{kind}"]
        }
        return PlanTerms(data["cash"], data["money_in_days"] or 0, rooms)


class PacksForm(forms.Form):
    """Packs of every offer that holds, the total that was seen, and a reason where one is needed."""

    seen_total = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why it is bought all the same"), required=False, max_length=200
    )

    def __init__(
        self,
        *args: Any,
        offers: Iterable[OfferFacts],
        packs: Mapping[str, int],
        labels: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offers: Sequence[OfferFacts] = tuple(offers)
        for offer in self.offers:
            self.fields[PREFIX + offer.key] = forms.IntegerField(
                label=_("Packs"),
                required=False,
                min_value=0,
                max_value=MOST_PACKS,
                initial=packs.get(offer.key) or None,
                widget=forms.TextInput(
                    attrs={
                        "class": "input n",
                        "inputmode": "numeric",
                        "size": 5,
                        "aria-label": labels[offer.key],
                    }
                ),
            )

    def packs(self) -> dict[str, int]:
        """Packs per offer as typed, those of none left out."""
        typed = {o.key: self.cleaned_data.get(PREFIX + o.key) or 0 for o in self.offers}
        return {key: count for key, count in typed.items() if count}

    def cell(self, key: str) -> forms.BoundField:
        """The field of one offer."""
        return self[PREFIX + key]
