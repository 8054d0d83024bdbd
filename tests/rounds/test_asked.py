"""What is read from a WhatsApp text, and what is left to a person."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canting.rounds.rules.asked import Asked, best_match, read_asked

D = Decimal


@pytest.mark.parametrize(
    ("text", "what", "quantity", "unit"),
    [
        ("mori prima 2 pis", "mori prima", D(2), "pis"),
        ("2 pis mori prima", "mori prima", D(2), "pis"),
        ("mori prima: 10 m", "mori prima", D(10), "m"),
        ("malam klowong 2,5 kg", "malam klowong", D("2.5"), "kg"),
        ("naptol 250gr", "naptol", D(250), "g"),
        ("naphthol AS-D 250 gram", "naphthol AS-D", D(250), "g"),
        ("malam 1.500 gr", "malam", D(1500), "g"),
        ("canting 3", "canting", D(3), ""),
        ("malam setengah kilo", "malam", D("0.5"), "kg"),
        ("Bu, saya pesan malam 3 kilo!", "malam", D(3), "kg"),
        ("mori = 20 meter.", "mori", D(20), "m"),
        ("soda abu x 2", "soda abu", D(2), ""),
    ],
)
def test_a_wish_is_read_as_makers_write_it(
    text: str, what: str, quantity: Decimal, unit: str
) -> None:
    read = read_asked(text)[-1]
    assert (read.what, read.quantity, read.unit) == (what, quantity, unit)


def test_a_text_handed_on_names_who_asked_and_goes_on_with_her() -> None:
    text = (
        "[24/11/26 14.05] Bu Siti: mori prima 2 pis, malam 2,5 kg\n"
        "naptol 250 gr dan soda 1 kg\n"
        "24/11/2026 14:07 - Juwariyah: besok saya ke pasar\n"
        "24/11/2026 14:08 - Juwariyah: 5 m mori\n"
    )
    read = read_asked(text)
    assert [(a.sender, a.what, a.quantity) for a in read] == [
        ("Bu Siti", "mori prima", D(2)),
        ("Bu Siti", "malam", D("2.5")),
        ("Bu Siti", "naptol", D(250)),
        ("Bu Siti", "soda", D(1)),
        ("Juwariyah", "besok saya ke pasar", None),
        ("Juwariyah", "mori", D(5)),
    ]


@pytest.mark.parametrize("text", ["", "\n \n", "...", "!!"])
def test_nothing_written_is_nothing_asked(text: str) -> None:
    assert read_asked(text) == []


@pytest.mark.parametrize("text", ["mori 0 m", "mori 1.2.3 m", "mori banyak", "5", "mori -"])
def test_what_cannot_be_read_is_left_to_a_person(text: str) -> None:
    assert [(a.quantity, a.raw) for a in read_asked(text)] == [(None, text)]


@given(st.text(max_size=200))
def test_any_text_is_read_without_fault_and_loses_no_wish(text: str) -> None:
    for asked in read_asked(text):
        assert isinstance(asked, Asked)
        assert asked.raw
        assert asked.quantity is None or asked.quantity > 0


NAMES = {
    "K-01": "Mori primissima",
    "K-02": "Mori prima",
    "M-01": "Malam klowong",
    "W-01": "Naphthol naptol AS-D",
}


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("mori prima", "K-02"),
        ("primissima", "K-01"),
        ("k-01", "K-01"),
        ("malam", "M-01"),
        ("naptol", "W-01"),
        ("mori", ""),
        ("gula", ""),
    ],
)
def test_a_material_is_known_by_its_words_or_left_open(what: str, code: str) -> None:
    assert best_match(what, NAMES) == code
