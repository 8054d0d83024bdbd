"""An inspection is taken back by mirror images, and decided anew when asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cooperatives.services import record
from canting.production import services as production
from canting.production.rules import PaperState
from canting.production.services import Counted
from canting.quality import selectors
from canting.quality.errors import (
    AlreadyReversed,
    ClothIsGone,
    ReasonNeeded,
    RepairedSince,
)
from canting.quality.rules import Finding, Result, pay_role
from canting.quality.services.inspecting import delivery_of, inspect
from canting.stock.errors import CannotUndo, NotEnoughStock
from canting.stock.services import free_code, hold_back

if TYPE_CHECKING:
    from canting.cooperatives.models import User
    from canting.quality.models import Inspection


@transaction.atomic
def correct_inspection(
    *,
    inspection: Inspection,
    reason: str,
    on: date,
    actor: User,
    finding: Finding | None = None,
) -> Inspection:
    """Take an inspection back by mirror images; with a finding, decide anew about the same cloth.

    Possible until the cloth has left the store and its maker is paid. The label may be used again.
    Raises ReasonNeeded, AlreadyReversed, RepairedSince, ClothIsGone, AlreadyPaid, FinishedSince.
    """
    if not reason.strip():
        raise ReasonNeeded()
    held = selectors.lock_inspection(inspection.pk)
    if held.state == PaperState.REVERSED:
        raise AlreadyReversed(number=held.number)
    later = selectors.repairs_of(held).first()
    if later is not None:
        raise RepairedSince(number=held.number, later=later.number)
    old = selectors.inspection(cooperative=held.cooperative, number=held.number) or held
    _take_back(old, reason, on, actor)
    old.state = PaperState.REVERSED
    old.reversal_reason = reason.strip()[:200]
    old.save(update_fields=["state", "reversal_reason"])
    made = None
    if finding is not None:
        delivery = delivery_of(
            cooperative=old.cooperative,
            assignment=old.assignment,
            advance=old.advance,
            repair_of=old.repair_of,
            member=old.member,
            product=old.product,
            basis=old.basis,
        )
        made = inspect(delivery=delivery, finding=finding, on=on, actor=actor)
        old.successor = made
        old.save(update_fields=["successor"])
    record(
        cooperative_id=old.cooperative_id,
        actor=actor,
        action="quality.inspection_corrected",
        subject=old.number,
        facts={"reason": reason.strip(), "successor": made.number if made else ""},
        for_party=old.member.party,
    )
    return made or old


def _take_back(old: Inspection, reason: str, on: date, actor: User) -> None:
    lots = [line.lot for line in selectors.lines_of(old)]
    try:
        production.undo_taken(
            cooperative=old.cooperative,
            maker=old.member.party,
            assignment=old.assignment,
            counted=_counted(old),
            sources=[f"quality.inspection:{old.number}", f"quality.finished:{old.number}"],
            pay_role=pay_role(old.basis),
            pay=old.pay,
            reason=reason,
            reason_source=f"quality.corrected:{old.number}",
            on=on,
            actor=actor,
        )
    except (NotEnoughStock, CannotUndo) as gone:
        cloth = ", ".join(lot.label for lot in lots) or old.product.name
        raise ClothIsGone(number=old.number, cloth=cloth) from gone
    for lot in lots:
        hold_back(lot=lot, actor=actor, reason=reason)
        free_code(lot=lot, actor=actor, reason=reason)


def _counted(old: Inspection) -> Counted:
    if old.assignment is None:
        return Counted()
    back = old.quantity if old.repair_of_id else 0
    if old.result == Result.PASS:
        return Counted(accepted=old.quantity, from_rework=back)
    if old.result == Result.REJECT:
        return Counted(rejected=old.quantity, from_rework=back)
    return Counted(to_rework=0 if back else old.quantity)
