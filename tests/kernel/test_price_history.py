"""Prices over time: steps that hold until the next price, the market dashed, every figure in words."""

from datetime import date

from canting.kernel.charts import PriceLine, PricePoint, price_history

UNTIL = date(2027, 6, 30)
SHOP = PriceLine(
    "Toko Mori", (PricePoint(date(2027, 1, 4), 25_000), PricePoint(date(2027, 4, 1), 26_000))
)
MARKET = PriceLine("harga pasar", (PricePoint(date(2027, 2, 1), 29_000),), market=True)


def test_every_price_stands_in_the_table_newest_first():
    chart = price_history("Toko Mori termurah", [SHOP, MARKET], until=UNTIL)
    assert [row[1:] for row in chart.table.rows] == [
        ("Toko Mori", "Rp26.000"),
        ("harga pasar", "Rp29.000"),
        ("Toko Mori", "Rp25.000"),
    ]
    assert [(key.label, key.value) for key in chart.keys] == [
        ("harga pasar", "Rp29.000"),
        ("Toko Mori", "Rp26.000"),
    ]


def test_the_market_is_dashed_and_a_new_price_is_a_step():
    svg = str(price_history("Harga", [SHOP, MARKET], until=UNTIL).svg)
    assert svg.count('class="mark dash"') == 1
    assert svg.count('class="l1"') == 3  # flat, up, flat
    assert svg.count("<circle") == 2
    assert "style=" not in svg


def test_one_price_of_today_and_none_at_all_are_drawn():
    today = PriceLine("Toko", (PricePoint(UNTIL, 10),))
    assert "<circle" in str(price_history("Satu", [today], until=UNTIL).svg)
    assert price_history("Kosong", [], until=UNTIL).table.rows == ()


def test_more_sellers_than_inks_stay_in_the_table():
    many = [PriceLine(f"Toko {n}", (PricePoint(date(2027, 1, n), 100 + n),)) for n in range(1, 9)]
    chart = price_history("Banyak", many, until=UNTIL)
    assert len(chart.table.rows) == 8
    assert len(chart.keys) <= 5
