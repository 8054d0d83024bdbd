"""The till: each line by its own basis, one discount over all, coins rounded, notas put right."""

from datetime import date
from decimal import Decimal

import pytest

from canting.cash.errors import NotEnoughCash
from canting.cooperatives.services import set_parameter
from canting.ledger.rules import credit, debit
from canting.sales import services
from canting.sales.errors import (
    AlreadyReversed,
    BadPrice,
    BuyerNeeded,
    DependsOnIt,
    DiscountTooMuch,
    NoLines,
    NotReleased,
    ProceedsPaid,
    QrisTooMuch,
    RoundingTooMuch,
)
from canting.sales.models import Invoice, Sale
from canting.sales.rules import PaidBy, PaperState, Piece
from canting.sales.services import Till
from canting.stock import selectors as stock
from canting.stock.errors import NotEnoughStock
from canting.stock.rules import Basis, Origin
from tests.sales.conftest import holds, refused

DAY = date(2026, 11, 20)


def sell(shop, *pieces, **till):
    return services.sell_at_gallery(
        cooperative=shop.cooperative,
        pieces=list(pieces),
        on=DAY,
        actor=shop.actor,
        till=Till(**till),
    )


def lines(shop, sale):
    return {
        (role, side): amount for role, side, amount, _ in shop.lines(f"sales.sale:{sale.number}")
    }


def test_the_discount_is_shared_and_the_fee_is_of_the_discounted_price(shop):
    owner = shop.member()
    titip = shop.lot(basis=Basis.CONSIGNMENT, maker=owner)
    ours = shop.lot(value=100_000)
    sale = sell(
        shop, Piece(titip.code, price=300_000), Piece(ours.code, price=200_000), discount=50_001
    )
    assert lines(shop, sale) == {
        ("cash_till", "D"): 449_999,
        ("consign_payable", "K"): 215_999,
        ("consign_fee", "K"): 54_000,
        ("sales_commission", "K"): 180_000,
        ("cogs_commission", "D"): 100_000,
        ("fg", "K"): 100_000,
    }
    assert [line.discount for line in sale.lines.order_by("position")] == [30_001, 20_000]
    assert shop.kind(f"sales.sale:{sale.number}") == "gallery_sale_mixed"
    holds(shop)


def test_the_fee_is_a_dated_parameter(shop):
    set_parameter(
        cooperative=shop.cooperative,
        name="consignment.fee_percent",
        value="12.5",
        valid_from=date(2026, 11, 1),
        source="RAT 2026",
        actor=shop.actor,
    )
    titip = shop.lot(basis=Basis.CONSIGNMENT, maker=shop.member())
    sale = sell(shop, Piece(titip.code, price=100_001))
    assert lines(shop, sale)[("consign_fee", "K")] == 12_500


def test_only_consigned_cloth_makes_no_revenue_and_no_cost(shop):
    titip = shop.lot(quantity=3, basis=Basis.CONSIGNMENT, maker=shop.member())
    sale = sell(shop, Piece(titip.code, Decimal(2), 100_000))
    assert lines(shop, sale) == {
        ("cash_till", "D"): 200_000,
        ("consign_payable", "K"): 160_000,
        ("consign_fee", "K"): 40_000,
    }
    holds(shop)


def test_a_price_of_the_list_is_taken_when_none_is_typed(shop):
    assert sell(shop, Piece(shop.lot().code)).total == 250_000


@pytest.mark.parametrize(("received", "rounding"), [(249_900, -100), (250_000, 0), (250_100, 100)])
def test_coins_are_rounded_within_the_limit(shop, received, rounding):
    sale = sell(shop, Piece(shop.lot().code), received=received)
    assert (sale.rounding, shop.balance("cash_till")) == (rounding, received)
    assert shop.balance("rounding") == -rounding
    holds(shop)


def test_sales_that_cannot_be_are_refused(shop):
    lot, raw = shop.lot(), shop.lot(released=False)
    for pieces, till, error in (
        ([], {}, NoLines),
        ([Piece(raw.code)], {}, NotReleased),
        ([Piece(lot.code, price=0)], {}, BadPrice),
        ([Piece(lot.code)], {"discount": 250_000}, DiscountTooMuch),
        ([Piece(lot.code)], {"discount": -1}, DiscountTooMuch),
        ([Piece(lot.code)], {"received": 250_101}, RoundingTooMuch),
        ([Piece(lot.code)], {"received": 250_050, "paid_by": PaidBy.QRIS}, RoundingTooMuch),
        ([Piece(lot.code)], {"paid_by": PaidBy.BANK}, BuyerNeeded),
        ([Piece(lot.code)], {"paid_by": PaidBy.CREDIT}, BuyerNeeded),
        ([Piece(lot.code, Decimal(2))], {}, NotEnoughStock),
    ):
        with refused(shop, error):
            sell(shop, *pieces, **till)


