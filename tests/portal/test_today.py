"""Hari ini: who sees what, each row with its one button, and never a query a row."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver

from canting.cooperatives.models import Cooperative
from canting.cooperatives.rules import PartyKind, Role
from canting.cooperatives.selectors import rights_of
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry, reverse_entry
from canting.members.services import admit_member
from canting.portal import selectors
from canting.portal.selectors.late import late
from canting.portal.selectors.near import near_orders
from canting.portal.selectors.waiting import waiting
from canting.production.rules import Part
from canting.production.services import open_work_order
from canting.sales.services import issue_invoice
from canting.stock import selectors as stock
from canting.stock.services import issue, pool_lot
from tests import builders
from tests.portal.clock import NOW, stop_clock
from tests.portal.house import ON, House
from tests.production.workshop import JAN_1, D

pytestmark = pytest.mark.usefixtures("afternoon")

STAFF = [role for role in Role if role != Role.MEMBER]
PAGES = {
    Role.CASHIER: {"late", "waiting", "unpaid"},
    Role.STOREKEEPER: {"late", "waiting"},
    Role.MANAGER: {"late", "waiting", "unpaid"},
    Role.MENTOR: {"late", "waiting", "in_hands"},
    Role.BOARD: {"late", "waiting", "unpaid"},
    Role.SUPERVISOR: {"late", "unpaid"},
}


@pytest.fixture
def cooperative(of_2027) -> Cooperative:
    return of_2027


@pytest.fixture
def house(cooperative, actor) -> House:
    made = House(cooperative, actor)
    made.work()
    made.sell()
    made.save()
    # One maker's work is still on time, for the mentor's list.
    made.order({"M1": 3}, due=date(2027, 4, 2))
    return made


def page(client: Client, cooperative: Cooperative) -> str:
    answer = client.get(f"/{cooperative.slug}/hari-ini/")
    assert answer.status_code == 200
    return answer.content.decode()


def rights(role: Role) -> frozenset[str]:
    return rights_of(frozenset({role}))


def lateness(cooperative, role, on=ON):
    near = near_orders(cooperative=cooperative)
    return late(cooperative=cooperative, on=on, rights=rights(role), near=near)


def post(cooperative, actor, number, lines, on=ON, own_date=None):
    draft = Draft(f"test:{number}", on, "test", f"Percobaan {number}", lines, own_date=own_date)
    return post_entry(cooperative=cooperative, draft=draft, actor=actor)


@pytest.mark.parametrize("role", STAFF)
def test_each_role_finds_its_own_lists(house, cooperative, client_as, role):
    text = page(client_as(role), cooperative)
    drawn = {key for key in ("late", "waiting", "unpaid", "in_hands") if f'id="{key}"' in text}
    assert drawn == PAGES[role]


def test_what_is_late_tells_who_how_long_and_what(house, cooperative):
    found = lateness(cooperative, Role.MANAGER)
    assert found is not None
    assert [row.what for row in found.rows] == ["Galeri Panjalu", "Darmi", "Endang"]
    assert "PS/2027/02/0001" in found.rows[0].why
    assert found.rows[0].act_url.startswith("https://wa.me/6281298765432?text=")
    assert "18" in found.rows[1].why


def test_an_invoice_past_its_day_is_late_for_those_who_collect(house, cooperative, actor):
    issue_invoice(order=house.sale, on=date(2027, 3, 3), due_on=date(2027, 3, 10), actor=actor)
    seen = lateness(cooperative, Role.CASHIER)
    assert seen is not None
    assert "Rp300.000" in seen.rows[-1].why
    mentor = lateness(cooperative, Role.MENTOR)
    assert mentor is not None
    assert "Rp" not in " ".join(row.why for row in mentor.rows)


def test_on_the_promised_day_nothing_is_late_yet(house, cooperative):
    found = lateness(cooperative, Role.MANAGER, on=date(2027, 3, 10))
    assert found is not None
    assert found.total == 0


def test_what_waits_is_asked_of_those_who_can_do_it(house, cooperative, actor):
    post(cooperative, actor, 1, [debit("bank", 70_000), credit("suspense", 70_000)])
    book = ledger.book(cooperative=cooperative)
    known = {"book": book, "suspense": 70_000}
    mine = waiting(cooperative=cooperative, on=ON, rights=rights(Role.MANAGER), **known)
    told = " ".join(row.what for row in mine.rows)
    assert "3" in mine.rows[0].what
    assert "Rp300.000" in told
    assert "2027" in told
    assert "Rp70.000" in told
    theirs = waiting(cooperative=cooperative, on=ON, rights=rights(Role.MENTOR), **known)
    assert theirs.total == 1


def test_makers_are_owed_what_the_books_say(house, cooperative, client_as):
    text = page(client_as(Role.CASHIER), cooperative)
    assert "Rp100.000" in text
    assert "TK/2027/02/0001" in text
    assert "Rp100.000" not in page(client_as(Role.MENTOR), cooperative)


def test_material_runs_short_before_a_new_order_is_here(house, cooperative, actor, client_as):
    moved = issue(
        cooperative=cooperative,
        place=stock.store(cooperative),
        lot=pool_lot(house.malam),
        quantity=D("60"),
        on=date(2027, 3, 12),
        source="test.use:1",
        actor=actor,
    )
    lines = [debit("admin", moved.value), credit(moved.role, moved.value)]
    post(cooperative, actor, 1, lines, on=date(2027, 3, 12))
    text = page(client_as(Role.STOREKEEPER), cooperative)
    assert 'id="thin"' in text
    assert "Malam" in text
    assert 'class="chart bar"' in text


def test_cash_in_hand_is_the_drawers_not_the_bank(house, cooperative):
    found = selectors.today_for(
        cooperative=cooperative,
        on=ON,
        roles={Role.CASHIER},
        rights={"cash.view_cash"},
        user_id=0,
    )
    assert found.drawer == 2_025_000


def test_the_nearest_order_is_drawn_by_stage_and_adds_up(house, cooperative):
    found = selectors.today_for(
        cooperative=cooperative,
        on=ON,
        roles={Role.MANAGER},
        rights=rights(Role.MANAGER),
        user_id=0,
    )
    assert found.order is not None
    counts = [int(count) for _stage, count in found.order.chart.table.rows]
    assert counts == [1, 1, 3, 0, 0, 35]
    assert sum(counts) == 40


def test_the_board_sees_four_pictures(house, cooperative, client_as):
    house.inspect(assignment=house.part(house.spk, "M5"), counts={"A": 1}, on=date(2027, 3, 2))
    text = page(client_as(Role.BOARD), cooperative)
    assert text.split('id="charts"')[1].count("<figure") == 4
    assert "<figure" not in page(client_as(Role.MENTOR), cooperative)


def test_supervisors_see_what_was_put_right_differed_or_came_late(
    house, cooperative, actor, client_as
):
    post(cooperative, actor, 1, [debit("cash_diff", 15_000), credit("cash_main", 15_000)])
    wrong = post(cooperative, actor, 2, [debit("admin", 9_000), credit("cash_main", 9_000)])
    entry = ledger.entry(cooperative=cooperative, position=wrong.position)
    assert entry is not None
    reverse_entry(entry=entry, on=ON, reason="Salah jumlah", actor=actor)
    lines = [debit("utilities", 8_000), credit("cash_main", 8_000)]
    post(cooperative, actor, 3, lines, own_date=date(2027, 2, 26))
    text = page(client_as(Role.SUPERVISOR), cooperative)
    for key in ("reversals", "cash_differences", "late_papers"):
        assert f'id="{key}"' in text
    assert "Rp15.000" in text
    assert 'id="reversals"' not in page(client_as(Role.MANAGER), cooperative)


def test_calm_days_are_told_in_a_line_not_in_empty_boxes(
    cooperative, actor, client_as, monkeypatch
):
    stop_clock(monkeypatch, datetime(2027, 3, 1, 3, 0, tzinfo=UTC))
    House(cooperative, actor)
    text = page(client_as(Role.STOREKEEPER), cooperative)
    assert "state done" in text
    assert 'id="late"' not in text


def test_a_new_cooperative_is_shown_how_to_begin(cooperative, client_as):
    assert "/mulai/" in page(client_as(Role.MANAGER), cooperative)
    cashier = page(client_as(Role.CASHIER), cooperative)
    assert "/mulai/" not in cashier
    assert 'id="late"' not in cashier


def test_first_members_end_the_beginning(cooperative, actor, client_as):
    admit_member(cooperative=cooperative, full_name="Aminah", on=JAN_1, actor=actor)
    assert 'id="late"' not in page(client_as(Role.MANAGER), cooperative)
    assert "state done" in page(client_as(Role.MANAGER), cooperative)


def test_it_says_what_is_provisional_and_what_is_a_demonstration(house, cooperative, client_as):
    text = page(client_as(Role.CASHIER), cooperative)
    assert "note wait" in text
    assert "note info" not in text
    cooperative.is_demo, cooperative.signed_at = True, NOW
    cooperative.save()
    text = page(client_as(Role.CASHIER), cooperative)
    assert "note info" in text
    assert "note wait" not in text


@pytest.mark.parametrize(("age", "kind"), [(None, "wrong"), (1, ""), (3, "wait"), (9, "wrong")])
def test_an_old_backup_is_told_to_those_who_keep_them(
    house, cooperative, client_as, monkeypatch, age, kind
):
    monkeypatch.setattr("django.db.connection.vendor", "sqlite", raising=False)
    old = timedelta(days=age) if age else None
    monkeypatch.setattr("canting.portal.services.backup_age", lambda now: old)
    text = page(client_as(Role.MANAGER), cooperative)
    assert ("Buat cadangan" in text) == bool(kind)
    if kind:
        assert f"note {kind}" in text
    assert "Buat cadangan" not in page(client_as(Role.CASHIER), cooperative)


def test_a_host_of_many_says_nothing_of_its_backups(house, actor, cooperative, client_as):
    builders.cooperative(actor=actor)
    assert "Buat cadangan" not in page(client_as(Role.MANAGER), cooperative)


def test_a_member_is_refused_and_a_stranger_finds_nothing(house, cooperative, client_as, actor):
    member = client_as(Role.MEMBER, party=house.makers["M1"].party)
    assert member.get(f"/{cooperative.slug}/hari-ini/").status_code == 403
    stranger = client_as(Role.MANAGER, builders.cooperative(actor=actor))
    assert stranger.get(f"/{cooperative.slug}/hari-ini/").status_code == 404
    assert Client().get(f"/{cooperative.slug}/hari-ini/").status_code == 302


def test_half_past_midnight_is_the_cooperatives_new_day(house, cooperative, client_as, monkeypatch):
    # 00.30 WIB on 11 March is 17.30 UTC on the 10th: the promise of the 10th is late.
    stop_clock(monkeypatch, datetime(2027, 3, 10, 16, 59, tzinfo=UTC))
    assert 'id="late"' not in page(client_as(Role.STOREKEEPER), cooperative)
    stop_clock(monkeypatch, datetime(2027, 3, 10, 17, 30, tzinfo=UTC))
    text = page(client_as(Role.STOREKEEPER), cooperative)
    assert 'id="late"' in text
    assert "11 Mar 2027" in text


def test_nothing_of_another_cooperative_appears(house, actor, client_as):
    other = builders.cooperative(actor=actor, cutover=JAN_1)
    builders.party(other, PartyKind.MEMBER)
    post(other, actor, 1, [debit("bank", 1_000), credit("other_income", 1_000)])
    text = page(client_as(Role.BOARD, other), other)
    for theirs in ("Galeri Panjalu", "Darmi", "SPK/2027", "PS/2027", "TK/2027"):
        assert theirs not in text


def busy(house: House, count: int) -> None:
    """So many late makers, all of them owed, and cloth of each to be inspected."""
    makers = [
        admit_member(
            cooperative=house.cooperative, full_name=f"Pembatik {n}", on=JAN_1, actor=house.actor
        )
        for n in range(count)
    ]
    open_work_order(
        cooperative=house.cooperative,
        product=house.shirt,
        basis="commission",
        quantity=2 * count,
        parts=[Part(maker, 2) for maker in makers],
        due_date=date(2027, 3, 1),
        on=date(2027, 2, 3),
        actor=house.actor,
    )
    for number, maker in enumerate(makers):
        lines = [debit("admin", 5_000), credit("pay_maker", 5_000, maker.party)]
        post(house.cooperative, house.actor, f"upah-{number}", lines)


@pytest.mark.parametrize("role", STAFF)
def test_a_hundred_rows_take_no_more_queries_than_a_few(
    house, cooperative, client_as, role, django_assert_max_num_queries
):
    client = client_as(role)
    page(client, cooperative)
    busy(house, 100)
    with django_assert_max_num_queries(MOST_QUERIES[role]):
        text = page(client, cooperative)
    assert "Pembatik" in text


# Session, user and access take three; what each role sees, the rest.
MOST_QUERIES = {
    Role.CASHIER: 39,
    Role.STOREKEEPER: 21,
    Role.MANAGER: 44,
    Role.MENTOR: 12,
    Role.BOARD: 42,
    Role.SUPERVISOR: 39,
}


def test_every_page_that_the_first_pages_name_exists():
    named = set()
    for module in (Path(__file__).parents[2] / "canting/portal/selectors").glob("*.py"):
        named |= set(re.findall(r'\bpage\(\s*"([a-z_]+:[a-z_]+)"', module.read_text("utf-8")))
    known = {
        f"{prefix}:{name}"
        for prefix in {one.partition(":")[0] for one in named}
        for name in get_resolver().namespace_dict[prefix][1].reverse_dict
        if isinstance(name, str)
    }
    assert len(named) > 10
    assert named - known == set()
