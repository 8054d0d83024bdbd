"""The INSERT rows of an SQL dump (Q1): text in quotes is text, also 'NULL'; only a bare NULL is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from canting.portal.old_books.savings import product_of
from canting.portal.old_books.values import VALUE, Reading

_INSERT = re.compile(r"INSERT INTO\s+`?(\w+)`?\s*\(([^)]*)\)\s*VALUES\s*", re.IGNORECASE)
_VALUE = re.compile(r"\s*(?:'((?:[^'\\]|\\.|'')*)'|([^,()'\s]+))\s*", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_PLAIN = re.compile(r"-?\d+\.00?")


class DumpRow(NamedTuple):
    """A row of a dump: table, line, columns, and values as text and whether it stood in quotes."""

    table: str
    line: int
    columns: Sequence[str]
    values: Sequence[tuple[str, bool] | None]
    is_whole: bool


def rows_of_dump(text: str) -> Iterator[DumpRow]:
    """The rows of every INSERT, one by one; a row that the end of the file cut is not whole."""
    place, line, counted = 0, 1, 0
    while found := _INSERT.search(text, place):
        columns = [name.strip(" `\r\n") for name in found[2].split(",")]
        place = found.end()
        while place < len(text) and text[place] == "(":
            line += text.count("\n", counted, place)
            counted = place
            values, place = _tuple(text, place + 1)
            closed = text[place - 1 : place] == ")" and len(values) == len(columns)
            yield DumpRow(found[1], line, columns, values, closed)
            while place < len(text) and text[place] in ", \r\n\t":
                place += 1


def _tuple(text: str, place: int) -> tuple[list[tuple[str, bool] | None], int]:
    """The values of a row and the place behind the sign that ended it."""
    values: list[tuple[str, bool] | None] = []
    while value := _VALUE.match(text, place):
        quoted, bare = value.groups()
        if quoted is not None:
            values.append((_ESCAPE.sub(lambda sign: sign[1] or "'", quoted), True))
        else:
            values.append(None if bare.upper() == "NULL" else (bare, False))
        place = value.end() + 1
        if text[value.end() : place] != ",":
            break
    return values, place


def read_dump(text: str, reading: Reading) -> None:
    """Members and payments of a dump; a day 0000-00-00 is none, an amount with both signs is asked."""
    for table, line, columns, cells, is_whole in rows_of_dump(text):
        if not is_whole:
            last = columns[min(len(cells), len(columns) - 1)]
            reading.ask(line, last, "", _("The row is cut off here: is the file whole?"), VALUE)
            continue
        values = dict(zip(columns, cells, strict=True))
        texts = {name: value[0] if value else "" for name, value in values.items()}
        row: dict[str, object] = {"row": line, "table": table, **texts}
        for name in [name for name in texts if name.startswith("tgl")]:
            row[name] = reading.day(line, name, texts[name])
        if money := values.get("besar_simpanan"):
            figure, quoted = money
            # Without quotes it is a number of the database: its dot can only be a decimal one.
            plain = figure.split(".")[0] if not quoted and _PLAIN.fullmatch(figure) else figure
            amount = reading.amount(line, "besar_simpanan", plain)
            row["besar_simpanan"] = amount
            told = str(reading.typed(line, "jenis_simpan", texts.get("jenis_simpan", "")))
            row["product"] = product_of(told)
            if not row["product"]:
                doubt = _("Which savings: pokok, wajib or sukarela?")
                reading.ask(line, "jenis_simpan", told, doubt, VALUE)
            reading.add("deposit", amount or 0)
        reading.rows.append(row)
