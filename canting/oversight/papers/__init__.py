"""The supervisors' papers on A4: the report of findings to the members' meeting, a sample's sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.dates import format_date, format_long_date
from canting.kernel.money import format_rupiah
from canting.kernel.papers import render_pages
from canting.oversight.rules import Population
from canting.oversight.selectors import findings
from canting.oversight.selectors.words import ADDRESSED, METHODS, POPULATIONS, STATES
from canting.reports import selectors as reports

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.oversight.models import Finding, Sample, SampleItem


def _signers(cooperative: Cooperative) -> list[tuple[str, str]]:
    """The supervisors sign by name."""
    title = _("Supervisors")
    people = reports.signers(cooperative=cooperative)
    return [(one.role, one.name) for one in people if one.role == title]


def findings_pdf(
    cooperative: Cooperative, rows: Sequence[Finding], *, on: date, made_by: str
) -> bytes:
    """The report of findings: each with its question, its answers and where it stands."""
    values = {
        "title": _("Findings of the supervisors"),
        "lead": _("as of %(day)s") % {"day": format_long_date(on)},
        "cooperative": {"name": cooperative.name, "place": cooperative.place},
        "made_by": made_by,
        "empty": _("The supervisors wrote no finding."),
        "rows": [_finding(one, on) for one in rows],
        "place_and_day": f"{cooperative.place}, {format_long_date(on)}".lstrip(", "),
        "signers": _signers(cooperative),
    }
    return render_pages("oversight/papers/findings.typ", values, format="pdf")[0]


def _finding(found: Finding, on: date) -> dict[str, object]:
    state = findings.state_of(found)
    late = f" ({_('overdue')})" if findings.is_overdue(found, on) else ""
    due: date = getattr(found, "due", found.due_on)
    facts = [
        (_("Paper"), found.subject),
        (_("What should be done?"), found.asked),
        (_("Who answers?"), str(ADDRESSED[found.addressed_to])),
        (_("Answer by"), f"{format_date(due)}{late}"),
        *((f"{format_date(act.on)}, {act.made_by}", act.text) for act in findings.acts_of(found)),
    ]
    return {
        "number": found.number,
        "day": format_date(found.on),
        "text": found.text,
        "state": str(STATES[state]),
        "facts": [fact for fact in facts if fact[1]],
    }


def sample_pdf(
    cooperative: Cooperative,
    found: Sample,
    rows: Sequence[tuple[SampleItem, str]],
    *,
    made_by: str,
) -> bytes:
    """A sample as a working paper: how it was drawn, every paper with its verdict."""
    pieces = found.population == Population.INSPECTIONS
    values = {
        "title": _("Sample"),
        "number": found.number,
        "cooperative": {"name": cooperative.name, "place": cooperative.place},
        "made_by": made_by,
        "facts": [
            (_("From"), str(POPULATIONS[found.population])),
            (_("Time"), f"{format_date(found.since)} – {format_date(found.until)}"),
            (_("How?"), str(METHODS[found.method])),
            (_("Seed"), found.seed),
            (_("Papers to draw from"), f"{found.papers}"),
        ],
        "header": [_("No."), _("Paper"), _("Date"), _("What"), _("Amount"), _("Agrees?")],
        "rows": [
            [
                str(item.place),
                item.paper or item.key,
                format_date(item.day),
                item.what,
                str(item.amount) if pieces else format_rupiah(item.amount),
                said + (f": {note}" if (note := getattr(item, "note", "")) else ""),
            ]
            for item, said in rows
        ],
        "place_and_day": f"{cooperative.place}, {format_long_date(found.on)}".lstrip(", "),
        "signers": _signers(cooperative),
    }
    return render_pages("oversight/papers/sample.typ", values, format="pdf")[0]
