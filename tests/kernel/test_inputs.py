"""Form fields for money and days, as a form uses them."""

from datetime import date

import pytest
from django import forms

from canting.kernel.inputs import DayField, RupiahField, propose


class Slip(forms.Form):
    amount = RupiahField()
    spare = RupiahField(required=False, least=None)
    on = DayField()


def slip(**typed):
    form = Slip({"amount": "1", "on": "24/11/2026", **typed})
    propose(form, "on", date(2026, 11, 24))
    return form


@pytest.mark.parametrize("typed", ["1250000", "1.250.000", "Rp 1.250.000,00", "1,25jt", "1250rb"])
def test_an_amount_is_read_as_it_is_written(typed):
    form = slip(amount=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == 1_250_000


@pytest.mark.parametrize("typed", ["", "-", "0", "-5", "2,3", "12.5", "25.00O"])
def test_what_is_no_amount_above_zero_is_refused(typed):
    form = slip(amount=typed)
    assert not form.is_valid()
    assert list(form.errors) == ["amount"]


def test_an_amount_that_may_stay_empty_is_none():
    form = slip(spare="")
    assert form.is_valid()
    assert form.cleaned_data["spare"] is None


@pytest.mark.parametrize("typed", ["24/11", "2026-11-24", "24 Nov 2026", "hari ini"])
def test_a_day_is_read_as_it_is_written(typed):
    form = slip(on=typed)
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2026, 11, 24)


@pytest.mark.parametrize("typed", ["", "31/02/2026", "besok lusa sekali"])
def test_what_is_no_day_is_refused(typed):
    assert list(slip(on=typed).errors) == ["on"]


def test_a_form_that_was_not_sent_proposes_today_and_dots():
    form = Slip(initial={"amount": 1_250_000})
    propose(form, "on", date(2026, 11, 24))
    assert 'value="2026-11-24"' in str(form["on"])
    assert 'value="1.250.000"' in str(form["amount"])
