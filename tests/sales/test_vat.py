"""VAT: nowhere while the cooperative is no VAT payer; on top of invoices and notas once it is."""

import re
import uuid
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from canting.cooperatives.models import AuditRecord
from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.ledger.rules import credit, debit
from canting.sales import selectors, services
from canting.sales.errors import BuyerLacksFact, MoreVatThanInvoiced, NoTaxInvoices
from canting.sales.rules import PaidBy, PaperState, Piece
from canting.sales.services import Till
from canting.taxes import selectors as taxes
from canting.taxes.errors import OwnNumberNeeded
from canting.taxes.services import correct_payment, pay_over, state_fact
from tests.builders import there
from tests.sales.conftest import holds, refused

DAY, NEXT = date(2026, 11, 20), date(2026, 12, 20)
NUMBER = "09.876.543.2-101.000"
WORDS = re.compile(r"\b(PPN|VAT|Coretax|PKP)\b")


def register(shop, **facts):
    known = {"kind": "pkp", "value": "on", "valid_from": date(2026, 11, 1), "document": "SPPKP 7"}
    return state_fact(
        cooperative=shop.cooperative, actor=shop.actor, tax_number=NUMBER, **(known | facts)
    )


def invoiced(shop, pieces=4, **facts):
    buyer = shop.buyer(**facts)
    order = shop.order(buyer=buyer, quantity=pieces)
    lot = shop.lot(quantity=pieces, value=100_000 * pieces)
    sent = services.deliver(
        order=order, pieces=[Piece(lot.code, Decimal(pieces))], on=DAY, actor=shop.actor
    )
    services.confirm_delivery(delivery=sent, on=DAY, actor=shop.actor, confirmed_by="Ani")
    return services.issue_invoice(order=order, on=DAY, actor=shop.actor), lot


def test_without_registration_no_page_knows_of_vat(shop, client_as):
    invoice, _lot = invoiced(shop)
    assert (invoice.vat, invoice.receivable) == (0, 1_000_000)
    paid = services.receive_payment(
        invoice=invoice, cash=100_000, cash_place="bank", on=DAY, actor=shop.actor
    )
    lot = shop.lot(quantity=2)
    sale = services.sell_at_gallery(
        cooperative=shop.cooperative, pieces=[Piece(lot.code, price=250_000)], on=DAY,
        actor=shop.actor,
    )  # fmt: skip
    client, slug = client_as(Role.MANAGER, shop.cooperative), shop.cooperative.slug
    number = invoice.buyer.party.number
    pages = [
        reverse("sales:invoice_list", args=[slug]),
        *(reverse(f"sales:{name}", args=[slug, invoice.number]) for name in
          ("invoice_detail", "invoice_correct", "payment_new", "credit_note_new")),
        reverse("sales:invoice_new", args=[slug, invoice.order.number]),
        reverse("sales:order_detail", args=[slug, invoice.order.number]),
        reverse("sales:payment_detail", args=[slug, paid.number]),
        reverse("sales:payment_correct", args=[slug, paid.number]),
        reverse("sales:till", args=[slug]),
        reverse("sales:sale_detail", args=[slug, sale.number]),
        reverse("sales:sale_correct", args=[slug, sale.number]),
        reverse("sales:buyer_new", args=[slug]),
        *(reverse(f"sales:{name}", args=[slug, number]) for name in
          ("buyer_detail", "buyer_change")),
        reverse("taxes:month_page", args=[slug]) + "?bulan=2026-11",
        reverse("taxes:fact_page", args=[slug]),
        reverse("taxes:held_list", args=[slug]),
        reverse("purchasing:purchase_new", args=[slug]),
    ]  # fmt: skip
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert WORDS.search(answer.text) is None, page
    assert client.get(reverse("sales:coretax_file", args=[slug])).status_code == 404
    assert client.get(reverse("taxes:payment_new", args=[slug, "vat"])).status_code == 404


