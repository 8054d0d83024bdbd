"""Counts by two people (HS): open, count, count again, book the differences, put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from canting.cooperatives.services import next_number, record
from canting.kernel.quantities import format_quantity, quantize
from canting.ledger.rules import Line, signed
from canting.stock import selectors
from canting.stock.errors import (
    BadQuantity,
    CountClosed,
    CountOpen,
    CountsDiffer,
    DifferenceReason,
    FirstMissing,
    NotAtAMaker,
    NotCounted,
    SamePerson,
    ThirdPerson,
    WorthNeeded,
    WrongWay,
)
from canting.stock.models import CountLine, StockBalance, StockCount
from canting.stock.rules import BatchIn, BatchPart, CountState, Moved, PlaceKind, Route
from canting.stock.services.batches import name_batch
from canting.stock.services.moves import issue, receive
from canting.stock.services.moving import lock_stock
from canting.stock.services.papers import (
    Source,
    check_open,
    check_reason,
    paper_facts,
    undo_paper,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.stock.models import Lot, Place
    from canting.stock.selectors import CountRow

FIRST, SECOND = "first", "second"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is said of one difference: its reason, its route, what one unit is worth if unknown."""

    reason: str = ""
    route: str = Route.DIFFERENCE
    unit_value: int = 0


@transaction.atomic
def open_count(
    *,
    cooperative: Cooperative,
    place: Place,
    on: date,
    actor: User,
    kind: str = "",
    note: str = "",
    replaces: str = "",
) -> StockCount:
    """Begin a count of a store or of a maker's custody: all of it, or one kind of item.

    Raises DayClosed, WrongWay for another kind of place, CountOpen while one covers the same.
    """
    check_open(cooperative, on)
    if place.kind not in (PlaceKind.STORE, PlaceKind.CUSTODY):
        name = selectors.place_name(place)
        raise WrongWay(start=name, end=name)
    other = selectors.open_count_of(place, kind)
    if other is not None:
        raise CountOpen(number=other.number)
    number = next_number(cooperative=cooperative, series="HS", on=on)
    count = StockCount.objects.create(
        place=place,
        kind=kind,
        state=CountState.OPEN,
        **paper_facts(
            cooperative=cooperative, number=number, on=on, actor=actor, note=note,
            replaces=replaces,
        ),
    )  # fmt: skip
    _complete(count)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="stock.count_opened",
        subject=number,
        facts={"place": selectors.place_name(place), "kind": kind},
        for_party=place.party,
    )
    return count


def _complete(count: StockCount) -> None:
    """Give a row to everything that lies there now and has none yet."""
    there = set(count.lines.values_list("lot_id", "batch_id"))
    book = selectors.book_then(count).now
    CountLine.objects.bulk_create(
        CountLine(count=count, lot_id=lot_id, batch_id=batch_id)
        for (lot_id, batch_id), quantity in book.items()
        if quantity and (lot_id, batch_id) not in there
    )


def _locked(count: StockCount) -> StockCount:
    held = StockCount.objects.select_for_update(of=("self",)).get(pk=count.pk)
    if held.state != CountState.OPEN:
        raise CountClosed(number=held.number, state=selectors.state_name(held.state))
    return held


@transaction.atomic
def add_found(
    *, count: StockCount, lot: Lot, actor: User, batch: BatchIn | None = None
) -> CountLine:
    """Add a row for something found that the sheet does not have; again, it answers the same row.

    Raises CountClosed, BatchNeeded.
    """
    count = _locked(count)
    batch_id = None
    if lot.item.tracked:
        found = name_batch(
            item=lot.item,
            batch=batch or BatchIn(""),
            source=f"stock.count:{count.number}",
        )
        batch_id = found.pk
    rows = count.lines.filter(lot=lot)
    line = (rows.filter(batch_id=batch_id) if batch_id else rows.filter(batch=None)).first()
    return line or CountLine.objects.create(count=count, lot=lot, batch_id=batch_id)


def _turn(count: StockCount, turn: str, actor: User) -> None:
    """Take the turn for a person. Raises FirstMissing, SamePerson, ThirdPerson."""
    if turn == FIRST:
        if count.first_by_id not in (None, actor.pk) or count.second_by_id == actor.pk:
            raise ThirdPerson(
                number=count.number,
                first=str(count.first_by or actor),
                second=str(count.second_by or "–"),
            )
        count.first_by = actor
        return
    if count.first_by is None:
        raise FirstMissing(number=count.number)
    if count.first_by_id == actor.pk:
        raise SamePerson(name=str(actor), number=count.number)
    if count.second_by_id not in (None, actor.pk):
        raise ThirdPerson(
            number=count.number, first=str(count.first_by), second=str(count.second_by)
        )
    count.second_by = actor


