"""Goods between two stores, material between two makers: a paper with number (PT)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cooperatives.services import next_number, record
from canting.stock import selectors
from canting.stock.errors import NoGoods, StoreNeedsName, StoreThere, WrongWay
from canting.stock.models import Place, Transfer, TransferLine
from canting.stock.rules import GoodsLine, Moved, PaperState, PlaceKind, may_move
from canting.stock.services.batches import chosen_batch
from canting.stock.services.moves import transfer
from canting.stock.services.moving import lock_stock
from canting.stock.services.papers import (
    Source,
    check_open,
    check_reason,
    mark_reversed,
    net_lines,
    paper_facts,
    undo_paper,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def open_store(*, cooperative: Cooperative, name: str, actor: User) -> Place:
    """Add a further store under a name of its own; goods reach it by a transfer.

    Raises StoreNeedsName, StoreThere.
    """
    clean = " ".join(name.split())[:120]
    if not clean:
        raise StoreNeedsName()
    there = selectors.store_named(cooperative, clean)
    if there is not None:
        raise StoreThere(name=there.name)
    made = Place.objects.create(cooperative=cooperative, kind=PlaceKind.STORE, name=clean)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="stock.store_opened",
        subject=clean,
        facts={},
    )
    return made


def _carry(
    source: Source, paper: Transfer, lines: Sequence[GoodsLine]
) -> tuple[list[Moved], list[Moved]]:
    """Move every line from the one place to the other and write it onto the paper."""
    outs: list[Moved] = []
    ins: list[Moved] = []
    for line in lines:
        out, into = transfer(
            lot=line.lot,
            quantity=line.quantity,
            from_place=paper.from_place,
            to_place=paper.to_place,
            batch_id=chosen_batch(line.lot.item, line.batch),
            **source.facts,
        )
        outs.append(out)
        ins.append(into)
        TransferLine.objects.create(
            transfer=paper, lot=line.lot, quantity=out.quantity, value=out.value
        )
    return outs, ins


@transaction.atomic
def move_goods(
    *,
    cooperative: Cooperative,
    from_place: Place,
    to_place: Place,
    lines: Sequence[GoodsLine],
    on: date,
    actor: User,
    note: str = "",
    replaces: str = "",
) -> Transfer:
    """Move goods between two stores, or material of ours between two makers, at their average.

    Between stores no account changes; between makers custody of the one becomes custody of the
    other (`custody_moved`). Raises NoGoods, WrongWay, DayClosed, NotEnoughStock, NotEnoughOfBatch.
    """
    if not lines:
        raise NoGoods()
    if from_place.pk == to_place.pk or not may_move(from_place.kind, to_place.kind):
        raise WrongWay(start=selectors.place_name(from_place), end=selectors.place_name(to_place))
    check_open(cooperative, on)
    lock_stock((place, line.lot) for line in lines for place in (from_place, to_place))
    number = next_number(cooperative=cooperative, series="PT", on=on)
    paper = Transfer.objects.create(
        from_place=from_place,
        to_place=to_place,
        **paper_facts(
            cooperative=cooperative, number=number, on=on, actor=actor, note=note,
            replaces=replaces,
        ),
    )  # fmt: skip
    source = Source(cooperative, f"stock.transfer:{number}", number, on, actor)
    outs, ins = _carry(source, paper, lines)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="stock.moved",
        subject=number,
        facts={"from": str(from_place), "to": str(to_place), "lines": len(lines)},
        for_party=to_place.party,
    )
    memo = _("%(number)s: from %(start)s to %(end)s") % {
        "number": number,
        "start": selectors.place_name(from_place),
        "end": selectors.place_name(to_place),
    }
    source.post(kind="custody_moved", memo=memo, lines=net_lines(ins, outs))
    return paper


@transaction.atomic
def correct_transfer(
    *,
    paper: Transfer,
    reason: str,
    on: date,
    actor: User,
    lines: Sequence[GoodsLine] = (),
    to_place: Place | None = None,
) -> Transfer | None:
    """Put a transfer right: what moved goes back; with `lines` the right one is made.

    Raises ReasonNeeded, DayClosed, CannotUndo or NotEnoughStock when the goods are gone.
    """
    reason = check_reason(reason)
    paper = Transfer.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    cooperative = paper.cooperative
    if paper.state == PaperState.REVERSED:
        return selectors.transfer_by_number(cooperative=cooperative, number=paper.replaced_by)
    undo_paper(paper, source=f"stock.transfer:{paper.number}", reason=reason, on=on, actor=actor)
    successor = None
    if lines:
        successor = move_goods(
            cooperative=cooperative,
            from_place=paper.from_place,
            to_place=to_place or paper.to_place,
            lines=lines,
            on=on,
            actor=actor,
            note=paper.note,
            replaces=paper.number,
        )
    mark_reversed(paper, reason=reason, successor=successor.number if successor else "")
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="stock.corrected",
        subject=paper.number,
        facts={"reason": reason, "successor": paper.replaced_by},
    )
    return successor
