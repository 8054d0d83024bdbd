"""The pages of receiving cloth: scan, decide, print, undo; who sees which money."""

import re
import uuid

import pytest

from canting.cooperatives.rules import Role
from canting.quality import selectors
from canting.quality.models import Inspection, InspectionLine
from tests.production.workshop import FEB_25

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(monkeypatch):
    """The pages' today is a day of the worked year."""
    for module in ("receiving", "papers"):
        monkeypatch.setattr(f"canting.quality.views.{module}.today", lambda _zone: FEB_25)


def key() -> str:
    return uuid.uuid4().hex


@pytest.fixture
def order(stocked):
    return stocked.order()


@pytest.fixture
def table(stocked, order):
    """The address at which M4's cloth of the order is received."""

    def address(**more) -> str:
        query = {"spk": order.number, "anggota": stocked.makers["M4"].number, **more}
        return f"/{stocked.cooperative.slug}/terima/?" + "&".join(
            f"{name}={value}" for name, value in query.items()
        )

    return address


def test_scan_look_enter(stocked, order, table, client_as):
    client = client_as(Role.STOREKEEPER)
    look = client.get(table(kode="K7Q-4MF"))
    assert look.status_code == 200
    body = look.content.decode()
    assert "Rp50.000" in body
    assert 'value="K7Q-4MF"' in body
    assert "autofocus" in body
    answer = client.post(
        table(kode="K7Q-4MF"),
        {"code": "K7Q-4MF", "grade": "A", "print": "1", "request_key": key()},
    )
    assert answer.status_code == 302
    assert "/periksa/slip/TK/" in answer["Location"]
    assert InspectionLine.objects.get().code == "K7Q4MF"
    again = client.get(table(kode="K7Q-4MF")).content.decode()
    assert "TK/2027/02/0001" in again


def test_sent_twice_is_received_once(stocked, order, table, client_as):
    client = client_as(Role.MENTOR)
    asked = {"code": "", "grade": "B", "save": "1", "request_key": key()}
    first, second = client.post(table(), asked), client.post(table(), asked)
    assert first["Location"] == second["Location"]
    assert Inspection.objects.count() == 1
    assert stocked.part(order, "M4").accepted == 1


def test_a_batch_is_counted_by_grade(stocked, order, table, client_as):
    answer = client_as(Role.STOREKEEPER).post(
        table(),
        {"grade": "A", "count_a": "12", "count_b": "4", "save": "1", "request_key": key()},
    )
    assert answer.status_code == 302
    assert {line.grade: line.quantity for line in InspectionLine.objects.all()} == {
        "A": 12,
        "B": 4,
    }


def test_a_refusal_keeps_what_was_typed(stocked, order, table, client_as):
    answer = client_as(Role.STOREKEEPER).post(
        table(), {"grade": "A", "count_a": "21", "save": "1", "request_key": key()}
    )
    assert answer.status_code == 422
    assert 'value="21"' in answer.content.decode()
    assert not Inspection.objects.exists()


def test_rework_and_its_return_by_the_label(stocked, order, table, client_as):
    client = client_as(Role.MENTOR)
    page = client.get(table(hasil="rework")).content.decode()
    assert page.count('name="defects"') == 12
    answer = client.post(
        table(hasil="rework"),
        {
            "quantity": "1",
            "defects": ["patchy"],
            "fault": "hers",
            "reason": "Celup sekali lagi",
            "code": "K7Q4MF",
            "save": "1",
            "request_key": key(),
        },
    )
    assert answer.status_code == 302
    back = f"/{stocked.cooperative.slug}/terima/?kode=K7Q-4MF"
    assert "TK/2027/02/0001" in client.get(back).content.decode()
    repaired = client.post(
        back, {"code": "K7Q4MF", "grade": "B", "save": "1", "request_key": key()}
    )
    assert repaired.status_code == 302
    paper = selectors.inspections(cooperative=stocked.cooperative).first()
    assert paper is not None
    assert paper.repair_of is not None
    assert stocked.balance("wages_payable", "M4") == 45_000


def test_reject_asks_whose_fault(stocked, order, table, client_as):
    client = client_as(Role.MENTOR)
    asked = {"quantity": "1", "defects": ["torn"], "save": "1", "request_key": key()}
    assert client.post(table(hasil="reject"), asked).status_code == 422
    done = client.post(table(hasil="reject"), {**asked, "fault": "ours", "grade": "A"})
    assert done.status_code == 302
    assert stocked.balance("quality_loss") == 125_014


def test_cloth_without_a_work_order_is_bought(shop, client_as):
    client = client_as(Role.STOREKEEPER)
    path = f"/{shop.cooperative.slug}/terima/tanpa-spk/"
    assert client.get(path).status_code == 200
    answer = client.post(
        path,
        {
            "member": "Aminah",
            "product": shop.shirt.code,
            "basis": "purchase",
            "request_key": key(),
        },
    )
    assert "Rp210.000" in client.get(answer["Location"]).content.decode()
    client.post(answer["Location"], {"grade": "B", "save": "1", "request_key": key()})
    assert shop.balance("pay_maker", "M1") == 180_000


def test_consigned_cloth_and_contracts_are_received_from_the_list(shop, client_as):
    shop.fund()
    contract = shop.contract(due=FEB_25, on=FEB_25)
    client = client_as(Role.MANAGER)
    home = client.get(f"/{shop.cooperative.slug}/terima/").content.decode()
    assert contract.number in home
    answer = client.post(
        f"/{shop.cooperative.slug}/terima/?km={contract.number}",
        {"grade": "A", "count_a": "10", "save": "1", "request_key": key()},
    )
    assert answer.status_code == 302
    assert shop.balance("fg") == 1_210_000


