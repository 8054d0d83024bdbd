"""The pages of making: what each role sees, what a form does, what a second sending does not."""

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from canting.cooperatives.models import Message
from canting.cooperatives.rules import Role
from canting.production import selectors
from canting.production.models import PieceReport, WorkOrder
from tests.production.workshop import FEB_3, D

pytestmark = pytest.mark.django_db
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def the_day(monkeypatch):
    """The pages' today is a day of the worked year."""
    for module in ("orders", "work", "overview", "material", "advances"):
        monkeypatch.setattr(f"canting.production.views.{module}.today", lambda _zone: FEB_3)


def key() -> str:
    return uuid.uuid4().hex


def page(client, cooperative, path):
    return client.get(f"/{cooperative.slug}/{path}")


def split_data(*rows, **facts):
    data = {
        "request_key": key(),
        "makers-TOTAL_FORMS": "6",
        "makers-INITIAL_FORMS": "0",
        **facts,
    }
    for nth in range(6):
        member, quantity = rows[nth] if nth < len(rows) else ("", "")
        data |= {
            f"makers-{nth}-member": member,
            f"makers-{nth}-quantity": quantity,
            f"makers-{nth}-promised_date": "",
        }
    return data


def order_data(*rows, **facts):
    asked = {
        "product": "P-001",
        "quantity": "40",
        "due_date": "2027-03-10",
        "basis": "commission",
        "order_line": "",
        "note": "",
    }
    return split_data(*rows, **{**asked, **facts})


def test_equal_parts_are_proposed_and_nothing_is_saved(shop, client_as):
    client = client_as(Role.MANAGER)
    path = f"/{shop.cooperative.slug}/spk/baru/"
    asked = order_data(
        ("Darmi", ""), (shop.makers["M5"].number, ""), ("Cicik", ""), propose="1", product="P-001"
    )
    answer = client.post(path, asked)
    assert answer.status_code == 200
    body = answer.content.decode()
    assert body.count('value="14"') == 1
    assert body.count('value="13"') == 2
    assert not WorkOrder.objects.exists()


def test_a_work_order_is_opened_once_though_it_is_sent_twice(shop, client_as):
    client = client_as(Role.MANAGER)
    path = f"/{shop.cooperative.slug}/spk/baru/"
    asked = order_data(("Darmi", "20"), ("Endang", "20"))
    first, second = client.post(path, asked), client.post(path, asked)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    order = WorkOrder.objects.get()
    assert {row.member.full_name: row.quantity for row in order.assignments.all()} == {
        "Darmi": 20,
        "Endang": 20,
    }
    assert page(client, shop.cooperative, f"spk/surat/{order.number}/").status_code == 200


def test_a_split_that_does_not_add_up_keeps_what_was_typed(shop, client_as):
    client = client_as(Role.MANAGER)
    answer = client.post(
        f"/{shop.cooperative.slug}/spk/baru/", order_data(("Darmi", "20"), ("Endang", "19"))
    )
    assert answer.status_code == 422
    assert 'value="19"' in answer.content.decode()
    assert not WorkOrder.objects.exists()


def test_an_unknown_maker_is_named_in_her_row(shop, client_as):
    answer = client_as(Role.MANAGER).post(
        f"/{shop.cooperative.slug}/spk/baru/", order_data(("Tidak Ada", "40"))
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.MENTOR, Role.CASHIER, Role.BOARD])
def test_only_the_manager_opens_work_orders(shop, client_as, role):
    assert page(client_as(role), shop.cooperative, "spk/baru/").status_code == 403


def test_the_split_is_changed_on_its_page(shop, client_as):
    order = shop.order({"M4": 20, "M5": 20})
    client = client_as(Role.MANAGER)
    path = f"/{shop.cooperative.slug}/spk/bagi/{order.number}/"
    assert client.get(path).status_code == 200
    answer = client.post(path, split_data(("Darmi", "25"), ("Endang", "20"), ("Cicik", "5")))
    assert answer.status_code == 302
    changed = selectors.work_order(cooperative=shop.cooperative, number=order.number)
    assert changed is not None
    assert changed.quantity == 50


def test_a_member_reports_in_three_taps_and_twice_is_once(shop, client_as):
    order = shop.order({"M4": 20})
    client = client_as(Role.MEMBER, party=shop.makers["M4"].party)
    work = page(client, shop.cooperative, "pekerjaan/").content.decode()
    path = f"/{shop.cooperative.slug}/pekerjaan/lapor/{order.number}/"
    assert path in work
    asked = {"count": "2", "more": "", "request_key": key()}
    first = client.post(path, asked)
    second = client.post(path, asked)
    assert (first.status_code, second.status_code) == (302, 302)
    assert PieceReport.objects.get().count == 2
    again = client.post(path, {**asked, "request_key": key()})
    assert again.status_code == 302
    assert shop.part(order, "M4").reported == 4


