"""Supplier orders: placing, putting right, closing what will not come. They post nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from canting.catalogue import selectors as catalogue
from canting.cooperatives.services import next_number, record
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import quantize
from canting.members.rules import CounterpartyClass
from canting.purchasing import selectors
from canting.purchasing.errors import (
    AlreadyReversed,
    BadAmount,
    BadPack,
    BadPacks,
    BadPrice,
    DependsOnIt,
    NoLines,
    NotMaterial,
    OrderDone,
    PromiseBefore,
    SupplierNeeded,
)
from canting.purchasing.models import SupplierOrder, SupplierOrderLine
from canting.purchasing.rules import FundsSource, OrderState, Payment, Terms
from canting.purchasing.selectors import OrderRow, QuotedLine
from canting.purchasing.services.common import check_reason, line_facts, paper_facts
from canting.stock.rules import Basis, Origin

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, User
    from canting.purchasing.models import Offer, Supplier


@dataclass(frozen=True, slots=True)
class OrderLine:
    """So many packs of a material: what a pack is called, how many base units it holds, its price."""

    item: Item
    packs: int
    unit: str
    pack: Decimal
    price: int
    offer: Offer | None = None


def _check_line(line: OrderLine) -> None:
    if not line.item.kind or line.item.kind == "product":
        raise NotMaterial(item=line.item.name)
    if line.packs <= 0:
        raise BadPacks(packs=line.packs, item=line.item.name)
    if quantize(line.pack) <= 0:
        raise BadPack(item=line.item.name, unit=line.unit or line.item.unit)
    if line.price <= 0:
        raise BadPrice(
            item=line.item.name,
            price=format_rupiah(line.price),
            unit=line.unit or line.item.unit,
        )


def _check(lines: Sequence[OrderLine], freight: int, promised_on: date, on: date) -> None:
    if not lines:
        raise NoLines()
    for line in lines:
        _check_line(line)
    if freight < 0:
        raise BadAmount(amount=format_rupiah(freight))
    if promised_on < on:
        raise PromiseBefore(promised=format_date(promised_on), on=format_date(on))


@transaction.atomic
def place_order(
    *,
    cooperative: Cooperative,
    supplier: Supplier,
    lines: Sequence[OrderLine],
    promised_on: date,
    on: date,
    actor: User,
    note: str = "",
    freight: int = 0,
    source: str = "",
    credit_days: int | None = None,
    own_date: date | None = None,
    funds_source: str = FundsSource.OWN,
    replaces: str = "",
) -> SupplierOrder:
    """Order packs from a supplier (SP); nothing is posted until goods come.

    `freight` is what is expected for the whole order; without `credit_days` those of her terms
    hold. Raises NoLines, NotMaterial, BadPacks, BadPack, BadPrice, BadAmount, PromiseBefore.
    """
    if supplier is None:
        raise SupplierNeeded(
            how=selectors.purchase_how(payment=Payment.CREDIT, terms=Terms.DELIVERED)
        )
    _check(lines, freight, promised_on, on)
    catalogue.refuse_banned(items=[line.item for line in lines], on=on)
    if credit_days is None:
        terms = selectors.terms_on(cooperative=cooperative, on=on, supplier=supplier)
        credit_days = terms[supplier.pk].credit_days if supplier.pk in terms else 0
    order = SupplierOrder.objects.create(
        **paper_facts(
            cooperative=cooperative,
            number=next_number(cooperative=cooperative, series="SP", on=on),
            on=on,
            own_date=own_date,
            actor=actor,
        ),
        supplier=supplier,
        promised_on=promised_on,
        credit_days=credit_days,
        goods=sum(line.packs * line.price for line in lines),
        freight=freight,
        source=source,
        note=note,
        replaces=replaces,
    )
    for line in lines:
        _write_line(order, line, funds_source)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="purchasing.ordered",
        subject=order.number,
        facts={"goods": order.goods, "freight": freight, "promised": promised_on.isoformat()},
        for_party=supplier.party,
    )
    return order


def _write_line(order: SupplierOrder, line: OrderLine, funds_source: str) -> None:
    pack = quantize(line.pack)
    quoted = QuotedLine(
        line.item,
        Decimal(line.packs),
        line.unit or line.item.unit,
        pack,
        pack * line.packs,
        line.price,
        line.packs * line.price,
        reference=selectors.market_reference(
            cooperative=order.cooperative, item=line.item, on=order.on
        ),
    )
    SupplierOrderLine.objects.create(
        order=order,
        packs=line.packs,
        pack=pack,
        price=line.price,
        offer=line.offer,
        **line_facts(
            quoted,
            basis=Basis.NONE,
            counterparty=CounterpartyClass.NONMEMBER,
            origin=Origin.OUTSIDE,
            business_unit="bahan",
            funds_source=funds_source,
            own_date=order.own_date,
        ),
    )


def lock_order(order: SupplierOrder) -> SupplierOrder:
    """The order's row locked, with its supplier and cooperative; refused when it was put right."""
    locked = (
        SupplierOrder.objects.select_for_update(of=("self",))
        .select_related("supplier__party", "cooperative")
        .get(pk=order.pk)
    )
    if locked.state == OrderState.REVERSED:
        raise AlreadyReversed(number=locked.number, successor=locked.replaced_by or "-")
    return locked


