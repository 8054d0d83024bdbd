"""Shapes of what is typed about partners' money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.kernel.inputs import DayField, QuantityField, RupiahField, propose
from canting.lending.rules import CHARGES, FINANCIERS, METHODS, MODES, RHYTHMS, Terms
from canting.lending.services import Agreement, Deal

Choices = Sequence[tuple[Any, str]]
BLANK: tuple[Any, Any] = ("", _("choose"))
OLD_BOOK = "old"


def named(words: Mapping[Any, str]) -> list[tuple[Any, str]]:
    """Keys with the words people read, in the reader's language."""
    return [(key, _now(word)) for key, word in words.items()]


def set_choices(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a choice field what may be chosen just now."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class FinancierForm(forms.Form):
    """Who finances: a new partner, or one whom the old book brought."""

    name = forms.CharField(label=_("Name of the partner"), max_length=120)
    kind = forms.ChoiceField(label=_("What kind"))
    contact = forms.CharField(label=_("Who speaks for it, phone"), max_length=120, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "kind", [BLANK, *named(FINANCIERS)])


class TermsForm(forms.Form):
    """How something is paid back."""

    instalments = forms.IntegerField(label=_("How many instalments"), min_value=1, max_value=360)
    first_due = DayField(label=_("First instalment due"))
    months = forms.TypedChoiceField(label=_("How often"), coerce=int)
    grace = forms.IntegerField(
        label=_("First instalments without principal"),
        min_value=0,
        required=False,
        help_text=_("Empty: none."),
    )
    rate = QuantityField(
        label=_("Rate, percent a year"), required=False, help_text=_("Empty: nothing is charged.")
    )
    method = forms.ChoiceField(label=_("How it is reckoned"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "months", named(RHYTHMS))
        set_choices(self, "method", named(METHODS))

    def terms(self) -> Terms:
        """The terms as the services take them."""
        typed = self.cleaned_data
        return Terms(
            instalments=typed["instalments"],
            first_due=typed["first_due"],
            months=typed["months"],
            grace=typed["grace"] or 0,
            rate=typed["rate"] or Decimal(0),
            method=typed["method"],
        )


class FacilityForm(TermsForm):
    """A contract with a partner."""

    financier = forms.ChoiceField(label=_("Partner"))
    contract = forms.CharField(label=_("Number of the contract"), max_length=60)
    signed_on = DayField(label=_("Signed on"))
    limit = RupiahField(label=_("Most that may be drawn"))
    mode = forms.ChoiceField(label=_("Whose debt is it?"))
    charge = forms.ChoiceField(label=_("What the partner asks is called"))
    purpose = forms.CharField(label=_("What it is for"), max_length=160, required=False)
    photo = forms.FileField(label=_("Photo of the contract"), required=False)
    field_order = [
        "financier", "contract", "signed_on", "limit", "mode", "purpose", "instalments",
        "first_due", "months", "rate", "method", "charge", "grace", "photo",
    ]  # fmt: skip

    def __init__(self, *args: Any, today: date, partners: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "financier", [BLANK, *partners])
        set_choices(self, "mode", named(MODES))
        set_choices(self, "charge", named(CHARGES))
        propose(self, "signed_on", today)

    def deal(self) -> Deal:
        """The contract as the services take it."""
        typed = self.cleaned_data
        names = ("contract", "signed_on", "limit", "mode", "charge", "purpose")
        return Deal(**{name: typed[name] for name in names}, terms=self.terms())


class ApproveForm(forms.Form):
    """What the approval stands on."""

    decision = forms.CharField(
        label=_("Minutes or note of the decision"), max_length=120, required=False
    )


class MoneyForm(forms.Form):
    """A day and a cash place; `old` adds the choice that the old book holds it already."""

    on = DayField(label=_("Date"))
    place = forms.ChoiceField(label=_("Cash place"))

    def __init__(
        self, *args: Any, today: date, places: Choices, old: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        more = [(OLD_BOOK, _now("From the old book: posts nothing"))] if old else []
        set_choices(self, "place", [*places, *more])
        propose(self, "on", today)

    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        typed = dict(self.cleaned_data)
        typed.pop("photo", None)
        if typed["place"] == OLD_BOOK:
            typed["place"] = ""
        return typed


class DrawForm(MoneyForm):
    """Money that came from a partner."""

    amount = RupiahField(label=_("Amount"))
    reference = forms.CharField(label=_("Paper of the partner"), max_length=80, required=False)
    photo = forms.FileField(label=_("Photo of the paper"), required=False)
    field_order = ["amount", "on", "place", "reference", "photo"]


class RepaymentForm(MoneyForm):
    """What is paid to a partner."""

    principal = RupiahField(label=_("Principal"), required=False, least=0)
    interest = RupiahField(label=_("Interest, margin or fee"), required=False, least=0)
    reference = forms.CharField(label=_("Paper of the partner"), max_length=80, required=False)
    photo = forms.FileField(label=_("Photo of the paper"), required=False)
    field_order = ["principal", "interest", "on", "place", "reference", "photo"]

    def facts(self) -> dict[str, Any]:
        """What was typed; an empty part is nothing."""
        typed = super().facts()
        return typed | {name: typed[name] or 0 for name in ("principal", "interest")}


class InstalmentForm(MoneyForm):
    """What a member pays back."""

    principal = RupiahField(label=_("Principal"), required=False, least=0)
    fee = RupiahField(label=_("Service fee"), required=False, least=0)
    field_order = ["principal", "fee", "on", "place"]

    def facts(self) -> dict[str, Any]:
        """What was typed; an empty part is nothing."""
        typed = super().facts()
        return typed | {name: typed[name] or 0 for name in ("principal", "fee")}


class OnlendForm(TermsForm):
    """What is agreed with a member."""

    member = forms.ChoiceField(label=_("Member"))
    amount = RupiahField(label=_("Amount"))
    fee = RupiahField(label=_("Service fee kept when it is handed over"), required=False, least=0)
    agreement = forms.CharField(label=_("Number of the agreement"), max_length=60, required=False)
    photo = forms.FileField(label=_("Photo of the agreement"), required=False)
    field_order = [
        "member", "amount", "agreement", "instalments", "first_due", "months", "rate", "method",
        "fee", "grace", "photo",
    ]  # fmt: skip

    def __init__(self, *args: Any, members: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "member", [BLANK, *members])
        self.fields["rate"].label = _("Service fee, percent a year")

    def deal(self) -> Agreement:
        """The agreement as the services take it."""
        typed = self.cleaned_data
        return Agreement(typed["amount"], self.terms(), typed["fee"] or 0, typed["agreement"])


class OnlendRightForm(MoneyForm):
    """What may be put right of an agreement; its terms stay as the board approved them."""

    amount = RupiahField(label=_("Amount"))
    fee = RupiahField(label=_("Service fee kept when it is handed over"), required=False, least=0)
    agreement = forms.CharField(label=_("Number of the agreement"), max_length=60, required=False)
    field_order = ["amount", "fee", "agreement", "on", "place"]

    def facts(self) -> dict[str, Any]:
        """What was typed; an empty fee is nothing."""
        typed = super().facts()
        return typed | {"fee": typed["fee"] or 0}


class AccrueForm(forms.Form):
    """Up to which day interest is booked as a debt."""

    until = DayField(label=_("Interest up to"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "until", today)


class ReasonForm(forms.Form):
    """Why a paper is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=120)


def put_right(form: Any) -> Any:
    """The form of a paper with the reason at its end; the photo stays with the old paper."""
    form.fields.pop("photo", None)
    form.fields["only_cancel"] = forms.BooleanField(
        label=_("Only cancel, write nothing new"), required=False
    )
    form.fields["reason"] = forms.CharField(label=_("Why"), max_length=120)
    return form
