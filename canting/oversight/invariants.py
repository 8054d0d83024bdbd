"""What must always hold of findings and samples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives import selectors as house
from canting.kernel.invariants import Invariant
from canting.oversight.models import Finding, FindingAct, Sample
from canting.oversight.rules import FINDING_SERIES, SAMPLE_SERIES

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def numbers_have_no_gap(cooperative: Cooperative) -> Iterator[str]:
    """No finding and no sample is missing: none was deleted."""
    for series, model in ((FINDING_SERIES, Finding), (SAMPLE_SERIES, Sample)):
        numbers = model._default_manager.filter(cooperative=cooperative)
        yield from house.numbering_gaps(
            cooperative=cooperative,
            series=series,
            numbers=numbers.values_list("number", flat=True),
        )


def findings_are_as_noted(cooperative: Cooperative) -> Iterator[str]:
    """What followed on a finding is what the audit trail noted: no answer was added or lost."""
    for act in ("answered", "closed", "reopened"):
        noted: dict[str, int] = {}
        for row in house.acts_noted(cooperative=cooperative, actions=[f"oversight.finding_{act}"]):
            noted[row.subject] = noted.get(row.subject, 0) + 1
        kept = FindingAct.objects.filter(finding__cooperative=cooperative, act=act)
        for number in kept.order_by("pk").values_list("finding__number", flat=True):
            noted[number] = noted.get(number, 0) - 1
        for number, difference in sorted(noted.items()):
            if difference:
                yield _("%(number)s: what followed is not what the audit trail noted.") % {
                    "number": number
                }


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "oversight.numbers_have_no_gap",
        gettext_lazy("Findings and samples are numbered without a gap"),
        numbers_have_no_gap,
    ),
    Invariant(
        "oversight.findings_are_as_noted",
        gettext_lazy("Findings are as supervisors and answerers wrote them"),
        findings_are_as_noted,
    ),
)
