"""Rina takes three materials together for 349.300; before it is saved one of them is struck off.

The page that asks for a yes and the books say the same sum, 230.400, by one calculation. The same
holds for her pay. And a cash box begins July with what it ended June with, looked at alone.
And what was bought together is never closed in silence: it is said whom that leaves uncharged.
"""

import re
from datetime import date
from decimal import Decimal

import pytest

from canting.cash.services import pay_cash, receive_cash
from canting.catalogue.services import create_item, set_price
from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from canting.purchasing.models import HandOut
from canting.purchasing.selectors import material_dues
from canting.settlement import selectors as settlement
from canting.settlement.models import Slip
from canting.stock import selectors as stock
from canting.stock.services import pool_lot, receive
from tests import builders
from tests.field_reports.ground import assert_clean, grid, send, shown
from tests.production.workshop import JAN_1
from tests.rounds.market import Market
from tests.settlement.books import Books

START, DAY = date(2026, 1, 5), date(2026, 11, 24)
# Material, unit, how much, price of one: 168.400 + 62.000 + 118.900 = 349.300.
TAKEN = [("Mori", "m", "8", 21_050), ("Malam", "kg", "2", 31_000), ("Naftol", "kg", "1", 118_900)]


@pytest.fixture
def materials(cooperative, actor):
    """Three materials in the store with their price for members."""
    made = []
    for name, unit, _quantity, price in TAKEN:
        kind = {"Mori": "cloth", "Malam": "wax", "Naftol": "dye"}[name]
        item = create_item(cooperative=cooperative, name=name, kind=kind, unit=unit, actor=actor)
        set_price(
            cooperative=cooperative, item=item, price_list="member", amount=price,
            valid_from=START, actor=actor,
        )  # fmt: skip
        moved = receive(
            cooperative=cooperative, place=stock.store(cooperative), lot=pool_lot(item),
            quantity=Decimal(20), value=200_000, on=START, source=f"test:{name}", actor=actor,
        )  # fmt: skip
        lines = [debit(moved.role, moved.value), credit("other_income", moved.value)]
        draft = Draft(f"test:{name}", START, "test", "Persediaan uji", lines)
        post_entry(cooperative=cooperative, draft=draft, actor=actor)
        made.append(item)
    return made


def take(keeper, cooperative, rina, materials, key, *, struck=False, seen=""):
    """The counter's form with all three, or without the last."""
    rows = [
        {"item": item.code, "quantity": quantity}
        for item, (_name, _unit, quantity, _price) in zip(materials, TAKEN, strict=True)
    ]
    if struck:
        rows[2] = {"item": "", "quantity": ""}
    return send(
        keeper, cooperative, "purchasing:hand_out_new", key=key, member=rina.number,
        mode="credit", on="24/11/2026", seen_total=seen, **grid(*rows),
    )  # fmt: skip


def test_one_material_is_struck_off_and_the_page_and_the_books_say_the_same(
    cooperative, materials, joined, client_as, day_is
):
    day_is(DAY)
    rina, keeper = joined("Rina"), client_as(Role.STOREKEEPER)
    asked = take(keeper, cooperative, rina, materials, "kunci-lihat-1")
    assert "Rp349.300" in asked.content.decode()
    assert not HandOut.objects.exists()
    asked = take(keeper, cooperative, rina, materials, "kunci-lihat-2", struck=True, seen="349300")
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "Rp230.400" in page
    assert "Rp349.300" not in page
    assert 'value="230400"' in page
    assert not HandOut.objects.exists()
    done = take(keeper, cooperative, rina, materials, "kunci-simpan-1", struck=True, seen="230400")
    assert done.status_code == 302
    assert HandOut.objects.get().total == 230_400
    owes = ledger.party_balance(cooperative=cooperative, role="recv_member", party=rina.party)
    dues = material_dues(cooperative=cooperative, party=rina.party, on=date(2027, 1, 5))
    assert owes == dues.due_now == 230_400
    assert "Rp230.400" in shown(keeper, cooperative, "purchasing:member_materials", rina.number)
    assert_clean(cooperative)


