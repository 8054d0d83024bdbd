"""The pages of needs: at the desk, from a message, worked out, divided, and on a member's phone."""

import itertools
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from canting.catalogue.services import change_item
from canting.cooperatives.rules import Role
from canting.quality import selectors as quality
from canting.rounds import selectors, services
from canting.rounds.models import Need, Quota
from canting.rounds.services import Wish
from tests import builders
from tests.portal.clock import stop_clock
from tests.rounds.market import OPENED

D = Decimal
_keys = itertools.count(1)


@pytest.fixture
def found(market, monkeypatch):
    stop_clock(monkeypatch, timezone.now().replace(year=2027, month=3, day=1, hour=5))
    return market.open()


def browser(market, role=Role.STOREKEEPER, maker="") -> Client:
    client = Client()
    party = market.member(maker).party if maker else None
    client.force_login(builders.person_with_role(market.cooperative, role, party=party))
    return client


def address(market, found, way) -> str:
    return f"/{market.cooperative.slug}/belanja/{way}/{found.number}"


def post(client, path, **data):
    return client.post(path, {"request_key": f"request-key-{next(_keys)}", **data})


def rows(*typed) -> dict[str, str]:
    """The grid with these rows: dicts of cells."""
    data = {"b-TOTAL_FORMS": str(len(typed)), "b-INITIAL_FORMS": "0"}
    for place, row in enumerate(typed):
        data |= {f"b-{place}-{name}": value for name, value in row.items()}
    return data


def wants(market, **cells) -> dict[str, str]:
    facts = {"member": market.member("M1").number, "item": market.mori.code, "quantity": "2,5"}
    return {**facts, "unit": "", "mode": "credit", **cells}


