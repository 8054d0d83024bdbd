"""Beranda: her work and her money, nothing of another's, light enough for a slow phone."""

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from canting.cooperatives.models import Cooperative
from canting.cooperatives.rules import PartyKind, Role
from canting.portal import selectors
from canting.production.services import report_finished
from tests import builders
from tests.portal.clock import stop_clock
from tests.portal.house import ON, House

pytestmark = pytest.mark.usefixtures("afternoon")

MOST_BYTES = 60 * 1024


@pytest.fixture
def cooperative(of_2027) -> Cooperative:
    return of_2027


@pytest.fixture
def house(cooperative, actor) -> House:
    made = House(cooperative, actor)
    made.work()
    made.save("M4", 25_000)
    made.save("M5", 777_000)
    return made


def hers(house: House, client_as, maker: str = "M4") -> Client:
    return client_as(Role.MEMBER, party=house.makers[maker].party)


def page(client: Client, cooperative: Cooperative) -> str:
    answer = client.get(f"/{cooperative.slug}/beranda/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_she_sees_how_far_her_pieces_are(house, cooperative):
    home = selectors.home_of(cooperative=cooperative, party_id=house.makers["M4"].party_id, on=ON)
    assert home is not None
    work = home.works[0]
    assert (work.total, work.accepted, work.inspecting, work.left) == (20, 2, 3, 15)
    assert work.done == 5
    assert [int(count) for _stage, count in work.chart.table.rows] == [2, 3, 15]


def test_she_sees_her_money_as_the_books_say(house, cooperative, client_as):
    home = selectors.home_of(cooperative=cooperative, party_id=house.makers["M4"].party_id, on=ON)
    assert home is not None
    assert home.money.waiting == house.balance("wages_payable", "M4") == 100_000
    assert home.holdings.total == 25_000
    text = page(hers(house, client_as), cooperative)
    assert "Rp100.000" in text
    assert "Rp25.000" in text


def test_the_inspectors_last_word_stands_on_her_work(house, cooperative, client_as):
    assert "Isen daun sudah rapi." in page(hers(house, client_as), cooperative)
    assert "Isen daun sudah rapi." not in page(hers(house, client_as, "M5"), cooperative)


def test_without_work_she_is_told_that_the_office_calls(house, cooperative, client_as):
    text = page(hers(house, client_as, "M2"), cooperative)
    assert 'id="work"' in text
    assert '<svg class="chart"' not in text


def test_a_report_moves_the_bar_at_once(house, cooperative, actor, client_as):
    report_finished(
        assignment=house.part(house.spk, "M5"), count=4, on=date(2027, 3, 19), actor=actor
    )
    home = selectors.home_of(cooperative=cooperative, party_id=house.makers["M5"].party_id, on=ON)
    assert home is not None
    assert home.works[0].done == 4


@pytest.mark.parametrize("query", ["", "?member=A-0005", "?party=5&user=2", "?party_id=5"])
def test_another_members_figures_never_appear(house, cooperative, client_as, query):
    answer = hers(house, client_as).get(f"/{cooperative.slug}/beranda/{query}")
    text = answer.content.decode()
    for theirs in ("777.000", "Endang", "Aminah"):
        assert theirs not in text
    assert answer["Cache-Control"] == "no-store"


def test_a_member_of_another_cooperative_finds_no_home_here(house, cooperative, client_as, actor):
    other = builders.cooperative(actor=actor)
    stranger = client_as(Role.MEMBER, other, party=builders.party(other, PartyKind.MEMBER))
    assert stranger.get(f"/{cooperative.slug}/beranda/").status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MEMBER])
def test_staff_have_another_first_page(house, cooperative, client_as, role):
    assert client_as(role).get(f"/{cooperative.slug}/beranda/").status_code == 403


def test_the_front_door_leads_her_home_and_staff_to_today(house, cooperative, client_as):
    hers_first = hers(house, client_as).get(f"/{cooperative.slug}/")
    assert hers_first["Location"].endswith("/beranda/")
    staff = client_as(Role.CASHIER).get(f"/{cooperative.slug}/")
    assert staff["Location"].endswith("/hari-ini/")


def test_after_midnight_it_is_her_new_day(house, cooperative, client_as, monkeypatch):
    stop_clock(monkeypatch, datetime(2027, 3, 19, 17, 30, tzinfo=UTC))
    assert "20 Mar 2027" in page(hers(house, client_as), cooperative)


def test_her_page_takes_the_same_queries_whatever_others_do(
    house, cooperative, client_as, django_assert_max_num_queries
):
    client = hers(house, client_as)
    page(client, cooperative)
    with django_assert_max_num_queries(39):
        page(client, cooperative)


def test_the_first_view_is_light_enough_for_a_slow_phone(house, cooperative, client_as):
    client = hers(house, client_as)
    answer = client.get(f"/{cooperative.slug}/beranda/", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    html = len(answer.content)
    parts = {name: _packed(name) for name in ("canting.css", "canting.js", "htmx.min.js")}
    text = gzip.decompress(answer.content).decode()
    assert text.count("<script") == 2
    assert text.count('rel="stylesheet"') == 1
    assert html <= 8 * 1024
    assert html + sum(parts.values()) <= MOST_BYTES, parts


def _packed(name: str) -> int:
    found = finders.find(name)
    assert isinstance(found, str)
    return len(gzip.compress(Path(found).read_bytes(), compresslevel=9))


def test_answers_are_packed_by_the_server_itself():
    assert "canting.kernel.packing.PackTexts" in settings.MIDDLEWARE
