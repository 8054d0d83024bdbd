"""The pages of the cash desk, as the people at it use them."""

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from canting.cash import selectors
from canting.cash.services import pay_cash
from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from tests import builders
from tests.cash.conftest import MAY_2
from tests.cash.test_advances import give
from tests.cash.test_receipts_and_payments import PHOTO, pay, receive

PAGES = ("cash_page", "cash_move", "advance_list", "suspense_list", "count_list")


@pytest.fixture
def desk(funded, client_as):
    return client_as(Role.CASHIER)


def at(cooperative, name, *parts):
    return reverse(f"cash:{name}", args=[cooperative.slug, *parts])


def send(client, url, key="one", **data):
    return client.post(url, {"request_key": f"{key:0>16}", **data})


def row(**typed):
    return {
        "purpose": "electricity", "memo": "Listrik Mei", "amount": "150.000",
        "place": "cash_main", "on": "2026-05-02",
    } | typed  # fmt: skip


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_empty_and_full(client_as, cooperative, actor, staff, name):
    client = client_as(Role.CASHIER)
    assert "<h1>" in client.get(at(cooperative, name)).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_members_and_strangers_do_not_see_the_desk(client_as, cooperative, name):
    url = at(cooperative, name)
    assert client_as(Role.MEMBER).get(url).status_code == 403
    assert client_as(Role.CASHIER, builders.cooperative()).get(url).status_code == 404


def test_a_supervisor_sees_and_does_not_write(client_as, funded):
    client = client_as(Role.SUPERVISOR)
    html = client.get(at(funded, "cash_page")).content.decode()
    assert at(funded, "cash_record") not in html
    assert send(client, at(funded, "cash_record"), **row()).status_code == 403


def test_one_row_is_one_paper_however_often_it_is_sent(desk, funded, balance):
    for _again in range(3):
        answer = send(desk, at(funded, "cash_record"), **row())
        assert answer.status_code == 302
    assert balance("cash_main") == 850_000
    html = desk.get(answer["Location"]).content.decode()
    assert "BK/2026/05/0001" in html
    assert "Rp850.000" in html
    second = send(desk, at(funded, "cash_record"), "two", **row())
    assert second.status_code == 302
    assert balance("cash_main") == 700_000


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"amount": "25.00O"}, "25.00O"),
        ({"amount": "12.5"}, "12.5"),
        ({"amount": "2.000.000"}, "Rp1.000.000"),
        ({"purpose": ""}, "id_purpose"),
        ({"withheld": "5.000"}, "id_withheld"),
        ({"on": "31/02/2026"}, "31/02/2026"),
    ],
)
def test_a_wrong_row_keeps_what_was_typed_and_says_why(desk, funded, balance, typed, said):
    answer = send(desk, at(funded, "cash_record"), **row(**typed))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert "Listrik Mei" in html
    assert balance("cash_main") == 1_000_000


def test_a_row_with_a_photo_shows_it_on_its_paper(desk, funded):
    photo = SimpleUploadedFile("nota.jpg", PHOTO)
    send(desk, at(funded, "cash_record"), **row(), photo=photo)
    html = desk.get(at(funded, "paper_detail", "BK/2026/05/0001")).content.decode()
    link = re.search(r'href="([^"]*/berkas/[0-9a-f]{64}/)"', html)
    assert link
    answer = desk.get(link[1])
    assert answer["Content-Type"] == "image/jpeg"
    assert answer.content == PHOTO
    wrong = SimpleUploadedFile("nota.jpg", b"<svg/>")
    assert send(desk, at(funded, "cash_record"), "x", **row(), photo=wrong).status_code == 422


def test_a_time_opens_with_what_the_time_before_closed_with(desk, funded, actor):
    for day, place in ((3, "cash_main"), (20, "cash_till"), (20, "cash_main")):
        pay(funded, actor, place=place, amount=day * 1_000, on=date(2026, 6, day))
    receive(funded, actor, amount=44_000, place="cash_main", on=date(2026, 7, 5))

    def shown(place, since, until):
        asked = {"tempat": place, "dari": since, "sampai": until}
        html = desk.get(at(funded, "cash_page"), asked).content.decode()
        pairs = re.findall(r"<dd>\s*(−?Rp[\d.]+)\s*</dd>", html)
        return pairs[0], pairs[3]

    for place in ("cash_main", "cash_till", "bank", "semua"):
        june = shown(place, "2026-06-01", "2026-06-30")
        july = shown(place, "2026-07-01", "2026-07-31")
        assert july[0] == june[1], place
    assert shown("cash_main", "2026-07-01", "2026-07-31") == ("Rp977.000", "Rp1.021.000")
    assert shown("semua", "2026-07-01", "2026-07-31")[0] == "Rp2.957.000"


