"""What the services of buying and handing out share: line facts, sums by account, undoing a paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.utils import timezone

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import POOLED
from canting.kernel.money import format_rupiah
from canting.ledger.rules import Draft, Line, credit, debit, nonzero, signed
from canting.ledger.services import post_entry, reverse_source
from canting.members.rules import CounterpartyClass
from canting.purchasing.errors import BadPrice, DependsOnIt, NoLines, NotMaterial, ReasonNeeded
from canting.purchasing.models import Paper
from canting.purchasing.rules import State
from canting.purchasing.selectors import BuyLine, OutLine, QuotedLine, changes_text
from canting.stock import services as stock
from canting.stock.rules import BatchIn, BatchPart, Moved
from canting.taxes.selectors import fakturs_of

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, User
    from canting.stock.models import Place

AnyPaper = TypeVar("AnyPaper", bound=Paper)


def check_materials(
    lines: Sequence[BuyLine] | Sequence[OutLine], *, dealt_on: date | None = None
) -> None:
    """Refuse an empty paper, lines that are no material, and what is banned on the day of dealing.

    What only comes back from a maker is not dealt in: it is let through without a day.
    """
    if not lines:
        raise NoLines()
    for line in lines:
        if line.item.kind not in POOLED:
            raise NotMaterial(item=line.item.name)
    if dealt_on is not None:
        catalogue.refuse_banned(items=[line.item for line in lines], on=dealt_on)


def check_prices(lines: Sequence[BuyLine]) -> None:
    """Refuse a bought line whose price is not above zero."""
    for line in lines:
        if line.price <= 0:
            raise BadPrice(
                item=line.item.name,
                price=format_rupiah(line.price),
                unit=line.unit or line.item.unit,
            )


def line_facts(
    line: QuotedLine,
    *,
    basis: str,
    counterparty: CounterpartyClass,
    origin: str,
    business_unit: str,
    funds_source: str,
    own_date: date,
) -> dict[str, Any]:
    """The facts that every line keeps, as fields of its row."""
    return {
        "item": line.item,
        "quantity": line.quantity,
        "unit": line.unit,
        "factor": line.factor,
        "base_quantity": line.base_quantity,
        "amount": line.amount,
        "basis": basis,
        "counterparty_class": counterparty.value,
        "origin": origin,
        "business_unit": business_unit,
        "funds_source": funds_source,
        "reference_price": line.reference.price,
        "reference_place": line.reference.place,
        "reference_date": line.reference.seen_on,
        "own_date": own_date,
    }


def paper_facts(
    *, cooperative: Cooperative, number: str, on: date, own_date: date | None, actor: User
) -> dict[str, Any]:
    """The facts that every paper keeps, as fields of its row."""
    return {
        "cooperative": cooperative,
        "number": number,
        "on": on,
        "own_date": own_date or on,
        "made_by": actor,
        "made_at": timezone.now(),
    }


def by_account(moves: Iterable[Moved]) -> Mapping[tuple[str, Any], int]:
    """Values summed by account and party, in the order first met."""
    sums: dict[tuple[str, Any], int] = {}
    for moved in moves:
        key = (moved.role, moved.party)
        sums[key] = sums.get(key, 0) + moved.value
    return sums


def signed_line(account: str, amount: int) -> list[Line]:
    """A debit for an amount above zero, a credit for one below, nothing for zero."""
    return [signed(account, amount)] if amount else []


def by_signed_account(values: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    """Signed changes of value summed by account, in the order first met."""
    sums: dict[str, int] = {}
    for role, value in values:
        sums[role] = sums.get(role, 0) + value
    return sums


def stock_debits(moves: Iterable[Moved]) -> list[Line]:
    """Debit lines of what came into these accounts."""
    return [debit(role, value, party) for (role, party), value in by_account(moves).items()]


def stock_credits(moves: Iterable[Moved]) -> list[Line]:
    """Credit lines of what left these accounts."""
    return [credit(role, value, party) for (role, party), value in by_account(moves).items()]


@dataclass(frozen=True, slots=True)
class PaperHand(Generic[AnyPaper]):
    """Moves stock and posts the entry for one paper, all under its own source and number."""

    paper: AnyPaper
    source: str
    actor: User

    def take_in(
        self,
        place: Place,
        item: Item,
        quantity: Decimal,
        value: int,
        batch: BatchIn | None = None,
        parts: Sequence[BatchPart] = (),
    ) -> Moved:
        """Bring a material into a place at this value, in its batch or in those it left with."""
        return stock.receive(
            cooperative=self.paper.cooperative,
            place=place,
            lot=stock.pool_lot(item),
            quantity=quantity,
            value=value,
            on=self.paper.on,
            source=self.source,
            paper=self.paper.number,
            actor=self.actor,
            batch=batch,
            parts=parts,
        )

    def take_out(
        self,
        place: Place,
        item: Item,
        quantity: Decimal,
        value: int | None = None,
        batch: BatchIn | None = None,
    ) -> Moved:
        """Take a material out of a place at its average, or at exactly this value.

        Without a batch the earliest expiry leaves first.
        """
        return stock.issue(
            cooperative=self.paper.cooperative,
            place=place,
            lot=stock.pool_lot(item),
            quantity=quantity,
            value=value,
            on=self.paper.on,
            source=self.source,
            paper=self.paper.number,
            actor=self.actor,
            batch_id=stock.chosen_batch(item, batch.code if batch else ""),
        )

    def revalue(self, place: Place, item: Item, value: int) -> Moved:
        """Change what a material is worth where it lies by a signed amount."""
        return stock.revalue(
            cooperative=self.paper.cooperative,
            place=place,
            lot=stock.pool_lot(item),
            value=value,
            on=self.paper.on,
            source=self.source,
            paper=self.paper.number,
            actor=self.actor,
        )

    def post(self, *, kind: str, memo: str, lines: Sequence[Line]) -> None:
        """Post the paper's entry, without its empty lines; a paper worth nothing posts none."""
        filled = nonzero(*lines)
        if filled:
            draft = Draft(
                source=self.source,
                entry_date=self.paper.on,
                own_date=self.paper.own_date,
                kind=kind,
                memo=memo,
                lines=filled,
                paper=self.paper.number,
            )
            post_entry(cooperative=self.paper.cooperative, draft=draft, actor=self.actor)


def check_reason(reason: str) -> str:
    """The reason without spaces at its ends; refuse an empty one."""
    if not reason.strip():
        raise ReasonNeeded()
    return reason.strip()[:200]


def undo_source(
    *, cooperative: Cooperative, source: str, reason: str, on: date, actor: User
) -> None:
    """Mirror the stock moves and the journal entry of a paper on an open day."""
    stock.mirror(
        cooperative=cooperative, source=source, on=on, reason_source=f"{source}:undone", actor=actor
    )
    reverse_source(cooperative=cooperative, source=source, on=on, reason=reason, actor=actor)


def mark_reversed(paper: Paper, *, reason: str, successor: str = "") -> None:
    """Write that a paper was put right, why, and what stands in its place."""
    paper.state = State.REVERSED
    paper.reason = reason
    paper.replaced_by = successor
    paper.save(update_fields=["state", "reason", "replaced_by"])


def refuse_with_faktur(paper: Paper) -> None:
    """Refuse to undo a purchase or bill whose tax invoice is booked; that one is put right first."""
    found = fakturs_of(cooperative=paper.cooperative, paper=paper.number)
    if found:
        raise DependsOnIt(number=paper.number, what=changes_text(found))
