"""Sheets for the steps of the opening: which column means what, what a cell says as typed text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from canting.kernel.errors import DomainError
from canting.kernel.quantities import Convention, parse_quantity
from canting.kernel.tables_in import (
    Cell,
    NoHeader,
    Row,
    Table,
    guess_columns,
    paste_to_table,
    read_table,
)
from canting.portal.errors import NothingRead
from canting.portal.rules.opening import Step

_MONEY = ("nilai", "jumlah", "saldo", "rupiah", "nominal", "total")
_WHO = ("nomor anggota", "no anggota", "nip", "nama anggota", "nama", "pihak", "kepada", "dari")
COLUMNS: Mapping[Step, Mapping[str, Sequence[str]]] = {
    Step.CASH: {
        "account": ("akun", "kas", "rekening", "tempat", "uraian", "nama akun", "kode"),
        "amount": _MONEY,
    },
    Step.SAVINGS: {
        "number": ("nomor anggota", "no anggota", "no induk", "nip", "nomor"),
        "name": ("nama anggota", "nama", "nama lengkap"),
        "entry_share": ("simpanan pokok", "pokok"),
        "regular_share": ("simpanan wajib", "wajib"),
        "voluntary": ("simpanan sukarela", "sukarela", "manasuka"),
    },
    Step.DUES: {
        "account": ("jenis", "akun", "kode akun", "keterangan", "uraian"),
        "who": (*_WHO, "pembeli", "pemasok", "pelanggan", "mitra"),
        "amount": (*_MONEY, "sisa", "piutang", "utang", "hutang"),
        "since": ("sejak", "tanggal", "tgl"),
        "paper": ("nomor faktur", "faktur", "nomor nota"),
        "due_on": ("jatuh tempo", "tempo"),
    },
    Step.STOCK: {
        "item": (
            "kode barang",
            "kode bahan",
            "kode",
            "barang",
            "bahan",
        ),
        "quantity": ("jumlah", "banyak", "stok", "qty", "kuantitas", "sisa"),
        "unit": ("satuan",),
        "price": ("harga", "harga satuan", "harga beli"),
        "value": ("nilai", "total", "jumlah harga", "rupiah"),
        "holder": ("di tangan", "dibawa", "perajin", "pengrajin", "pembatik"),
        "item_name": ("nama barang", "nama bahan"),
        "batch": ("no batch", "nomor batch", "batch", "lot", "no lot"),
        "expires_on": ("expired", "kedaluwarsa", "kadaluarsa", "exp", "tanggal kedaluwarsa"),
        "state": ("status", "keadaan"),
    },
    Step.CLOTH: {
        "item": ("kode produk", "produk", "kode barang", "nama barang", "kain", "motif", "kode"),
        "quantity": ("jumlah", "banyak", "stok", "qty", "helai", "lembar"),
        "price": ("harga", "harga satuan", "harga pokok"),
        "value": ("nilai", "total", "jumlah harga", "rupiah"),
        "grade": ("mutu", "kualitas", "grade"),
        "contract": ("cara", "dasar", "basis", "jenis"),
        "maker": ("perajin", "pengrajin", "pembatik", "pembuat", "anggota", "pemilik"),
        "label": ("kode kain", "label"),
    },
    Step.BALANCES: {
        "account": ("akun", "kode akun", "kode", "perkiraan", "uraian"),
        "account_name": ("nama akun", "nama perkiraan", "nama"),
        "amount": _MONEY,
    },
    Step.MEMBERS: {
        "number": ("nomor anggota", "no anggota", "no induk", "nip", "nomor"),
        "full_name": ("nama lengkap", "nama anggota", "nama"),
        "called_name": ("panggilan", "nama panggilan"),
        "dusun": ("dusun", "alamat"),
        "phone": ("telepon", "hp", "wa", "whatsapp"),
        "joined_on": ("tanggal masuk", "tgl masuk", "masuk", "bergabung"),
    },
    Step.ORDERS: {
        "buyer": ("pembeli", "pelanggan", "pemesan", "nama"),
        "product": ("produk", "kode produk", "barang", "motif", "kain"),
        "quantity": ("jumlah", "banyak", "qty", "helai"),
        "price": ("harga", "harga satuan"),
        "promised_date": ("janji", "tanggal janji", "jatuh tempo", "kirim", "tanggal"),
        "reference": ("nomor po", "po", "nomor pesanan"),
        "advance": ("uang muka", "panjar", "dp"),
    },
}
# Without one of each group a sheet says nothing for its step.
NEEDED: Mapping[Step, Sequence[Sequence[str]]] = {
    Step.CASH: (("account",), ("amount",)),
    Step.SAVINGS: (("number", "name"), ("entry_share", "regular_share", "voluntary")),
    Step.DUES: (("who",), ("amount",)),
    Step.STOCK: (("item", "item_name"), ("quantity",)),
    Step.CLOTH: (("item",), ("quantity",)),
    Step.BALANCES: (("account", "account_name"), ("amount",)),
    Step.MEMBERS: (("full_name",),),
    Step.ORDERS: (("buyer",), ("product",), ("quantity",)),
}
_TOTAL = re.compile(r"(grand )?(total|jumlah)( .*)?", re.IGNORECASE)
# What a list of batches calls goods that are not there any more.
_GONE = re.compile(r"(terjual|habis|keluar|dibuang|rusak|retur)( .*)?", re.IGNORECASE)
_OPENING = re.compile(r"saldo (awal|lalu|pindahan)", re.IGNORECASE)
_CURRENCY = re.compile(r"^(?:rp\.?|idr)\s*", re.IGNORECASE)
# Columns whose cells are figures; a file says how it writes them, never a single cell.
FIGURES = frozenset(
    {"amount", "entry_share", "regular_share", "voluntary", "quantity", "price", "value", "advance"}
)
# Columns of sheets that are no column of the page: a name beside its code, what became of goods.
UNTYPED = frozenset({"account_name", "item_name", "state"})
SHOWN_SAMPLES = 3
# The number of the row as its spreadsheet shows it, kept beside the cells.
ROW = "row"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of typed text by field, the columns they came from, rows that were sums and left out.

    `samples` are the first figures with a dot or comma: as the file writes them, as they are read.
    """

    rows: list[dict[str, str]]
    columns: dict[str, str]
    left_out: list[int] = field(default_factory=list)
    samples: list[tuple[str, str]] = field(default_factory=list)


