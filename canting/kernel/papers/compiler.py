"""Papers from Typst templates: PDF for printers and files, PNG for messages."""

import json
import threading
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import typst
from django.utils.functional import Promise
from django.utils.translation import get_language

from canting.kernel.dates import format_long_date
from canting.kernel.quantities import format_quantity

ROOT = Path(__file__).parents[2]
PRINTER_PPI = 203
PaperFormat = Literal["pdf", "png"]
_local = threading.local()


def render(
    template: Path | str,
    values: Mapping[str, Any],
    *,
    format: PaperFormat = "pdf",
    ppi: float = PRINTER_PPI,
    moment: datetime | None = None,
) -> bytes:
    """One paper as PDF, or a paper of one page as PNG (203 dots an inch, a thermal printer's).

    The template is a path below the package, such as "sales/papers/delivery_note.typ". Days and
    quantities among the values arrive formatted. With a fixed `moment` the bytes repeat.
    """
    pages = render_pages(template, values, format=format, ppi=ppi, moment=moment)
    if len(pages) != 1:
        raise ValueError(f"{template} has {len(pages)} pages; take them from render_pages.")
    return pages[0]


def render_pages(
    template: Path | str,
    values: Mapping[str, Any],
    *,
    format: PaperFormat = "png",
    ppi: float = PRINTER_PPI,
    moment: datetime | None = None,
) -> list[bytes]:
    """The pages of a paper as pictures, first to last (a PDF is one piece)."""
    given = {"lang": get_language() or "id", **values}
    result = _compiler().compile(
        input=_inside_package(template),
        format=format,
        ppi=ppi,
        sys_inputs={"values": json.dumps(given, default=_plain, ensure_ascii=False)},
        timestamp=None if moment is None else int(moment.timestamp()),
    )
    if result is None:
        raise ValueError(f"{template} gave no paper.")
    return list(result) if isinstance(result, list) else [result]


def _compiler() -> typst.Compiler:
    """This thread's own compiler: one shared between threads fails."""
    if not hasattr(_local, "compiler"):
        _local.compiler = typst.Compiler(root=ROOT, ignore_system_fonts=True)
    compiler: typst.Compiler = _local.compiler
    return compiler


def _inside_package(template: Path | str) -> Path:
    path = (ROOT / template).resolve()
    if not path.is_relative_to(ROOT):
        raise ValueError(f"{template} is outside the package.")
    return path


def _plain(value: object) -> str:
    if isinstance(value, date):
        return format_long_date(value)
    if isinstance(value, Decimal):
        return format_quantity(value)
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"A paper cannot show {type(value).__name__}.")
