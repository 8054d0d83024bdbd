"""Finding the row of column names, guessing what a column means, knowing a layout again."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence

from canting.kernel.tables_in.values import Cell

SEARCHED_ROWS = 40
SHARE_OF_WIDEST = 0.6
FIGURE = re.compile(r"[-(]?(?:rp\.? ?)?\d[\d.,/:% -]*\)?", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+")
SAME_WORDS = {
    "no": "nomor",
    "nomer": "nomor",
    "nmr": "nomor",
    "number": "nomor",
    "nm": "nama",
    "name": "nama",
    "tgl": "tanggal",
    "tggl": "tanggal",
    "date": "tanggal",
    "jml": "jumlah",
    "jmlh": "jumlah",
    "qty": "jumlah",
    "ket": "keterangan",
    "almt": "alamat",
    "kec": "kecamatan",
    "kab": "kabupaten",
    "telp": "telepon",
    "tlp": "telepon",
    "telpon": "telepon",
    "phone": "telepon",
    "hrg": "harga",
}


def find_header(rows: Sequence[Sequence[Cell]]) -> int | None:
    """The place of the first row that is mostly words and nearly as wide as the widest row."""
    searched = rows[:SEARCHED_ROWS]
    widest = max((_filled(row) for row in searched), default=0)
    for place, row in enumerate(searched):
        labels = sum(_is_label(cell) for cell in row)
        if labels and labels >= SHARE_OF_WIDEST * max(widest, _filled(row)):
            return place
    return None


def _filled(row: Sequence[Cell]) -> int:
    return sum(cell != "" for cell in row)


def _is_label(cell: Cell) -> bool:
    return isinstance(cell, str) and cell != "" and not FIGURE.fullmatch(cell)


def normal(label: str) -> str:
    """A label as words alone: small letters, no signs, usual short forms written out."""
    plain = unicodedata.normalize("NFKD", label).lower()
    words = WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))
    return " ".join(SAME_WORDS.get(word, word) for word in words)


def guess_columns(header: Sequence[str], synonyms: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Which column holds which field: same words first, then a label that holds all the words.

    A column serves one field; a field that nothing fits is left out. A guess is shown to a
    person before it is used.
    """
    labels = [normal(label) for label in header]
    fits = [
        (score, rank, column, field)
        for field, names in synonyms.items()
        for rank, name in enumerate((field, *names))
        for column, label in enumerate(labels)
        if (score := _distance(label, normal(name))) is not None
    ]
    found: dict[str, int] = {}
    for _score, _rank, column, field in sorted(fits):
        if field not in found and column not in found.values():
            found[field] = column
    return dict(sorted(found.items(), key=lambda item: item[1]))


def _distance(label: str, name: str) -> int | None:
    """0 for the same words, more for each word that the label has besides; None for no fit."""
    if not label or not name:
        return None
    if label.replace(" ", "") == name.replace(" ", ""):
        return 0
    extra = set(label.split()) - set(name.split())
    return len(extra) if set(name.split()) <= set(label.split()) else None


def header_digest(header: Sequence[str]) -> str:
    """32 hexadecimal signs by which a layout is known again; case and signs do not matter."""
    joined = "\x1f".join(normal(label) for label in header)
    return hashlib.sha256(joined.encode()).hexdigest()[:32]
