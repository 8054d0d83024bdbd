"""Material that left a maker's custody without cloth: overuse, waived or charged, and losses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.catalogue.rules import MATERIALS
from canting.cooperatives.services import next_number, record
from canting.kernel.quantities import format_quantity
from canting.ledger.rules import BusinessClass, Draft, credit, debit
from canting.ledger.services import post_entries
from canting.production import selectors
from canting.production.errors import AlreadyReversed, NotMaterial, ReasonNeeded
from canting.production.models import MaterialFact, WorkOrder
from canting.production.rules import CHARGED, FactKind, PaperState
from canting.production.services.finishing import record_byproduct
from canting.production.services.posting import note_work, reverse_paper
from canting.stock import selectors as stock
from canting.stock.services import issue, pool_lot

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, Party, User
    from canting.members.models import Member


@transaction.atomic
def record_material_fact(
    *,
    cooperative: Cooperative,
    kind: FactKind,
    member: Member,
    item: Item,
    quantity: Decimal,
    reason: str,
    on: date,
    actor: User,
    work_order: WorkOrder | None = None,
) -> MaterialFact:
    """Book material used beyond the norm or lost, at the average she holds it at (posting.md 2.3).

    Hers is charged to her as compensation, at cost; waived or ours is a quality loss. Always with
    a reason. Raises ReasonNeeded, NotMaterial, NotEnoughStock.
    """
    if not reason.strip():
        raise ReasonNeeded()
    if item.kind not in MATERIALS:
        raise NotMaterial(item=item.name)
    number = next_number(cooperative=cooperative, series="CB", on=on)
    source = f"production.material:{number}"
    party = member.party
    moved = issue(
        cooperative=cooperative,
        place=stock.custody_of(cooperative, party),
        lot=pool_lot(item),
        quantity=quantity,
        on=on,
        source=source,
        paper=number,
        actor=actor,
    )
    fact = MaterialFact.objects.create(
        cooperative=cooperative,
        number=number,
        kind=kind,
        work_order=work_order,
        member=member,
        item=item,
        quantity=moved.quantity,
        value=moved.value,
        reason=reason.strip()[:200],
        happened_on=on,
    )
    if moved.value:
        draft = _draft_of(fact, kind, source, party)
        post_entries(cooperative=cooperative, drafts=[draft], actor=actor)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action=f"production.{kind.value}",
        subject=number,
        facts={"item": item.code, "quantity": str(moved.quantity), "value": moved.value},
        for_party=party,
    )
    return fact


def _draft_of(fact: MaterialFact, kind: FactKind, source: str, party: Party) -> Draft:
    if kind in CHARGED:
        loss = debit("recv_damage", fact.value, party)
    else:
        loss = debit("quality_loss", fact.value, None, BusinessClass.MEMBER)
    memo = _("%(quantity)s of %(maker)s: %(reason)s") % {
        "quantity": f"{fact.item.name} {format_quantity(fact.quantity, fact.item.unit)}",
        "maker": party.name,
        "reason": fact.reason[:80],
    }
    lines = [loss, credit("custody", fact.value, party)]
    on = fact.happened_on
    return Draft(source, on, str(kind.value), memo, lines, own_date=on, paper=fact.number)


@transaction.atomic
def correct_material_fact(
    *,
    fact: MaterialFact,
    reason: str,
    on: date,
    actor: User,
    kind: FactKind | None = None,
    quantity: Decimal | None = None,
    new_reason: str = "",
) -> MaterialFact:
    """Reverse a material fact; with a quantity, write the right one in its place.

    Raises ReasonNeeded, AlreadyReversed, CannotUndo, NotEnoughStock.
    """
    if not reason.strip():
        raise ReasonNeeded()
    held = MaterialFact.objects.select_for_update().get(pk=fact.pk)
    if held.state == PaperState.REVERSED:
        raise AlreadyReversed(number=held.number)
    fact = selectors.material_fact(cooperative=held.cooperative, number=held.number) or held
    source = f"production.material:{fact.number}"
    made: MaterialFact | None = None
    reverse_paper(
        cooperative=fact.cooperative,
        sources=[source],
        on=on,
        reason=reason,
        reason_source=f"production.corrected:{fact.number}",
        actor=actor,
    )
    if fact.kind == FactKind.BYPRODUCT and fact.work_order is not None:
        note_work(
            order=fact.work_order, source=f"{source}|undone", on=on, rows=[(None, 0, fact.value)]
        )
    if quantity is not None:
        made = _instead(fact, kind or FactKind(fact.kind), quantity, new_reason, on, actor)
    fact.state = PaperState.REVERSED
    fact.successor = made
    fact.save(update_fields=["state", "successor"])
    record(
        cooperative_id=fact.cooperative_id,
        actor=actor,
        action="production.material_corrected",
        subject=fact.number,
        facts={"reason": reason.strip(), "successor": made.number if made else ""},
        for_party=fact.member.party if fact.member else None,
    )
    return made or fact


def _instead(
    fact: MaterialFact,
    kind: FactKind,
    quantity: Decimal,
    reason: str,
    on: date,
    actor: User,
) -> MaterialFact:
    if fact.member is None and fact.work_order is not None:
        return record_byproduct(
            order=fact.work_order, item=fact.item, quantity=quantity, on=on, actor=actor
        )
    if fact.member is None:
        raise NotMaterial(item=fact.item.name)
    return record_material_fact(
        cooperative=fact.cooperative,
        kind=kind,
        member=fact.member,
        item=fact.item,
        quantity=quantity,
        reason=reason or fact.reason,
        on=on,
        actor=actor,
        work_order=fact.work_order,
    )
