"""The statements and the trial balance as tables: one set of rows for page, sheet and paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.dates import format_long_date
from canting.kernel.money import format_statement
from canting.kernel.papers import render_pages
from canting.kernel.tables_out import Column, write_xlsx
from canting.ledger.rules import Telling
from canting.ledger.selectors import AccountBalance
from canting.ledger.statements import FinancialPosition, Split, Surplus

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its name, its amounts (none for a heading), how it is drawn, what it opens."""

    label: str
    amounts: tuple[int, ...] = ()
    kind: str = ""  # "", part, sub, total
    key: str = ""

    @property
    def shown(self) -> list[str]:
        """The amounts as a statement writes them."""
        return [format_statement(amount) if amount else NOTHING for amount in self.amounts]


@dataclass(frozen=True, slots=True)
class StatementTable:
    """A statement ready to be shown: title, what the columns are, rows."""

    title: str
    lead: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def position_table(now: FinancialPosition, before: FinancialPosition) -> StatementTable:
    """The financial position beside an earlier one; lines empty in both are left out."""

    def part(title: str, lines: str, total: str, amount: str) -> list[TableRow]:
        pairs = zip(getattr(now, lines), getattr(before, lines), strict=True)
        return [
            TableRow(title, kind="part"),
            *(
                TableRow(_(left.label), (left.amount, right.amount), key=left.key)
                for left, right in pairs
                if left.amount or right.amount
            ),
            TableRow(total, (getattr(now, amount), getattr(before, amount)), kind="sub"),
        ]

    owed = tuple(one.total_liabilities + one.total_equity for one in (now, before))
    return StatementTable(
        _("Statement of financial position"),
        _("as of %(date)s, in rupiah") % {"date": format_long_date(now.as_of)},
        (format_long_date(now.as_of), format_long_date(before.as_of)),
        (
            *part(_("Assets"), "assets", _("Total assets"), "total_assets"),
            *part(_("Liabilities"), "liabilities", _("Total liabilities"), "total_liabilities"),
            *part(_("Equity"), "equity", _("Total equity"), "total_equity"),
            TableRow(_("Total liabilities and equity"), owed, kind="total"),
        ),
    )


# Name, how the amount is taken, how it is drawn, whose accounts stand beneath it.
Step = tuple[str, Callable[[Surplus], int], str, str]


def _steps() -> list[Step]:
    return [
        (_("I Business with members"), lambda s: 0, "part", ""),
        (_("Gross participation of members"), lambda s: s.revenue.member, "", "member_revenue"),
        (_("Cost of members' business"), lambda s: -s.cost.member, "", "member_cost"),
        (_("Net participation of members"), lambda s: s.gross.member, "sub", ""),
        (_("II Business with others"), lambda s: 0, "part", ""),
        (_("Revenue from others"), lambda s: s.revenue.nonmember, "", "other_revenue"),
        (_("Cost of others' business"), lambda s: -s.cost.nonmember, "", "other_cost"),
        (_("Gross result with others"), lambda s: s.gross.nonmember, "sub", ""),
        (_("III Surplus"), lambda s: 0, "part", ""),
        (_("Gross surplus (I + II)"), lambda s: s.gross.total, "sub", ""),
        (_("Operating expenses"), lambda s: -s.operating.total, "", "operating_expense"),
        (_("Cooperative expenses"), lambda s: -s.cooperative.total, "", "cooperative_expense"),
        (_("Other income and expenses"), lambda s: s.other.total, "", "other"),
        (_("Surplus before tax"), lambda s: s.before_tax.total, "sub", ""),
        (_("Income tax"), lambda s: -s.tax.total, "", "tax"),
        (_("Surplus after tax"), lambda s: s.after_tax.total, "total", ""),
        (_("of which from members"), lambda s: s.after_tax.member, "", ""),
        (_("of which from others"), lambda s: s.after_tax.nonmember, "", ""),
    ]


