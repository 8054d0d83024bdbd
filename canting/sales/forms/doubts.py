"""What is typed about doubtful money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.kernel.inputs import DayField, RupiahField, propose


class _DatedForm(forms.Form):
    on = DayField(label=_("Date"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "on", today)


class AllowanceForm(_DatedForm):
    """What shall stand aside for a buyer, and why."""

    amount = RupiahField(label=_("What shall stand aside"), least=0)
    why = forms.CharField(label=_("What is known of this buyer"), max_length=200)
    field_order: Sequence[str] = ("amount", "why", "on")


class WriteOffForm(_DatedForm):
    """How much of an invoice is written off, by which decision of the board."""

    amount = RupiahField(label=_("Written off"))
    decision = forms.CharField(label=_("Number of the board's decision"), max_length=200)
    field_order: Sequence[str] = ("amount", "decision", "on")


class AfterAllForm(_DatedForm):
    """Money on what was written off."""

    amount = RupiahField(label=_("Amount"))
    cash_place = forms.ChoiceField(label=_("Cash place"))
    field_order: Sequence[str] = ("amount", "cash_place", "on")

    def __init__(self, *args: Any, places: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        place = self.fields["cash_place"]
        if isinstance(place, forms.ChoiceField):
            place.choices = places


class DoubtCorrection(_DatedForm):
    """Betulkan: the right amount, or none when it is only taken back, and why."""

    amount = RupiahField(label=_("Right amount"), required=False, least=0)
    only_cancel = forms.BooleanField(label=_("Only take it back"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200)
    field_order: Sequence[str] = ("amount", "on", "only_cancel", "reason")

    @property
    def right(self) -> int | None:
        """The amount that shall stand; None when it is only taken back."""
        given: int | None = self.cleaned_data["amount"]
        return None if self.cleaned_data["only_cancel"] else given
