"""What a parameter holds can be typed again on its page, and comes back in the same shape."""

from datetime import date
from decimal import Decimal

import pytest

from canting.cooperatives.forms.house import ParameterForm
from canting.cooperatives.selectors import all_parameters
from canting.cooperatives.views.house import shown_value

TODAY = date(2026, 1, 1)
KINDS = {
    "flag", "percent", "factor", "rupiah", "days", "weeks", "years", "number", "choice", "text",
}  # fmt: skip


def typed(parameter, value):
    form = ParameterForm(
        {"value": value, "valid_from": "2026-01-02", "source": "RAT"},
        parameter=parameter,
        today=TODAY,
    )
    return form.cleaned_data["value"] if form.is_valid() else dict(form.errors)


@pytest.mark.parametrize("name", sorted(all_parameters()))
def test_every_value_can_be_typed_again(name):
    parameter = all_parameters()[name]
    assert parameter.kind in KINDS
    for dated in parameter.values:
        value = dated.value
        text = {True: "1", False: "0"}.get(value, str(value)) if parameter.kind == "flag" else value
        found = typed(parameter, str(text))
        if parameter.kind in {"percent", "factor"}:
            assert Decimal(found) == Decimal(str(value))
        else:
            assert found == value
            assert type(found) is type(value)
        assert shown_value(parameter, found)


def test_a_factor_may_double_and_a_percentage_may_not():
    rain = all_parameters()["rounds.rain_factor"]
    assert typed(rain, "150") == "150"
    assert "value" in typed(rain, "1001")
    assert "value" in typed(all_parameters()["settlement.deduction_cap"], "150")


@pytest.mark.parametrize("wrong", ["", "dua", "-1", "1,5"])
def test_weeks_are_whole(wrong):
    assert "value" in typed(all_parameters()["rounds.cover_weeks"], wrong)
