"""The house itself: the opening signed by two, costs, drawers counted, months closed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile

from canting.cash import selectors as desk
from canting.cash import services as cash
from canting.cash.rules import Nota
from canting.kernel.dates import first_of_month, format_date, last_of_month, next_month
from canting.kernel.money import format_rupiah
from canting.kernel.papers import render_pages
from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.ledger.services import close_year, prepare_close, prepare_year, sign_close
from canting.portal import services as portal
from canting.portal.demo.calendar import Calendar
from canting.portal.demo.old_book import book_trial
from canting.portal.rules.opening import OldTotal, OpeningLine, Step

if TYPE_CHECKING:
    from canting.portal.demo.stage import Stage

COUNTED_BY_QUARTER = "Gudang dan titipan dihitung tiap triwulan (keputusan pengurus)"
LAST_MONTH = 12
START = 20_000_000
TILL_FLOAT, OFFICE_FLOAT = 300_000, 1_500_000
# Purpose, rupiah, memo, day of the month: small and steady, as such offices are.
COSTS = (
    ("electricity", 185_000, "Listrik dan air galeri", 6),
    ("wages", 850_000, "Honor petugas galeri", 25),
    ("transport", 120_000, "Ongkos kirim kain", 18),
    ("office", 45_000, "Kertas dan fotokopi", 11),
)


def open_books(stage: Stage) -> None:
    """The regency's grant from before the books began: the whole opening, signed by two."""
    coop = stage.cooperative
    code = ledger.account_for(cooperative=coop, role="bank").code
    portal.put_balances(
        cooperative=coop,
        step=Step.CASH,
        lines=[OpeningLine("bank", START, Side.DEBIT)],
        rows=[{"account": code, "amount": "20.000.000"}],
        actor=stage.by("pengelola"),
    )
    moment = datetime.combine(coop.cutover_date, time(3), tzinfo=UTC)
    book_trial(coop, amount=START, actor=stage.by("pengelola"), now=moment)
    portal.set_old_totals(
        cooperative=coop, totals={OldTotal.ASSETS: START}, actor=stage.by("pengelola")
    )
    portal.prepare_opening(cooperative=coop, actor=stage.by("pengelola"), now=moment)
    portal.sign_opening(cooperative=coop, actor=stage.by("pengurus"), now=moment)


def pay_cost(stage: Stage, purpose: str, amount: int, memo: str, on: date) -> None:
    """One running cost from the office's cash, with a little more or less each month."""
    amount += stage.dice.choice((-15_000, 0, 0, 10_000, 20_000))
    cash.pay_cash(
        cooperative=stage.cooperative,
        purpose=purpose,
        amount=amount,
        place="bank" if purpose == "wages" else "cash_main",
        memo=memo,
        on=on,
        actor=stage.by("kasir"),
        photo=nota(memo, amount, on) if purpose == "electricity" else None,
    )


def nota(memo: str, amount: int, on: date) -> SimpleUploadedFile:
    """The picture of a shop's bill, as somebody would take it with a phone."""
    values = {
        "shop": "Loket PLN dan PDAM Krejengan",
        "facts": [("Tanggal", format_date(on)), ("Untuk", memo)],
        "amount": format_rupiah(amount),
    }
    picture = render_pages("portal/demo/nota.typ", values, ppi=100)[0]
    return SimpleUploadedFile(f"nota-{on:%Y%m%d}.png", picture, "image/png")


def bring_to_bank(stage: Stage, on: date) -> None:
    """What the drawers hold above their float goes to the bank."""
    for place, stays in (("cash_till", TILL_FLOAT), ("cash_main", OFFICE_FLOAT)):
        there = ledger.balance(cooperative=stage.cooperative, role=place, as_of=on)
        amount = (there - stays) // 50_000 * 50_000
        if amount > 0:
            cash.move_cash(
                cooperative=stage.cooperative,
                amount=amount,
                place=place,
                to_place="bank",
                memo="Setor ke bank",
                on=on,
                actor=stage.by("kasir"),
            )


def count_drawers(stage: Stage, on: date) -> None:
    """Two people count; now and then a coin is missing in the gallery's till."""
    for place in ("cash_main", "cash_till"):
        there = ledger.balance(cooperative=stage.cooperative, role=place, as_of=on)
        short = stage.dice.choice((0, 0, 0, 2_000)) if place == "cash_till" else 0
        count = cash.count_drawer(
            cooperative=stage.cooperative,
            place=place,
            counted=max(there - short, 0),
            on=on,
            actor=stage.by("kasir"),
            note="Kembalian" if short else "",
        )
        cash.confirm_count(count=count, actor=stage.by("pengurus"))


def fair(stage: Stage, calendar: Calendar, on: date) -> None:
    """An advance for a fair, accounted for a week later with its receipts."""
    coop = stage.cooperative
    cash.give_advance(
        cooperative=coop,
        staff=stage.staff,
        amount=500_000,
        place="cash_main",
        memo="Pameran UMKM Kraksaan",
        on=on,
        actor=stage.by("kasir"),
    )

    def account_for(day: date) -> None:
        cash.settle_advance(
            cooperative=coop,
            staff=stage.staff,
            notas=[Nota("marketing", 300_000, "Sewa meja"), Nota("transport", 120_000, "Angkut")],
            returned=80_000,
            place="cash_main",
            memo="Nota pameran",
            on=day,
            actor=stage.by("kasir"),
        )

    calendar.add(on + timedelta(days=7), account_for)


def close(stage: Stage, month: date, on: date) -> None:
    """The bank's balance is copied, the manager prepares, the board signs; December with its year."""
    house, end = stage.cooperative, last_of_month(month)
    for account in desk.bank_accounts(cooperative=house):
        cash.write_bank_balance(
            cooperative=house,
            account=account.code,
            on=end,
            amount=desk.bank_book(cooperative=house, account=account, on=end).balance,
            actor=stage.by("kasir"),
        )
    passed = {"stock": COUNTED_BY_QUARTER}
    if month.month == LAST_MONTH:
        manager, board = stage.by("pengelola"), stage.by("pengurus")
        prepare_year(cooperative=house, year=month.year, on=on, actor=manager, passed=passed)
        close_year(cooperative=house, year=month.year, on=on, actor=board)
        return
    prepare_close(cooperative=house, month=month, on=on, actor=stage.by("pengelola"), passed=passed)
    sign_close(cooperative=house, month=month, on=on, actor=stage.by("pengurus"))


def month_of_costs(stage: Stage, calendar: Calendar, month: date) -> None:
    """Costs, the way to the bank, the count on the last day, the closing of a month."""

    def later(purpose: str, amount: int, memo: str, number: int) -> None:
        calendar.add(
            month.replace(day=number), lambda day: pay_cost(stage, purpose, amount, memo, day)
        )

    for cost in COSTS:
        later(*cost)
    for number in (7, 14, 21, 26):
        calendar.add(month.replace(day=number), lambda day: bring_to_bank(stage, day))
    end = last_of_month(month)
    if end.weekday() == 6:
        end -= timedelta(days=1)
    calendar.add(end, lambda day: count_drawers(stage, day))
    after = next_month(first_of_month(month))
    calendar.add(after + timedelta(days=10), lambda day: close(stage, month, day))
