"""Reads of work orders: who makes what by when, and where the pieces stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from canting.kernel.ties import Tie
from canting.production.models import Assignment, PieceReport, WorkOrder
from canting.production.rules import OrderStatus, Stages, over_reported, stages_of, sum_of

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party


def work_order(*, cooperative: Cooperative, number: str) -> WorkOrder | None:
    """The work order of this number, or nothing."""
    return (
        WorkOrder.objects.filter(cooperative=cooperative, number=number)
        .select_related("cooperative", "product", "order_line")
        .first()
    )


def work_orders(*, cooperative: Cooperative, status: str = OrderStatus.OPEN) -> QuerySet[WorkOrder]:
    """Work orders of one status by due date, each with its pieces summed."""
    return (
        WorkOrder.objects.filter(cooperative=cooperative, status=status)
        .select_related("product")
        .annotate(
            accepted=Sum("assignments__accepted"),
            rejected=Sum("assignments__rejected"),
            reported=Sum("assignments__reported"),
        )
        .order_by("due_date", "id")
    )


def orders_of_line(*, cooperative: Cooperative, line_ids: Iterable[int]) -> QuerySet[WorkOrder]:
    """The work orders made from these lines of a buyer's order."""
    return (
        WorkOrder.objects.filter(cooperative=cooperative, order_line_id__in=list(line_ids))
        .select_related("product")
        .order_by("id")
    )


def lock_order(pk: int) -> WorkOrder:
    """The work order, held until the transaction ends."""
    return (
        WorkOrder.objects.select_for_update(of=("self",))
        .select_related("cooperative", "product")
        .get(pk=pk)
    )


def lock_assignment(pk: int) -> Assignment:
    """The assignment with its work order, held until the transaction ends."""
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("work_order__product", "work_order__cooperative", "member__party")
        .get(pk=pk)
    )


def assignments(*, order: WorkOrder) -> QuerySet[Assignment]:
    """Every maker's part of a work order, in the order they were named."""
    return order.assignments.select_related("member__party").order_by("id")


def assignment(*, cooperative: Cooperative, number: str, party_id: int) -> Assignment | None:
    """One maker's part of the work order of this number, or nothing."""
    return (
        Assignment.objects.filter(
            cooperative=cooperative, work_order__number=number, member__party_id=party_id
        )
        .select_related("work_order__product", "work_order__cooperative", "member__party")
        .first()
    )


def assignment_of_member(
    *, cooperative: Cooperative, number: str, member_number: str
) -> Assignment | None:
    """The part of the member with this number, or nothing."""
    return (
        Assignment.objects.filter(
            cooperative=cooperative,
            work_order__number=number,
            member__party__number=member_number,
        )
        .select_related("work_order__product", "work_order__cooperative", "member__party")
        .first()
    )


def all_assignments(*, cooperative: Cooperative) -> QuerySet[Assignment]:
    """Every part of every work order, open or not."""
    found = Assignment.objects.filter(cooperative=cooperative)
    return found.select_related("work_order", "member").order_by("id")


def _open(cooperative: Cooperative) -> QuerySet[Assignment]:
    return (
        Assignment.objects.filter(cooperative=cooperative, work_order__status=OrderStatus.OPEN)
        .filter(quantity__gt=F("accepted") + F("rejected"))
        .select_related("work_order__product", "member__party")
        .order_by("promised_date", "id")
    )


def open_assignments(*, cooperative: Cooperative) -> QuerySet[Assignment]:
    """Every part that still has pieces to come, the earliest promise first."""
    return _open(cooperative)


def assignments_of(cooperative: Cooperative, party: Party | int) -> list[Assignment]:
    """The open parts of one maker, the earliest promise first."""
    party_id = party if isinstance(party, int) else party.pk
    return list(_open(cooperative).filter(member__party_id=party_id))


def past_assignments_of(*, cooperative: Cooperative, party_id: int) -> QuerySet[Assignment]:
    """What a maker has brought to an end, the newest first."""
    return (
        Assignment.objects.filter(cooperative=cooperative, member__party_id=party_id)
        .filter(
            Q(quantity__lte=F("accepted") + F("rejected")) | ~Q(work_order__status=OrderStatus.OPEN)
        )
        .select_related("work_order__product", "member__party")
        .order_by("-id")
    )


def awaiting_inspection(cooperative: Cooperative) -> list[Assignment]:
    """Open parts with pieces brought as finished and not inspected, the earliest promise first."""
    found = _open(cooperative).filter(reported__gt=F("accepted") + F("rejected") + F("rework"))
    return list(found)


def late_assignments(*, cooperative: Cooperative, on: date) -> QuerySet[Assignment]:
    """Open parts whose promised day has passed."""
    return _open(cooperative).filter(promised_date__lt=on)


def stage_counts(order: WorkOrder) -> Stages:
    """Where all pieces of a work order stand, for its progress chart."""
    return sum_of(stages_of(row) for row in order.assignments.all())


def stages_at_makers(cooperative: Cooperative) -> Stages:
    """Where the pieces of all open work orders stand."""
    rows = Assignment.objects.filter(cooperative=cooperative, work_order__status=OrderStatus.OPEN)
    return sum_of(stages_of(row) for row in rows)


@dataclass(frozen=True)
class Flag:
    """A part with more pieces reported than assigned: kept, and for the office to look at."""

    assignment: Assignment
    over: int


def over_reports(*, cooperative: Cooperative) -> list[Flag]:
    """Open parts with more pieces reported than assigned."""
    rows = _open(cooperative).filter(reported__gt=F("quantity"))
    return [Flag(row, over_reported(row)) for row in rows]


def reports_of(*, assignment: Assignment) -> QuerySet[PieceReport]:
    """What was reported on one part, the newest first."""
    return assignment.reports.select_related("actor").order_by("-id")


def reports_by_reference(*, cooperative: Cooperative, reference: str) -> int:
    """How many reports a part has, for the reference of the next one."""
    return PieceReport.objects.filter(
        cooperative=cooperative, reference__startswith=f"{reference}/"
    ).count()


def leaver_ties(*, cooperative: Cooperative, party: Party, on: date) -> list[Tie]:
    """The open parts of a maker who leaves, for the page of her leaving."""
    return [
        Tie(
            _("%(number)s: %(pieces)s pieces of %(product)s are still with her.")
            % {
                "number": part.work_order.number,
                "pieces": part.quantity - part.accepted - part.rejected,
                "product": part.work_order.product.name,
            },
            "production:work_order_detail",
            part.work_order.number,
        )
        for part in assignments_of(cooperative, party)
    ]
