"""Lists and their files as a test reads them: rows of a page, rows of a workbook, rows of a CSV."""

import csv
import io
import re
from dataclasses import dataclass
from decimal import Decimal
from html import unescape

from django.test import Client
from python_calamine import CalamineWorkbook

TABLE = re.compile(r"<table.*?</table>", re.S)
ROW = re.compile(r"<tr(?P<kind>[^>]*)>(?P<cells>.*?)</tr>", re.S)
CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.S)
NEXT = re.compile(r'rel="next"\s+href="([^"]+)"')
RUPIAH = re.compile(r"^(-|\N{MINUS SIGN})?\s?Rp\s?([\d.]+)$")


@dataclass(frozen=True)
class Sheet:
    """A file as it came: its name, its header, its rows."""

    name: str
    header: list[str]
    rows: list[list[object]]

    @property
    def sums(self) -> dict[str, Decimal]:
        """The sum of every column that holds figures alone."""
        found = {}
        for at, title in enumerate(self.header):
            cells = [row[at] for row in self.rows if row[at] not in ("", None)]
            if cells and all(isinstance(cell, int | float) for cell in cells):
                found[title] = sum((Decimal(str(cell)) for cell in cells), Decimal(0))
        return found


def with_query(path: str, asked: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{asked}"


def workbook(client: Client, path: str) -> Sheet:
    """The list of a page as a workbook."""
    answer = client.get(with_query(path, "unduh=xlsx"))
    assert answer.status_code == 200, path
    content = answer.getvalue()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return Sheet(answer["Content-Disposition"], [str(cell) for cell in rows[0]], rows[1:])


def plain(client: Client, path: str) -> tuple[str, list[list[str]]]:
    """The list of a page as CSV: what was sent, and its rows with the header."""
    answer = client.get(with_query(path, "unduh=csv"))
    assert answer.status_code == 200, path
    content = answer.getvalue()
    assert content.startswith(b"\xef\xbb\xbf"), path
    text = content.decode("utf-8-sig")
    return text, list(csv.reader(io.StringIO(text), delimiter=";"))


def _words(cell: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", cell)).strip()


def _amount(words: str) -> int | None:
    found = RUPIAH.match(words)
    return int(found[2].replace(".", "")) * (-1 if found[1] else 1) if found else None


def tables(client: Client, path: str) -> list[list[list[str]]]:
    """The rows of every table of a list, over all its pages; sums and headings left out."""
    found: dict[int, list[list[str]]] = {}
    here = path.partition("?")[0]
    while path:
        html = client.get(path).content.decode()
        for at, table in enumerate(TABLE.findall(html)):
            for row in ROW.finditer(table):
                if 'scope="row"' in row["cells"] and "total" not in row["kind"]:
                    found.setdefault(at, []).append([_words(c) for c in CELL.findall(row["cells"])])
        following = NEXT.search(html)
        path = unescape(following[1]) if following else ""
        path = here + path if path.startswith("?") else path
    return list(found.values())


def sums(table: list[list[str]]) -> list[int]:
    """The sums of the columns of a table that hold rupiah alone."""
    found = []
    for cells in zip(*table, strict=False):
        amounts = [_amount(cell) for cell in cells if cell not in ("", "–")]
        if amounts and None not in amounts:
            found.append(sum(amount for amount in amounts if amount is not None))
    return found