def test_a_report_may_carry_a_photo_and_more_than_asked(shop, client_as):
    order = shop.order({"M4": 2})
    client = client_as(Role.MEMBER, party=shop.makers["M4"].party)
    answer = client.post(
        f"/{shop.cooperative.slug}/pekerjaan/lapor/{order.number}/",
        {
            "count": "1",
            "more": "3",
            "request_key": key(),
            "photo": SimpleUploadedFile("kain.png", PIXEL, "image/png"),
        },
    )
    assert answer.status_code == 302
    report = PieceReport.objects.get()
    assert (report.count, report.over) == (3, 1)
    office = page(client_as(Role.MANAGER), shop.cooperative, "kain/").content.decode()
    assert "Darmi" in office


@pytest.mark.parametrize(
    "path", ["pekerjaan/surat/{}/", "pekerjaan/lapor/{}/", "pekerjaan/tahap/{}/"]
)
def test_anothers_work_does_not_exist_for_a_member(shop, client_as, path):
    order = shop.order({"M4": 20})
    hers = client_as(Role.MEMBER, party=shop.makers["M4"].party)
    anothers = client_as(Role.MEMBER, party=shop.makers["M5"].party)
    assert page(hers, shop.cooperative, path.format(order.number)).status_code == 200
    assert page(anothers, shop.cooperative, path.format(order.number)).status_code == 404
    assert anothers.post(
        f"/{shop.cooperative.slug}/{path.format(order.number)}",
        {"request_key": key(), "count": "1", "waxed": "1", "dyed": "0", "boiled": "0"},
    ).status_code in {404, 405}
    assert not PieceReport.objects.exists()


def test_a_member_says_where_her_pieces_stand(shop, client_as):
    order = shop.order({"M4": 20})
    client = client_as(Role.MEMBER, party=shop.makers["M4"].party)
    path = f"/{shop.cooperative.slug}/pekerjaan/tahap/{order.number}/"
    asked = {"waxed": "6", "dyed": "4", "boiled": "2", "request_key": key()}
    assert client.post(path, asked).status_code == 302
    assert shop.part(order, "M4").waxed == 6
    too_many = client.post(path, {**asked, "waxed": "60", "request_key": key()})
    assert too_many.status_code == 422


def test_the_office_sets_stages_and_writes_a_word(shop, client_as):
    order = shop.order({"M4": 20})
    client = client_as(Role.MENTOR)
    path = f"/{shop.cooperative.slug}/spk/tahap/{order.number}/?anggota={shop.makers['M4'].number}"
    assert client.get(path).status_code == 200
    answer = client.post(
        path,
        {"waxed": "3", "dyed": "0", "boiled": "0", "note": "Isen rapi", "request_key": key()},
    )
    assert answer.status_code == 302
    part = shop.part(order, "M4")
    assert (part.waxed, part.note) == (3, "Isen rapi")
    hers = client_as(Role.MEMBER, party=shop.makers["M4"].party)
    assert "Isen rapi" in page(hers, shop.cooperative, "pekerjaan/").content.decode()


def test_opening_the_text_is_noted_as_opened(shop, client_as, settings):
    settings.PUBLIC_URL = ""
    order = shop.order({"M4": 20})
    path = f"spk/kabar/{order.number}/?anggota={shop.makers['M4'].number}"
    answer = page(client_as(Role.MANAGER), shop.cooperative, path)
    assert answer["Location"].startswith("https://wa.me/6281234567890?text=")
    message = Message.objects.get()
    assert order.number in message.text
    assert "http" not in message.text
    assert len(message.text) <= 600


def test_material_pages_charge_and_put_right(stocked, client_as):
    shop = stocked
    client = client_as(Role.STOREKEEPER)
    base = f"/{shop.cooperative.slug}/bahan-pengrajin/"
    assert "Darmi" in client.get(base).content.decode()
    answer = client.post(
        f"{base}catat/",
        {
            "member": shop.makers["M4"].number,
            "kind": "overuse",
            "item": shop.mori.code,
            "quantity": "1",
            "work_order": "",
            "reason": "Salah potong",
            "request_key": key(),
        },
    )
    assert answer.status_code == 302
    assert shop.balance("recv_damage", "M4") == 19_393
    detail = client.get(answer["Location"])
    assert detail.status_code == 200
    fact = selectors.material_facts(cooperative=shop.cooperative).get()
    path = f"{base}betulkan/{fact.number}/"
    assert client.get(path).status_code == 200
    right = client.post(
        path,
        {"kind": "overuse", "quantity": "", "reason": "Salah catat", "request_key": key()},
    )
    assert right.status_code == 302
    assert shop.balance("recv_damage", "M4") == 0
    shop.assert_books_balance()


