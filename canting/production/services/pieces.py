"""Cloth comes in on a work order: accepted, rejected, sent back to be put right (posting.md 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cooperatives import selectors as house
from canting.cooperatives.services import record
from canting.ledger.rules import BusinessClass, Draft, credit, debit, nonzero
from canting.ledger.services import post_entries
from canting.production import selectors
from canting.production.errors import OrderClosed, ReasonNeeded
from canting.production.models import Assignment
from canting.production.rules import (
    Fault,
    OrderStatus,
    Pieces,
    after_report,
    check_open,
    lots_of,
    rate_for,
    split_value,
    wage_of,
    waiting,
)
from canting.production.services.finishing import finish_lots, finish_memo
from canting.production.services.posting import (
    note_work,
    settle_status,
    take_norm_material,
    write_note,
)
from canting.stock.rules import Basis, Origin
from canting.stock.services import make_lot

if TYPE_CHECKING:
    from canting.cooperatives.models import User
    from canting.stock.models import Lot

ACCEPTED_KIND = {
    Fault.NONE: "accepted",
    Fault.HERS: "rework_hers_accepted",
    Fault.OURS: "rework_ours_accepted",
}


@dataclass(frozen=True)
class TakenLot:
    """One lot that came of what was taken in: its grade, pieces, price a piece and whole value."""

    lot: Lot
    grade: str
    quantity: int
    price: int
    value: int


@dataclass(frozen=True)
class Taken:
    """What taking in did: the lots, and in rupiah the material used and the pay that became due."""

    lots: tuple[TakenLot, ...] = ()
    material: int = 0
    pay: int = 0


@transaction.atomic
def accept_pieces(
    *,
    assignment: Assignment,
    pieces: Sequence[Pieces],
    paper: str,
    source: str,
    finish_source: str,
    on: date,
    actor: User,
    rework: Fault = Fault.NONE,
    extra_wage: int = 0,
) -> Taken:
    """Accept commission pieces: norm material out of her custody and the wage into work in progress.

    The wage is due to her from this day (never at payday). After a rework that was our fault the
    extra wage is a quality loss, never cost of the cloth. Finished goods at once unless the
    parameter says otherwise. Raises TooManyPieces, NoRateForGrade, OrderClosed, NotEnoughStock.
    """
    row = _locked(assignment)
    order, maker = row.work_order, row.member.party
    parts = lots_of(order.product.technique, pieces)
    count = sum(part.quantity for part in parts)
    check_open(row, count, row.member.full_name, from_rework=rework != Fault.NONE)
    wage = wage_of(order.rates, parts)
    material = take_norm_material(
        order=order, party=maker, count=count, on=on, source=source, paper=paper, actor=actor
    )
    lots = [
        _lot(row, part, value, source, on, actor)
        for part, value in zip(parts, split_value(material, parts), strict=True)
    ]
    note_work(
        order=order, source=source, on=on, rows=[(t.lot.pk, t.quantity, t.value) for t in lots]
    )
    lines = nonzero(
        debit("wip", material + wage),
        debit("quality_loss", extra_wage, None, BusinessClass.MEMBER),
        credit("custody", material, maker),
        credit("wages_payable", wage + extra_wage, maker),
    )
    memo = _("%(count)s pieces accepted, %(maker)s") % {"count": count, "maker": maker.name}
    drafts = [Draft(source, on, ACCEPTED_KIND[rework], memo, lines, own_date=on, paper=paper)]
    if house.parameter(
        cooperative=order.cooperative, name="production.finish_at_acceptance", on=on
    ):
        values = [(taken.lot, taken.quantity, taken.value) for taken in lots]
        value = finish_lots(
            order=order, lots=values, source=finish_source, paper=paper, on=on, actor=actor
        )
        drafts.append(finish_memo(order, count, value, source=finish_source, paper=paper, on=on))
    _settle(row, accepted=count, is_repair=rework != Fault.NONE, on=on)
    post_entries(cooperative=order.cooperative, drafts=drafts, actor=actor)
    _record(row, "production.pieces_accepted", paper, {"pieces": count, "wage": wage}, actor)
    return Taken(tuple(lots), material, wage + extra_wage)


def _locked(assignment: Assignment) -> Assignment:
    row = selectors.lock_assignment(assignment.pk)
    if row.work_order.status != OrderStatus.OPEN:
        raise OrderClosed(number=row.work_order.number)
    return row


def _lot(
    row: Assignment,
    part: Pieces,
    material: int,
    source: str,
    on: date,
    actor: User,
) -> TakenLot:
    order = row.work_order
    price = rate_for(order.rates, part.grade)
    lot = make_lot(
        cooperative=order.cooperative,
        item=order.product,
        basis=Basis.COMMISSION,
        origin=Origin.MEMBER,
        grade=part.grade,
        maker=row.member.party,
        on=on,
        source=source,
        code=part.code,
        quantity=Decimal(part.quantity),
        reference=selectors.reference_on(
            cooperative=order.cooperative, product=order.product, grade=part.grade, on=on
        ),
    )
    return TakenLot(lot, part.grade, part.quantity, price, material + price * part.quantity)


def _settle(
    row: Assignment, *, on: date, accepted: int = 0, rejected: int = 0, is_repair: bool
) -> None:
    """Count what was decided; pieces that nobody reported leave the stages they stood in."""
    count = accepted + rejected
    if not is_repair:
        unreported = max(0, count - waiting(row))
        row.waxed, row.dyed, row.boiled = after_report(row, unreported)
        row.reported += unreported
    else:
        row.rework -= count
    row.accepted += accepted
    row.rejected += rejected
    row.save(
        update_fields=["waxed", "dyed", "boiled", "reported", "accepted", "rejected", "rework"]
    )
    settle_status(order=row.work_order, on=on)


@transaction.atomic
def reject_pieces(
    *,
    assignment: Assignment,
    count: int,
    fault: Fault,
    grade: str,
    reason: str,
    paper: str,
    source: str,
    on: date,
    actor: User,
    is_repair: bool = False,
) -> Taken:
    """Reject pieces of a work order for good.

    Commission: our fault pays the wage of `grade` and books material and wage as a quality loss;
    hers charges the material at cost and pays no wage. Other bases: no entry, the cloth goes home.
    Raises ReasonNeeded, TooManyPieces, OrderClosed, NotEnoughStock.
    """
    if not reason.strip():
        raise ReasonNeeded()
    row = _locked(assignment)
    order, maker = row.work_order, row.member.party
    check_open(row, count, row.member.full_name, from_rework=is_repair)
    material = pay = 0
    drafts: list[Draft] = []
    if order.basis == Basis.COMMISSION:
        material = take_norm_material(
            order=order, party=maker, count=count, on=on, source=source, paper=paper, actor=actor
        )
        pay = rate_for(order.rates, grade) * count if fault == Fault.OURS else 0
        if fault == Fault.OURS:
            loss = debit("quality_loss", material + pay, None, BusinessClass.MEMBER)
        else:
            loss = debit("recv_damage", material, maker)
        lines = nonzero(
            loss, credit("custody", material, maker), credit("wages_payable", pay, maker)
        )
        memo = _("%(count)s pieces rejected, %(maker)s: %(reason)s") % {
            "count": count,
            "maker": maker.name,
            "reason": reason.strip()[:80],
        }
        if lines:
            drafts.append(
                Draft(source, on, f"reject_{fault}", memo, lines, own_date=on, paper=paper)
            )
    write_note(row, text=reason, on=on, actor=actor)
    _settle(row, rejected=count, is_repair=is_repair, on=on)
    if drafts:
        post_entries(cooperative=order.cooperative, drafts=drafts, actor=actor)
    facts = {"pieces": count, "fault": fault, "reason": reason.strip()}
    _record(row, "production.pieces_rejected", paper, facts, actor)
    return Taken((), material, pay)


@transaction.atomic
def send_to_rework(
    *, assignment: Assignment, count: int, reason: str, paper: str, on: date, actor: User
) -> None:
    """Give pieces back to be put right; nothing is booked until they are accepted.

    Raises ReasonNeeded, TooManyPieces, OrderClosed.
    """
    if not reason.strip():
        raise ReasonNeeded()
    row = _locked(assignment)
    check_open(row, count, row.member.full_name)
    unreported = max(0, count - waiting(row))
    row.waxed, row.dyed, row.boiled = after_report(row, unreported)
    row.reported += unreported
    row.rework += count
    row.save(update_fields=["waxed", "dyed", "boiled", "reported", "rework"])
    write_note(row, text=reason, on=on, actor=actor)
    facts = {"pieces": count, "reason": reason.strip(), "on": on}
    _record(row, "production.pieces_to_rework", paper, facts, actor)


@transaction.atomic
def count_as_brought(
    *, assignment: Assignment, count: int, paper: str, on: date, actor: User, is_repair: bool
) -> Assignment:
    """Count pieces of a purchase or consignment order as accepted; the buying itself is booked apart.

    Raises TooManyPieces, OrderClosed.
    """
    row = _locked(assignment)
    check_open(row, count, row.member.full_name, from_rework=is_repair)
    _settle(row, accepted=count, is_repair=is_repair, on=on)
    _record(row, "production.pieces_accepted", paper, {"pieces": count}, actor)
    return row


def _record(
    row: Assignment, action: str, paper: str, facts: dict[str, object], actor: User
) -> None:
    record(
        cooperative_id=row.cooperative_id,
        actor=actor,
        action=action,
        subject=paper,
        facts={"work_order": row.work_order.number, **facts},
        for_party=row.member.party,
    )