def test_only_the_board_registers_and_with_our_own_number(shop, client_as):
    slug = shop.cooperative.slug
    page = reverse("taxes:pkp_page", args=[slug])
    assert client_as(Role.MANAGER, shop.cooperative).get(page).status_code == 403
    with refused(shop, OwnNumberNeeded):
        state_fact(
            cooperative=shop.cooperative, actor=shop.actor, kind="pkp", value="on",
            valid_from=DAY, document="SPPKP 7",
        )  # fmt: skip
    typed = {"value": "on", "valid_from": "1/11/2026", "document": "SPPKP 7"}
    board = client_as(Role.BOARD, shop.cooperative)
    key = {"request_key": uuid.uuid4().hex}
    assert board.post(page, typed | key).status_code == 422
    key = {"request_key": uuid.uuid4().hex}
    assert board.post(page, typed | key | {"tax_number": NUMBER}).status_code == 302
    assert taxes.pkp(cooperative=shop.cooperative, on=date(2026, 10, 31)) is None
    assert taxes.pkp(cooperative=shop.cooperative, on=DAY).tax_number == "0098765432101000"
    register(shop, value="off", valid_from=NEXT, document="SPPKP 8")
    assert taxes.pkp(cooperative=shop.cooperative, on=NEXT) is None
    assert taxes.pkp(cooperative=shop.cooperative, on=DAY) is not None


def test_an_invoice_bears_vat_on_top_and_gives_it_back_when_put_right(shop):
    register(shop)
    invoice, _lot = invoiced(shop)
    assert (invoice.total, invoice.vat, invoice.receivable) == (1_000_000, 110_000, 1_110_000)
    assert shop.balance("ppn_out") == 110_000
    holds(shop)
    services.correct_invoice(invoice=invoice, reason="salah", on=DAY, actor=shop.actor, again=False)
    assert shop.balance("ppn_out") == 0
    again = services.issue_invoice(order=invoice.order, on=DAY, actor=shop.actor)
    assert (again.vat, selectors.open_amount(again)) == (110_000, 1_110_000)
    holds(shop)


def test_goods_back_take_their_part_of_the_vat_to_the_last_rupiah(shop):
    register(shop)
    invoice, lot = invoiced(shop, pieces=3)
    parts = []
    for _each in range(3):
        note = services.write_credit_note(
            invoice=invoice, piece=Piece(lot.code), reason="luntur", on=DAY, actor=shop.actor
        )
        parts.append(note.vat)
        holds(shop)
    assert sum(parts) == invoice.vat == 82_500
    assert (shop.balance("ppn_out"), selectors.open_amount(invoice)) == (0, 0)
    services.correct_credit_note(note=note, reason="salah", on=DAY, actor=shop.actor)
    assert shop.balance("ppn_out") == parts[-1]
    holds(shop)


def test_a_nota_takes_vat_on_top_in_money_and_on_credit(shop):
    register(shop)
    lot = shop.lot(quantity=3)
    act = {"cooperative": shop.cooperative, "on": DAY, "actor": shop.actor}
    piece = [Piece(lot.code, price=250_000)]
    sale = services.sell_at_gallery(pieces=piece, till=Till(received=277_500), **act)
    assert (sale.total, sale.vat, sale.received, sale.rounding) == (250_000, 27_500, 277_500, 0)
    assert shop.balance("cash_till") == 277_500
    credit = Till(paid_by=PaidBy.CREDIT, buyer=shop.buyer("Toko"))
    owed = services.sell_at_gallery(pieces=piece, till=credit, **act)
    assert owed.invoices.get().receivable == 277_500
    holds(shop)
    services.correct_sale(sale=sale, reason="salah", on=DAY, actor=shop.actor)
    assert (shop.balance("cash_till"), shop.balance("ppn_out")) == (0, 27_500)
    holds(shop)


def test_a_collecting_buyer_keeps_the_vat_and_no_more(shop):
    register(shop)
    invoice, _lot = invoiced(shop)
    pay = {"invoice": invoice, "cash_place": "bank", "on": DAY, "actor": shop.actor}
    with refused(shop, MoreVatThanInvoiced):
        services.receive_payment(cash=0, vat=110_001, **pay)
    paid = services.receive_payment(cash=1_000_000, vat=110_000, **pay)
    assert (shop.balance("ppn_out"), selectors.open_amount(invoice)) == (0, 0)
    (held,) = selectors.held_of(paid)
    assert (held.kind, held.tax) == ("vat", 110_000)
    holds(shop)


