"""The doors of the surplus: divided, prepared, signed, paid, printed; and who may not."""

import uuid
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from canting.cooperatives.rules import Role
from canting.ledger.rules import credit, debit
from canting.surplus import selectors
from canting.surplus.models import Payout, Sharing
from tests import builders
from tests.portal.clock import stop_clock
from tests.surplus.conftest import FEB_20, YEAR


@pytest.fixture(autouse=True)
def that_day(monkeypatch):
    stop_clock(monkeypatch, datetime(2028, 2, 20, 5, tzinfo=UTC))


def url(house, view, *parts):
    return reverse(f"surplus:{view}", args=[house.coop.slug, *parts])


def post(client, address, typed):
    """Send a form as its page does, with a key of its own."""
    return client.post(address, {"request_key": uuid.uuid4().hex, **typed})


def rows_of(sheet):
    """The rows of a sheet that was sent."""
    book = CalamineWorkbook.from_filelike(BytesIO(sheet.content))
    return book.get_sheet_by_index(0).to_python()


PERCENTS = {
    "p_reserve": "30", "p_patronage": "38", "p_capital": "12", "p_board": "5", "p_staff": "5",
    "p_education": "5", "p_social": "2,5", "p_area": "2,5",
}  # fmt: skip
MINUTES = {"decision": "01/RAT/2028", "meeting": "2028-02-15"}


