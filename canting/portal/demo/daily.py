"""The treasurer's year: what recurs, costs of other months, units, a budget, the bank's own list."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from canting.cash import selectors as cash
from canting.kernel.dates import first_of_month, last_of_month, next_month
from canting.kernel.money import half_up
from canting.kernel.tables_in import read_table
from canting.treasury import selectors as treasury
from canting.treasury import services
from canting.treasury.rules import PAID
from canting.treasury.services import Chosen, What

if TYPE_CHECKING:
    from canting.ledger.models import Account
    from canting.portal.demo.calendar import Calendar
    from canting.portal.demo.stage import Stage

RENT = What("Sewa gudang kain", PAID, 150_000, purpose="rent", place="bank")
INTERNET = What("Internet galeri", PAID, None, purpose="electricity", place="bank")
BILL = 110_000
LIST_DAYS, LAST_MONTH = 20, 12
# What the meeting planned beside what became of it, account after account.
PLANS = (Decimal("1.05"), Decimal("0.95"), Decimal("1.10"), Decimal("1.00"))
ROUND = 10_000


def daily_story(stage: Stage, calendar: Calendar) -> None:
    """Write the treasurer's acts of the year into the calendar; one due day is left for the user."""
    first = calendar.begins
    calendar.add(first + timedelta(days=3), lambda day: _units(stage, day))
    due = calendar.today - timedelta(days=2)
    months = calendar.months()
    calendar.add(first + timedelta(days=4), lambda day: _begin(stage, due, day))
    for month in months[1:]:
        rent_day = min(month.replace(day=4), calendar.today)
        calendar.add(rent_day, partial(_book_due, stage, due))
        after = next_month(first_of_month(month))
        calendar.add(after + timedelta(days=2), partial(_spread, stage, month))
        bill = month.replace(day=min(due.day, last_of_month(month).day))
        if bill < due:
            calendar.add(bill, partial(_book_due, stage, due))
    calendar.add(next_month(first, 2) + timedelta(days=8), lambda day: _insure(stage, day))
    last = first_of_month(calendar.today)
    calendar.add(last + timedelta(days=1), lambda day: _accrue(stage, day))
    calendar.add(calendar.today - timedelta(days=9), lambda day: _owe(stage, day))


def _units(stage: Stage, on: date) -> None:
    for name, starter in (("Batik", "cloth"), ("Toko bahan", "materials")):
        services.add_unit(
            cooperative=stage.cooperative,
            name=name,
            starter=starter,
            valid_from=stage.cooperative.cutover_date,
            actor=stage.by("pengelola"),
        )


def _begin(stage: Stage, due: date, on: date) -> None:
    start = next_month(first_of_month(on))
    for what, day, party in ((RENT, 3, "Bu Sum, Krejengan"), (INTERNET, due.day, "Telkom")):
        services.add_recurring(
            cooperative=stage.cooperative,
            what=what._replace(counterparty=party),
            every=1,
            day=day,
            first=start,
            actor=stage.by("kasir"),
        )


def _book_due(stage: Stage, left: date, on: date) -> None:
    """Book what is due, but for the one day that is left to the user."""
    due = treasury.due_until(cooperative=stage.cooperative, until=on)
    chosen = [
        Chosen(one.recurring.pk, one.due, None if one.recurring.amount else BILL)
        for one in due
        if one.due < left or one.recurring.amount
    ]
    if chosen:
        services.post_dues(
            cooperative=stage.cooperative, chosen=chosen, on=on, actor=stage.by("kasir")
        )


def _insure(stage: Stage, on: date) -> None:
    services.prepay(
        cooperative=stage.cooperative,
        account="admin",
        amount=500_000,
        months=12,
        since=first_of_month(on),
        memo="Asuransi kebakaran galeri",
        counterparty="Asuransi Bersama, Probolinggo",
        place="bank",
        on=on,
        actor=stage.by("kasir"),
    )


