"""Pages: every one opens for whom it is meant, and for nobody else; forms do what they say."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from canting.cooperatives.rules import Role
from canting.sales import selectors, services
from canting.sales.rules import PaidBy, Piece
from canting.sales.services import Till
from tests.builders import cooperative as another_cooperative

DAY = date(2026, 11, 20)


@pytest.fixture
def story(shop):
    """An order that went all the way, a sale of each kind, and one delivery still on the way."""
    buyer = shop.buyer(phone="0812-3456-7890", withholds_tax=True)
    lot = shop.lot(quantity=20, value=2_400_000)
    order = shop.order(
        buyer, quantity=20, down_payment_percent=Decimal(30), retention_percent=Decimal(5)
    )
    advance = services.receive_down_payment(
        order=order, amount=1_500_000, cash_place="bank", on=DAY, actor=shop.actor
    )
    first = services.deliver(
        order=order, pieces=[Piece(lot.code, Decimal(12))], on=DAY, actor=shop.actor
    )
    services.confirm_delivery(delivery=first, on=DAY, actor=shop.actor, confirmed_by="Bu Ani")
    invoice = services.issue_invoice(order=order, on=DAY, actor=shop.actor)
    payment = services.receive_payment(
        invoice=invoice, cash=1_000_000, cash_place="bank", on=DAY, actor=shop.actor
    )
    second = services.deliver(
        order=order, pieces=[Piece(lot.code, Decimal(4))], on=DAY, actor=shop.actor
    )
    single = shop.lot()
    credit_sale = services.sell_at_gallery(
        cooperative=shop.cooperative,
        pieces=[Piece(single.code)],
        on=DAY,
        actor=shop.actor,
        till=Till(paid_by=PaidBy.CREDIT, buyer=buyer),
    )
    note = services.write_credit_note(
        invoice=credit_sale.invoices.get(),
        piece=Piece(single.code),
        reason="Cacat",
        on=DAY,
        actor=shop.actor,
    )
    return {
        "order": order.number,
        "delivery": second.number,
        "invoice": invoice.number,
        "payment": payment.number,
        "advance": advance.number,
        "sale": credit_sale.number,
        "note": note.number,
        "buyer": buyer.party.number,
        "lot": lot.code,
    }


PAGES = [
    ("buyer_list", ""),
    ("buyer_new", ""),
    ("buyer_import", ""),
    ("buyer_change", "buyer"),
    ("buyer_detail", "buyer"),
    ("order_list", ""),
    ("order_new", ""),
    ("order_export", ""),
    ("order_change", "order"),
    ("order_close", "order"),
    ("order_message", "order"),
    ("down_payment_receive", "order"),
    ("down_payment_refund", "order"),
    ("delivery_new", "order"),
    ("invoice_new", "order"),
    ("order_detail", "order"),
    ("ship_page", ""),
    ("delivery_confirm", "delivery"),
    ("delivery_correct", "delivery"),
    ("delivery_paper", "delivery"),
    ("delivery_detail", "delivery"),
    ("invoice_list", ""),
    ("invoice_export", ""),
    ("payment_new", "invoice"),
    ("retention_new", "invoice"),
    ("credit_note_new", "invoice"),
    ("invoice_correct", "invoice"),
    ("invoice_paper", "invoice"),
    ("invoice_detail", "invoice"),
    ("credit_note_detail", "note"),
    ("payment_correct", "payment"),
    ("payment_correct", "advance"),
    ("payment_paper", "payment"),
    ("payment_detail", "payment"),
    ("till", ""),
    ("sale_list", ""),
    ("qris_page", ""),
    ("sale_correct", "sale"),
    ("sale_paper", "sale"),
    ("sale_detail", "sale"),
    ("tax_page", ""),
]


def address(slug: str, view: str, number: str = "") -> str:
    return reverse(f"sales:{view}", args=[slug, number] if number else [slug])


def test_every_page_opens_for_the_manager(client_as, shop, story):
    client = client_as(Role.MANAGER)
    for view, key in PAGES:
        response = client.get(address(shop.cooperative.slug, view, story.get(key, "")))
        assert response.status_code == 200, view
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert len(content) > 500, view


def test_papers_of_another_cooperative_do_not_exist(client_as, shop, story):
    other = another_cooperative()
    client = client_as(Role.MANAGER, other)
    for view, key in PAGES:
        if key:
            response = client.get(address(other.slug, view, story[key]))
            assert response.status_code == 404, view
        stranger = client.get(address(shop.cooperative.slug, view, story.get(key, "")))
        assert stranger.status_code == 404, view