def test_the_advance_page_tells_the_story(shop, client_as):
    shop.fund(place="bank")
    client = client_as(Role.MANAGER)
    base = f"/{shop.cooperative.slug}/uang-muka-produksi/"
    answer = client.post(
        f"{base}baru/",
        {
            "member": shop.makers["M6"].number,
            "product": shop.shirt.code,
            "pieces": "10",
            "amount": "1.000.000",
            "agreed_price": "1.300.000",
            "share_percent": "70",
            "due_date": "2027-04-07",
            "cash_place": "bank",
            "request_key": key(),
        },
    )
    assert answer.status_code == 302, answer.content.decode()[:3000]
    body = client.get(answer["Location"]).content.decode()
    for figure in ("Rp1.000.000", "Rp1.300.000", "Rp210.000"):
        assert figure in body
    contract = selectors.advances(cooperative=shop.cooperative).get()
    right = client.post(
        f"{base}betulkan/{contract.number}/",
        {
            "pieces": "10",
            "amount": "900.000",
            "agreed_price": "1.300.000",
            "share_percent": "70",
            "due_date": "2027-04-07",
            "cash_place": "bank",
            "reason": "Salah ketik",
            "request_key": key(),
        },
    )
    assert right.status_code == 302
    assert shop.balance("advance_maker", "M6") == 900_000
    assert client.get(base).status_code == 200
    shop.assert_books_balance()


def test_a_work_order_is_ended_early_only_with_a_reason(stocked, client_as):
    order = stocked.order({"M4": 20})
    client = client_as(Role.MANAGER)
    path = f"/{stocked.cooperative.slug}/spk/tutup/{order.number}/"
    assert "Mori" in client.get(path).content.decode()
    assert client.post(path, {"reason": "", "request_key": key()}).status_code == 422
    assert client.post(path, {"reason": "Pembeli batal", "request_key": key()}).status_code == 302
    assert client.get(f"/{stocked.cooperative.slug}/spk/?keadaan=ended").status_code == 200


def test_the_cloth_page_shows_what_comes_and_what_is_ready(stocked, client_as):
    order = stocked.order({"M4": 20})
    stocked.inspect(assignment=stocked.part(order, "M4"), counts={"A": 3})
    for role in (Role.MANAGER, Role.MENTOR, Role.STOREKEEPER, Role.CASHIER, Role.SUPERVISOR):
        answer = page(client_as(role), stocked.cooperative, "kain/")
        assert answer.status_code == 200
        assert "Kemeja Anggur" in answer.content.decode()


def test_an_order_of_a_buyer_proposes_its_line(shop, client_as):
    from canting.sales import services as sales
    from canting.sales.rules import OrderItem

    buyer = sales.create_buyer(
        cooperative=shop.cooperative, name="Galeri Wastra", on=FEB_3, actor=shop.actor
    )
    taken = sales.take_order(
        cooperative=shop.cooperative,
        buyer=buyer,
        lines=[OrderItem(product=shop.shirt, quantity=D(24), price=250_000)],
        promised_date=date(2027, 3, 12),
        on=FEB_3,
        actor=shop.actor,
    )
    client = client_as(Role.MANAGER)
    link = f"spk/baru/?pesanan={taken.number}"
    seen = page(client, shop.cooperative, f"pesanan/lihat/{taken.number}").content.decode()
    assert link in seen
    body = page(client, shop.cooperative, link).content.decode()
    assert 'value="24"' in body
    assert 'value="2027-03-12"' in body
    answer = client.post(
        f"/{shop.cooperative.slug}/spk/baru/",
        order_data(("Darmi", "24"), quantity="24", order_line=f"{taken.number}:1"),
    )
    assert answer.status_code == 302
    order = WorkOrder.objects.get()
    assert order.order_line is not None
    assert order.order_line.order == taken
    found = selectors.orders_of_line(cooperative=shop.cooperative, line_ids=[order.order_line.pk])
    assert list(found) == [order]
