"""The whole books as one text, read piece by piece: entries by day, balances after every month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from canting.kernel.dates import first_of_month
from canting.ledger import selectors
from canting.ledger.rules.plain_text import (
    WRITERS,
    TextAccount,
    TextEntry,
    TextForm,
    TextLine,
    Writer,
    text_name,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

AT_ONCE = 1_000
PIECE = 64


def text_accounts(*, cooperative: Cooperative) -> list[TextAccount]:
    """The chart under the names of the text, by code."""
    found = []
    for row in selectors.accounts(cooperative=cooperative):
        title = selectors.account_name(row.role, row.name)
        name = text_name(row.code, title, row.normal, row.shown)
        found.append(TextAccount(row.code, name, title, row.statement == "cash"))
    return found


def plain_text(*, cooperative: Cooperative, form: TextForm) -> Iterator[str]:
    """The books up to this moment for beancount or hledger, in pieces; memory does not grow.

    After each month follows what every account that moved must come to by the kept balances, so
    that the other program proves them against the lines. Entries made meanwhile are left out.
    """
    writer = WRITERS[form]
    accounts = text_accounts(cooperative=cooperative)
    until, months = selectors.kept_months(cooperative=cooperative)
    names = {account.code: account.name for account in accounts}
    opened_on = selectors.head(cooperative=cooperative).opened_on
    return _pieces(writer, cooperative, accounts, names, opened_on, until, _stands(months, names))


def _stands(
    months: list[tuple[date, str, int]], names: dict[str, str]
) -> dict[date, list[tuple[str, int]]]:
    """By month, what each account that moved in it comes to at its end."""
    sums: dict[str, int] = defaultdict(int)
    found: dict[date, list[tuple[str, int]]] = defaultdict(list)
    for month, code, net in months:
        sums[code] += net
        found[month].append((names[code], sums[code]))
    return found


def _pieces(
    writer: Writer,
    cooperative: Cooperative,
    accounts: list[TextAccount],
    names: dict[str, str],
    opened_on: date,
    until: int,
    stands: dict[date, list[tuple[str, int]]],
) -> Iterator[str]:
    yield "".join(writer.head(cooperative.name, opened_on, accounts))
    month: date | None = None
    entries = _entries(cooperative, until, names)
    while part := list(islice(entries, PIECE)):
        said: list[str] = []
        for entry in part:
            if month is not None and month != first_of_month(entry.on):
                said += writer.stands(month, stands[month])
            month = first_of_month(entry.on)
            said.append(writer.entry(entry))
        yield "".join(said)
    if month is not None:
        yield "".join(writer.stands(month, stands[month]))


def _entries(cooperative: Cooperative, until: int, names: dict[str, str]) -> Iterator[TextEntry]:
    rows = selectors.entries_by_day(cooperative=cooperative, until=until)
    while part := list(islice(rows, AT_ONCE)):
        lines = selectors.facts_by_entry(entry_ids=[row[0] for row in part])
        for key, *facts, reverses in part:
            yield _entry(facts, reverses, lines[key], names)


def _entry(
    facts: list[Any],
    reverses: int | None,
    lines: list[tuple[str, str, int, str, str, str]],
    names: dict[str, str],
) -> TextEntry:
    position, on, own_date, source, paper, kind, memo, digest = facts
    people = {(party, name) for _code, _side, _amount, party, name, _business in lines if party}
    payee = people.pop()[1] if len(people) == 1 else ""
    entry = TextEntry(position, on, own_date, source, paper, kind, memo, payee, digest, reverses)
    for code, side, amount, party, _name, business in lines:
        signed = amount if side == "D" else -amount
        entry.lines.append(TextLine(names[code], signed, party, business))
    return entry
