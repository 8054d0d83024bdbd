"""Cash book (K1), balances as text (K2), members who left (X1), shared surplus (U1, U2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from canting.kernel.money import format_rupiah
from canting.kernel.tables_in import Table
from canting.kernel.typed import clean
from canting.portal.imports import in_indonesian
from canting.portal.old_books.values import VALUE, Reading, by_label, untagged

_BALANCE = re.compile(r"saldo\b", re.IGNORECASE)
_OPENING = re.compile(r"saldo (awal|lalu|pindahan)", re.IGNORECASE)
_SUM = re.compile(r"jumlah|total|grand total|seluruh anggota", re.IGNORECASE)
_ASSETS = re.compile(r"akti|aset|harta|debet")
_OTHERS = re.compile(r"pass?i|kewajiban|utang|hutang|ekuitas|modal|kredit")
_ENGLISH = re.compile(r"-?\d{1,3}(,\d{3})*\.\d{2}")
_BRACKETS = re.compile(r"\((.+)\)")
_REPAID = re.compile(r"selesai|lunas|sudah|dibayar|paid|done", re.IGNORECASE)
_SHARES: Mapping[str, tuple[str, str, Sequence[str], str]] = {
    "U1": ("NIP", "Anggota", ("SHU Penjualan", "SHU Simpanan", "SHU Pinjaman"), "SHU Total"),
    "U2": ("No. Anggota", "Nama Anggota", (), "Total SHU"),
}


def read_cash_book(table: Table, _filename: str, reading: Reading) -> None:
    """Movements in and out; rows of balances are no movements, each is compared with the count."""
    balance = 0
    for row in table.rows:
        cells = by_label(table, row)
        text = clean(cells["URAIAN"])
        said = reading.amount(row.number, "SALDO", cells["SALDO"])
        if _OPENING.match(text):
            balance = said or 0
            reading.totals["opening"] = balance
            reading.skip(row.number, text)
            continue
        if _BALANCE.match(text):
            reading.skip(row.number, text)
        else:
            # Brackets in the column of what went out mean the column, not a second minus.
            came = abs(reading.amount(row.number, "DEBET", cells["DEBET"]) or 0)
            went = abs(reading.amount(row.number, "KREDIT", cells["KREDIT"]) or 0)
            balance += came - went
            on = reading.day(row.number, "TANGGAL", cells["TANGGAL"])
            if on is None and not (reading.needs or reading.asked(row.number, "TANGGAL")):
                doubt = _("On which day? A movement of the cash has one.")
                reading.ask(row.number, "TANGGAL", cells["TANGGAL"], doubt, VALUE)
            reading.rows.append(
                {"row": row.number, "on": on, "text": text, "in": came, "out": went}
            )
        if said is not None and said != balance:
            reading.ask(
                row.number,
                "SALDO",
                cells["SALDO"],
                _("The balance is %(said)s, the rows up to here give %(counted)s.")
                % {"said": format_rupiah(said), "counted": format_rupiah(balance)},
            )
        if said is not None:
            reading.said["closing"] = said
    reading.totals["closing"] = balance


def read_balances(table: Table, _filename: str, reading: Reading) -> None:
    """Accounts with their balances; the code stays text, a row without a code ends its section."""
    section, counted = "", 0
    for row in table.rows:
        code, name, *figures = [untagged(cell) for cell in row.cells[: len(table.header)]]
        if not any(figures):
            section = _section_of(code or name) or section
            reading.skip(row.number, code or name)
            continue
        amounts = [_english(reading, row.number, *pair) for pair in _labelled(table, figures)]
        last, moved, now = amounts
        if not code:
            reading.said["total"] = reading.said.get("total", 0) + (now or 0)
            reading.compare(row.number, "saldo", now, counted)
            reading.skip(row.number, name or _("sum"))
            counted = 0
            continue
        code = str(reading.typed(row.number, "kode", code))
        reading.rows.append(
            {"row": row.number, "code": code, "name": name, "before": last, "moved": moved,
             "balance": now, "section": section}
        )  # fmt: skip
        counted += now or 0
        reading.add("total", now or 0)
        if None not in amounts:
            reading.compare(row.number, "saldo", now, (last or 0) + (moved or 0))
    reading.ask_damaged("code", "kode")


def _labelled(table: Table, figures: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(table.header[2:], figures, strict=True))


def _english(reading: Reading, row: int, column: str, figure: str) -> int | None:
    """This layout writes 43,000.00 throughout; what is written otherwise is read or asked."""
    plain = _BRACKETS.sub(r"-\1", figure)
    typed = in_indonesian(plain, "en") if _ENGLISH.fullmatch(plain) else figure
    return reading.amount(row, column, typed)


def _section_of(text: str) -> str:
    """Which side of the balance sheet a heading inside the data opens: assets, or the other one."""
    word = text.lower()
    if _ASSETS.search(word):
        return "D"
    return "K" if _OTHERS.search(word) else ""


def read_leavers(table: Table, _filename: str, reading: Reading) -> None:
    """Who left, when, and what is repaid: entry and regular shares less what was owed."""
    for row in table.rows:
        cells = by_label(table, row)
        parts = {
            label: reading.amount(row.number, label, cells[label]) or 0
            for label in ("Simpanan Pokok", "Simpanan Wajib", "Kewajiban Lain")
        }
        counted = parts["Simpanan Pokok"] + parts["Simpanan Wajib"] - parts["Kewajiban Lain"]
        label = "Total Pengembalian"
        reading.compare(row.number, label, reading.amount(row.number, label, cells[label]), counted)
        left, repaid = (
            reading.day(row.number, column, cells[column])
            for column in ("Tanggal Keluar", "Tanggal Pengembalian")
        )
        reading.rows.append(
            {"row": row.number, "who": clean(cells["NIK"]), "name": clean(cells["Nama"]),
             "left_on": left, "repaid_on": repaid, "reason": clean(cells["Alasan Keluar"]),
             "is_repaid": bool(_REPAID.search(str(cells["Status Pengembalian"]))),
             "amount": counted}
        )  # fmt: skip
        reading.add("total", counted)


def read_surplus(table: Table, _filename: str, reading: Reading) -> None:
    """Each member's share; a formula without a value is added up again, the sum row compared."""
    number, name, parts, total = _SHARES[reading.layout]
    for row in table.rows:
        cells = by_label(table, row)
        said = reading.amount(row.number, total, cells[total])
        words = [untagged(cell) for cell in row.cells]
        if not clean(cells[number]) and any(_SUM.match(word) for word in words):
            reading.said["total"] = said or 0
            reading.skip(row.number, next(word for word in words if _SUM.match(word)))
            continue
        counted = sum(reading.amount(row.number, part, cells[part]) or 0 for part in parts)
        if parts:
            reading.compare(row.number, total, said, counted)
        share = counted if said is None else said
        reading.rows.append(
            {"row": row.number, "who": clean(cells[number]), "name": untagged(cells[name]),
             "amount": share}
        )  # fmt: skip
        reading.add("total", share)
