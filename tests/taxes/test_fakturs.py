"""Input VAT: only with a tax invoice, only of a VAT payer; owed with the goods or paid at once."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.ledger.rules import credit, debit
from canting.taxes import selectors, services
from canting.taxes.errors import (
    BadTaxAmount,
    FakturNeeded,
    FakturTwice,
    InputVatUsed,
    NotVatPayer,
    PaidToSupplier,
)
from tests import builders

DAY, NEXT = date(2026, 3, 8), date(2026, 4, 10)


@pytest.fixture
def vat_payer(desk):
    services.state_fact(
        kind="pkp", value="on", valid_from=date(2026, 2, 1), document="SPPKP 7",
        tax_number="09.876.543.2-101.000", **desk.make,
    )  # fmt: skip
    return desk


def write(desk, **facts):
    known = {
        "party": desk.firm, "faktur": "040.026.00012345", "faktur_on": DAY, "base": 1_000_000,
        "vat": 110_000, "on": DAY,
    }  # fmt: skip
    return services.write_input_vat(**{**known, **desk.make, **facts})


def test_input_vat_is_owed_with_the_goods_or_paid_at_once(vat_payer):
    made = write(vat_payer, paper="PB/2026/03/0001")
    assert vat_payer.balance("ppn_in") == vat_payer.balance("pay_supplier") == 110_000
    write(vat_payer, faktur="2", vat=55_000, place="bank")
    assert vat_payer.balance("ppn_in") == 165_000
    assert selectors.fakturs_of(cooperative=vat_payer.coop, paper="PB/2026/03/0001") == [
        made.number
    ]
    month = selectors.vat_month(cooperative=vat_payer.coop, month=DAY)
    assert (month.output, month.input, month.due) == (0, 165_000, -165_000)
    assert vat_payer.is_sound()


def test_what_cannot_be_written_leaves_no_trace(desk):
    before = desk.papers()
    with pytest.raises(NotVatPayer):
        write(desk)
    services.state_fact(
        kind="pkp", value="on", valid_from=DAY, document="SPPKP 7",
        tax_number="09.876.543.2-101.000", **desk.make,
    )  # fmt: skip
    for facts, refusal in (
        ({"vat": 0}, BadTaxAmount),
        ({"vat": 1_000_001}, BadTaxAmount),
        ({"faktur": " "}, FakturNeeded),
        ({"on": date(2026, 3, 7)}, NotVatPayer),
    ):
        with pytest.raises(refusal):
            write(desk, **facts)
    assert desk.papers() == before
    write(desk)
    with pytest.raises(FakturTwice):
        write(desk)
    assert desk.is_sound()


def test_it_is_put_right_until_it_was_set_off_or_paid(vat_payer):
    made = write(vat_payer)
    act = {"reason": "salah", "on": NEXT, "actor": vat_payer.actor}
    again = {"party": vat_payer.firm, "faktur": "9", "faktur_on": DAY, "base": 900_000}
    right = services.correct_input_vat(
        paper=made, replacement=again | {"vat": 99_000, "paper": "", "place": ""}, **act
    )
    assert right is not None
    made.refresh_from_db()
    assert (made.successor, vat_payer.balance("ppn_in")) == (right, 99_000)
    firm, books = vat_payer.firm, vat_payer.books
    books.post(NEXT, "supplier_paid", debit("pay_supplier", 99_000, firm), credit("bank", 99_000))
    with pytest.raises(PaidToSupplier):
        services.correct_input_vat(paper=right, **act)
    books.post(NEXT, "test", debit("bank", 99_000), credit("pay_supplier", 99_000, firm))
    books.post(NEXT, "test", debit("suspense", 99_000), credit("ppn_in", 99_000))
    with pytest.raises(InputVatUsed):
        services.correct_input_vat(paper=right, **act)
    assert vat_payer.is_sound()


def test_the_pages_write_show_and_put_right(vat_payer, client_as):
    client, slug = client_as(Role.CASHIER, vat_payer.coop), vat_payer.coop.slug
    page = reverse("taxes:faktur_new", args=[slug])
    typed = {
        "party": str(vat_payer.firm.pk), "faktur": "040.1", "faktur_on": "8/3/2026",
        "paper": "TG/2026/03/0001", "base": "1.000.000", "vat": "110.000", "place": "",
        "on": "8/3/2026",
    }  # fmt: skip
    made = client.post(page, typed | {"request_key": uuid.uuid4().hex})
    assert made.status_code == 302, made.text
    shown = client.get(made["Location"]).text
    assert "Rp110.000" in shown
    fix = made["Location"].replace("lihat", "betulkan")
    assert client.get(fix).status_code == 200
    twice = client.post(page, typed | {"request_key": uuid.uuid4().hex})
    assert twice.status_code == 422
    cancel = typed | {"only_cancel": "on", "reason": "salah", "request_key": uuid.uuid4().hex}
    assert client.post(fix, cancel).status_code == 302
    assert ledger.balance(cooperative=vat_payer.coop, role="ppn_in") == 0
    assert "040.1" in client.get(reverse("taxes:month_page", args=[slug]) + "?bulan=2026-03").text
    other = builders.cooperative(actor=vat_payer.actor, slug="lain")
    path = made["Location"].replace(slug, "lain", 1)
    assert client_as(Role.CASHIER, other).get(path).status_code == 404
    assert client_as(Role.STOREKEEPER, vat_payer.coop).get(page).status_code == 403
    assert (
        client_as(Role.CASHIER, other).get(reverse("taxes:faktur_new", args=["lain"])).status_code
        == 404
    )
