from datetime import date

import pytest

from canting.kernel.identity import (
    BadNik,
    BadNpwp,
    NikDigitsLost,
    NikLength,
    format_npwp,
    mask_nik,
    nik_facts,
    npwp_check_digit_fits,
    parse_nik,
    parse_npwp,
)
from tests.kernel.vectors import vectors


def test_every_nik_vector_is_judged_as_it_says():
    for case in vectors("nik"):
        if case["input"] == "":
            assert parse_nik("") is None
        elif case["valid"]:
            assert parse_nik(case["input"]) == case["nik"], case
        else:
            with pytest.raises(BadNik):
                parse_nik(case["input"])


def test_the_facts_of_every_valid_nik_vector_agree():
    for case in vectors("nik"):
        if case["valid"]:
            facts = nik_facts(case["nik"])
            assert facts.agrees_with(date.fromisoformat(case["birth_date"])), case
            assert ("P" if facts.is_woman else "L") == case["gender"]
            assert (facts.province, facts.regency) == (case["province"], case["regency"])
            assert facts.district == case["district"]


def test_a_womans_day_has_forty_added():
    facts = nik_facts("3513015708900001")
    assert (facts.birth_day, facts.birth_month, facts.is_woman) == (17, 8, True)
    assert not facts.agrees_with(date(1990, 8, 18))


@pytest.mark.parametrize("text", [None, "", " ", "-", "0", 0, 0.0, "0000000000000000"])
def test_nobody_is_identified_by_an_empty_number(text):
    assert parse_nik(text) is None


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("3,51314E+15", NikDigitsLost),
        ("3.51314E+15", NikDigitsLost),
        (3513141508959900.0, NikDigitsLost),
        (3513141508959901, NikDigitsLost),
        ("3513141508959900.0", NikDigitsLost),
        ("351314150895990", NikLength),
        ("35131415089599011", NikLength),
        ("351314150895990l", BadNik),
        ("3513147102889903", BadNik),
    ],
)
def test_a_damaged_nik_is_refused_and_shown_masked(text, refusal):
    with pytest.raises(refusal) as caught:
        parse_nik(text)
    assert "1508959" not in str(caught.value)
    assert "•" in str(caught.value)


def test_an_apostrophe_spaces_and_a_tail_of_a_program_are_no_damage():
    assert parse_nik("'3513144101909912") == "3513144101909912"
    assert parse_nik("3513 1441 0190 9912") == "3513144101909912"
    assert parse_nik("3513144101909912.0") == "3513144101909912"


def test_a_masked_nik_shows_eight_digits_at_most():
    assert mask_nik("3513141508950004") == "3513••••••••0004"
    assert mask_nik("35131415") == "35••••••"
    assert mask_nik("3") == "3"


def test_every_npwp_vector_is_judged_as_it_says():
    for case in vectors("npwp"):
        if case["valid"]:
            found = parse_npwp(case["input"])
            assert found is not None
            assert found == case["npwp16"], case
            assert format_npwp(found) == (case["formatted15"] or mask_nik(found))
        else:
            with pytest.raises(BadNpwp):
                parse_npwp(case["input"])


def test_no_npwp_is_none_and_a_number_cell_is_refused():
    assert parse_npwp("") is None
    assert parse_npwp("-") is None
    with pytest.raises(BadNpwp):
        parse_npwp(12345678901000.0)


def test_a_wrong_check_digit_is_only_a_warning():
    assert npwp_check_digit_fits("0013121660091000")
    assert not npwp_check_digit_fits("0013121670091000")
    assert npwp_check_digit_fits("3201011508950001")
