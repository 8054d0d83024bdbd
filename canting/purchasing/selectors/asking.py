"""Requests for prices, and the texts that go to suppliers (at most 600 signs)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import format_quantity
from canting.purchasing.models import OfferList, QuoteAsk, QuoteLine, QuoteRequest
from canting.purchasing.selectors.orders import order_lines

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.purchasing.models import SupplierOrder, SupplierOrderLine

LONGEST_TEXT = 600


def quote_requests(*, cooperative: Cooperative) -> QuerySet[QuoteRequest]:
    """Requests for prices, newest first, with how many were asked and how many answered."""
    found = QuoteRequest.objects.filter(cooperative=cooperative)
    return found.annotate(
        asked=Count("asks", distinct=True), answered=Count("answers__supplier", distinct=True)
    ).order_by("-on", "-id")


def quote_request_by_number(*, cooperative: Cooperative, number: str) -> QuoteRequest | None:
    """The request of this number, or nothing."""
    return (
        QuoteRequest.objects.filter(cooperative=cooperative, number=number)
        .select_related("made_by", "cooperative")
        .first()
    )


def quote_lines(request: QuoteRequest) -> QuerySet[QuoteLine]:
    """What is asked for, in the order written."""
    return request.lines.select_related("item").order_by("id")


def quote_asks(request: QuoteRequest) -> QuerySet[QuoteAsk]:
    """Who is asked, by name."""
    return request.asks.select_related("supplier__party").order_by("supplier__name", "id")


def answers_of(request: QuoteRequest) -> dict[int, OfferList]:
    """The newest standing answer of each supplier (id) who answered."""
    found = request.answers.filter(withdrawn_on__isnull=True).order_by("id")
    return {answer.supplier_id: answer for answer in found}


def _shortened(head: str, rows: Sequence[str], tail: str) -> str:
    """A text of whole lines within 600 signs; what has no room is counted."""
    kept = list(rows)
    while True:
        left = len(rows) - len(kept)
        more = [_("and %(count)s more on the paper") % {"count": left}] if left else []
        text = "\n".join([head, *kept, *more, tail])
        if len(text) <= LONGEST_TEXT or not kept:
            return text[:LONGEST_TEXT]
        kept.pop()


def quote_text(request: QuoteRequest) -> str:
    """What a supplier is asked in WhatsApp."""
    head = _("%(cooperative)s asks for your prices (%(number)s):") % {
        "cooperative": request.cooperative.name,
        "number": request.number,
    }
    rows = [
        f"- {line.item.name}: {format_quantity(line.quantity, line.unit)}"
        for line in quote_lines(request)
    ]
    tail = _("Please write price and content of a pack, least order, freight, credit and when.")
    if request.answer_by:
        tail += " " + _("We look forward to your answer by %(day)s.") % {
            "day": format_date(request.answer_by)
        }
    return _shortened(head, rows, tail)


def _order_row(line: SupplierOrderLine) -> str:
    packs = format_quantity(line.quantity, line.unit)
    content = ""
    if line.unit != line.item.unit:
        content = f" ({format_quantity(line.base_quantity, line.item.unit)})"
    return f"- {line.item.name}: {packs}{content} × {format_rupiah(line.price)}"


def order_text(order: SupplierOrder) -> str:
    """What a supplier is told of an order in WhatsApp."""
    head = _("%(cooperative)s orders (%(number)s):") % {
        "cooperative": order.cooperative.name,
        "number": order.number,
    }
    tail = _("Together %(total)s. Agreed: here by %(day)s.") % {
        "total": format_rupiah(order.goods),
        "day": format_date(order.promised_on),
    }
    return _shortened(head, [_order_row(line) for line in order_lines(order)], tail)
