"""The buyer's own page: one order and nothing else, confirmed once, closed when it should be."""

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from canting.cooperatives.models import Token
from canting.cooperatives.selectors import attachments
from canting.ledger import selectors as ledger
from canting.sales import selectors, services
from canting.sales.models import Delivery
from canting.sales.rules import PaperState, Piece

DAY = date(2026, 11, 20)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def sent(shop):
    order, lot = shop.order(quantity=5), shop.lot(quantity=5, value=500_000)
    return services.deliver(
        order=order, pieces=[Piece(lot.code, Decimal(5))], on=DAY, actor=shop.actor
    )


def page(order) -> str:
    return f"/t/{selectors.order_token(order)}/"


def post(order, delivery, key="", **facts):
    body = {"request_key": key or uuid.uuid4().hex, "delivery": delivery.number, **facts}
    return Client().post(page(order), {"outcome": "complete"} | body)


def fresh(delivery):
    return Delivery.objects.get(pk=delivery.pk)


def test_the_page_shows_this_order_and_nothing_of_others(shop, sent):
    other = shop.order(shop.buyer("Toko Rahasia"), quantity=77)
    response = Client().get(page(sent.order))
    text = response.content.decode()
    assert response.status_code == 200
    assert sent.number in text and sent.order.buyer.name in text
    assert "Toko Rahasia" not in text and other.number not in text
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]


def test_two_taps_confirm_all_on_the_cooperatives_day(shop, sent, monkeypatch):
    late = datetime(2026, 11, 30, 17, 30, tzinfo=UTC)
    monkeypatch.setattr("canting.kernel.dates.timezone.now", lambda: late)
    assert post(sent.order, sent).status_code == 302
    done = fresh(sent)
    assert (done.state, done.by_buyer, done.accepted_value) == (PaperState.POSTED, True, 1_250_000)
    assert done.confirmed_on == date(2026, 12, 1)
    entry = ledger.entry_by_source(
        cooperative=shop.cooperative, source=f"sales.handover:{sent.number}"
    )
    assert entry is not None and entry.entry_date == date(2026, 12, 1)


def test_part_goes_back_with_note_and_photo(shop, sent):
    lot = sent.lines.get().lot
    response = post(
        sent.order,
        sent,
        outcome="partly",
        lot=lot.code,
        back="2",
        note="Dua luntur",
        photo=SimpleUploadedFile("a.png", PNG),
    )
    assert response.status_code == 302
    done = fresh(sent)
    assert (done.accepted_value, done.rejection_note) == (750_000, "Dua luntur")
    assert attachments(cooperative=shop.cooperative, subjects=[sent.number]).count() == 1


def test_part_without_a_note_is_refused_and_keeps_what_was_typed(sent):
    lot = sent.lines.get().lot
    response = post(sent.order, sent, outcome="partly", lot=lot.code, back="2")
    assert response.status_code == 422
    assert 'value="2"' in response.content.decode()
    assert fresh(sent).state == PaperState.SENT


def test_the_same_form_twice_confirms_once(shop, sent):
    key = uuid.uuid4().hex
    assert post(sent.order, sent, key).status_code == 302
    position = ledger.book(cooperative=shop.cooperative).position
    assert post(sent.order, sent, key).status_code == 302
    assert post(sent.order, sent).status_code == 302
    assert ledger.book(cooperative=shop.cooperative).position == position
    lot = sent.lines.get().lot
    other = post(sent.order, sent, outcome="partly", lot=lot.code, back="1", note="x")
    assert other.status_code == 422
    assert fresh(sent).accepted_value == 1_250_000


def test_a_form_without_a_key_books_nothing(sent):
    response = Client().post(page(sent.order), {"delivery": sent.number, "outcome": "complete"})
    assert response.status_code == 422
    assert fresh(sent).state == PaperState.SENT


def test_a_link_cannot_confirm_another_buyers_delivery(shop, sent):
    mine = shop.order(shop.buyer("Toko Lain"), quantity=2)
    assert post(mine, sent).status_code == 404
    assert fresh(sent).state == PaperState.SENT


def test_links_that_are_closed_replaced_expired_or_invented_do_not_open(shop, sent):
    order = sent.order
    old = page(order)
    services.renew_link(order=order, actor=shop.actor)
    assert Client().get(old).status_code == 404
    assert Client().get(page(order)).status_code == 200
    new = page(order)
    Token.objects.filter(subject=order.number, revoked_at=None).update(
        expires_at=timezone.now() - timedelta(minutes=1)
    )
    assert Client().get(new).status_code == 410
    services.close_link(order=order, actor=shop.actor)
    assert Client().get(new).status_code == 404
    assert Client().get("/t/abcdefgh/").status_code == 404
    body = {"request_key": uuid.uuid4().hex, "delivery": sent.number, "outcome": "complete"}
    assert Client().post(new, body).status_code == 404
    assert fresh(sent).state == PaperState.SENT
