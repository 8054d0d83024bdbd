"""Papers: delivery notes without prices, invoices never called Faktur Pajak, stamps above the limit."""

import io
from datetime import date
from decimal import Decimal
from unittest import mock

import pytest
from django.utils.translation import override

from canting.kernel.papers import render as render_paper
from canting.sales import papers, services
from canting.sales.rules import Piece

DAY = date(2026, 11, 20)


def said(paper, *arguments, **facts) -> str:
    """Everything a paper is given to say, as one text; and it can be laid out."""
    with mock.patch("canting.sales.papers.render", wraps=render_paper) as render, override("id"):
        content = paper(*arguments, **facts)
    assert content.startswith(b"%PDF")
    return repr(render.call_args.args[1])


@pytest.fixture
def order(shop):
    return shop.order(quantity=30, down_payment_percent=Decimal(30))


@pytest.fixture
def sent(shop, order):
    lots = [shop.lot() for _ in range(25)]
    return services.deliver(
        order=order, pieces=[Piece(lot.code) for lot in lots], on=DAY, actor=shop.actor
    )


def test_a_delivery_note_has_codes_and_no_price(sent):
    text = said(papers.delivery_note, sent)
    assert sent.lines.first().lot.label in text
    assert "Rp" not in text and "250" not in text.replace(sent.number, "")
    assert "'qr': ''" in text


def test_a_qr_only_with_a_link(sent):
    assert "<svg" in said(papers.delivery_note, sent, link="https://contoh.example/t/x/")


def test_an_invoice_is_in_words_and_no_tax_invoice(shop, order, sent):
    services.receive_down_payment(
        order=order, amount=2_250_000, cash_place="bank", on=DAY, actor=shop.actor
    )
    services.confirm_delivery(delivery=sent, on=DAY, actor=shop.actor, confirmed_by="Ani")
    invoice = services.issue_invoice(order=order, on=DAY, actor=shop.actor)
    text = said(papers.invoice, invoice, on=DAY)
    assert "empat juta tiga ratus tujuh puluh lima ribu rupiah" in text
    assert "pajak" not in text.lower() and "ppn" not in text.lower()
    assert "'stamp': False" in text


@pytest.mark.parametrize(("amount", "stamp"), [(5_000_000, False), (5_000_001, True)])
def test_a_receipt_above_the_limit_needs_a_stamp(shop, order, amount, stamp):
    payment = services.receive_down_payment(
        order=order, amount=amount, cash_place="bank", on=DAY, actor=shop.actor
    )
    assert f"'stamp': {stamp}" in said(papers.receipt, payment)


@pytest.mark.parametrize("size", ["58mm", "80mm"])
def test_a_nota_fits_both_rolls(shop, size):
    sale = services.sell_at_gallery(
        cooperative=shop.cooperative,
        pieces=[Piece(shop.lot(product="Kain panjang sekali namanya " * 3).code)],
        on=DAY,
        actor=shop.actor,
    )
    text = said(papers.nota, sale, size=size)
    assert "dua ratus lima puluh ribu rupiah" in text


def test_a_paper_put_right_is_marked_a_draft(shop, order):
    payment = services.receive_down_payment(
        order=order, amount=5, cash_place="bank", on=DAY, actor=shop.actor
    )
    services.correct_down_payment(payment=payment, reason="Batal", on=DAY, actor=shop.actor)
    payment.refresh_from_db()
    assert "'draft': True" in said(papers.receipt, payment)
    assert io.BytesIO(papers.receipt(payment)).getbuffer().nbytes > 1_000
