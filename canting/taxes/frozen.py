"""What an archive of a year holds of the taxes: each tax by month, and what was withheld from whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.kernel.closing import Frozen
from canting.kernel.tables_out import Column, write_csv
from canting.taxes import selectors
from canting.taxes.rules import FINAL, PAYABLE

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

PIECE = 256 * 1024
COLUMNS = (
    Column("masa", "date"),
    Column("pajak"),
    Column("penerima"),
    Column("tanggal", "date"),
    Column("surat"),
    Column("dasar", "number"),
    Column("pajak terutang", "number"),
    Column("bukti potong"),
    Column("belum disetor", "number"),
)


def _word(key: str) -> str:
    return _(FINAL) if key == "final" else _(PAYABLE[key].label)


def _rows(cooperative: Cooperative, year: int) -> Iterator[tuple[Any, ...]]:
    for number in range(1, 13):
        month = date(year, number, 1)
        for due in selectors.month_dues(cooperative=cooperative, month=month):
            yield (month, _word(due.key), "", due.by, "", due.base, due.amount, "", due.unpaid)
        for row in selectors.withheld(cooperative=cooperative, month=month):
            slip = row.slip.number if row.slip else ""
            yield (
                month, _word(row.kind), row.party.name, row.on, row.paper, row.base, row.tax,
                slip, None,
            )  # fmt: skip


def taxes_csv(cooperative: Cooperative, since: date, _until: date) -> Iterator[bytes]:
    """Every tax of every month of the year, and under it what was withheld from whom."""
    with write_csv(COLUMNS, _rows(cooperative, since.year)) as file:
        while piece := file.read(PIECE):
            yield piece


ARCHIVED: tuple[Frozen, ...] = (
    Frozen("pajak.csv", gettext_lazy("Taxes by month, and what was withheld"), taxes_csv),
)
