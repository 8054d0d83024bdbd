"""Shapes of what is typed at the cash desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.cash.rules import PURPOSES, RETURNED, SUSPENSE_TARGETS
from canting.kernel.inputs import DayField, RupiahField, propose

Places = Sequence[tuple[str, str]]
MOST_NOTAS = 20


def purposes(*, comes_in: bool) -> list[tuple[str, str]]:
    """What money comes in or goes out for, in the reader's language."""
    return [(p.key, _now(p.label)) for p in PURPOSES.values() if p.comes_in == comes_in]


class DeskForm(forms.Form):
    """What every paper of the desk has: amount, place, words, day, photo of the nota."""

    amount = RupiahField(label=_("Amount"))
    place = forms.ChoiceField(label=_("Cash place"))
    memo = forms.CharField(label=_("What for"), max_length=160)
    on = DayField(label=_("Date"))
    photo = forms.FileField(label=_("Photo of the receipt"), required=False)

    def __init__(self, *args: Any, places: Places, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "place", places)
        propose(self, "on", today)

    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return dict(self.cleaned_data)


def set_choices(form: forms.Form, name: str, choices: Iterable[Any]) -> None:
    """Give a choice field what may be chosen just now."""
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class CashForm(DeskForm):
    """Money in or out: the purpose says which."""

    purpose = forms.ChoiceField(label=_("What is it?"))
    counterparty = forms.CharField(label=_("From or to whom"), max_length=120, required=False)
    withheld = RupiahField(
        label=_("Tax kept by the bank"),
        required=False,
        help_text=_("Only for bank interest; the amount is the interest before tax."),
    )
    field_order = ["purpose", "amount", "memo", "place", "on", "counterparty", "photo", "withheld"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups = [
            (_("Money out"), purposes(comes_in=False)),
            (_("Money in"), purposes(comes_in=True)),
        ]
        set_choices(self, "purpose", [("", _("choose")), *groups])

    @property
    def comes_in(self) -> bool:
        """True for money that comes in."""
        return PURPOSES[self.cleaned_data["purpose"]].comes_in

    def facts(self) -> dict[str, Any]:
        """What was typed; tax of the bank only where money comes in."""
        facts = dict(self.cleaned_data)
        withheld = facts.pop("withheld") or 0
        return facts | {"withheld": withheld} if self.comes_in else facts

    def clean(self) -> dict[str, Any]:
        """Tax kept by a bank belongs to its interest alone."""
        typed = super().clean() or {}
        if typed.get("withheld") and typed.get("purpose") != "bank_interest":
            self.add_error("withheld", _("Leave it empty, or choose Bank interest."))
        return typed


class MoveForm(DeskForm):
    """Money from one place to another."""

    to_place = forms.ChoiceField(label=_("To"))
    field_order = ["amount", "place", "to_place", "memo", "on", "photo"]

    def __init__(self, *args: Any, places: Places, **options: Any) -> None:
        super().__init__(*args, places=places, **options)
        self.fields["place"].label = _("From")
        self.fields["memo"].initial = _("Moved between cash places")
        set_choices(self, "to_place", reversed(places))


class AdvanceForm(DeskForm):
    """Cash for a member of staff; a new name makes a new one."""

    staff = forms.ChoiceField(label=_("Staff"), required=False)
    new_name = forms.CharField(label=_("Or a new name"), max_length=120, required=False)
    field_order = ["staff", "new_name", "amount", "place", "memo", "on", "photo"]

    def __init__(self, *args: Any, staff: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "staff", [("", _("choose")), *staff])

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two: somebody on the list, or a new name."""
        typed = super().clean() or {}
        if bool(typed.get("staff")) == bool(typed.get("new_name")):
            self.add_error("staff", _("Choose a name, or write a new one below."))
        return typed


class SettleForm(forms.Form):
    """What comes back of an advance beside its receipts."""

    returned = RupiahField(label=_("Money returned"), required=False)
    place = forms.ChoiceField(label=_("Into"))
    memo = forms.CharField(label=_("What for"), max_length=160)
    on = DayField(label=_("Date"))
    photo = forms.FileField(label=_("Photo of the receipts"), required=False)

    def __init__(self, *args: Any, places: Places, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "place", places)
        propose(self, "on", today)


class NotaForm(forms.Form):
    """One receipt of an advance."""

    purpose = forms.ChoiceField(label=_("What is it?"), required=False)
    amount = RupiahField(label=_("Amount"), required=False)
    memo = forms.CharField(label=_("What for"), max_length=120, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "purpose", [("", ""), *purposes(comes_in=False)])

    def clean(self) -> dict[str, Any]:
        """A receipt with an amount says what it was for."""
        typed = super().clean() or {}
        if typed.get("amount") and not typed.get("purpose"):
            self.add_error("purpose", _("Say what it was for."))
        return typed


NotaFormSet = forms.formset_factory(
    NotaForm, extra=3, max_num=MOST_NOTAS, validate_max=True, absolute_max=MOST_NOTAS
)


class ClearForm(forms.Form):
    """Whose money in suspense was."""

    target = forms.ChoiceField(label=_("It was"))
    party = forms.ChoiceField(label=_("Concerns"), required=False)
    amount = RupiahField(label=_("Amount"))
    memo = forms.CharField(label=_("How do we know"), max_length=160)
    on = DayField(label=_("Date"))

    def __init__(
        self, *args: Any, parties: Sequence[tuple[str, str]], today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        targets = [(key, _now(name)) for key, (name, _open) in SUSPENSE_TARGETS.items()]
        choices = [
            *targets,
            *purposes(comes_in=True),
            (RETURNED, _("Given back, or a buyer's: take it on the invoice next")),
        ]
        set_choices(self, "target", choices)
        set_choices(self, "party", [("", "–"), *parties])
        propose(self, "on", today)


class CountForm(forms.Form):
    """What lies in a drawer."""

    place = forms.ChoiceField(label=_("Drawer"))
    counted = RupiahField(label=_("Counted"), least=0)
    on = DayField(label=_("Date"))
    note = forms.CharField(label=_("Note"), max_length=160, required=False)

    def __init__(self, *args: Any, places: Places, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "place", places)
        propose(self, "on", today)


class BankBalanceForm(forms.Form):
    """What the bank's own statement says at the end of a day."""

    account = forms.ChoiceField(label=_("Bank account"))
    on = DayField(label=_("At the end of"))
    amount = RupiahField(label=_("The bank says"), least=None)

    def __init__(self, *args: Any, accounts: Places, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "account", accounts)


class ReasonForm(forms.Form):
    """Why a paper is undone."""

    reason = forms.CharField(label=_("Why"), max_length=120)


def put_right(form: forms.Form) -> forms.Form:
    """The form of a paper with the reason at its end; the photo stays with the old paper."""
    form.fields["only_cancel"] = forms.BooleanField(
        label=_("Only cancel, write nothing new"), required=False
    )
    form.fields["reason"] = forms.CharField(label=_("Why"), max_length=120)
    form.fields.pop("photo", None)
    return form
