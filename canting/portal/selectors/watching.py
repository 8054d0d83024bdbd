"""What supervisors find on Hari ini, and what they ask of board, manager and treasurer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.charts import progress
from canting.kernel.dates import format_date, local_day
from canting.oversight.selectors import exceptions, findings, samples
from canting.oversight.selectors.exceptions import Span
from canting.oversight.selectors.words import KINDS, POPULATIONS
from canting.portal.selectors.rows import MOST_ROWS, Row, WorkList, page

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.oversight.models import Finding

FIRST_LOOK = timedelta(days=90)


def watching(*, cooperative: Cooperative, on: date, user_id: int) -> list[WorkList]:
    """What is new since a supervisor's last look, findings that wait for her, samples in work."""
    return [
        _since_last_visit(cooperative, on, user_id),
        _findings(
            findings.waiting_for_supervisors(cooperative=cooperative, on=on, most=MOST_ROWS),
            cooperative,
            on,
            nothing=_("No finding is overdue or waits to be closed."),
        ),
        _samples(cooperative),
    ]


def asked_of(
    *, cooperative: Cooperative, on: date, roles: Collection[str], rights: Collection[str]
) -> WorkList | None:
    """Findings that these roles must answer; nothing for whom no finding can be written to."""
    if "oversight.answer_finding" not in rights:
        return None
    waiting = findings.waiting_for(cooperative=cooperative, roles=roles, on=on, most=MOST_ROWS)
    return _findings(waiting, cooperative, on, nothing=_("The supervisors ask nothing of you."))


def _since_last_visit(cooperative: Cooperative, on: date, user_id: int) -> WorkList:
    """How many of each kind came since she last said that she had seen all."""
    last = exceptions.seen_through(cooperative=cooperative, user_id=user_id)
    span = Span.of_days(cooperative, on - FIRST_LOOK, on)
    if last:
        span = Span(last + timedelta(microseconds=1), span.until)
    counts = exceptions.exception_counts(cooperative=cooperative, span=span, on=on)
    here = page("oversight:exception_list", cooperative.slug)
    rows = [
        Row(
            what=str(KINDS[one.kind]),
            note=str(one.count),
            url=f"{here}?jenis={one.kind.value}",
        )
        for one in counts
        if one.count
    ]
    since = local_day(last, cooperative.zone) if last else on - FIRST_LOOK
    return WorkList(
        key="exceptions",
        title=_("Out of the ordinary since %(day)s") % {"day": format_date(since)},
        rows=rows,
        total=len(rows),
        url=here,
        nothing=_("Nothing out of the ordinary since %(day)s.") % {"day": format_date(since)},
    )


def _findings(
    waiting: findings.Waiting, cooperative: Cooperative, on: date, *, nothing: str
) -> WorkList:
    slug = cooperative.slug
    return WorkList(
        key="findings",
        title=_("Findings of the supervisors"),
        rows=[_finding(one, slug, on) for one in waiting.rows],
        total=waiting.total,
        state="wrong" if waiting.overdue else "wait",
        url=page("oversight:finding_list", slug),
        nothing=nothing,
    )


def _finding(found: Finding, slug: str, on: date) -> Row:
    due: date = getattr(found, "due", found.due_on)
    late = findings.is_overdue(found, on)
    why = (
        _("answer overdue since %(day)s") % {"day": format_date(due)}
        if late
        else _("answered, close it or ask again")
        if getattr(found, "latest", None) == "answered"
        else _("answer by %(day)s") % {"day": format_date(due)}
    )
    address = page("oversight:finding_detail", slug, found.number)
    return Row(
        what=found.text,
        why=why,
        why_kind="wrong" if late else "",
        note=found.number,
        act_label=_("Open"),
        act_url=address,
    )


def _samples(cooperative: Cooperative) -> WorkList:
    slug = cooperative.slug
    found = list(samples.in_work(cooperative=cooperative)[:MOST_ROWS])
    rows = []
    for one in found:
        text = _("%(done)s of %(all)s compared") % {"done": one.compared, "all": one.drawn}
        rows.append(
            Row(
                what=str(POPULATIONS[one.population]),
                why=f"{one.number} · {text}",
                bar=progress(text, one.compared, one.drawn).svg,
                act_label=_("Go on"),
                act_url=page("oversight:sample_detail", slug, one.number),
            )
        )
    return WorkList(
        key="samples",
        title=_("Samples in work"),
        rows=rows,
        total=len(rows),
        url=page("oversight:sample_list", slug),
        nothing=_("No sample is in work."),
    )
