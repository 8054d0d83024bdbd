"""The budget beside the books and the results of units, as sheets and on A4."""

from __future__ import annotations

from datetime import date
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from canting.kernel.dates import format_long_date
from canting.kernel.tables_out import Column, write_csv, write_xlsx
from canting.ledger.papers import StatementTable, TableRow, as_pdf, sheet_name
from canting.treasury.rules import SECTIONS, Compared, section_sign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from canting.cooperatives.models import Cooperative
    from canting.treasury.models import Budget
    from canting.treasury.selectors import Comparison, UnitResults

SHORT_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
)  # fmt: skip


def heading(found: Budget | None, year: int) -> str:
    """Which budget it is: version, and who decided it."""
    if found is None:
        return _("No budget of %(year)s is written yet") % {"year": year}
    if found.state == "approved" and found.decided_on:
        return _("Budget %(year)s, version %(version)s, approved by %(decision)s of %(day)s") % {
            "year": year,
            "version": found.version,
            "decision": found.decision,
            "day": format_long_date(found.decided_on),
        }
    facts = {"year": year, "version": found.version}
    return _("Budget %(year)s, version %(version)s, not approved yet") % facts


def _columns() -> list[str]:
    return [
        _("Budget"), _("Actual"), _("Variance"), _("Percent"), _("Whole year"), _("Left of it"),
    ]  # fmt: skip


def _figures(one: Compared) -> tuple[int, ...]:
    return (one.planned, one.actual, one.variance, one.percent or 0, one.year, one.left)


def comparison_rows(told: Comparison) -> Iterator[TableRow]:
    """The rows of the comparison: sections, their accounts, their sums, the result."""
    for section in told.sections:
        yield TableRow(_(SECTIONS[section.key]), kind="part")
        for one in section.accounts:
            sign = section_sign(one.account.statement, one.account.normal)
            yield TableRow(one.label, _figures(one.compared.times(sign)), key=one.account.code)
        total = _("Total %(section)s") % {"section": _(SECTIONS[section.key]).lower()}
        yield TableRow(total, _figures(section.compared), kind="sub")
    yield TableRow(_("Surplus of the time"), _figures(told.result), kind="total")


def comparison_table(told: Comparison, found: Budget | None, until: date) -> StatementTable:
    """The comparison as a table for the paper."""
    lead = _("%(budget)s; until %(day)s, in rupiah") % {
        "budget": heading(found, until.year),
        "day": format_long_date(until),
    }
    return StatementTable(
        _("Budget and actual"), lead, tuple(_columns()), tuple(comparison_rows(told))
    )


def comparison_pdf(
    cooperative: Cooperative, table: StatementTable, *, made_by: str, provisional: bool
) -> bytes:
    """The comparison on A4, with places to sign."""
    signers = [_("Treasurer"), _("Board")]
    return as_pdf(cooperative, [table], provisional=provisional, made_by=made_by, signers=signers)


def comparison_sheet(table: StatementTable, *, as_csv: bool) -> IO[bytes]:
    """The comparison as a sheet with real numbers."""
    columns = [Column(_("Code")), Column(_("Line"), width=44)]
    columns += [Column(name, "number" if at == 3 else "money", 18) for at, name in
                enumerate(table.columns)]  # fmt: skip
    width = len(table.columns)
    rows = [[row.key, row.label, *(row.amounts or [None] * width)] for row in table.rows]
    if as_csv:
        return write_csv(columns, rows)
    return write_xlsx(columns, rows, sheet=sheet_name(str(table.title)))


def budget_sheet(rows: list[tuple[Any, list[int]]], *, as_csv: bool) -> IO[bytes]:
    """A budget as a sheet to fill in: code, account, twelve months, the sum. It can be read again."""
    columns = [Column("Kode", "identity"), Column("Akun", width=40)]
    columns += [Column(name, "money", 14) for name in SHORT_MONTHS]
    columns.append(Column("Jumlah", "money", 16))
    filled = [[account.code, label, *months, sum(months)] for (account, label), months in rows]
    return write_csv(columns, filled) if as_csv else write_xlsx(columns, filled, sheet="RAPB")


def unit_rows(told: UnitResults) -> list[TableRow]:
    """The results of the units: what is their own, their part of what is shared, the result.

    Columns: each unit, what could not be shared out, the whole.
    """

    def row(label: str, own: tuple[int, ...], apart: int = 0, kind: str = "") -> TableRow:
        return TableRow(label, (*own, apart, sum(own) + apart), kind=kind)

    costs = ("operating_expense", "cooperative_expense", "other", "tax")
    return [
        row(_("Revenue"), told.own("revenue")),
        row(_("Cost of sales"), told.own("cost")),
        row(_("Gross result"), told.own("revenue", "cost"), kind="sub"),
        row(_("Own costs and other income"), told.own(*costs)),
        row(_("Part of what is shared"), told.parts(), told.apart),
        row(_("Result"), told.results, told.apart, "total"),
    ]


def units_sheet(told: UnitResults, *, as_csv: bool) -> IO[bytes]:
    """The results of the units as a sheet: the rows of the page, then account by account."""
    names = [one.name for one in told.units]
    columns = [Column(_("Code")), Column(_("Line"), width=44)]
    columns += [Column(name, "money", 18) for name in [*names, _("Not shared out"), _("Together")]]
    rows: list[list[Any]] = [["", row.label, *row.amounts] for row in unit_rows(told)]
    rows.append([None] * len(columns))
    for one in told.rows:
        each = [own + part for own, part in zip(one.own, one.parts, strict=True)]
        apart = one.shared - sum(one.parts)
        rows.append([one.account.code, one.label, *each, apart, one.total])
    if as_csv:
        return write_csv(columns, rows)
    return write_xlsx(columns, rows, sheet=sheet_name(_("Business units")))
