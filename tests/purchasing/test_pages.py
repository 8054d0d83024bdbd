"""Every page of stock, catalogue and buying: who opens it, what it does, what it refuses."""

import itertools
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from canting.catalogue.services import create_item, set_norm
from canting.cooperatives.rules import Role
from canting.purchasing import selectors
from canting.purchasing.models import HandOut, Purchase, SupplierPayment
from canting.stock import selectors as stock
from canting.stock.services import make_lot, receive, release
from tests import builders
from tests.purchasing.test_worked_year import hand_outs
from tests.purchasing.worked_year import Year, day

_keys = itertools.count(1)


@pytest.fixture
def year(db) -> Year:
    made = Year()
    hand_outs(made)
    return made


def sign_in(year, role: Role, party=None) -> Client:
    client = Client()
    client.force_login(builders.person_with_role(year.coop, role, party=party))
    return client


@pytest.fixture
def storekeeper(year) -> Client:
    return sign_in(year, Role.STOREKEEPER)


def address(year, name, *parts) -> str:
    return reverse(name, args=[year.coop.slug, *parts])


def post(client, year, name, *parts, **data):
    data["request_key"] = f"request-key-{next(_keys)}"
    return client.post(address(year, name, *parts), data)


def rows(*lines: dict, prefix="b", extra=0) -> dict[str, str]:
    """A grid as a browser sends it."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(lines) + extra), f"{prefix}-INITIAL_FORMS": "0"}
    for number, line in enumerate(lines):
        data |= {f"{prefix}-{number}-{name}": value for name, value in line.items()}
    return data


def papers(year) -> list[tuple[str, str]]:
    """Every page that shows one paper, with its number."""
    purchase = Purchase.objects.filter(cooperative=year.coop, terms="loaded").get()
    change: Any = selectors.changes_of(purchase).first()
    receipt: Any = selectors.standing_receipt(purchase)
    out: Any = HandOut.objects.filter(cooperative=year.coop, mode="custody").first()
    return [
        ("purchase_detail", purchase.number),
        ("purchase_correct", purchase.number),
        ("change_new", purchase.number),
        ("receipt_detail", receipt.number),
        ("receipt_correct", receipt.number),
        ("receipt_print", receipt.number),
        ("change_detail", change.number),
        ("change_cancel", change.number),
        ("hand_out_detail", out.number),
        ("hand_out_correct", out.number),
        ("hand_out_print", out.number),
        ("supplier_detail", year.s1.number),
        ("supplier_edit", year.s1.number),
    ]


def test_every_page_opens_for_the_storekeeper(year, storekeeper):
    plain = [
        *("stock:stock_page", "stock:lot_list", "stock:custody_list"),
        *("catalogue:item_list", "catalogue:item_new", "catalogue:item_many"),
        *("catalogue:import_items", "purchasing:hand_out_list", "purchasing:hand_out_new"),
        *("purchasing:return_new", "purchasing:purchase_list", "purchasing:purchase_new"),
        *("purchasing:supplier_list", "purchasing:supplier_new", "purchasing:supplier_many"),
    ]
    for name in plain:
        assert storekeeper.get(address(year, name)).status_code == 200, name
    for name, number in papers(year):
        assert storekeeper.get(address(year, f"purchasing:{name}", number)).status_code == 200, name
    for name in ("stock:item_card", "catalogue:item_detail", "catalogue:item_edit"):
        found = storekeeper.get(address(year, name, year.items["mori"].code))
        assert found.status_code == 200, name


def test_a_stranger_finds_nothing_and_a_member_only_her_own(year):
    stranger = Client()
    stranger.force_login(builders.user("asing"))
    assert stranger.get(address(year, "stock:stock_page")).status_code == 404
    member = sign_in(year, Role.MEMBER, party=year.people["M4"].party)
    assert member.get(address(year, "stock:stock_page")).status_code == 403
    assert member.get(address(year, "purchasing:hand_out_list")).status_code == 403
    own = member.get(address(year, "stock:my_materials"), follow=True)
    page = own.content.decode()
    assert "Mori primissima" in page
    assert "50 m" in page


def test_a_member_sees_what_she_owes_for_material(year, monkeypatch):
    monkeypatch.setattr("canting.purchasing.views.handouts.today", lambda zone: day(3, 1))
    member = sign_in(year, Role.MEMBER, party=year.people["M1"].party)
    page = member.get(address(year, "purchasing:my_materials")).content.decode()
    assert "Rp2.280.000" in page


def test_the_cashier_may_pay_but_not_hand_out(year):
    cashier = sign_in(year, Role.CASHIER)
    assert cashier.get(address(year, "purchasing:hand_out_new")).status_code == 403
    assert cashier.get(address(year, "purchasing:payment_new", year.s1.number)).status_code == 200
    sent = post(
        cashier,
        year,
        "purchasing:payment_new",
        year.s1.number,
        amount="1.000.000",
        charge="2.500",
        cash_place="bank",
        on="25/01/2027",
    )
    assert sent.status_code == 302
    payment = SupplierPayment.objects.get(cooperative=year.coop)
    assert (payment.amount, payment.charge) == (1_000_000, 2_500)
    page = cashier.get(address(year, "purchasing:payment_detail", payment.number))
    assert "Rp1.000.000" in page.content.decode()


def test_a_purchase_is_shown_and_then_booked_with_the_same_total(year, storekeeper):
    mori = year.items["mori"].code
    typed = {
        "supplier": year.s1.number,
        "terms": "delivered",
        "payment": "credit",
        "freight": "50.000",
        "freight_place": "cash_main",
        "funds_source": "own",
        "on": "10/02/2027",
        **rows({"item": mori, "quantity": "17,5", "unit": "yard", "price": "20.000"}, {}),
    }
    before = Purchase.objects.count()
    shown = post(storekeeper, year, "purchasing:purchase_new", **typed)
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "16,002 m" in page
    assert "Rp400.000" in page
    assert Purchase.objects.count() == before
    booked = post(storekeeper, year, "purchasing:purchase_new", **typed, seen_total="400000")
    assert booked.status_code == 302
    made = Purchase.objects.latest("id")
    assert made.total == 350_000
    assert str(made.lines.get().base_quantity) == "16.0020"


def test_a_changed_total_is_shown_again_and_not_booked(year, storekeeper):
    typed = {
        "member": "Aminah",
        "mode": "credit",
        "on": "10/02/2027",
        "seen_total": "1",
        **rows({"item": year.items["mori"].code, "quantity": "2,5", "unit": "m"}),
    }
    before = HandOut.objects.count()
    shown = post(storekeeper, year, "purchasing:hand_out_new", **typed)
    assert shown.status_code == 200
    assert 'value="55000"' in shown.content.decode()
    assert HandOut.objects.count() == before
    typed["seen_total"] = "55000"
    assert post(storekeeper, year, "purchasing:hand_out_new", **typed).status_code == 302


def test_the_usual_bundle_fills_the_grid(year, storekeeper):
    make = {"cooperative": year.coop, "actor": year.actor}
    shirt = create_item(name="Kemeja anggur", kind="product", unit="helai", **make)
    for key, quantity in (("mori", "2.25"), ("malam", "0.5")):
        set_norm(
            product=shirt,
            material=year.items[key],
            quantity=Decimal(quantity),
            actor=year.actor,
        )
    shown = post(
        storekeeper,
        year,
        "purchasing:hand_out_new",
        act="bundle",
        product=shirt.code,
        pieces="20",
        member="Darmi",
    )
    page = shown.content.decode()
    assert 'value="45"' in page
    assert 'value="10"' in page
    assert 'value="Darmi"' in page
    asked = f"?member=A-0004&product={shirt.code}&pieces=4&work_order=SPK/2027/02/0001"
    page = storekeeper.get(address(year, "purchasing:hand_out_new") + asked).content.decode()
    assert 'value="9"' in page
    assert 'value="SPK/2027/02/0001"' in page


def test_a_refusal_keeps_what_was_typed_and_names_what_is_left(year, storekeeper):
    typed = {
        "member": "Darmi",
        "mode": "custody",
        "on": "10/02/2027",
        **rows({"item": year.items["dye"].code, "quantity": "100", "unit": "kg"}),
    }
    refused = post(storekeeper, year, "purchasing:hand_out_new", **typed)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "14 kg" in page
    assert 'value="100"' in page


@pytest.mark.parametrize("quantity", ["2.5.", "-3", "0", "banyak"])
def test_a_bad_quantity_is_refused_in_its_cell(year, storekeeper, quantity):
    typed = {
        "member": "Darmi",
        "mode": "custody",
        "on": "10/02/2027",
        **rows({"item": year.items["dye"].code, "quantity": quantity, "unit": "kg"}),
    }
    assert post(storekeeper, year, "purchasing:hand_out_new", **typed).status_code == 422


def test_suppliers_are_added_in_a_grid_all_or_none(year, storekeeper):
    grid = rows({"name": "Toko Baru"}, {"name": year.s1.name}, prefix="s")
    refused = post(storekeeper, year, "purchasing:supplier_many", **grid)
    assert refused.status_code == 422
    assert selectors.suppliers(cooperative=year.coop).count() == 1
    grid = rows({"name": "Toko Baru", "town": "Solo"}, {"name": "Toko Lain"}, prefix="s")
    assert post(storekeeper, year, "purchasing:supplier_many", **grid).status_code == 302
    assert selectors.suppliers(cooperative=year.coop).count() == 3


def test_a_hand_out_is_put_right_from_its_page(year, storekeeper):
    old = HandOut.objects.get(cooperative=year.coop, mode="credit")
    typed = {
        "reason": "Salah jumlah",
        "member": "Aminah",
        "mode": "credit",
        "on": "02/02/2027",
        **rows({"item": year.items["mori"].code, "quantity": "50", "unit": "m"}),
    }
    sent = post(storekeeper, year, "purchasing:hand_out_correct", old.number, **typed)
    assert sent.status_code == 302
    old.refresh_from_db()
    made = HandOut.objects.get(cooperative=year.coop, replaces=old.number)
    assert (old.state, old.replaced_by, made.total) == ("reversed", made.number, 1_100_000)
    page = storekeeper.get(address(year, "purchasing:hand_out_detail", old.number))
    assert "Salah jumlah" in page.content.decode()


def test_a_purchase_whose_goods_are_gone_cannot_be_put_right(year, storekeeper):
    dye = Purchase.objects.get(cooperative=year.coop, payment="cash")
    sent = post(
        storekeeper,
        year,
        "purchasing:purchase_correct",
        dye.number,
        reason="Salah toko",
        only_cancel="on",
        on="10/02/2027",
    )
    assert sent.status_code == 422
    dye.refresh_from_db()
    assert dye.state == "posted"


def test_the_history_of_a_piece_tells_who_made_it_and_every_move(year, storekeeper):
    make = {"cooperative": year.coop, "on": day(3, 1), "source": "test.cloth:1"}
    cloth = create_item(
        cooperative=year.coop, name="Anggur 2,5 m", kind="product", unit="helai", actor=year.actor
    )
    lot = make_lot(
        item=cloth,
        basis="purchase",
        origin="member",
        grade="A",
        maker=year.people["M1"].party,
        code="K7Q-4MD",
        **make,
    )
    receive(
        place=stock.store(year.coop),
        lot=lot,
        quantity=Decimal(1),
        value=160_000,
        actor=year.actor,
        **make,
    )
    page = storekeeper.get(address(year, "stock:lot_detail", "k7q4md")).content.decode()
    assert "K7Q-4MD" in page
    assert "Aminah" in page
    assert not stock.sellable_lots(year.coop).exists()
    release(lot=lot, on=day(3, 1), actor=year.actor)
    assert stock.sellable_lots(year.coop).get().lot == lot
    found = storekeeper.get(address(year, "stock:lot_list") + "?q=k7q-4md").content.decode()
    assert "K7Q-4MD" in found


def test_a_sheet_is_looked_at_before_it_is_taken_in(year, storekeeper):
    from canting.catalogue.models import Item

    typed = {
        "text": "waktu\tbahan\tsatuan\tharga\n2025\tCanting no 1\tpcs\t15.000",
        "price_list": "market",
        "which": "high",
        "valid_from": "01/01/2026",
    }
    shown = post(storekeeper, year, "catalogue:import_items", **typed)
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "Rp15.000" in page
    assert not Item.objects.filter(name="Canting no 1").exists()
    mark = page.split('name="seen" value="')[1].split('"')[0]
    changed = post(
        storekeeper, year, "catalogue:import_items", **{**typed, "seen": mark, "which": "low"}
    )
    assert changed.status_code == 200
    assert not Item.objects.filter(name="Canting no 1").exists()
    assert post(storekeeper, year, "catalogue:import_items", **typed, seen=mark).status_code == 302
    assert Item.objects.filter(name="Canting no 1").exists()


def test_the_grid_of_items_refuses_in_the_cell(year, storekeeper):
    options = {"price_list": "member", "valid_from": "01/01/2026"}
    bad = rows({"name": "Kuas", "unit": "pcs", "price": "12.5"}, prefix="g")
    refused = post(storekeeper, year, "catalogue:item_many", **options, **bad)
    assert refused.status_code == 422
    good = rows({"name": "Kuas", "unit": "pcs", "price": "12.500"}, prefix="g")
    assert post(storekeeper, year, "catalogue:item_many", **options, **good).status_code == 302
