"""The pages of the books: they open, they tie, every figure leads further, rights hold."""

import io
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from canting.cooperatives.rules import Role
from canting.ledger import selectors
from tests.ledger import worked_year

PAGES = (
    "ledger:book",
    "ledger:entry_list",
    "ledger:trial_balance_page",
    "reports:position_page",
    "reports:surplus_page",
    "ledger:period_list",
)


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


@pytest.mark.parametrize("name", [*PAGES, "ledger:account_list", "ledger:checkpoint_list"])
def test_every_page_opens_empty_and_full(client_as, year, cooperative, name):
    for house in (cooperative, year):
        client = client_as(Role.MANAGER, house)
        assert "<h1>" in page(client, house, name)


@pytest.mark.parametrize("name", PAGES)
def test_members_get_no_books_and_strangers_not_even_a_door(client_as, year, cooperative, name):
    url = reverse(name, args=[year.slug])
    assert client_as(Role.MEMBER, year).get(url).status_code == 403
    assert client_as(Role.MANAGER, cooperative).get(url).status_code == 404


def test_the_position_shows_the_worked_years_totals_and_leads_down(manager, year):
    html = page(manager, year, "reports:position_page", tanggal="2027-12-31")
    assert "69.143.425" in html
    assert "43.044.536" in html
    assert "pos=cash" in html
    down = page(manager, year, "ledger:trial_balance_page", tanggal="2027-12-31", pos="cash")
    assert "30.301.511" in down
    assert f"/{year.slug}/buku/akun/1111/" in down
    lines = page(manager, year, "ledger:account_ledger", "1111", sampai="2027-12-31")
    assert "Rp30.301.511" in lines


def test_the_surplus_shows_members_and_others_parts(manager, year):
    html = page(manager, year, "reports:surplus_page", dari="2027-01-01", sampai="2027-12-31")
    for figure in ("10.223.642", "(7.037.017)", "3.533.425", "2.760.600", "772.825", "(6.431.111)"):
        assert figure in html, figure


def test_an_open_month_is_marked_provisional(manager, year):
    html = page(manager, year, "reports:position_page", tanggal="2027-12-31")
    assert 'class="note wait"' in html


def test_an_entry_leads_to_its_paper_and_names_who_wrote_it(manager, year, actor):
    html = page(manager, year, "ledger:entry_detail", 3)
    assert "source=worked%3AE004" in html
    assert str(actor) in html
    third = selectors.entry(cooperative=year, position=3)
    assert third is not None
    assert third.digest in html
    assert manager.get(reverse("ledger:entry_detail", args=[year.slug, 999])).status_code == 404


@pytest.mark.parametrize(
    ("name", "asked", "sheet"),
    [
        ("ledger:trial_balance_page", {"tanggal": "2027-12-31"}, "unduh"),
        ("reports:position_page", {"tanggal": "2027-12-31"}, "bentuk"),
        ("reports:surplus_page", {"dari": "2027-01-01", "sampai": "2027-12-31"}, "bentuk"),
    ],
)
def test_a_report_goes_out_as_sheet_and_paper(manager, year, name, asked, sheet):
    url = reverse(name, args=[year.slug])
    answer = manager.get(url, {**asked, sheet: "xlsx"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
    cells = [cell for row in sheet.get_sheet_by_index(0).to_python() for cell in row]
    assert any(isinstance(cell, float | int) and abs(cell) > 1_000_000 for cell in cells)
    pdf = manager.get(url, {**asked, "bentuk": "pdf"})
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Type"] == "application/pdf"


def test_a_party_account_shows_one_party_alone(manager, year):
    html = page(
        manager, year, "ledger:account_ledger", "3120", pihak="member:M4", sampai="2027-12-31"
    )
    assert "Rp1.871.111" in html
    unknown = {"pihak": "member:X9"}
    url = reverse("ledger:account_ledger", args=[year.slug, "3120"])
    assert manager.get(url, unknown).status_code == 404
    assert manager.get(reverse("ledger:account_ledger", args=[year.slug, "9"])).status_code == 404


def test_nonsense_days_in_an_address_do_no_harm(manager, year):
    assert "<h1>" in page(manager, year, "ledger:trial_balance_page", tanggal="31/31/31")
    assert "<h1>" in page(manager, year, "ledger:entry_list", dari="x", sampai="2027-02-30")


@pytest.mark.parametrize(
    ("name", "most"), [("ledger:entry_list", 14), ("ledger:book", 20), ("reports:surplus_page", 12)]
)
def test_pages_ask_few_questions(manager, year, name, most, django_assert_max_num_queries):
    url = reverse(name, args=[year.slug])
    with django_assert_max_num_queries(most):
        manager.get(url, {"dari": "2027-01-01", "sampai": date(2027, 12, 31).isoformat()})
