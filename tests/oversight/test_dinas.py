"""The regency office: figures of its own region's cooperatives, never people, never strangers."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from canting.cooperatives.rules import Role
from canting.ledger.rules import BusinessClass, Draft, credit, debit
from canting.ledger.services import close_month, post_entry
from canting.members.services import admit_member
from canting.oversight.rules.office import Flag, Standing, flags, months_behind
from tests import builders

ON = date(2026, 11, 24)
N = BusinessClass.NONMEMBER


@pytest.fixture
def officer(db) -> Client:
    client = Client()
    client.force_login(builders.user("pak-dinas", officer_of="35.13"))
    return client


@pytest.fixture(autouse=True)
def november(monkeypatch):
    monkeypatch.setattr("canting.oversight.views.office._day", lambda: ON)
    monkeypatch.setattr("canting.oversight.views.office.today", lambda zone: ON)


def sell(cooperative, actor, amount=900_000, number=1):
    post_entry(
        cooperative=cooperative,
        draft=Draft(
            source=f"test:{number}",
            entry_date=date(2026, 11, 2),
            kind="test",
            memo="Jual",
            lines=[debit("bank", amount), credit("sales_outside", amount, business=N)],
        ),
        actor=actor,
    )


def test_the_office_reads_figures_and_no_names(officer, cooperative, actor):
    admit_member(cooperative=cooperative, full_name="Siti Aminah", on=ON, actor=actor)
    sell(cooperative, actor)
    close_month(cooperative=cooperative, month=date(2026, 1, 1), on=ON, actor=actor)
    page = officer.get("/dinas/").content.decode()
    assert "Rp900.000" in page
    assert "Januari 2026" in page
    assert "Siti" not in page


def test_a_cooperative_opens_to_its_statements_and_no_names(officer, cooperative, actor):
    admit_member(cooperative=cooperative, full_name="Siti Aminah", on=ON, actor=actor)
    sell(cooperative, actor)
    page = officer.get(f"/dinas/{cooperative.slug}/").content.decode()
    assert page.count("Rp900.000") > 3
    assert "Siti" not in page
    assert "state wait" in page.split("<h2>")[3]


def test_the_last_closed_month_is_shown_before_today(officer, cooperative, actor):
    sell(cooperative, actor)
    close_month(cooperative=cooperative, month=date(2026, 1, 1), on=ON, actor=actor)
    closed = officer.get(f"/dinas/{cooperative.slug}/").content.decode()
    now = officer.get(f"/dinas/{cooperative.slug}/?per=kini").content.decode()
    assert "Sab, 31 Jan 2026" in closed.split("<h2>")[3]
    assert "Sel, 24 Nov 2026" in now.split("<h2>")[3]


def test_a_cooperative_of_another_region_does_not_exist(db, cooperative):
    client = Client()
    client.force_login(builders.user("bu-dinas", officer_of="35.14"))
    assert client.get(f"/dinas/{cooperative.slug}/").status_code == 404
    assert cooperative.name not in client.get("/dinas/").content.decode()


def test_a_province_oversees_the_regencies_below_it(db, cooperative):
    client = Client()
    client.force_login(builders.user("provinsi", officer_of="35"))
    assert client.get(f"/dinas/{cooperative.slug}/").status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_for_everyone_else_the_office_does_not_exist(client_as, cooperative, role):
    client = client_as(role)
    for address in ("/dinas/", "/dinas/unduh/", f"/dinas/{cooperative.slug}/"):
        assert client.get(address).status_code == 404


def test_an_officer_has_no_way_into_the_cooperative_itself(officer, cooperative):
    for path in ("hari-ini/", "beranda/", "cari/?q=siti", "periksa-buku/", ""):
        assert officer.get(f"/{cooperative.slug}/{path}").status_code == 404


def test_a_stranger_is_asked_to_sign_in(client, cooperative):
    assert client.get("/dinas/").status_code == 302


def test_fifty_cooperatives_take_as_many_queries_as_one(
    officer, cooperative, actor, django_assert_max_num_queries
):
    for _number in range(49):
        sell(builders.cooperative(actor=actor), actor)
    # Session, user, the page of cooperatives, members, and three of the books.
    with django_assert_max_num_queries(8):
        page = officer.get("/dinas/").content.decode()
    assert page.count("Rp900.000") >= 49


def test_a_long_list_goes_on_and_a_search_narrows_it(officer, cooperative, actor):
    for number in range(51):
        builders.cooperative(actor=actor, name=f"Koperasi {number:02d}")
    first = officer.get("/dinas/").content.decode()
    assert "after=" in first
    found = officer.get("/dinas/?q=Koperasi+07").content.decode()
    assert "Koperasi 07" in found
    assert "Koperasi 08" not in found
    assert officer.get("/dinas/", {"q": "\x00", "after": "\x00"}).status_code == 200
    assert "“xyzzy”" in officer.get("/dinas/?q=xyzzy").content.decode()


def test_the_sheet_holds_every_cooperative_with_numbers(officer, cooperative, actor):
    for number in range(51):
        builders.cooperative(actor=actor, name=f"Koperasi {number:02d}")
    sell(cooperative, actor)
    answer = officer.get("/dinas/unduh/")
    rows = (
        CalamineWorkbook.from_filelike(BytesIO(b"".join(answer))).get_sheet_by_index(0).to_python()
    )
    assert len(rows) == 53
    assert 900_000 in next(row for row in rows if row[0] == cooperative.name)


def standing(**facts) -> Standing:
    given: dict[str, Any] = {
        "signed": True,
        "opened_on": date(2026, 1, 1),
        "closed_through": date(2026, 10, 31),
        "last_posted": date(2026, 11, 20),
        "suspense": 0,
    }
    return Standing(**(given | facts))


def test_a_cooperative_in_order_carries_no_flag():
    assert list(flags(standing(), ON)) == []


@pytest.mark.parametrize(
    ("facts", "flag"),
    [
        ({"signed": False}, Flag.PROVISIONAL),
        ({"closed_through": None}, Flag.NEVER_CLOSED),
        ({"closed_through": date(2026, 7, 31)}, Flag.BEHIND),
        ({"last_posted": date(2026, 9, 1)}, Flag.QUIET),
        ({"suspense": 5_000}, Flag.SUSPENSE),
    ],
)
def test_each_flag_follows_from_one_figure(facts, flag):
    assert list(flags(standing(**facts), ON)) == [flag]


def test_months_behind_counts_full_months_only():
    assert months_behind(standing(), ON) == 0
    assert months_behind(standing(closed_through=date(2026, 9, 30)), ON) == 1
    assert months_behind(standing(closed_through=None, opened_on=date(2026, 10, 1)), ON) == 1
