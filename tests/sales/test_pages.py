"""Pages: every one opens for whom it is meant, and for nobody else; forms do what they say."""

import re
import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from canting.cooperatives.rules import Role
from canting.cooperatives.selectors import messages_about
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


RIGHTS = {
    Role.STOREKEEPER: {"order_new": 200, "delivery_new": 200, "payment_new": 403, "till": 403},
    Role.CASHIER: {"order_new": 403, "delivery_new": 403, "payment_new": 200, "till": 200},
    Role.BOARD: {"order_new": 403, "order_detail": 200, "till": 403, "tax_page": 200},
    Role.SUPERVISOR: {"order_detail": 200, "invoice_list": 200, "payment_new": 403},
    Role.MENTOR: {"order_list": 403},
    Role.MEMBER: {"order_list": 403, "order_detail": 403},
}


def test_each_role_has_its_own_doors(client_as, shop, story):
    keys = dict(PAGES)
    for role, doors in RIGHTS.items():
        client = client_as(role)
        for view, status in doors.items():
            number = story.get(keys[view], "")
            assert client.get(address(shop.cooperative.slug, view, number)).status_code == status, (
                role,
                view,
            )


def key() -> dict[str, str]:
    return {"request_key": uuid.uuid4().hex}


def grid(*rows: dict[str, str]) -> dict[str, str]:
    body = {"lines-TOTAL_FORMS": str(len(rows)), "lines-INITIAL_FORMS": "0"}
    for place, row in enumerate(rows):
        body |= {f"lines-{place}-{name}": value for name, value in row.items()}
    return body


def test_an_order_is_typed_and_saved(client_as, shop):
    buyer, product = shop.buyer(), shop.product()
    client, url = client_as(Role.STOREKEEPER), address(shop.cooperative.slug, "order_new")
    head = {
        "buyer": buyer.party.number,
        "promised_date": "12/12/2026",
        "down_payment_percent": "30",
    }
    body = head | grid(
        {"product": f"{product.code} {product.name}", "quantity": "12", "price": "285.000"},
        {"product": product.name, "quantity": "3", "price": ""},
        {},
    )
    response = client.post(url, key() | body)
    assert response.status_code == 302, response.content.decode()
    order = selectors.orders(cooperative=shop.cooperative).get()
    assert selectors.order_total(order) == 12 * 285_000 + 3 * 250_000


def test_a_wrong_order_form_says_what_and_keeps_it(client_as, shop):
    client, url = client_as(Role.MANAGER), address(shop.cooperative.slug, "order_new")
    body = {"buyer": "Siapa", "promised_date": "31/02/2026"} | grid(
        {"product": "entah", "quantity": "x", "price": "1,5"}
    )
    response = client.post(url, key() | body)
    assert response.status_code == 422
    assert "Siapa" in response.content.decode()
    assert not selectors.orders(cooperative=shop.cooperative).exists()


def test_the_till_scans_and_sells_without_script(client_as, shop):
    lot, many = shop.lot(), shop.lot(quantity=5, value=500_000)
    client, url = client_as(Role.CASHIER), address(shop.cooperative.slug, "till")
    scanned: dict[str, object] = {"act": "add", "scan": lot.label}
    first = client.post(url, key() | scanned)
    assert first.status_code == 422 and lot.label in first.content.decode()
    rows = {"code": [lot.code, many.code], "quantity": ["1", "1"], "price": ["250.000", "250.000"]}
    again = client.post(url, key() | rows | {"act": "add", "scan": many.code, "discount": "1.000"})
    text = again.content.decode()
    assert 'value="2"' in text and 'value="1.000"' in text
    assert not shop.balance("cash_till")
    unknown = client.post(url, key() | rows | {"act": "add", "scan": "ZZZZZZ"})
    assert "ZZZZZZ" in unknown.content.decode()
    dropped = client.post(url, key() | rows | {"drop": many.code})
    assert many.label not in dropped.content.decode()
    paid = {"paid_by": "cash", "counterparty_class": "nonmember", "on": "20/11/2026"}
    rows["quantity"] = ["1", "3"]
    done = client.post(url, key() | rows | paid | {"received": "1.000.000"})
    assert done.status_code == 302, done.content.decode()
    assert shop.balance("cash_till") == 1_000_000


def test_the_till_sent_twice_sells_once(client_as, shop):
    lot = shop.lot(quantity=2, value=200_000)
    client, url = client_as(Role.CASHIER), address(shop.cooperative.slug, "till")
    body = key() | {
        "code": lot.code,
        "quantity": "1",
        "price": "250.000",
        "paid_by": "cash",
        "counterparty_class": "nonmember",
        "on": "20/11/2026",
    }
    locations = {client.post(url, body)["Location"] for _ in range(2)}
    assert len(locations) == 1
    assert shop.balance("cash_till") == 250_000


def test_pieces_are_scanned_and_sent(client_as, shop):
    order, lot = shop.order(), shop.lot(quantity=4, value=400_000)
    client = client_as(Role.STOREKEEPER)
    url = address(shop.cooperative.slug, "delivery_new", order.number)
    body = {"code": lot.code, "quantity": "3", "sent_on": "20/11/2026", "driver": "Pak Slamet"}
    refused = client.post(url, key() | body | {"quantity": "9"})
    assert refused.status_code == 422
    assert client.post(url, key() | body).status_code == 302
    sent = selectors.deliveries(cooperative=shop.cooperative).get()
    confirm = address(shop.cooperative.slug, "delivery_confirm", sent.number)
    answer = {"outcome": "partly", "lot": lot.code, "back": "1", "note": "Luntur",
              "confirmed_by": "Bu Ani", "on": "20/11/2026"}  # fmt: skip
    assert client.post(confirm, key() | answer | {"back": "x"}).status_code == 422
    assert client.post(confirm, key() | answer).status_code == 302
    assert shop.balance("unbilled") == 500_000


