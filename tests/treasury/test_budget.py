"""Budgets: begun, typed, read from a sheet, approved, and beside the books to the rupiah."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from canting.cash.services import pay_cash, receive_cash
from canting.cooperatives.rules import Role
from canting.kernel.tables_in import paste_to_table, read_table
from canting.ledger import selectors as ledger
from canting.ledger.models import Account
from canting.ledger.statements import surplus
from canting.treasury import papers, selectors, services
from canting.treasury.errors import (
    BadBudgetCell,
    BudgetEmpty,
    BudgetIsFixed,
    DecidedLater,
    DecisionNeeded,
    DraftStands,
    MonthsMissing,
    UnknownPlanAccount,
)
from canting.treasury.models import Budget, BudgetLine
from canting.treasury.rules import Compared, raised
from tests import builders
from tests.corrections import draft_on, send
from tests.portal.clock import stop_clock
from tests.treasury.conftest import TODAY

MEETING = date(2026, 1, 20)


def start(desk, year=2026, **facts):
    return services.start_budget(year=year, on=TODAY, **facts, **desk.make)


def write(desk, found, **amounts):
    named = {desk.code(role): amount for role, amount in amounts.items()}
    return services.set_year_amounts(budget=found, amounts=named, actor=desk.actor)


def approve(desk, found, **facts):
    known = {"decision": "BA-RAT/01/2026", "decided_on": MEETING, "on": TODAY}
    return services.approve_budget(budget=found, actor=desk.actor, **{**known, **facts})


def compare(desk, found, month=7, year=2026):
    return selectors.comparison(cooperative=desk.coop, year=year, month=month, found=found)


def row(told, code):
    rows = [one for section in told.sections for one in section.accounts]
    return next(one.compared for one in rows if one.account.code == code)


def test_a_year_is_spread_evenly_to_the_rupiah_and_kept_where_it_is_the_same(desk):
    found = start(desk)
    assert write(desk, found, utilities=1_000_000) == 1
    account = Account.objects.get(cooperative=desk.coop, role="utilities")
    months = selectors.months_of(found, account)
    assert sum(months) == 1_000_000
    assert max(months) - min(months) == 1
    services.set_months(
        budget=found, account=account, amounts=[1_000_000, *[0] * 11], actor=desk.actor
    )
    assert write(desk, found, utilities=1_000_000) == 0
    assert selectors.months_of(found, account)[0] == 1_000_000


def test_the_comparison_is_the_statement_of_result(desk):
    desk.fund()
    desk.pay()
    pay_cash(
        purpose="other_out", amount=50_000, place="bank", memo="Denda", on=date(2026, 7, 5),
        **desk.make,
    )  # fmt: skip
    found = start(desk)
    write(desk, found, utilities=1_200_000, other_income=24_000_000)
    told = compare(desk, found)
    result = surplus(
        cooperative=desk.coop, since=date(2026, 1, 1), until=date(2026, 7, 31)
    ).after_tax
    assert told.result.actual == result.member + result.nonmember == 19_500_000
    assert told.result.planned == 14_000_000 - 700_000
    power = row(told, desk.code("utilities"))
    assert (power.planned, power.actual, power.variance) == (700_000, 450_000, -250_000)
    assert (power.percent, power.year, power.left) == (64, 1_200_000, 750_000)


def test_a_year_begins_with_the_figures_of_the_last_and_a_percent_more(desk):
    desk.fund()
    desk.pay()
    found = start(desk, year=2027, basis="actual", percent=Decimal("10"))
    account = Account.objects.get(cooperative=desk.coop, role="utilities")
    assert selectors.months_of(found, account)[6] == 495_000
    assert sum(selectors.months_of(found, account)) == 495_000
    approve(desk, found)
    copied = start(desk, year=2027, basis="version")
    assert (copied.version, selectors.months_of(copied, account)[6]) == (2, 495_000)


@given(amount=st.integers(-(10**12), 10**12), percent=st.decimals(-100, 1000, places=2))
def test_a_raised_amount_is_the_nearest_rupiah(amount, percent):
    exact = Decimal(amount) * (100 + percent) / 100
    assert abs(raised(amount, percent) - exact) <= Decimal("0.5")


def test_nothing_planned_has_no_percent():
    assert Compared(0, 5, 0).percent is None
    assert (Compared(1, 2, 3) + Compared(1, 1, 1)).times(-1) == Compared(-2, -3, -4)


def test_the_meeting_approves_and_the_earlier_version_is_replaced(desk):
    found = start(desk)
    write(desk, found, utilities=1_000_000)
    approve(desk, found)
    approve(desk, found)
    with pytest.raises(BudgetIsFixed):
        write(desk, found, utilities=2_000_000)
    second = start(desk, basis="version")
    write(desk, second, utilities=2_000_000)
    in_force = selectors.budget_in_force
    assert in_force(cooperative=desk.coop, year=2026).version == 1
    approve(desk, second, decision="BA-RALB/02/2026")
    assert in_force(cooperative=desk.coop, year=2026).version == 2
    assert Budget.objects.get(version=1).state == "replaced"
    with pytest.raises(BudgetIsFixed):
        approve(desk, found)


def test_what_cannot_be_is_refused_and_leaves_nothing(desk):
    found = start(desk)
    for refusal, act in (
        (DraftStands, lambda: start(desk)),
        (BudgetEmpty, lambda: approve(desk, found)),
        (DecisionNeeded, lambda: approve(desk, found, decision=" ")),
        (DecidedLater, lambda: approve(desk, found, decided_on=date(2026, 12, 1))),
        (UnknownPlanAccount, lambda: services.set_year_amounts(
            budget=found, amounts={"1101": 5}, actor=desk.actor)),
    ):  # fmt: skip
        with pytest.raises(refusal):
            act()
    assert not BudgetLine.objects.exists()
    services.drop_budget(budget=found, actor=desk.actor)
    assert start(desk).version == 1


def test_a_sheet_is_read_whole_or_not_at_all(desk):
    found = start(desk)
    power, pay = desk.code("utilities"), desk.code("wages_staff")
    months = "\t".join(["100.000"] * 12)
    head = "Kode\tAkun\tJan\tFeb\tMar\tApr\tMei\tJun\tJul\tAgu\tSep\tOkt\tNov\tDes"
    text = f"{head}\n{power}\tListrik\t{months}\nJumlah\t\t{months}\n"
    read = services.put_table
    assert read(budget=found, table=paste_to_table(text), actor=desk.actor) == 1
    year = f"Kode;Setahun\n{pay} Gaji;1.000.001\n"
    assert read(budget=found, table=read_table(year.encode()), actor=desk.actor) == 1
    sums = {one: whole for one, (_m, whole) in selectors.planned_sums(found, 12).items()}
    assert sorted(sums.values()) == [1_000_001, 1_200_000]
    for refusal, bad in (
        (BadBudgetCell, f"Kode;Setahun\n{pay};5\n{power};seratus\n"),
        (UnknownPlanAccount, "Kode;Setahun\n9999;5\n"),
        (MonthsMissing, f"Kode;Jan\n{pay};5\n"),
        (BudgetEmpty, "Kode;Setahun\nJumlah;5\n"),
    ):
        with pytest.raises(refusal):
            read(budget=found, table=read_table(bad.encode()), actor=desk.actor)
    assert sums == {one: whole for one, (_m, whole) in selectors.planned_sums(found, 12).items()}


def test_the_sheet_of_a_budget_can_be_read_again(desk):
    found = start(desk)
    write(desk, found, utilities=1_000_000, wages_staff=7_000_003)
    planned = selectors.planned_months(found)
    rows = [
        ((one, one.code), [planned.get(one.pk, {}).get(at, 0) for at in range(1, 13)])
        for one in selectors.plan_accounts(cooperative=desk.coop)
    ]
    for as_csv in (False, True):
        data = papers.budget_sheet(rows, as_csv=as_csv).read()
        other = start(desk, year=2027 + as_csv)
        services.put_table(budget=other, table=read_table(data), actor=desk.actor)
        assert selectors.planned_months(other) == planned


@pytest.fixture
def pages(desk, monkeypatch):
    stop_clock(monkeypatch)
    clients = {}
    for role in (Role.CASHIER, Role.BOARD):
        clients[role] = Client()
        clients[role].force_login(builders.person_with_role(desk.coop, role))
    return clients


def test_a_budget_is_written_read_and_approved_on_its_pages(pages, desk):
    cashier, board = pages[Role.CASHIER], pages[Role.BOARD]
    root = f"/{desk.coop.slug}/anggaran/"
    receive_cash(
        purpose="other_in", amount=2_000_000, place="bank", memo="Jasa", on=date(2027, 3, 1),
        **desk.make,
    )  # fmt: skip
    page = cashier.get(f"{root}baru/").text
    typed = draft_on(page, f"{root}baru/", "year").values
    url = send(cashier, f"{root}baru/", typed, year="2027", basis="empty")["Location"]
    found = Budget.objects.get()
    years = f"{url}setahun/"
    field = f"a{desk.code('utilities')}"
    typed = draft_on(cashier.get(url).text, years, field).values
    assert send(cashier, years, typed, **{field: "abc"}).status_code == 422
    assert send(cashier, years, typed, **{field: "1.200.000"}).status_code == 302
    months = f"{url}akun/{desk.code('utilities')}/"
    typed = draft_on(cashier.get(months).text, months, "m1").values
    assert typed["m1"] == ["100.000"]
    assert send(cashier, months, typed, m1="200.000").status_code == 302
    sheet = SimpleUploadedFile("rapb.csv", b"Kode;Setahun\n9999;1\n", "text/csv")
    body = {"file": sheet, "request_key": "a" * 32}
    assert cashier.post(f"{url}baca/", body).status_code == 422
    assert cashier.post(f"{url}sahkan/", {}).status_code == 403
    typed = draft_on(board.get(url).text, f"{url}sahkan/", "decision").values
    assert send(board, f"{url}sahkan/", typed, decision="").status_code == 422
    typed["decided_on"] = ["10/3/2027"]
    assert send(board, f"{url}sahkan/", typed, decision="BA-1").status_code == 302
    found.refresh_from_db()
    assert found.state == "approved"
    shown = board.get(f"{root}?tahun=2027&bulan=3").text
    assert "Rp2.000.000" in shown
    assert f"/buku/akun/{desk.code('utilities')}/?dari=2027-01-01" in shown
    for form, begins in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("pdf", b"%PDF")):
        answer = board.get(f"{root}?tahun=2027&bulan=3&bentuk={form}")
        assert b"".join(answer).startswith(begins)
    assert b"".join(board.get(f"{url}lembar/")).startswith(b"PK")
    assert send(cashier, f"{url}buang/", {}).status_code == 422


def test_a_draft_is_thrown_away_and_another_house_sees_none(pages, desk):
    found = start(desk)
    url = f"/{desk.coop.slug}/anggaran/{found.pk}/"
    other = builders.cooperative(slug="lain", actor=desk.actor)
    client = Client()
    client.force_login(builders.person_with_role(other, Role.BOARD))
    assert client.get(f"/{other.slug}/anggaran/{found.pk}/").status_code == 404
    assert send(client, f"/{other.slug}/anggaran/{found.pk}/sahkan/", {}).status_code == 404
    assert send(pages[Role.CASHIER], f"{url}buang/", {}).status_code == 302
    assert not Budget.objects.exists()
    assert ledger.book(cooperative=desk.coop).position == 0
