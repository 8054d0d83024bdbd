"""The pictures of the statements: heights and widths follow the figures, and the table holds them."""

from decimal import Decimal

from canting.kernel.charts import ResultMonth, Stack, StackPart, result_columns, stacked_bars

TRILLION = 10**12


def widths(svg, ink):
    parts = str(svg).split("<rect ")[1:]
    return [
        Decimal(part.split('width="')[1].split("%")[0]) for part in parts if f'class="{ink}' in part
    ]


def test_a_surplus_stands_above_zero_and_a_loss_below():
    chart = result_columns(
        "Judul", [ResultMonth("1", 300_000, 100_000), ResultMonth("2", 100_000, 200_000)]
    )
    assert 'class="f1"' in chart.svg
    assert 'class="f4"' in chart.svg
    assert chart.table.rows[1][-1] == "−Rp100.000"
    assert "style" not in chart.svg


def test_months_without_anything_and_trillions_draw_too():
    assert "<svg" in result_columns("Judul", [ResultMonth("1", 0, 0)]).svg
    assert "<svg" in result_columns("Judul", [ResultMonth("1", TRILLION, 1)]).svg
    assert "<svg" in stacked_bars("Judul", [Stack("kosong", ())]).svg


def test_parts_of_a_bar_are_as_wide_as_their_share_and_none_is_below_zero():
    chart = stacked_bars(
        "Judul",
        [
            Stack("ada", (StackPart("kas", 75, 1), StackPart("stok", 25, 2))),
            Stack("milik", (StackPart("sendiri", 50, 1), StackPart("rugi", -10, 3))),
        ],
    )
    assert widths(chart.svg, "f1 gap") == [Decimal(75), Decimal(50)]
    assert widths(chart.svg, "f2 gap") == [Decimal(25)]
    assert widths(chart.svg, "f3 gap") == []
    assert len(chart.table.rows) == 4