def _spread(stage: Stage, month: date, on: date) -> None:
    until = last_of_month(month)
    if treasury.parts_due(cooperative=stage.cooperative, until=until):
        services.spread(cooperative=stage.cooperative, month=month, on=on, actor=stage.by("kasir"))


def _accrue(stage: Stage, on: date) -> None:
    services.accrue(
        cooperative=stage.cooperative,
        account="utilities",
        amount=180_000,
        month=next_month(first_of_month(on), -1),
        memo="Listrik galeri, tagihan belum datang",
        counterparty="PLN",
        on=on,
        actor=stage.by("kasir"),
    )


def _owe(stage: Stage, on: date) -> None:
    services.owe(
        cooperative=stage.cooperative,
        account="marketing",
        amount=250_000,
        memo="Cetak katalog, dibayar bulan depan",
        counterparty="Percetakan Tengger",
        on=on,
        actor=stage.by("kasir"),
    )


def budget_of_year(stage: Stage, on: date) -> None:
    """The budget of the running year, as the meeting approved it in February."""
    house, year = stage.cooperative, on.year
    moved = treasury.actual_months(cooperative=house, year=year, month=on.month)
    codes = {one.pk: one.code for one in treasury.plan_accounts(cooperative=house)}
    amounts = {}
    for at, account in enumerate(sorted(moved)):
        usual = Decimal(sum(moved[account].values())) * LAST_MONTH / on.month
        planned = half_up(usual * PLANS[at % len(PLANS)] / ROUND) * ROUND
        if planned > 0 and account in codes:
            amounts[codes[account]] = planned
    if not amounts:
        return
    budget = services.start_budget(cooperative=house, year=year, on=on, actor=stage.by("pengelola"))
    services.set_year_amounts(budget=budget, amounts=amounts, actor=stage.by("pengelola"))
    services.approve_budget(
        budget=budget,
        decision=f"BA-RAT/01/{year}",
        decided_on=min(date(year, 2, 20), on),
        on=on,
        actor=stage.by("pengurus"),
    )


def bank_list(stage: Stage, on: date) -> None:
    """The bank's own list of the last weeks, read and matched; two lines nobody wrote down stay."""
    house, actor = stage.cooperative, stage.by("kasir")
    account = treasury.account_of(cooperative=house)
    if account is None:
        return
    since = on - timedelta(days=LIST_DAYS)
    entries = treasury.open_entries(cooperative=house, account=account, since=since, until=on)
    moved = [
        (one.entry_date, " ".join(one.entry.memo.upper().split()), treasury.signed(one))
        for one in entries.order_by("entry_date", "id")
    ]
    moved += [(on, "BIAYA ADM", -12_500), (on, "JASA GIRO", 8_250)]
    before = since - timedelta(days=1)
    balance = cash.bank_book(cooperative=house, account=account, on=before).balance
    rows = ["Tanggal;Uraian;Debet;Kredit;Saldo"]
    for day, text, amount in moved:
        balance += amount
        out, into = ("", str(amount)) if amount > 0 else (str(-amount), "")
        rows.append(f"{day:%d/%m/%Y};{text.replace(';', ',')[:60]};{out};{into};{balance}")
    services.read_statement(
        cooperative=house,
        account=account,
        table=read_table("\n".join(rows).encode()),
        on=on,
        actor=actor,
        filename="mutasi-rekening.csv",
    )
    services.match_sure(cooperative=house, account=account, on=on, actor=actor)
    _match_the_rest(stage, account, on)


def _match_the_rest(stage: Stage, account: Account, on: date) -> None:
    """Alike movements, told apart by a person: each line takes the first entry still free."""
    house = stage.cooperative
    waiting = list(treasury.lines(cooperative=house, account=account).filter(is_matched=False))
    for line in waiting:
        found = treasury.candidates(cooperative=house, account=account, found=[line], on=on)
        if likely := found.get(line.pk):
            services.match_line(line=line, entries=[likely[0].key], actor=stage.by("kasir"))
