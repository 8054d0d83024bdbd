"""What the stock prints: the sheet of a count without quantities, the note of a transfer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from canting.kernel.dates import format_date
from canting.kernel.papers import PaperFormat, render
from canting.kernel.quantities import format_quantity
from canting.stock import selectors
from canting.stock.rules import PaperState

if TYPE_CHECKING:
    from canting.stock.models import StockCount, StockPaper, Transfer

TEMPLATE = "stock/papers/paper.typ"


def _values(paper: StockPaper, title: str, size: str) -> dict[str, Any]:
    return {
        "cooperative": {"name": paper.cooperative.name, "place": paper.cooperative.place},
        "title": title,
        "number": paper.number,
        "size": size,
        "made_by": str(paper.made_by),
        "draft": False,
        "say": paper.note,
    }


def count_sheet(count: StockCount, *, format: PaperFormat = "pdf") -> bytes:
    """The sheet to count with: codes, names and empty boxes for two; no quantity of the book."""
    rows = [
        [
            line.lot.label or line.lot.item.code,
            line.lot.item.name,
            line.batch.code if line.batch else "",
            line.lot.item.unit,
            "",
            "",
        ]
        for line in selectors.count_lines(count)
    ]
    values = _values(count, _("Count of stock"), "a4") | {
        "facts": [
            [_("What is counted"), selectors.place_name(count.place)],
            [_("Day of the count"), format_date(count.on)],
        ],
        "headers": [_("Code"), _("Name"), _("Batch"), _("Unit"), _("First"), _("Second")],
        "widths": ["auto", "1fr", "auto", "auto", "22mm", "22mm"],
        "boxes": True,
        "rows": rows + [["", "", "", "", "", ""]] * 4,
        "signatures": [[_("First counter"), ""], [_("Second counter"), ""]],
    }
    return render(TEMPLATE, values, format=format)


def transfer_note(paper: Transfer, *, format: PaperFormat = "pdf") -> bytes:
    """The note that goes with moved goods: from, to, what; signed by who gives and who takes."""
    moved = selectors.batches_of_source(
        cooperative=paper.cooperative, sources=[f"stock.transfer:{paper.number}"]
    )
    codes = {item_id: ", ".join(found) for (_source, item_id), found in moved.items()}
    values = _values(paper, _("Transfer of goods"), "a5") | {
        "facts": [
            [_("From"), selectors.place_name(paper.from_place)],
            [_("To"), selectors.place_name(paper.to_place)],
            [_("Date"), format_date(paper.on)],
        ],
        "headers": [_("Code"), _("Name"), _("Batch"), _("How much")],
        "widths": ["auto", "1fr", "auto", "auto"],
        "boxes": False,
        "rows": [
            [
                line.lot.label or line.lot.item.code,
                line.lot.item.name,
                codes.get(line.lot.item_id, "") if line.lot.is_pool else "",
                format_quantity(line.quantity, line.lot.item.unit),
            ]
            for line in selectors.transfer_lines(paper)
        ],
        "signatures": [[_("Handed out by"), ""], [_("Received by"), ""]],
    }
    if paper.state == PaperState.REVERSED:
        values["say"] = _("Put right: this paper no longer holds.")
    return render(TEMPLATE, values, format=format)
