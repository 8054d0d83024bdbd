"""Asking suppliers what materials cost; their answers are offer lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from canting.catalogue import selectors as catalogue
from canting.cooperatives.services import next_number, note_message, record
from canting.kernel.dates import format_date
from canting.kernel.quantities import quantize
from canting.purchasing import selectors
from canting.purchasing.errors import BadPeriod, NoLines, NooneAsked, NotMaterial
from canting.purchasing.models import QuoteAsk, QuoteLine, QuoteRequest
from canting.purchasing.rules import State
from canting.purchasing.services.common import check_reason, mark_reversed, paper_facts

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, Message, Party, User
    from canting.purchasing.models import Supplier


@dataclass(frozen=True, slots=True)
class AskLine:
    """A material that is asked for, and about how much of it in which unit."""

    item: Item
    quantity: Decimal
    unit: str = ""


@transaction.atomic
def ask_quotes(
    *,
    cooperative: Cooperative,
    suppliers: Sequence[Supplier],
    lines: Sequence[AskLine],
    on: date,
    actor: User,
    answer_by: date | None = None,
    note: str = "",
    replaces: str = "",
) -> QuoteRequest:
    """Write a request for prices (PH) to some suppliers; nothing is posted and nothing is sent.

    Raises NoLines, NooneAsked, NotMaterial, UnknownUnit, BadPeriod.
    """
    if not lines:
        raise NoLines()
    if not suppliers:
        raise NooneAsked()
    if answer_by is not None and answer_by < on:
        raise BadPeriod(first=format_date(on), last=format_date(answer_by))
    for line in lines:
        if not catalogue.is_pooled(line.item):
            raise NotMaterial(item=line.item.name)
    made = QuoteRequest.objects.create(
        **paper_facts(
            cooperative=cooperative,
            number=next_number(cooperative=cooperative, series="PH", on=on),
            on=on,
            own_date=None,
            actor=actor,
        ),
        answer_by=answer_by,
        note=note,
        replaces=replaces,
    )
    QuoteLine.objects.bulk_create(
        QuoteLine(
            request=made,
            item=line.item,
            quantity=quantize(line.quantity),
            unit=line.unit or line.item.unit,
            base_quantity=catalogue.to_base(line.item, line.quantity, line.unit),
        )
        for line in lines
    )
    QuoteAsk.objects.bulk_create(QuoteAsk(request=made, supplier=one) for one in suppliers)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="purchasing.quotes_asked",
        subject=made.number,
        facts={"suppliers": [one.number for one in suppliers], "lines": len(lines)},
    )
    return made


@transaction.atomic
def correct_quote_request(
    *,
    request: QuoteRequest,
    reason: str,
    on: date,
    actor: User,
    suppliers: Sequence[Supplier] = (),
    lines: Sequence[AskLine] = (),
    answer_by: date | None = None,
    note: str = "",
) -> QuoteRequest | None:
    """Put a request right: it no longer holds and, with `lines`, a new one stands in its place.

    Answers that came stay as the offers they are. Twice is once.
    """
    reason = check_reason(reason)
    old = (
        QuoteRequest.objects.select_for_update(of=("self",))
        .select_related("cooperative")
        .get(pk=request.pk)
    )
    if old.state == State.REVERSED:
        return selectors.quote_request_by_number(
            cooperative=old.cooperative, number=old.replaced_by
        )
    successor = None
    if lines:
        successor = ask_quotes(
            cooperative=old.cooperative,
            suppliers=suppliers,
            lines=lines,
            on=on,
            actor=actor,
            answer_by=answer_by,
            note=note or old.note,
            replaces=old.number,
        )
    mark_reversed(old, reason=reason, successor=successor.number if successor else "")
    record(
        cooperative_id=old.cooperative_id,
        actor=actor,
        action="purchasing.quotes_corrected",
        subject=old.number,
        facts={"reason": reason, "successor": old.replaced_by},
    )
    return successor


@transaction.atomic
def note_text_opened(
    *, cooperative: Cooperative, party: Party, subject: str, text: str, template: str, actor: User
) -> Message:
    """Keep that a text to a supplier was opened in WhatsApp; nobody can know whether it was sent."""
    return note_message(
        cooperative=cooperative,
        party=party,
        template=template,
        subject=subject,
        text=text,
        actor=actor,
    )
