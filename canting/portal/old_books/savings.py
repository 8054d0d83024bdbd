"""Savings of old books: lists of payments (S1 to S4) and a year's table of months (S5)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from canting.kernel.tables_in import Cell, Table
from canting.kernel.typed import clean
from canting.portal.old_books.values import VALUE, Reading, by_label

_OUT = re.compile(r"tarik|penarikan|withdraw", re.IGNORECASE)
_FOOTER = re.compile(r"(Setoran|Penarikan):\s*(Rp[\s\d.]+)", re.IGNORECASE)
_SUMS = re.compile(r"(grand )?total\b|jumlah\b|saldo\b|sub ?total\b", re.IGNORECASE)
_PRODUCTS = ("pokok", "wajib", "sukarela", "sibuhar")
_MONTHS_FROM = 3
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


class Columns(NamedTuple):
    """The labels of a list of payments; "" where the layout has no such column."""

    who: str
    name: str
    product: str
    direction: str
    amount: str
    day: str
    note: str = ""


PAYMENTS: Mapping[str, Columns] = {
    "S1": Columns("nik", "nama", "jenis_simpanan", "", "nominal", "tanggal"),
    "S2": Columns(
        "No Anggota", "", "Jenis Simpanan", "Jenis Transaksi", "Jumlah", "Tanggal Transaksi",
        "Keterangan",
    ),
    "S3": Columns(
        "No. NBA", "Nama Anggota", "", "Jenis Pembayaran", "Jumlah Transaksi", "Tanggal Transaksi"
    ),
    "S4": Columns(
        "No. Anggota", "Nama Anggota", "Jenis Simpanan", "Tipe Transaksi", "Nominal (Rp)",
        "Tanggal & Waktu", "Keterangan / Memo",
    ),
}  # fmt: skip


def product_of(text: str) -> str:
    """Which savings a cell or a file name speaks of; "" when none is named."""
    return next((word for word in _PRODUCTS if word in text.lower()), "")


def read_payments(table: Table, filename: str, reading: Reading) -> None:
    """Every payment with its sign: paid in above zero, drawn below; a footer's sums are compared."""
    columns = PAYMENTS[reading.layout]
    for row in table.rows:
        cells = by_label(table, row)
        numbered = clean(cells[columns.who])
        if not numbered and (found := _FOOTER.findall(" ".join(map(str, row.cells)))):
            for word, figure in found:
                name = "withdraw" if _OUT.match(word) else "deposit"
                reading.said[name] = reading.amount(row.number, columns.amount, figure) or 0
            reading.skip(row.number, next((cell for cell in row.cells if cell != ""), ""))
            continue
        if text := _sum_row(columns, cells):
            reading.skip(row.number, text)
            said = reading.amount(row.number, columns.amount, cells[columns.amount])
            counted = sum(int(str(one["amount"] or 0)) for one in reading.rows)
            reading.compare(row.number, columns.amount, said, counted)
            continue
        reading.rows.append(_payment(columns, cells, row.number, filename, reading))
    _ask_doubles(columns, reading)
    reading.ask_damaged("who", columns.who)


def _sum_row(columns: Columns, cells: Mapping[str, Cell]) -> str:
    """The words of a row of balances or sums inside the data: it has no number; "" for others."""
    who = clean(cells[columns.who])
    if who and not _SUMS.match(who):
        return ""
    first = next((clean(cell) for cell in cells.values() if cell != ""), "")
    name = clean(cells[columns.name]) if columns.name else ""
    return next((word for word in (who, name, first) if _SUMS.match(word)), "")


def _payment(
    columns: Columns, cells: Mapping[str, Cell], row: int, filename: str, reading: Reading
) -> dict[str, object]:
    who = clean(reading.typed(row, columns.who, cells[columns.who]))
    if not who:
        doubt = _("Whose is it? The row has no number of a member.")
        reading.ask(row, columns.who, "", doubt, VALUE)
    amount = reading.amount(row, columns.amount, cells[columns.amount])
    drawn = bool(columns.direction and _OUT.search(str(cells[columns.direction])))
    signed = -abs(amount) if drawn and amount is not None else amount
    if signed is not None:
        reading.add("withdraw" if signed < 0 else "deposit", abs(signed))
    product = _product(columns, cells, row, filename, reading)
    payment: dict[str, object] = {
        "row": row,
        "who": who,
        "name": clean(cells[columns.name]).strip('"') if columns.name else "",
        "product": product,
        "amount": signed,
        "on": reading.day(row, columns.day, cells[columns.day]),
        "note": clean(cells[columns.note]) if columns.note else "",
    }
    if "Bulan" in cells and "Tahun" in cells:
        payment["period"] = f"{clean(cells['Tahun'])}-{clean(cells['Bulan']).zfill(2)}"
    return payment


def _product(
    columns: Columns, cells: Mapping[str, Cell], row: int, filename: str, reading: Reading
) -> str:
    """Which savings a row speaks of: its own cell, else the file's name or what was answered."""
    if not columns.product:
        return product_of_file(filename, reading)
    told = str(reading.typed(row, columns.product, cells[columns.product]))
    if not (product := product_of(told)):
        doubt = _("Which savings: pokok, wajib or sukarela?")
        reading.ask(row, columns.product, told, doubt, VALUE)
    return product


def product_of_file(filename: str, reading: Reading) -> str:
    """The savings of a file whose rows name none: by its name, else asked once."""
    product = reading.answers.product or product_of(filename)
    if not product:
        reading.need("product", filename)
    return product


def _ask_doubles(columns: Columns, reading: Reading) -> None:
    seen: dict[tuple[object, ...], object] = {}
    for row in reading.rows:
        same = (row["who"], row["product"], row["amount"], row["on"], row.get("period"))
        if row["who"] and same in seen:
            reading.ask(
                int(str(row["row"])),
                columns.amount,
                row["amount"],
                _("The same as row %(row)s: a second payment, or the same one twice?")
                % {"row": seen[same]},
            )
        seen.setdefault(same, row["row"])


def read_months(table: Table, filename: str, reading: Reading) -> None:
    """A table of months becomes one payment per filled month; a row's total is compared."""
    months = table.header[_MONTHS_FROM:-1]
    product, year = product_of_file(filename, reading), _year_of(filename, reading)
    for row in table.rows:
        cells = by_label(table, row)
        who, name = clean(cells["No Anggota"]), clean(cells["Nama"])
        if not who and not name:
            reading.skip(row.number, next((cell for cell in row.cells if cell != ""), ""))
            continue
        counted = 0
        for place, month in enumerate(months, start=1):
            amount = reading.amount(row.number, month, cells[month])
            if amount is None:
                continue
            counted += amount
            reading.rows.append(
                {
                    "row": row.number,
                    "who": who,
                    "name": name,
                    "product": product,
                    "month": place,
                    "on": date(year, place, monthrange(year, place)[1]) if year else None,
                    "amount": amount,
                }
            )
        reading.add("deposit", counted)
        said = reading.amount(row.number, "Total", cells["Total"])
        reading.compare(row.number, "Total", said, counted)


def _year_of(filename: str, reading: Reading) -> int | None:
    """The year of a table of months: what was answered, else what the file's name says."""
    if reading.answers.year is None and (found := _YEAR.search(filename)):
        return int(found[0])
    if reading.answers.year is None:
        reading.need("year", filename)
    return reading.answers.year
