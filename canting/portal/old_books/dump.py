"""The INSERT rows of an SQL dump (Q1): text in quotes is text, also 'NULL'; only a bare NULL is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from canting.portal.old_books.savings import product_of
from canting.portal.old_books.values import Reading

_INSERT = re.compile(r"INSERT INTO\s+`?(\w+)`?\s*\(([^)]*)\)\s*VALUES\s*", re.IGNORECASE)
_VALUE = re.compile(r"\s*(?:'((?:[^'\\]|\\.|'')*)'|([^,()'\s]+))\s*", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_PLAIN = re.compile(r"-?\d+\.00?")


def rows_of_dump(text: str) -> Iterator[tuple[str, int, Mapping[str, tuple[str, bool] | None]]]:
    """Table, line and values of each row; a value is its text and whether it stood in quotes."""
    place = 0
    while found := _INSERT.search(text, place):
        columns = [name.strip(" `\r\n") for name in found[2].split(",")]
        place = found.end()
        while place < len(text) and text[place] == "(":
            line = text.count("\n", 0, place) + 1
            values, place = _tuple(text, place + 1)
            yield found[1], line, dict(zip(columns, values, strict=False))
            while place < len(text) and text[place] in ", \r\n\t":
                place += 1


def _tuple(text: str, place: int) -> tuple[list[tuple[str, bool] | None], int]:
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
    for table, line, values in rows_of_dump(text):
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
            row["product"] = product_of(texts.get("jenis_simpan", ""))
            reading.add("deposit", amount or 0)
        reading.rows.append(row)
