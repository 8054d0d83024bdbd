"""Partner funds passed on: agreed, approved by another, handed over, paid back, kept from pay."""

from __future__ import annotations

from datetime import date

import pytest

from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from canting.lending import selectors, services
from canting.lending.errors import (
    AlreadyHandedOver,
    FeeTooHigh,
    MoreThanApproved,
    MoreThanDrawn,
    NotApproved,
    NothingPaid,
    PaidOff,
    PaidTooEarly,
    PassesThrough,
    SamePerson,
    SomethingFollows,
    TooMuchInterest,
    TooMuchPrincipal,
)
from canting.lending.rules import settling
from canting.members.errors import IsLeaving
from canting.savings.services import Decision, approve_exit, ask_exit, deposit
from canting.settlement.services import Choice, correct_slip, note_consent, pay_makers
from tests.lending.conftest import HERS, JUN_15

JUN_16, SEP_16 = date(2026, 6, 16), date(2026, 9, 16)


def test_funds_go_to_a_member_and_the_fee_is_kept(desk):
    given = desk.passed_on(desk.drawn(), fee=50_000)
    assert desk.lines(f"lending.onlend:{given.number}") == [
        ("bank", "K", 4_950_000),
        ("onlend", "D", 5_000_000),
        ("service_member", "K", 50_000),
    ]
    assert desk.is_sound()


def test_money_leaves_only_when_another_person_approved(desk):
    made = desk.prepared(desk.drawn())
    facts = {"place": "bank", "on": JUN_16, "actor": desk.actor}
    with pytest.raises(NotApproved):
        services.pay_out(onlend=made, **facts)
    with pytest.raises(SamePerson):
        services.approve_onlend(onlend=made, on=JUN_15, actor=desk.actor)
    services.approve_onlend(onlend=made, on=JUN_15, actor=desk.board)
    services.pay_out(onlend=made, **facts)
    before = desk.papers()
    with pytest.raises(AlreadyHandedOver):
        services.pay_out(onlend=made, **facts)
    assert desk.papers() == before


def test_no_more_is_passed_on_than_was_drawn(desk):
    facility = desk.drawn(6_000_000)
    desk.passed_on(facility)
    with pytest.raises(MoreThanDrawn) as refused:
        desk.prepared(facility, 1_000_001, member=desk.hos)
    assert "Rp1.000.000" in str(refused.value)
    with pytest.raises(FeeTooHigh):
        desk.prepared(facility, 500_000, fee=500_000)
    one = desk.prepared(facility, 1_000_000, member=desk.hos)
    other = desk.prepared(facility, 1_000_000, member=desk.hos)
    for made in (one, other):
        services.approve_onlend(onlend=made, on=JUN_15, actor=desk.board)
    services.pay_out(onlend=one, place="bank", on=JUN_16, actor=desk.actor)
    with pytest.raises(MoreThanDrawn):
        services.pay_out(onlend=other, place="bank", on=JUN_16, actor=desk.actor)
    assert desk.is_sound()


def test_she_pays_back_and_sees_what_is_left(desk):
    given = desk.passed_on(desk.drawn())
    paper = desk.pay(given, 1_000_000, 50_000)
    assert desk.lines(f"lending.instalment:{paper.number}") == [
        ("bank", "D", 1_050_000),
        ("onlend", "K", 1_000_000),
        ("service_member", "K", 50_000),
    ]
    stand = selectors.onlend_stand(given)
    assert (stand.left, stand.next.row.number) == (4_000_000, 2)
    assert desk.is_sound()


def test_who_is_late_is_told_with_days_and_amount(desk):
    given = desk.passed_on(desk.drawn())
    desk.pay(given, 400_000, 50_000)
    stand = selectors.onlend_stand(given)
    assert stand.late(date(2026, 10, 16)) == [(30, 600_000)]
    assert (stand.late_amount(SEP_16), stand.most_days_late(date(2026, 12, 20))) == (0, 95)


def test_payments_in_any_order_come_to_the_same(desk):
    given = desk.passed_on(desk.drawn())
    desk.pay(given, 600_000, on=date(2026, 9, 20))
    desk.pay(given, 400_000, 50_000, on=SEP_16)
    stand = selectors.onlend_stand(given)
    assert (stand.left, stand.next.row.number) == (4_000_000, 2)


def test_paid_off_it_takes_no_more_money(desk):
    given = desk.passed_on(desk.drawn())
    desk.pay(given, 4_700_000, 50_000)
    with pytest.raises(TooMuchPrincipal) as refused:
        desk.pay(given, 350_000)
    assert "Rp300.000" in str(refused.value)
    desk.pay(given, 300_000)
    with pytest.raises(PaidOff):
        desk.pay(given, 50_000)
    assert selectors.onlend_stand(given).left == 0
    assert desk.is_sound()


def test_early_she_owes_only_the_fee_of_the_days(desk):
    given = desk.passed_on(desk.drawn())
    stand = selectors.onlend_stand(given)
    # 16 June to 31 July: 45 of 92 days of the first 50.000.
    assert settling(stand.rows, since=JUN_16, on=date(2026, 7, 31)) == (5_000_000, 24_457)
    desk.pay(given, 5_000_000, 24_457, on=date(2026, 7, 31))
    assert sum(one.left for one in selectors.onlend_stand(given).rows) == 0
    assert desk.is_sound()


