"""What the papers of buying and handing out print: goods receipt, hand-out note, return note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah, in_words
from canting.kernel.papers import PaperFormat, render
from canting.kernel.quantities import format_quantity
from canting.purchasing import selectors
from canting.purchasing.rules import Mode, OrderState, State

if TYPE_CHECKING:
    from canting.purchasing.models import (
        GoodsReceipt,
        HandOut,
        MaterialReturn,
        OrderReceipt,
        Paper,
        QuoteRequest,
        SupplierOrder,
        SupplierOrderLine,
    )

SIZES = ("58mm", "80mm", "a5", "a4")
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
    title = _("Sale of material") if paper.at_till else _("Hand-out note")
    values = _values(paper, title, size) | {
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
    cares = [line.item for line in selectors.hand_out_lines(paper) if line.item.safety_note]
    if cares:
        told = " ".join(f"{item.name}: {item.safety_note}" for item in cares)
        values["say"] = f"{values['say']} {told}".strip()
    if in_trust:
        values["say"] = values["say"] or _("This material stays the cooperative's.")
    else:
        values["totals"] = [[_("Total"), format_rupiah(paper.total)]]
        if paper.tendered:
            values["totals"] += [
                [_("Money handed over"), format_rupiah(paper.tendered)],
                [_("Given back"), format_rupiah(paper.change)],
            ]
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


def order_paper(order: SupplierOrder, *, size: str, format: PaperFormat = "pdf") -> bytes:
    """The order as the supplier gets it: packs, content, prices, the promised day."""
    facts = [
        [_("Date"), format_date(order.own_date)],
        [_("To"), order.supplier.name],
        [_("Wanted by"), format_date(order.promised_on)],
    ]
    if order.credit_days:
        facts.append(
            [_("Payment"), _("%(days)s days after the bill") % {"days": order.credit_days}]
        )
    totals = [[_("Goods"), format_rupiah(order.goods)]]
    if order.freight:
        totals.append([_("Freight expected"), format_rupiah(order.freight)])
    values = _values(order, _("Supplier order"), size) | {
        "facts": facts,
        "totals": totals,
        "total_words": in_words(order.goods),
        "lines": [
            _line(line.item.name, _packs(line), line.price, line.amount)
            for line in selectors.order_lines(order)
        ],
        "signatures": [
            [_("Ordered by"), str(order.made_by)],
            [_("Agreed by"), order.supplier.name],
        ],
    }
    if order.state == OrderState.REVERSED:
        values["say"] = _("Put right: this paper no longer holds.")
    return render(TEMPLATE, values, format=format)


def _packs(line: SupplierOrderLine) -> str:
    packs = format_quantity(line.quantity, line.unit)
    if line.unit == line.item.unit:
        return packs
    return f"{packs} = {format_quantity(line.base_quantity, line.item.unit)}"


def order_receipt_note(paper: OrderReceipt, *, size: str, format: PaperFormat = "pdf") -> bytes:
    """The note of goods that came on an order, at the ordered price."""
    facts = [
        [_("Date"), format_date(paper.own_date)],
        [_("From"), paper.order.supplier.name],
        [_("Supplier order"), paper.order.number],
    ]
    if paper.nota:
        facts.append([_("Their delivery note"), paper.nota])
    totals = [[_("Goods"), format_rupiah(paper.goods)]]
    if paper.freight:
        totals.append([_("Freight"), format_rupiah(paper.freight)])
    totals.append([_("Total"), format_rupiah(paper.goods + paper.freight)])
    values = _values(paper, _("Goods receipt"), size) | {
        "facts": facts,
        "totals": totals,
        "total_words": in_words(paper.goods + paper.freight),
        "lines": [
            _line(
                line.order_line.item.name,
                format_quantity(line.base_quantity, line.order_line.item.unit),
                0,
                line.amount,
            )
            for line in selectors.order_receipt_lines(paper)
        ],
        "signatures": [[_("Received by"), str(paper.made_by)], [_("Brought by"), ""]],
    }
    return render(TEMPLATE, values, format=format)


def quote_sheet(paper: QuoteRequest, *, format: PaperFormat = "pdf") -> bytes:
    """The request for prices as a sheet of A4 with room for the supplier's answers."""
    facts = [[_("Date"), format_date(paper.own_date)]]
    if paper.answer_by:
        facts.append([_("Answer by"), format_date(paper.answer_by)])
    values = _values(paper, _("Request for prices"), "a4") | {
        "facts": facts,
        "headers": [_("Material"), _("About"), _("Price of one pack"), _("Content of a pack")],
        "lines": [
            _line(line.item.name, format_quantity(line.quantity, line.unit), 0, 0)
            for line in selectors.quote_lines(paper)
        ],
        "signatures": [[_("Asked by"), str(paper.made_by)], [_("Answered by"), ""]],
    }
    if paper.state != State.REVERSED:
        ask = _("Please write the least order, freight, credit days and days to deliver too.")
        values["say"] = f"{paper.note} {ask}".strip()
    return render(TEMPLATE, values, format=format)
