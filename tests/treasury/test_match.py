"""Lines of the bank and their entries: found, chosen, parted, booked, asked at the close."""

from datetime import date

import pytest

from canting.cash.closing import bank_agrees
from canting.cash.services import correct_paper
from canting.treasury import selectors, services
from canting.treasury.errors import (
    AlreadyMatched,
    NotFree,
    NotMatched,
    SumDiffers,
    WrongDirection,
)
from canting.treasury.models import BankMatch
from canting.treasury.rules import Booked, Said, candidates_of, sure_pairs

JULY = date(2026, 7, 1)


def test_what_can_only_be_one_entry_is_matched_at_once(desk):
    desk.fund()
    desk.pay()
    desk.read()
    before = desk.papers()
    assert desk.sure() == 2
    assert desk.sure() == 0
    assert desk.papers() == before
    waiting = selectors.lines(cooperative=desk.coop, account=desk.account)
    assert [line.amount for line in waiting.filter(is_matched=False)] == [-12_500]
    assert desk.is_sound()


def test_two_alike_are_left_to_a_person(desk):
    desk.fund()
    desk.pay()
    desk.pay()
    desk.read()
    assert desk.sure() == 1
    assert BankMatch.objects.count() == 1


def test_several_entries_may_be_one_line_when_they_add_up(desk):
    desk.fund()
    desk.pay(200_000)
    desk.pay(250_000)
    desk.read()
    chosen = [desk.entry(-200_000).pk, desk.entry(-250_000).pk]
    with pytest.raises(SumDiffers):
        services.match_line(line=desk.line(-450_000), entries=chosen[:1], actor=desk.actor)
    services.match_line(line=desk.line(-450_000), entries=chosen, actor=desk.actor)
    with pytest.raises(AlreadyMatched):
        services.match_line(line=desk.line(-450_000), entries=chosen, actor=desk.actor)
    with pytest.raises(NotFree):
        services.match_line(line=desk.line(-12_500), entries=chosen, actor=desk.actor)
    assert desk.is_sound()


def test_a_line_is_parted_and_may_be_matched_anew(desk):
    desk.fund()
    desk.read()
    desk.sure()
    services.part_line(line=desk.line(20_000_000), actor=desk.actor)
    with pytest.raises(NotMatched):
        services.part_line(line=desk.line(20_000_000), actor=desk.actor)
    assert desk.sure() == 1


def test_what_nobody_wrote_down_is_booked_from_its_line(desk):
    desk.fund()
    desk.read()
    line = desk.line(-12_500)
    with pytest.raises(WrongDirection):
        services.book_line(line=line, purpose="bank_interest", memo="Adm", actor=desk.actor)
    paper = services.book_line(line=line, purpose="bank_fee", memo="Adm Juli", actor=desk.actor)
    assert (paper.amount, paper.on, paper.place) == (12_500, date(2026, 7, 31), "bank")
    assert len(selectors.entries_of(line)) == 1
    with pytest.raises(AlreadyMatched):
        services.book_line(line=line, purpose="bank_fee", memo="Adm", actor=desk.actor)
    assert desk.is_sound()


def test_a_line_whose_entry_was_reversed_waits_again(desk):
    desk.fund()
    paper = desk.pay()
    desk.read()
    desk.sure()
    correct_paper(paper=paper, reason="Salah tulis", on=date(2026, 8, 1), actor=desk.actor)
    waiting = selectors.lines(cooperative=desk.coop, account=desk.account)
    assert waiting.filter(is_matched=False).count() == 2
    desk.pay()
    assert desk.sure() == 1
    assert desk.is_sound()


def test_the_close_asks_until_the_bank_and_the_book_agree(desk):
    desk.fund()
    desk.pay()
    desk.read()
    faults = list(bank_agrees(desk.coop, JULY))
    assert [fault.view for fault in faults] == ["treasury:bank_page"]
    services.book_line(line=desk.line(-12_500), purpose="bank_fee", memo="Adm", actor=desk.actor)
    assert len(list(bank_agrees(desk.coop, JULY))) == 1, "balances agree, lines wait"
    desk.sure()
    assert list(bank_agrees(desk.coop, JULY)) == []


def test_shared_words_come_before_nearness():
    near = Booked(1, date(2026, 7, 3), 500, "Sewa tenda")
    named = Booked(2, date(2026, 7, 8), 500, "Transfer KARTINI")
    far = Booked(3, date(2026, 8, 30), 500, "Transfer KARTINI")
    said = [Said(9, date(2026, 7, 3), 500, "TRSF DARI KARTINI")]
    found = candidates_of(said, [near, named, far], 7)
    assert [one.key for one in found[9]] == [2, 1]
    assert sure_pairs(found) == []
    assert sure_pairs({9: [near], 8: [named]}) == [(9, 1), (8, 2)]
    assert sure_pairs({9: [near], 8: [near]}) == []