def test_a_payment_is_refused_and_leaves_nothing(desk):
    given = desk.passed_on(desk.drawn())
    waiting = desk.prepared(desk.drawn(contract="Y"), member=desk.hos)
    before = desk.papers()
    for error, facts in (
        (NothingPaid, {"principal": 0}),
        (TooMuchInterest, {"principal": 0, "fee": 250_001}),
        (PaidTooEarly, {"principal": 1, "on": JUN_15}),
    ):
        with pytest.raises(error):
            desk.pay(given, **facts)
    with pytest.raises(NotApproved):
        desk.pay(waiting, 1)
    assert desk.papers() == before


def test_as_agent_the_money_only_passes_through(desk):
    facility = desk.drawn(5_000_000, mode="agent")
    assert desk.balance("onlend_held") == 5_000_000
    given = desk.passed_on(facility)
    assert desk.lines(f"lending.onlend:{given.number}") == [
        ("bank", "K", 5_000_000),
        ("onlend_held", "D", 5_000_000),
    ]
    assert (desk.balance("onlend_held"), desk.stand(facility).owed) == (0, 0)
    with pytest.raises(PassesThrough):
        desk.pay(given, 1)
    assert desk.is_sound()


def test_it_is_put_right_up_to_what_the_board_approved(desk):
    wrong = desk.passed_on(desk.drawn())
    facts = {"fee": 0, "agreement": "AP-2", "place": "bank", "on": JUN_16}
    ask = {"reason": "Salah jumlah", "on": JUN_16, "actor": desk.actor}
    with pytest.raises(MoreThanApproved):
        services.correct_onlend(onlend=wrong, replacement={"amount": 5_000_001, **facts}, **ask)
    right = services.correct_onlend(onlend=wrong, replacement={"amount": 4_000_000, **facts}, **ask)
    assert (right.state, right.approved_by) == ("paid", desk.board)
    assert desk.balance("onlend") == 4_000_000
    paid = desk.pay(right, 500_000)
    with pytest.raises(SomethingFollows) as refused:
        services.correct_onlend(onlend=right, **ask)
    assert paid.number in str(refused.value)
    again = {"principal": 400_000, "fee": 0, "place": "bank", "on": SEP_16}
    services.correct_instalment(
        paper=paid, reason="Salah", on=SEP_16, actor=desk.actor, replacement=again
    )
    assert selectors.onlend_stand(right).left == 3_600_000
    assert desk.is_sound()


def test_what_is_kept_from_her_pay_pays_it_back(desk):
    given = desk.passed_on(desk.drawn(), terms=HERS)
    lines = [debit("wages_staff", 900_000), credit("wages_payable", 900_000, desk.siti.party)]
    draft = Draft("test.accepted:1", SEP_16, "accepted", "Upah makloon", lines)
    post_entry(cooperative=desk.coop, draft=draft, actor=desk.actor)
    note_consent(
        party=desk.siti.party,
        role="onlend",
        purpose="Angsuran dana mitra",
        amount=250_000,
        signed_on=JUN_16,
        on=JUN_16,
        **desk.make,
    )
    (slip,) = pay_makers(
        choices=[Choice(desk.siti.party_id)], cash_place="bank", on=SEP_16, **desk.make
    )
    assert selectors.onlend_stand(given).left == 4_750_000
    assert [one.paper for one in selectors.deducted_of(given)] == [slip.number]
    assert desk.is_sound()
    correct_slip(slip=slip, reason="Salah", on=SEP_16, actor=desk.actor, again=False)
    assert selectors.onlend_stand(given).left == 5_000_000
    assert desk.is_sound()


def test_a_leaver_gets_nothing_new_and_is_told_what_is_open(desk):
    facility = desk.drawn()
    given = desk.passed_on(facility)
    waits = desk.prepared(facility, 300_000, member=desk.siti)
    services.approve_onlend(onlend=waits, on=JUN_15, actor=desk.board)
    deposit(
        member=desk.siti,
        kind="entry_share",
        amount=100_000,
        cash_place="bank",
        on=JUN_15,
        **desk.make,
    )
    leaving = ask_exit(member=desk.siti, cause="wish", on=JUN_16, **desk.make)
    approve_exit(leaving=leaving, decision=Decision("RP-1", JUN_16), actor=desk.board)
    with pytest.raises(IsLeaving):
        services.pay_out(onlend=waits, place="bank", on=JUN_16, actor=desk.actor)
    desk.siti.refresh_from_db()
    with pytest.raises(IsLeaving):
        desk.prepared(facility, 100_000)
    ties = selectors.leaver_ties(cooperative=desk.coop, party=desk.siti.party, on=JUN_16)
    assert [one.argument for one in ties] == [given.number, waits.number]
    assert "Rp5.000.000" in ties[0].text
    desk.pay(given, 5_000_000, on=date(2026, 7, 1))
    services.correct_onlend(onlend=waits, reason="Ia keluar", on=JUN_16, actor=desk.actor)
    assert selectors.leaver_ties(cooperative=desk.coop, party=desk.siti.party, on=JUN_16) == []
    assert desk.is_sound()
