"""A credit note put right: the pieces go out again, what was open is open again, once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from canting.cooperatives.rules import Role
from canting.ledger.errors import ReasonNeeded
from canting.sales import selectors, services
from canting.sales.errors import AlreadyReversed, DateBefore, DependsOnIt, WrongCounts
from canting.sales.models import CreditNote
from canting.sales.rules import PaidBy, PaperState, Piece
from canting.sales.services import Till
from canting.stock import selectors as stock
from tests.sales.conftest import holds, refused
from tests.sales.test_pages import key

DAY = date(2026, 11, 20)


@pytest.fixture
def lot(shop):
    return shop.lot(quantity=3, value=100_000)


@pytest.fixture
def invoice(shop, lot):
    return sold(shop, lot, 3, price=200_000, discount=100).invoices.get()


def sold(shop, lot, quantity, price=250_000, **till):
    return services.sell_at_gallery(
        cooperative=shop.cooperative,
        pieces=[Piece(lot.code, Decimal(quantity), price)],
        till=Till(paid_by=PaidBy.CREDIT, buyer=shop.buyer(), **till),
        on=DAY,
        actor=shop.actor,
    )


def back(shop, invoice, lot, quantity=1, **facts):
    given: dict[str, Any] = {"reason": "Cacat", "on": DAY} | facts
    return services.write_credit_note(
        invoice=invoice, piece=Piece(lot.code, Decimal(quantity)), actor=shop.actor, **given
    )


def correct(shop, note, **facts):
    given: dict[str, Any] = {"reason": "Salah kain", "on": DAY} | facts
    return services.correct_credit_note(note=note, actor=shop.actor, **given)


def test_only_cancelled_it_leaves_the_books_as_they_were(shop, invoice, lot):
    open_before = selectors.open_amount(invoice)
    fg, returns = shop.balance("fg"), shop.balance("returns_m")
    note = back(shop, invoice, lot, 2)
    assert correct(shop, note) is None
    note = CreditNote.objects.get(pk=note.pk)
    assert (note.state, note.successor) == (PaperState.REVERSED, None)
    assert selectors.open_amount(invoice) == open_before
    assert (shop.balance("fg"), shop.balance("returns_m")) == (fg, returns)
    assert stock.balance_of(stock.store(shop.cooperative), lot).quantity == 0
    assert selectors.sold_quantity(lot) == 3
    holds(shop)


def test_a_new_one_stands_in_its_place(shop, invoice, lot):
    note = back(shop, invoice, lot, 2)
    made = correct(shop, note, piece=Piece(lot.code, Decimal(1)))
    assert CreditNote.objects.get(pk=note.pk).successor == made
    assert (made.amount, made.cost) == (199_967, 33_333)
    assert selectors.open_amount(invoice) == 599_900 - 199_967
    with refused(shop, AlreadyReversed):
        correct(shop, note)
    rest = back(shop, invoice, lot, 2)
    assert made.amount + rest.amount == 599_900
    holds(shop)


def test_money_paid_back_comes_in_again(shop, invoice, lot):
    services.receive_payment(
        invoice=invoice, cash=599_900, cash_place="bank", on=DAY, actor=shop.actor
    )
    bank = shop.balance("bank")
    note = back(shop, invoice, lot, cash_place="bank")
    assert shop.balance("bank") == bank - 199_967
    correct(shop, note)
    assert shop.balance("bank") == bank
    assert selectors.open_amount(invoice) == 0
    holds(shop)


def test_what_rests_on_it_is_named(shop, invoice, lot):
    first, second = back(shop, invoice, lot), back(shop, invoice, lot)
    with pytest.raises(DependsOnIt, match=second.number):
        correct(shop, first)
    correct(shop, second)
    again = sold(shop, lot, 1)
    with pytest.raises(DependsOnIt, match=again.number):
        correct(shop, first)
    holds(shop)


def test_it_is_refused_without_a_trace(shop, invoice, lot):
    note = back(shop, invoice, lot)
    with refused(shop, ReasonNeeded):
        correct(shop, note, reason=" ")
    with refused(shop, DateBefore):
        correct(shop, note, on=date(2026, 11, 19))
    with refused(shop, WrongCounts):
        correct(shop, note, piece=Piece(lot.code, Decimal(4)))
    later = back(shop, invoice, lot)
    with refused(shop, DependsOnIt):
        correct(shop, note)
    assert later.state == PaperState.POSTED


def test_its_invoice_may_be_put_right_only_after_it(shop, lot):
    order = shop.order(quantity=3)
    sent = services.deliver(
        order=order, pieces=[Piece(lot.code, Decimal(3))], on=DAY, actor=shop.actor
    )
    services.confirm_delivery(delivery=sent, on=DAY, actor=shop.actor, confirmed_by="Ani")
    invoice = services.issue_invoice(order=order, on=DAY, actor=shop.actor)
    note = back(shop, invoice, lot)
    facts = {"invoice": invoice, "reason": "Salah", "on": DAY, "actor": shop.actor}
    with refused(shop, DependsOnIt):
        services.correct_invoice(**facts)
    correct(shop, note)
    assert services.correct_invoice(again=False, **facts) is None
    holds(shop)


def test_a_payment_whose_money_went_back_for_goods_stays(shop, invoice, lot):
    paid = services.receive_payment(
        invoice=invoice, cash=599_900, cash_place="bank", on=DAY, actor=shop.actor
    )
    note = back(shop, invoice, lot, cash_place="bank")
    with pytest.raises(DependsOnIt, match=note.number):
        services.correct_payment(payment=paid, reason="Batal", on=DAY, actor=shop.actor)
    made = services.correct_payment(
        payment=paid, reason="Kurang", on=DAY, actor=shop.actor, cash=400_000
    )
    assert made is not None
    assert made.amount == 400_000
    holds(shop)


def test_the_page_shows_both_sides_and_wants_a_reason(client_as, shop, invoice, lot):
    note = back(shop, invoice, lot, 2)
    slug = shop.cooperative.slug
    client = client_as(Role.CASHIER)
    url = reverse("sales:credit_note_correct", args=[slug, note.number])
    assert url in client.get(reverse("sales:credit_note_detail", args=[slug, note.number])).text
    page = client.get(url).text
    assert 'id="was"' in page
    assert 'name="quantity" value="2"' in page
    body = {"piece": lot.code, "quantity": "1", "cash_place": "", "on": "20/11/2026"}
    assert client.post(url, key() | body).status_code == 422
    answer = client.post(url, key() | body | {"reason": "Hanya satu"})
    assert answer.status_code == 302
    made = CreditNote.objects.get(pk=note.pk).successor
    assert made is not None
    assert made.quantity == 1
    shown = client.get(reverse("sales:credit_note_detail", args=[slug, note.number])).text
    assert made.number in shown
    assert client_as(Role.BOARD).get(url).status_code == 403