def test_half_past_midnight_on_new_years_day_is_the_new_year(desk, funded, monkeypatch, balance):
    # 17:30 UTC on 31 December is 00:30 WIB on 1 January.
    clock = SimpleNamespace(now=lambda: datetime(2027, 12, 31, 17, 30, tzinfo=UTC))
    monkeypatch.setattr("canting.kernel.dates.timezone", clock)
    html = desk.get(at(funded, "cash_page")).content.decode()
    proposed = re.search(r'name="on" value="([\d-]+)"', html)
    assert proposed
    assert proposed[1] == "2028-01-01"
    send(desk, at(funded, "cash_record"), **row(on=proposed[1]))
    assert selectors.paper(cooperative=funded, number="BK/2028/01/0001") is not None
    assert balance("utilities", date(2027, 12, 31)) == 0
    assert balance("utilities", date(2028, 1, 1)) == 150_000


def test_moving_money_from_the_page(desk, funded, balance):
    typed = {"amount": "300rb", "place": "cash_till", "to_place": "bank", "memo": "Setor",
             "on": "2026-05-02"}  # fmt: skip
    assert send(desk, at(funded, "cash_move"), **typed).status_code == 302
    assert balance("bank") == 1_300_000
    typed |= {"to_place": "cash_till"}
    assert send(desk, at(funded, "cash_move"), "two", **typed).status_code == 422


def test_an_advance_to_a_new_name_and_its_receipts(desk, funded, balance, broken):
    typed = {"new_name": "Pak Joko", "amount": "500.000", "place": "cash_main", "memo": "Kas bon",
             "on": "2026-05-02"}  # fmt: skip
    assert send(desk, at(funded, "advance_list"), **typed).status_code == 302
    assert "Pak Joko" in desk.get(at(funded, "advance_list")).content.decode()
    nobody = {**typed, "new_name": ""}
    assert send(desk, at(funded, "advance_list"), "x", **nobody).status_code == 422
    back = {
        "nota-TOTAL_FORMS": "2", "nota-INITIAL_FORMS": "0",
        "nota-0-purpose": "transport", "nota-0-amount": "420.000", "nota-0-memo": "Angkut",
        "returned": "80.000", "place": "cash_main", "memo": "Nota", "on": "2026-05-06",
    }  # fmt: skip
    url = at(funded, "advance_settle", "K-0001")
    assert send(desk, url, "z", **{**back, "returned": "80.001"}).status_code == 422
    assert send(desk, url, "y", **back).status_code == 302
    assert balance("staff_advance") == 0
    assert balance("transport") == 420_000
    html = desk.get(at(funded, "paper_detail", "PJ/2026/05/0001")).content.decode()
    assert "Angkut" in html
    assert broken() == []


def test_unknown_money_finds_its_owner_from_the_page(desk, funded, balance):
    typed = {"amount": "100.000", "place": "bank", "memo": "Tak dikenal", "on": "2026-05-10"}
    assert send(desk, at(funded, "suspense_list"), **typed).status_code == 302
    url = at(funded, "suspense_clear", "KW/2026/05/0001")
    assert 'value="100.000"' in desk.get(url).content.decode()
    clear = {"target": "recv_member", "amount": "100.000", "memo": "Angsuran", "on": "2026-05-20"}
    assert send(desk, url, "a", **clear).status_code == 422
    assert send(desk, url, "b", **{**clear, "target": "other_in"}).status_code == 302
    assert balance("suspense") == 0


