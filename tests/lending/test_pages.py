"""The pages: every one opens, its form books once, a refusal stands beside its field."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from canting.cooperatives.rules import Role
from canting.lending import selectors, services
from canting.lending.models import Facility, Onlend
from tests import builders
from tests.lending.conftest import JUN_15
from tests.portal.clock import stop_clock


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    stop_clock(monkeypatch, datetime(2026, 11, 24, 5, tzinfo=UTC))


def client_of(desk, role: Role, party=None) -> Client:
    client = Client()
    client.force_login(builders.person_with_role(desk.coop, role, party=party))
    return client


def send(client, path: str, **typed):
    return client.post(path, {"request_key": uuid.uuid4().hex, **typed})


def test_the_whole_round_by_pages(desk):
    slug = desk.coop.slug
    desk_person, board = client_of(desk, Role.CASHIER), client_of(desk, Role.BOARD)
    answer = send(
        desk_person,
        f"/{slug}/mitra/akad/baru/",
        financier=desk.partner.party.number,
        contract="PK-9",
        signed_on="2026-11-01",
        limit="10.000.000",
        mode="principal",
        charge="interest",
        instalments="4",
        first_due="2027-02-01",
        months="3",
        rate="6",
        method="effective",
    )
    assert answer.status_code == 302, answer.content.decode()
    facility = Facility.objects.get()
    number = facility.number
    assert f"akad/setujui/{number}" not in desk_person.get(answer["Location"]).text
    refused = desk_person.get(f"/{slug}/mitra/akad/setujui/{number}")
    assert refused.status_code == 403
    assert send(board, f"/{slug}/mitra/akad/setujui/{number}", decision="R1").status_code == 302
    over = send(
        desk_person,
        f"/{slug}/mitra/cair/baru/{number}",
        amount="11jt",
        on="2026-11-20",
        place="bank",
    )
    assert over.status_code == 422
    assert "Rp10.000.000" in over.text
    drawn = send(
        desk_person,
        f"/{slug}/mitra/cair/baru/{number}",
        amount="10jt",
        on="2026-11-20",
        place="bank",
    )
    assert drawn.status_code == 302
    given = send(
        desk_person,
        f"/{slug}/mitra/terus/baru/{number}",
        member=desk.siti.number,
        amount="4.000.000",
        instalments="4",
        first_due="2026-12-20",
        months="1",
        method="flat",
    )
    assert given.status_code == 302, given.content.decode()
    onlend = Onlend.objects.get()
    send(board, f"/{slug}/mitra/terus/setujui/{onlend.number}")
    path = f"/{slug}/mitra/terus/serahkan/{onlend.number}"
    assert send(desk_person, path, on="2026-11-20", place="bank").status_code == 302
    path = f"/{slug}/mitra/terima/baru/{onlend.number}"
    assert "1.000.000" in desk_person.get(path).text
    paid = send(desk_person, path, principal="1.000.000", fee="", on="2026-11-24", place="bank")
    assert paid.status_code == 302
    path = f"/{slug}/mitra/angsur/baru/{number}"
    assert 'value="2.500.000"' in desk_person.get(path).text
    back = send(
        desk_person, path, principal="2.500.000", interest="150.000", on="2026-11-24", place="bank"
    )
    assert back.status_code == 302
    for page in (
        *(
            "mitra/",
            "mitra/jatuh-tempo/",
            "mitra/terus/",
            "mitra/terus/?yang=telat",
            "mitra/bunga/",
        ),
        *(f"mitra/akad/lihat/{number}", f"mitra/terus/lihat/{onlend.number}"),
        *("mitra/?unduh=xlsx", "mitra/terus/?unduh=csv", "mitra/jatuh-tempo/?unduh=xlsx"),
    ):
        assert desk_person.get(f"/{slug}/{page}").status_code == 200, page
    assert desk.is_sound()


def test_the_statement_is_a_paper_to_sign(desk):
    facility = desk.drawn()
    services.repay(
        facility=facility,
        principal=2_000_000,
        interest=300_000,
        place="bank",
        on=date(2026, 11, 10),
        actor=desk.actor,
    )
    answer = client_of(desk, Role.BOARD).get(
        f"/{desk.coop.slug}/mitra/akad/cetak/{facility.number}.pdf"
    )
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_member_sees_her_own_funds_and_no_others(desk):
    desk.passed_on(desk.drawn())
    hers = client_of(desk, Role.MEMBER, desk.siti.party).get(f"/{desk.coop.slug}/dana-mitra/")
    others = client_of(desk, Role.MEMBER, desk.hos.party).get(f"/{desk.coop.slug}/dana-mitra/")
    assert "5.000.000" in hers.text
    assert "1.050.000" in hers.text
    assert "000.000" not in others.text


def test_an_instalment_sent_twice_is_booked_once(desk):
    given = desk.passed_on(desk.drawn())
    client = client_of(desk, Role.CASHIER)
    path = f"/{desk.coop.slug}/mitra/terima/baru/{given.number}"
    typed = {"principal": "1.000.000", "fee": "50.000", "on": "2026-11-24", "place": "bank"}
    key = uuid.uuid4().hex
    first = client.post(path, {"request_key": key, **typed})
    again = client.post(path, {"request_key": key, **typed})
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert selectors.onlend_stand(given).left == 4_000_000
    assert desk.is_sound()


def test_another_cooperative_finds_none_of_it(desk):
    given = desk.passed_on(desk.drawn())
    other = builders.cooperative()
    client = Client()
    client.force_login(builders.person_with_role(other, Role.MANAGER))
    facility = given.facility.number
    for page in (
        *(f"akad/lihat/{facility}", f"akad/cetak/{facility}.pdf", f"cair/baru/{facility}"),
        *(f"angsur/baru/{facility}", f"terus/baru/{facility}", f"terus/lihat/{given.number}"),
        *(f"terima/baru/{given.number}", f"terus/betulkan/{given.number}"),
    ):
        assert client.get(f"/{other.slug}/mitra/{page}").status_code == 404, page
        assert client.get(f"/{desk.coop.slug}/mitra/{page}").status_code == 404, page


def test_interest_is_booked_and_taken_back_by_pages(desk):
    facility = desk.drawn()
    client = client_of(desk, Role.CASHIER)
    path = f"/{desk.coop.slug}/mitra/bunga/"
    assert send(client, path, until="2026-10-31").status_code == 302
    paper = selectors.accruals(cooperative=desk.coop).get()
    assert paper.number in client.get(path).text
    assert client.get(f"{path}lihat/{paper.number}").status_code == 200
    again = send(client, path, until="2026-10-31")
    assert again.status_code == 422
    taken = send(client, f"{path}batal/{paper.number}", reason="Salah hari")
    assert taken.status_code == 302
    assert desk.stand(facility).accrued == 0


def test_what_the_old_book_holds_is_said_on_the_list(desk):
    from canting.ledger.rules import Draft, credit, debit
    from canting.ledger.services import post_entry

    lines = [debit("bank", 700_000), credit("partner_loan", 700_000, desk.partner.party)]
    draft = Draft("opening:x", date(2026, 1, 1), "opening", "Saldo awal", lines)
    post_entry(cooperative=desk.coop, draft=draft, actor=desk.actor)
    client = client_of(desk, Role.CASHIER)
    assert "Rp700.000" in client.get(f"/{desk.coop.slug}/mitra/").text
    facility = desk.facility()
    path = f"/{desk.coop.slug}/mitra/cair/baru/{facility.number}"
    too_much = send(client, path, amount="800.000", on=JUN_15, place="old")
    assert too_much.status_code == 422
    before = desk.papers()
    assert send(client, path, amount="700.000", on=JUN_15, place="old").status_code == 302
    assert desk.papers() == before
    assert desk.stand(facility).owed == 700_000
    assert "tanpa akad" not in client.get(f"/{desk.coop.slug}/mitra/").text
    assert desk.is_sound()
