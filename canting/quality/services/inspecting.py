"""One call decides about cloth, books it through production and releases it for sale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import PriceList
from canting.cooperatives.services import attach, next_number, record
from canting.members.rules.people import CounterpartyClass
from canting.production import services as production
from canting.production.rules import Fault, Pieces
from canting.production.services import Taken
from canting.quality import selectors
from canting.quality.errors import (
    NothingToReceive,
    NotInRepair,
    OneGradeForContract,
    WorkOrderNeeded,
)
from canting.quality.models import Inspection, InspectionLine
from canting.quality.rules import Finding, Result, check_finding
from canting.stock.rules import Basis, Origin, bare_code
from canting.stock.services import release

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, User
    from canting.members.models import Member
    from canting.production.models import Advance, Assignment

BUSINESS_UNIT = "orders"
OWN_FUNDS = "own"


@dataclass(frozen=True)
class Delivery:
    """Whose cloth lies on the table, and under which contract it came."""

    cooperative: Cooperative
    member: Member
    product: Item
    basis: str
    assignment: Assignment | None = None
    advance: Advance | None = None
    repair_of: Inspection | None = None


def delivery_of(
    *,
    cooperative: Cooperative,
    assignment: Assignment | None = None,
    advance: Advance | None = None,
    repair_of: Inspection | None = None,
    member: Member | None = None,
    product: Item | None = None,
    basis: str = "",
) -> Delivery:
    """What is being received: pieces of a work order, of a contract, repaired ones, or free ones.

    Raises NothingToReceive, and WorkOrderNeeded for commission cloth without its work order.
    """
    if repair_of is not None:
        assignment, advance = repair_of.assignment, repair_of.advance
        member, product, basis = repair_of.member, repair_of.product, repair_of.basis
    if assignment is not None:
        order = assignment.work_order
        return Delivery(
            cooperative,
            assignment.member,
            order.product,
            order.basis,
            assignment,
            repair_of=repair_of,
        )
    if advance is not None:
        return Delivery(
            cooperative,
            advance.member,
            advance.product,
            Basis.PURCHASE,
            advance=advance,
            repair_of=repair_of,
        )
    if member is None or product is None or not basis:
        raise NothingToReceive()
    if basis == Basis.COMMISSION:
        raise WorkOrderNeeded(maker=member.full_name)
    return Delivery(cooperative, member, product, basis, repair_of=repair_of)


@transaction.atomic
def inspect(
    *,
    delivery: Delivery,
    finding: Finding,
    on: date,
    actor: User,
    photo: UploadedFile[bytes] | None = None,
) -> Inspection:
    """Decide about cloth once: book it by its basis, make its lots and release them for sale.

    Commission: accepted (and finished) or rejected by whose fault; purchase: bought at the price of
    its grade, or bought back under a contract; consignment: quantity only; rework: nothing until it
    comes back (posting.md 2.4). Raises the errors of `check_finding` and of production's services.
    """
    check_finding(finding, basis=delivery.basis, technique=delivery.product.technique)
    _check_delivery(delivery, finding)
    number = next_number(cooperative=delivery.cooperative, series="TK", on=on)
    taken = DEEDS[finding.result](delivery, finding, number, on, actor)
    paper = Inspection.objects.create(
        cooperative=delivery.cooperative,
        number=number,
        member=delivery.member,
        product=delivery.product,
        basis=delivery.basis,
        assignment=delivery.assignment,
        advance=delivery.advance,
        repair_of=delivery.repair_of,
        result=finding.result,
        fault=finding.fault if finding.result != Result.PASS else _repair_fault(delivery),
        quantity=finding.quantity,
        grade=_only_grade(finding) if finding.result == Result.REJECT else "",
        code=bare_code(finding.code) if finding.result != Result.PASS else "",
        defects=list(finding.defects),
        marks=list(finding.marks),
        reason=finding.reason.strip()[:200],
        objection=finding.objection.strip()[:200],
        extra_wage=finding.extra_wage if finding.result == Result.REWORK else 0,
        material=taken.material,
        pay=taken.pay,
        inspected_on=on,
        made_at=timezone.now(),
        made_by=actor,
    )
    _write_lines(paper, taken, on=on, actor=actor)
    if photo is not None:
        attach(cooperative=delivery.cooperative, subject=number, upload=photo, actor=actor)
    record(
        cooperative_id=delivery.cooperative.pk,
        actor=actor,
        action="quality.inspected",
        subject=number,
        facts={
            "result": finding.result,
            "counts": dict(finding.counts),
            "fault": finding.fault,
            "defects": list(finding.defects),
        },
        for_party=delivery.member.party,
    )
    return paper


def _only_grade(finding: Finding) -> str:
    return next((grade for grade, count in finding.counts.items() if count), "")


def _repair_fault(delivery: Delivery) -> Fault:
    return Fault(delivery.repair_of.fault) if delivery.repair_of else Fault.NONE


def _check_delivery(delivery: Delivery, finding: Finding) -> None:
    if delivery.advance is not None and sum(1 for n in finding.counts.values() if n) > 1:
        raise OneGradeForContract(number=delivery.advance.number)
    if delivery.repair_of is None:
        return
    left = selectors.left_in_repair(selectors.lock_inspection(delivery.repair_of.pk))
    if finding.quantity > left:
        raise NotInRepair(number=delivery.repair_of.number, left=left, given=finding.quantity)


def _pieces(finding: Finding) -> list[Pieces]:
    return [Pieces(grade, count, finding.code) for grade, count in finding.counts.items() if count]


def _pass(delivery: Delivery, finding: Finding, number: str, on: date, actor: User) -> Taken:
    source = f"quality.inspection:{number}"
    if delivery.assignment is not None and delivery.basis == Basis.COMMISSION:
        fault = _repair_fault(delivery)
        extra = delivery.repair_of.extra_wage if delivery.repair_of else 0
        return production.accept_pieces(
            assignment=delivery.assignment,
            pieces=_pieces(finding),
            paper=number,
            source=source,
            finish_source=f"quality.finished:{number}",
            on=on,
            actor=actor,
            rework=fault,
            extra_wage=extra * finding.quantity if fault == Fault.OURS else 0,
        )
    if delivery.assignment is not None:
        production.count_as_brought(
            assignment=delivery.assignment,
            count=finding.quantity,
            paper=number,
            on=on,
            actor=actor,
            is_repair=delivery.repair_of is not None,
        )
    if delivery.advance is not None:
        return production.buy_back(
            advance=delivery.advance,
            piece=Pieces(_only_grade(finding), finding.quantity, finding.code),
            paper=number,
            source=source,
            on=on,
            actor=actor,
        )
    if delivery.basis == Basis.CONSIGNMENT:
        return production.take_consigned(
            cooperative=delivery.cooperative,
            member=delivery.member,
            product=delivery.product,
            pieces=_pieces(finding),
            paper=number,
            source=source,
            on=on,
            actor=actor,
        )
    return production.buy_cloth(
        cooperative=delivery.cooperative,
        member=delivery.member,
        product=delivery.product,
        pieces=_pieces(finding),
        prices=prices_for(delivery, finding.counts, on=on),
        paper=number,
        source=source,
        on=on,
        actor=actor,
    )


def prices_for(delivery: Delivery, counts: Mapping[str, int], *, on: date) -> dict[str, int]:
    """What the maker gets per piece of each grade: the work order's rates, else today's list.

    Raises NoPrice for a grade without a price on that day.
    """
    if delivery.assignment is not None:
        return dict(delivery.assignment.work_order.rates)
    return {
        grade: catalogue.price_of(
            cooperative=delivery.cooperative,
            item=delivery.product,
            price_list=PriceList.PURCHASE,
            on=on,
            grade=grade,
        )
        for grade, count in counts.items()
        if count
    }


def _rework(delivery: Delivery, finding: Finding, number: str, on: date, actor: User) -> Taken:
    if delivery.assignment is not None and delivery.repair_of is None:
        production.send_to_rework(
            assignment=delivery.assignment,
            count=finding.quantity,
            reason=finding.reason or selectors.told_defects(finding.defects),
            paper=number,
            on=on,
            actor=actor,
        )
    return Taken()


def _reject(delivery: Delivery, finding: Finding, number: str, on: date, actor: User) -> Taken:
    if delivery.assignment is None:
        return Taken()
    return production.reject_pieces(
        assignment=delivery.assignment,
        count=finding.quantity,
        fault=finding.fault,
        grade=_only_grade(finding),
        reason=finding.reason or selectors.told_defects(finding.defects),
        paper=number,
        source=f"quality.inspection:{number}",
        on=on,
        actor=actor,
        is_repair=delivery.repair_of is not None,
    )


DEEDS = {Result.PASS: _pass, Result.REWORK: _rework, Result.REJECT: _reject}


def _write_lines(paper: Inspection, taken: Taken, *, on: date, actor: User) -> None:
    InspectionLine.objects.bulk_create(
        InspectionLine(
            cooperative_id=paper.cooperative_id,
            inspection=paper,
            lot=one.lot,
            code=one.lot.code,
            grade=one.grade,
            quantity=one.quantity,
            price=one.price,
            value=one.value,
            basis=paper.basis,
            origin=Origin.MEMBER,
            counterparty_class=CounterpartyClass.MEMBER,
            business_unit=BUSINESS_UNIT,
            source_of_funds=OWN_FUNDS,
            reference_price=one.lot.reference_price or None,
            reference_place=one.lot.reference_place,
            reference_date=one.lot.reference_date or None,
            own_date=on,
        )
        for one in taken.lots
    )
    for one in taken.lots:
        release(lot=one.lot, on=on, actor=actor)