def test_rows_of_many_members_and_the_store_are_written_down(market, found):
    client = browser(market)
    typed = rows(
        wants(market),
        wants(market, member=market.member("M2").number, item=market.malam.code, mode="cash"),
        wants(market, member="", quantity="40"),
        wants(market, member="", item="", quantity=""),
    )
    assert post(client, address(market, found, "butuh/catat"), **typed).status_code == 302
    assert {
        (n.member and n.member.number, n.item.code, n.base_quantity, n.mode)
        for n in selectors.standing_needs(found)
    } == {
        (market.member("M1").number, market.mori.code, D("2.5"), "credit"),
        (market.member("M2").number, market.malam.code, D("2.5"), "cash"),
        (None, market.mori.code, D(40), "credit"),
    }
    page = client.get(address(market, found, "butuh/lihat")).content.decode()
    assert "Buriyah" in page
    assert "2,5 kg" in page


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"member": "Bu Tidak Ada"}, "Bu Tidak Ada"),
        ({"quantity": "0"}, ""),
        ({"quantity": "-2"}, ""),
        ({"quantity": "banyak"}, "banyak"),
        ({"unit": "takar"}, "takar"),
        ({"item": ""}, ""),
    ],
)
def test_a_broken_row_is_named_and_nothing_is_saved(market, found, cells, said):
    answer = post(
        browser(market), address(market, found, "butuh/catat"), **rows(wants(market, **cells))
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Need.objects.exists()


def test_the_same_material_twice_for_one_member_is_asked_about(market, found):
    twice = rows(wants(market), wants(market, quantity="4"))
    assert post(browser(market), address(market, found, "butuh/catat"), **twice).status_code == 422
    assert not Need.objects.exists()


def test_a_message_fills_the_rows_and_saves_nothing(market, found):
    client = browser(market)
    path = address(market, found, "butuh/catat")
    message = "Aminah: mori primissima 5 m, malam 2 kg\nAminah: besok saya ke pasar"
    shown = post(client, path, message=message, act="read")
    assert shown.status_code == 200
    text = shown.content.decode()
    assert "besok saya ke pasar" in text
    assert not Need.objects.exists()
    unread = wants(market, item="", quantity="", raw="besok saya ke pasar")
    read = [
        wants(market, quantity="5", raw="mori primissima 5 m"),
        wants(market, item=market.malam.code, quantity="2", raw="malam 2 kg"),
    ]
    assert post(client, path, **rows(*read, unread)).status_code == 422
    assert not Need.objects.exists()
    assert post(client, path, **rows(*read, {**unread, "drop": "on"})).status_code == 302
    assert {(n.source, n.base_quantity) for n in Need.objects.all()} == {
        ("paste", D(5)),
        ("paste", D(2)),
    }
    again = post(client, path, **rows(*read))
    assert again.status_code == 302
    assert Need.objects.count() == 2


def test_a_refused_row_is_told_and_stays_typed(market, found, monkeypatch):
    made = {market.member("M2").party_id: 2}
    monkeypatch.setattr(quality, "accepted_by_party", lambda **_asked: made)
    services.set_quota(
        found=found, item=market.mori, total=D(10), step=D(1),
        expires_on=OPENED + timedelta(days=2), on=OPENED, actor=market.actor,
    )  # fmt: skip
    answer = post(browser(market), address(market, found, "butuh/catat"), **rows(wants(market)))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "0 m" in text
    assert 'value="2,5"' in text


def test_a_need_is_taken_out_at_the_desk(market, found):
    need = market.need(found, "M1", market.mori, 10)
    path = address(market, found, f"butuh/batal/{need.pk}")
    assert post(browser(market), path).status_code == 302
    assert not selectors.standing_needs(found).exists()
    other = market.open(title="Lain")
    assert (
        post(browser(market), address(market, other, f"butuh/batal/{need.pk}")).status_code == 404
    )


def test_what_was_worked_out_is_taken_over_when_it_is_ticked(market, found):
    change_item(item=market.mori, actor=market.actor, reorder_point=D(50))
    order = market.shop.order({"M4": 10})
    client = browser(market)
    path = address(market, found, "butuh/hitung")
    page = client.get(path).content.decode()
    assert order.number in page
    assert post(client, path).status_code == 422
    key = f"{market.member('M4').number}|{market.mori.code}|{order.number}"
    assert post(client, path, take=[key, f"|{market.mori.code}|"]).status_code == 302
    assert {(n.source, n.reference, n.mode, n.basis) for n in Need.objects.all()} == {
        ("work_order", order.number, "custody", "commission"),
        ("reorder", "", "credit", "none"),
    }


def test_a_scarce_material_is_divided_and_let_go_on_its_page(market, found, monkeypatch):
    made = {market.member("M1").party_id: 6, market.member("M2").party_id: 2}
    monkeypatch.setattr(quality, "accepted_by_party", lambda **_asked: made)
    client = browser(market, Role.MANAGER)
    path = address(market, found, "jatah/lihat")
    typed = {"item": market.mori.code, "total": "40", "step": "1", "expires_on": "4/3/2027"}
    assert post(client, path, **(typed | {"total": "0"})).status_code == 422
    assert post(client, path, **typed).status_code == 302
    page = client.get(path).content.decode()
    for said in ("Aminah", "30 m", "10 m"):
        assert said in page
    lift = address(market, found, f"jatah/lepas/{market.mori.code}")
    assert post(client, lift).status_code == 302
    assert not Quota.objects.exists()
    assert post(client, lift).status_code == 404


def test_a_member_asks_changes_and_takes_out_on_her_phone(market, found):
    market.market_price(market.mori, 30_000)
    client = browser(market, Role.MEMBER, "M1")
    path = address(market, found, "saya/butuh")
    typed = {"item": market.mori.code, "quantity": "5", "unit": "", "mode": "credit"}
    assert post(client, path, **typed).status_code == 302
    assert post(client, path, **(typed | {"quantity": "8"})).status_code == 302
    (need,) = selectors.needs_in(found=found, member=market.member("M1"))
    assert (need.base_quantity, need.source) == (D(8), "phone")
    page = client.get(path).content.decode()
    for said in ("8 m", "Rp30.000", "Pasar Klewer"):
        assert said in page
    assert post(client, path, **(typed | {"quantity": "0"})).status_code == 422
    assert post(client, path, **(typed | {"mode": "custody"})).status_code == 422
    assert post(client, address(market, found, f"saya/batal/{need.pk}")).status_code == 302
    assert not selectors.standing_needs(found).exists()


def test_a_member_cannot_touch_anothers_need_or_a_strange_round(market, found, cooperative):
    need = market.need(found, "M2", market.mori, 10)
    client = browser(market, Role.MEMBER, "M1")
    assert post(client, address(market, found, f"saya/batal/{need.pk}")).status_code == 404
    assert "Buriyah" not in client.get(address(market, found, "saya/butuh")).content.decode()
    assert client.get(address(market, found, "butuh/lihat")).status_code == 403
    assert (
        client.get(f"/{market.cooperative.slug}/belanja/saya/butuh/BB/1999/01/1").status_code == 404
    )


def test_after_the_last_day_the_pages_only_show(market, found, monkeypatch):
    services.ask(
        found=found,
        wish=Wish(market.mori, D(4), member=market.member("M1")),
        on=OPENED,
        actor=market.actor,
    )
    stop_clock(monkeypatch, timezone.now().replace(year=2027, month=3, day=10, hour=5))
    client = browser(market, Role.MEMBER, "M1")
    page = client.get(address(market, found, "saya/butuh")).content.decode()
    assert "4 m" in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]
    desk = browser(market).get(address(market, found, "butuh/lihat")).content.decode()
    assert "butuh/batal" not in desk
