"""Write-downs to net realisable value (TN): down, back when the price rises, released, put right.

The goods keep their cost at every place; the allowance stands on an account of its own. What
belongs to goods that have left is released in one go, at the latest before a month is closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from canting.catalogue.rules import ItemKind
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger.rules import signed
from canting.ledger.services import reverse_source
from canting.stock import selectors
from canting.stock.errors import (
    AlreadyPutRight,
    BadValue,
    EvidenceNeeded,
    LaterWriteDown,
    NothingThere,
    SameAllowance,
)
from canting.stock.models import Lot, WriteDown
from canting.stock.rules import (
    WRITE_DOWN_SERIES,
    PaperState,
    WriteDownKind,
    allowance_wanted,
)
from canting.stock.services.papers import (
    Source,
    check_open,
    check_reason,
    mark_reversed,
    paper_facts,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User

MEMO: Mapping[str, str] = {
    WriteDownKind.DOWN: "Penurunan nilai",
    WriteDownKind.BACK: "Pemulihan nilai",
    WriteDownKind.RELEASE: "Penurunan nilai barang yang sudah keluar",
}


@dataclass(frozen=True, slots=True)
class Price:
    """What all of the goods would bring less the cost of selling, and where that comes from."""

    worth: int
    evidence: str


@transaction.atomic
def write_down(
    *, cooperative: Cooperative, lot: Lot, price: Price, on: date, actor: User, replaces: str = ""
) -> WriteDown:
    """Set what a lot is written down by to its cost less what it would bring, never below nil.

    posting.md `byproduct_write_down`, `ready_cloth_loss`: D write_down / K inv_allowance, or the
    reverse up to what was written down (`write_down_back`); no quantity moves. Raises DayClosed,
    BadValue, EvidenceNeeded, NothingThere, SameAllowance.
    """
    check_open(cooperative, on)
    lot = _locked(lot)
    name = lot.label or lot.item.name
    if price.worth < 0:
        raise BadValue(item=name, value=format_rupiah(price.worth))
    if not price.evidence.strip():
        raise EvidenceNeeded(item=name)
    there, cost = selectors.there_of(lot)
    if not there or not cost:
        raise NothingThere(item=name)
    standing = selectors.standing_allowance(lot)
    change = allowance_wanted(cost=cost, worth=price.worth) - standing
    if not change:
        raise SameAllowance(
            item=name,
            cost=format_rupiah(cost),
            worth=format_rupiah(price.worth),
            standing=format_rupiah(standing),
        )
    kind = WriteDownKind.DOWN if change > 0 else WriteDownKind.BACK
    found = _Found(there, cost, price.worth, change, price.evidence)
    return _write(cooperative, lot, kind, found, on, actor, replaces)


@dataclass(frozen=True, slots=True)
class _Found:
    there: Decimal
    cost: int
    worth: int
    change: int
    evidence: str = ""


def _locked(lot: Lot) -> Lot:
    return Lot.objects.select_for_update(of=("self",)).select_related("item").get(pk=lot.pk)


def _write(
    cooperative: Cooperative,
    lot: Lot,
    kind: WriteDownKind,
    found: _Found,
    on: date,
    actor: User,
    replaces: str = "",
) -> WriteDown:
    number = next_number(cooperative=cooperative, series=WRITE_DOWN_SERIES, on=on)
    paper = WriteDown.objects.create(
        lot=lot,
        kind=kind,
        quantity=found.there,
        cost=found.cost,
        worth=found.worth,
        amount=found.change,
        evidence=found.evidence.strip()[:200],
        **paper_facts(
            cooperative=cooperative, number=number, on=on, actor=actor, note="", replaces=replaces
        ),
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="stock.written_down",
        subject=number,
        facts={"item": lot.label or lot.item.name, "amount": found.change},
    )
    source = Source(cooperative, source_of(paper), number, on, actor)
    lines = [signed("write_down", found.change), signed("inv_allowance", -found.change)]
    memo = f"{MEMO[kind]} {lot.item.name} {lot.label}".strip()
    if kind == WriteDownKind.DOWN:
        source.post(kind=down_event_kind(lot.item.kind), memo=memo, lines=lines)
    elif kind == WriteDownKind.BACK:
        source.post(kind="write_down_back", memo=memo, lines=lines)
    else:
        source.post(kind="write_down_released", memo=memo, lines=lines)
    return paper


def source_of(paper: WriteDown) -> str:
    """The source under which a write-down stands in the books."""
    return f"stock.write_down:{paper.number}"


def down_event_kind(item_kind: str) -> str:
    """The kind of entry that writes these goods down (posting.md 2.4)."""
    if item_kind == ItemKind.PRODUCT:
        return "ready_cloth_loss"
    return "byproduct_write_down" if item_kind == ItemKind.BYPRODUCT else "material_write_down"


@transaction.atomic
def release_write_downs(*, cooperative: Cooperative, on: date, actor: User) -> list[WriteDown]:
    """Release what belongs to goods that have left since, lot by lot; twice is once.

    D inv_allowance / K write_down in proportion of the quantity gone; the goods left at their cost.
    """
    check_open(cooperative, on)
    made = []
    for row in selectors.allowances(cooperative=cooperative):
        if row.to_release:
            lot = _locked(row.lot)
            stays = row.standing - row.to_release
            found = _Found(row.there, row.cost, max(row.cost - stays, 0), -row.to_release)
            made.append(_write(cooperative, lot, WriteDownKind.RELEASE, found, on, actor))
    return made


@transaction.atomic
def correct_write_down(
    *, paper: WriteDown, reason: str, on: date, actor: User, price: Price | None = None
) -> WriteDown | None:
    """Take a write-down back; with a price the goods are valued anew on this day.

    Raises ReasonNeeded, DayClosed, AlreadyPutRight, LaterWriteDown and what write_down raises.
    """
    reason = check_reason(reason)
    cooperative = paper.cooperative
    lot = _locked(paper.lot)
    paper = WriteDown.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.state != PaperState.POSTED:
        raise AlreadyPutRight(number=paper.number)
    last = selectors.last_write_down(lot)
    if last is not None and last.pk != paper.pk:
        raise LaterWriteDown(number=paper.number, later=last.number)
    check_open(cooperative, on)
    mark_reversed(paper, reason=reason, successor="")
    reverse_source(
        cooperative=cooperative, source=source_of(paper), on=on, reason=reason, actor=actor
    )
    made = None
    if price is not None:
        made = write_down(
            cooperative=cooperative, lot=lot, price=price, on=on, actor=actor,
            replaces=paper.number,
        )  # fmt: skip
        mark_reversed(paper, reason=reason, successor=made.number)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="stock.corrected",
        subject=paper.number,
        facts={"reason": reason, "successor": paper.replaced_by},
    )
    return made
