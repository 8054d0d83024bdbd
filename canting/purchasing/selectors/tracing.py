"""Who got a batch: for a recall, by receiver with what she still holds of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from canting.kernel.member_text import m_
from canting.members import selectors as members
from canting.purchasing.models import HandOut, MaterialReturn
from canting.stock import selectors as stock
from canting.stock.rules import PlaceKind

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member
    from canting.stock.models import Batch, StockMove

OUT, BACK, MOVED = "purchasing.hand_out:", "purchasing.material_return:", "stock.transfer:"


@dataclass
class Receiver:
    """One who got some of a batch: how much came to her less what came back, by which papers."""

    name: str
    member: Member | None = None
    quantity: Decimal = Decimal(0)
    holds: Decimal = Decimal(0)
    papers: list[tuple[str, str]] = field(default_factory=list)


def who_got(*, cooperative: Cooperative, batch: Batch) -> list[Receiver]:
    """Everybody who got some of a batch and did not give all of it back, by name.

    Hand-outs, returns and transfers between makers count, each with what put it right.
    """
    moves = list(stock.batch_moves(batch).order_by("id"))
    names = _receivers(cooperative, moves)
    holds = {
        row.place.party_id: row.quantity
        for row in stock.batch_balances(cooperative, batch=batch)
        if row.place.kind == PlaceKind.CUSTODY
    }
    found: dict[str, Receiver] = {}
    for move in moves:
        one = _receiver_of(move, names)
        if one is None:
            continue
        row = found.setdefault(_key(one), one)
        # What leaves the store comes to her; between makers her own hands are counted.
        row.quantity += move.quantity if move.source.startswith(MOVED) else -move.quantity
        if (move.paper, move.paper_source) not in row.papers:
            row.papers.append((move.paper, move.paper_source))
    for row in found.values():
        if row.member:
            row.holds = holds.get(row.member.party_id, Decimal(0))
    return sorted((row for row in found.values() if row.quantity > 0), key=lambda row: row.name)


def _key(one: Receiver) -> str:
    return one.member.number if one.member else f"- {one.name}"


def _receivers(
    cooperative: Cooperative, moves: list[StockMove]
) -> dict[str, tuple[str, Member | None]]:
    """Name and member by paper number, or by "party" for moves between makers."""
    numbers = {move.paper for move in moves}
    found: dict[str, tuple[str, Member | None]] = {}
    outs = HandOut.objects.filter(cooperative=cooperative, number__in=numbers)
    for paper in outs.select_related("member__party"):
        found[paper.number] = (paper.receiver, paper.member)
    backs = MaterialReturn.objects.filter(cooperative=cooperative, number__in=numbers)
    for back in backs.select_related("member__party"):
        found[back.number] = (back.member.full_name, back.member)
    parties = {move.place.party_id for move in moves if move.place.party_id}
    by_party = members.members_of_parties(cooperative=cooperative, party_ids=parties)
    for party_id, member in by_party.items():
        found[f"party {party_id}"] = (member.full_name, member)
    return found


def _receiver_of(move: StockMove, names: dict[str, tuple[str, Member | None]]) -> Receiver | None:
    """Whom a move concerns: out of the store, back into it, or between two makers; else nobody."""
    in_store = move.place.kind == PlaceKind.STORE
    if move.source.startswith((OUT, BACK)) and in_store and move.paper in names:
        name, member = names[move.paper]
        return Receiver(name, member)
    if move.source.startswith(MOVED) and move.place.kind == PlaceKind.CUSTODY:
        known = names.get(f"party {move.place.party_id}")
        return Receiver(*known) if known else None
    return None


def recall_text(*, batch: Batch, receiver: Receiver) -> str:
    """What a member is told when a batch is not right: stop using it, bring it back, show the cloth."""
    return m_(
        "%(name)s, the material %(item)s of batch %(batch)s that you got from us may not be right. "
        "Please stop using it, keep what is left, and show us the cloth made with it.",
        name=receiver.name,
        item=batch.item.name,
        batch=batch.code,
    )
