"""Writes of deliveries: sent, confirmed by the buyer or by BAST, put right while on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from canting.cooperatives.services import attach, next_number, record
from canting.kernel.quantities import format_quantity
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, Line, debit, signed
from canting.ledger.services import post_entries, reverse_source
from canting.sales import rules, selectors
from canting.sales.errors import (
    AlreadyConfirmed,
    ConsignedPiece,
    NoteNeeded,
    NotOnOrder,
    OrderClosed,
    UnknownPiece,
    WrongCounts,
)
from canting.sales.models import Delivery, DeliveryLine, Order, OrderLine
from canting.sales.rules import OrderStatus, PaperState, Piece, Sold
from canting.sales.services.pieces import facts_of, found_pieces, maker_share, payable_of
from canting.sales.services.undo import (
    check_reason,
    mark_reversed,
    refuse_before,
    refuse_reversed,
)
from canting.stock import selectors as stock
from canting.stock import services as stock_services
from canting.stock.rules import Basis, bare_code

if TYPE_CHECKING:
    from canting.cooperatives.models import User
    from canting.stock.models import Lot

ZERO = Decimal(0)


@transaction.atomic
def deliver(
    *,
    order: Order,
    pieces: Sequence[Piece],
    on: date,
    actor: User,
    driver: str = "",
    own_date: date | None = None,
) -> Delivery:
    """Send pieces to the buyer of an order; they stay ours, on their way, until accepted."""
    order = selectors.lock_order(order)
    cooperative = order.cooperative
    if order.status != OrderStatus.OPEN:
        raise OrderClosed(order=order.number)
    refuse_before(on=on, before=order.ordered_on, paper=order.number)
    found = found_pieces(cooperative=cooperative, pieces=pieces, on=on)
    for lot, _piece in found:
        if lot.basis == Basis.CONSIGNMENT:
            raise ConsignedPiece(piece=lot.label, owner=lot.maker.name if lot.maker else "-")
    store, way = stock.store(cooperative), stock.outbound(cooperative, order.buyer.party)
    stock_services.lock_stock((place, lot) for place in (store, way) for lot, _piece in found)
    lines = _on_order(order, found)
    delivery = Delivery.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series="SJ", on=on),
        order=order,
        sent_on=on,
        driver=driver,
        made_by=actor,
    )
    for line in lines:
        line.delivery, line.own_date = delivery, own_date or on
    DeliveryLine.objects.bulk_create(lines)
    source = f"sales.delivery:{delivery.number}"
    entry = _move(delivery, lines, source, on, actor, out=True)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="sales.delivered",
        subject=delivery.number,
        facts={"order": order.number, "pieces": len(lines)},
        for_party=order.buyer.party,
    )
    memo = _("%(delivery)s to %(buyer)s") % {
        "delivery": delivery.number,
        "buyer": order.buyer.name,
    }
    draft = Draft(
        source=source,
        entry_date=on,
        own_date=own_date,
        kind="delivery",
        memo=memo,
        lines=entry,
        paper=delivery.number,
    )
    post_entries(cooperative=cooperative, drafts=[draft], actor=actor)
    return delivery


def _on_order(order: Order, found: Sequence[tuple[Lot, Piece]]) -> list[DeliveryLine]:
    """Which line of the order each lot answers; a lot that answers none is refused."""
    progress = selectors.order_progress(order)
    left = {each.line.pk: each.left for each in progress.lines}
    made = []
    for lot, piece in found:
        line = _answered([each.line for each in progress.lines], left, lot, piece.quantity)
        if line is None:
            raise NotOnOrder(
                piece=lot.label, product=lot.item.name, grade=lot.grade, order=order.number
            )
        left[line.pk] -= piece.quantity
        made.append(
            DeliveryLine(
                order_line=line,
                lot=lot,
                quantity=piece.quantity,
                price=line.price,
                counterparty_class=order.buyer.counterparty_class,
                business_unit=order.business_unit,
                source_of_funds=order.source_of_funds,
                **facts_of(lot, line),
            )
        )
    return made


def _answered(
    lines: Sequence[OrderLine], left: Mapping[int, Decimal], lot: Lot, quantity: Decimal
) -> OrderLine | None:
    for line in lines:
        fits = line.product_id == lot.item_id and line.grade in ("", lot.grade)
        if fits and left[line.pk] >= quantity:
            return line
    return None


def _move(
    delivery: Delivery,
    lines: Sequence[DeliveryLine],
    source: str,
    on: date,
    actor: User,
    *,
    out: bool,
) -> list[Line]:
    """Move cloth between the store and the way to the buyer; the lines of that entry."""
    store = stock.store(delivery.cooperative)
    way = stock.outbound(delivery.cooperative, delivery.order.buyer.party)
    entry: list[Line] = []
    for line in sorted(lines, key=lambda line: line.lot_id):
        quantity = line.quantity if out else line.quantity - (line.accepted or ZERO)
        left, arrived = stock_services.transfer(
            cooperative=delivery.cooperative,
            lot=line.lot,
            quantity=quantity,
            from_place=store if out else way,
            to_place=way if out else store,
            on=on,
            source=source,
            paper=delivery.number,
            actor=actor,
        )
        entry += [signed(arrived.role, arrived.value), signed(left.role, -left.value)]
    return rules.gathered(entry)


@dataclass
class _Handover:
    """What a confirmation books, gathered line by line."""

    value: int = 0
    pieces: Decimal = ZERO
    sold: list[Sold] = field(default_factory=list)
    stock: list[Line] = field(default_factory=list)
    back: list[DeliveryLine] = field(default_factory=list)


@transaction.atomic
def confirm_delivery(
    *,
    delivery: Delivery,
    on: date,
    actor: User,
    confirmed_by: str,
    rejected: Sequence[Piece] = (),
    by_buyer: bool = False,
    note: str = "",
    photo: UploadedFile[Any] | None = None,
    own_date: date | None = None,
) -> Delivery:
    """Book what the buyer accepted (handover) and take back what was rejected, on that day.

    Revenue follows acceptance, never the invoice nor the ordered pieces (posting.md 2.5). The same
    confirmation sent again is answered with the first; another one is refused.
    """
    delivery = selectors.lock_delivery(delivery)
    lines = list(selectors.delivery_lines(delivery))
    back = _rejected(lines, rejected)
    if delivery.state != PaperState.SENT:
        return _again(delivery, lines, back)
    if any(back.values()) and not note.strip():
        raise NoteNeeded()
    refuse_before(on=on, before=delivery.sent_on, paper=delivery.number)
    if photo is not None:
        attach(cooperative=delivery.cooperative, subject=delivery.number, upload=photo, actor=actor)
    booked = _hand_over(delivery, lines, back, on, own_date or on, actor)
    delivery.state = PaperState.POSTED
    delivery.confirmed_on, delivery.confirmed_by = own_date or on, confirmed_by
    delivery.confirmed_at = timezone.now()
    delivery.by_buyer, delivery.rejection_note = by_buyer, note.strip()
    delivery.accepted_value = booked.value
    delivery.save()
    drafts = _drafts(delivery, booked, on, own_date, actor)
    record(
        cooperative_id=delivery.cooperative_id,
        actor=actor,
        action="sales.delivery_confirmed",
        subject=delivery.number,
        facts={
            "by": confirmed_by,
            "by_buyer": by_buyer,
            "accepted": booked.pieces,
            "rejected": sum(back.values(), ZERO),
            "note": note.strip(),
        },
        for_party=delivery.order.buyer.party,
    )
    post_entries(cooperative=delivery.cooperative, drafts=drafts, actor=actor)
    return delivery


def _rejected(lines: Sequence[DeliveryLine], rejected: Sequence[Piece]) -> dict[int, Decimal]:
    """Pieces going back by lot; what was not sent cannot go back."""
    by_code = {line.lot.code: line for line in lines}
    back = {line.lot_id: ZERO for line in lines}
    for piece in rejected:
        line = by_code.get(bare_code(piece.code))
        if line is None:
            raise UnknownPiece(piece=piece.code)
        back[line.lot_id] += piece.quantity
        if not 0 <= back[line.lot_id] <= line.quantity:
            raise WrongCounts(
                what=line.lot.label,
                rejected=format_quantity(back[line.lot_id]),
                sent=format_quantity(line.quantity),
            )
    return back


def _again(delivery: Delivery, lines: Sequence[DeliveryLine], back: dict[int, Decimal]) -> Delivery:
    refuse_reversed(delivery)
    same = all(line.quantity - back[line.lot_id] == line.accepted for line in lines)
    if same:
        return delivery
    accepted = sum((line.accepted or ZERO for line in lines), ZERO)
    raise AlreadyConfirmed(
        delivery=delivery.number,
        date=ledger.day(delivery.confirmed_on or delivery.sent_on),
        accepted=format_quantity(accepted),
    )


def _hand_over(
    delivery: Delivery,
    lines: Sequence[DeliveryLine],
    back: dict[int, Decimal],
    on: date,
    own_date: date,
    actor: User,
) -> _Handover:
    booked = _Handover()
    way = stock.outbound(delivery.cooperative, delivery.order.buyer.party)
    for line in sorted(lines, key=lambda line: line.lot_id):
        line.accepted = line.quantity - back[line.lot_id]
        line.own_date = own_date
        if back[line.lot_id]:
            booked.back.append(line)
        if line.accepted:
            net = rules.amount_of(line.accepted, line.price)
            line.true_up = maker_share(line.lot, quantity=line.accepted, net=net)
            moved = stock_services.issue(
                cooperative=delivery.cooperative,
                place=way,
                lot=line.lot,
                quantity=line.accepted,
                on=on,
                source=f"sales.handover:{delivery.number}",
                paper=delivery.number,
                actor=actor,
            )
            line.cost = moved.value
            booked.value += net
            booked.pieces += line.accepted
            booked.stock.append(signed(moved.role, -moved.value, moved.party))
            booked.sold.append(
                Sold(
                    basis=line.basis,
                    origin=line.origin,
                    net=net,
                    cost=moved.value,
                    owner=line.lot.maker,
                    true_up=line.true_up,
                )
            )
        line.save()
    return booked


def _drafts(
    delivery: Delivery, booked: _Handover, on: date, own_date: date | None, actor: User
) -> list[Draft]:
    drafts = []
    buyer = delivery.order.buyer
    facts = {"delivery": delivery.number, "buyer": buyer.name}
    if booked.pieces:
        money = [debit("unbilled", booked.value, buyer.party)]
        payable = payable_of(delivery.cooperative, booked.sold)
        lines = rules.sale_lines(booked.sold, money, payable=payable)
        drafts.append(
            Draft(
                source=f"sales.handover:{delivery.number}",
                entry_date=on,
                own_date=own_date,
                kind="handover",
                memo=_("%(delivery)s accepted by %(buyer)s") % facts,
                lines=rules.gathered([*lines, *booked.stock]),
                paper=delivery.number,
            )
        )
    if booked.back:
        source = f"sales.delivery_returned:{delivery.number}"
        drafts.append(
            Draft(
                source=source,
                entry_date=on,
                own_date=own_date,
                kind="delivery_returned",
                memo=_("Back from %(buyer)s, %(delivery)s") % facts,
                lines=_move(delivery, booked.back, source, on, actor, out=False),
                paper=delivery.number,
            )
        )
    return drafts


@transaction.atomic
def correct_delivery(
    *,
    delivery: Delivery,
    reason: str,
    on: date,
    actor: User,
    pieces: Sequence[Piece] = (),
    driver: str = "",
) -> Delivery | None:
    """Take a delivery back that nobody confirmed yet and, with pieces, send the right ones."""
    check_reason(reason)
    delivery = selectors.lock_delivery(delivery)
    refuse_reversed(delivery)
    lines = list(selectors.delivery_lines(delivery))
    if delivery.state != PaperState.SENT:
        raise AlreadyConfirmed(
            delivery=delivery.number,
            date=ledger.day(delivery.confirmed_on or delivery.sent_on),
            accepted=format_quantity(sum((line.accepted or ZERO for line in lines), ZERO)),
        )
    refuse_before(on=on, before=delivery.sent_on, paper=delivery.number)
    source = f"sales.delivery:{delivery.number}"
    stock_services.mirror(
        cooperative=delivery.cooperative,
        source=source,
        on=on,
        reason_source=f"sales.delivery_reversed:{delivery.number}",
        actor=actor,
    )
    mark_reversed(delivery, None)
    reverse_source(
        cooperative=delivery.cooperative, source=source, on=on, reason=reason, actor=actor
    )
    made = None
    if pieces:
        made = deliver(order=delivery.order, pieces=pieces, on=on, actor=actor, driver=driver)
        mark_reversed(delivery, made)
    return made
