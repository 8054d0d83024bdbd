"""What is out of the ordinary, gathered from the journal and the audit trail; sums by the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce

from canting.cooperatives import selectors as house
from canting.kernel.pagination import Page
from canting.ledger import selectors as ledger
from canting.oversight.rules import MADE_BY, Kind
from canting.oversight.selectors.cursors import read_place, write_place

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

ROWS = 25
SEEN = "oversight.exceptions_seen"
INSPECTION_ACTS = ("quality.inspection_corrected", "stock.lot_held_back")
COLUMNS = ("kind", "day", "ref", "position", "who", "amount", "what", "paper")
NO_AMOUNT = Cast(Value(None), BigIntegerField())
NO_POSITION = Value(0, output_field=BigIntegerField())


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to before another, in the cooperative's own days."""

    since: datetime
    until: datetime

    @classmethod
    def of_days(cls, cooperative: Cooperative, since: date, until: date) -> Span:
        """Whole days, both counted in."""
        zone = ZoneInfo(cooperative.zone)
        return cls(
            datetime.combine(since, time(), zone).astimezone(UTC),
            datetime.combine(until + timedelta(days=1), time(), zone).astimezone(UTC),
        )


@dataclass(frozen=True, slots=True)
class Exception_:
    """One row: what, when it was done, by whom, how much, on which paper; `position` 0: no entry."""

    kind: Kind
    day: date
    ref: int
    position: int
    who: str
    amount: int | None
    what: str
    paper: str


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many there are of one kind, and their sum in whole rupiah."""

    kind: Kind
    count: int
    amount: int


def _limits(cooperative: Cooperative, on: date) -> dict[str, int]:
    names = ("late_cash_days", "backdated_days", "day_begins", "day_ends")
    return {
        name: int(house.parameter(cooperative=cooperative, name=f"oversight.{name}", on=on))
        for name in names
    }


def _sources(cooperative: Cooperative, span: Span, on: date) -> dict[Kind, QuerySet[Any]]:
    """The rows of each kind, each with the same columns."""
    limits = _limits(cooperative, on)
    found = ledger.written(cooperative=cooperative, since=span.since, until=span.until)
    late, back = limits["late_cash_days"], limits["backdated_days"]
    odd = ledger.at_odd_hours(
        found, zone=cooperative.zone, begins=limits["day_begins"], ends=limits["day_ends"]
    )
    entries = {
        Kind.REVERSED: ledger.taken_back(found),
        Kind.LATE_CASH: ledger.cash_came_late(found, days=late),
        Kind.REOPENED: ledger.into_reopened(found),
        Kind.BACKDATED: ledger.dated_back(found, days=back),
        Kind.ODD_HOURS: odd,
    }
    differed = ledger.with_line_total(found, role="cash_diff")
    acts = {
        Kind.OWN_APPROVAL: house.same_hand(cooperative=cooperative, made_by=MADE_BY),
        Kind.AFTER_INSPECTION: house.acts_of(cooperative=cooperative, actions=INSPECTION_ACTS),
    }
    return {
        **{kind: _entry_rows(kind, ledger.with_total(one)) for kind, one in entries.items()},
        Kind.CASH_DIFFERED: _entry_rows(Kind.CASH_DIFFERED, differed),
        **{
            kind: _act_rows(kind, one.filter(made_at__gte=span.since, made_at__lt=span.until))
            for kind, one in acts.items()
        },
    }


def _entry_rows(kind: Kind, found: QuerySet[Any]) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.annotate(
        _kind=Value(kind.value),
        _ref=Cast(F("position"), BigIntegerField()),
        _amount=Cast(F("total"), BigIntegerField()),
    ).values_list("_kind", "day", "_ref", "position", "actor_id", "_amount", "memo", "paper")
    return rows


def _act_rows(kind: Kind, found: QuerySet[Any]) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.annotate(
        _kind=Value(kind.value),
        _ref=Cast(F("pk"), BigIntegerField()),
        _position=NO_POSITION,
        _amount=NO_AMOUNT,
    ).values_list("_kind", "day", "_ref", "_position", "actor_id", "_amount", "action", "subject")
    return rows


def exception_counts(*, cooperative: Cooperative, span: Span, on: date) -> list[KindCount]:
    """How many of each kind and their sum, in the order of the kinds; one query each."""
    found = []
    for kind, rows in _sources(cooperative, span, on).items():
        sums = rows.order_by().aggregate(n=Count("pk"), s=Coalesce(Sum("_amount"), Value(0)))
        found.append(KindCount(kind, sums["n"], int(sums["s"])))
    order = list(Kind)
    return sorted(found, key=lambda one: order.index(one.kind))


def exception_page(
    *,
    cooperative: Cooperative,
    span: Span,
    on: date,
    kind: Kind | None = None,
    after: str | None = None,
    size: int = ROWS,
) -> Page[Exception_]:
    """A page of them, the newest first, all or of one kind."""
    place = read_place(after)
    rows = _rows(_sources(cooperative, span, on), kind, place, size + 1)
    shown = _named(rows[:size])
    following = write_place(shown[-1].day, shown[-1].kind, shown[-1].ref) if rows[size:] else None
    return Page(shown, following, place is None)


def every_exception(
    *, cooperative: Cooperative, span: Span, on: date, kind: Kind | None = None
) -> Iterator[Exception_]:
    """All of them for a sheet, read page by page."""
    after: str | None = None
    while True:
        page = exception_page(
            cooperative=cooperative, span=span, on=on, kind=kind, after=after, size=500
        )
        yield from page.rows
        after = page.next
        if after is None:
            return


Place = tuple[date, str, int]


def _rows(
    sources: dict[Kind, QuerySet[Any]], kind: Kind | None, place: Place | None, most: int
) -> list[tuple[Any, ...]]:
    chosen = [rows for one, rows in sources.items() if kind in (None, one)]
    if place is not None:
        chosen = [
            rows.filter(_later(one, place)) for one, rows in sources.items() if kind in (None, one)
        ]
    first, *others = (rows.order_by() for rows in chosen)
    joined = first.union(*others, all=True) if others else first
    return list(joined.order_by("-day", "_kind", "-_ref")[:most])


def _later(kind: Kind, place: Place) -> Q:
    """What comes after a place in the order: newest day, kinds by their names, newest row."""
    day, at, ref = place
    if kind.value > at:
        return Q(day__lte=day)
    if kind.value == at:
        return Q(day__lt=day) | Q(day=day, _ref__lt=ref)
    return Q(day__lt=day)


def _named(rows: Iterable[tuple[Any, ...]]) -> list[Exception_]:
    found = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    names = house.names_of(user_ids={row["who"] for row in found})
    return [
        Exception_(
            kind=Kind(row["kind"]),
            day=ledger.as_date(row["day"]),
            ref=int(row["ref"]),
            position=int(row["position"]),
            who=names.get(row["who"], ""),
            amount=None if row["amount"] is None else int(row["amount"]),
            what=row["what"] if row["position"] else house.act_words(row["what"]),
            paper=row["paper"],
        )
        for row in found
    ]


def seen_through(*, cooperative: Cooperative, user_id: int) -> datetime | None:
    """When somebody last said that everything was looked through; nothing when never."""
    last = house.acts_of(cooperative=cooperative, actions=[SEEN]).filter(actor_id=user_id)
    moment: datetime | None = last.order_by("-pk").values_list("made_at", flat=True).first()
    return moment
