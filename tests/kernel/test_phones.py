import pytest

from canting.kernel.phones import (
    BadPhone,
    NotMobile,
    PhoneDigitsLost,
    format_phone,
    parse_phone,
    parse_phones,
    wa_link,
)
from tests.kernel.vectors import vectors


def test_every_vector_reads_as_it_says():
    for case in vectors("phone"):
        if case["valid"]:
            assert parse_phone(case["input"]) == case["e164"], case
        else:
            with pytest.raises(BadPhone):
                parse_phone(case["input"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (81200000002, "+6281200000002"),
        (81200000002.0, "+6281200000002"),
        ("81200000002.0", "+6281200000002"),
        ("'081200000002", "+6281200000002"),
        ("+65 6123 4567", "+6561234567"),
    ],
)
def test_spreadsheet_remains_and_foreign_buyers_are_read(text, expected):
    assert parse_phone(text) == expected


@pytest.mark.parametrize("text", ["8.12E+11", "8,12E+11", "8.12e11"])
def test_a_number_in_scientific_notation_has_lost_its_digits(text):
    with pytest.raises(PhoneDigitsLost, match=r"E\+11|e11"):
        parse_phone(text)


@pytest.mark.parametrize("text", ["", None, "12345", "08120", 8.12e20, "0812 abc"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(BadPhone):
        parse_phone(text)


def test_a_cell_may_hold_several_numbers():
    both = ["+6281200000003", "+6281200000004"]
    assert parse_phones("0812 0000 0003 / 0812 0000 0004") == both
    assert parse_phones("0812-0000-0003 atau 0812-0000-0004, 081200000003") == both
    assert parse_phones("-") == parse_phones(None) == parse_phones(" ") == []
    assert parse_phones(81200000003.0) == ["+6281200000003"]
    with pytest.raises(BadPhone, match="rumah"):
        parse_phones("081200000003 / rumah")


def test_numbers_are_shown_the_way_people_read_them():
    assert format_phone("+6281234567890") == "0812-3456-7890"
    assert format_phone("+623186405515") == "(031) 86405515"
    assert format_phone("+6561234567") == "+6561234567"


def test_a_whatsapp_link_has_digits_only_and_the_text_encoded():
    link = wa_link("+6281234567890", "Bu Siti & Rp50.000?\nJumat")
    assert link == "https://wa.me/6281234567890?text=Bu%20Siti%20%26%20Rp50.000%3F%0AJumat"
    for phone in ("+623186405515", "081234567890"):
        with pytest.raises(NotMobile):
            wa_link(phone, "")
