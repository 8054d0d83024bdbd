"""QRIS money put right: the old sum is on its way again, the new one reaches the bank, once."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from canting.cooperatives.rules import Role
from canting.ledger.errors import ReasonNeeded
from canting.sales import services
from canting.sales.errors import AlreadyReversed, DateBefore, NothingPaid, QrisTooMuch
from canting.sales.models import QrisSettlement
from canting.sales.rules import PaidBy, PaperState, Piece
from canting.sales.services import Till
from tests.sales.conftest import holds, refused
from tests.sales.test_pages import key

DAY = date(2026, 11, 20)


@pytest.fixture
def settled(shop):
    lot = shop.lot()
    services.sell_at_gallery(
        cooperative=shop.cooperative,
        pieces=[Piece(lot.code)],
        till=Till(paid_by=PaidBy.QRIS),
        on=DAY,
        actor=shop.actor,
    )
    return services.settle_qris(
        cooperative=shop.cooperative, gross=250_000, fee=750, on=DAY, actor=shop.actor
    )


def correct(shop, settled, **facts):
    given: dict[str, Any] = {"reason": "Salah baca", "on": DAY} | facts
    return services.correct_qris_settlement(settled=settled, actor=shop.actor, **given)


def test_only_cancelled_it_is_on_its_way_again(shop, settled):
    bank = shop.balance("bank")
    assert correct(shop, settled) is None
    assert QrisSettlement.objects.get(pk=settled.pk).state == PaperState.REVERSED
    assert shop.balance("qris_transit") == 250_000
    assert (shop.balance("bank_charges"), shop.balance("bank")) == (0, bank - 249_250)
    holds(shop)


def test_a_new_one_stands_in_its_place(shop, settled):
    made = correct(shop, settled, gross=250_000, fee=1_750, reference="L-2")
    assert QrisSettlement.objects.get(pk=settled.pk).successor == made
    assert (shop.balance("qris_transit"), shop.balance("bank_charges")) == (0, 1_750)
    with refused(shop, AlreadyReversed):
        correct(shop, settled)
    holds(shop)


def test_it_is_refused_without_a_trace(shop, settled):
    with refused(shop, ReasonNeeded):
        correct(shop, settled, reason=" ")
    with refused(shop, DateBefore):
        correct(shop, settled, on=date(2026, 11, 19))
    with refused(shop, QrisTooMuch):
        correct(shop, settled, gross=250_001)
    for gross, fee in ((0, 0), (-1, 0), (100, 100), (100, -1)):
        with refused(shop, NothingPaid):
            correct(shop, settled, gross=gross, fee=fee)
    assert correct(shop, settled, gross=250_000).fee == 0


def test_the_page_shows_both_sides_and_wants_a_reason(client_as, shop, settled):
    slug, client = shop.cooperative.slug, client_as(Role.CASHIER)
    detail = reverse("sales:qris_detail", args=[slug, settled.number])
    url = reverse("sales:qris_correct", args=[slug, settled.number])
    assert detail in client.get(reverse("sales:qris_page", args=[slug])).text
    assert url in client.get(detail).text
    page = client.get(url).text
    assert 'id="was"' in page
    body = {"gross": "", "fee": "", "reference": "", "on": "20/11/2026"}
    assert client.post(url, key() | body).status_code == 422
    assert client.post(url, key() | body | {"reason": "Dua kali"}).status_code == 302
    assert shop.balance("qris_transit") == 250_000
    assert url not in client.get(detail).text
    assert client_as(Role.BOARD).get(url).status_code == 403
