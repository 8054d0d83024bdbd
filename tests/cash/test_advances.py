"""Advances to staff: given, accounted for, never more than is open."""

from datetime import date

import pytest
from django.db import transaction

from canting.cash import selectors
from canting.cash.errors import BadAmount, MoreThanAdvance, NotEnoughCash, NothingReturned
from canting.cash.rules import Nota
from canting.cash.services import give_advance, settle_advance
from canting.ledger import selectors as ledger
from tests.cash.conftest import MAY_2
from tests.cash.test_receipts_and_payments import lines, worked

MAY_6 = date(2026, 5, 6)


def give(cooperative, actor, staff, amount=500_000):
    return give_advance(
        cooperative=cooperative, staff=staff, amount=amount, place="cash_main", memo="Kas bon",
        on=MAY_2, actor=actor,
    )  # fmt: skip


def settle(cooperative, actor, staff, notas, returned=0, on=MAY_6):
    return settle_advance(
        cooperative=cooperative, staff=staff, notas=notas, returned=returned, place="cash_main",
        memo="Nota angkut", on=on, actor=actor,
    )  # fmt: skip


def left(cooperative, staff):
    return ledger.party_balance(cooperative=cooperative, role="staff_advance", party=staff)


def test_given_and_accounted_for_as_in_the_worked_year(funded, actor, staff, balance, broken):
    paper = give(funded, actor, staff)
    assert (selectors.entry_of(paper=paper).kind, lines(paper)) == worked("E068")
    assert balance("transport") == 0
    back = settle(funded, actor, staff, [Nota("transport", 420_000, "Angkut")], returned=80_000)
    assert (selectors.entry_of(paper=back).kind, lines(back)) == worked("E069")
    assert [n.memo for n in selectors.notas(paper=back)] == ["Angkut"]
    assert left(funded, staff) == 0
    assert balance("cash_main") == 580_000
    assert broken() == []


def test_what_is_not_brought_yet_stays_open(funded, actor, staff, broken):
    give(funded, actor, staff)
    settle(funded, actor, staff, [Nota("office", 100_000, "Kertas"), Nota("transport", 1, "x")])
    assert left(funded, staff) == 399_999
    assert broken() == []


@pytest.mark.parametrize(
    ("notas", "returned", "refusal"),
    [
        ([Nota("office", 500_001, "x")], 0, MoreThanAdvance),
        ([Nota("office", 400_000, "x")], 100_001, MoreThanAdvance),
        ([], 0, NothingReturned),
        ([Nota("office", 5, "x")], -5, NothingReturned),
        ([Nota("office", 0, "x")], 5, BadAmount),
    ],
)
def test_more_than_is_open_is_refused_with_no_trace(
    funded, actor, staff, balance, notas, returned, refusal
):
    give(funded, actor, staff)
    with pytest.raises(refusal), transaction.atomic():
        settle(funded, actor, staff, notas, returned)
    assert left(funded, staff) == 500_000
    assert balance("cash_main") == 500_000


def test_an_advance_cannot_empty_the_drawer_beyond_what_is_there(funded, actor, staff):
    with pytest.raises(NotEnoughCash, match=r"Rp1\.000\.000"), transaction.atomic():
        give(funded, actor, staff, 1_000_001)
    assert left(funded, staff) == 0
