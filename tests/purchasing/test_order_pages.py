"""The pages of offers, requests for prices and supplier orders, from the price list to the bill."""

import itertools
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from canting.catalogue.services import set_price
from canting.cooperatives.rules import Role
from canting.cooperatives.selectors import messages_about
from canting.purchasing import selectors, services
from canting.purchasing.models import (
    OfferList,
    OrderReceipt,
    OrderReturn,
    QuoteRequest,
    SupplierBill,
    SupplierOrder,
)
from tests import builders
from tests.purchasing.orders import Buying, breaches
from tests.purchasing.worked_year import day

_keys = itertools.count(1)
VIEWS = ("offers", "quotes", "orders", "order_papers", "bills", "suppliers")


class Desk:
    """Somebody signed in, with short names for looking and posting."""

    def __init__(self, buying: Buying, role: Role) -> None:
        self.buying = buying
        self.client = Client()
        self.client.force_login(builders.person_with_role(buying.coop, role))

    def address(self, name: str, *parts: object, query: str = "") -> str:
        return reverse(f"purchasing:{name}", args=[self.buying.coop.slug, *parts]) + query

    def get(self, name: str, *parts: object, query: str = "", status: int = 200) -> str:
        response = self.client.get(self.address(name, *parts, query=query))
        assert response.status_code == status, (name, response.status_code)
        return response.content.decode()

    def post(self, name: str, *parts: object, query: str = "", status: int = 302, **data: Any):
        data["request_key"] = f"order-key-{next(_keys)}"
        response = self.client.post(self.address(name, *parts, query=query), data)
        shown = response.content.decode() if response.status_code != status else ""
        assert response.status_code == status, (name, response.status_code, shown[-3000:])
        return response.content.decode()


