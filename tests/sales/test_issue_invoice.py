"""Invoices: a claim for what was accepted; the down payment in proportion, the retention held back."""

from datetime import date
from decimal import Decimal

from canting.sales import selectors, services
from canting.sales.errors import (
    AlreadyReversed,
    DateBefore,
    DependsOnIt,
    NothingToInvoice,
    TooMuchPaid,
)
from canting.sales.models import Invoice
from canting.sales.rules import PaidBy, PaperState, Piece
from canting.sales.services import Till
from tests.sales.conftest import holds, refused

DAY = date(2026, 11, 20)


def accepted(shop, order, pieces):
    lot = shop.lot(quantity=pieces, value=100_000 * pieces)
    sent = services.deliver(
        order=order, pieces=[Piece(lot.code, Decimal(pieces))], on=DAY, actor=shop.actor
    )
    return services.confirm_delivery(delivery=sent, on=DAY, actor=shop.actor, confirmed_by="Ani")


def issue(shop, order, **facts):
    return services.issue_invoice(order=order, actor=shop.actor, **({"on": DAY} | facts))


def test_three_invoices_use_the_down_payment_to_the_last_rupiah(shop):
    order = shop.order(quantity=7, down_payment_percent=Decimal(30))
    services.receive_down_payment(
        order=order, amount=525_001, cash_place="bank", on=DAY, actor=shop.actor
    )
    used = []
    for pieces in (2, 2, 3):
        accepted(shop, order, pieces)
        used.append(issue(shop, order).down_payment_used)
        holds(shop)
    assert used == [150_000, 150_001, 225_000]
    assert shop.balance("down_payment") == 0


def test_the_shown_parts_are_the_booked_parts(shop):
    order = shop.order(quantity=3, retention_percent=Decimal("3.33"))
    accepted(shop, order, 1)
    shown = selectors.invoice_parts_of(order, total=250_000)
    invoice = issue(shop, order)
    assert (invoice.total, invoice.retention, invoice.receivable) == (
        shown.total,
        shown.retention,
        shown.receivable,
    )
    assert invoice.due_on == date(2026, 12, 4)


def test_a_down_payment_of_the_whole_leaves_nothing_to_pay(shop):
    order = shop.order(quantity=1)
    services.receive_down_payment(
        order=order, amount=250_000, cash_place="bank", on=DAY, actor=shop.actor
    )
    accepted(shop, order, 1)
    invoice = issue(shop, order)
    assert (invoice.receivable, selectors.open_amount(invoice)) == (0, 0)
    holds(shop)


def test_only_chosen_deliveries_are_invoiced_and_none_twice(shop):
    order = shop.order(quantity=3)
    first, second = accepted(shop, order, 1), accepted(shop, order, 2)
    assert issue(shop, order, deliveries=[second.number]).total == 500_000
    assert issue(shop, order).total == 250_000
    with refused(shop, NothingToInvoice):
        issue(shop, order)
    with refused(shop, NothingToInvoice):
        issue(shop, order, deliveries=[first.number])
    holds(shop)


def test_nothing_accepted_or_too_early_is_refused(shop):
    order = shop.order(quantity=3)
    with refused(shop, NothingToInvoice):
        issue(shop, order)
    accepted(shop, order, 1)
    with refused(shop, DateBefore):
        issue(shop, order, on=date(2026, 11, 19))


def test_an_invoice_is_put_right_until_something_hangs_on_it(shop):
    order = shop.order(quantity=3)
    accepted(shop, order, 2)
    invoice = issue(shop, order)
    accepted(shop, order, 1)
    made = services.correct_invoice(invoice=invoice, reason="Kurang satu", on=DAY, actor=shop.actor)
    assert made is not None
    assert made.total == 750_000
    old = Invoice.objects.get(pk=invoice.pk)
    assert (old.state, old.successor) == (PaperState.REVERSED, made)
    with refused(shop, AlreadyReversed):
        services.correct_invoice(invoice=old, reason="Lagi", on=DAY, actor=shop.actor)
    services.receive_payment(invoice=made, cash=1, cash_place="bank", on=DAY, actor=shop.actor)
    with refused(shop, DependsOnIt):
        services.correct_invoice(invoice=made, reason="Lagi", on=DAY, actor=shop.actor)
    holds(shop)


def test_an_invoice_can_be_only_cancelled(shop):
    order = shop.order(quantity=3)
    accepted(shop, order, 2)
    invoice = issue(shop, order)
    made = services.correct_invoice(
        invoice=invoice, reason="Batal", on=DAY, actor=shop.actor, again=False
    )
    assert made is None
    assert shop.balance("unbilled") == 500_000
    holds(shop)


def test_the_invoice_of_a_sale_is_put_right_by_the_sale(shop):
    sale = services.sell_at_gallery(
        cooperative=shop.cooperative,
        pieces=[Piece(shop.lot().code)],
        till=Till(paid_by=PaidBy.CREDIT, buyer=shop.buyer()),
        on=DAY,
        actor=shop.actor,
    )
    with refused(shop, DependsOnIt):
        services.correct_invoice(
            invoice=sale.invoices.get(), reason="Salah", on=DAY, actor=shop.actor
        )


def test_an_invoice_of_the_old_books_is_brought_once(shop):
    buyer = shop.buyer()
    facts = {
        "cooperative": shop.cooperative,
        "buyer": buyer,
        "number": "INV-77",
        "issued_on": date(2025, 12, 1),
        "due_on": date(2026, 1, 31),
        "actor": shop.actor,
    }
    first = services.bring_invoice(amount=900_000, **facts)
    assert services.bring_invoice(amount=900_000, **facts) == first
    with refused(shop, TooMuchPaid):
        services.bring_invoice(amount=800_000, **facts)
    from canting.ledger.rules import credit, debit

    shop.post(
        "test.opening",
        date(2026, 1, 1),
        [debit("recv_buyer", 900_000, buyer.party), credit("reserve_general", 900_000)],
    )
    services.receive_payment(
        invoice=first, cash=900_000, cash_place="bank", on=DAY, actor=shop.actor
    )
    holds(shop)
