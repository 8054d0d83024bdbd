"""Samples: drawn once and kept, each paper ticked; what does not agree becomes a finding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from canting.cooperatives.rules import Role
from canting.cooperatives.services import next_number, record
from canting.kernel.dates import format_date
from canting.oversight.errors import NoteNeeded, NothingToDraw, TimeTurned
from canting.oversight.models import Sample, SampleItem, SampleTick
from canting.oversight.rules import SAMPLE_SERIES, SIZE, Drawn, Method, Population, draw
from canting.oversight.selectors import samples
from canting.oversight.services.findings import write_finding

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def draw_sample(
    *,
    cooperative: Cooperative,
    population: Population,
    since: date,
    until: date,
    seed: str,
    on: date,
    actor: User,
    method: Method = Method.UNIFORM,
    size: int = SIZE,
) -> Sample:
    """Draw papers of a kind between two days by a seed, and keep the draw. Number UP.

    Raises TimeTurned, NothingToDraw.
    """
    if since > until:
        raise TimeTurned(since=format_date(since), until=format_date(until))
    time = {"since": since, "until": until}
    papers = list(samples.papers_of(cooperative=cooperative, population=population, **time))
    drawn = draw(papers, seed=seed, size=size, method=method)
    if not drawn:
        raise NothingToDraw(since=format_date(since), until=format_date(until))
    made = Sample.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series=SAMPLE_SERIES, on=on),
        population=population.value,
        method=method.value,
        seed=seed,
        size=size,
        papers=len(papers),
        amount=sum(one.amount for one in papers),
        on=on,
        made_by=actor,
        made_at=timezone.now(),
        **time,
    )
    _keep(made, drawn)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="oversight.sample_drawn",
        subject=made.number,
        facts={"seed": seed, "papers": len(papers), "drawn": len(drawn)},
    )
    return made


def _keep(sample: Sample, drawn: Sequence[Drawn]) -> None:
    """Write the drawn papers down in their order, as they stand today."""
    words = samples.words_of(
        cooperative=sample.cooperative,
        population=Population(sample.population),
        since=sample.since,
        until=sample.until,
        keys=[one.key for one in drawn],
    )
    SampleItem.objects.bulk_create(
        SampleItem(
            sample=sample,
            place=place,
            key=one.key,
            paper=words[one.key].paper,
            what=words[one.key].what[:200],
            day=words[one.key].day,
            amount=one.amount,
            hits=one.hits,
        )
        for place, one in enumerate(drawn, 1)
    )


@transaction.atomic
def tick_item(
    *,
    item: SampleItem,
    agrees: bool,
    on: date,
    actor: User,
    note: str = "",
    addressed_to: Role | None = None,
) -> SampleTick:
    """Say whether a drawn paper agrees; when not, with a note, and a finding when it has an addressee.

    Said again, the later word rules and the earlier stays. Raises NoteNeeded.
    """
    paper = item.paper or _("journal %(number)s") % {"number": item.key}
    if not agrees and not note.strip():
        raise NoteNeeded(paper=paper)
    sample = item.sample
    finding = None
    if not agrees and addressed_to is not None:
        finding = write_finding(
            cooperative=sample.cooperative,
            text=note,
            addressed_to=addressed_to,
            subject=item.paper,
            on=on,
            actor=actor,
        )
    made = SampleTick.objects.create(
        item=item,
        agrees=agrees,
        note=note.strip(),
        finding=finding,
        on=on,
        made_by=actor,
        made_at=timezone.now(),
    )
    record(
        cooperative_id=sample.cooperative_id,
        actor=actor,
        action="oversight.sample_ticked",
        subject=sample.number,
        facts={"paper": paper, "agrees": agrees, **({"note": note.strip()} if note else {})},
    )
    return made