def test_money_forms_book_what_they_say(client_as, shop, story):
    client, slug = client_as(Role.CASHIER), shop.cooperative.slug
    day = {"on": "21/11/2026", "cash_place": "bank"}
    url = address(slug, "payment_new", story["invoice"])
    too_much = client.post(url, key() | day | {"amount": "90.000.000"})
    assert too_much.status_code == 422
    paid = client.post(url, key() | day | {"amount": "100.000", "final_tax": "5.000"})
    assert paid.status_code == 302
    kept = address(slug, "retention_new", story["invoice"])
    assert client.post(kept, key() | day | {"amount": "1.000"}).status_code == 302
    wrong = address(slug, "payment_correct", story["payment"])
    body = day | {"amount": "900.000", "reason": "Salah ketik"}
    assert client.post(wrong, key() | body).status_code == 302
    advance = address(slug, "down_payment_receive", story["order"])
    assert client.post(advance, key() | day | {"amount": "10.000"}).status_code == 302
    right = address(slug, "payment_correct", story["advance"])
    assert client.post(right, key() | day | {"amount": "", "reason": "Batal"}).status_code == 422
    back = address(slug, "down_payment_refund", story["order"])
    assert client.post(back, key() | day | {"amount": "10.000"}).status_code == 302


def test_papers_are_put_right_from_their_pages(client_as, shop, story):
    client, slug = client_as(Role.MANAGER), shop.cooperative.slug
    url = address(slug, "delivery_correct", story["delivery"])
    body = {"code": story["lot"], "quantity": "1", "sent_on": "20/11/2026"}
    assert client.post(url, key() | body).status_code == 422
    assert client.post(url, key() | body | {"reason": "Tertukar"}).status_code == 302
    nota = services.sell_at_gallery(
        cooperative=shop.cooperative, pieces=[Piece(shop.lot().code)], on=DAY, actor=shop.actor
    )
    url = address(slug, "sale_correct", nota.number)
    till = {"paid_by": "cash", "counterparty_class": "nonmember", "on": "20/11/2026"}
    assert client.post(url, key() | till | {"reason": "Batal"}).status_code == 302
    url = address(slug, "invoice_correct", story["invoice"])
    body = {"again": "again", "on": "20/11/2026", "due_on": "20/12/2026", "reason": "Salah"}
    assert client.post(url, key() | body).status_code == 422


def test_buyers_are_pasted_all_or_none(client_as, shop):
    client, url = client_as(Role.CASHIER), address(shop.cooperative.slug, "buyer_import")
    rows = {
        "rows-TOTAL_FORMS": "3",
        "rows-INITIAL_FORMS": "0",
        "rows-0-name": "Toko Satu",
        "rows-0-phone": "0812-3456-7890",
        "rows-1-name": "Toko Dua",
        "rows-1-phone": "12",
    }
    assert client.post(url, key() | rows).status_code == 422
    assert not selectors.buyers(cooperative=shop.cooperative).exists()
    assert client.post(url, key() | rows | {"rows-1-phone": ""}).status_code == 302
    assert selectors.buyers(cooperative=shop.cooperative).count() == 2


def test_the_text_to_the_buyer_is_short_and_noted_when_opened(client_as, shop, story, settings):
    settings.PUBLIC_URL = "https://batik.contoh.example"
    client, slug = client_as(Role.MANAGER), shop.cooperative.slug
    shown = client.get(address(slug, "order_message", story["order"]))
    assert "https://batik.contoh.example/t/" in shown.content.decode()
    opened = client.get(
        address(slug, "order_message_open", story["order"]) + f"?surat={story['delivery']}"
    )
    assert opened.status_code == 302
    assert opened["Location"].startswith("https://wa.me/6281234567890?text=")
    message = messages_about(cooperative=shop.cooperative, subjects=[story["delivery"]]).get()
    assert len(message.text) <= 600 and message.template == "delivery"


def test_the_tax_page_books_and_pays(client_as, shop, story):
    client, slug = client_as(Role.CASHIER), shop.cooperative.slug
    page = address(slug, "tax_page") + "?bulan=2026-10"
    assert client.get(page).status_code == 200
    refused = client.post(address(slug, "tax_book"), key() | {"month": "2026-10"})
    assert refused.status_code == 422
    services.book_final_tax(
        cooperative=shop.cooperative, month=DAY, on=date(2026, 11, 30), actor=shop.actor
    )
    body = {"month": "2026-11", "amount": "100", "cash_place": "bank", "on": "1/12/2026"}
    assert client.post(address(slug, "tax_pay"), key() | body).status_code == 302
    too_much = client.post(address(slug, "tax_pay"), key() | body | {"amount": "99.000.000"})
    assert too_much.status_code == 422


def test_a_list_of_many_orders_is_paged_with_a_fixed_number_of_queries(
    client_as, shop, django_assert_max_num_queries
):
    buyer = shop.buyer()
    for _ in range(55):
        shop.order(buyer, quantity=1)
    client, url = client_as(Role.MANAGER), address(shop.cooperative.slug, "order_list")
    with django_assert_max_num_queries(22):
        first = client.get(url)
    assert first.content.decode().count('<span class="muted small">PS/2026/01/') == 50
    after = re.search(r'href="(\?[^"]*after=[^"]+)"', first.content.decode())
    assert after is not None
    second = client.get(url + after.group(1).replace("&amp;", "&"))
    assert second.content.decode().count('<span class="muted small">PS/2026/01/') == 5
