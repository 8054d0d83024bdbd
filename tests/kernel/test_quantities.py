from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from canting.kernel.quantities import (
    QUANTUM,
    AmbiguousQuantity,
    BadQuantity,
    QuantityTooFine,
    QuantityTooLarge,
    format_quantity,
    parse_quantity,
    quantize,
)


@pytest.mark.parametrize(
    ("text", "convention", "expected"),
    [
        ("2,3", "id", "2.3"),
        ("1.500", "id", "1500"),
        ("1.500,25", "id", "1500.25"),
        ("12.5", "id", "12.5"),
        ("0.500", "id", "0.5"),
        ("1,375", "id", "1.375"),
        ("-3", "id", "-3"),
        ("1,500", "en", "1500"),
        ("1.500", "en", "1.5"),
        ("1,500.25", "en", "1500.25"),
        ("1.500,25", "unknown", "1500.25"),
        ("1,500.25", "unknown", "1500.25"),
        ("2,3", "unknown", "2.3"),
        (2.5, "id", "2.5"),
        (0.1 + 0.2, "id", "0.3"),
        (7, "id", "7"),
    ],
)
def test_the_convention_decides_what_a_sign_means(text, convention, expected):
    assert parse_quantity(text, convention=convention) == Decimal(expected)


@pytest.mark.parametrize("text", ["1.500", "1,500", "12.375"])
def test_with_no_convention_two_readings_are_asked_back(text):
    with pytest.raises(AmbiguousQuantity, match=text):
        parse_quantity(text, convention="unknown")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", BadQuantity),
        ("-", BadQuantity),
        ("abc", BadQuantity),
        ("2,5 m", BadQuantity),
        ("1,500.25", BadQuantity),
        ("1.25.000", BadQuantity),
        ("--2", BadQuantity),
        ("1O", BadQuantity),
        (True, BadQuantity),
        (float("inf"), BadQuantity),
        ("2,33333", QuantityTooFine),
        (1 / 3, QuantityTooFine),
        (10**10, QuantityTooLarge),
        ("9" * 50, BadQuantity),
    ],
)
def test_no_quantity_is_guessed_or_cut(text, refusal):
    with pytest.raises(refusal):
        parse_quantity(text)


def test_a_quantity_is_shown_short_and_in_the_language_of_the_reader():
    with translation.override("id"):
        assert format_quantity(Decimal("2.5000"), "m") == "2,5 m"
        assert format_quantity(Decimal("1500"), "kg") == "1.500 kg"
        assert format_quantity(Decimal("-0.75")) == "−0,75"
        assert format_quantity(Decimal("100.0000"), "helai") == "100 helai"
        assert format_quantity(Decimal("-0.00001")) == "0"
    with translation.override("en"):
        assert format_quantity(Decimal("1500.5"), "m") == "1,500.5 m"


@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from(["id", "en"]))
def test_every_shown_quantity_reads_back(value, language):
    with translation.override(language):
        assert parse_quantity(format_quantity(value), convention=language) == value


def test_quantities_have_four_places():
    assert quantize(Decimal("1.00005")) == Decimal("1.0001")
    assert parse_quantity("2").as_tuple().exponent == QUANTUM.as_tuple().exponent
