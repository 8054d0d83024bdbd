"""A list of the bank read: its columns found, its figures understood, what is new kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from canting.cooperatives.services import record
from canting.kernel.dates import BadDate, format_date, parse_date
from canting.kernel.money import format_rupiah, half_up
from canting.kernel.tables_in import Cell, Row, Table, guess_columns, header_digest
from canting.ledger import selectors as ledger
from canting.treasury import selectors
from canting.treasury.errors import (
    BadBankLine,
    BalanceBroken,
    ColumnMissing,
    EndsTooEarly,
    LinesMatched,
    NothingNew,
    NotYetThere,
)
from canting.treasury.models import BankLayout, BankLine, BankStatement
from canting.treasury.rules import (
    COLUMNS,
    DOTS,
    POINTS,
    SYNONYMS,
    ReadLine,
    amount_of,
    in_order,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.ledger.models import Account

# Sums below a list, and rows without a day of their own, are no movements.
SUMS = re.compile(r"(?:saldo|mutasi|total|jumlah)\b", re.IGNORECASE)
CLOCK = re.compile(r"[ T]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?.*$")
MONEY = ("out", "into", "amount")


def guessed_columns(*, cooperative: Cooperative, table: Table) -> dict[str, int]:
    """Which column means what: as told before for this header, else guessed from its words."""
    known = selectors.layout(cooperative=cooperative, digest=header_digest(table.header))
    if known is not None:
        return {name: int(place) for name, place in known.columns.items()}
    return guess_columns(table.header, SYNONYMS)


@transaction.atomic
def read_statement(
    *,
    cooperative: Cooperative,
    account: Account,
    table: Table,
    on: date,
    actor: User,
    columns: Mapping[str, int] | None = None,
    style: str = "",
    until: date | None = None,
    filename: str = "",
) -> tuple[BankStatement, int]:
    """Keep the lines of a list that were not read before; also how many those are.

    `columns` and `style` that a person chose are remembered for the next list with this header.
    Amounts are whole rupiah; sen are rounded so that the lines add up to the bank's balances.
    Raises ColumnMissing, BadBankLine, BalanceBroken, NothingNew, EndsTooEarly, NotYetThere.
    """
    ledger.lock_account(cooperative=cooperative, role=account.role)
    used = dict(columns or guessed_columns(cooperative=cooperative, table=table))
    _check_columns(used)
    style = style or _style(cooperative, table, used)
    found, wrong = in_order(_read(table, used, style, on))
    if wrong is not None:
        balance = next(line.balance for line in found if line.row == wrong)
        raise BalanceBroken(row=wrong, balance=format_rupiah(half_up(balance or 0)))
    until = _until(found, until, on)
    made = BankStatement.objects.create(
        cooperative=cooperative,
        account=account,
        until=until,
        filename=filename[:120],
        made_by=actor,
        made_at=timezone.now(),
    )
    kept = BankLine.objects.bulk_create(_new(made, found))
    if not kept:
        raise NothingNew(count=len(found))
    BankLayout.objects.update_or_create(
        cooperative=cooperative,
        digest=header_digest(table.header),
        defaults={"columns": used, "style": style},
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="treasury.read",
        subject=account.code,
        facts={"count": len(kept), "on": until.isoformat()},
    )
    return made, len(kept)


def _check_columns(columns: Mapping[str, int]) -> None:
    for name in ("day", "text"):
        if name not in columns:
            raise ColumnMissing(what=_(COLUMNS[name]))
    if "amount" not in columns and not {"out", "into"} <= columns.keys():
        raise ColumnMissing(what=_(COLUMNS["amount"]))


def _style(cooperative: Cooperative, table: Table, columns: Mapping[str, int]) -> str:
    """How figures are written: as told before, else the way in which every amount can be read."""
    known = selectors.layout(cooperative=cooperative, digest=header_digest(table.header))
    if known is not None:
        return str(known.style)
    cells = [
        row.cells[columns[name]]
        for row in table.rows
        for name in (*MONEY, "balance")
        if name in columns and row.cells[columns[name]] != ""
    ]
    score = {
        style: sum(amount_of(cell, style) is not None for cell in cells) for style in (POINTS, DOTS)
    }
    return DOTS if score[DOTS] > score[POINTS] else POINTS


def _read(table: Table, columns: Mapping[str, int], style: str, on: date) -> list[ReadLine]:
    lines = [_line(row, columns, style, on) for row in table.rows]
    return [line for line in lines if line is not None]


def _line(row: Row, columns: Mapping[str, int], style: str, on: date) -> ReadLine | None:
    """One row as a movement; None for sums below the list and rows that move nothing."""

    def cell(name: str) -> Cell:
        place = columns.get(name)
        return "" if place is None or place >= len(row.cells) else row.cells[place]

    day = cell("day")
    if day == "" or SUMS.match(str(day).strip()):
        return None
    amount = _moved(row, {name: cell(name) for name in (*MONEY, "mark")}, style)
    if not amount:
        return None
    balance = None
    if cell("balance") != "":
        balance = amount_of(cell("balance"), style)
        if balance is None:
            raise BadBankLine(row=row.number, typed=cell("balance"), what=_(COLUMNS["balance"]))
    return ReadLine(row.number, _day(row, day, on), str(cell("text")).strip(), amount, balance)


def _moved(row: Row, cells: Mapping[str, Cell], style: str) -> Decimal | None:
    """What a row moved: in less out where they have columns of their own, else its one amount."""
    total = Decimal(0)
    two = {"out": -1, "into": 1} if cells["amount"] == "" else {}
    for name in two or ("amount",):
        typed = cells[name]
        if str(typed).strip() in ("", "-"):
            continue
        value = amount_of(typed, style, "" if two else cells["mark"])
        if value is None:
            raise BadBankLine(row=row.number, typed=typed, what=_(COLUMNS[name]))
        total += abs(value) * two[name] if two else value
    return total


def _day(row: Row, typed: Cell, on: date) -> date:
    if isinstance(typed, datetime):
        return typed.date()
    if isinstance(typed, date):
        return typed
    try:
        found = parse_date(CLOCK.sub("", str(typed).strip()), today=on)
    except BadDate as bad:
        raise BadBankLine(row=row.number, typed=typed, what=_(COLUMNS["day"])) from bad
    if found is None:
        raise BadBankLine(row=row.number, typed=typed, what=_(COLUMNS["day"]))
    return found


def _until(found: Sequence[ReadLine], until: date | None, on: date) -> date:
    if not found:
        raise NothingNew(count=0)
    last = max(line.on for line in found)
    if max(last, until or last) > on:
        raise NotYetThere(last=format_date(max(last, until or last)), today=format_date(on))
    if until is not None and until < last:
        raise EndsTooEarly(last=format_date(last), until=format_date(until))
    return until or last


def _new(made: BankStatement, found: Sequence[ReadLine]) -> list[BankLine]:
    """The lines not read before: alike ones count, so two equal movements of a day stay two."""
    days = [line.on for line in found]
    known = BankLine.objects.filter(
        account=made.account, on__gte=min(days), on__lte=max(days)
    ).values_list("on", "amount", "balance", "text")
    had = Counter(known)
    kept = []
    for place, line in enumerate(found, start=1):
        balance = None if line.balance is None else half_up(line.balance)
        amount = half_up(line.amount)
        if line.balance is not None:
            # Of whole balances, so that the lines add up to them whatever the sen.
            amount = half_up(line.balance) - half_up(line.balance - line.amount)
        key = (line.on, amount, balance, line.text[:300])
        if had[key]:
            had[key] -= 1
        elif amount:
            kept.append(
                BankLine(
                    cooperative_id=made.cooperative_id,
                    statement=made,
                    account=made.account,
                    place=place,
                    on=line.on,
                    text=line.text[:300],
                    amount=amount,
                    balance=balance,
                )
            )
    return kept


@transaction.atomic
def take_back(*, statement: BankStatement, actor: User) -> None:
    """Forget a list that was read by mistake; LinesMatched while a line of it has its entry."""
    ledger.lock_account(cooperative=statement.cooperative, role=statement.account.role)
    matched = statement.lines.filter(matches__isnull=False).distinct().count()
    if matched:
        raise LinesMatched(count=matched)
    record(
        cooperative_id=statement.cooperative_id,
        actor=actor,
        action="treasury.taken_back",
        subject=statement.account.code,
        facts={"count": statement.lines.count(), "on": statement.until.isoformat()},
    )
    statement.delete()