def surplus_table(now: Surplus, before: Surplus) -> StatementTable:
    """The result of a time beside that of an earlier one."""
    rows = [
        TableRow(label, () if kind == "part" else (amount(now), amount(before)), kind, key)
        for label, amount, kind, key in _steps()
    ]
    return StatementTable(
        _("Statement of surplus (PHU)"),
        _("%(since)s to %(until)s, in rupiah")
        % {"since": format_long_date(now.since), "until": format_long_date(now.until)},
        tuple(f"{one.until:%d/%m/%Y}" for one in (now, before)),
        tuple(rows),
    )


def key_words(telling: Telling) -> str:
    """How shared costs were split, in words."""
    words = {
        "revenue": _("Shared costs by revenue net of returns and penalties"),
        "gross": _("Shared costs by the gross result of members' and others' business"),
        "fixed": _("Shared costs by a fixed key: %(percent)s %% members"),
    }
    shown = f"{telling.cost_key_percent.normalize():f}"
    return words[telling.cost_key] % {"percent": shown}


def split_table(found: Surplus) -> StatementTable:
    """The result by whose business it came from: members', others', together."""

    def row(label: str, part: Split, kind: str = "") -> TableRow:
        return TableRow(label, (part.member, part.nonmember, part.total), kind)

    none = Split()
    return StatementTable(
        _("From whose business"),
        key_words(found.telling),
        (_("Members"), _("Others"), _("Together")),
        (
            row(_("Revenue, net of returns and penalties"), found.revenue),
            row(_("Cost of sales"), none - found.cost),
            row(_("Operating expenses"), none - found.operating),
            row(_("Cooperative expenses"), none - found.cooperative),
            row(_("Other income and expenses"), found.other),
            row(_("Income tax"), none - found.tax),
            row(_("Surplus after tax"), found.after_tax, "total"),
        ),
    )


def trial_table(rows: Sequence[AccountBalance], as_of: date) -> StatementTable:
    """The trial balance: every account with a balance, on the side where it stands."""
    shown = [
        TableRow(row.label, (max(row.net, 0), max(-row.net, 0)), key=row.code)
        for row in rows
        if row.net
    ]
    debits, credits = (sum(row.amounts[side] for row in shown) for side in (0, 1))
    return StatementTable(
        _("Trial balance"),
        _("as of %(date)s, in rupiah") % {"date": format_long_date(as_of)},
        (_("Debit"), _("Credit")),
        (*shown, TableRow(_("Total"), (debits, credits), "total")),
    )


def as_sheet(tables: Sequence[StatementTable]) -> IO[bytes]:
    """The tables under each other in one sheet; amounts stay numbers."""
    width = max(len(table.columns) for table in tables)
    columns = [Column(tables[0].title, "text", 48)] + [
        Column(tables[0].columns[place] if place < len(tables[0].columns) else "", "money", 20)
        for place in range(width)
    ]
    rows: list[list[object]] = [[tables[0].lead, *[None] * width]]
    for number, table in enumerate(tables):
        if number:
            rows.append([None] * (width + 1))
            rows.append([table.title, *_filled(table.columns, width)])
        rows += [[row.label, *_filled(row.amounts, width)] for row in table.rows]
    return write_xlsx(columns, rows, sheet=sheet_name(str(tables[0].title)))


def sheet_name(title: str) -> str:
    """A title as a spreadsheet takes it for a sheet: without its signs, at most 31 letters."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "Data"


def _filled(values: Sequence[object], width: int) -> list[object]:
    return [*values, *[None] * (width - len(values))]


def as_pdf(
    cooperative: Cooperative,
    tables: Sequence[StatementTable],
    *,
    provisional: bool,
    made_by: str,
    signers: Sequence[str],
) -> bytes:
    """The tables on A4, headings repeated, with places to sign; a provisional one says so."""
    values = {
        "cooperative": {"name": cooperative.name, "place": cooperative.place},
        "title": tables[0].title,
        "made_by": made_by,
        "note": _("Provisional: the month is not closed.") if provisional else "",
        "tables": [
            {
                "title": table.title if number else "",
                "lead": table.lead,
                "columns": list(table.columns),
                "rows": [
                    {"label": row.label, "kind": row.kind, "amounts": row.shown}
                    for row in table.rows
                ],
            }
            for number, table in enumerate(tables)
        ],
        "signers": list(signers),
    }
    return render_pages("ledger/papers/statement.typ", values, format="pdf")[0]
