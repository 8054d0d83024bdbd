"""Deposits: what they post, what is refused, one list for many."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from canting.cash.errors import UnknownPlace
from canting.cooperatives.errors import LicenceNeeded
from canting.cooperatives.selectors import audit_trail, numbering_gaps
from canting.cooperatives.services import set_parameter
from canting.ledger.errors import PeriodClosed
from canting.ledger.selectors import balance, book, trial_balance
from canting.ledger.services import close_month
from canting.members.errors import NotInCooperative
from canting.members.models import Member
from canting.members.services import register_applicant
from canting.savings import selectors
from canting.savings.errors import (
    BadAmount,
    EmptyList,
    EntryShareComplete,
    HasLeft,
    MoreThanEntryShare,
    NotMemberYet,
)
from canting.savings.models import Deposit
from canting.savings.rules import SavingsKind, arrears, months_due, months_paid
from canting.savings.services import Payment, deposit, deposit_list
from tests.builders import cooperative as another_cooperative

SEPTEMBER = date(2026, 9, 10)


def pay(cooperative, member, amount, on, actor, kind="regular_share", place="cash_main"):
    return deposit(
        cooperative=cooperative, member=member, kind=kind, amount=amount, cash_place=place,
        on=on, actor=actor,
    )  # fmt: skip


def test_a_member_with_several_holdings_is_one_member_with_capital_apart(
    licensed, actor, new_member
):
    sari = new_member(SEPTEMBER, "Sari")
    pay(licensed, sari, 100_000, SEPTEMBER, actor, kind="entry_share")
    for month in range(24):
        pay(licensed, sari, 20_000, date(2026 + (month + 8) // 12, (month + 8) % 12 + 1, 12), actor)
    pay(licensed, sari, 350_000, SEPTEMBER, actor, kind="voluntary")
    has = selectors.holdings(cooperative=licensed, member=sari)
    assert (has.capital, has.voluntary, has.regular_share) == (580_000, 350_000, 480_000)
    assert list(selectors.holdings_of_all(cooperative=licensed).values()) == [has]
    assert balance(cooperative=licensed, role="cash_main") == 930_000
    sums = trial_balance(cooperative=licensed, as_of=date(2030, 12, 31))
    assert sum(row.net for row in sums) == 0


def test_the_entry_share_is_paid_by_instalment_and_never_beyond(
    cooperative, actor, new_member, today
):
    siti = new_member(today)
    pay(cooperative, siti, 60_000, today, actor, kind="entry_share")
    assert selectors.entry_share_left(cooperative=cooperative, member=siti, on=today) == 40_000
    with pytest.raises(MoreThanEntryShare, match=r"Rp40\.000"), transaction.atomic():
        pay(cooperative, siti, 50_000, today, actor, kind="entry_share")
    pay(cooperative, siti, 40_000, today, actor, kind="entry_share")
    with pytest.raises(EntryShareComplete, match=r"Rp100\.000"), transaction.atomic():
        pay(cooperative, siti, 1, today, actor, kind="entry_share")
    with pytest.raises(MoreThanEntryShare), transaction.atomic():
        other = new_member(today, "Tutik")
        deposit_list(
            cooperative=cooperative,
            payments=[Payment(other, "entry_share", 60_000)] * 2,
            cash_place="cash_main", on=today, actor=actor,
        )  # fmt: skip
    assert balance(cooperative=cooperative, role="share_principal") == 100_000
    numbers = selectors.numbers(cooperative=cooperative, series="KW")
    assert numbers == ["KW/2026/11/0001", "KW/2026/11/0002"]
    assert numbering_gaps(cooperative=cooperative, series="KW", numbers=numbers) == []


def test_regular_shares_pay_the_oldest_month_first_at_the_rate_of_each_month(
    cooperative, actor, new_member, today
):
    siti = new_member(SEPTEMBER)
    set_parameter(
        cooperative=cooperative, name="savings.regular_share", value=30_000,
        valid_from=date(2026, 11, 1), source="RAT 2026", actor=actor,
    )  # fmt: skip
    made = pay(cooperative, siti, 30_000, today, actor)
    assert (made.first_month, made.last_month) == (date(2026, 9, 1), date(2026, 10, 1))
    open_months = selectors.regular_arrears(cooperative=cooperative, member=siti, on=today)
    assert [(m.month, m.left) for m in open_months] == [
        (date(2026, 10, 1), 20_000),
        (date(2026, 11, 1), 30_000),
    ]
    ahead = pay(cooperative, siti, 80_000, today, actor)
    assert (ahead.first_month, ahead.last_month) == (date(2026, 10, 1), date(2026, 12, 1))
    assert not selectors.regular_arrears(cooperative=cooperative, member=siti, on=today)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"amount": 0}, BadAmount),
        ({"amount": -5}, BadAmount),
        ({"kind": "voluntary", "amount": 5}, LicenceNeeded),
        ({"amount": 5, "place": "share_principal"}, UnknownPlace),
    ],
)
def test_a_wrong_deposit_is_refused_and_leaves_no_trace(
    cooperative, actor, new_member, today, facts, refusal
):
    siti = new_member(today)
    with pytest.raises(refusal), transaction.atomic():
        pay(cooperative, siti, facts.pop("amount"), today, actor, **facts)
    assert not Deposit.objects.exists()
    assert book(cooperative=cooperative).position == 0


def test_applicants_pay_the_entry_share_only_and_leavers_nothing(cooperative, actor, today):
    asks = register_applicant(cooperative=cooperative, full_name="Wulan", on=today, actor=actor)
    pay(cooperative, asks, 50_000, today, actor, kind="entry_share")
    with pytest.raises(NotMemberYet, match="Wulan"), transaction.atomic():
        pay(cooperative, asks, 25_000, today, actor)
    Member.objects.filter(pk=asks.pk).update(status="left")
    with pytest.raises(HasLeft, match="Wulan"), transaction.atomic():
        pay(cooperative, asks, 25_000, today, actor, kind="entry_share")


def test_a_member_of_another_cooperative_is_refused(cooperative, actor, new_member, today):
    siti = new_member(today)
    with pytest.raises(NotInCooperative, match="Siti"), transaction.atomic():
        pay(another_cooperative(actor=actor), siti, 5, today, actor)


def test_a_list_is_one_deed_with_a_receipt_each(cooperative, actor, new_member, today):
    people = [new_member(today, f"Anggota {i}") for i in range(5)]
    made = deposit_list(
        cooperative=cooperative, payments=[Payment(p, "regular_share", 25_000) for p in people],
        cash_place="cash_main", on=today, actor=actor,
    )  # fmt: skip
    assert [d.number[-4:] for d in made] == ["0001", "0002", "0003", "0004", "0005"]
    assert balance(cooperative=cooperative, role="share_mandatory") == 125_000
    assert selectors.drawer(cooperative=cooperative, place="cash_main", on=today).now == 125_000
    assert (
        list(selectors.deposits_of_list(cooperative=cooperative, reference="KW/2026/11/0001"))
        == made
    )
    acts = audit_trail(cooperative=cooperative).filter(action="savings.deposited")
    assert {a.for_party_id for a in acts} == {p.party_id for p in people}
    with pytest.raises(BadAmount), transaction.atomic():
        deposit_list(
            cooperative=cooperative,
            payments=[Payment(people[0], "regular_share", 5), Payment(people[1], "regular_share", 0)],
            cash_place="cash_main", on=today, actor=actor,
        )  # fmt: skip
    with pytest.raises(EmptyList):
        deposit_list(
            cooperative=cooperative, payments=[], cash_place="cash_main", on=today, actor=actor
        )
    assert Deposit.objects.count() == 5


def test_a_closed_month_takes_no_deposit(cooperative, actor, new_member):
    siti = new_member(date(2026, 1, 5))
    close_month(cooperative=cooperative, month=date(2026, 1, 1), on=date(2026, 2, 2), actor=actor)
    with pytest.raises(PeriodClosed, match="2026"), transaction.atomic():
        pay(cooperative, siti, 25_000, date(2026, 1, 20), actor)
    assert not Deposit.objects.exists()


@given(paid=st.integers(0, 900_000), rate=st.integers(1, 60_000), months=st.integers(0, 30))
def test_months_due_add_up(paid, rate, months):
    since = date(2026, 1, 10)
    until = date(2026 + months // 12, months % 12 + 1, 15)
    due = months_due(since=since, until=until, rate_on=lambda _day: rate, paid=paid)
    assert len(due) == months + 1
    assert sum(m.paid for m in due) == min(paid, rate * (months + 1))
    assert sum(m.left for m in arrears(due)) == max(rate * (months + 1) - paid, 0)


@given(
    before=st.integers(0, 500_000), amount=st.integers(1, 500_000), rate=st.integers(1_000, 50_000)
)
def test_months_paid_are_the_months_that_the_money_reaches(before, amount, rate):
    months = months_paid(
        since=date(2026, 1, 1), rate_on=lambda _day: rate, before=before, amount=amount
    )
    assert months is not None
    index = [(m.year - 2026) * 12 + m.month - 1 for m in months]
    assert index == [before // rate, (before + amount - 1) // rate]


def test_no_rate_means_no_months():
    assert months_paid(since=SEPTEMBER, rate_on=lambda _d: 0, before=0, amount=5) is None
    assert {SavingsKind(k) for k in ("entry_share", "regular_share", "voluntary")} == set(
        SavingsKind
    )
