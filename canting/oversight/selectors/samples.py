"""From what a sample is drawn (keys and amounts only), and how far the comparing has come."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from canting.ledger import selectors as ledger
from canting.oversight.models import Sample, SampleItem, SampleTick
from canting.oversight.rules import Population, Weighed
from canting.purchasing import selectors as purchasing
from canting.quality import selectors as quality

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Told:
    """What a drawn paper says: its number, what it is, its day."""

    paper: str
    what: str
    day: date


def _hand_outs(cooperative: Cooperative) -> QuerySet[Any]:
    return purchasing.hand_outs(cooperative=cooperative).exclude(state="reversed")


def _slips(cooperative: Cooperative) -> QuerySet[Any]:
    return quality.inspections(cooperative=cooperative).exclude(state="reversed")


def _rows(
    cooperative: Cooperative, population: Population, since: date, until: date
) -> QuerySet[Any, tuple[Any, Any]]:
    """The key and the amount of every paper of a kind in a time."""
    if population == Population.HAND_OUTS:
        papers = _hand_outs(cooperative).filter(on__gte=since, on__lte=until)
        return papers.order_by().values_list("number", F("total") + F("cost"))
    if population == Population.INSPECTIONS:
        slips = _slips(cooperative).filter(inspected_on__gte=since, inspected_on__lte=until)
        return slips.order_by().values_list("number", "quantity")
    found: QuerySet[Any] = ledger.dated(cooperative=cooperative, since=since, until=until)
    if population == Population.ENTRIES:
        found = ledger.with_total(found)
    else:
        found = ledger.cash_moved(found, came_in=population == Population.RECEIPTS)
    rows: QuerySet[Any] = found.order_by()
    return rows.values_list("position", "total")


def papers_of(
    *, cooperative: Cooperative, population: Population, since: date, until: date
) -> Iterator[Weighed]:
    """Everything that may be drawn, without loading a single paper."""
    rows = _rows(cooperative, population, since, until)
    for key, amount in rows.iterator(chunk_size=CHUNK):
        yield Weighed(str(key), int(amount or 0))


def words_of(
    *,
    cooperative: Cooperative,
    population: Population,
    since: date,
    until: date,
    keys: Collection[str],
) -> Mapping[str, Told]:
    """What the drawn papers say, by their keys."""
    if population == Population.HAND_OUTS:
        papers = _hand_outs(cooperative).filter(number__in=keys)
        return {
            one.number: Told(one.number, one.receiver, one.on)
            for one in papers.select_related("member")
        }
    if population == Population.INSPECTIONS:
        slips = _slips(cooperative).filter(number__in=keys)
        return {
            one.number: Told(one.number, f"{one.member.full_name}: {one.product.name}",
                             one.inspected_on)
            for one in slips.select_related("member", "product")
        }  # fmt: skip
    entries = ledger.dated(cooperative=cooperative, since=since, until=until)
    entries = entries.filter(position__in=[int(key) for key in keys])
    return {str(one.position): Told(one.paper, one.memo, one.entry_date) for one in entries}


def samples(*, cooperative: Cooperative) -> QuerySet[Any]:
    """Samples, newest first, with how many papers are `drawn`, `compared` and do `differ`."""
    return (
        Sample.objects.filter(cooperative=cooperative)
        .annotate(
            drawn=Count("items", distinct=True),
            compared=Count("items", filter=Q(items__ticks__isnull=False), distinct=True),
        )
        .select_related("made_by")
        .order_by("-pk")
    )


def sample(*, cooperative: Cooperative, number: str) -> Sample | None:
    """A sample by its number."""
    return samples(cooperative=cooperative).filter(number=number).first()


def items_of(found: Sample) -> QuerySet[Any]:
    """The drawn papers in their order, each with what its latest tick says."""
    ticks = SampleTick.objects.filter(item=OuterRef("pk")).order_by("-pk")
    return (
        SampleItem.objects.filter(sample=found)
        .annotate(
            agrees=Subquery(ticks.values("agrees")[:1]),
            note=Subquery(ticks.values("note")[:1]),
            by=Subquery(ticks.values("made_by__full_name")[:1]),
            finding=Subquery(ticks.values("finding__number")[:1]),
        )
        .order_by("place")
    )


def item(*, found: Sample, place: int) -> SampleItem | None:
    """One drawn paper by its place."""
    return items_of(found).filter(place=place).first()


def in_work(*, cooperative: Cooperative) -> QuerySet[Any]:
    """Samples of which some papers are not compared yet."""
    return samples(cooperative=cooperative).filter(compared__lt=F("drawn"))