def test_vat_of_a_month_is_due_at_its_end_paid_and_put_right(shop):
    register(shop)
    invoiced(shop)
    shop.post("test.in", DAY, [debit("ppn_in", 30_000), credit("bank", 30_000)])
    due = {one.key: one for one in taxes.month_dues(cooperative=shop.cooperative, month=DAY)}["vat"]
    assert (due.amount, due.unpaid, due.by) == (80_000, 80_000, date(2026, 12, 31))
    facts = {"cooperative": shop.cooperative, "kind": "vat", "month": DAY, "actor": shop.actor}
    paid = pay_over(amount=80_000, place="bank", on=NEXT, **facts)
    assert (paid.set_off, shop.balance("ppn_out"), shop.balance("ppn_in")) == (30_000, 0, 0)
    due = {one.key: one for one in taxes.month_dues(cooperative=shop.cooperative, month=DAY)}["vat"]
    assert (due.amount, due.unpaid) == (80_000, 0)
    correct_payment(payment=paid, reason="salah", on=NEXT, actor=shop.actor)
    assert (shop.balance("ppn_out"), shop.balance("ppn_in")) == (110_000, 30_000)
    due = {one.key: one for one in taxes.month_dues(cooperative=shop.cooperative, month=DAY)}["vat"]
    assert due.unpaid == 80_000


def test_the_coretax_file_names_what_a_buyer_lacks_and_then_holds_the_month(shop, client_as):
    register(shop)
    act = {"cooperative": shop.cooperative, "month": DAY, "actor": shop.actor}
    with refused(shop, NoTaxInvoices):
        services.export_tax_invoices(**act)
    invoice, _lot = invoiced(shop)
    with pytest.raises(BuyerLacksFact) as refusal:
        services.export_tax_invoices(**act)
    assert "Galeri Wastra" in str(refusal.value)
    assert "NPWP" in str(refusal.value)
    assert re.search("Address|Alamat", str(refusal.value))
    client, slug = client_as(Role.CASHIER, shop.cooperative), shop.cooperative.slug
    page = reverse("sales:coretax_file", args=[slug]) + "?bulan=2026-11"
    assert client.get(page).status_code == 302
    services.change_buyer(
        buyer=invoice.buyer, actor=shop.actor, name="Galeri Wastra", address="Jl. Batik 1",
        tax_number="3513140101800004", email="w@wastra.example",
    )  # fmt: skip
    answer = client.get(page)
    root = ET.fromstring(answer.content)
    assert root.findtext("TIN") == "0098765432101000"
    (row,) = there(root.find("ListOfTaxInvoice"))
    assert row.findtext("BuyerTin") == "3513140101800004"
    assert (row.findtext("RefDesc"), row.findtext("BuyerEmail")) == (
        invoice.number,
        "w@wastra.example",
    )
    (good,) = there(row.find("ListOfGoodService"))
    assert (good.findtext("Qty"), good.findtext("VAT"), good.findtext("Unit")) == (
        "4",
        "110000.00",
        "UM.0020",
    )
    told = AuditRecord.objects.filter(action="sales.tax_invoices_exported")
    assert [one.facts for one in told] == [{"count": 1}]
    assert (
        "3513140101800004"
        not in client.get(
            reverse("sales:buyer_detail", args=[slug, invoice.buyer.party.number])
        ).text
    )
    assert client_as(Role.SUPERVISOR, shop.cooperative).get(page).status_code == 403


def test_the_pages_show_the_vat_and_its_file(shop, client_as):
    register(shop)
    invoice, _lot = invoiced(shop)
    client, slug = client_as(Role.MANAGER, shop.cooperative), shop.cooperative.slug
    shown = client.get(reverse("sales:invoice_detail", args=[slug, invoice.number])).text
    assert "Rp110.000" in shown
    month = client.get(reverse("taxes:month_page", args=[slug]) + "?bulan=2026-11").text
    assert reverse("sales:coretax_file", args=[slug]) in month
    assert reverse("taxes:payment_new", args=[slug, "vat"]) in month
    form = client.get(reverse("sales:payment_new", args=[slug, invoice.number])).text
    assert 'name="vat"' in form
    paper = client.get(reverse("sales:invoice_paper", args=[slug, invoice.number]))
    assert paper.content.startswith(b"%PDF")
    assert invoice.state == PaperState.POSTED
    assert ledger.balance(cooperative=shop.cooperative, role="ppn_out") == 110_000


def test_the_file_of_invoices_tells_vat_only_of_a_vat_payer(shop, client_as):
    client, slug = client_as(Role.MANAGER, shop.cooperative), shop.cooperative.slug
    page = reverse("sales:invoice_list", args=[slug]) + "?unduh=csv"

    def head():
        answer = client.get(page)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return body.decode("utf-8-sig").splitlines()[0]

    invoiced(shop)
    assert WORDS.search(head()) is None
    register(shop)
    assert WORDS.search(head()) is not None
