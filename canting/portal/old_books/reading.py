"""One door for the books of other programs: which layout a file has, and its reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError
from canting.kernel.identity import mask_nik
from canting.kernel.tables_in import Cell, SheetTooLarge, Table, header_digest, read_table
from canting.kernel.tables_in.text import decode
from canting.kernel.tables_in.values import MOST_BYTES
from canting.kernel.typed import clean
from canting.portal.old_books import books, savings
from canting.portal.old_books.answers import Answers
from canting.portal.old_books.dump import read_dump
from canting.portal.old_books.values import Reading

_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
Reader = Callable[[Table, str, Reading], None]
LAYOUTS: Mapping[str, tuple[str, Reader, Sequence[str]]] = {
    "S1": ("savings", savings.read_payments,
           ("nik", "nama", "jenis_simpanan", "nominal", "tanggal")),
    "S2": ("savings", savings.read_payments,
           ("No Anggota", "Jenis Simpanan", "Jenis Transaksi", "Jumlah", "Tanggal Transaksi",
            "Bulan", "Tahun", "Keterangan")),
    "S3": ("savings", savings.read_payments,
           ("No. NBA", "Nama Anggota", "Tanggal Transaksi", "Jenis Pembayaran",
            "Jumlah Transaksi")),
    "S4": ("savings", savings.read_payments,
           ("No.", "Tanggal & Waktu", "No. Anggota", "Nama Anggota", "Jenis Simpanan",
            "Tipe Transaksi", "Nominal (Rp)", "Keterangan / Memo")),
    "S5": ("savings", savings.read_months, ("No", "No Anggota", "Nama", *_MONTHS, "Total")),
    "K1": ("cashbook", books.read_cash_book,
           ("NOMER", "TANGGAL", "URAIAN", "DEBET", "KREDIT", "SALDO")),
    "K2": ("ledger", books.read_balances, ("kode", "nama", "lalu", "mutasi", "saldo")),
    "X1": ("member_exit", books.read_leavers,
           ("NIK", "Nama", "Departemen", "Tanggal Keluar", "Alasan Keluar", "Status Pengembalian",
            "Tanggal Pengembalian", "Simpanan Pokok", "Simpanan Wajib", "Kewajiban Lain",
            "Total Pengembalian", "Metode Pembayaran", "Referensi Transaksi")),
    "U1": ("shu", books.read_surplus,
           ("No", "Anggota", "NIP", "Penjualan", "Simpanan", "Pinjaman", "SHU Penjualan",
            "SHU Simpanan", "SHU Pinjaman", "SHU Total")),
    "U2": ("shu", books.read_surplus,
           ("No", "No. Anggota", "Nama Anggota", "Simpanan Modal", "Partisipasi Belanja",
            "Jasa Bunga", "Total SHU")),
}  # fmt: skip
_KNOWN = {header_digest(header): layout for layout, (_kind, _read, header) in LAYOUTS.items()}


class UnknownOldBook(DomainError):
    """The heading is that of no layout known here."""

    code = "portal.unknown_old_book"
    message = _(
        "“%(filename)s” has the columns %(found)s: no old book known here has those. Take its "
        "sheets in by the steps of the opening, where you say what each column is."
    )


# What each column of a layout was taken as; columns that are not named here are not used.
TAKEN: Mapping[str, Mapping[str, str]] = {
    **{
        layout: {
            label: part
            for part, label in columns._asdict().items()
            if label
        }
        for layout, columns in savings.PAYMENTS.items()
    },
    "S5": {"No Anggota": "who", "Nama": "name", **dict.fromkeys(_MONTHS, "amount"), "Total": "sum"},
    "K1": {"TANGGAL": "day", "URAIAN": "note", "DEBET": "came", "KREDIT": "went", "SALDO": "sum"},
    "K2": {"kode": "code", "nama": "account", "lalu": "before", "mutasi": "moved",
           "saldo": "amount"},
    "X1": {"NIK": "who", "Nama": "name", "Tanggal Keluar": "day",
           "Status Pengembalian": "direction", "Tanggal Pengembalian": "paid_on",
           "Simpanan Pokok": "part", "Simpanan Wajib": "part", "Kewajiban Lain": "less",
           "Total Pengembalian": "sum", "Alasan Keluar": "note"},
    "U1": {"Anggota": "name", "NIP": "who", "SHU Penjualan": "part", "SHU Simpanan": "part",
           "SHU Pinjaman": "part", "SHU Total": "amount"},
    "U2": {"No. Anggota": "who", "Nama Anggota": "name", "Total SHU": "amount"},
}  # fmt: skip
SHOWN_ROWS = 5
_NIK = re.compile(r"\d{16}")


def _covered(cell: Cell) -> str:
    """A cell as the page shows it: a NIK stays covered."""
    text = clean(cell)
    return mask_nik(text) if _NIK.fullmatch(text) else text


def read_old_book(data: bytes, *, filename: str, answers: Answers | None = None) -> Reading:
    """The file read after its layout, nothing saved; BadSheet or UnknownOldBook says why not.

    What a person answered about this file stands in place of what was unclear.
    """
    said = answers or Answers()
    if filename.lower().endswith(".sql"):
        if len(data) > MOST_BYTES:
            raise SheetTooLarge(filename=filename)
        reading = Reading("Q1", "dump", answers=said)
        read_dump(decode(data, filename)[0], reading)
        if not reading.rows:
            raise UnknownOldBook(filename=filename, found="-")
        return reading
    table = read_table(data, filename=filename)
    layout = _KNOWN.get(header_digest(table.header))
    if layout is None:
        raise UnknownOldBook(filename=filename, found=", ".join(filter(None, table.header)))
    kind, read, header = LAYOUTS[layout]
    # Only signs and capitals may differ from the heading known here: its own labels are used.
    named = Table(tuple(header), table.rows, table.kind, table.header_line)
    reading = Reading(layout, kind, answers=said, header=list(header))
    reading.first = [[_covered(cell) for cell in row.cells] for row in table.rows[:SHOWN_ROWS]]
    read(named, filename, reading)
    return reading
