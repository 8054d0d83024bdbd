"""What the papers of buying and handing out print: goods receipt, hand-out note, return note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah, in_words
from canting.kernel.papers import PaperFormat, render
from canting.kernel.quantities import format_quantity
from canting.purchasing import selectors
from canting.purchasing.rules import Mode, State

if TYPE_CHECKING:
    from canting.purchasing.models import GoodsReceipt, HandOut, MaterialReturn, Paper

SIZES = ("58mm", "80mm", "a5")
TEMPLATE = "purchasing/papers/note.typ"


def _values(paper: Paper, title: str, size: str) -> dict[str, Any]:
    return {
        "cooperative": {"name": paper.cooperative.name, "place": paper.cooperative.place},
        "title": title,
        "number": paper.number,
        "size": size if size in SIZES else "a5",
        "made_by": str(paper.made_by),
        "draft": False,
        "headers": [_("Material"), _("How much"), _("Price"), _("Amount")],
        "priced": True,
        "totals": [],
        "total_words": "",
        "say": _("Put right: this paper no longer holds.")
        if paper.state == State.REVERSED
        else paper.note,
    }


def _line(name: str, quantity: str, price: int, amount: int) -> dict[str, str]:
    return {
        "name": name,
        "quantity": quantity,
        "price": format_rupiah(price) if price else "",
        "amount": format_rupiah(amount) if amount else "",
    }


def hand_out_note(paper: HandOut, *, size: str, format: PaperFormat = "pdf") -> bytes:
    """The note of material handed out, with its due day or that it stays ours."""
    in_trust = paper.mode == Mode.CUSTODY
    facts = [
        [_("Date"), format_date(paper.own_date)],
        [_("To whom"), paper.receiver],
        [_("How"), selectors.mode_name(paper.mode)],
    ]
    if paper.work_order:
        facts.append([_("Work order"), paper.work_order])
    if paper.due_on:
        facts.append([_("Due at the latest"), format_date(paper.due_on)])
    values = _values(paper, _("Hand-out note"), size) | {
        "facts": facts,
        "priced": not in_trust,
        "lines": [
            _line(
                line.item.name,
                format_quantity(line.quantity, line.unit),
                line.price,
                line.amount,
            )
            for line in selectors.hand_out_lines(paper)
        ],
        "signatures": [
            [_("Handed out by"), str(paper.made_by)],
            [_("Received by"), paper.receiver],
        ],
    }
    if in_trust:
        values["say"] = values["say"] or _("This material stays the cooperative's.")
    else:
        values["totals"] = [[_("Total"), format_rupiah(paper.total)]]
        values["total_words"] = in_words(paper.total)
    return render(TEMPLATE, values, format=format)


def receipt_note(paper: GoodsReceipt, *, size: str, format: PaperFormat = "pdf") -> bytes:
    """The note of goods received: what the seller's nota says, with the freight."""
    purchase = paper.purchase
    facts = [[_("Date"), format_date(paper.own_date)], [_("From"), purchase.seller_name or "–"]]
    if purchase.nota:
        facts.append([_("Their nota"), purchase.nota])
    facts.append([_("Purchase"), purchase.number])
    totals = [[_("Goods"), format_rupiah(purchase.total)]]
    if paper.freight:
        totals.append([_("Freight"), format_rupiah(paper.freight)])
    totals.append([_("Total"), format_rupiah(purchase.total + paper.freight)])
    values = _values(paper, _("Goods receipt"), size) | {
        "facts": facts,
        "totals": totals,
        "total_words": in_words(purchase.total + paper.freight),
        "lines": [
            _line(
                line.item.name,
                format_quantity(line.quantity, line.unit),
                line.price,
                line.amount,
            )
            for line in selectors.purchase_lines(purchase)
        ],
        "signatures": [[_("Received by"), str(paper.made_by)], [_("Brought by"), ""]],
    }
    return render(TEMPLATE, values, format=format)


def return_note(paper: MaterialReturn, *, size: str, format: PaperFormat = "pdf") -> bytes:
    """The note of unused material that came back from a maker."""
    facts = [[_("Date"), format_date(paper.own_date)], [_("From"), paper.member.full_name]]
    if paper.work_order:
        facts.append([_("Work order"), paper.work_order])
    values = _values(paper, _("Material back"), size) | {
        "facts": facts,
        "priced": False,
        "lines": [
            _line(line.item.name, format_quantity(line.quantity, line.unit), 0, 0)
            for line in selectors.return_lines(paper)
        ],
        "signatures": [
            [_("Received by"), str(paper.made_by)],
            [_("Given back by"), paper.member.full_name],
        ],
    }
    return render(TEMPLATE, values, format=format)