@transaction.atomic
def enter_count(
    *,
    count: StockCount,
    turn: str,
    quantities: Mapping[int, Decimal],
    actor: User,
    confirm: bool = False,
) -> StockCount:
    """Write what one person found, by row, in base units; rows not given stay as they are.

    The first counter, then another person; `confirm` takes the first one's figures where the
    second gives none. Each row keeps the moment it was counted, so that moves written later are
    not taken for a difference. Raises CountClosed, SamePerson, ThirdPerson, FirstMissing,
    BadQuantity below zero.
    """
    count = _locked(count)
    _turn(count, turn, actor)
    _complete(count)
    now = timezone.now()
    changed: list[CountLine] = []
    for line in selectors.count_lines(count):
        quantity = quantities.get(line.pk)
        if quantity is None and confirm and turn == SECOND:
            quantity = line.first_quantity if line.second_quantity is None else None
        if quantity is None:
            continue
        if quantity < 0:
            raise BadQuantity(item=line.lot.item.name, quantity=format_quantity(quantity))
        _write(line, turn, quantize(quantity), now)
        changed.append(line)
    CountLine.objects.bulk_update(
        changed, ["first_quantity", "first_at", "second_quantity", "second_at"]
    )
    count.save(update_fields=["first_by", "second_by"])
    record(
        cooperative_id=count.cooperative_id,
        actor=actor,
        action="stock.counted",
        subject=count.number,
        facts={"turn": turn, "rows": len(changed)},
    )
    return count


def _write(line: CountLine, turn: str, quantity: Decimal, now: datetime) -> None:
    """A figure that is written again unchanged keeps the moment it was counted."""
    if getattr(line, f"{turn}_quantity") != quantity:
        setattr(line, f"{turn}_quantity", quantity)
        setattr(line, f"{turn}_at", now)


@transaction.atomic
def book_count(*, count: StockCount, decisions: Mapping[int, Decision], actor: User) -> StockCount:
    """Book the differences that both found, at the average, dated the day of the count.

    posting.md 2.2 count_difference: short D count_diff / K stock, surplus the reverse; at a maker
    against her custody, and never against her: what she shall answer for is left to the damage
    route. Raises NotCounted, CountsDiffer, DifferenceReason, WorthNeeded, NotEnoughLater when a
    later day would fall below zero.
    """
    count = _locked(count)
    check_open(count.cooperative, count.on)
    _complete(count)
    lots = [line.lot for line in selectors.count_lines(count)]
    lock_stock((count.place, lot) for lot in lots)
    _keep(count, decisions)
    rows = [row for row in selectors.count_rows(count) if row.is_counted or row.book]
    _check(count, rows)
    source = Source(count.cooperative, f"stock.count:{count.number}", count.number, count.on, actor)
    moved = [line for row in rows for line in _book_row(count, row, source)]
    count.state, count.booked_by = CountState.BOOKED, actor
    count.save(update_fields=["state", "booked_by"])
    record(
        cooperative_id=count.cooperative_id,
        actor=actor,
        action="stock.count_booked",
        subject=count.number,
        facts={"differences": sum(bool(row.difference) for row in rows)},
        for_party=count.place.party,
    )
    memo = _("Count %(number)s of %(place)s") % {
        "number": count.number,
        "place": selectors.place_name(count.place),
    }
    source.post(kind="count_difference", memo=memo, lines=_entry(moved))
    return count


def _keep(count: StockCount, decisions: Mapping[int, Decision]) -> None:
    for line in count.lines.filter(pk__in=list(decisions)):
        said = decisions[line.pk]
        line.reason = said.reason.strip()[:200]
        line.route = said.route
        line.unit_value = said.unit_value
        line.save(update_fields=["reason", "route", "unit_value"])


def _check(count: StockCount, rows: list[CountRow]) -> None:
    missing = [row for row in rows if not row.is_counted]
    if missing:
        raise NotCounted(number=count.number, count=len(missing), item=_name(missing[0].line))
    differing = [row for row in rows if not row.agree]
    if differing:
        raise CountsDiffer(number=count.number, count=len(differing), item=_name(differing[0].line))
    for row in rows:
        _check_difference(count, row)


