"""Sharing out what has come: what is shown is what is booked, by each way of paying."""

from decimal import Decimal

import pytest

from canting.ledger import selectors as ledger
from canting.ledger.models import JournalEntry
from canting.purchasing import services as buying
from canting.purchasing.errors import PartOfAnother
from canting.purchasing.models import HandOut
from canting.rounds import selectors, services
from canting.rounds.errors import (
    CashPlaceNeeded,
    LaterShareOut,
    NobodyGets,
    NothingCame,
    NotWaiting,
    ReasonNeeded,
    SharesChanged,
    WrongState,
)
from canting.rounds.invariants import handed_shares_stand
from canting.rounds.models import Share
from canting.rounds.rules import RoundState
from canting.stock import selectors as stock
from tests.rounds.market import CAME, CLOSED, OPENED, ORDERED, SHARED


@pytest.fixture
def ordered(market):
    """Mori from Solo and wax from Pekalongan are ordered for two makers, one pays in cash."""
    found = market.open()
    market.need(found, "M1", market.mori, 12)
    market.need(found, "M1", market.malam, 4)
    market.need(found, "M2", market.mori, 8, mode="cash")
    orders = market.ordered(
        found,
        [
            (market.solo, market.mori, 2, 10, 180_000, 24_000),
            (market.pekalongan, market.malam, 1, 4, 118_900, 0),
        ],
    )
    return found, orders


def place(market, item) -> Decimal:
    return stock.quantity_in_store(market.cooperative, item)


def test_the_plan_becomes_one_order_for_each_supplier(market, ordered):
    found, orders = ordered
    by_name = {order.supplier.name: order for order in orders}
    assert by_name["Toko Solo Mori"].goods == 360_000
    assert {line.order_number for line in selectors.plan_lines(found)} == {
        order.number for order in orders
    }
    again = services.order_round(found=found, on=ORDERED, actor=market.actor)
    assert [order.number for order in again] == [order.number for order in orders]
    assert market.again(found).state == RoundState.ORDERED


def test_an_article_struck_off_is_not_charged_and_old_figures_are_not_booked(market, ordered):
    """Field report 15 (a): the page says 349.300, then an article is struck off: 230.400."""
    found, orders = ordered
    for order in orders:
        market.receive(order, freight=24_000 if order.supplier == market.solo else 0)
    both = selectors.proposal(found=found, on=SHARED)
    [hers] = [row for row in both.by_member() if row.member == market.member("M1")]
    assert hers.amount == 349_300
    struck = {market.malam.code}
    shown = selectors.proposal(found=found, on=SHARED, struck=struck)
    [hers] = [row for row in shown.by_member() if row.member == market.member("M1")]
    assert hers.amount == 230_400
    before = JournalEntry.objects.count(), HandOut.objects.count()
    with pytest.raises(SharesChanged, match=r"384\.000"):
        services.share_out(
            found=found, digest=both.digest, on=SHARED, actor=market.actor, struck=struck
        )
    assert (JournalEntry.objects.count(), HandOut.objects.count()) == before
    assert not Share.objects.exists()
    made = services.share_out(
        found=found, digest=shown.digest, on=SHARED, actor=market.actor, struck=struck
    )
    assert market.owes("M1") == 230_400
    # Twice is once; what was struck off waits for the next sharing.
    again = services.share_out(
        found=found, digest=shown.digest, on=SHARED, actor=market.actor, struck=struck
    )
    assert again == made
    assert market.owes("M1") == 230_400
    market.share(found)
    assert market.owes("M1") == 349_300


def test_a_share_for_cash_waits_for_its_member_and_her_money(market, ordered):
    found, orders = ordered
    for order in orders:
        market.receive(order, freight=24_000 if order.supplier == market.solo else 0)
    market.share(found)
    drawer = market.balance("cash_till")
    assert selectors.uncharged(found) == (1, 153_600)
    assert place(market, market.mori) == 8
    facts = {"found": found, "member": market.member("M2"), "on": CLOSED, "actor": market.actor}
    with pytest.raises(CashPlaceNeeded, match=r"153\.600"):
        services.hand_waiting(cash_place="", **facts)
    [paper] = services.hand_waiting(cash_place="cash_till", **facts)
    assert services.hand_waiting(cash_place="cash_till", **facts) == []
    assert (paper.mode, paper.total) == ("cash", 153_600)
    assert market.balance("cash_till") - drawer == 153_600
    assert place(market, market.mori) == 0
    assert selectors.uncharged(found) == (0, 0)


