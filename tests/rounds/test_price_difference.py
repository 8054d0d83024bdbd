"""Bills that differ from the order: members bear it in proportion, or the cooperative does."""

from decimal import Decimal

import pytest

from canting.cooperatives.services import set_parameter
from canting.purchasing import services as buying
from canting.rounds import selectors
from canting.rounds.invariants import shares_add_up
from canting.rounds.rules import PARAMETERS, DifferenceBy, NeedSource, ShareRule
from tests.rounds.market import CAME, OPENED, SHARED


@pytest.fixture
def billed(market):
    """Twenty metres ordered for 360.000 come, and their bill says 400.000."""
    found = market.open()
    market.need(found, "M1", market.mori, 12)
    market.need(found, "M2", market.mori, 8)
    [order] = market.ordered(found, [(market.solo, market.mori, 2, 10, 180_000, 0)])
    market.receive(order)
    [line] = order.lines.all()
    buying.bill_order(
        order=order,
        draft=buying.BillDraft(
            lines={line: buying.Billed(Decimal(20), 200_000)},
            nota="F-77",
            reason="Harga naik",
            accept=True,
        ),
        on=CAME,
        actor=market.actor,
    )
    return found


def decide(market, who: str) -> None:
    set_parameter(
        cooperative=market.cooperative,
        name="rounds.price_difference",
        value=who,
        valid_from=OPENED,
        source="Rapat pengurus 3/2027",
        actor=market.actor,
    )


def amounts(market, found) -> dict[str, int]:
    return {maker: amount for (maker, _item), (_q, amount) in market.got(found).items()}


def test_members_bear_it_in_proportion_unless_it_was_decided_otherwise(market, billed):
    shown = selectors.proposal(found=billed, on=SHARED)
    assert (shown.difference_by, shown.shared[0].billed_more) == (DifferenceBy.MEMBERS, 40_000)
    market.share(billed)
    assert amounts(market, billed) == {"M1": 240_000, "M2": 160_000}


def test_the_cooperative_bears_it_and_members_pay_as_ordered(market, billed):
    decide(market, DifferenceBy.COOPERATIVE)
    shown = selectors.proposal(found=billed, on=SHARED)
    assert shown.difference_by == DifferenceBy.COOPERATIVE
    market.share(billed)
    assert amounts(market, billed) == {"M1": 216_000, "M2": 144_000}
    assert market.owes("M1") == 216_000
    # What left the stock is what it cost us; the 40.000 are ours.
    costs = [share.cost for share in selectors.shares_of(billed)]
    assert sum(costs) == 400_000
    assert list(shares_add_up(market.cooperative)) == []


def test_a_bill_as_ordered_asks_nobody_to_bear_anything(market):
    decide(market, DifferenceBy.COOPERATIVE)
    found = market.open()
    market.need(found, "M1", market.mori, 20)
    [order] = market.ordered(found, [(market.solo, market.mori, 2, 10, 180_000, 24_000)])
    market.receive(order, freight=24_000)
    shown = selectors.proposal(found=found, on=SHARED)
    assert shown.shared[0].billed_more == 0
    assert shown.charged == 384_000


@pytest.mark.parametrize("rule", list(ShareRule))
def test_the_store_is_served_last_when_too_little_comes(market, rule):
    """The store asked first, and still gets nothing before every member has hers."""
    found = market.open(share_rule=rule)
    market.need(found, "", market.mori, 20, source=NeedSource.REORDER)
    market.need(found, "M1", market.mori, 12)
    market.need(found, "M2", market.mori, 8)
    [order] = market.ordered(found, [(market.solo, market.mori, 4, 10, 180_000, 0)])
    market.receive(order, {market.mori: 15})
    [short] = selectors.proposal(found=found, on=SHARED).shared
    assert (sum(p.quantity for p in short.portions), short.to_store) == (15, 0)
    market.share(found)
    market.receive(order, {market.mori: 15})
    [rest] = selectors.proposal(found=found, on=SHARED).shared
    assert (sum(p.quantity for p in rest.portions), rest.to_store) == (5, 10)


def test_the_setting_offers_what_the_rule_knows_and_no_more():
    (setting,) = [one for one in PARAMETERS if one.name == "rounds.price_difference"]
    assert set(setting.choices) == set(DifferenceBy)
    assert setting.values[0].value in setting.choices
