"""Costs without their bill: booked, taken back the day after, or paid."""

from datetime import date

import pytest

from canting.cash.services import correct_paper
from canting.ledger.errors import PeriodClosed, ReasonNeeded
from canting.treasury import selectors, services
from canting.treasury.errors import (
    AlreadyPutRight,
    BadAmount,
    BilledOtherwise,
    NoExpense,
    NotOver,
    PaidAlready,
    TurnsByItself,
)
from tests.treasury.conftest import TODAY

OCT, OCT_31, NOV_1 = date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1)


def accrue(desk, **facts):
    known = {"account": "utilities", "amount": 185_000, "month": OCT, "memo": "Listrik Oktober"}
    return services.accrue(on=TODAY, **{**known, **facts}, **desk.make)


def owe(desk, **facts):
    known = {"account": "admin", "amount": 250_000, "memo": "Servis mesin", "on": OCT_31}
    return services.owe(**{**known, **facts}, **desk.make)


def pay(desk, paper, **facts):
    known = {"place": "bank", "on": TODAY, "amount": paper.amount}
    return services.pay_accrual(paper=paper, actor=desk.actor, **{**known, **facts})


def test_a_cost_without_its_bill_is_booked_and_taken_back_the_day_after(desk):
    paper = accrue(desk)
    assert (paper.on, paper.turns_on) == (OCT_31, NOV_1)
    assert desk.lines_of(f"treasury.accrual:{paper.number}") == [
        ("utilities", "D", 185_000), ("accrued", "K", 185_000),
    ]  # fmt: skip
    assert desk.lines_of(f"treasury.accrual_turned:{paper.number}") == [
        ("accrued", "D", 185_000), ("utilities", "K", 185_000),
    ]  # fmt: skip
    assert desk.balance("utilities", OCT_31) == desk.balance("accrued", OCT_31) == 185_000
    assert desk.balance("utilities", NOV_1) == desk.balance("accrued", NOV_1) == 0
    assert desk.is_sound()


def test_it_stands_until_it_turns(desk):
    accrue(desk)
    standing = selectors.standing_accruals
    assert standing(cooperative=desk.coop, on=OCT_31).count() == 1
    assert standing(cooperative=desk.coop, on=NOV_1).count() == 0


def test_what_is_owed_is_paid_by_a_voucher_of_the_desk(desk):
    desk.fund()
    paper = owe(desk)
    paid = pay(desk, paper)
    assert paid.number.startswith("BK/")
    assert desk.lines_of(f"cash.paper:{paid.number}") == [
        ("accrued", "D", 250_000), ("bank", "K", 250_000),
    ]  # fmt: skip
    assert selectors.standing_accruals(cooperative=desk.coop, on=TODAY).count() == 0
    with pytest.raises(PaidAlready):
        pay(desk, paper)
    with pytest.raises(PaidAlready):
        services.correct_accrual(paper=paper, reason="Salah", on=TODAY, actor=desk.actor)
    correct_paper(paper=paid, reason="Gagal bayar", on=TODAY, actor=desk.actor)
    assert pay(desk, paper).number != paid.number
    assert desk.is_sound()


def test_refusals_leave_nothing(desk):
    before = desk.papers()
    for refusal, act in (
        (NotOver, lambda: accrue(desk, month=TODAY)),
        (BadAmount, lambda: accrue(desk, amount=0)),
        (NoExpense, lambda: accrue(desk, account="bank")),
        (NoExpense, lambda: accrue(desk, account="9999")),
    ):
        with pytest.raises(refusal):
            act()
    desk.close(OCT)
    with pytest.raises(PeriodClosed):
        accrue(desk)
    assert desk.papers() == before
    assert selectors.accruals(cooperative=desk.coop).count() == 0


def test_a_bill_of_another_amount_is_put_right_first(desk):
    desk.fund()
    with pytest.raises(BilledOtherwise):
        pay(desk, owe(desk), amount=260_000)
    with pytest.raises(TurnsByItself):
        pay(desk, accrue(desk))


def test_put_right_corrects_each_month_on_its_own(desk):
    paper = accrue(desk)
    made = services.correct_accrual(
        paper=paper,
        reason="Rekening lain",
        on=TODAY,
        actor=desk.actor,
        replacement={"account": "admin", "amount": 200_000, "month": OCT, "memo": "Air Oktober"},
    )
    assert desk.balance("utilities", OCT_31) == 0
    assert desk.balance("admin", OCT_31) == 200_000
    assert desk.balance("admin", NOV_1) == desk.balance("accrued", NOV_1) == 0
    paper.refresh_from_db()
    assert paper.successor == made
    with pytest.raises(AlreadyPutRight):
        services.correct_accrual(paper=paper, reason="Lagi", on=TODAY, actor=desk.actor)
    with pytest.raises(ReasonNeeded):
        services.correct_accrual(paper=made, reason=" ", on=TODAY, actor=desk.actor)
    assert desk.is_sound()


def test_an_owed_bill_is_put_right_or_cancelled(desk):
    facts = {"account": "admin", "amount": 270_000, "memo": "Servis mesin"}
    correct = services.correct_accrual
    made = correct(paper=owe(desk), reason="Salah", on=TODAY, actor=desk.actor, replacement=facts)
    assert (made.on, desk.balance("accrued")) == (OCT_31, 270_000)
    correct(paper=made, reason="Tidak jadi", on=TODAY, actor=desk.actor)
    assert desk.balance("accrued") == desk.balance("admin") == 0
    assert desk.is_sound()
