"""Money of a round beside deposits: each with the paper behind it, and none counted twice."""

from datetime import date
from decimal import Decimal

import pytest

from canting.kernel.errors import DomainError
from canting.ledger import selectors as ledger
from canting.ledger.models import JournalEntry
from canting.rounds import selectors, services
from canting.rounds.errors import (
    BadAmount,
    FundUsed,
    MoreThanLeft,
    NoSuchPaper,
    NotEnoughMoney,
    PaperNeeded,
    ReasonNeeded,
    WrongState,
)
from canting.rounds.models import Fund
from canting.rounds.rules import FundKind, FundState, RoundState
from canting.sales import services as sales
from canting.sales.rules import OrderItem
from canting.savings import selectors as savings
from tests import builders
from tests.rounds.market import DEADLINE, OPENED, ORDERED


@pytest.fixture
def found(market):
    return market.open()


@pytest.fixture
def facts(market, found):
    return {"found": found, "on": OPENED, "actor": market.actor}


def entries(market) -> int:
    return JournalEntry.objects.filter(cooperative=market.cooperative).count()


def down_payment(market, amount=1_000_000):
    """A buyer pays in advance for an order of shirts."""
    buyer = sales.create_buyer(
        cooperative=market.cooperative, name="PT Cahaya Selat", on=OPENED, actor=market.actor
    )
    order = sales.take_order(
        cooperative=market.cooperative,
        buyer=buyer,
        lines=[OrderItem(market.shop.shirt, 10, 300_000)],
        promised_date=date(2027, 5, 1),
        down_payment_percent=Decimal(50),
        on=OPENED,
        actor=market.actor,
    )
    return sales.receive_down_payment(
        order=order, amount=amount, cash_place="bank", on=OPENED, actor=market.actor
    )


def test_a_promise_is_shown_beside_and_posts_nothing(market, found, facts):
    before = entries(market)
    made = services.pledge(member=market.member("M1"), amount=250_000, **facts)
    assert (made.kind, made.party) == (FundKind.PLEDGE, market.member("M1").party)
    assert entries(market) == before
    money = selectors.money_way(found)
    assert (money.promised, money.total) == (250_000, 0)


def test_an_extra_share_is_her_capital_with_a_receipt_named_by_the_round(market, found, facts):
    her = market.member("M2")
    made = services.take_extra_share(member=her, amount=150_000, cash_place="cash_main", **facts)
    paper = savings.deposits(cooperative=market.cooperative).get()
    assert (made.paper, paper.amount) == (paper.number, 150_000)
    entry = JournalEntry.objects.get(cooperative=market.cooperative, paper=paper.number)
    assert entry.kind == "shares_in"
    posted = [(r.account, str(r.side), r.amount) for r in ledger.lines_of(entry=entry)]
    assert posted == [("cash_main", "D", 150_000), ("share_mandatory", "K", 150_000)]
    # It stays her capital when the round is called off: nothing of it is held as a deposit.
    services.cancel_round(found=found, reason="Batal", on=OPENED, actor=market.actor)
    assert market.owes("M2", "share_mandatory") == 150_000
    assert market.owes("M2", "round_deposit") == 0


def test_a_buyers_down_payment_is_named_once_and_not_more_than_it_is(market, found, facts):
    paper = down_payment(market)
    made = services.link_down_payment(number=f" {paper.number} ", amount=400_000, **facts)
    assert (made.paper, made.party, made.amount) == (paper.number, paper.buyer.party, 400_000)
    other = market.open(title="Malam April")
    rest = services.link_down_payment(
        found=other, number=paper.number, on=OPENED, actor=market.actor
    )
    assert rest.amount == 600_000
    before = Fund.objects.count(), entries(market)
    with pytest.raises(MoreThanLeft, match=paper.number):
        services.link_down_payment(number=paper.number, **facts)
    with pytest.raises(NoSuchPaper, match="KW/2027/99/0001"):
        services.link_down_payment(number="KW/2027/99/0001", **facts)
    assert (Fund.objects.count(), entries(market)) == before
    # Taken back, the paper is free again for another round; the sales paper stays as it is.
    services.withdraw_fund(fund=rest, reason="Salah putaran", on=OPENED, actor=market.actor)
    assert services.link_down_payment(number=paper.number, **facts).amount == 600_000


