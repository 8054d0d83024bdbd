"""Every reason of a plan has its sentence, with its figures filled in."""

from decimal import Decimal

import pytest

from canting.rounds.rules.plan import Breach, Broken, Reason, Short, Stopped, Unserved, Why
from canting.rounds.selectors.plan_words import (
    broken_text,
    kind_name,
    reason_text,
    short_text,
    stopped_text,
)

NAMES = {"S1": "Toko Satu", "S2": "Toko Dua"}


def is_sentence(text: str) -> bool:
    return len(text) > 5 and "%(" not in text and "None" not in text


@pytest.mark.parametrize("why", Why)
@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("extra", [None, 12_345])
def test_every_reason_is_a_sentence(why, exact, extra):
    reason = Reason(
        "MORI", "S1", why, "1", extra, exact, Decimal(4000), Decimal(800), of="S2"
    )  # fmt: skip
    text = reason_text(reason, {}, NAMES)
    assert is_sentence(text)
    if extra and why not in {Why.SAME, Why.CHEAPER, Why.CHOSEN}:
        assert "12" in text


def test_a_minimum_names_whose_it_is():
    reason = Reason(
        "MORI", "S1", Why.MIN_AMOUNT, "1", None, True, Decimal(4000), Decimal(800), of="S2"
    )  # fmt: skip
    text = reason_text(reason, {}, NAMES)
    assert "Toko Dua" in text
    assert "Rp4.000" in text
    assert "Rp800" in text


@pytest.mark.parametrize("code", Breach)
def test_every_broken_limit_is_a_sentence(code):
    text = broken_text(Broken(code, "S1", Decimal(10), Decimal(12)), NAMES)
    assert is_sentence(text)


@pytest.mark.parametrize("reason", Short)
def test_everything_not_served_says_why(reason):
    assert is_sentence(short_text(Unserved("MORI", Decimal(1), reason)))


def test_only_a_search_that_was_cut_short_says_so():
    assert stopped_text(Stopped.DONE) == ""
    assert all(is_sentence(stopped_text(one)) for one in Stopped if one != Stopped.DONE)


def test_a_kind_without_a_word_keeps_its_own():
    assert kind_name("byproduct") == "byproduct"
