"""The audit page says its facts in words: every key that the source writes has a label."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from canting.cooperatives.selectors.facts import LABELS, MONEY, fact_label, fact_lines
from canting.members.services import FACTS as OF_MEMBERS
from tests.audit_codes import HOUSE, calls

# Helpers that hand their keyword arguments on as facts, and what else they take.
HANDS_ON = {"told": {"on", "for_party"}, "tell": {"act", "actor", "for_party"}}


def written() -> Iterator[tuple[str, str]]:
    """Every key of a fact that stands in the source, with the place where it does."""
    for path in sorted(HOUSE.rglob("*.py")):
        for _inside, call in calls(path, "record"):
            for given in call.keywords:
                if given.arg == "facts" and isinstance(given.value, ast.Dict):
                    for key in given.value.keys:
                        if isinstance(key, ast.Constant):
                            yield str(key.value), _where(path, call)
        for name, others in HANDS_ON.items():
            for _inside, call in calls(path, name):
                for given in call.keywords:
                    if given.arg and given.arg not in others:
                        yield given.arg, _where(path, call)


def _where(path: Path, call: ast.Call) -> str:
    return f"{path.relative_to(HOUSE)}:{call.lineno}"


def test_every_key_that_is_written_has_its_words():
    missing = {key: where for key, where in written() if key not in LABELS}
    assert missing == {}, "Give it a label in canting/cooperatives/selectors/facts.py."
    assert {key for key, _where in written()} > {"amount", "reason", "travellers", "treatment"}


def test_what_is_changed_of_a_member_has_its_words():
    assert {"full_name", "nik", *OF_MEMBERS} <= set(LABELS)
    assert set(LABELS) >= MONEY


def test_values_are_shown_as_people_read_them():
    facts = {
        "amount": 1_250_000,
        "on": "2026-11-25",
        "mode": "credit_on_sale",
        "reason": "cash",
        "active": True,
        "travellers": 4,
        "rates": {"A": 140_000, "B": 120_000},
        "changes": {"phone": ["", "0812"]},
        "orders": ["SP/1", "SP/2"],
        "checkpoint": "ab" * 32,
        "note": "",
        "struck": [],
        "credit_days": None,
    }
    with translation.override("id"):
        assert fact_lines(facts) == [
            ("Jumlah", "Rp1.250.000"),
            ("Tanggal buku", "Rab, 25 Nov 2026"),
            ("Cara", "tempo sampai kainnya laku"),
            ("Alasan", "cash"),
            ("Dipakai", "ya"),
            ("Anggota yang mestinya pergi", "4"),
            ("Upah menurut mutu", "A: Rp140.000, B: Rp120.000"),
            ("Perubahan", "Telepon: 0812"),
            ("Pesanan", "SP/1, SP/2"),
            ("Titik periksa", "abababababab…"),
        ]


@pytest.mark.parametrize("key", sorted(LABELS))
def test_a_label_is_never_the_raw_key(key):
    with translation.override("id"):
        assert fact_label(key)
        assert "_" not in fact_label(key)


def test_a_key_without_words_is_shown_plainly():
    assert fact_lines({"gone_key": "x_y", "odd": 3}) == [("gone key", "x_y"), ("odd", "3")]