def keep_state(order: SupplierOrder, rows: Sequence[OrderRow], arrived_on: date | None) -> None:
    """Write what the rows say: open, part or received, and the day on which all had come.

    A closed order stays closed.
    """
    if order.state == OrderState.CLOSED:
        return
    if all(row.outstanding == 0 for row in rows):
        order.state = OrderState.RECEIVED
        order.completed_on = order.completed_on or arrived_on
    else:
        came = any(row.received for row in rows)
        order.state = OrderState.PART if came else OrderState.OPEN
        order.completed_on = None
    order.save(update_fields=["state", "completed_on"])


def refuse_unless_waiting(order: SupplierOrder) -> None:
    """Refuse an order of which nothing is to come any more."""
    if order.state not in selectors.WAITING:
        raise OrderDone(number=order.number, state=selectors.order_state_name(order.state))


@transaction.atomic
def close_order(
    order: SupplierOrder, reason: str, on: date, actor: User, failed: bool | None = None
) -> SupplierOrder:
    """Say that the rest of an order will not come, and why; twice is once.

    It counts against the supplier when she had promised it by now or brought only a part, unless
    `failed` says otherwise (we no longer wanted it). Raises OrderDone, ReasonNeeded.
    """
    reason = check_reason(reason)
    order = lock_order(order)
    if order.state == OrderState.CLOSED:
        return order
    refuse_unless_waiting(order)
    if failed is None:
        failed = order.state == OrderState.PART or order.promised_on < on
    order.state, order.reason = OrderState.CLOSED, reason
    order.closed_on, order.failed = on, failed
    order.save(update_fields=["state", "reason", "closed_on", "failed"])
    record(
        cooperative_id=order.cooperative_id,
        actor=actor,
        action="purchasing.order_closed",
        subject=order.number,
        facts={"reason": reason, "failed": failed},
        for_party=order.supplier.party,
    )
    return order


@transaction.atomic
def reopen_order(order: SupplierOrder, reason: str, on: date, actor: User) -> SupplierOrder:
    """Wait again for the rest of an order that was closed too early. Raises OrderDone."""
    reason = check_reason(reason)
    order = lock_order(order)
    if order.state in selectors.WAITING:
        return order
    if order.state != OrderState.CLOSED:
        raise OrderDone(number=order.number, state=selectors.order_state_name(order.state))
    order.state, order.reason, order.closed_on, order.failed = OrderState.OPEN, "", None, False
    order.save(update_fields=["state", "reason", "closed_on", "failed"])
    keep_state(order, selectors.order_rows(order), on)
    record(
        cooperative_id=order.cooperative_id,
        actor=actor,
        action="purchasing.order_reopened",
        subject=order.number,
        facts={"reason": reason},
        for_party=order.supplier.party,
    )
    return order


@transaction.atomic
def correct_order(
    *,
    order: SupplierOrder,
    reason: str,
    on: date,
    actor: User,
    lines: Sequence[OrderLine] = (),
    supplier: Supplier | None = None,
    promised_on: date | None = None,
    freight: int = 0,
    note: str = "",
    own_date: date | None = None,
    credit_days: int | None = None,
) -> SupplierOrder | None:
    """Put an order right: it no longer holds and, with `lines`, the right one is placed.

    Refused when goods came on it (DependsOnIt). Twice is once: answers the first successor.
    """
    reason = check_reason(reason)
    old = (
        SupplierOrder.objects.select_for_update(of=("self",))
        .select_related("supplier__party", "cooperative")
        .get(pk=order.pk)
    )
    cooperative = old.cooperative
    if old.state == OrderState.REVERSED:
        return selectors.order_by_number(cooperative=cooperative, number=old.replaced_by)
    came = [receipt.number for receipt in selectors.order_receipts(old) if receipt.standing]
    if came:
        raise DependsOnIt(number=old.number, what=selectors.changes_text(came))
    successor = None
    if lines:
        successor = place_order(
            cooperative=cooperative,
            supplier=supplier or old.supplier,
            lines=lines,
            promised_on=promised_on or old.promised_on,
            on=on,
            actor=actor,
            note=note or old.note,
            freight=freight,
            source=old.source,
            credit_days=_credit_days(old, supplier, credit_days),
            own_date=own_date or old.own_date,
            replaces=old.number,
        )
    old.state, old.reason = OrderState.REVERSED, reason
    old.replaced_by = successor.number if successor else ""
    old.save(update_fields=["state", "reason", "replaced_by"])
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="purchasing.order_corrected",
        subject=old.number,
        facts={"reason": reason, "successor": old.replaced_by},
        for_party=old.supplier.party,
    )
    return successor


def _credit_days(old: SupplierOrder, supplier: Supplier | None, typed: int | None) -> int | None:
    """As typed, else those of the old order unless the supplier changed."""
    if typed is not None or supplier not in (None, old.supplier):
        return typed
    return old.credit_days
