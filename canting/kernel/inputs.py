"""Form fields for what people write here: whole rupiah and days, read as they are typed."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.kernel.dates import BadDate, parse_date
from canting.kernel.money import BadRupiah, format_rupiah, parse_rupiah
from canting.kernel.quantities import BadQuantity, format_quantity, parse_quantity


class RupiahField(forms.CharField):
    """Whole rupiah: 1250000, 1.250.000, Rp 1.250.000,00, 1,25jt, 250rb; None when left empty."""

    example = "25.000"

    def __init__(self, *, least: int | None = 1, **options: Any) -> None:
        super().__init__(**options)
        self.least = least

    def clean(self, value: Any) -> Any:
        """The amount as an int; a refusal says what is wrong and an example what is right."""
        typed = super().clean(value)
        try:
            amount = parse_rupiah(typed)
        except BadRupiah as bad:
            raise forms.ValidationError(str(bad)) from bad
        if amount is None:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], "required")
            return None
        if self.least is not None and amount < self.least:
            raise forms.ValidationError(
                _("It must be %(least)s or more."), params={"least": format_rupiah(self.least)}
            )
        return amount

    def prepare_value(self, value: Any) -> Any:
        """An amount with dots, what was typed as it was typed."""
        if isinstance(value, int) and not isinstance(value, bool):
            return format_rupiah(value).replace("Rp", "").replace("−", "-")
        return value


class QuantityField(forms.CharField):
    """A quantity above zero with four places: 2,5 or 12; None when it may stay empty and does."""

    example = "2,5"

    def clean(self, value: Any) -> Any:
        """The quantity as a Decimal; a refusal says what is wrong and an example what is right."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            quantity = parse_quantity(typed)
        except BadQuantity as bad:
            raise forms.ValidationError(str(bad)) from bad
        if quantity <= 0:
            raise forms.ValidationError(_("A quantity is above zero."))
        return quantity

    def prepare_value(self, value: Any) -> Any:
        """A quantity with a comma, what was typed as it was typed."""
        return format_quantity(value) if isinstance(value, Decimal) else value


class DayField(forms.CharField):
    """A day: 24/11, 24-11-26, "kemarin", or what the phone's own picker sends.

    Give `today` (the cooperative's own) when the form is made: it is proposed, and a day without a
    year is the one nearest to it.
    """

    example = "24/11/2026"
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, *, today: date | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.today = today

    def clean(self, value: Any) -> Any:
        """The day; None when it may stay empty and does."""
        typed = super().clean(value)
        try:
            day = parse_date(typed, today=self.today or date.max)
        except BadDate as bad:
            raise forms.ValidationError(str(bad)) from bad
        if day is None and self.required:
            raise forms.ValidationError(self.error_messages["required"], "required")
        return day


def asked_day(typed: str | None, default: date) -> date:
    """A day from an address; what cannot be read there is the default, never an error page."""
    try:
        return parse_date(typed or "", today=default) or default
    except BadDate:
        return default


def propose(form: forms.Form, name: str, today: date) -> None:
    """Give a form's day field the cooperative's today: proposed, and to read short dates by."""
    field = form.fields[name]
    if isinstance(field, DayField):
        field.today = today
        field.initial = today
