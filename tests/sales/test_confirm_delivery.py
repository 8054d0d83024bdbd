"""Handover: revenue follows what was accepted, on its day; what was rejected comes home."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from canting.cooperatives.errors import BadUpload
from canting.ledger import selectors as ledger
from canting.ledger.errors import PeriodClosed
from canting.ledger.services import close_month
from canting.sales import selectors, services
from canting.sales.errors import (
    AlreadyConfirmed,
    DateBefore,
    NoteNeeded,
    UnknownPiece,
    WrongCounts,
)
from canting.sales.rules import OrderItem, PaperState, Piece
from canting.stock.rules import Basis, Origin
from tests.sales.conftest import holds, refused

DAY = date(2026, 11, 20)


@pytest.fixture
def sent(shop):
    order, lot = shop.order(quantity=10), shop.lot(quantity=7, value=700_005)
    return services.deliver(
        order=order, pieces=[Piece(lot.code, Decimal(7))], on=DAY, actor=shop.actor
    )


def confirm(shop, delivery, *rejected, **facts):
    given: dict[str, Any] = {"on": DAY, "confirmed_by": "Bu Ani", "note": "Luntur"} | facts
    return services.confirm_delivery(
        delivery=delivery, rejected=list(rejected), actor=shop.actor, **given
    )


def code(delivery):
    return delivery.lines.get().lot.code


def test_all_accepted_becomes_revenue_and_cost(shop, sent):
    done = confirm(shop, sent)
    number = sent.order.buyer.party.number
    assert shop.lines(f"sales.handover:{sent.number}") == [
        ("cogs_commission", "D", 700_005, ""),
        ("fg_transit", "K", 700_005, ""),
        ("sales_commission", "K", 1_750_000, ""),
        ("unbilled", "D", 1_750_000, number),
    ]
    assert shop.kind(f"sales.delivery_returned:{sent.number}") == ""
    assert (done.state, done.accepted_value, done.by_buyer) == (PaperState.POSTED, 1_750_000, False)
    holds(shop)


def test_all_rejected_makes_no_revenue(shop, sent):
    done = confirm(shop, sent, Piece(code(sent), Decimal(7)))
    assert done.accepted_value == 0
    assert shop.kind(f"sales.handover:{sent.number}") == ""
    assert shop.balance("fg") == 700_005
    assert selectors.order_progress(sent.order).left == 10
    holds(shop)


def test_the_same_confirmation_twice_is_one(shop, sent):
    first = confirm(shop, sent, Piece(code(sent), Decimal(2)))
    position = ledger.book(cooperative=shop.cooperative).position
    again = confirm(shop, sent, Piece(code(sent), Decimal(2)))
    assert again.pk == first.pk
    assert ledger.book(cooperative=shop.cooperative).position == position
    with refused(shop, AlreadyConfirmed):
        confirm(shop, sent, Piece(code(sent), Decimal(3)))
    with refused(shop, AlreadyConfirmed):
        confirm(shop, sent)


def test_what_cannot_be_confirmed_is_refused(shop, sent):
    other = shop.lot()
    for pieces, facts, error in (
        ([Piece(other.code)], {}, UnknownPiece),
        ([Piece(code(sent), Decimal(8))], {}, WrongCounts),
        ([Piece(code(sent), Decimal(-1))], {}, WrongCounts),
        ([Piece(code(sent))], {"note": " "}, NoteNeeded),
        ([], {"on": date(2026, 11, 19)}, DateBefore),
    ):
        with refused(shop, error):
            confirm(shop, sent, *pieces, **facts)
    bad = SimpleUploadedFile("foto.jpg", b"bukan foto")
    with refused(shop, BadUpload):
        confirm(shop, sent, photo=bad)


def test_a_closed_month_refuses_and_nothing_is_half_done(shop, sent):
    for month in range(1, 12):
        close_month(
            cooperative=shop.cooperative,
            month=date(2026, month, 1),
            on=date(2026, 12, 1),
            actor=shop.actor,
        )
    with refused(shop, PeriodClosed):
        confirm(shop, sent)
    done = confirm(shop, sent, on=date(2026, 12, 1), own_date=DAY)
    entry = ledger.entry_by_source(
        cooperative=shop.cooperative, source=f"sales.handover:{sent.number}"
    )
    assert entry is not None
    assert (entry.entry_date, entry.own_date) == (date(2026, 12, 1), DAY)
    assert done.confirmed_on == DAY


def test_each_piece_books_by_its_own_basis_and_origin(shop):
    lines = [OrderItem(shop.product(), Decimal(3), 250_000)]
    order = shop.order(lines=lines)
    lots = [
        shop.lot(basis=Basis.COMMISSION, value=100),
        shop.lot(basis=Basis.PURCHASE, value=200, maker=shop.member()),
        shop.lot(basis=Basis.NONE, origin=Origin.OUTSIDE, value=400),
    ]
    sent = services.deliver(
        order=order, pieces=[Piece(lot.code) for lot in lots], on=DAY, actor=shop.actor
    )
    confirm(shop, sent)
    found = {
        (role, side): amount
        for role, side, amount, _ in shop.lines(f"sales.handover:{sent.number}")
    }
    assert found == {
        ("unbilled", "D"): 750_000,
        ("sales_commission", "K"): 250_000,
        ("sales_member_cloth", "K"): 250_000,
        ("sales_outside", "K"): 250_000,
        ("cogs_commission", "D"): 100,
        ("cogs_member_cloth", "D"): 200,
        ("cogs_n", "D"): 400,
        ("fg_transit", "K"): 700,
    }
    holds(shop)