def test_her_pay_is_shown_and_booked_by_one_calculation(
    cooperative, actor, materials, joined, client_as, day_is, funded
):
    """Pay of 500.000 less 230.400 for material: the page is old when a due was added since."""
    funded()
    rina = joined("Rina")
    books = Books(cooperative, actor)
    books.people["rina"] = rina.party
    books.cloth("rina", 500_000, START)
    day_is(date(2027, 1, 5))
    keeper, cashier = client_as(Role.STOREKEEPER), client_as(Role.CASHIER)
    take(keeper, cooperative, rina, materials, "kunci-simpan-1", struck=True, seen="230400")
    day = date(2027, 1, 5)
    before = settlement.plans(cooperative=cooperative, on=day)[0]
    assert (before.earned, before.paid) == (500_000, 269_600)
    page = shown(cashier, cooperative, "settlement:pay_page")
    assert "Rp269.600" in page
    typed = {f"pay:{rina.party_id}": before.digest, "cash_place": "cash_main"}
    books.damage("rina", 19_600, day, memo="Malam tumpah")
    old = send(cashier, cooperative, "settlement:pay_page", key="kunci-bayar-1", **typed)
    assert old.status_code == 422
    assert "Rp250.000" in old.content.decode()
    assert not Slip.objects.exists()
    typed[f"pay:{rina.party_id}"] = settlement.plans(cooperative=cooperative, on=day)[0].digest
    done = send(cashier, cooperative, "settlement:pay_page", key="kunci-bayar-2", **typed)
    assert done.status_code == 302
    assert Slip.objects.get().paid == 250_000
    assert ledger.party_balance(cooperative=cooperative, role="pay_maker", party=rina.party) == 0


def test_a_round_is_closed_uncharged_only_with_who_how_much_and_why(actor, client_as, day_is):
    """Three members are to be charged 1.204.000 together; somebody settles at once."""
    coop = builders.cooperative(actor=actor, cutover=JAN_1)
    market = Market(coop, actor)
    found = market.open()
    for maker, metres in (("M1", 10), ("M2", 10), ("M3", 20)):
        market.need(found, maker, market.mori, metres)
    for order in market.ordered(found, [(market.solo, market.mori, 4, 10, 301_000, 0)]):
        market.receive(order)
    day_is(date(2027, 3, 22))
    manager = client_as(Role.MANAGER, in_cooperative=coop)
    view = ("rounds:round_settle", found.number)
    said = shown(manager, coop, *view)
    assert "3 anggota" in said
    assert "Rp1.204.000" in said
    silent = send(manager, coop, *view, key="kunci-tutup-1", reason="", rest="")
    assert silent.status_code == 422
    assert "3 anggota" in silent.content.decode()
    assert "Rp1.204.000" in silent.content.decode()
    found.refresh_from_db()
    assert found.uncharged_members == 0
    reason = "Hibah dinas membayar semuanya"
    done = send(manager, coop, *view, key="kunci-tutup-2", reason=reason, rest="")
    assert done.status_code == 302, done.content.decode()
    page = manager.get(done["Location"]).content.decode()
    assert "3 anggota" in page
    assert "Rp1.204.000" in page
    assert reason in page
    found.refresh_from_db()
    assert (found.uncharged_members, found.uncharged_amount) == (3, 1_204_000)
    assert found.reason == reason
    assert [market.owes(maker) for maker in ("M1", "M2", "M3")] == [0, 0, 0]
    assert_clean(coop)


def test_a_cash_box_begins_july_with_what_it_ended_june_with(
    cooperative, actor, funded, client_as, day_is
):
    facts = {"cooperative": cooperative, "actor": actor}
    funded("cash_main", 1_000_000)
    funded("cash_till", 400_000)
    funded("bank", 5_000_000)
    pay_cash(purpose="office", amount=125_000, place="cash_main", memo="Kertas",
             on=date(2026, 6, 10), **facts)  # fmt: skip
    receive_cash(purpose="other_in", amount=60_000, place="cash_till", memo="Sewa meja",
                 on=date(2026, 6, 30), **facts)  # fmt: skip
    receive_cash(purpose="other_in", amount=75_000, place="cash_main", memo="Sewa meja",
                 on=date(2026, 7, 1), **facts)  # fmt: skip
    day_is(DAY)
    cashier = client_as(Role.CASHIER)

    def ends(place: str, since: str, until: str) -> tuple[str, str]:
        page = shown(cashier, cooperative, "cash:cash_page", tempat=place, dari=since, sampai=until)
        figures = re.findall(r"<dd>\s*(−?Rp[\d.]+)\s*</dd>", page)
        return figures[0], figures[3]

    june, july = ("2026-06-01", "2026-06-30"), ("2026-07-01", "2026-07-31")
    assert ends("cash_main", *june) == ("Rp1.000.000", "Rp875.000")
    assert ends("cash_main", *july) == ("Rp875.000", "Rp950.000")
    assert ends("cash_till", *july)[0] == ends("cash_till", *june)[1] == "Rp460.000"
    assert ends("semua", *july)[0] == ends("semua", *june)[1] == "Rp6.335.000"
    assert_clean(cooperative)