def test_counting_takes_two_people_at_the_page(funded, balance):
    cashier = signed_in(builders.person_with_role(funded, Role.CASHIER))
    board = signed_in(builders.person_with_role(funded, Role.BOARD))
    typed = {"place": "cash_till", "counted": "995.000", "on": "2026-05-02"}
    made = send(cashier, at(funded, "count_list"), **typed)
    assert made.status_code == 302
    number = "HL/2026/05/0001"
    confirm = at(funded, "count_confirm", number)
    assert confirm not in cashier.get(made["Location"]).content.decode()
    assert send(cashier, confirm, "x").status_code == 422
    assert confirm in board.get(made["Location"]).content.decode()
    assert send(board, confirm, "y").status_code == 302
    assert balance("cash_till") == 995_000
    undo = at(funded, "count_undo", number)
    assert send(cashier, undo, "z", reason="").status_code == 422
    assert send(cashier, undo, "w", reason="Laci kedua").status_code == 302
    assert balance("cash_till") == 1_000_000


def test_betulkan_shows_both_sides_and_replaces(desk, funded, actor, balance):
    paper = pay(funded, actor)
    url = at(funded, "paper_correct", paper.number)
    html = desk.get(url).content.decode()
    assert "Rp150.000" in html
    assert 'value="150.000"' in html
    typed = row(amount="105.000", reason="")
    assert send(desk, url, "a", **typed).status_code == 422
    answer = send(desk, url, "b", **{**typed, "reason": "Salah ketik"})
    assert answer.status_code == 302
    assert quote("BK/2026/05/0002") in answer["Location"]
    assert balance("utilities") == 105_000
    old = desk.get(at(funded, "paper_detail", paper.number)).content.decode()
    assert "Salah ketik" in old
    only = send(
        desk, at(funded, "paper_correct", "BK/2026/05/0002"), "c",
        **{**typed, "reason": "Batal", "only_cancel": "on"},
    )  # fmt: skip
    assert only.status_code == 302
    assert balance("utilities") == 0


def test_betulkan_of_an_advance_keeps_its_holder(desk, funded, actor, staff, balance):
    paper = give(funded, actor, staff)
    typed = {"amount": "50.000", "place": "cash_main", "memo": "Kas bon", "on": "2026-05-02",
             "reason": "Salah"}  # fmt: skip
    url = at(funded, "paper_correct", paper.number)
    assert send(desk, url, **typed).status_code == 302
    assert balance("staff_advance") == 50_000


def test_a_paper_prints_as_pdf_and_picture_and_counts_its_copies(desk, funded, actor):
    paper = receive(funded, actor, amount=6_000_000)
    url = at(funded, "paper_print", paper.number)
    pdf = desk.get(url)
    assert pdf.content.startswith(b"%PDF-")
    picture = desk.get(url, {"bentuk": "png"})
    assert picture.content.startswith(b"\x89PNG")
    assert picture["Content-Type"] == "image/png"
    assert desk.get(at(funded, "paper_print", "KW/2026/05/0099")).status_code == 404


def test_a_paper_of_another_cooperative_is_not_there(desk, funded, actor):
    other = builders.cooperative()
    lines = selectors.places(other)
    assert lines
    assert desk.get(at(funded, "paper_detail", "BK/2026/05/0001")).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_desk_asks_the_same_however_long_its_list(
    desk, funded, actor, count, django_assert_max_num_queries
):
    for _number in range(count):
        pay_cash(
            cooperative=funded, purpose="office", amount=100, place="cash_main", memo="Kertas",
            on=MAY_2, actor=actor,
        )  # fmt: skip
    with django_assert_max_num_queries(32):
        desk.get(at(funded, "cash_page"), {"tanggal": "2026-05-02"})


def test_thirteen_weeks_add_up(funded, actor):
    receive(funded, actor, amount=70_000, on=date(2026, 4, 28))
    pay(funded, actor, amount=30_000, on=MAY_2)
    accounts = selectors.place_accounts(cooperative=funded)
    weeks = selectors.weeks(cooperative=funded, on=MAY_2, accounts=accounts)
    assert len(weeks) == 13
    assert (weeks[-1].came_in, weeks[-1].went_out) == (70_000, 30_000)
    assert weeks[-1].balance == 3_040_000
    assert weeks[-2].balance == 3_000_000
    assert ledger.balance(cooperative=funded, role="bank") == 1_070_000