def sheet_of_file(
    *, step: Step, data: bytes, filename: str, convention: Convention = "id"
) -> Sheet:
    """What a file holds for a step; BadSheet when it is no table, NothingRead when nothing fits.

    The convention says how the whole file writes its figures; they are kept the Indonesian way.
    """
    return _sheet(step, read_table(data, filename=filename), shift=0, convention=convention)


def sheet_of_text(*, step: Step, text: str, convention: Convention = "id") -> Sheet:
    """What a pasted block holds; without a heading its columns are those of the page, in order."""
    try:
        return _sheet(step, paste_to_table(text), shift=0, convention=convention)
    except (NoHeader, NothingRead):
        names = [name for name in COLUMNS[step] if name not in UNTYPED]
        headed = "\t".join(names) + "\n" + text.lstrip("\ufeff\n")
        found = paste_to_table(headed)
        if len(found.header) == 1 or not _is_plain(text):
            raise
        return _sheet(step, found, shift=-1, convention=convention)


def _is_plain(text: str) -> bool:
    """Whether the first row already holds figures, so that it can be no heading."""
    first = text.strip().splitlines()[0] if text.strip() else ""
    return any(re.search(r"\d", cell) for cell in re.split(r"[\t;]", first))


def _sheet(step: Step, table: Table, *, shift: int, convention: Convention) -> Sheet:
    labels = _without_counting(table)
    found = guess_columns(labels, COLUMNS[step])
    for group in NEEDED[step]:
        if not set(group) & set(found):
            raise NothingRead(
                found=", ".join(label for label in table.header if label),
                needed=", ".join(COLUMNS[step][name][0] for name in group),
            )
    rows, left_out, samples = [], [], []
    for row in table.rows:
        cells = {name: as_typed(row.cells[column]) for name, column in found.items()}
        if _is_total(row) or _GONE.fullmatch(cells.pop("state", "")):
            left_out.append(row.number + shift)
        elif any(cells.values()):
            samples += _read_figures(cells, convention)
            rows.append({ROW: str(row.number + shift), **_named(cells)})
    columns = {name: table.header[column] for name, column in found.items()}
    if step == Step.CASH and (opening := [row for row in rows if _is_opening(row)]):
        left_out += [int(row[ROW]) for row in rows if row not in opening]
        rows = [{**row, "account": ""} for row in opening]
    return Sheet(rows, columns, sorted(left_out), samples[:SHOWN_SAMPLES])


def _read_figures(cells: dict[str, str], convention: Convention) -> list[tuple[str, str]]:
    """Write the figures of a row the Indonesian way; gives those that hold a dot or a comma."""
    samples = []
    for name in [name for name in cells if name in FIGURES]:
        typed, cells[name] = cells[name], in_indonesian(cells[name], convention)
        if re.search(r"\d[.,]\d", typed):
            samples.append((typed, cells[name]))
    return samples


def in_indonesian(typed: str, convention: Convention) -> str:
    """A figure of a file as it is written here; what is no figure stays for its cell to refuse."""
    if convention == "id":
        return typed
    try:
        value = parse_quantity(_CURRENCY.sub("", typed), convention=convention)
    except DomainError:
        return typed
    figure = f"{value:f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))
    return figure.replace(".", ",")


def _named(cells: dict[str, str]) -> dict[str, str]:
    """What is told by code and name in two columns, an account or an item, becomes one cell."""
    for told, named in (("account", "account_name"), ("item", "item_name")):
        name = cells.pop(named, "")
        if name and name != cells.get(told):
            cells[told] = f"{cells.get(told, '')} {name}".strip()
    return cells


def _is_opening(row: Mapping[str, str]) -> bool:
    """Whether a row of a cash book is its opening balance; all others are movements."""
    return _OPENING.search(row.get("account", "")) is not None


def _without_counting(table: Table) -> list[str]:
    """The labels, without a column "No" that only counts its rows: that is nobody's number."""
    labels = list(table.header)
    for column, label in enumerate(labels):
        if label.strip(" .").lower() not in {"no", "nomor", "nomer", "nr", "#"}:
            continue
        values = [as_typed(row.cells[column]) for row in table.rows]
        counted = [value for value in values if value.isdigit()]
        if counted and counted == [str(place) for place in range(1, len(counted) + 1)]:
            labels[column] = ""
    return labels


def _is_total(row: Row) -> bool:
    """Whether the first filled cell of a row says that it adds up the others."""
    first = next((cell for cell in row.cells if cell != ""), "")
    return _TOTAL.fullmatch(as_typed(first)) is not None


def as_typed(cell: Cell) -> str:
    """The cell as a person would have typed it here: days as 31/12/2026, a decimal comma."""
    value: Any = cell
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        near = round(value, 6)
        return str(int(near)) if near == int(near) else repr(near).replace(".", ",")
    return str(value).strip()
