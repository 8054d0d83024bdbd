"""An old chart of accounts: its codes as text to the last zero, each name matched with ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from canting.kernel.tables_in import Row, Table, guess_columns, read_table
from canting.kernel.typed import clean, shown
from canting.ledger import selectors as ledger
from canting.ledger.rules.codes import style_of, styled
from canting.ledger.services import show_codes
from canting.members.rules.people import folded
from canting.portal import selectors, services
from canting.portal.errors import ChartUnread, CodeNotText
from canting.portal.old_books.names import OldAccount, account_words, settle
from canting.portal.rules.old_book import LEDGER

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.ledger.models import Account

COLUMNS = {
    "code": ("kode akun", "kode", "no akun", "no perkiraan", "nomor akun", "nomor", "akun"),
    "name": ("nama akun", "nama perkiraan", "nama", "perkiraan", "uraian", "keterangan"),
}
MOST_ACCOUNTS = 1_000


@dataclass(frozen=True, slots=True)
class OldChart:
    """Codes and names of an old chart with what each is here, and the style of its codes."""

    accounts: list[OldAccount]
    choices: list[tuple[str, str]]
    style: str


def read_chart(data: bytes, *, filename: str) -> list[tuple[str, str]]:
    """Code and name of every account of a file; CodeNotText where a spreadsheet ate the code.

    Raises BadSheet, and ChartUnread when no column of codes or none of names is found.
    """
    table = read_table(data, filename=filename)
    found = guess_columns(table.header, COLUMNS)
    if set(found) != set(COLUMNS):
        raise ChartUnread(found=", ".join(filter(None, table.header)))
    rows = [
        (_code(table, row, found["code"]), clean(row.cells[found["name"]]))
        for row in table.rows
        if row.cells[found["code"]] != ""
    ]
    return rows[:MOST_ACCOUNTS]


def _code(table: Table, row: Row, column: int) -> str:
    """A code as text; a number with a point and a day are what a spreadsheet made of one."""
    cell = row.cells[column]
    if isinstance(cell, float | datetime | date):
        raise CodeNotText(row=row.number, column=table.header[column], value=shown(cell))
    return clean(cell)


def match_chart(
    *, cooperative: Cooperative, rows: Sequence[tuple[str, str]], answers: dict[str, str]
) -> OldChart:
    """What every account of an old chart is here: answered, remembered, else proposed."""
    ours = selectors.open_accounts(cooperative=cooperative)
    choices = [(one.code, ledger.label(one)) for one in ours]
    accounts = [
        OldAccount(f"{code} {name}".lower()[:120], f"{code} {name}", code) for code, name in rows
    ]
    settle(
        accounts,
        answers=answers,
        remembered=selectors.old_names(cooperative=cooperative, what=LEDGER),
        choices=choices,
        words=account_words(ours),
    )
    _by_code(accounts, ours)
    return OldChart(accounts, choices, style_of(code for code, _name in rows))


def _by_code(accounts: Sequence[OldAccount], ours: Sequence[Account]) -> None:
    """An account under a code and name that stand here already is that account."""
    known = {
        folded(f"{one.shown_code} {ledger.account_name(one.role, one.name)}"): one for one in ours
    }
    for account in accounts:
        if found := known.get(folded(account.label)):
            account.proposed = account.choice or found.code


@transaction.atomic
def keep_chart(
    *,
    cooperative: Cooperative,
    names: Mapping[str, str],
    codes: Mapping[str, str],
    style: str,
    actor: User,
) -> None:
    """Remember what the old accounts are here; with `codes` (by ours) show them from now on.

    Accounts that the old chart does not have are shown in its style, or under our code where that
    one is taken. Raises ShownTwice and BadShownCode; nothing is remembered then.
    """
    services.remember_names(cooperative=cooperative, what=LEDGER, names=names, actor=actor)
    if not codes:
        return
    own, taken = dict(codes), set(codes.values())
    for account in ledger.accounts(cooperative=cooperative):
        if account.code not in own:
            shown_code = styled(account.code, style)
            own[account.code] = "" if shown_code in taken else shown_code
            taken.add(shown_code)
    show_codes(cooperative=cooperative, style=style, own=own, actor=actor)
