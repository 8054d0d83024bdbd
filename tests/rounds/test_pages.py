"""The pages of a round, opened by the people whose task it is, through its whole life."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from canting.cooperatives.rules import Role
from canting.rounds import selectors, services
from canting.rounds.models import Round
from tests import builders
from tests.portal.clock import stop_clock
from tests.rounds.market import CAME, CLOSED, OPENED, SHARED

KEY = "kunci-uji-000{}"


class Desk:
    """Somebody at the office with a browser: looks, and writes with a fresh key each time."""

    def __init__(self, market, role, party=None):
        self.market, self.count = market, 0
        self.person = builders.person_with_role(market.cooperative, role, party=party)
        self.sign_in()

    def sign_in(self) -> None:
        """A session of today; one of two weeks ago has ended."""
        self.client = Client()
        self.client.force_login(self.person)

    def path(self, path: str) -> str:
        return f"/{self.market.cooperative.slug}/{path}"

    def look(self, path: str, status: int = 200) -> str:
        answer = self.client.get(self.path(path))
        assert answer.status_code == status, path
        return answer.content.decode()

    def write(self, path: str, status: int = 302, key: str = "", **data) -> str:
        self.count += 1
        data["request_key"] = key or f"kunci-uji-{id(self)}-{self.count}"
        answer = self.client.post(self.path(path), data)
        assert answer.status_code == status, (path, answer.content.decode()[:3000])
        return answer.content.decode()


def set_day(monkeypatch, day):
    stop_clock(monkeypatch, datetime(day.year, day.month, day.day, 5, tzinfo=UTC))


def digest(page: str) -> str:
    found = re.search(r'name="digest" value="(\w+)"', page)
    assert found
    return found[1]


def test_a_round_goes_through_its_life_by_the_pages(market, monkeypatch):
    set_day(monkeypatch, OPENED)
    store = Desk(market, Role.MANAGER)
    assert "Belanja bersama" in store.look("belanja/") or "Buying together" in store.look(
        "belanja/"
    )
    terms = {
        "title": "Mori Maret",
        "deadline": "2027-03-08",
        "needed_by": "2027-03-20",
        "share_rule": "proportion",
        "price_rule": "landed",
        "margin_percent": "0",
        "tolerance_percent": "5",
    }
    assert "2027-02-01" in store.write("belanja/baru/", 422, **(terms | {"deadline": "2027-02-01"}))
    store.write("belanja/baru/", **terms)
    found = Round.objects.get()
    here = found.number
    store.write(f"belanja/ubah/{here}", **(terms | {"title": "Mori untuk Maret"}))
    assert "Mori untuk Maret" in store.look(f"belanja/lihat/{here}")
    market.need(found, "M1", market.mori, 12)
    market.need(found, "M2", market.mori, 12, mode="cash")
    her = market.member("M1")
    store.look(f"belanja/uang/catat/{here}?anggota={her.number}")
    store.write(
        f"belanja/uang/catat/{here}",
        kind="deposit",
        member=her.number,
        amount="100.000",
        cash_place="cash_main",
    )
    store.write(f"belanja/uang/catat/{here}", 422, kind="pledge", member=her.number)
    store.write(f"belanja/uang/catat/{here}", kind="own", amount="250.000")
    market.plan(found, [(market.solo, market.mori, 2, 10, 200_000, 20_000)])
    assert "Toko Solo Mori" in store.look(f"belanja/pesan/{here}")
    store.write(f"belanja/pesan/{here}")
    [order] = selectors.orders_of(found)
    page = store.look(f"belanja/lihat/{here}")
    assert order.number in page
    market.receive(order, freight=20_000)
    set_day(monkeypatch, SHARED)
    store.sign_in()
    store.look("hari-ini/")
    shown = store.look(f"belanja/bagi/{here}")
    assert "Rp210.000" in shown
    wrong = store.write(f"belanja/bagi/{here}", 422, digest="tua")
    assert "Rp420.000" in wrong
    store.write(f"belanja/bagi/{here}", 200, act="show", coret=market.mori.code)
    store.write(f"belanja/bagi/{here}", digest=digest(shown))
    assert market.owes("M1") == 110_000
    store.look(f"belanja/bagian/lihat/1/{here}")
    store.look("hari-ini/")
    other = market.member("M2")
    assert "Rp210.000" in store.look(f"belanja/bagian/serahkan/{other.number}/{here}")
    assert "1" in store.write(f"belanja/tutup/{here}", 422, rest="keep")
    store.write(f"belanja/bagian/serahkan/{other.number}/{here}", cash_place="cash_till")
    assert market.balance("cash_till") == 210_000
    slip = store.client.get(store.path(f"belanja/bagian/slip/{her.number}/{here}"))
    assert slip["Content-Type"] == "application/pdf"
    store.look(f"belanja/uang/lihat/{here}")
    store.write(f"belanja/pergi/{here}", travellers="4")
    store.write(f"belanja/tutup/{here}", rest="keep")
    assert market.again(found).state == "settled"
    store.look(f"belanja/lihat/{here}")
    store.look("belanja/hemat/")
    store.write(f"belanja/buka/{here}", 422)
    store.write(f"belanja/buka/{here}", reason="Ada yang kurang")
    store.write(f"belanja/bagian/batal/1/{here}", reason="Salah hitung")
    assert market.owes("M1") == 0


def test_a_double_click_shares_out_once(market, monkeypatch):
    set_day(monkeypatch, SHARED)
    found = market.open(share_rule="first")
    market.need(found, "M1", market.mori, 10)
    [order] = market.ordered(found, [(market.solo, market.mori, 1, 10, 349_300, 0)])
    market.receive(order)
    store = Desk(market, Role.STOREKEEPER)
    shown = digest(store.look(f"belanja/bagi/{found.number}"))
    for _ in range(2):
        store.write(f"belanja/bagi/{found.number}", key="satu-kunci-saja", digest=shown)
    store.write(f"belanja/bagi/{found.number}", digest=shown)
    assert market.owes("M1") == 349_300
    assert found.share_outs.count() == 1


def test_deposits_are_put_right_and_given_back_by_the_cashier(market, monkeypatch):
    set_day(monkeypatch, OPENED)
    found, her = market.open(), market.member("M1")
    desk = Desk(market, Role.CASHIER)
    here = found.number
    desk.write(
        f"belanja/uang/catat/{here}",
        kind="deposit",
        member=her.number,
        amount="300.000",
        cash_place="cash_main",
    )
    [fund] = selectors.funds(found)
    desk.look(f"belanja/uang/betulkan/{fund.pk}/{here}")
    desk.look(f"kas/bukti/lihat/{fund.paper}")
    desk.write(
        f"belanja/uang/betulkan/{fund.pk}/{here}",
        amount="200.000",
        cash_place="cash_main",
        reason="Salah ketik",
    )
    assert market.owes("M1", "round_deposit") == 200_000
    desk.look(f"belanja/uang/betulkan/{fund.pk}/{here}", 404)
    desk.look(f"belanja/uang/kembali/{her.number}/{here}")
    assert "Rp200.000" in desk.write(
        f"belanja/uang/kembali/{her.number}/{here}", 422, amount="250.000", cash_place="cash_main"
    )
    desk.write(f"belanja/uang/kembali/{her.number}/{here}", amount="50.000", cash_place="cash_main")
    [voucher] = selectors.vouchers_of(found)
    page = desk.look(f"belanja/uang/lihat/{here}")
    assert voucher in page
    desk.look(f"belanja/uang/bukti/{here}?bk=BK/2027/03/9999", 404)
    desk.look(f"belanja/uang/bukti/{here}?bk={voucher}")
    desk.write(f"belanja/uang/bukti/{here}", bk=voucher, reason="Salah orang")
    assert market.owes("M1", "round_deposit") == 200_000


def test_a_member_sees_her_own_round_and_nothing_of_others(market, monkeypatch):
    set_day(monkeypatch, SHARED)
    found = market.open(share_rule="first")
    market.need(found, "M1", market.mori, 10, mode="cash")
    market.need(found, "M2", market.mori, 4)
    market.market_price(market.mori, 40_000)
    me = Desk(market, Role.MEMBER, party=market.member("M1").party)
    assert found.number in me.look("beranda/") or found.title in me.look("beranda/")
    [order] = market.ordered(found, [(market.solo, market.mori, 1, 12, 360_000, 0)])
    me.look("belanja/saya/")
    market.receive(order)
    market.share(found)
    page = me.look(f"belanja/saya/lihat/{found.number}")
    assert "Rp300.000" in page
    assert "Buriyah" not in page
    assert "Rp60.000" not in page
    services.hand_waiting(
        found=market.again(found),
        member=market.member("M1"),
        cash_place="cash_till",
        on=CLOSED,
        actor=market.actor,
    )
    assert "Rp100.000" in me.look(f"belanja/saya/lihat/{found.number}")
    slip = me.client.get(me.path(f"belanja/saya/slip/{found.number}"))
    assert slip["Content-Type"] == "image/png"
    other = Desk(market, Role.MEMBER, party=market.member("M3").party)
    other.look(f"belanja/saya/slip/{found.number}", 404)
    assert "Rp300.000" not in other.look(f"belanja/saya/lihat/{found.number}")
    other.look(f"belanja/lihat/{found.number}", 403)


@pytest.mark.parametrize("act", ["batal", "kumpulkan"])
def test_calling_off_and_collecting_again_ask_why(market, monkeypatch, act):
    set_day(monkeypatch, CAME)
    found = market.open()
    market.need(found, "M1", market.mori, 10)
    market.plan(found, [(market.solo, market.mori, 1, 10, 100_000, 0)])
    store = Desk(market, Role.STOREKEEPER)
    store.look(f"belanja/{act}/{found.number}")
    store.write(f"belanja/{act}/{found.number}", 422)
    store.write(f"belanja/{act}/{found.number}", reason="Harga naik")
    state = market.again(found).state
    assert state == ("cancelled" if act == "batal" else "collecting")
    assert "Harga naik" in store.look(f"belanja/lihat/{found.number}")