def test_a_lenders_money_names_its_contract_and_counts_when_it_is_ordered(market, found, facts):
    lender = builders.party(market.cooperative, kind="financier", number="F-1", name="LPDB")
    with pytest.raises(PaperNeeded):
        services.link_facility(financier=lender, name="", contract=" ", amount=1, **facts)
    assert not Fund.objects.exists()
    made = services.link_facility(
        financier=lender, name="Modal kerja", contract="PK/12/2027", amount=5_000_000, **facts
    )
    assert (made.paper, made.party, made.note) == ("PK/12/2027", lender, "Modal kerja")
    assert selectors.money_ready(found) == 5_000_000


def test_an_order_that_cash_and_lenders_cannot_pay_at_once_is_not_written(market, found, facts):
    market.need(found, "M1", market.mori, 10)
    market.plan(found, [(market.solo, market.mori, 1, 10, 60_000_000, 0)])
    with pytest.raises(NotEnoughMoney, match=r"Rp60\.000\.000") as refusal:
        services.order_round(found=found, on=ORDERED, actor=market.actor)
    assert "Rp55.000.000" in str(refusal.value)
    assert selectors.orders_of(found) == []
    assert market.again(found).state == RoundState.PLANNED
    services.link_facility(financier=None, name="LPDB", contract="PK/12", amount=5_000_000, **facts)
    assert len(services.order_round(found=found, on=ORDERED, actor=market.actor)) == 1


def test_own_cash_set_aside_posts_nothing(market, found, facts):
    before = entries(market)
    made = services.set_own_money(amount=2_000_000, note="Rapat pengurus", **facts)
    assert (made.kind, made.party, entries(market)) == (FundKind.OWN, None, before)
    with pytest.raises(BadAmount):
        services.set_own_money(amount=0, **facts)
    assert Fund.objects.count() == 1


@pytest.mark.parametrize("state", [RoundState.SETTLED, RoundState.CANCELLED])
def test_a_round_that_is_over_takes_no_money(market, found, facts, state):
    type(found).objects.filter(pk=found.pk).update(state=state)
    for take in (
        lambda: services.pledge(member=market.member("M1"), amount=1_000, **facts),
        lambda: services.set_own_money(amount=1_000, **facts),
        lambda: services.link_down_payment(number="KW/1", **facts),
        lambda: services.take_extra_share(
            member=market.member("M1"), amount=1_000, cash_place="cash_main", **facts
        ),
    ):
        with pytest.raises(WrongState, match=found.number):
            take()
    assert not Fund.objects.exists()
    assert not savings.deposits(cooperative=market.cooperative).exists()


def test_a_promise_is_taken_back_with_the_reason_and_a_deposit_only_by_its_receipt(
    market, found, facts
):
    promise = services.pledge(member=market.member("M1"), amount=250_000, **facts)
    act = {"on": DEADLINE, "actor": market.actor}
    with pytest.raises(ReasonNeeded):
        services.withdraw_fund(fund=promise, reason="  ", **act)
    for _time in range(2):
        done = services.withdraw_fund(fund=promise, reason="Batal ikut", **act)
        assert (done.state, done.reason) == (FundState.WITHDRAWN, "Batal ikut")
    left_here = services.take_deposit(
        member=market.member("M1"), amount=50_000, cash_place="cash_main", **facts
    )
    with pytest.raises(FundUsed, match=left_here.paper):
        services.withdraw_fund(fund=left_here, reason="Salah", **act)
    assert Fund.objects.get(pk=left_here.pk).state == FundState.STANDING


def test_what_the_drawer_or_the_savings_refuse_leaves_no_trace(market, found, facts):
    before = entries(market)
    with pytest.raises(DomainError):
        services.take_extra_share(
            member=market.member("M1"), amount=1_000, cash_place="nowhere", **facts
        )
    with pytest.raises(DomainError):
        services.take_deposit(member=market.member("M1"), amount=0, cash_place="cash_main", **facts)
    assert (Fund.objects.count(), entries(market)) == (0, before)
