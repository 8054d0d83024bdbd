"""How the figures of a bank's list are written, and whether its balances follow each other."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from canting.kernel.texts import gettext_noop as _

DOTS, POINTS = "dots", "points"
STYLES: Mapping[str, str] = {
    POINTS: _("1,250,000.00: a point before the sen"),
    DOTS: _("1.250.000,00: a comma before the sen"),
}
# Money stands in two columns (out and in), in one with a mark beside or behind it, or with a sign.
COLUMNS: Mapping[str, str] = {
    "day": _("the day"),
    "text": _("what for"),
    "out": _("money out"),
    "into": _("money in"),
    "amount": _("the amount"),
    "mark": _("out or in (D/K, DB/CR)"),
    "balance": _("the balance"),
}
SYNONYMS: Mapping[str, Sequence[str]] = {
    "day": ("tanggal transaksi", "tanggal", "tgl transaksi", "posting date", "tanggal efektif"),
    "text": ("keterangan", "uraian", "deskripsi", "description", "uraian transaksi", "remark"),
    "out": ("debet", "debit", "mutasi debet", "mutasi debit", "keluar", "withdrawal"),
    "into": ("kredit", "credit", "mutasi kredit", "masuk", "deposit"),
    "amount": ("jumlah", "nominal", "mutasi", "amount", "nilai"),
    "mark": ("db cr", "d k", "dk", "jenis", "tipe", "type", "dbcr", "debet kredit"),
    "balance": ("saldo", "saldo akhir", "balance", "running balance"),
}
OUT, INTO = (
    frozenset({"DB", "D", "DR", "DEBET", "DEBIT", "-"}),
    frozenset({"CR", "K", "C", "KR", "KREDIT", "CREDIT", "+"}),
)
FIGURE = re.compile(
    r"(?P<sign>[-+−(]?)\s*(?:RP\.?|IDR)?\s*(?P<minus>[-−]?)(?P<body>\d[\d.,]*)\s*\)?\s*"
    r"(?P<mark>[A-Z+-]*)"
)
SHAPES = {
    DOTS: re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d{1,2})?"),
    POINTS: re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?"),
}
LARGEST = Decimal(10) ** 15


class ReadLine(NamedTuple):
    """One line of a bank's list as read: rupiah with sen, money out below zero."""

    row: int
    on: date
    text: str
    amount: Decimal
    balance: Decimal | None


def amount_of(typed: object, style: str, mark: object = "") -> Decimal | None:
    """A figure in rupiah with sen, below zero for money out; None when it cannot be read.

    The mark (DB, CR, D, K) may stand in its own column or behind the figure.
    """
    if isinstance(typed, bool):
        return None
    if isinstance(typed, int | float):
        return _signed(Decimal(str(typed)), str(mark).strip().upper())
    found = FIGURE.fullmatch(str(typed).replace("\xa0", " ").strip().upper())
    if found is None or not SHAPES[style].fullmatch(found["body"]):
        return None
    body = found["body"].replace("." if style == DOTS else ",", "").replace(",", ".")
    value = Decimal(body)
    if found["minus"] or found["sign"] in ("-", "−", "("):
        value = -value
    return _signed(value, str(mark).strip().upper() or found["mark"])


def _signed(value: Decimal, mark: str) -> Decimal | None:
    if abs(value) >= LARGEST or (mark and mark not in OUT | INTO):
        return None
    return -abs(value) if mark in OUT else value


def in_order(lines: Sequence[ReadLine]) -> tuple[list[ReadLine], int | None]:
    """The lines oldest first, and the row whose balance does not follow from the one before.

    Banks write oldest or newest first; the balances tell which. Where none are given the days do.
    """
    forward, backward = list(lines), list(reversed(lines))
    if any(line.balance is None for line in lines):
        is_newest_first = bool(lines) and lines[0].on > lines[-1].on
        return (backward if is_newest_first else forward), None
    wrong = _breaks(forward)
    if wrong is None:
        return forward, None
    if _breaks(backward) is None:
        return backward, None
    return forward, wrong


def _breaks(lines: Sequence[ReadLine]) -> int | None:
    for before, line in pairwise(lines):
        if line.on < before.on or (before.balance or 0) + line.amount != line.balance:
            return line.row
    return None