def test_a_piece_is_sold_once(shop):
    lot = shop.lot()
    sell(shop, Piece(lot.code))
    with refused(shop, NotEnoughStock):
        sell(shop, Piece(lot.code))


def test_a_sale_to_a_known_buyer_keeps_class_and_claim(shop):
    buyer = shop.buyer(counterparty_class="member")
    sale = sell(shop, Piece(shop.lot().code), paid_by=PaidBy.CREDIT, buyer=buyer)
    assert shop.kind(f"sales.sale:{sale.number}") == "sale_credit"
    assert sale.lines.get().counterparty_class == "member"
    assert sale.invoices.get().receivable == 250_000
    paid = sell(shop, Piece(shop.lot().code), paid_by=PaidBy.BANK, buyer=buyer)
    assert shop.kind(f"sales.sale:{paid.number}") == "sale_cash"
    assert shop.balance("bank") == 250_000 - 2 * 120_000
    holds(shop)


def test_outside_goods_are_others_business(shop):
    lot = shop.lot(basis=Basis.NONE, origin=Origin.OUTSIDE)
    sale = sell(shop, Piece(lot.code))
    assert lines(shop, sale)[("sales_outside", "K")] == 250_000
    assert lines(shop, sale)[("cogs_n", "D")] == 120_000


def test_qris_reaches_the_bank_less_the_fee_and_never_more_than_is_on_its_way(shop):
    sell(shop, Piece(shop.lot().code), paid_by=PaidBy.QRIS)
    facts = {"cooperative": shop.cooperative, "on": DAY, "actor": shop.actor}
    with refused(shop, QrisTooMuch):
        services.settle_qris(gross=250_001, fee=0, **facts)
    with refused(shop, QrisTooMuch):
        services.settle_qris(gross=250_000, fee=0, **(facts | {"on": date(2026, 11, 19)}))
    services.settle_qris(gross=250_000, fee=750, reference="L-1", **facts)
    assert (shop.balance("qris_transit"), shop.balance("bank_charges")) == (0, 750)
    holds(shop)


def correct(shop, sale, *pieces, **till):
    return services.correct_sale(
        sale=sale,
        reason="Salah",
        pieces=list(pieces),
        till=Till(**till),
        on=DAY,
        actor=shop.actor,
    )


def test_a_wrong_nota_is_reversed_with_its_stock_and_written_anew(shop):
    wrong, right = shop.lot(value=111), shop.lot(value=222)
    sale = sell(shop, Piece(wrong.code))
    made = correct(shop, sale, Piece(right.code, price=240_000))
    assert made is not None
    sale = Sale.objects.get(pk=sale.pk)
    assert (sale.state, sale.successor) == (PaperState.REVERSED, made)
    assert stock.balance_of(stock.store(shop.cooperative), wrong).value == 111
    assert shop.balance("sales_commission") == 240_000
    with refused(shop, AlreadyReversed):
        correct(shop, sale)
    correct(shop, made)
    assert shop.balance("cash_till") == 0
    holds(shop)


def test_the_invoice_of_a_wrong_credit_sale_goes_with_it(shop):
    buyer = shop.buyer()
    sale = sell(shop, Piece(shop.lot().code), paid_by=PaidBy.CREDIT, buyer=buyer)
    invoice = sale.invoices.get()
    made = correct(
        shop, sale, Piece(sale.lines.get().lot.code, price=200_000), paid_by=PaidBy.CREDIT,
        buyer=buyer,
    )  # fmt: skip
    assert made is not None
    assert Invoice.objects.get(pk=invoice.pk).successor == made.invoices.get()
    services.receive_payment(
        invoice=made.invoices.get(), cash=5, cash_place="bank", on=DAY, actor=shop.actor
    )
    with refused(shop, DependsOnIt):
        correct(shop, made)
    holds(shop)


def test_a_nota_whose_money_went_on_stays(shop):
    owner = shop.member()
    titip = shop.lot(basis=Basis.CONSIGNMENT, maker=owner)
    consigned = sell(shop, Piece(titip.code))
    by_qris = sell(shop, Piece(shop.lot().code), paid_by=PaidBy.QRIS)
    cash = sell(shop, Piece(shop.lot().code))
    shop.post(
        "test.paid", DAY, [debit("consign_payable", 200_000, owner), credit("cash_till", 200_000)]
    )
    with refused(shop, ProceedsPaid):
        correct(shop, consigned)
    with pytest.raises(ProceedsPaid, match=r"test\.paid"):
        correct(shop, consigned)
    services.settle_qris(
        cooperative=shop.cooperative, gross=250_000, fee=0, on=DAY, actor=shop.actor
    )
    with refused(shop, DependsOnIt):
        correct(shop, by_qris)
    shop.post("test.spent", DAY, [debit("admin", 250_000), credit("cash_till", 250_000)])
    with refused(shop, NotEnoughCash):
        correct(shop, cash)
