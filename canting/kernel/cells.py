"""Rows and cells of tables: what a page draws by the hundred, written out without a template."""

import re
from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup, escape

Text = object  # whatever a template may show: words, figures, markup
_SIGNS = re.compile("[&<>\"']").search


def _safe(value: Text) -> str:
    """The text as markup; most cells hold nothing to escape, and asking is quicker than escaping."""
    kind = type(value)
    if kind is Markup or (kind is str and not _SIGNS(value)):  # type: ignore[call-overload]
        return value  # type: ignore[return-value]
    return escape(value)


def _drawn(markup: str) -> Markup:
    """What was put together here from escaped parts; the type alone is set, nothing is looked at."""
    return str.__new__(Markup, markup)


def _attribute(name: str, value: Text) -> str:
    return f' {name}="{_safe(value)}"' if value else ""


def _linked(text: Text, url: str) -> str:
    return f'<a href="{_safe(url)}">{_safe(text)}</a>' if url else _safe(text)


def row(kind: str = "", *, caller: Callable[[], str]) -> Markup:
    """Return a row around its cells; `kind` colours it."""
    return _drawn(f'<tr role="row"{_attribute("class", kind)}>{caller()}</tr>\n')


def th(text: Text, url: str = "", note: Text = "", css: str = "") -> Markup:
    """Return the cell that names its row, with an address and a muted note where given."""
    muted = f' <span class="muted small">{_safe(note)}</span>' if note else ""
    shown = f"{_linked(text, url)}{muted}"
    return _drawn(f'<th role="rowheader" scope="row"{_attribute("class", css)}>{shown}</th>')


def td(text: Text = "", css: str = "", label: Text = "", url: str = "") -> Markup:
    """Return a cell; `label` stands before its text where the table is folded on a phone."""
    attributes = _attribute("class", css) + _attribute("data-l", label)
    return _drawn(f'<td role="cell"{attributes}>{_linked(text, url)}</td>')


def statement_row(
    label: Text, amounts: Sequence[Text], kind: str = "", urls: Sequence[str] = ()
) -> Markup:
    """Return a row of figures, each with the address of what it is made of where there is one."""
    named = _safe(label)
    cells = []
    for place, amount in enumerate(amounts):
        css = "n" if place == 0 or kind else "n muted"
        url = urls[place] if place < len(urls) else ""
        shown = f'<span class="sr">{named} </span>{_safe(amount)}' if url else _safe(amount)
        cells.append(f'<td role="cell" class="{css}">{_linked(_drawn(shown), url)}</td>')
    head = f'<th role="rowheader" scope="row">{named}</th>'
    return _drawn(f'<tr role="row"{_attribute("class", kind)}>{head}{"".join(cells)}</tr>\n')


def listing(
    columns: Sequence[tuple[str, Text]], rows: Iterable[tuple[str, Text, Sequence[Text]]]
) -> Markup:
    """Return rows of one shape: each has an address, the words that name it, and its cells.

    A column is its classes and the label that stands before its text on a phone. For long lists:
    what is the same in every row is put together once.
    """
    opened = [
        f'<td role="cell"{_attribute("class", css)}{_attribute("data-l", label)}>'
        for css, label in columns
    ]
    drawn = []
    for url, name, cells in rows:
        drawn.append('<tr role="row"><th role="rowheader" scope="row">')
        drawn.append(_linked(name, url))
        drawn.append("</th>")
        for mark, cell in zip(opened, cells, strict=True):
            drawn += mark, _safe(cell), "</td>"
        drawn.append("</tr>\n")
    return _drawn("".join(drawn))


CELLS: dict[str, Callable[..., Markup]] = {
    "row": row,
    "th": th,
    "td": td,
    "statement_row": statement_row,
    "listing": listing,
}
