"""Paying members' parts: every way, many at once, refusals, and put right."""

import pytest
from django.db import transaction

from canting.cash.errors import NotEnoughCash
from canting.cooperatives.errors import LicenceNeeded
from canting.cooperatives.services import set_parameter
from canting.ledger import selectors as ledger
from canting.ledger.rules import credit, debit
from canting.members.models import Member
from canting.surplus import errors, selectors, services
from canting.surplus.models import Payout
from canting.surplus.rules import CASH, SAVINGS, SHARES, TRANSFER
from canting.surplus.services import Choice
from tests.surplus.conftest import FEB_20


def pay(house, *choices, **facts):
    given = {"on": FEB_20, "cash_place": "cash_main"} | facts
    return services.pay_parts(
        choices=[Choice(house.party(key), way, amount) for key, way, amount in choices],
        **given,
        **house.make,
    )


def licence(house):
    set_parameter(
        name="savings_loan.licence",
        value="USP-7",
        valid_from=FEB_20,
        source="Izin",
        **house.make,
    )


def test_many_are_paid_at_once_each_in_her_way_with_a_voucher(shared):
    licence(shared)
    amounts = {key: shared.owed(key) for key in ("M1", "M2", "M3")}
    made = pay(
        shared,
        ("M1", CASH, amounts["M1"]),
        ("M2", TRANSFER, amounts["M2"]),
        ("M3", SAVINGS, 1_000),
        ("M3", SHARES, amounts["M3"] - 1_000),
        consent="Daftar hadir RAT",
    )
    assert [one.number[:2] for one in made] == ["BK", "BK", "KW", "KW"]
    assert {one.batch for one in made} == {made[0].number}
    kinds = [
        ledger.entry_by_source(cooperative=shared.coop, source=f"surplus.payout:{one.number}").kind
        for one in made
    ]
    assert kinds == [
        "surplus_paid_cash", "surplus_paid_transfer", "surplus_to_savings", "surplus_to_shares",
    ]  # fmt: skip
    assert selectors.open_parts(cooperative=shared.coop) == []
    shares = ledger.party_balance(
        cooperative=shared.coop, role="share_mandatory", party=shared.party("M3")
    )
    assert shares == 300_000 + amounts["M3"] - 1_000
    assert shared.broken() == []


def test_refusals_name_what_is_wrong_and_nobody_of_the_list_is_paid(shared):
    m1, m2 = shared.owed("M1"), shared.owed("M2")

    def refused(kind, *choices, **facts):
        with transaction.atomic(), pytest.raises(kind):
            pay(shared, ("M2", CASH, m2), *choices, **facts)

    refused(errors.NothingOpen, ("M1", CASH, m1 + 1))
    refused(errors.NothingOpen, ("M1", CASH, 0))
    refused(errors.NothingOpen, ("M4", CASH, 1))
    refused(errors.ConsentNeeded, ("M1", SHARES, m1))
    refused(LicenceNeeded, ("M1", SAVINGS, m1))
    refused(errors.PlaceNeeded, cash_place="")
    refused(errors.NotFromThere, ("M1", TRANSFER, m1), bank_place="cash_main")
    refused(errors.NotFromThere, cash_place="bank")
    refused(NotEnoughCash, ("M1", CASH, m1), cash_place="cash_till")
    with transaction.atomic(), pytest.raises(errors.NobodyChosen):
        pay(shared)
    assert Payout.objects.count() == 0
    assert (shared.owed("M1"), shared.owed("M2")) == (m1, m2)


def test_the_same_part_is_not_paid_twice_in_one_list(shared):
    m1 = shared.owed("M1")
    with pytest.raises(errors.NothingOpen):
        pay(shared, ("M1", CASH, m1), ("M1", TRANSFER, m1))


def test_a_part_of_who_left_stays_owed_and_is_paid_in_money_only(shared):
    m3 = shared.owed("M3")
    Member.objects.filter(party=shared.party("M3")).update(status="left")
    with transaction.atomic(), pytest.raises(errors.HasLeft):
        pay(shared, ("M3", SHARES, m3), consent="Lisan")
    assert [row.amount for row in selectors.open_parts(cooperative=shared.coop)][-1] == m3
    pay(shared, ("M3", CASH, m3))
    assert shared.owed("M3") == 0


def test_what_the_old_book_owed_is_paid_too(shared):
    shared.entry(
        "test.old", FEB_20, debit("bank", 70_000), credit("shu_payable", 70_000, shared.party("M4"))
    )
    pay(shared, ("M4", CASH, 70_000))
    assert shared.owed("M4") == 0


def test_a_voucher_is_put_right_by_another_way_or_only_cancelled(shared):
    m1 = shared.owed("M1")
    (paid,) = pay(shared, ("M1", CASH, m1))
    facts = {"reason": "Salah cara", "on": FEB_20, "actor": shared.shop.actor}
    made = services.correct_payout(
        payout=paid,
        replacement={"way": TRANSFER, "amount": m1, "place": "bank", "consent": ""},
        **facts,
    )
    paid.refresh_from_db()
    assert (paid.state, paid.successor_id) == ("reversed", made.pk)
    assert shared.owed("M1") == 0
    with transaction.atomic(), pytest.raises(errors.AlreadyReversed):
        services.correct_payout(payout=paid, **facts)
    services.correct_payout(payout=made, **facts)
    assert shared.owed("M1") == m1
    assert shared.broken() == []


def test_shares_that_are_gone_cannot_be_taken_back(shared):
    m1 = shared.owed("M1")
    (paid,) = pay(shared, ("M1", SHARES, m1), consent="Tertulis 20/2")
    shared.entry(
        "test.gone",
        FEB_20,
        debit("share_mandatory", 500_001, shared.party("M1")),
        credit("bank", 500_001),
    )
    with pytest.raises(errors.SomethingFollows):
        services.correct_payout(
            payout=paid, reason="Salah", on=FEB_20, actor=shared.shop.actor, replacement=None
        )
