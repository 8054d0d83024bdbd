"""The statements as tables: one set of rows for page, sheet, paper and command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from canting.kernel.dates import format_long_date, format_short_date
from canting.kernel.money import format_rupiah
from canting.ledger.papers import StatementTable, TableRow
from canting.ledger.selectors import account_name
from canting.reports.rules.flows import HEADINGS
from canting.reports.rules.kinds import kind_name
from canting.reports.statements import (
    ASSETS,
    LIABILITIES,
    PARTS,
    CashFlow,
    EquityChanges,
    MemberGain,
    Period,
    Promotion,
)


def span_words(period: Period) -> str:
    """The time of a statement, in words."""
    return _("%(since)s to %(until)s, in rupiah") % {
        "since": format_long_date(period.since),
        "until": format_long_date(period.until),
    }


def span_column(period: Period) -> str:
    """The time at the head of a column: the year, its last day, or both days, as short as can be."""
    if period.is_year:
        return str(period.until.year)
    if (period.since.month, period.since.day) == (1, 1) and period.since.year == period.until.year:
        return _("until %(day)s") % {"day": format_short_date(period.until)}
    return f"{period.since:%d/%m}–{period.until:%d/%m/%y}"


# Changes in equity ---------------------------------------------------------------------------


def equity_table(found: EquityChanges) -> StatementTable:
    """Changes in equity: a column for each part of own capital that ever stood at something."""
    names = {
        "entry_shares": _("Entry shares"),
        "regular_shares": _("Regular shares"),
        "grants": _("Grants"),
        "general_reserve": _("General reserve"),
        "risk_reserve": _("Risk reserve"),
        "surplus": _("Surplus"),
    }
    columns = [
        column
        for column in found.columns
        if column.key != "risk_reserve" or column.opening or column.closing or column.moves
    ]

    def row(label: str, amounts: Iterable[int], kind: str = "", key: str = "") -> TableRow:
        parts = tuple(amounts)
        return TableRow(label, (*parts, sum(parts)), kind, key)

    moved = _by_label(found)
    return StatementTable(
        _("Statement of changes in equity"),
        span_words(found.period),
        (*(names[column.key] for column in columns), _("Together")),
        (
            row(
                _("Opening, %(day)s") % {"day": format_short_date(found.period.since)},
                (column.opening for column in columns),
                "sub",
            ),
            *(
                row(label, (sum(column.moves.get(k, 0) for k in kinds) for column in columns))
                for label, kinds in moved.items()
            ),
            row(_("Surplus of the time"), (column.result for column in columns)),
            row(
                _("Closing, %(day)s") % {"day": format_short_date(found.period.until)},
                (column.closing for column in columns),
                "total",
            ),
        ),
    )


def _by_label(found: EquityChanges) -> Mapping[str, list[str]]:
    """The kinds that moved own capital by their name: rare kinds share one row."""
    labels: dict[str, list[str]] = {}
    for kind in found.kinds:
        labels.setdefault(_(kind_name(kind)), []).append(kind)
    return labels


# Cash flows ----------------------------------------------------------------------------------


def direct_table(now: CashFlow, before: CashFlow) -> StatementTable:
    """Cash flows by what the money was for, beside an earlier time; headings empty in both left out."""
    titles = {
        "op": (_("Operating"), _("Cash from operations")),
        "inv": (_("Investing"), _("Cash from investing")),
        "fin": (_("Financing"), _("Cash from financing")),
    }
    rows: list[TableRow] = []
    for head, (title, total) in titles.items():
        rows.append(TableRow(title, kind="part"))
        rows += [
            TableRow(_(label), (now.direct.get(key, 0), before.direct.get(key, 0)), key=key)
            for key, label in HEADINGS.items()
            if key.startswith(f"{head}.") and (now.direct.get(key) or before.direct.get(key))
        ]
        rows.append(TableRow(total, (now.total(head), before.total(head)), "sub"))
    return StatementTable(
        _("Cash flows, direct"),
        _("By what the money was for"),
        (span_column(now.period), span_column(before.period)),
        (
            *rows,
            TableRow(_("Cash and bank"), kind="part"),
            TableRow(_("Rise or fall of cash"), (now.movement, before.movement)),
            TableRow(_("Cash at the beginning"), (now.opening, before.opening)),
            TableRow(_("Cash at the end"), (now.closing, before.closing), "total", "cash"),
        ),
    )


def indirect_table(now: CashFlow, before: CashFlow) -> StatementTable:
    """Cash from operations from the surplus: what moved no cash, and what stands open."""

    def pairs(part: str, names: Mapping[str, str]) -> list[TableRow]:
        both = [getattr(one, part) for one in (now, before)]
        keys = [key for key in names if any(key in one for one in both)]
        return [
            TableRow(_(names[key]), tuple(one.get(key, 0) for one in both), key=key) for key in keys
        ]

    kinds = sorted({*now.adjustments, *before.adjustments})
    apart = sorted({*now.elsewhere, *before.elsewhere})
    rows = [
        TableRow(_("Surplus after tax"), (now.result, before.result)),
        *pairs("elsewhere", {key: account_name(key) for key in apart}),
        *pairs("adjustments", {kind: kind_name(kind) for kind in kinds}),
    ]
    if now.taken_over or before.taken_over:
        taken = (-now.taken_over, -before.taken_over)
        rows.insert(1, TableRow(_("Result taken over when the books began"), taken))
    return StatementTable(
        _("Cash from operations, indirect"),
        _("From the surplus to the same figure"),
        (span_column(now.period), span_column(before.period)),
        (
            *rows,
            TableRow(_("Changes of what stands open"), kind="part"),
            *pairs("changes", {**ASSETS, **LIABILITIES}),
            TableRow(_("Cash from operations"), (now.indirect, before.indirect), "total"),
        ),
    )


def noncash_table(found: CashFlow) -> StatementTable:
    """What moved between the classes without money, by kind of entry."""
    kinds = sorted({kind for kind, _flow in found.noncash})
    return StatementTable(
        _("Without money"),
        _("Entries that moved between operating, investing and financing and touched no cash"),
        (_("Operating"), _("Investing"), _("Financing")),
        tuple(
            TableRow(
                _(kind_name(kind)),
                tuple(found.noncash.get((kind, flow), 0) for flow in ("O", "I", "F")),
            )
            for kind in kinds
        ),
    )


# Members' economy ----------------------------------------------------------------------------


def part_names() -> dict[str, str]:
    """The parts of the report of members' economy."""
    return {
        "materials": _("Buying together"),
        "making": _("Making"),
        "marketing": _("Selling together"),
        "savings": _("Savings"),
        "surplus": _("Surplus"),
    }


