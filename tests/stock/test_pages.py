"""The pages of the stock: scanning, counting by two, moving, blending, tracing a batch."""

import re
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from canting.cooperatives.rules import Role
from canting.purchasing.selectors import BuyLine, OutLine
from canting.purchasing.services import PurchaseDraft, hand_out, receive_purchase
from canting.stock import selectors, services
from canting.stock.rules import BatchIn, GoodsLine
from tests import builders
from tests.stock.goods import DAY, JAN_1


class Desk:
    """A signed-in person at the pages of one cooperative."""

    def __init__(self, goods: Any, client: Any) -> None:
        self.goods, self.client = goods, client

    def path(self, path: str) -> str:
        return f"/{self.goods.cooperative.slug}/{path}"

    def get(self, path: str) -> str:
        answer = self.client.get(self.path(path))
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    def post(self, path: str, status: int = 302, **data: Any) -> Any:
        data = {"request_key": str(uuid4()), "on": DAY.isoformat(), **data}
        answer = self.client.post(self.path(path), data)
        assert answer.status_code == status, (path, answer.content.decode()[-4000:])
        return answer


def grid(*rows: dict[str, Any]) -> dict[str, Any]:
    data = {"b-TOTAL_FORMS": len(rows), "b-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"b-{number}-{name}": value for name, value in row.items()}
    return data


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def desk(goods, client_as) -> Desk:
    return Desk(goods, client_as(Role.STOREKEEPER))


@pytest.fixture
def manager(goods, client_as) -> Desk:
    return Desk(goods, client_as(Role.MANAGER))


def test_the_stock_page_is_ready_for_the_scanner_and_shows_what_expires(desk, goods):
    goods.into(goods.dye, 500, 110_000, batch=("ND-7", JAN_1))
    page = desk.get("stok/")
    assert "autofocus" in page
    assert "ND-7" in page
    assert "kedaluwarsa" in words(page).lower()


def test_a_scan_says_what_it_is_where_how_much_and_what_can_be_done(desk, goods):
    goods.into(goods.dye, 500, 110_000, batch=("ND-7", JAN_1), paper="TB/2026/01/0001")
    goods.dye.barcode = "8999999027049"
    goods.dye.save()
    for typed in (goods.dye.code.lower(), "8999999027049", "naphthol"):
        page = desk.get(f"stok/pindai/?q={typed}")
        assert "Naphthol AS-D" in page
        assert f"?barang={goods.dye.code}" in page
        assert "500 g" in page
    page = desk.get("stok/pindai/?q=nd-7")
    assert "&amp;batch=ND-7" in page
    assert "autofocus" in page
    assert "TB/2026/01/0001" in page, "the last acts stand beside it"
    assert 'role="status"' in desk.get("stok/pindai/?q=XXXXXXX")


def test_a_scan_finds_cloth_and_papers_and_offers_a_choice(desk, goods):
    shirt = goods.item("Kain tulis Mangur", "product", "pcs")
    goods.item("Kain tulis Angin", "product", "pcs")
    lot = services.make_lot(
        item=shirt, basis="purchase", origin="member", grade="A", maker=None, on=DAY,
        source="test:lot", cooperative=goods.cooperative,
    )  # fmt: skip
    services.receive(
        place=goods.store, lot=lot, quantity=Decimal(1), value=100, on=DAY, source="test:lot",
        **goods.make,
    )  # fmt: skip
    assert lot.label in desk.get(f"stok/pindai/?q={lot.code.lower()}")
    page = desk.get("stok/pindai/?q=kain+tulis")
    assert "Mangur" in page
    assert "Angin" in page
    goods.into(goods.mori, 40, 800_000)
    other = services.open_store(name="Gudang Kraksaan", **goods.make)
    paper = services.move_goods(
        from_place=goods.store, to_place=other,
        lines=[GoodsLine(services.pool_lot(goods.mori), Decimal(5))], on=DAY, **goods.make,
    )  # fmt: skip
    answer = desk.client.get(desk.path(f"stok/pindai/?q={paper.number}"))
    assert answer.status_code == 302
    assert "stock.transfer" in answer["Location"]
    page = desk.get("stok/pindai/")
    assert f"stok/pindah/betulkan/{paper.number}" in page, "undo where it is allowed"


def test_material_begins_to_be_kept_by_batch_from_its_card(desk, goods):
    goods.into(goods.mori, 40, 800_000)
    desk.post(f"stok/per-batch/{goods.mori.code}/", tracked="1")
    page = desk.get(f"stok/kartu/{goods.mori.code}/")
    assert "LAMA" in page
    desk.post(f"stok/per-batch/{goods.mori.code}/", tracked="0")
    assert "40 m" in words(desk.get(f"stok/kartu/{goods.mori.code}/"))
    goods.mori.refresh_from_db()
    assert goods.mori.tracked


def test_goods_are_moved_printed_and_put_right_on_pages(desk, goods):
    goods.into(goods.mori, 40, 800_000)
    desk.post("stok/gudang/baru/", name="Gudang Kraksaan")
    place = selectors.named_stores(goods.cooperative).get()
    row = {"item": goods.mori.code, "quantity": "12,5", "unit": ""}
    lot = services.make_lot(
        item=goods.item("Kain tulis", "product", "pcs"), basis="purchase", origin="member",
        grade="A", maker=None, on=DAY, source="test:lot", cooperative=goods.cooperative,
    )  # fmt: skip
    services.receive(
        place=goods.store, lot=lot, quantity=Decimal(1), value=100, on=DAY, source="test:lot",
        **goods.make,
    )  # fmt: skip
    desk.get(f"stok/pindah/baru/?barang={goods.mori.code}")
    desk.post(
        "stok/pindah/baru/", from_place=goods.store.pk, to_place=place.pk,
        pieces=lot.label.lower(), **grid(row),
    )  # fmt: skip
    number = "PT/2026/01/0001"
    assert lot.label in desk.get(f"stok/pindah/surat/{number}/")
    assert number in desk.get("stok/pindah/")
    assert "12,5 m" in desk.get(f"stok/gudang/{place.pk}/")
    pdf = desk.client.get(desk.path(f"stok/pindah/cetak/{number}/"))
    assert pdf.content.startswith(b"%PDF")
    desk.post(
        "stok/pindah/baru/", 422, from_place=goods.store.pk, to_place=place.pk,
        **grid(row | {"quantity": "400"}),
    )  # fmt: skip
    desk.get(f"stok/pindah/betulkan/{number}/")
    desk.post(f"stok/pindah/betulkan/{number}/", reason="Salah gudang", only_cancel="on", **grid())
    assert goods.left(goods.mori) == (40, 800_000)


def test_material_goes_from_one_maker_to_another_by_name(desk, goods):
    siti, tono = goods.member("Siti Aminah"), goods.member("Tono")
    place = selectors.custody_of(goods.cooperative, siti.party)
    goods.into(goods.mori, 10, 200_000, place=place)
    row = {"item": goods.mori.code, "quantity": "4"}
    desk.post("stok/pindah/baru/", 422, from_place=place.pk, to_maker="Nobody At All", **grid(row))
    desk.post("stok/pindah/baru/", from_place=place.pk, to_maker="Tono", **grid(row))
    other = selectors.custody_of(goods.cooperative, tono.party)
    assert goods.left(goods.mori, other) == (4, 80_000)


def test_two_people_count_on_pages_and_the_manager_books(desk, manager, goods, client_as):
    goods.into(goods.mori, 40, 800_000)
    wax = goods.item("Malam klowong", "wax", "kg")
    desk.post("stok/hitung/baru/", place=goods.store.pk, kind="")
    number = "HS/2026/01/0001"
    sheet = desk.get(f"stok/hitung/isi/1/{number}/")
    assert "Mori" in sheet
    assert "40 m" not in words(sheet), "no counter reads what the book says"
    pdf = desk.client.get(desk.path(f"stok/hitung/lembar/{number}/"))
    assert pdf.content.startswith(b"%PDF")
    desk.post(f"stok/hitung/temuan/1/{number}/", code=wax.code)
    count = selectors.count_by_number(cooperative=goods.cooperative, number=number)
    cells = {line.lot.item.code: f"q{line.pk}" for line in count.lines.all()}
    desk.post(f"stok/hitung/isi/1/{number}/", 422, **{cells[goods.mori.code]: "-3"})
    found = {cells[goods.mori.code]: "38", cells[wax.code]: "2,5"}
    desk.post(f"stok/hitung/isi/1/{number}/", **found)
    answer = desk.post(f"stok/hitung/isi/2/{number}/", 422, **found)
    assert "SamePerson" not in answer.content.decode()
    assert "sudah menghitung" in answer.content.decode()
    other = Desk(goods, client_as(Role.CASHIER))
    other.post(f"stok/hitung/isi/2/{number}/", act="confirm")
    page = words(manager.get(f"stok/hitung/surat/{number}/"))
    assert "40 m" in page
    assert other.client.get(other.path(f"stok/hitung/bukukan/{number}/")).status_code == 403
    line = {code: cell[1:] for code, cell in cells.items()}
    manager.get(f"stok/hitung/bukukan/{number}/")
    said = {f"d{line[goods.mori.code]}-reason": "Salah ukur", f"d{line[wax.code]}-reason": "Lupa"}
    manager.post(f"stok/hitung/bukukan/{number}/", 422, **said)
    manager.post(
        f"stok/hitung/bukukan/{number}/", **said, **{f"d{line[wax.code]}-unit_value": "30.000"}
    )
    assert goods.left(goods.mori) == (38, 760_000)
    assert goods.left(wax) == (Decimal("2.5"), 75_000)
    assert "Salah ukur" in manager.get(f"stok/hitung/surat/{number}/")
    assert number in manager.get("stok/hitung/")
    manager.get(f"stok/hitung/betulkan/{number}/")
    manager.post(f"stok/hitung/betulkan/{number}/", reason="Rak belakang", again="on")
    assert goods.left(goods.mori) == (40, 800_000)
    desk.post("stok/hitung/batal/HS/2026/01/0002/", reason="Besok saja")
    assert "Besok saja" in desk.get("stok/hitung/surat/HS/2026/01/0002/")


def test_wax_is_blended_by_a_recipe_on_pages(desk, goods):
    wax = goods.item("Malam klowong", "wax", "kg")
    kote, used = goods.item("Kote", "wax", "kg"), goods.item("Malam bekas", "byproduct", "kg")
    goods.into(kote, 10, 600_000)
    goods.into(used, 10, 100_000)
    rows = [{"item": kote.code, "quantity": "3"}, {"item": used.code, "quantity": "1"}]
    desk.post("stok/racik/resep/", name="Klowong", item=wax.code, **grid(*rows))
    recipe = selectors.recipes(goods.cooperative).get()
    assert "Kote" in desk.get(f"stok/racik/resep/{recipe.pk}/")
    page = desk.post(
        "stok/racik/baru/", 200, act="fill", recipe=recipe.pk, total="2", **grid()
    ).content.decode()
    assert 'value="1,5"' in page
    assert 'value="0,5"' in page
    rows = [{"item": kote.code, "quantity": "1,5"}, {"item": used.code, "quantity": "0,5"}]
    desk.post("stok/racik/baru/", recipe=recipe.pk, **grid(*rows))
    assert goods.left(wax) == (2, 95_000)
    number = "RM/2026/01/0001"
    assert "Malam bekas" in desk.get(f"stok/racik/surat/{number}/")
    assert number in desk.get("stok/racik/")
    desk.get(f"stok/racik/betulkan/{number}/")
    desk.post(f"stok/racik/betulkan/{number}/", reason="Batal", only_cancel="on", **grid())
    assert goods.left(wax) == (0, 0)


def test_who_got_a_batch_is_found_with_what_came_back(desk, goods, client_as):
    siti, tono = goods.member("Siti Aminah"), goods.member("Tono")
    receive_purchase(
        draft=PurchaseDraft(
            lines=[BuyLine(goods.dye, Decimal(500), "", 220, batch=BatchIn("nd-7"))],
            seller="Toko", payment="cash", cash_place="bank",
        ),
        on=DAY, **goods.make,
    )  # fmt: skip
    for who, grams in ((siti, 100), (tono, 50)):
        hand_out(
            member=who, lines=[OutLine(goods.dye, Decimal(grams), batch="ND-7")], mode="custody",
            basis="commission", on=DAY, **goods.make,
        )  # fmt: skip
    services.move_goods(
        from_place=selectors.custody_of(goods.cooperative, tono.party),
        to_place=selectors.custody_of(goods.cooperative, siti.party),
        lines=[GoodsLine(services.pool_lot(goods.dye), Decimal(50))], on=DAY, **goods.make,
    )  # fmt: skip
    batch = selectors.batch_of_item(goods.dye, "ND-7")
    page = desk.get(f"bahan/batch/{batch.pk}/")
    assert "Siti Aminah" in page
    assert "Tono" not in page, "he gave all of it on"
    assert "150 g" in page
    assert "350 g" in desk.get(f"stok/batch/{batch.pk}/")


@pytest.mark.parametrize("role", [Role.MENTOR, Role.BOARD, Role.SUPERVISOR])
def test_who_only_looks_sees_the_lists_without_their_acts(goods, client_as, role):
    desk = Desk(goods, client_as(role))
    for path in ("stok/", "stok/pindai/", "stok/pindah/", "stok/hitung/", "stok/racik/"):
        assert "data-new" not in desk.get(path) or role == Role.MENTOR
    assert builders.there(desk.client.get(desk.path("stok/racik/baru/")).status_code) == 403
