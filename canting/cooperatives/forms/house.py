"""Shapes of what is typed about the house: its facts, its people, its parameters, its audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from operator import itemgetter
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.cooperatives.forms.sign_in import ROLE_NAMES
from canting.cooperatives.rules import Parameter, Role
from canting.kernel.inputs import DayField, propose
from canting.kernel.money import BadRupiah, parse_rupiah
from canting.kernel.phones import BadPhone, parse_phone

ZONES = [("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")]
GIVEN = [(role.value, name) for role, name in ROLE_NAMES.items() if role != Role.MEMBER]
username_signs = RegexValidator(
    r"^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$",
    _("Use small letters, digits, dots and dashes, such as rini or rini.sekar."),
)


class HouseForm(forms.Form):
    """Facts of the cooperative as papers print them."""

    name = forms.CharField(label=_("Name"), max_length=120)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    phone = forms.CharField(label=_("Phone (WhatsApp)"), max_length=30, required=False)
    region_code = forms.CharField(
        label=_("Region code"), max_length=13, required=False, help_text=_("Such as 35.13")
    )
    legal_number = forms.CharField(label=_("Legal entity number"), max_length=60, required=False)
    registry_number = forms.CharField(
        label=_("Cooperative registry number (NIK)"), max_length=20, required=False
    )
    zone = forms.ChoiceField(label=_("Clock"), choices=ZONES)

    def clean_phone(self) -> str:
        """The phone as +62…, or nothing."""
        return _phone(self.cleaned_data["phone"])


def _phone(typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return parse_phone(typed)
    except BadPhone as refusal:
        raise forms.ValidationError(str(refusal)) from refusal


class PasswordForm(forms.Form):
    """A first password, typed twice by the one who hands it over."""

    password = forms.CharField(
        label=_("First password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 signs; handed over in person and changed by its owner."),
    )
    again = forms.CharField(
        label=_("The same again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both are the same, and not too easy."""
        typed = super().clean() or {}
        password = typed.get("password", "")
        if password and password != typed.get("again"):
            self.add_error("again", _("The two are not the same."))
        elif password:
            try:
                validate_password(password)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return typed


class NewPersonForm(PasswordForm):
    """Somebody who works here or watches over it."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    username = forms.CharField(label=_("Sign-in name"), max_length=60, validators=[username_signs])
    phone = forms.CharField(label=_("Phone (WhatsApp)"), max_length=30, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=GIVEN)
    field_order = ["full_name", "username", "phone", "role", "password", "again"]

    def clean_phone(self) -> str:
        """The phone as +62…, or nothing."""
        return _phone(self.cleaned_data["phone"])


class RoleForm(forms.Form):
    """One role more for somebody."""

    role = forms.ChoiceField(label=_("Role"), choices=GIVEN)


class AskedAuditForm(forms.Form):
    """What the audit trail is asked for."""

    berkas = forms.CharField(label=_("Paper or name"), max_length=100, required=False)
    tindakan = forms.ChoiceField(label=_("Act"), required=False)

    def __init__(self, *args: Any, acts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["tindakan"]
        assert isinstance(field, forms.ChoiceField)
        named = sorted(((code, _now(said)) for code, said in acts.items()), key=itemgetter(1))
        field.choices = [("", _("All acts")), *named]


WHOLE_NUMBERS = frozenset({"days", "weeks", "years", "number"})
# A factor may be more than the whole: an order that takes twice its time is 200%.
MOST_PERCENT = {"percent": 100, "factor": 1000}


class ParameterForm(forms.Form):
    """A new value of a parameter: from which day, and by which law or decision."""

    value = forms.CharField(label=_("New value"), max_length=200, required=False)
    valid_from = DayField(label=_("From"))
    source = forms.CharField(
        label=_("By which law or decision"),
        max_length=200,
        help_text=_("For example RAT 28-03-2026, or PP 55/2022"),
    )

    def __init__(self, *args: Any, parameter: Parameter, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.parameter = parameter
        propose(self, "valid_from", today)
        choices: list[tuple[str, Any]] = [(choice, _(choice)) for choice in parameter.choices]
        if parameter.kind == "flag":
            choices = [("1", _("yes")), ("0", _("no"))]
        if choices:
            self.fields["value"] = forms.ChoiceField(label=_("New value"), choices=choices)
            self.order_fields(["value", "valid_from", "source"])

    def clean_value(self) -> Any:
        """The value in the shape that its readers expect: flag, whole number, percent, text."""
        typed = self.cleaned_data["value"].strip()
        kind = self.parameter.kind
        if kind == "flag":
            return typed == "1"
        if kind == "rupiah":
            return self._rupiah(typed)
        if kind in WHOLE_NUMBERS:
            if not typed.isdecimal():
                raise forms.ValidationError(_now("Write a whole number, such as 180."))
            return int(typed)
        if kind in MOST_PERCENT:
            return self._percent(typed, MOST_PERCENT[kind])
        return typed

    def _rupiah(self, typed: str) -> int:
        try:
            amount = parse_rupiah(typed)
        except BadRupiah as bad:
            raise forms.ValidationError(str(bad)) from bad
        if amount is None or amount < 0:
            raise forms.ValidationError(_now("Write an amount, such as 25.000."))
        return amount

    def _percent(self, typed: str, most: int) -> str:
        try:
            value = Decimal(typed.replace("%", "").replace(",", ".").strip())
        except InvalidOperation as bad:
            raise forms.ValidationError(_now("Write a percentage, such as 0,5.")) from bad
        if not value.is_finite() or not 0 <= value <= most:
            told = _now("Write a percentage from 0 to %(most)s.")
            raise forms.ValidationError(told % {"most": most})
        return f"{value.normalize():f}"
