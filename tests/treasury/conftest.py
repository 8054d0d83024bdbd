"""A cooperative with a bank account, and short ways to read lists of the bank."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from canting.cash.services import pay_cash, receive_cash
from canting.kernel.dates import last_of_month
from canting.kernel.tables_in import paste_to_table, read_table
from canting.ledger import selectors as ledger
from canting.ledger.models import Book
from canting.portal import selectors as portal
from canting.treasury import selectors, services
from canting.treasury.models import BankLine
from tests import builders

JAN_1 = date(2026, 1, 1)
TODAY = date(2026, 11, 24)
# Of our own making: the three usual shapes of a list, one of them newest first.
TWO_COLUMNS = """Tanggal;Uraian;Debet;Kredit;Saldo
01/07/2026;SETORAN MODAL;;20.000.000,00;20.000.000,00
03/07/2026;BAYAR PLN BULAN JUNI;450.000,00;;19.550.000,00
31/07/2026;BIAYA ADM;12.500,00;;19.537.500,00
"""
MARKED = """Tanggal Transaksi,Keterangan,Jumlah,Saldo
31/07/2026,BIAYA ADM,"12,500.00 DB","19,537,500.00"
03/07/2026,BAYAR PLN BULAN JUNI,"450,000.00 DB","19,550,000.00"
01/07/2026,SETORAN MODAL,"20,000,000.00 CR","20,000,000.00"
Saldo Akhir,,,"19,537,500.00"
"""
SIGNED = """posting date\tdescription\tamount\tbalance
2026-07-01 08:10:00\tSETORAN MODAL\t20000000\t20000000
2026-07-03 09:00:00\tBAYAR PLN BULAN JUNI\t-450000\t19550000
2026-07-31 23:59:00\tBIAYA ADM\t-12500\t19537500
"""
LISTS = {"two columns": TWO_COLUMNS, "marked": MARKED, "signed": SIGNED}


class Desk:
    """The cooperative, its cashier, its bank account."""

    def __init__(self) -> None:
        self.actor = builders.user("rini")
        self.coop = builders.cooperative(actor=self.actor, cutover=JAN_1)
        self.make: dict[str, Any] = {"cooperative": self.coop, "actor": self.actor}
        self.account = builders.there(selectors.account_of(cooperative=self.coop))

    def fund(self) -> Any:
        """Twenty million comes into the bank on 1 July."""
        return self._in("other_in", 20_000_000, "Modal", date(2026, 7, 1))

    def pay(self, amount: int = 450_000, on: date = date(2026, 7, 2)) -> Any:
        """The electricity bill is paid from the bank."""
        return pay_cash(
            purpose="electricity", amount=amount, place="bank", memo="PLN Juni", on=on, **self.make
        )

    def _in(self, purpose: str, amount: int, memo: str, on: date) -> Any:
        return receive_cash(
            purpose=purpose, amount=amount, place="bank", memo=memo, on=on, **self.make
        )

    def read(self, text: str = TWO_COLUMNS, **facts: Any) -> Any:
        """Read a list; what was made and how many lines were new."""
        known = {"account": self.account, "table": read_table(text.encode()), "on": TODAY}
        return services.read_statement(**{**known, **facts}, **self.make)

    def sure(self) -> int:
        """Match what can only be one entry."""
        return services.match_sure(account=self.account, on=TODAY, **self.make)

    def line(self, amount: int) -> BankLine:
        """The bank's line over this amount."""
        return BankLine.objects.get(cooperative=self.coop, amount=amount)

    def entry(self, amount: int) -> Any:
        """The open line of the book over this signed amount."""
        found = selectors.open_entries(cooperative=self.coop, account=self.account)
        return next(one for one in found if selectors.signed(one) == amount)

    def lines_of(self, source: str) -> list[tuple[str, str, int]]:
        """The lines of an entry by its source: role, side, amount."""
        entry = builders.there(ledger.entry_by_source(cooperative=self.coop, source=source))
        rows = ledger.lines_of(entry=entry)
        return [(one.account, str(one.side), one.amount) for one in rows]

    def balance(self, role: str, as_of: date | None = None) -> int:
        """What stands on an account."""
        return ledger.balance(cooperative=self.coop, role=role, as_of=as_of)

    def code(self, role: str) -> str:
        """The code of the account of a role."""
        return ledger.account_for(cooperative=self.coop, role=role).code

    def close(self, month: date) -> None:
        """Close a month without asking its checks, as an old book comes in."""
        Book.objects.filter(cooperative=self.coop).update(closed_through=last_of_month(month))

    def papers(self) -> int:
        """How many entries there are."""
        return ledger.book(cooperative=self.coop).position

    def is_sound(self) -> bool:
        """Verify finds nothing."""
        broken = [one for one in portal.verification(cooperative=self.coop) if not one.holds]
        assert [(one.name, one.breaches) for one in broken] == []
        return True


def pasted(text: str) -> Any:
    """A block as it comes out of a spreadsheet."""
    return paste_to_table(text)


@pytest.fixture
def desk(db) -> Desk:
    return Desk()
