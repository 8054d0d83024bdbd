"""The first table of an HTML page: what many programs send with the name .xls."""

from html.parser import HTMLParser

from canting.kernel.tables_in.values import MOST_COLUMNS, MOST_ROWS, BadSheet, Cell, SheetTooLarge

SKIPPED = ("style", "script", "head", "title")


class TableParser(HTMLParser):
    """Collects the rows of the first table that has any; entities come out as letters."""

    def __init__(self, filename: str) -> None:
        super().__init__()
        self._filename = filename
        self._span = 1
        self.rows: list[list[Cell]] = []
        self._cell: list[str] | None = None
        self._ended = False
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A new row, a new cell, or a line break inside one."""
        self._skipping += tag in SKIPPED
        if self._ended:
            return
        if tag == "tr":
            self._end_cell()
            self._begin_row()
        elif tag in ("td", "th"):
            self._end_cell()
            self._cell = []
            span = dict(attrs).get("colspan") or ""
            self._span = min(int(span), MOST_COLUMNS) if span.isdecimal() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """The end of a cell, a row or the table."""
        self._skipping -= tag in SKIPPED and self._skipping > 0
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table" and any(self.rows):
            self._ended = True

    def handle_data(self, data: str) -> None:
        """Text inside a cell."""
        if self._cell is not None and not self._skipping:
            self._cell.append(data)

    def _begin_row(self) -> None:
        if len(self.rows) > MOST_ROWS:
            raise SheetTooLarge(filename=self._filename)
        self.rows.append([])

    def _end_cell(self) -> None:
        if self._cell is not None:
            if not self.rows:
                self._begin_row()
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self.rows[-1].extend([""] * (self._span - 1))
            self._cell = None


def read_html(text: str, filename: str) -> list[list[Cell]]:
    """The rows of the first table that is not empty; BadSheet when there is none."""
    parser = TableParser(filename)
    parser.feed(text)
    parser.close()
    if not any(parser.rows):
        raise BadSheet(filename=filename)
    return parser.rows