def _check_difference(count: StockCount, row: CountRow) -> None:
    line = row.line
    if not row.difference:
        return
    if not line.reason:
        quantity = format_quantity(row.difference, line.lot.item.unit)
        raise DifferenceReason(item=_name(line), quantity=quantity)
    if line.route == Route.DAMAGE:
        if count.place.kind != PlaceKind.CUSTODY or row.difference > 0:
            raise NotAtAMaker(item=_name(line))
        return
    if row.difference > 0 and row.needs_worth:
        raise WorthNeeded(item=_name(line), unit=line.lot.item.unit)


def _name(line: CountLine) -> str:
    name: str = line.lot.label or line.lot.item.name
    return f"{name} ({line.batch.code})" if line.batch else name


def _book_row(count: StockCount, row: CountRow, source: Source) -> list[tuple[int, Moved]]:
    """Move one difference; answers its sign and what moved."""
    line, difference = row.line, row.difference
    if not difference:
        return []
    line.difference = difference
    if line.route == Route.DAMAGE:
        line.save(update_fields=["difference"])
        return []
    common: dict[str, Any] = {"place": count.place, "lot": line.lot, **source.facts}
    if difference < 0:
        sign, moved = -1, issue(quantity=-difference, batch_id=line.batch_id, **common)
    else:
        sign, moved = 1, receive(
            quantity=difference,
            value=_surplus_value(count, line, difference),
            parts=[BatchPart(line.batch_id, difference)] if line.batch_id else (),
            **common,
        )  # fmt: skip
    line.value = sign * moved.value
    line.save(update_fields=["difference", "value"])
    return [(sign, moved)]


def _surplus_value(count: StockCount, line: CountLine, difference: Decimal) -> int:
    pool = StockBalance.objects.filter(
        place=count.place, lot_id=line.lot_id, quantity__gt=0
    ).first()
    return selectors.worth_of_line(line, difference, pool)


def _entry(moved: list[tuple[int, Moved]]) -> list[Line]:
    """The sums by account and party, each against count differences, short and surplus apart."""
    sums: dict[tuple[int, str, Any], int] = {}
    for sign, one in moved:
        key = (sign, one.role, one.party)
        sums[key] = sums.get(key, 0) + one.value
    lines: list[Line] = []
    for (sign, role, party), value in sums.items():
        if value and role:
            lines += [signed("count_diff", -sign * value), signed(role, sign * value, party)]
    return lines


@transaction.atomic
def drop_count(*, count: StockCount, reason: str, actor: User) -> StockCount:
    """Drop an open count with a reason; nothing is booked. Raises ReasonNeeded, CountClosed."""
    reason = check_reason(reason)
    count = _locked(count)
    count.state, count.reason = CountState.DROPPED, reason
    count.save(update_fields=["state", "reason"])
    record(
        cooperative_id=count.cooperative_id,
        actor=actor,
        action="stock.count_dropped",
        subject=count.number,
        facts={"reason": reason},
    )
    return count


@transaction.atomic
def correct_count(
    *, count: StockCount, reason: str, on: date, actor: User, again: bool = False
) -> StockCount | None:
    """Put a booked count right: its differences are taken back; `again` begins a new count.

    Raises ReasonNeeded, DayClosed, CountClosed, NotEnoughStock when a surplus has gone out since.
    """
    reason = check_reason(reason)
    count = StockCount.objects.select_for_update(of=("self",)).get(pk=count.pk)
    if count.state == CountState.REVERSED:
        return selectors.count_by_number(cooperative=count.cooperative, number=count.replaced_by)
    if count.state != CountState.BOOKED:
        raise CountClosed(number=count.number, state=selectors.state_name(count.state))
    undo_paper(count, source=f"stock.count:{count.number}", reason=reason, on=on, actor=actor)
    successor = None
    if again:
        successor = open_count(
            cooperative=count.cooperative,
            place=count.place,
            kind=count.kind,
            on=on,
            actor=actor,
            replaces=count.number,
        )
    count.state, count.reason = CountState.REVERSED, reason
    count.replaced_by = successor.number if successor else ""
    count.save(update_fields=["state", "reason", "replaced_by"])
    record(
        cooperative_id=count.cooperative_id,
        actor=actor,
        action="stock.corrected",
        subject=count.number,
        facts={"reason": reason, "successor": count.replaced_by},
    )
    return successor
