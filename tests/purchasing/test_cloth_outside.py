"""Cloth bought outside: coded lots for sale, their cost to the rupiah, refusals, putting right."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from canting.cash.errors import NotEnoughCash
from canting.catalogue.services import create_item
from canting.cooperatives import selectors as house
from canting.cooperatives.rules import Role
from canting.kernel.money import share
from canting.ledger import selectors as ledger
from canting.portal import selectors as portal
from canting.purchasing import errors, selectors, services
from canting.purchasing.models import Purchase
from canting.purchasing.selectors import BuyLine
from canting.purchasing.services import PurchaseDraft
from canting.sales.rules import Piece
from canting.sales.services import sell_at_gallery
from canting.stock import selectors as stock
from tests import builders
from tests.purchasing.test_pages import address, post, rows, sign_in
from tests.purchasing.worked_year import Year, day

MARCH = day(3, 19)
PHOTO = b"\xff\xd8\xff\xdb\x00\x04\x01\x02\xff\xda\x00\x02picture\xff\xd9"


@pytest.fixture
def year(db) -> Year:
    made = Year()
    make: dict[str, Any] = {"cooperative": made.coop, "actor": made.actor}
    for key, technique in (("luar", "cap"), ("tulis", "tulis")):
        made.items[key] = create_item(
            name=f"Kain {key}", kind="product", unit="pcs", code=key, technique=technique, **make
        )
    return made


def draft(year, key="luar", pieces="10", price=150_000, grade="A", **more) -> PurchaseDraft:
    facts: dict[str, Any] = {"seller": "N2", "payment": "cash", "cash_place": "bank"}
    line = BuyLine(year.items[key], Decimal(pieces), "pcs", price, grade=grade)
    return PurchaseDraft(lines=[line], **(facts | more))


def buy(year, on=MARCH, **more):
    return services.buy_cloth_outside(
        cooperative=year.coop, draft=draft(year, **more), on=on, actor=year.actor
    )


def booked(year, source) -> list[tuple[str, str, int]]:
    entry = builders.there(ledger.entry_by_source(cooperative=year.coop, source=source))
    return [(line.account, str(line.side), line.amount) for line in ledger.lines_of(entry=entry)]


def lots(receipt) -> list[Any]:
    return list(selectors.lots_of_receipt(receipt))


def no_breach(year) -> None:
    broken = [one for one in portal.verification(cooperative=year.coop) if not one.holds]
    assert [(one.name, one.breaches) for one in broken] == []


def test_e048_ten_pieces_from_somebody_who_is_no_member(year):
    receipt = buy(year)
    assert booked(year, f"purchasing.receipt:{receipt.number}") == [
        ("fg", "D", 1_500_000),
        ("bank", "K", 1_500_000),
    ]
    (lot,) = lots(receipt)
    assert (lot.basis, lot.origin, lot.grade, lot.maker) == ("none", "outside", "A", None)
    assert len(lot.code) == 6
    (row,) = stock.sellable_lots(year.coop, year.items["luar"])
    assert (row.quantity, row.value, row.lot.released_at) == (Decimal(10), 1_500_000, MARCH)
    no_breach(year)


def test_on_credit_the_supplier_is_owed_and_the_road_is_part_of_the_cost(year):
    receipt = buy(
        year, supplier=year.s1, seller="", payment="credit", cash_place="",
        freight=25_000, freight_place="cash_main",
    )  # fmt: skip
    owed = selectors.owed_to(cooperative=year.coop, supplier=year.s1)
    assert owed == 2_000_000 + 1_500_000
    assert sorted(booked(year, f"purchasing.receipt:{receipt.number}")) == [
        ("cash_main", "K", 25_000),
        ("fg", "D", 1_525_000),
        ("pay_supplier", "K", 1_500_000),
    ]


def test_hand_drawn_cloth_is_a_lot_a_piece_and_the_last_rupiah_is_kept(year):
    receipt = buy(year, key="tulis", pieces="3", price=100_000, freight=100)
    made = lots(receipt)
    assert len({lot.code for lot in made}) == 3
    values = [row.value for row in stock.sellable_lots(year.coop, year.items["tulis"])]
    assert sorted(values) == [100_033, 100_033, 100_034]
    no_breach(year)


@given(st.integers(1, 10**9), st.integers(1, 60))
def test_the_pieces_of_a_line_share_its_cost_exactly(landed, count):
    parts = share(landed, [1] * count)
    assert sum(parts) == landed
    assert max(parts) - min(parts) <= 1


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"key": "mori"}, errors.NotCloth),
        ({"grade": ""}, errors.GradeNeeded),
        ({"pieces": "2.5"}, errors.WholePieces),
        ({"pieces": "0"}, errors.WholePieces),
        ({"seller": " "}, errors.SellerNeeded),
        ({"price": 0}, errors.BadPrice),
        ({"payment": "credit"}, errors.SupplierNeeded),
        ({"cash_place": ""}, errors.CashPlaceNeeded),
        ({"price": 99_000_000, "cash_place": "cash_main"}, NotEnoughCash),
    ],
)
def test_a_refusal_names_its_reason_and_leaves_no_trace(year, more, refusal):
    before = ledger.book(cooperative=year.coop).position
    with pytest.raises(refusal) as said:
        buy(year, **more)
    assert len(str(said.value)) > 30
    assert ledger.book(cooperative=year.coop).position == before
    assert not Purchase.objects.filter(cooperative=year.coop).exists()
    assert not stock.sellable_lots(year.coop).exists()


def test_no_line_is_no_purchase(year):
    empty = PurchaseDraft(lines=[], seller="N2", payment="cash", cash_place="bank")
    with pytest.raises(errors.NoLines):
        services.buy_cloth_outside(cooperative=year.coop, draft=empty, on=MARCH, actor=year.actor)
    assert not Purchase.objects.filter(cooperative=year.coop).exists()


def test_putting_right_withdraws_the_lots_and_brings_the_right_ones(year):
    old = buy(year)
    facts = {"purchase": old.purchase, "reason": "sembilan helai", "on": MARCH, "actor": year.actor}
    new = services.correct_purchase(draft=draft(year, pieces="9"), **facts)
    assert new is not None
    assert services.correct_purchase(draft=draft(year, pieces="9"), **facts) == new
    (row,) = stock.sellable_lots(year.coop, year.items["luar"])
    assert (row.quantity, row.value) == (Decimal(9), 1_350_000)
    assert lots(old)[0].released_at is None
    assert ledger.balance(cooperative=year.coop, role="fg") == 1_350_000
    no_breach(year)


def test_cloth_that_was_sold_since_stops_the_correction_with_its_code(year):
    receipt = buy(year)
    (lot,) = lots(receipt)
    sell_at_gallery(
        cooperative=year.coop, pieces=[Piece(lot.code, Decimal(1), 220_000)], on=MARCH,
        actor=year.actor,
    )  # fmt: skip
    with pytest.raises(errors.SoldSince) as said:
        services.correct_purchase(
            purchase=receipt.purchase, draft=None, reason="salah", on=MARCH, actor=year.actor
        )
    assert lot.label in str(said.value)
    assert ledger.balance(cooperative=year.coop, role="fg") == 1_350_000
    no_breach(year)


def test_a_line_of_cloth_is_not_changed_as_material_is(year):
    line = selectors.purchase_lines(buy(year).purchase).get()
    with pytest.raises(errors.ClothByPurchase):
        services.return_to_supplier(
            line=line, quantity=Decimal(1), unit="pcs", on=MARCH, actor=year.actor
        )
    with pytest.raises(errors.ClothByPurchase):
        services.change_price(line=line, price=140_000, on=MARCH, actor=year.actor)
    assert ledger.balance(cooperative=year.coop, role="fg") == 1_500_000


@pytest.fixture
def storekeeper(year, monkeypatch) -> Client:
    for module in ("cloth", "corrections"):
        monkeypatch.setattr(f"canting.purchasing.views.{module}.today", lambda zone: MARCH)
    return sign_in(year, Role.STOREKEEPER)


def typed(pieces="10") -> dict[str, Any]:
    line = {"item": "LUAR", "quantity": pieces, "grade": "A", "price": "150.000"}
    return {
        "seller": "N2", "payment": "cash", "cash_place": "bank", "funds_source": "own",
        "on": "19/03/2027", **rows(line),
    }  # fmt: skip


def test_the_page_shows_the_total_then_books_it_with_the_photo(year, storekeeper):
    shown = post(storekeeper, year, "purchasing:cloth_new", **typed())
    assert "Rp1.500.000" in shown.content.decode()
    assert not Purchase.objects.filter(cooperative=year.coop).exists()
    photo = SimpleUploadedFile("nota.jpg", PHOTO)
    told = post(
        storekeeper, year, "purchasing:cloth_new", **typed(), seen_total="1500000", photo=photo
    )
    made = Purchase.objects.get(cooperative=year.coop)
    assert told["Location"] == address(year, "purchasing:purchase_detail", made.number)
    assert house.attachments(cooperative=year.coop, subjects=[made.number])
    page = storekeeper.get(told["Location"]).content.decode()
    (lot,) = lots(selectors.standing_receipt(made))
    assert lot.label in page
    assert storekeeper.get(address(year, "stock:lot_detail", lot.code)).status_code == 200


def test_the_page_of_putting_right_asks_for_pieces_and_grade(year, storekeeper):
    receipt = buy(year)
    number = receipt.purchase.number
    page = storekeeper.get(address(year, "purchasing:purchase_correct", number)).content.decode()
    assert 'name="b-0-grade"' in page
    assert 'name="terms"' not in page
    post(storekeeper, year, "purchasing:purchase_correct", number, **typed("8"), reason="delapan")
    (row,) = stock.sellable_lots(year.coop, year.items["luar"])
    assert (row.quantity, row.value) == (Decimal(8), 1_200_000)


def test_what_is_missing_is_said_and_nothing_is_booked(year, storekeeper):
    line = {"item": "LUAR", "quantity": "2", "grade": "A", "price": ""}
    answer = post(storekeeper, year, "purchasing:cloth_new", **(typed() | rows(line)))
    assert answer.status_code == 422
    assert not Purchase.objects.filter(cooperative=year.coop).exists()
