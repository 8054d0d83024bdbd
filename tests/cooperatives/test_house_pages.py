"""People, parameters, facts, audit and files of the house."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from canting.cooperatives import selectors
from canting.cooperatives.errors import (
    LastOfBoard,
    OfOtherHouses,
    OnlyBoardMay,
    RoleOfMembers,
    UsernameTaken,
)
from canting.cooperatives.invariants import INVARIANTS
from canting.cooperatives.models import Access, AuditRecord, Series
from canting.cooperatives.rules import PartyKind, Role
from canting.cooperatives.services import (
    appoint,
    attach,
    dismiss,
    grant_access,
    hire,
    next_number,
    record,
    renew_password,
)
from tests import builders

PHOTO = b"\xff\xd8\xff\xdb\x00\x04\x01\x02\xff\xda\x00\x02picture\xff\xd9"
SECRET = "kain panjang sogan 42"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def board(cooperative):
    return builders.person_with_role(cooperative, Role.BOARD)


@pytest.fixture
def manager(cooperative):
    return builders.person_with_role(cooperative, Role.MANAGER)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(cooperative, name, *parts):
    return reverse(f"cooperatives:{name}", args=[cooperative.slug, *parts])


def send(client, url, key="one", **data):
    return client.post(url, {"request_key": f"{key:0>16}", **data})


def roles(cooperative, user):
    return selectors.roles_of(cooperative=cooperative, user=user)


def broken(cooperative):
    return {
        law.name.removeprefix("cooperatives.")
        for law in INVARIANTS
        if list(law.breaches(cooperative))
    }


# --- People ---


def test_the_manager_hires_a_cashier_who_can_sign_in(cooperative, manager):
    made = hire(
        cooperative=cooperative, username="tini", full_name="Tini", password=SECRET,
        role=Role.CASHIER, actor=manager,
    )  # fmt: skip
    assert roles(cooperative, made) == {Role.CASHIER}
    assert made.check_password(SECRET)
    with pytest.raises(UsernameTaken), transaction.atomic():
        hire(
            cooperative=cooperative, username="TINI", full_name="Lain", password=SECRET,
            role=Role.CASHIER, actor=manager,
        )  # fmt: skip


@pytest.mark.parametrize("role", [Role.MANAGER, Role.BOARD, Role.SUPERVISOR])
def test_nobody_but_the_board_gives_power_not_even_to_oneself(cooperative, manager, board, role):
    with pytest.raises(OnlyBoardMay), transaction.atomic():
        appoint(cooperative=cooperative, user=manager, role=role, actor=manager)
    assert roles(cooperative, manager) == {Role.MANAGER}
    appoint(cooperative=cooperative, user=manager, role=role, actor=board)
    assert role in roles(cooperative, manager)


def test_the_role_of_a_member_comes_from_admission_alone(cooperative, manager, board):
    with pytest.raises(RoleOfMembers), transaction.atomic():
        appoint(cooperative=cooperative, user=manager, role=Role.MEMBER, actor=board)


def test_the_last_one_of_the_board_stays(cooperative, board):
    with pytest.raises(LastOfBoard), transaction.atomic():
        dismiss(cooperative=cooperative, user=board, role=Role.BOARD, actor=board)
    other = builders.person_with_role(cooperative, Role.BOARD)
    dismiss(cooperative=cooperative, user=board, role=Role.BOARD, actor=other)
    dismiss(cooperative=cooperative, user=board, role=Role.BOARD, actor=other)
    assert roles(cooperative, board) == set()


def test_a_password_is_renewed_only_inside_the_house(cooperative, manager, board):
    cashier = builders.person_with_role(cooperative, Role.CASHIER)
    renew_password(cooperative=cooperative, user=cashier, password=SECRET, actor=manager)
    assert cashier.check_password(SECRET)
    with pytest.raises(OnlyBoardMay), transaction.atomic():
        renew_password(cooperative=cooperative, user=board, password=SECRET, actor=manager)
    elsewhere = builders.cooperative()
    grant_access(cooperative=elsewhere, user=cashier, role=Role.BOARD, actor=cashier)
    with pytest.raises(OfOtherHouses), transaction.atomic():
        renew_password(cooperative=cooperative, user=cashier, password="x" * 12, actor=board)
    cashier.refresh_from_db()
    assert cashier.check_password(SECRET)


def test_the_pages_of_people_hire_give_and_take(cooperative, manager, board):
    client = signed_in(manager)
    typed = {"full_name": "Tini", "username": "tini", "role": "cashier", "password": SECRET}
    url = at(cooperative, "person_create")
    assert send(client, url, again="lain sekali 42", **typed).status_code == 422
    assert send(client, url, "b", again=SECRET, **{**typed, "role": "board"}).status_code == 422
    assert send(client, url, "c", again=SECRET, **typed).status_code == 302
    tini = selectors.user_by_username("tini")
    assert tini is not None
    assert "Tini" in client.get(at(cooperative, "people_list")).content.decode()
    page = at(cooperative, "person_detail", "tini")
    assert "<h1>" in client.get(page).content.decode()
    give = at(cooperative, "person_role", "tini")
    assert send(client, give, "d", role="storekeeper").status_code == 302
    assert send(client, give, "e", role="manager").status_code == 422
    assert send(signed_in(board), give, "f", role="manager").status_code == 302
    assert send(client, give, "g", take="storekeeper").status_code == 302
    assert roles(cooperative, tini) == {Role.CASHIER, Role.MANAGER}
    new = at(cooperative, "person_password", "tini")
    typed = {"password": "malam merah 2026", "again": "malam merah 2026"}
    assert send(signed_in(board), new, "h", **typed).status_code == 302


def test_members_are_not_on_the_page_of_people(cooperative, manager):
    member = builders.person_with_role(cooperative, Role.MEMBER)
    client = signed_in(manager)
    assert member.username not in client.get(at(cooperative, "people_list")).content.decode()
    assert client.get(at(cooperative, "person_detail", member.username)).status_code == 404
    stranger = builders.user("orang")
    assert client.get(at(cooperative, "person_detail", stranger.username)).status_code == 404


# --- Facts and parameters ---


def test_facts_of_the_house_are_changed_with_a_trace(cooperative, manager):
    client = signed_in(manager)
    url = at(cooperative, "house_facts")
    assert cooperative.name in client.get(url).content.decode()
    typed = {"name": "Sekar Anggur", "place": "Kraksaan", "phone": "0812-3456-7890",
             "region_code": "35.13", "zone": "Asia/Jakarta"}  # fmt: skip
    assert send(client, url, **{**typed, "phone": "12"}).status_code == 422
    assert send(client, url, "b", **typed).status_code == 302
    cooperative.refresh_from_db()
    assert (cooperative.name, cooperative.phone) == ("Sekar Anggur", "+6281234567890")
    assert selectors.audit_trail(cooperative=cooperative, subject=cooperative.slug).filter(
        action="cooperatives.changed"
    )


def value(cooperative, name, on=date(2026, 11, 24)):
    return selectors.parameter(cooperative=cooperative, name=name, on=on)


def test_the_board_sets_a_parameter_with_day_and_source(cooperative, board):
    client = signed_in(board)
    name = "paper.duty_above"
    page = at(cooperative, "parameter_detail", name)
    assert "Rp5.000.000" in client.get(page).content.decode()
    url = at(cooperative, "parameter_set", name)
    typed = {"value": "6.000.000", "valid_from": "2026-06-01", "source": "UU baru"}
    assert send(client, url, **{**typed, "source": ""}).status_code == 422
    assert send(client, url, "b", **{**typed, "value": "12.5"}).status_code == 422
    assert send(client, url, "c", **typed).status_code == 302
    assert value(cooperative, name) == 6_000_000
    assert value(cooperative, name, date(2026, 5, 31)) == 5_000_000
    html = client.get(page).content.decode()
    assert "UU baru" in html
    assert "Rp6.000.000" in client.get(at(cooperative, "parameter_list")).content.decode()


def test_a_switch_is_set_by_yes_or_no(cooperative, board):
    url = at(cooperative, "parameter_set", "ledger.close_by_two")
    typed = {"value": "0", "valid_from": "2026-06-01", "source": "Rapat pengurus 1 Juni"}
    assert send(signed_in(board), url, **typed).status_code == 302
    assert value(cooperative, "ledger.close_by_two") is False


def test_only_the_board_sets_parameters_and_unknown_ones_are_not_there(cooperative, manager):
    client = signed_in(manager)
    url = at(cooperative, "parameter_set", "paper.duty_above")
    assert send(client, url, value="1").status_code == 403
    assert client.get(at(cooperative, "parameter_detail", "no.such")).status_code == 404


def test_every_parameter_has_its_page(cooperative, board):
    client = signed_in(board)
    for name in selectors.all_parameters():
        assert client.get(at(cooperative, "parameter_detail", name)).status_code == 200, name


# --- Audit and files ---


def test_the_audit_trail_is_asked_for_one_paper(cooperative, manager):
    for number in range(60):
        record(
            cooperative_id=cooperative.pk, actor=manager, action="test.done",
            subject=f"KW/2026/11/{number:04d}", facts={"jumlah": number},
        )  # fmt: skip
    client = signed_in(manager)
    url = at(cooperative, "audit_list")
    html = client.get(url).content.decode()
    assert html.count("test.done") == 50
    following = re.search(r'rel="next" href="([^"]+)"', html)
    assert following
    assert "KW/2026/11/0003" in client.get(following[1]).content.decode()
    one = client.get(url, {"berkas": "KW/2026/11/0007"}).content.decode()
    assert one.count("test.done") == 1
    assert "KW/2099" in client.get(url, {"berkas": "KW/2099"}).content.decode()


@pytest.mark.parametrize("role", [Role.CASHIER, Role.MEMBER])
def test_the_audit_trail_is_for_those_who_watch(client_as, cooperative, role):
    assert client_as(role).get(at(cooperative, "audit_list")).status_code == 403


def test_a_file_opens_for_staff_and_for_the_member_it_is_about(cooperative, manager, client_as):
    siti = builders.party(cooperative, PartyKind.MEMBER, "Siti")
    tutik = builders.party(cooperative, PartyKind.MEMBER, "Tutik")
    upload = SimpleUploadedFile("a.jpg", PHOTO)
    kept = attach(cooperative=cooperative, subject="TK/2026/11/0001", upload=upload, actor=manager)
    url = at(cooperative, "attachment", kept.digest)
    hers, others = client_as(Role.MEMBER, party=siti), client_as(Role.MEMBER, party=tutik)
    assert hers.get(url).status_code == others.get(url).status_code == 404
    record(
        cooperative_id=cooperative.pk, actor=manager, action="test.done",
        subject="TK/2026/11/0001", for_party=siti,
    )  # fmt: skip
    answer = hers.get(url)
    assert answer.content == PHOTO
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "image/jpeg"
    assert "a.jpg" not in answer["Content-Disposition"]
    assert others.get(url).status_code == 404
    assert signed_in(manager).get(url).status_code == 200
    stranger = client_as(Role.MANAGER, builders.cooperative())
    assert stranger.get(url).status_code == 404


# --- Laws ---


def test_a_house_in_order_breaks_no_law(cooperative, manager, board):
    number = next_number(cooperative=cooperative, series="KW", on=date(2026, 11, 24))
    record(cooperative_id=cooperative.pk, actor=manager, action="test.done", subject=number)
    attach(
        cooperative=cooperative, subject=number, upload=SimpleUploadedFile("a.jpg", PHOTO),
        actor=manager,
    )  # fmt: skip
    assert broken(cooperative) == set()


def test_a_number_never_given_a_strange_access_and_a_lost_file_are_found(
    cooperative, manager, files
):
    kept = attach(
        cooperative=cooperative, subject="x", upload=SimpleUploadedFile("a.jpg", PHOTO),
        actor=manager,
    )  # fmt: skip
    (files / str(cooperative.pk) / kept.digest).unlink()
    assert broken(cooperative) == {"files_are_there"}
    stranger = builders.party(builders.cooperative(), PartyKind.MEMBER)
    Access.objects.create(cooperative=cooperative, user=manager, role=Role.MEMBER, party=stranger)
    record(cooperative_id=cooperative.pk, actor=manager, action="x", subject="KW/2026/11/0009")
    assert broken(cooperative) == {
        "files_are_there", "access_is_sound", "numbers_lie_in_their_series",
    }  # fmt: skip
    assert AuditRecord.objects.filter(cooperative=cooperative).exists()
    Series.objects.create(cooperative=cooperative, series="KW", year=2026, last=9)
    assert "numbers_lie_in_their_series" not in broken(cooperative)
