"""What a slip tells of its cloth, from the workshop to the pay; margins wait for the sale."""

from datetime import date
from decimal import Decimal

import pytest

from canting.catalogue.services import set_price
from canting.sales.rules import Piece
from canting.sales.services import sell_at_gallery
from canting.settlement import selectors
from canting.settlement.invariants import INVARIANTS
from canting.settlement.papers import slip_page
from canting.settlement.services import Choice, pay_makers
from tests.builders import cooperative as make_cooperative
from tests.production.workshop import FEB_25, JAN_1, Workshop

MARCH_8 = date(2027, 3, 8)
MARCH_18 = date(2027, 3, 18)
APRIL_12 = date(2027, 4, 12)


@pytest.fixture
def shop(actor) -> Workshop:
    made = Workshop(make_cooperative(actor=actor, cutover=JAN_1), actor)
    made.fund()
    return made


def pay(shop, maker, on, days=""):
    return pay_makers(
        cooperative=shop.cooperative,
        choices=[Choice(shop.makers[maker].party.pk, days)],
        cash_place="bank",
        on=on,
        actor=shop.actor,
    )


def hold(shop):
    for invariant in INVARIANTS:
        assert list(invariant.breaches(shop.cooperative)) == [], invariant.name


def test_commission_pay_names_pieces_price_and_who_gets_what_of_the_selling_price(shop):
    shop.stock_store()
    shop.hand_out("M4")
    set_price(
        cooperative=shop.cooperative,
        item=shop.shirt,
        price_list="sale",
        grade="A",
        amount=200_000,
        valid_from=JAN_1,
        actor=shop.actor,
    )
    order = shop.order({"M4": 6})
    shop.inspect(assignment=shop.part(order, "M4"), counts={"A": 6}, on=FEB_25)
    slip = pay(shop, "M4", MARCH_8, days="6")[0]
    page = slip_page(slip)
    line = page.cloth[0]
    assert (line.name, line.pieces, line.price, line.amount) == (
        "Kemeja Anggur, A",
        6,
        50_000,
        300_000,
    )
    assert page.pieces == 6
    share = selectors.price_share(slip, list(page.cloth))
    assert share is not None
    assert (share.price, share.maker, share.is_sold) == (200_000, 50_000, False)
    assert share.maker + share.material + share.cooperative == share.price
    assert 70_000 < share.material < 80_000
    assert page.chart is not None
    hold(shop)


def test_cloth_bought_shows_what_it_was_really_sold_for(shop):
    shop.inspect(member=shop.makers["M1"], product=shop.shirt, basis="purchase", counts={"A": 5})
    slip = pay(shop, "M1", MARCH_8)[0]
    assert slip.earned == 5 * 210_000
    lines = selectors.cloth_lines(slip)
    assert selectors.price_share(slip, lines) is None
    sell(shop, lines[0].codes, 5, 300_000, APRIL_12)
    share = selectors.price_share(slip, lines)
    assert share is not None
    assert (share.price, share.maker, share.cooperative, share.is_sold) == (
        300_000,
        210_000,
        90_000,
        True,
    )


def sell(shop, codes, quantity, price, on):
    sell_at_gallery(
        cooperative=shop.cooperative,
        pieces=[Piece(codes[0].split()[0], Decimal(quantity), price)],
        on=on,
        actor=shop.actor,
    )


def test_the_margin_of_a_buy_back_is_paid_only_after_the_sale(shop):
    contract = shop.contract(due=date(2027, 6, 1), on=date(2027, 2, 7))
    shop.inspect(advance=contract, counts={"A": 10}, on=MARCH_18)
    her = shop.makers["M6"].party
    plan = selectors.plans(cooperative=shop.cooperative, on=APRIL_12, party_ids=[her.pk])[0]
    assert (plan.slips, plan.held) == ((), 210_000)
    waiting = selectors.open_lines(cooperative=shop.cooperative)
    lots = selectors.lots_of_sources(shop.cooperative, [line.source for line in waiting])
    lot = next(iter(lots.values()))[0]
    sell(shop, [lot.code], 10, 130_000, APRIL_12)
    slip = pay(shop, "M6", date(2027, 4, 14))[0]
    assert (slip.earned, slip.paid) == (210_000, 210_000)
    hold(shop)
