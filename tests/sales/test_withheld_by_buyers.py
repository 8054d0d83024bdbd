"""Tax that buyers withhold: each kind beside its payment, with its slip then or later."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from canting.cooperatives import selectors as house
from canting.cooperatives.rules import Role
from canting.sales import selectors, services
from canting.sales.rules import Piece
from canting.taxes import selectors as taxes
from canting.taxes.errors import SlipNeeded
from canting.taxes.services import write_buyer_slip
from tests import builders
from tests.sales.conftest import holds, refused

DAY = date(2026, 11, 20)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8"
    "cfc0f01f00050001ff89993d1d0000000049454e44ae426082"
)


@pytest.fixture
def invoice(shop):
    order = shop.order(quantity=4)
    lot = shop.lot(quantity=4, value=400_000)
    sent = services.deliver(
        order=order, pieces=[Piece(lot.code, Decimal(4))], on=DAY, actor=shop.actor
    )
    services.confirm_delivery(delivery=sent, on=DAY, actor=shop.actor, confirmed_by="Ani")
    return services.issue_invoice(order=order, on=DAY, actor=shop.actor)


def pay(shop, invoice, cash, **facts):
    known = {"cash_place": "bank", "on": DAY, "actor": shop.actor}
    return services.receive_payment(invoice=invoice, cash=cash, **(known | facts))


def test_pph_23_on_our_service_is_a_claim(shop, invoice):
    paid = pay(shop, invoice, 980_000, pph23=20_000)
    assert (shop.balance("pph23_prepaid"), selectors.open_amount(invoice)) == (20_000, 0)
    (held,) = taxes.slips_missing(cooperative=shop.cooperative)
    assert (held.kind, held.tax, held.paper) == ("pph23", 20_000, paid.number)
    holds(shop)


def test_each_kind_waits_for_its_slip_until_it_is_written(shop, invoice):
    pay(shop, invoice, 960_000, final_tax=5_000, pph22=15_000, pph23=20_000)
    missing = list(taxes.slips_missing(cooperative=shop.cooperative))
    assert {one.kind for one in missing} == {"final", "pph22", "pph23"}
    with refused(shop, SlipNeeded):
        write_buyer_slip(held=missing[0], number=" ", slip_on=DAY, actor=shop.actor)
    write_buyer_slip(held=missing[0], number="BP-1", slip_on=DAY, actor=shop.actor)
    assert taxes.slips_missing(cooperative=shop.cooperative).count() == 2
    holds(shop)


def test_a_payment_with_its_slip_misses_nothing(shop, invoice):
    pay(shop, invoice, 995_000, final_tax=5_000, slip="BP-9", slip_on=date(2026, 11, 18))
    assert not taxes.slips_missing(cooperative=shop.cooperative).exists()
    (held,) = taxes.held(cooperative=shop.cooperative)
    assert (held.slip_number, held.slip_on) == ("BP-9", date(2026, 11, 18))


def test_betulkan_takes_what_was_withheld_back_with_the_payment(shop, invoice):
    paid = pay(shop, invoice, 980_000, pph23=20_000)
    act = {"payment": paid, "reason": "salah", "on": DAY, "actor": shop.actor}
    made = services.correct_payment(cash=985_000, pph22=15_000, **act)
    assert (shop.balance("pph23_prepaid"), shop.balance("pph22_prepaid")) == (0, 15_000)
    assert [one.paper for one in taxes.held(cooperative=shop.cooperative)] == [made.number]
    holds(shop)


def test_the_pages_take_slip_and_photo_and_list_what_is_missing(shop, invoice, client_as):
    client, slug = client_as(Role.CASHIER, shop.cooperative), shop.cooperative.slug
    page = reverse("sales:payment_new", args=[slug, invoice.number])
    typed = {
        "amount": "980.000", "pph23": "20.000", "cash_place": "bank", "on": "20/11/2026",
        "photo": SimpleUploadedFile("slip.png", PNG), "request_key": uuid.uuid4().hex,
    }  # fmt: skip
    made = client.post(page, typed)
    assert made.status_code == 302, made.text
    (held,) = taxes.slips_missing(cooperative=shop.cooperative)
    assert house.attachments(cooperative=shop.cooperative, subjects=[held.paper]).count() == 1
    month = client.get(reverse("taxes:month_page", args=[slug]) + "?bulan=2026-11").text
    slip = reverse("taxes:buyer_slip", args=[slug, held.pk])
    assert slip in month
    assert slip in client.get(reverse("taxes:held_list", args=[slug]) + "?belum=1").text
    facts = {"number": "BP-7", "slip_on": "20/11/2026", "request_key": uuid.uuid4().hex}
    assert client.post(slip, facts).status_code == 302
    assert "BP-7" in client.get(made["Location"]).text
    assert "BP-7" in client.get(reverse("taxes:held_list", args=[slug])).text
    empty = facts | {"number": " ", "request_key": uuid.uuid4().hex}
    assert client.post(slip, empty).status_code == 422
    other = builders.cooperative(actor=shop.actor, slug="lain")
    stranger = client_as(Role.CASHIER, other)
    assert stranger.get(reverse("taxes:buyer_slip", args=["lain", held.pk])).status_code == 404
    assert client_as(Role.STOREKEEPER, shop.cooperative).get(slip).status_code == 403