def rows(prefix: str, *lines: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    """A grid as a browser sends it."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(lines)), f"{prefix}-INITIAL_FORMS": str(initial)}
    for number, line in enumerate(lines):
        data |= {f"{prefix}-{number}-{name}": value for name, value in line.items()}
    return data


@pytest.fixture
def buying(db, monkeypatch) -> Buying:
    for name in VIEWS:
        monkeypatch.setattr(f"canting.purchasing.views.{name}.today", lambda zone: day(1, 8))
    made = Buying()
    services.change_supplier(
        supplier=made.s1, actor=made.actor, name=made.s1.name, phone="081234567890"
    )
    return made


@pytest.fixture
def store(buying) -> Desk:
    return Desk(buying, Role.STOREKEEPER)


@pytest.fixture
def manager(buying) -> Desk:
    return Desk(buying, Role.MANAGER)


def write_list(store, **facts: Any) -> OfferList:
    line = {
        "item": store.buying.items["mori"].code, "unit": "pis", "content": "17,5",
        "content_unit": "yard", "price": "400.000", "from_2": "5", "price_2": "390.000",
    }  # fmt: skip
    store.post(
        "offer_list_new",
        store.buying.s1.number,
        valid_from="2027-01-02",
        source="Nota",
        **rows("o", line, {}),
        **facts,
    )
    return OfferList.objects.get(withdrawn_on__isnull=True)


def test_a_price_list_is_typed_shown_and_put_right(buying, store):
    assert "belum ada riwayat" in store.get("supplier_detail", buying.s1.number)
    store.get("offer_list_new", buying.s1.number)
    written = write_list(store)
    page = store.get("supplier_detail", buying.s1.number)
    assert "Rp400.000" in page
    assert "16,002 m" in page
    assert "Rp390.000" in store.get("offer_list_detail", written.pk)
    store.get("offer_list_correct", written.pk)
    line = {"item": buying.items["mori"].code, "unit": "m", "price": "25.000"}
    store.post(
        "offer_list_correct", written.pk, reason="Salah", valid_from="2027-01-02",
        **rows("o", line, initial=1),
    )  # fmt: skip
    (found,) = selectors.offers_on(cooperative=buying.coop, on=day(1, 8))
    assert found.breaks == ((1, 25_000),)
    right = OfferList.objects.get(withdrawn_on__isnull=True)
    store.post("offer_list_correct", right.pk, reason="Tidak dijual", only_cancel="on", **rows("o"))
    assert "Tidak dijual" in store.get("offer_list_detail", right.pk)


@pytest.mark.parametrize(
    "line",
    [
        {"price": "25.000"},
        {"item": "K-0001", "from_2": "5"},
        {"item": "mori", "unit": "sak", "price": "25.000"},
        {"item": "mori", "unit": "m", "price": "25.000", "from_2": "5"},
    ],
)
def test_a_half_written_row_is_refused(buying, store, line):
    line = {key: buying.items["mori"].code if key == "item" else cell for key, cell in line.items()}
    store.post(
        "offer_list_new", buying.s1.number, status=422, valid_from="2027-01-02", **rows("o", line)
    )
    assert not OfferList.objects.exists()


def test_terms_are_written_beside_the_older_ones(buying, store):
    store.get("terms_new", buying.s1.number)
    for credit in ("14", "30"):
        store.post(
            "terms_new", buying.s1.number, valid_from="2027-01-02", credit_days=credit,
            minimum_amount="1.000.000",
        )  # fmt: skip
    assert buying.s1.terms.count() == 2
    assert "30 hari" in store.get("supplier_detail", buying.s1.number)
    assert "Rp1.000.000" in store.get("terms_new", buying.s1.number)


def test_an_item_is_compared_over_all_suppliers_with_its_prices_over_time(buying, store):
    code = buying.items["mori"].code
    assert "Belum ada" in store.get("compare_list")
    store.get("compare", code)
    write_list(store)
    set_price(
        cooperative=buying.coop, item=buying.items["mori"], price_list="market", amount=27_000,
        valid_from=day(1, 7), place="Pasar Klewer", actor=buying.actor,
    )  # fmt: skip
    assert "Mori primissima" in store.get("compare_list")
    page = store.get("compare", code, query="?jumlah=80&satuan=m")
    assert "Rp1.950.000" in page  # 5 pis at the second price
    assert "termurah" in page
    assert "<svg" in page
    assert "Lihat angka" in page
    assert "Rp27.000" in page


def test_prices_are_asked_told_printed_answered_and_put_right(buying, store):
    store.get("quote_list")
    store.get("quote_new", query=f"?pemasok={buying.s1.number}")
    line = {"item": buying.items["malam"].code, "quantity": "25", "unit": "kg"}
    store.post(
        "quote_new", on="2027-01-08", suppliers=[buying.s1.number], answer_by="2027-01-12",
        **rows("b", line, {}),
    )  # fmt: skip
    asked = QuoteRequest.objects.get()
    assert asked.number.startswith("PH/2027/01/")
    assert "belum dikabari" in store.get("quote_detail", asked.number)
    page = store.get("quote_message", buying.s1.number, asked.number)
    assert "Malam klowong: 25 kg" in page
    assert len(selectors.quote_text(asked)) <= 600
    opened = store.client.get(store.address("quote_message_open", buying.s1.number, asked.number))
    assert opened.status_code == 302
    assert opened["Location"].startswith("https://wa.me/6281234567890?text=")
    assert messages_about(cooperative=buying.coop, subjects=[asked.number]).count() == 1
    assert "dibuka di WhatsApp" in store.get("quote_detail", asked.number)
    response = store.client.get(store.address("quote_print", asked.number))
    assert response.content.startswith(b"%PDF")
    query = f"?permintaan={asked.number}"
    assert buying.items["malam"].code in store.get("offer_list_new", buying.s1.number, query=query)
    answer = {"item": buying.items["malam"].code, "unit": "kg", "price": "31.500"}
    store.post(
        "offer_list_new", buying.s1.number, query=query, valid_from="2027-01-09",
        **rows("o", answer),
    )  # fmt: skip
    assert "dijawab" in store.get("quote_detail", asked.number)
    store.get("quote_correct", asked.number)
    store.post(
        "quote_correct", asked.number, on="2027-01-08", reason="Jumlah keliru",
        suppliers=[buying.s1.number], **rows("b", line | {"quantity": "50"}, initial=1),
    )  # fmt: skip
    right = QuoteRequest.objects.get(replaces=asked.number)
    store.post(
        "quote_correct", right.number, on="2027-01-08", reason="Batal", only_cancel="on",
        **rows("b"),
    )  # fmt: skip
    right.refresh_from_db()
    assert right.state == "reversed"
    assert breaches(buying) == []


def test_a_request_without_suppliers_or_materials_is_refused(buying, store):
    store.post("quote_new", status=422, on="2027-01-08", **rows("b", {}))
    assert not QuoteRequest.objects.exists()


def ordered(store, packs: str = "10", **facts: Any) -> SupplierOrder:
    """An order through the form: shown first, then written."""
    line = {"item": store.buying.items["mori"].code, "packs": packs, "unit": "pis",
            "content": "17,5", "content_unit": "yard"}  # fmt: skip
    data = {
        "supplier": store.buying.s1.number, "on": "2027-01-05", "promised_on": "2027-01-07",
        **rows("p", line, {}, {"item": store.buying.items["malam"].code}), **facts,
    }  # fmt: skip
    page = store.post("order_new", status=200, **data)
    assert "Rp3.900.000" in page
    store.post("order_new", seen_total="3900000", **data)
    return SupplierOrder.objects.latest("id")


def test_an_order_goes_from_the_price_list_to_the_paid_bill(buying, store, manager):
    write_list(store)
    store.get("order_list")
    store.get("order_new", query=f"?pemasok={buying.s1.number}&penawaran=1&kemasan=3")
    order = ordered(store)
    (line,) = selectors.order_lines(order)
    assert (line.price, line.packs) == (390_000, 10)
    assert "Lewat 1 hari" in store.get("order_list")
    assert "belum datang" in store.get("order_detail", order.number)
    assert "10 pis" in store.get("order_message", order.number)
    store.client.get(store.address("order_message_open", order.number))
    assert "dibuka di WhatsApp" in store.get("order_detail", order.number)
    for size in ("a5", "a4"):
        response = store.client.get(
            store.address("order_print", order.number, query=f"?ukuran={size}")
        )
        assert response.content.startswith(b"%PDF")
    store.get("order_receive", order.number)
    store.post(
        "order_receive", order.number, on="2027-01-08", freight="20.000",
        **rows("l", {"packs": "6"}, initial=1),
    )  # fmt: skip
    receipt = OrderReceipt.objects.get()
    assert (receipt.goods, receipt.freight_place) == (2_340_000, "")
    store.get("order_receipt_detail", receipt.number)
    assert store.client.get(
        store.address("order_receipt_print", receipt.number)
    ).content.startswith(b"%PDF")
    bill_it(store, manager, order)
    page = store.get("order_detail", order.number)
    assert "ditagih lebih tinggi" in page
    page = store.get("supplier_detail", buying.s1.number)
    assert "lewat tempo" in page
    assert breaches(buying) == []


def bill_it(store, manager, order) -> None:
    """Six pis billed dearer: too far for the storekeeper, accepted by the manager."""
    store.get("bill_new", order.number)
    line = {"packs": "6", "price": "410.000"}
    data = {"on": "2027-01-08", "nota": "INV-9", "freight": "20.000",
            **rows("l", line, initial=1)}  # fmt: skip
    page = store.post("bill_new", order.number, status=200, **data)
    assert "di luar toleransi" in page
    store.post("bill_new", order.number, status=422, seen_total="2480000", **data)
    store.get("bill_accept", order.number, status=403)
    manager.get("bill_accept", order.number)
    manager.post("bill_accept", order.number, status=422, seen_total="2480000", **data)
    manager.post("bill_accept", order.number, seen_total="2480000", reason="Harga naik", **data)
    bill = SupplierBill.objects.get()
    assert (bill.total, bill.difference_reason) == (2_480_000, "Harga naik")
    assert "Harga naik" in store.get("bill_detail", bill.number)


def test_what_was_received_and_billed_is_put_right_on_its_pages(buying, store, manager):
    write_list(store)
    order = ordered(store)
    store.post("order_receive", order.number, on="2027-01-08", **rows("l", {"packs": "10"}))
    receipt = OrderReceipt.objects.get()
    store.get("order_receipt_correct", receipt.number)
    store.post(
        "order_receipt_correct", receipt.number, on="2027-01-08", reason="Hanya 9",
        **rows("l", {"packs": "9"}, initial=1),
    )  # fmt: skip
    right = OrderReceipt.objects.get(replaces=receipt.number)
    store.post(
        "bill_new", order.number, on="2027-01-08", nota="A-1", seen_total=str(9 * 390_000),
        **rows("l", {"packs": "9", "price": "390.000"}, initial=1),
    )  # fmt: skip
    bill = SupplierBill.objects.get()
    store.get("bill_correct", bill.number)
    store.post(
        "bill_correct", bill.number, on="2027-01-08", reason="Nomor keliru", nota="A-2",
        **rows("l", {"packs": "8", "price": "390.000"}, initial=1),
    )  # fmt: skip
    assert SupplierBill.objects.get(replaces=bill.number).nota == "A-2"
    store.get("order_return_new", order.number)
    store.post(
        "order_return_new", order.number, on="2027-01-08", replacement="on",
        **rows("l", {"base": "16,002"}, initial=1),
    )  # fmt: skip
    back = OrderReturn.objects.get()
    store.get("order_return_detail", back.number)
    order.refresh_from_db()
    assert order.state == "part"
    store.get("order_return_cancel", back.number)
    store.post("order_return_cancel", back.number, on="2027-01-08", reason="Diterima lagi")
    assert "Diterima lagi" in store.get("order_return_detail", back.number)
    store.get("order_close", order.number)
    store.post("order_close", order.number, on="2027-01-08", reason="Habis", ours="on")
    store.get("order_reopen", order.number)
    store.post("order_reopen", order.number, on="2027-01-08", reason="Ada lagi")
    store.post(
        "bill_correct", SupplierBill.objects.get(replaces=bill.number).number,
        on="2027-01-08", reason="Batal", only_cancel="on", **rows("l", initial=0),
    )  # fmt: skip
    store.post(
        "order_receipt_correct", right.number, on="2027-01-08", reason="Batal",
        only_cancel="on", **rows("l"),
    )  # fmt: skip
    store.get("order_correct", order.number)
    store.post(
        "order_correct", order.number, on="2027-01-08", reason="Batal", only_cancel="on",
        **rows("p"),
    )  # fmt: skip
    order.refresh_from_db()
    assert order.state == "reversed"
    assert breaches(buying) == []


def test_an_order_put_right_is_made_anew(buying, store):
    write_list(store)
    order = ordered(store)
    line = {"item": buying.items["mori"].code, "packs": "3", "unit": "pis", "content": "16,002",
            "content_unit": "m", "price": "400.000"}  # fmt: skip
    store.post(
        "order_correct", order.number, on="2027-01-06", reason="Tiga saja",
        supplier=buying.s1.number, promised_on="2027-01-12", **rows("p", line, initial=1),
    )  # fmt: skip
    right = SupplierOrder.objects.get(replaces=order.number)
    assert (right.goods, right.promised_on) == (1_200_000, day(1, 12))


def test_a_cashier_bills_and_sees_but_does_not_order(buying, store):
    write_list(store)
    order = ordered(store)
    cashier = Desk(buying, Role.CASHIER)
    cashier.get("order_detail", order.number)
    cashier.get("bill_new", order.number)
    for name in ("order_receive", "order_close", "order_correct", "order_message"):
        cashier.get(name, order.number, status=403)
    cashier.get("order_new", status=403)


def test_a_supplier_without_a_mobile_number_is_told_so(buying, store):
    write_list(store)
    order = ordered(store)
    services.change_supplier(supplier=buying.s1, actor=buying.actor, name=buying.s1.name, phone="")
    assert "belum punya nomor" in store.get("order_message", order.number)
    store.get("order_message_open", order.number, status=404)


def test_a_long_order_still_fits_into_one_text(buying):
    order = buying.order(*(buying.line("mori", 3, 19_000 + n) for n in range(40)))
    text = selectors.order_text(order)
    assert len(text) <= 600
    assert "lagi di suratnya" in text
