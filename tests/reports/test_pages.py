"""The pages of the statements: figures that open what they are made of, files, who may see them."""

import io
import json
import re
from datetime import date
from unittest import mock

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from canting.cooperatives.rules import Role
from canting.kernel.papers import render_pages
from canting.ledger.rules import Checkpoint
from canting.ledger.services import close_month
from canting.reports.papers import NAMES
from canting.reports.rules.flows import HEADINGS
from tests.ledger import worked_year

PAGES = (
    "reports:index",
    "reports:position_page",
    "reports:surplus_page",
    "reports:equity_page",
    "reports:cash_page",
    "reports:flow_entries",
    "reports:promotion_page",
    "reports:notes_page",
)
WHOLE_YEAR = {"dari": "2027-01-01", "sampai": "2027-12-31"}


@pytest.fixture
def year(actor):
    return worked_year.posted(actor)


@pytest.fixture
def manager(client_as, year):
    return client_as(Role.MANAGER, year)


def page(client, cooperative, name, *parts, **asked):
    answer = client.get(reverse(name, args=[cooperative.slug, *parts]), asked)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_empty_and_full(client_as, year, cooperative, name):
    for house in (cooperative, year):
        client = client_as(Role.SUPERVISOR, house)
        assert "<h1>" in page(client, house, name)
        assert "<h1>" in page(client, house, name, **WHOLE_YEAR, banding="bulan")


@pytest.mark.parametrize("name", PAGES)
def test_a_member_is_refused_and_a_stranger_finds_nothing(client_as, year, cooperative, name):
    url = reverse(name, args=[year.slug])
    assert client_as(Role.MEMBER, year).get(url).status_code == 403
    assert client_as(Role.MANAGER, cooperative).get(url).status_code == 404


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("position_page", ("69.143.425", "26.098.889", "43.044.536")),
        ("surplus_page", ("10.223.642", "3.533.425", "2.760.600", "772.825", "(6.431.111)")),
        ("equity_page", ("10.511.111", "(10.000.000)", "431.111", "43.044.536")),
        ("cash_page", ("28.593.750", "(681.193)", "21.340.000", "33.658.807", "(10.959.618)")),
        ("notes_page", ("33.658.807", "28.870.000", "2.719.980", "15.759.618")),
    ],
)
def test_the_figures_of_the_worked_year_stand_on_the_page(manager, year, name, figures):
    html = page(manager, year, f"reports:{name}", **WHOLE_YEAR)
    assert [figure for figure in figures if figure not in html] == []


def test_every_statement_says_that_it_ties(manager, year):
    html = page(manager, year, "reports:index", **WHOLE_YEAR)
    assert html.count('class="state done"') == 7
    assert 'class="state wrong"' not in html


def test_a_figure_of_the_cash_flows_leads_to_entries_and_on_to_the_paper(manager, year):
    html = page(manager, year, "reports:cash_page", **WHOLE_YEAR)
    link = re.search(r'href="([^"]*pos=fin\.shares_in[^"]*)"', html)
    assert link
    found = manager.get(link[1].replace("&amp;", "&")).content.decode()
    assert "Rp1.800.000" in found
    entry = re.search(rf'href="(/{year.slug}/buku/jurnal/\d+/)"', found)
    assert entry
    assert "source=worked" in manager.get(entry[1]).content.decode()


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_entries_of_a_heading_add_up_to_it(manager, year, heading):
    html = page(manager, year, "reports:flow_entries", pos=heading, **WHOLE_YEAR)
    amounts = [
        int(text.replace(".", "")) * (-1 if sign else 1)
        for sign, text in re.findall(r'data-l="[^"]*">(−?)Rp([\d.]+)<', html)
    ]
    expected = worked_year.read("expected")["cash_flow"]["direct"].get(heading, 0)
    assert sum(amounts) == expected


def test_an_unknown_heading_is_not_found_and_nonsense_does_no_harm(manager, year):
    url = reverse("reports:flow_entries", args=[year.slug])
    assert manager.get(url, {"pos": "x"}).status_code == 404
    assert "<h1>" in page(manager, year, "reports:flow_entries", sebelum="abc", dari="31/31")
    assert "<h1>" in page(manager, year, "reports:promotion_page", mulai="-1")
    assert "<h1>" in page(manager, year, "reports:promotion_page", mulai="99999999999")


@pytest.mark.parametrize("name", [*PAGES[:5], *PAGES[6:]])
def test_a_statement_goes_out_with_real_numbers_and_fit_to_sign(manager, year, name):
    url = reverse(name, args=[year.slug])
    answer = manager.get(url, {**WHOLE_YEAR, "bentuk": "xlsx"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    cells = [cell for row in sheet.get_sheet_by_index(0).to_python() for cell in row]
    assert any(isinstance(cell, float | int) and abs(cell) > 100_000 for cell in cells)
    pdf = manager.get(url, {**WHOLE_YEAR, "bentuk": "pdf"})
    assert pdf.content.startswith(b"%PDF-")
    figures = json.loads(manager.get(url, {**WHOLE_YEAR, "bentuk": "json"}).content)
    assert figures["cooperative"] == year.slug
    told = figures.get("statements", [figures])
    assert all(tie["holds"] for one in told for tie in one["ties"])
    assert {one["until"] for one in told} == {"2027-12-31"}


def test_the_earlier_time_stands_beside_and_can_be_chosen(manager, year):
    html = page(manager, year, "reports:position_page", sampai="2027-12-31", banding="bulan")
    assert "30 Nov" in html or "30 November 2027" in html
    html = page(manager, year, "reports:cash_page", dari="2027-12-01", sampai="2027-12-31",
                banding="bulan")  # fmt: skip
    assert "01/11–30/11/27" in html


def test_the_names_of_the_statements_have_a_page_each():
    assert len(NAMES) == 6


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("index", 40),
        ("position_page", 16),
        ("equity_page", 26),
        ("cash_page", 26),
        ("promotion_page", 50),
        ("notes_page", 60),
        ("flow_entries", 8),
    ],
)
def test_pages_ask_few_questions(manager, year, name, most, django_assert_max_num_queries):
    url = reverse(f"reports:{name}", args=[year.slug])
    with django_assert_max_num_queries(most):
        manager.get(url, {"dari": "2027-01-01", "sampai": date(2027, 12, 31).isoformat()})


def printed_values(client, year, until) -> dict:
    with mock.patch("canting.reports.papers.printed.render_pages", wraps=render_pages) as drawn:
        url = reverse("reports:index", args=[year.slug])
        answer = client.get(url, {"dari": "2027-01-01", "sampai": until, "bentuk": "pdf"})
    assert answer.content.startswith(b"%PDF-")
    values: dict = drawn.call_args.args[1]
    return values


def test_the_book_of_a_closed_month_carries_its_checkpoint_and_an_open_one_none(
    manager, year, actor
):
    closed = close_month(
        cooperative=year, month=date(2027, 1, 1), on=date(2028, 1, 20), actor=actor
    )
    kept = printed_values(manager, year, "2027-01-31")["checkpoint"]
    assert kept["typed"] == Checkpoint(closed.checkpoint, closed.position).typed
    assert str(closed.position) in kept["title"]
    assert printed_values(manager, year, "2027-02-28")["checkpoint"] == ""