def test_undo_and_put_right_from_the_pages(stocked, order, table, client_as):
    client = client_as(Role.STOREKEEPER)
    client.post(table(), {"grade": "A", "save": "1", "request_key": key()})
    paper = Inspection.objects.get()
    undo = f"/{stocked.cooperative.slug}/periksa/urungkan/{paper.number}/"
    assert client.post(undo, {"request_key": key()}).status_code == 302
    assert stocked.balance("fg") == 0
    client.post(table(), {"grade": "A", "save": "1", "request_key": key()})
    second = Inspection.objects.latest("id")
    path = f"/{stocked.cooperative.slug}/periksa/betulkan/{second.number}/"
    assert client.get(path).status_code == 200
    nothing = client.post(path, {"result": "pass", "count_b": "1", "request_key": key()})
    assert nothing.status_code == 422
    done = client.post(
        path, {"result": "pass", "count_b": "1", "why": "Mutu B", "request_key": key()}
    )
    assert done.status_code == 302
    assert stocked.balance("wages_payable", "M4") == 45_000
    stocked.assert_books_balance()


def test_yesterdays_slip_is_not_undone_in_passing(stocked, order, client_as, monkeypatch):
    paper = stocked.inspect(assignment=stocked.part(order, "M4"))
    from datetime import date

    monkeypatch.setattr("canting.quality.views.receiving.today", lambda _zone: date(2027, 2, 26))
    undo = f"/{stocked.cooperative.slug}/periksa/urungkan/{paper.number}/"
    client_as(Role.STOREKEEPER).post(undo, {"request_key": key()})
    paper.refresh_from_db()
    assert paper.state == "standing"


@pytest.mark.parametrize("role", [Role.CASHIER, Role.BOARD, Role.SUPERVISOR])
def test_only_those_who_receive_may_receive(stocked, order, table, client_as, role):
    client = client_as(role)
    assert client.get(table()).status_code == 403
    answer = client.post(table(), {"grade": "A", "request_key": key()})
    assert answer.status_code == 403
    assert not Inspection.objects.exists()


def test_a_member_sees_no_slip_of_anybody(stocked, order, client_as):
    paper = stocked.inspect(assignment=stocked.part(order, "M4"))
    client = client_as(Role.MEMBER, party=stocked.makers["M5"].party)
    for path in ("surat", "slip", "label", "betulkan"):
        answer = client.get(f"/{stocked.cooperative.slug}/periksa/{path}/{paper.number}/")
        assert answer.status_code == 403


def test_a_mentor_sees_grade_prices_and_no_cost(stocked, order, client_as):
    paper = stocked.inspect(assignment=stocked.part(order, "M4"), counts={"A": 3})
    path = f"/{stocked.cooperative.slug}/periksa/surat/{paper.number}/"
    mentor = client_as(Role.MENTOR).get(path).content.decode()
    manager = client_as(Role.MANAGER).get(path).content.decode()
    amounts = set(re.findall(r"Rp[\d.]+", mentor))
    assert amounts == {"Rp50.000"}
    assert "Rp225.042" in manager
    listed = client_as(Role.MENTOR).get(f"/{stocked.cooperative.slug}/terima/").content.decode()
    assert "Rp150.000" not in listed


@pytest.mark.parametrize("width", ["58", "80"])
def test_slips_and_labels_carry_the_code(bare_hands, client_as, settings, width):
    shop = bare_hands
    paper = shop.inspect(
        member=shop.makers["M1"], product=shop.shirt, basis="purchase", code="K7Q4MF"
    )
    client = client_as(Role.STOREKEEPER)
    settings.PUBLIC_URL = ""
    slip = f"/{shop.cooperative.slug}/periksa/slip/{paper.number}/?lebar={width}"
    label = f"/{shop.cooperative.slug}/periksa/label/{paper.number}/"
    for path in (slip, label):
        body = client.get(path).content.decode()
        assert "K7Q-4MF" in body
        assert 'class="qr"' not in body
    settings.PUBLIC_URL = "https://canting.example"
    for path in (slip, label):
        assert 'class="qr"' in client.get(path).content.decode()
    assert (
        "dua ratus sepuluh ribu rupiah"
        in client.get(slip, headers={"accept-language": "id"}).content.decode()
    )


def test_the_qr_of_a_label_can_be_scanned(bare_hands, client_as):
    shop = bare_hands
    shop.inspect(member=shop.makers["M1"], product=shop.shirt, basis="purchase", code="K7Q4MF")
    body = (
        client_as(Role.STOREKEEPER)
        .get(f"/{shop.cooperative.slug}/terima/?kode=https://canting.example/kain/K7Q4MF/")
        .content.decode()
    )
    assert "TK/2027/02/0001" in body


def test_one_cloth_and_all_slips_have_their_pages(stocked, order, client_as):
    paper = stocked.inspect(assignment=stocked.part(order, "M4"), counts={"A": 6})
    stocked.inspect(
        assignment=stocked.part(order, "M4"),
        result="rework",
        fault="hers",
        counts={"": 1},
        defects=["stain"],
    )
    code = InspectionLine.objects.earliest("id").code
    client = client_as(Role.CASHIER)
    base = f"/{stocked.cooperative.slug}"
    assert client.get(f"{base}/kain/kode/{code}/").status_code == 200
    assert client.get(f"{base}/kain/kode/ZZZZZZ/").status_code == 404
    slips = client.get(f"{base}/periksa/").content.decode()
    assert paper.number in slips
    found = client.get(f"{base}/periksa/?q=Darmi").content.decode()
    assert paper.number in found
    assert paper.number not in client.get(f"{base}/periksa/?q=Endang").content.decode()