def gains_table(found: Promotion, rows: Iterable[MemberGain] | None = None) -> StatementTable:
    """What each member gained, part by part, with the sum of all in the last row."""
    names = part_names()
    shown = found.rows if rows is None else rows
    sums = [found.total(part) for part in PARTS]
    return StatementTable(
        _("Report of members' economy (LPEA)"),
        span_words(found.period),
        (*names.values(), _("Together")),
        (
            *(
                TableRow(
                    f"{row.name} ({row.number})",
                    (*(getattr(row, part) for part in PARTS), row.total),
                    key=row.number,
                )
                for row in shown
            ),
            TableRow(_("All members"), (*sums, sum(sums)), "total"),
        ),
    )


def parts_table(now: Promotion, before: Promotion) -> StatementTable:
    """The sums of the parts beside an earlier time."""
    names = part_names()
    return StatementTable(
        _("Benefit of all members"),
        surplus_words(now),
        (span_column(now.period), span_column(before.period)),
        (
            *(TableRow(names[part], (now.total(part), before.total(part))) for part in PARTS),
            TableRow(
                _("Together"),
                tuple(sum(one.total(part) for part in PARTS) for one in (now, before)),
                "total",
            ),
        ),
    )


def surplus_words(found: Promotion) -> str:
    """Whether the surplus in it is decided or proposed."""
    if found.decided:
        return _("The surplus is what the meeting shared.")
    if found.proposal.pools:
        return _("The surplus is a proposal until the meeting.")
    if found.percents != 100:
        return _(
            "No surplus is shared here: its percentages add up to %(percent)s, not to 100. "
            "The board sets them on the page Parameters."
        ) % {"percent": f"{found.percents.normalize():f}"}
    return _("There is no surplus of members' business to share.")


def unknown_words(found: Promotion) -> list[str]:
    """Sentences for what could not be compared, because nobody noted a price elsewhere."""
    said = {
        "materials": _("Material for %(amount)s was sold without a known market price."),
        "making": _("Wages of %(amount)s have no known wage elsewhere beside them."),
        "marketing": _("Cloth for %(amount)s has no known price elsewhere beside it."),
    }
    words = [
        said[part] % {"amount": format_rupiah(amount)}
        for part, amount in found.unknown.items()
        if amount
    ]
    if not found.bank_rate:
        words.append(_("Savings are not compared: the bank's rate is not known."))
    return words


def day_words(as_of: date) -> str:
    """A day in words."""
    return format_long_date(as_of)
