"""Money from and to partners: drawn, paid back, interest booked as a debt, and put right."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from canting.cash.errors import NotEnoughCash
from canting.kernel.expected import expected_cash
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from canting.lending import services
from canting.lending.errors import (
    DrawnTooLate,
    NotApproved,
    NothingPaid,
    NothingToAccrue,
    NotInTheBooks,
    NotOver,
    OverLimit,
    PaidOff,
    PaidTooEarly,
    PassesThrough,
    SomethingFollows,
    TooMuchPrincipal,
)
from canting.lending.invariants import contracts_tell_all, debts_in_words, interest_is_booked
from tests.lending.conftest import JUN_15

DEC_15, DEC_31 = date(2026, 12, 15), date(2026, 12, 31)


def pay(desk, facility, principal=2_000_000, interest=300_000, on=DEC_15, place="bank"):
    return services.repay(
        facility=facility,
        principal=principal,
        interest=interest,
        place=place,
        on=on,
        actor=desk.actor,
    )


def test_a_draw_is_a_debt_to_the_partner(desk):
    facility = desk.facility()
    paper = services.draw(
        facility=facility, amount=20_000_000, place="bank", on=JUN_15, actor=desk.actor
    )
    assert desk.lines(f"lending.draw:{paper.number}") == [
        ("bank", "D", 20_000_000),
        ("partner_loan", "K", 20_000_000),
    ]
    stand = desk.stand(facility)
    assert (stand.owed, stand.undrawn, stand.free) == (20_000_000, 0, 20_000_000)
    assert [row.row.total for row in stand.rows][:2] == [2_300_000, 2_270_000]
    assert desk.is_sound()


def test_a_draw_is_refused_and_leaves_nothing(desk):
    waiting = services.prepare_facility(
        financier=desk.partner, deal=desk.deal(contract="X"), on=JUN_15, **desk.make
    )
    facility = desk.drawn(15_000_000)
    before = desk.papers()
    make = {"place": "bank", "on": JUN_15, "actor": desk.actor}
    with pytest.raises(NotApproved):
        services.draw(facility=waiting, amount=1, **make)
    with pytest.raises(OverLimit) as refused:
        services.draw(facility=facility, amount=5_000_001, **make)
    assert "Rp5.000.000" in str(refused.value)
    with pytest.raises(DrawnTooLate):
        services.draw(facility=facility, amount=1, **{**make, "on": date(2031, 6, 15)})
    with pytest.raises(NotInTheBooks):
        services.draw(facility=facility, amount=1, on=JUN_15, actor=desk.actor)
    assert desk.papers() == before


def test_an_instalment_is_paid_and_what_is_next_follows(desk):
    facility = desk.drawn()
    paper = pay(desk, facility)
    assert desk.lines(f"lending.repayment:{paper.number}") == [
        ("bank", "K", 2_300_000),
        ("interest_expense", "D", 300_000),
        ("partner_loan", "D", 2_000_000),
    ]
    stand = desk.stand(facility)
    assert (stand.owed, stand.next.row.number) == (18_000_000, 2)
    assert desk.is_sound()


def test_a_payment_is_refused_and_leaves_nothing(desk):
    facility = desk.drawn()
    agent = desk.drawn(1_000_000, contract="A", mode="agent")
    before = desk.papers()
    for error, facts in (
        (NothingPaid, {"principal": 0, "interest": 0}),
        (TooMuchPrincipal, {"principal": 20_000_001}),
        (PaidTooEarly, {"on": date(2026, 6, 14)}),
        (NotEnoughCash, {"place": "cash_main"}),
    ):
        with pytest.raises(error):
            pay(desk, facility, **facts)
    with pytest.raises(PassesThrough):
        pay(desk, agent)
    assert desk.papers() == before
    pay(desk, facility, principal=20_000_000)
    with pytest.raises(PaidOff):
        pay(desk, facility, principal=1)


def test_interest_of_the_year_is_a_debt_until_it_is_paid(desk):
    facility = desk.drawn()
    pay(desk, facility)
    with pytest.raises(NotOver):
        services.accrue(until=DEC_31, on=DEC_15, **desk.make)
    (paper,) = services.accrue(until=DEC_31, on=DEC_31, **desk.make)
    # 270.000 for 182 days, of which 16 are over.
    assert paper.amount == 23_736
    assert desk.lines(f"lending.accrual:{paper.number}") == [
        ("interest_expense", "D", 23_736),
        ("interest_payable", "K", 23_736),
    ]
    with pytest.raises(NothingToAccrue):
        services.accrue(until=DEC_31, on=DEC_31, **desk.make)
    paid = pay(desk, facility, interest=270_000, on=date(2027, 6, 15))
    assert paid.accrued == 23_736
    assert desk.balance("interest_payable") == 0
    with pytest.raises(SomethingFollows) as refused:
        services.cancel_accrual(paper=paper, reason="Salah", on=DEC_31, actor=desk.actor)
    assert paid.number in str(refused.value)
    assert desk.is_sound()


def test_december_is_closed_with_the_interest_of_the_year(desk):
    desk.drawn()
    dec_1 = date(2026, 12, 1)
    assert list(interest_is_booked(desk.coop, date(2026, 11, 1))) == []
    (fault,) = interest_is_booked(desk.coop, dec_1)
    assert "323.736" in fault
    services.accrue(until=DEC_31, on=DEC_31, **desk.make)
    assert list(interest_is_booked(desk.coop, dec_1)) == []


def test_a_debt_without_a_contract_is_told_before_the_month_is_closed(desk):
    assert list(contracts_tell_all(desk.coop, JUN_15)) == []
    assert debts_in_words(desk.coop, JUN_15) == ""
    lines = [debit("bank", 500_000), credit("partner_loan", 500_000, desk.partner.party)]
    draft = Draft("opening:p", date(2026, 1, 1), "opening", "Saldo awal", lines)
    post_entry(cooperative=desk.coop, draft=draft, actor=desk.actor)
    (fault,) = contracts_tell_all(desk.coop, JUN_15)
    assert "BUMN Uji" in fault
    assert "Rp500.000" in fault
    desk.passed_on(desk.drawn())
    with override("en"):
        told = debts_in_words(desk.coop, JUN_15)
    assert told == "partners are owed Rp20.000.000, members owe Rp5.000.000"


def test_interest_booked_too_early_is_taken_back(desk):
    facility = desk.drawn()
    (paper,) = services.accrue(until=date(2026, 9, 30), on=DEC_31, **desk.make)
    services.cancel_accrual(paper=paper, reason="Belum akhir tahun", on=DEC_31, actor=desk.actor)
    assert (desk.stand(facility).accrued, desk.balance("interest_payable")) == (0, 0)
    assert desk.is_sound()


def test_a_payment_is_put_right_and_frees_the_interest_of_before(desk):
    facility = desk.drawn()
    services.accrue(until=date(2026, 11, 30), on=DEC_31, **desk.make)
    wrong = pay(desk, facility, principal=3_000_000)
    again = {
        "principal": 2_000_000,
        "interest": 300_000,
        "place": "bank",
        "on": DEC_15,
        "reference": "KW 7",
    }
    right = services.correct_repayment(
        paper=wrong, reason="Salah pokok", on=DEC_31, actor=desk.actor, replacement=again
    )
    assert right.accrued == wrong.accrued
    assert desk.stand(facility).owed == 18_000_000
    assert desk.is_sound()


def test_a_draw_that_is_used_is_not_undone(desk):
    facility = desk.drawn()
    paper = facility.draws.get()
    given = desk.passed_on(facility)
    with pytest.raises(SomethingFollows) as refused:
        services.correct_draw(paper=paper, reason="Salah", on=JUN_15, actor=desk.actor)
    assert given.number in str(refused.value)
    smaller = {"amount": 6_000_000, "place": "bank", "on": JUN_15, "reference": ""}
    right = services.correct_draw(
        paper=paper, reason="Salah", on=JUN_15, actor=desk.actor, replacement=smaller
    )
    assert desk.stand(facility).drawn == right.amount == 6_000_000
    assert desk.is_sound()


def test_what_is_due_stands_in_the_cash_of_the_weeks_ahead(desk):
    desk.drawn()
    found = expected_cash(cooperative=desk.coop, on=date(2026, 12, 1), until=DEC_31)
    assert [(one.day, one.goes_out) for one in found] == [(DEC_15, 2_300_000)]
