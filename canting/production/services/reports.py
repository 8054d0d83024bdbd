"""A maker says that pieces are finished."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cooperatives.services import attach, record
from canting.production import selectors
from canting.production.errors import NoPieces, OrderClosed
from canting.production.models import Assignment, PieceReport
from canting.production.rules import OrderStatus, after_report, over_reported

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from canting.cooperatives.models import User


@transaction.atomic
def report_finished(
    *,
    assignment: Assignment,
    count: int,
    on: date,
    actor: User,
    photo: UploadedFile[bytes] | None = None,
) -> PieceReport:
    """Keep that so many pieces are finished; more than asked is kept too and shown to the office.

    Raises NoPieces, OrderClosed.
    """
    if count < 1:
        raise NoPieces()
    row = selectors.lock_assignment(assignment.pk)
    if row.work_order.status == OrderStatus.ENDED:
        raise OrderClosed(number=row.work_order.number)
    before = over_reported(row)
    row.waxed, row.dyed, row.boiled = after_report(row, count)
    row.reported += count
    row.save(update_fields=["waxed", "dyed", "boiled", "reported"])
    reference = f"{row.work_order.number}/{row.member.party.number}"
    number = selectors.reports_by_reference(
        cooperative=row.work_order.cooperative, reference=reference
    )
    report = PieceReport.objects.create(
        cooperative_id=row.cooperative_id,
        assignment=row,
        reference=f"{reference}/{number + 1}",
        count=count,
        over=over_reported(row) - before,
        reported_on=on,
        actor=actor,
    )
    if photo is not None:
        attach(
            cooperative=row.work_order.cooperative,
            subject=report.reference,
            upload=photo,
            actor=actor,
        )
    record(
        cooperative_id=row.cooperative_id,
        actor=actor,
        action="production.pieces_reported",
        subject=row.work_order.number,
        facts={"count": count, "over": report.over, "reference": report.reference},
        for_party=row.member.party,
    )
    return report