def test_percentages_are_tried_shown_prepared_and_signed_by_another(closed, client_as):
    manager, board = (client_as(role, closed.coop) for role in (Role.MANAGER, Role.BOARD))
    page = url(closed, "sharing_prepare", YEAR)
    assert page in manager.get(url(closed, "sharing_list")).content.decode()
    tried = manager.get(page, PERCENTS)
    assert tried.status_code == 200
    assert Sharing.objects.count() == 0
    assert 'name="p_social" value="2,5"' in tried.content.decode()
    wrong = manager.get(page, PERCENTS | {"p_area": "3"})
    assert wrong.status_code == 422
    assert "100,5" in wrong.content.decode()
    assert post(manager, page, PERCENTS | {"decision": ""}).status_code == 422
    assert post(manager, page, PERCENTS | MINUTES).status_code == 302
    made = Sharing.objects.get()
    pools = {p.key: str(p.percent.normalize()) for p in selectors.pools(sharing=made)}
    assert (pools["patronage"], pools["social"]) == ("38", "2.5")
    sign = url(closed, "sharing_approve", made.number)
    assert post(manager, sign, {"confirm": "2027"}).status_code == 403
    assert post(board, sign, {"confirm": "2026"}).status_code == 422
    assert post(board, sign, {"confirm": "2027"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "posted"
    assert closed.broken() == []


def test_what_waits_is_taken_back_and_what_is_booked_the_board_undoes(closed, client_as):
    board, manager = (client_as(role, closed.coop) for role in (Role.BOARD, Role.MANAGER))
    made = closed.prepare()
    back = url(closed, "sharing_withdraw", made.number)
    assert manager.get(back).status_code == 200
    assert post(manager, back, {"reason": ""}).status_code == 422
    assert post(manager, back, {"reason": "Salah"}).status_code == 302
    made = closed.share()
    detail = board.get(url(closed, "sharing_detail", made.number)).content.decode()
    undo = url(closed, "sharing_correct", made.number)
    assert undo in detail
    assert post(manager, undo, {"reason": "Salah"}).status_code == 403
    assert "correction" in board.get(undo).content.decode()
    assert post(board, undo, {"reason": "Salah"}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.reason) == ("reversed", "Salah")
    assert undo not in board.get(url(closed, "sharing_detail", made.number)).content.decode()


def test_a_loss_is_covered_by_the_page(lost, client_as):
    cashier = client_as(Role.CASHIER, lost.coop)
    page = url(lost, "loss_prepare", YEAR)
    assert page in cashier.get(url(lost, "sharing_list")).content.decode()
    assert "1.500.000" in cashier.get(page).content.decode()
    too_much = MINUTES | {"reserve_general": "1.500.001", "reserve_risk": ""}
    assert post(cashier, page, too_much).status_code == 422
    assert post(cashier, page, MINUTES | {"reserve_general": "1,5jt"}).status_code == 302
    assert Sharing.objects.get().surplus == 1_500_000


def test_the_old_books_year_asks_for_members_business(traded, client_as):
    traded.entry("test.old", FEB_20, debit("bank", 10_000_000), credit("shu_previous", 10_000_000))
    manager = client_as(Role.MANAGER, traded.coop)
    page = url(traded, "sharing_prepare", YEAR - 1)
    fresh = manager.get(page)
    assert fresh.status_code == 200
    m1, m2 = (f"usaha_{traded.party(key).pk}" for key in ("M1", "M2"))
    assert m1 in fresh.content.decode()
    typed = PERCENTS | {m1: "300.000", m2: "100.000", "others": "1.000.000"}
    assert manager.get(page, typed).status_code == 200
    answer = post(manager, page, typed | MINUTES)
    assert answer.status_code == 302
    made = Sharing.objects.get()
    parts = {part.party_id: part for part in selectors.parts(sharing=made)}
    one, two = (parts[traded.party(key).pk] for key in ("M1", "M2"))
    assert one.by_patronage == 3 * two.by_patronage
    assert one.by_patronage + two.by_patronage == 9_000_000 * 38 // 100
    assert (made.from_old_book, made.others_surplus) == (True, 1_000_000)


def test_parts_are_paid_from_the_list_and_put_right(shared, client_as):
    cashier = client_as(Role.CASHIER, shared.coop)
    page = url(shared, "payout_page")
    rows = selectors.open_parts(cooperative=shared.coop)
    assert all(row.name in cashier.get(page).content.decode() for row in rows)
    one, two, three = rows
    typed = {
        f"bayar_{one.party_id}": one.amount,
        f"cara_{one.party_id}": "cash",
        f"bayar_{two.party_id}": two.amount,
        f"cara_{two.party_id}": "transfer",
        f"cara_{three.party_id}": "shares",
        "cash_place": "cash_main",
        "bank_place": "bank",
    }
    stale = post(cashier, page, typed | {f"bayar_{one.party_id}": one.amount + 1})
    assert stale.status_code == 422
    assert Payout.objects.count() == 0
    answer = post(cashier, page, typed)
    assert answer.status_code == 302
    batch = cashier.get(answer["Location"]).content.decode()
    first, second = Payout.objects.order_by("id")
    assert first.number in batch
    sheet = cashier.get(url(shared, "transfer_export", first.batch))
    cells = rows_of(sheet)
    assert [row[3] for row in cells[1:]] == [two.amount]
    left = selectors.open_parts(cooperative=shared.coop)
    assert [row.party_id for row in left] == [three.party_id]
    right = url(shared, "payout_correct", second.number)
    assert right in cashier.get(url(shared, "payout_detail", second.number)).content.decode()
    again = {"way": "cash", "amount": two.amount, "place": "cash_main", "reason": "Minta tunai"}
    assert post(cashier, right, again | {"reason": ""}).status_code == 422
    assert post(cashier, right, again).status_code == 302
    second.refresh_from_db()
    assert (second.state, second.successor.way) == ("reversed", "cash")
    assert second.number in cashier.get(url(shared, "payout_list")).content.decode()


def test_papers_and_sheets_are_made(shared, client_as):
    board, cashier = (client_as(role, shared.coop) for role in (Role.BOARD, Role.CASHIER))
    number = shared.shared.number
    for view in ("sharing_print", "slips_print"):
        answer = board.get(url(shared, view, number))
        assert answer.content.startswith(b"%PDF"), view
    one = board.get(url(shared, "slips_print", number), {"anggota": shared.party("M1").number})
    assert one.content.startswith(b"%PDF")
    nobody = board.get(url(shared, "slips_print", number), {"anggota": "A-9999"})
    assert nobody.status_code == 404
    sheet = board.get(url(shared, "sharing_export", number))
    cells = rows_of(sheet)
    assert sum(row[-1] for row in cells[1:-1]) == cells[-1][-1] > 0
    row = selectors.open_parts(cooperative=shared.coop)[0]
    post(cashier, url(shared, "payout_page"), {
        f"bayar_{row.party_id}": row.amount, f"cara_{row.party_id}": "cash",
        "cash_place": "cash_main",
    })  # fmt: skip
    paid = Payout.objects.get()
    voucher = url(shared, "payout_print", paid.number)
    assert cashier.get(voucher).content.startswith(b"%PDF")
    cashier.get(voucher)
    paid.refresh_from_db()
    assert paid.copies == 2


def test_a_fund_is_spent_with_a_voucher_and_never_more_than_it_holds(shared, client_as):
    cashier, watcher = (client_as(role, shared.coop) for role in (Role.CASHIER, Role.SUPERVISOR))
    page, holds = url(shared, "fund_page"), shared.net("fund_social")
    assert 'name="fund"' not in watcher.get(page).content.decode()
    typed = {"fund": "social", "memo": "Takziah", "place": "cash_main", "on": "2028-02-20"}
    assert post(cashier, page, typed | {"amount": holds + 1}).status_code == 422
    assert post(watcher, page, typed | {"amount": 1}).status_code == 200
    assert post(cashier, page, typed | {"amount": holds}).status_code == 302
    assert shared.net("fund_social") == 0
    assert "Takziah" in watcher.get(page).content.decode()


def test_a_member_sees_her_own_part_and_nobody_elses(shared, client_as):
    mine, hers = (
        client_as(Role.MEMBER, shared.coop, party=shared.party(key)) for key in ("M1", "M4")
    )
    page = mine.get(url(shared, "my_surplus")).content.decode()
    part = next(
        p for p in selectors.parts(sharing=shared.shared) if p.party_id == shared.party("M1").pk
    )
    assert f"{part.total:,}".replace(",", ".") in page
    assert shared.shop.makers["M2"].full_name not in page
    assert mine.get(url(shared, "my_slip_print", YEAR)).content.startswith(b"%PDF")
    assert hers.get(url(shared, "my_slip_print", YEAR)).status_code == 404
    assert str(YEAR) not in hers.get(url(shared, "my_surplus")).content.decode().partition("<main")[
        2
    ].replace("/2028", "")
    assert mine.get(url(shared, "sharing_list")).status_code == 403


def test_another_cooperative_and_a_role_without_the_right_find_nothing(shared, client_as):
    number = shared.shared.number
    other = builders.cooperative()
    outside = client_as(Role.BOARD, other)
    for view in ("sharing_detail", "sharing_print", "sharing_export", "slips_print"):
        foreign = reverse(f"surplus:{view}", args=[other.slug, number])
        assert outside.get(foreign).status_code == 404, view
        assert outside.get(url(shared, view, number)).status_code in {403, 404}, view
    signed = reverse("surplus:sharing_approve", args=[other.slug, number])
    assert post(outside, signed, {"confirm": str(YEAR)}).status_code == 404
    keeper = client_as(Role.STOREKEEPER, shared.coop)
    for view in ("sharing_list", "payout_page", "fund_page", "payout_list"):
        assert keeper.get(url(shared, view)).status_code == 403, view
    board = client_as(Role.BOARD, shared.coop)
    assert post(board, url(shared, "payout_page"), {}).status_code == 403


def test_pages_are_there_while_nothing_is(traded, client_as):
    manager = client_as(Role.MANAGER, traded.coop)
    for view in ("sharing_list", "payout_page", "payout_list", "fund_page"):
        assert manager.get(url(traded, view)).status_code == 200, view
    for year in (YEAR, 1, 99_999):
        for view in ("sharing_prepare", "loss_prepare"):
            assert manager.get(url(traded, view, year)).status_code in {200, 404}, (view, year)
