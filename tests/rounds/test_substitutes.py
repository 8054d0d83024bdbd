"""What stands in for a material: the plan may buy it, and it goes to those who said yes."""

from decimal import Decimal

import pytest

from canting.catalogue.errors import BannedItem
from canting.catalogue.services import (
    Part,
    allow_substitute,
    ban_item,
    create_item,
    keep_dye_recipe,
)
from canting.portal import selectors as portal
from canting.purchasing import selectors as buying
from canting.purchasing import services as purchasing
from canting.purchasing.selectors import BuyLine, OutLine
from canting.purchasing.services import PurchaseDraft
from canting.rounds import selectors, services
from canting.rounds.rules.plan import Limits, plan
from canting.rounds.selectors.plans import plan_inputs
from canting.rounds.services import Wish
from tests.rounds.market import CAME, NEEDED, OPENED, SHARED

D = Decimal


@pytest.fixture
def other(market):
    """Another mori that may stand in for the one asked for."""
    made = create_item(
        cooperative=market.cooperative, name="Mori prima", kind="cloth", unit="m",
        actor=market.actor,
    )  # fmt: skip
    allow_substitute(
        item=market.mori, other=made, valid_from=OPENED, reason="Dicoba dan cocok",
        actor=market.actor,
    )  # fmt: skip
    return made


@pytest.fixture
def asked(market, other):
    """M1 says a substitute is right for her, M2 does not."""
    found = market.open()
    market.need(found, "M1", market.mori, 10, substitute_ok=True)
    market.need(found, "M2", market.mori, 10)
    return found


def offers(market, other, *, own: int, stand_in: int):
    for item, price in ((market.mori, own), (other, stand_in)):
        purchasing.add_offer_list(
            cooperative=market.cooperative,
            supplier=market.solo,
            lines=[purchasing.OfferLine(item, "m", [(1, price)])],
            valid_from=OPENED,
            actor=market.actor,
        )


def bought(market, found) -> dict[str, Decimal]:
    inputs = plan_inputs(found=found, on=OPENED)
    made = plan(
        demands=inputs.demands,
        offers=inputs.offers,
        suppliers=inputs.suppliers,
        limits=Limits(cash=None, storage=None, needed_by_days=(NEEDED - OPENED).days),
    )
    sums: dict[str, Decimal] = {}
    for line in made.lines:
        sums[line.item] = sums.get(line.item, D(0)) + line.base_quantity
    return sums


def test_the_cheaper_stand_in_is_bought_only_for_those_who_said_yes(market, other, asked):
    offers(market, other, own=20_000, stand_in=15_000)
    assert bought(market, asked) == {market.mori.code: D(10), other.code: D(10)}


def test_the_dearer_one_is_not_bought(market, other, asked):
    offers(market, other, own=15_000, stand_in=20_000)
    assert bought(market, asked) == {market.mori.code: D(20)}


def test_without_a_substitute_nobody_else_is_asked_for_offers(market, asked, other):
    offers(market, other, own=20_000, stand_in=15_000)
    asked.needs.update(substitute_ok=False)
    inputs = plan_inputs(found=asked, on=OPENED)
    assert all(not demand.substitutes for demand in inputs.demands)
    assert bought(market, asked) == {market.mori.code: D(20)}


def come(market, other, found, *, own, stand_in):
    """Both are ordered from Solo and come."""
    (order,) = market.ordered(
        found,
        [
            (market.solo, market.mori, own, 1, 20_000, 0),
            (market.solo, other, stand_in, 1, 15_000, 0),
        ],
    )
    return order


def test_what_came_of_the_stand_in_goes_to_the_one_who_said_yes(market, other, asked):
    order = come(market, other, asked, own=10, stand_in=10)
    market.receive(order)
    market.share(asked)
    got = market.got(asked)
    mori, prima = market.mori.name, other.name
    assert got["M1", prima][0] + got.get(("M1", mori), (D(0), 0))[0] == 10
    assert ("M2", prima) not in got
    assert sum(quantity for quantity, _amount in got.values()) <= 20
    broken = [
        (one.name, one.breaches)
        for one in portal.verification(cooperative=market.cooperative)
        if not one.holds and one.name.startswith(("rounds.", "purchasing.", "stock."))
    ]
    assert broken == []
    handed = [
        (line.item.name, line.base_quantity)
        for paper in buying.hand_outs(cooperative=market.cooperative)
        for line in buying.hand_out_lines(paper)
    ]
    assert (prima, got["M1", prima][0]) in handed


def test_what_is_still_to_come_of_the_material_itself_is_waited_for(market, other, asked):
    order = come(market, other, asked, own=20, stand_in=5)
    market.receive(order, {market.mori: 10, other: 5})
    shown = selectors.proposal(found=asked, on=SHARED)
    stand_in = next(one for one in shown.shared if one.code == other.code)
    assert [portion for portion in stand_in.portions if portion.quantity] == []


def test_a_banned_material_is_not_asked_for_bought_or_handed_out(market):
    ban_item(item=market.dye, since=OPENED, by="EN ISO 14362", actor=market.actor)
    found = market.open()
    wish = Wish(member=market.member("M1"), item=market.dye, quantity=D(1), unit="")
    make = {"cooperative": market.cooperative, "on": CAME, "actor": market.actor}
    with pytest.raises(BannedItem):
        services.ask(found=found, wish=wish, on=OPENED, actor=market.actor)
    with pytest.raises(BannedItem):
        purchasing.receive_purchase(
            draft=PurchaseDraft(
                lines=[BuyLine(market.dye, D(1), "", 1_000)], seller="Toko", payment="cash",
                cash_place="bank",
            ),
            **make,
        )  # fmt: skip
    with pytest.raises(BannedItem):
        purchasing.hand_out(
            member=market.member("M1"), lines=[OutLine(market.dye, D(1))], mode="custody",
            basis="commission", **make,
        )  # fmt: skip
    with pytest.raises(BannedItem):
        purchasing.place_order(
            supplier=market.solo,
            lines=[purchasing.OrderLine(market.dye, 1, "kg", D(1), 1_000)],
            promised_on=NEEDED,
            **make,
        )


def test_a_dye_without_its_partners_is_told_before_the_plan(market):
    salt = create_item(
        cooperative=market.cooperative, name="Garam diazo", kind="dye", unit=market.dye.unit,
        actor=market.actor,
    )  # fmt: skip
    unit = market.dye.unit
    keep_dye_recipe(
        cooperative=market.cooperative, name="Merah", measure="satu kain",
        parts=[Part(market.dye, unit, D(10), D(10)), Part(salt, unit, D(20), D(20))],
        actor=market.actor,
    )  # fmt: skip
    found = market.open()
    market.need(found, "M1", market.dye, 5)
    needs = list(selectors.standing_needs(found))
    (short,) = selectors.partners_short(found=found, needs=needs)
    assert (short.item, short.needed, short.short) == (salt, D(10), D(10))
    market.need(found, "M1", salt, 10)
    needs = list(selectors.standing_needs(found))
    assert selectors.partners_short(found=found, needs=needs) == []