@pytest.mark.parametrize(
    ("maker", "mode", "role", "left"),
    [
        ("M1", "credit", "recv_member", 49_300),
        ("M1", "credit_on_sale", "recv_member_on_sale", 49_300),
    ],
)
def test_what_she_left_here_pays_her_share_first(market, maker, mode, role, left):
    found = market.open()
    market.need(found, maker, market.mori, 10, mode=mode)
    services.take_deposit(
        found=found,
        member=market.member(maker),
        amount=300_000,
        cash_place="cash_main",
        on=OPENED,
        actor=market.actor,
    )
    [order] = market.ordered(found, [(market.solo, market.mori, 1, 10, 349_300, 0)])
    market.receive(order)
    market.share(found)
    assert market.owes(maker, role) == left
    assert market.owes(maker, "round_deposit") == 0
    share = Share.objects.get()
    assert (share.amount, share.from_deposit) == (349_300, 300_000)
    entry = JournalEntry.objects.get(kind="round_deposit_used")
    assert entry.paper == share.hand_out
    assert [(r.account, str(r.side), r.amount) for r in ledger.lines_of(entry=entry)] == [
        ("round_deposit", "D", 300_000),
        (role, "K", 300_000),
    ]


def test_of_a_share_for_cash_only_the_rest_is_laid_down(market):
    found = market.open()
    market.need(found, "M2", market.mori, 10, mode="cash")
    services.take_deposit(
        found=found,
        member=market.member("M2"),
        amount=300_000,
        cash_place="cash_main",
        on=OPENED,
        actor=market.actor,
    )
    [order] = market.ordered(found, [(market.solo, market.mori, 1, 10, 349_300, 0)])
    market.receive(order)
    market.share(found)
    services.hand_waiting(
        found=found,
        member=market.member("M2"),
        cash_place="cash_till",
        on=CLOSED,
        actor=market.actor,
    )
    assert market.balance("cash_till") == 49_300
    assert market.owes("M2", "round_deposit") == 0


def test_what_comes_in_parts_is_shared_in_parts(market):
    found = market.open(share_rule="first")
    market.need(found, "M1", market.mori, 12)
    market.need(found, "M2", market.mori, 8)
    [order] = market.ordered(found, [(market.solo, market.mori, 2, 10, 200_000, 0)])
    with pytest.raises(NothingCame):
        services.share_out(found=found, digest="x", on=SHARED, actor=market.actor)
    market.receive(order, {market.mori: 10})
    market.share(found)
    assert market.got(found) == {("M1", "Mori primissima"): (10, 200_000)}
    found = market.again(found)
    assert selectors.stage(found, selectors.came(found), selectors.orders_of(found)) == "ordered"
    market.receive(order, {market.mori: 10}, on=SHARED)
    market.share(found)
    rows = [(s.need.member.full_name, s.base_quantity) for s in selectors.shares_of(found)]
    assert rows == [("Aminah", 10), ("Aminah", 2), ("Buriyah", 8)]
    assert market.owes("M1") == 240_000
    assert market.owes("M2") == 160_000


def test_material_in_trust_is_nobodys_debt(market):
    found = market.open()
    market.need(found, "M3", market.mori, 10, mode="custody")
    market.need(found, "M1", market.mori, 10)
    [order] = market.ordered(found, [(market.solo, market.mori, 2, 10, 150_000, 30_001)])
    market.receive(order, freight=30_001)
    market.share(found)
    assert market.got(found)[("M3", "Mori primissima")] == (10, 0)
    assert market.owes("M3", "custody") == 165_001
    assert market.owes("M1") == 165_000
    assert market.balance("round_deposit") == 0


