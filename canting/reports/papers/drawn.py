"""Each statement by its name: its tables beside an earlier time, and what must agree in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from canting.kernel.dates import format_long_date
from canting.kernel.texts import gettext_noop
from canting.ledger import selectors as ledger
from canting.ledger.papers import StatementTable, position_table, split_table, surplus_table
from canting.reports.papers import tables
from canting.reports.papers.notes import notes
from canting.reports.papers.printed import Printed
from canting.reports.statements import (
    ASSETS,
    LIABILITIES,
    Period,
    Tie,
    cash_flow,
    cash_ties,
    equity_changes,
    equity_tie,
    financial_position,
    opening_position,
    position_tie,
    promotion,
    surplus,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

# Name in addresses, files and the command -> title (still to be translated).
NAMES: Mapping[str, str] = {
    "posisi-keuangan": gettext_noop("Statement of financial position"),
    "hasil-usaha": gettext_noop("Statement of surplus (PHU)"),
    "perubahan-ekuitas": gettext_noop("Statement of changes in equity"),
    "arus-kas": gettext_noop("Statement of cash flows"),
    "promosi-ekonomi": gettext_noop("Report of members' economy (LPEA)"),
    "catatan": gettext_noop("Notes to the statements"),
}


POSITION_LINES = frozenset({*ASSETS, *LIABILITIES})


@dataclass(frozen=True)
class Told:
    """A statement ready to be shown: on paper, with what must agree and the figures behind it."""

    name: str
    period: Period
    earlier: Period
    printed: Printed
    ties: tuple[Tie, ...]
    now: Any
    before: Any = None

    @property
    def tables(self) -> list[StatementTable]:
        """Every table of it."""
        return self.printed.all_tables


def statement_of(*, cooperative: Cooperative, name: str, period: Period, earlier: Period) -> Told:
    """One of the six statements by its name, of a time beside an earlier one."""
    return _TELLERS[name](cooperative, period, earlier)


def _position(cooperative: Cooperative, period: Period, earlier: Period) -> Told:
    now = financial_position(cooperative=cooperative, as_of=period.until)
    # In their first year the books are compared with what they began with.
    if earlier.until < ledger.head(cooperative=cooperative).opened_on <= period.until:
        before = opening_position(cooperative=cooperative, until=period.until)
    else:
        before = financial_position(cooperative=cooperative, as_of=earlier.until)
    table = position_table(now, before)
    printed = Printed(table.title, table.lead, [table])
    return Told("posisi-keuangan", period, earlier, printed, (position_tie(now),), now, before)


def _surplus(cooperative: Cooperative, period: Period, earlier: Period) -> Told:
    now, before = (
        surplus(cooperative=cooperative, since=one.since, until=one.until)
        for one in (period, earlier)
    )
    table = surplus_table(now, before)
    whose = now.after_tax
    tie = Tie(
        "surplus_whose",
        gettext_noop("Members' and others' parts are the surplus"),
        whose.member + whose.nonmember,
        sum(line.amount for lines in now.accounts.values() for line in lines),
    )
    printed = Printed(table.title, table.lead, [table, split_table(now)])
    return Told("hasil-usaha", period, earlier, printed, (tie,), now, before)


def _equity(cooperative: Cooperative, period: Period, earlier: Period) -> Told:
    now, before = (equity_changes(cooperative=cooperative, period=one) for one in (period, earlier))
    shown = [tables.equity_table(now)]
    if any(column.opening or column.closing or column.moves for column in before.columns):
        shown.append(tables.equity_table(before))
    printed = Printed(shown[0].title, shown[0].lead, _told_by_time(shown))
    position = financial_position(cooperative=cooperative, as_of=period.until)
    ties = (
        equity_tie(now),
        Tie(
            "equity_position",
            gettext_noop("Closing equity is the equity of the position"),
            now.closing,
            position.total_equity,
        ),
    )
    return Told("perubahan-ekuitas", period, earlier, printed, ties, now, before)


def _told_by_time(shown: list[StatementTable]) -> list[StatementTable]:
    """The same table of two times: each is called by its time."""
    if len(shown) == 1:
        return shown
    return [StatementTable(one.lead, "", one.columns, one.rows) for one in shown]


def _cash(cooperative: Cooperative, period: Period, earlier: Period) -> Told:
    now, before = (cash_flow(cooperative=cooperative, period=one) for one in (period, earlier))
    shown = [tables.direct_table(now, before), tables.indirect_table(now, before)]
    apart = tables.noncash_table(now)
    if apart.rows:
        shown.append(apart)
    position = financial_position(cooperative=cooperative, as_of=period.until)
    cash = next(line.amount for line in position.assets if line.key == "cash")
    tie = Tie(
        "cash_position", gettext_noop("Closing cash is the cash of the position"), now.closing, cash
    )
    printed = Printed(_("Statement of cash flows"), tables.span_words(period), shown)
    return Told("arus-kas", period, earlier, printed, (*cash_ties(now), tie), now, before)


def _promotion(cooperative: Cooperative, period: Period, earlier: Period) -> Told:
    now, before = (promotion(cooperative=cooperative, period=one) for one in (period, earlier))
    shown = [tables.gains_table(now), tables.parts_table(now, before)]
    words = [tables.surplus_words(now), *tables.unknown_words(now)]
    printed = Printed(shown[0].title, shown[0].lead, shown, words=words)
    return Told("promosi-ekonomi", period, earlier, printed, (), now, before)


def _notes(cooperative: Cooperative, period: Period, earlier: Period) -> Told:
    found = notes(cooperative=cooperative, period=period)
    lead = _("as of %(date)s, in rupiah") % {"date": format_long_date(period.until)}
    printed = Printed(_("Notes to the statements"), lead, sections=found)
    return Told("catatan", period, earlier, printed, (), found)


_TELLERS: Mapping[str, Callable[[Cooperative, Period, Period], Told]] = {
    "posisi-keuangan": _position,
    "hasil-usaha": _surplus,
    "perubahan-ekuitas": _equity,
    "arus-kas": _cash,
    "promosi-ekonomi": _promotion,
    "catatan": _notes,
}
