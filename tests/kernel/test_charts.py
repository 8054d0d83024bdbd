"""Charts: picture, sentence and table tell the same; nothing breaks the page's policy."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from canting.kernel import charts
from canting.kernel.charts import frame

STAGES = [charts.Stage("Kirim", 32, 6), charts.Stage("Celup", 58, 3), charts.Stage("Mori", 30, 1)]
WEEKS = [
    charts.CashWeek("1 Nov", 18_000_000, 15_000_000, 55_000_000),
    charts.CashWeek("8 Nov", 12_000_000, 14_000_000, 53_000_000),
    charts.CashWeek("15 Nov", 9_000_000, 30_000_000, 32_000_000, estimate=True),
]


def every_chart() -> list[charts.Chart]:
    return [
        charts.stacked_progress("Sent & dyed <well>", STAGES, planned=52),
        charts.cover_bars(
            "Wax runs out", [charts.Cover("Malam", Decimal("1.4"), Decimal(2), "4 Des")]
        ),
        charts.cash_columns("Cash stays safe", WEEKS, floor=30_000_000),
        charts.price_share("Maker first", [charts.PriceParts("Anggur", 160_000, 72_000, 53_000)]),
        charts.savings_columns(
            "Savings grow",
            [charts.SavingsMonth("Nov", (6_400_000, 5_200_000), 900_000)],
            ("Wajib", "Sukarela"),
        ),
        charts.quality_run("Passing more", [charts.Lot("1", 8, 7), charts.Lot("2", 3, 3)]),
        charts.compare_bars(
            "Cheaper together", [charts.Bar("Plan", 8, 1), charts.Bar("Market", 10, 3)]
        ),
        charts.progress("A third done", 8, 24, mark=12),
        charts.quorum_bar("Quorum reached", 168, 144, 286),
        charts.waterfall("Surplus", [charts.Step("Sales", 412, True), charts.Step("Cost", -268)]),
    ]


@pytest.mark.parametrize("chart", every_chart(), ids=lambda chart: chart.title)
def test_each_chart_is_named_described_and_free_of_style(chart):
    picture = ElementTree.fromstring(str(chart.svg))
    title, told = picture[0], picture[1]
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == f"{title.get('id')} {told.get('id')}"
    assert (title.tag, title.text) == ("title", chart.title)
    assert (told.tag, told.text) == ("desc", chart.description)
    assert "style=" not in chart.svg
    assert "<script" not in chart.svg
    assert all(len(row) == len(chart.table.headers) for row in chart.table.rows)


def test_two_charts_on_a_page_never_share_an_id():
    ids = re.findall(r' id="([^"]+)"', "".join(chart.svg for chart in every_chart()))
    assert len(ids) == len(set(ids)) == 2 * len(every_chart())


def test_sums_are_compared_on_one_scale():
    chart = charts.compare_bars("Cost", [charts.Bar("Plan", 8, 1), charts.Bar("Market", 10, 3)])
    widths = re.findall(r'<rect [^>]*width="([\d.]+)%"[^>]*class="f', chart.svg)
    assert widths == ["80", "100"]
    assert [row[1] for row in chart.table.rows] == ["Rp8", "Rp10"]
    assert 'width="0%"' in charts.compare_bars("None", [charts.Bar("Plan", 0, 1)]).svg


def test_the_stages_fill_the_bar_and_the_table_has_the_same_pieces():
    chart = charts.stacked_progress("Order", STAGES)
    widths = [Decimal(w) for w in re.findall(r'<rect [^>]*width="([\d.]+)%"', chart.svg)]
    assert abs(sum(widths, Decimal(-100))) < Decimal("0.05")
    assert [row[1] for row in chart.table.rows] == ["32", "58", "30"]


def test_an_order_without_pieces_is_an_empty_track():
    assert 'class="track"' in charts.stacked_progress("Empty", [charts.Stage("Mori", 0, 1)]).svg


@given(st.lists(st.integers(0, 500), min_size=1, max_size=6), st.integers(0, 3000))
def test_any_split_of_an_order_stays_inside_the_picture(pieces, planned):
    stages = [charts.Stage(str(n), count, n + 1) for n, count in enumerate(pieces)]
    svg = charts.stacked_progress("Order", stages, planned=planned).svg
    for x, width in re.findall(r'<rect x="([\d.-]+)%"[^>]*width="([\d.-]+)%"', svg):
        assert Decimal(0) <= Decimal(x)
        assert Decimal(x) + Decimal(width) <= Decimal("100.1")


def test_the_shortest_cover_stands_first_and_red_below_its_order_time():
    chart = charts.cover_bars(
        "Two materials",
        [
            charts.Cover("Parafin", Decimal("3.5"), Decimal(2)),
            charts.Cover("Mori", Decimal("0.8"), Decimal(2)),
        ],
    )
    assert [row[0] for row in chart.table.rows] == ["Mori", "Parafin"]
    assert chart.svg.index('class="f4"') < chart.svg.index('class="f1"')


def test_estimated_weeks_are_soft_and_the_balance_after_today_is_dashed():
    svg = charts.cash_columns("Cash", WEEKS).svg
    assert svg.count("f1 soft") == 1
    assert svg.count('class="l1 dash"') == 1
    assert svg.count('class="l1"') == 1


def test_a_balance_below_zero_stays_inside_the_picture():
    chart = charts.cash_columns("Overdrawn", [charts.CashWeek("1", 0, 5_000_000, -5_000_000)])
    height = int(re.findall(r'height="(\d+)" role', chart.svg)[0])
    assert all(Decimal(y) <= height for y in re.findall(r' y\d?="([\d.]+)"', chart.svg))


def test_a_lot_of_fewer_than_five_pieces_is_hollow():
    svg = charts.quality_run("Lots", [charts.Lot("1", 4, 4), charts.Lot("2", 5, 5)]).svg
    assert svg.count('class="hollow"') == 1
    assert svg.count('class="p1"') == 1


def test_labels_are_escaped():
    svg = charts.price_share("x", [charts.PriceParts("<b>&", 1, 1, 1)]).svg
    assert "&lt;b&gt;&amp;" in svg
    assert "<b>" not in svg


def test_short_numbers_follow_the_language():
    with translation.override("id"):
        assert frame.juta(11_640_000) == "11,6"
        assert frame.figure(-1500) == "−1.500"
    with translation.override("en"):
        assert frame.juta(11_640_000) == "11.6"


def test_each_cooperative_has_its_own_small_edge():
    drawn = {str(charts.border(seed)) for seed in ("sekar-anggur", "mawar", "ronggo", "tengger")}
    assert len(drawn) == 4
    for edge in drawn:
        assert len(edge) <= 614
        assert "style=" not in edge
        ElementTree.fromstring(edge)
    assert charts.border("mawar") == charts.border("mawar")