def test_what_a_member_does_not_fetch_goes_to_the_store_with_the_reason(market, ordered):
    found, orders = ordered
    for order in orders:
        market.receive(order)
    market.share(found)
    facts = {"found": found, "on": CLOSED, "actor": market.actor}
    with pytest.raises(ReasonNeeded):
        services.release_share(member=market.member("M2"), reason="", **facts)
    assert services.release_share(member=market.member("M2"), reason="Tidak datang", **facts) == 1
    with pytest.raises(NotWaiting):
        services.release_share(member=market.member("M2"), reason="Lagi", **facts)
    # What was handed out on credit can come back too: the whole paper, her debt and the stock.
    number = Share.objects.get(need__member=market.member("M1"), need__item=market.mori).hand_out
    owed, there = market.owes("M1"), place(market, market.mori)
    released = services.release_share(
        member=market.member("M1"), reason="Pindah rumah", hand_out=number, **facts
    )
    assert released == 2
    assert owed and market.owes("M1") == 0
    assert place(market, market.mori) == there + 12
    assert HandOut.objects.get(number=number).state == "reversed"


def test_a_sharing_is_undone_as_a_whole_the_last_one_first(market):
    found = market.open(share_rule="first")
    market.need(found, "M1", market.mori, 12)
    services.take_deposit(
        found=found,
        member=market.member("M1"),
        amount=50_000,
        cash_place="cash_main",
        on=OPENED,
        actor=market.actor,
    )
    [order] = market.ordered(found, [(market.solo, market.mori, 2, 10, 200_000, 0)])
    market.receive(order, {market.mori: 5})
    first = market.share(found)
    market.receive(order, {market.mori: 5}, on=SHARED)
    second = market.share(found)
    facts = {"on": CLOSED, "actor": market.actor}
    with pytest.raises(LaterShareOut, match="2"):
        services.undo_share_out(one=first, reason="Salah", **facts)
    for one in (second, first):
        services.undo_share_out(one=one, reason="Salah hitung", **facts)
        services.undo_share_out(one=one, reason="Lagi", **facts)
    assert market.owes("M1") == 0
    assert market.owes("M1", "round_deposit") == 50_000
    assert selectors.held_by_member(found)[0].left == 50_000
    assert market.got(found) == {}
    assert market.again(found).state == RoundState.ORDERED
    market.share(found, on=CLOSED)
    assert market.got(found) == {("M1", "Mori primissima"): (10, 200_000)}


def test_nobody_getting_anything_and_a_closed_round_are_refused(market, ordered):
    found, orders = ordered
    market.receive(orders[0])
    codes = {market.mori.code, market.malam.code}
    with pytest.raises(NobodyGets):
        services.share_out(found=found, digest="x", on=SHARED, actor=market.actor, struck=codes)
    fresh = market.open(title="Lain")
    with pytest.raises(WrongState):
        services.share_out(found=fresh, digest="x", on=CAME, actor=market.actor)


def test_a_hand_out_of_a_round_is_put_right_on_the_round_alone(market, ordered):
    found, orders = ordered
    for order in orders:
        market.receive(order)
    market.share(found)
    paper = HandOut.objects.get(number=selectors.shares_of(found)[0].hand_out)
    with pytest.raises(PartOfAnother) as refusal:
        buying.correct_hand_out(paper=paper, reason="Salah", on=SHARED, actor=market.actor)
    assert found.number in str(refusal.value)
    assert market.owes("M1") == paper.total
    one = selectors.share_out_at(found=found, position=1)
    services.undo_share_out(one=one, reason="Salah", on=SHARED, actor=market.actor)
    assert market.owes("M1") == 0


def test_a_share_whose_hand_out_was_put_right_behind_it_is_told(market, ordered):
    found, orders = ordered
    for order in orders:
        market.receive(order)
    market.share(found)
    assert list(handed_shares_stand(market.cooperative)) == []
    HandOut.objects.update(state="reversed")
    assert found.number in next(iter(handed_shares_stand(market.cooperative)))
