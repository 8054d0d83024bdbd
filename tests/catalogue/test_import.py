"""A sheet of items and prices: what is read, what is refused by row and column, all or nothing."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from canting.catalogue import selectors
from canting.catalogue.errors import BadRows
from canting.catalogue.imports import Options, parse_period, read_items, take_in
from canting.catalogue.models import Item, Price
from canting.catalogue.services import create_item, set_unit
from canting.kernel.tables_in import paste_to_table, read_table

SHEET = Path(__file__).parents[1] / "data" / "prices" / "bahan_batik.csv"
TODAY = date(2026, 11, 24)


def plan_of(cooperative, text, **chosen):
    return read_items(
        cooperative=cooperative,
        table=paste_to_table(text),
        options=Options(valid_from=date(2026, 1, 1), **chosen),
        today=TODAY,
    )


def test_the_price_list_of_batik_materials_is_pasted_whole(cooperative, actor):
    table = read_table(SHEET.read_bytes())
    plan = read_items(cooperative=cooperative, table=table, options=Options(), today=TODAY)
    assert [row.errors for row in plan.bad] == []
    assert dict((field, label) for label, field in plan.columns) == {
        "valid_from": "waktu",
        "name": "bahan",
        "unit": "satuan",
        "low": "harga_bawah",
        "high": "harga_atas",
        "source": "asal",
        "note": "catatan",
    }
    assert take_in(cooperative=cooperative, plan=plan, actor=actor) == (14, 14)
    naphthol: Any = selectors.item_by_name(cooperative=cooperative, name="zat warna naphthol")
    assert (naphthol.kind, naphthol.unit) == ("dye", "kg")
    price: Any = selectors.price_row(
        cooperative=cooperative, item=naphthol, price_list="market", on=date(2013, 10, 1)
    )
    assert (price.amount, price.valid_from) == (280_000, date(2013, 10, 1))
    assert "Malang" in price.source
    kinds = dict(Item.objects.filter(cooperative=cooperative).values_list("name", "kind"))
    assert kinds["kain mori prima"] == "cloth"
    assert kinds["kain batik jadi (jual)"] == "product"
    assert kinds["malam batik"] == "wax"
    assert kinds["canting tulis no 1"] == "tool"
    assert kinds["soda abu dan TRO"] == "dye"


def test_the_lower_price_is_taken_when_it_was_chosen(cooperative):
    plan = read_items(
        cooperative=cooperative,
        table=read_table(SHEET.read_bytes()),
        options=Options(which="low"),
        today=TODAY,
    )
    assert plan.rows[0].amount == 220_000


def test_taking_the_same_sheet_twice_makes_no_second_item(cooperative, actor):
    text = "bahan\tsatuan\tharga\nMori prima\tm\t25.000"
    for _again in range(2):
        plan = plan_of(cooperative, text)
        take_in(cooperative=cooperative, plan=plan, actor=actor)
    assert Item.objects.filter(cooperative=cooperative).count() == 1
    assert plan.new_items == 0


def test_bad_rows_are_named_by_row_and_column_and_nothing_is_written(cooperative, actor):
    text = (
        "bahan\tsatuan\tharga\tmutu\twaktu\n"
        "Mori prima\tm\t25.000\t\t2025\n"
        "Malam\tkg\t12.5\t\t2025\n"
        "Kain jadi\thelai\t160.000\tD\t2025\n"
        "Canting\tpcs\t15.000\t\t31/02/2025\n"
        "\tm\t5.000\t\t2025\n"
        "Kuas\tenteng\t5.000\t\t2025\n"
    )
    plan = plan_of(cooperative, text)
    assert [(row.number, row.errors[0][0]) for row in plan.bad] == [
        (3, "harga"),
        (4, "mutu"),
        (5, "waktu"),
        (6, "bahan"),
        (7, "satuan"),
    ]
    with pytest.raises(BadRows, match="5"), transaction.atomic():
        take_in(cooperative=cooperative, plan=plan, actor=actor)
    assert not Item.objects.filter(cooperative=cooperative).exists()
    assert not Price.objects.filter(cooperative=cooperative).exists()


def test_a_price_of_another_unit_becomes_one_of_the_base_unit(cooperative, actor):
    mori = create_item(cooperative=cooperative, name="Mori", kind="cloth", unit="m", actor=actor)
    set_unit(item=mori, unit="pis", factor=Decimal(16), actor=actor)
    plan = plan_of(cooperative, "bahan\tsatuan\tharga\nMori\tpis\t304.000\nMori\tyard\t10.000")
    assert plan.rows[0].amount == 19_000
    assert plan.rows[1].errors[0][0] == "satuan"


def test_one_price_twice_for_a_day_is_refused(cooperative):
    plan = plan_of(cooperative, "bahan\tsatuan\tharga\nMori\tm\t25.000\nMori\tm\t26.000")
    assert [row.number for row in plan.bad] == [3]


def test_piece_rates_come_by_grade(cooperative, actor):
    text = (
        "nama\tjenis\tsatuan\tmutu\tdaftar\tharga\n"
        "Anggur 2,5 m\tproduk\thelai\tA\tupah\t60.000\n"
        "Anggur 2,5 m\tproduk\thelai\tB\tupah\t50.000\n"
    )
    take_in(cooperative=cooperative, plan=plan_of(cooperative, text), actor=actor)
    item: Any = selectors.item_by_name(cooperative=cooperative, name="Anggur 2,5 m")
    for grade, amount in (("A", 60_000), ("B", 50_000)):
        found = selectors.price_of(
            cooperative=cooperative, item=item, price_list="piece_rate", on=TODAY, grade=grade
        )
        assert found == amount


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("2013-10", date(2013, 10, 1)),
        ("2025", date(2025, 1, 1)),
        (2025, date(2025, 1, 1)),
        ("24/11/2026", date(2026, 11, 24)),
    ],
)
def test_a_period_holds_from_its_first_day(typed, first):
    assert parse_period(typed, today=TODAY) == first
