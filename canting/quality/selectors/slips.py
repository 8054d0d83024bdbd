"""What was inspected: slips, cloth codes, quality of a maker's lots, defects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from canting.production.rules import PaperState
from canting.quality.models import Inspection, InspectionLine
from canting.quality.rules import Defect, Mark, Result
from canting.stock.rules import bare_code

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.production.models import Assignment


def _all(cooperative: Cooperative) -> QuerySet[Inspection]:
    return Inspection.objects.filter(cooperative=cooperative).select_related(
        "cooperative",
        "product",
        "member__party",
        "assignment__work_order",
        "advance",
        "repair_of",
        "successor",
        "made_by",
    )


def inspection(*, cooperative: Cooperative, number: str) -> Inspection | None:
    """The slip of this number, or nothing."""
    return _all(cooperative).filter(number=number).first()


def lock_inspection(pk: int) -> Inspection:
    """The slip, held until the transaction ends."""
    return (
        Inspection.objects.select_for_update(of=("self",))
        .select_related("cooperative", "product", "member__party")
        .get(pk=pk)
    )


def inspections(*, cooperative: Cooperative) -> QuerySet[Inspection]:
    """Every slip, the newest first."""
    return _all(cooperative).order_by("-id")


def latest(*, cooperative: Cooperative, count: int = 10) -> list[Inspection]:
    """The last acts, with their lines, for the list beside the scan box."""
    return list(inspections(cooperative=cooperative).prefetch_related("lines__lot")[:count])


def of_assignment(*, assignment: Assignment) -> QuerySet[Inspection]:
    """The slips of one maker's part of a work order, the newest first."""
    return (
        _all(assignment.cooperative)
        .filter(assignment=assignment)
        .prefetch_related("lines")
        .order_by("-id")
    )


def lines_of(inspection: Inspection) -> list[InspectionLine]:
    """The lots that came of a slip, in order."""
    return list(inspection.lines.select_related("lot").order_by("id"))


@dataclass(frozen=True)
class Day:
    """What came in on one day: pieces that passed and what their makers get, in rupiah."""

    pieces: int
    amount: int


def day_total(*, cooperative: Cooperative, on: date) -> Day:
    """Cloth received on a day, standing slips only."""
    found = Inspection.objects.filter(
        cooperative=cooperative,
        inspected_on=on,
        result=Result.PASS,
        state=PaperState.STANDING,
    ).aggregate(pieces=Sum("quantity"), amount=Sum("pay"))
    return Day(found["pieces"] or 0, found["amount"] or 0)


def line_by_code(*, cooperative: Cooperative, code: str) -> InspectionLine | None:
    """The line that received the cloth of this code (dash and case do not matter), the latest."""
    return (
        InspectionLine.objects.filter(cooperative=cooperative, code=bare_code(code))
        .exclude(inspection__state=PaperState.REVERSED)
        .select_related("inspection__member__party", "inspection__product", "lot")
        .order_by("-id")
        .first()
    )


def in_repair(
    *, cooperative: Cooperative, assignment: Assignment | None = None
) -> list[Inspection]:
    """Slips whose pieces went back to be put right and have not all come in again."""
    found = _all(cooperative).filter(result=Result.REWORK, state=PaperState.STANDING)
    if assignment is not None:
        found = found.filter(assignment=assignment)
    return [one for one in found.order_by("id") if left_in_repair(one)]


def left_in_repair(one: Inspection) -> int:
    """Pieces of a rework slip that are still with the maker."""
    if one.result != Result.REWORK:
        return 0
    back = one.repairs.filter(state=PaperState.STANDING).aggregate(total=Sum("quantity"))["total"]
    return one.quantity - int(back or 0)


def repairs_of(one: Inspection) -> QuerySet[Inspection]:
    """The slips that took pieces of a rework slip in again."""
    return one.repairs.filter(state=PaperState.STANDING).order_by("id")


def repair_by_code(*, cooperative: Cooperative, code: str) -> Inspection | None:
    """The open rework slip on whose label this code stands, or nothing."""
    found = (
        _all(cooperative)
        .filter(code=bare_code(code), result=Result.REWORK, state=PaperState.STANDING)
        .order_by("-id")
        .first()
    )
    return found if found is not None and left_in_repair(found) else None


def last_note(*, cooperative: Cooperative, party_id: int) -> Inspection | None:
    """The latest slip of a maker that says something in words."""
    return (
        _all(cooperative)
        .filter(member__party_id=party_id, state=PaperState.STANDING)
        .exclude(reason="")
        .order_by("-id")
        .first()
    )


@dataclass(frozen=True)
class LotQuality:
    """One slip as a point of the quality chart: pieces, and how many passed at once."""

    on: date
    pieces: int
    passed: int


def quality_of(
    *, cooperative: Cooperative, party_id: int | None = None, count: int = 12
) -> list[LotQuality]:
    """The last inspection days of a maker (or of all), oldest first; repaired pieces not again."""
    found = Inspection.objects.filter(
        cooperative=cooperative, state=PaperState.STANDING, repair_of=None
    )
    if party_id is not None:
        found = found.filter(member__party_id=party_id)
    rows = (
        found.values("inspected_on")
        .annotate(pieces=Sum("quantity"), passed=Sum("quantity", filter=Q(result=Result.PASS)))
        .order_by("-inspected_on")[:count]
    )
    points = [LotQuality(r["inspected_on"], r["pieces"], r["passed"] or 0) for r in rows]
    return points[::-1]


def accepted_by_party(*, cooperative: Cooperative, since: date, until: date) -> dict[int, int]:
    """Pieces that passed from each maker (party id) between two days, both included."""
    rows = (
        Inspection.objects.filter(
            cooperative=cooperative,
            state=PaperState.STANDING,
            result=Result.PASS,
            inspected_on__range=(since, until),
        )
        .order_by()
        .values("member__party_id")
        .annotate(pieces=Sum("quantity"))
    )
    return {row["member__party_id"]: row["pieces"] for row in rows}


def defect_counts(*, cooperative: Cooperative, since: date, until: date) -> list[tuple[str, int]]:
    """How many pieces had each kind of defect, the most frequent first; natural marks not counted."""
    counts: Counter[str] = Counter()
    rows = Inspection.objects.filter(
        cooperative=cooperative,
        state=PaperState.STANDING,
        inspected_on__gte=since,
        inspected_on__lte=until,
    ).values_list("defects", "quantity")
    for defects, quantity in rows:
        for defect in defects:
            counts[defect] += quantity
    return counts.most_common()


def defect_names() -> dict[str, str]:
    """The kinds of defects in words."""
    return {
        Defect.FADING: _("Colour fades"),
        Defect.PATCHY: _("Patchy colour"),
        Defect.WAX_LEFT: _("Wax left in spots"),
        Defect.TORN: _("Hole or tear"),
        Defect.COLOR_OUTSIDE: _("Colour far outside the line"),
        Defect.WRONG_MOTIF: _("Wrong motif"),
        Defect.TOO_SMALL: _("Too small"),
        Defect.STAIN: _("Stain"),
        Defect.PULLED_THREAD: _("Pulled thread"),
        Defect.SMELL: _("Smell"),
        Defect.BAD_FOLDS: _("Spoiled by folds"),
        Defect.OTHER: _("Other"),
    }


def mark_names() -> dict[str, str]:
    """The natural marks of handwork in words."""
    return {
        Mark.CRACKLE: _("Crackle"),
        Mark.UNEVEN_LINES: _("Lines of uneven width"),
        Mark.SEEPAGE: _("A little colour seeping where wax is thin"),
        Mark.REVERSE_DIFFERS: _("The reverse differs from the face"),
    }


def told_defects(defects: Iterable[str]) -> str:
    """Defects as a list in words."""
    names = defect_names()
    return ", ".join(names.get(defect, defect) for defect in defects)


def search(*, cooperative: Cooperative, words: str) -> QuerySet[Inspection]:
    """Slips whose number, maker or cloth code holds the words, the newest first."""
    code = bare_code(words)
    found = Q(number__icontains=words) | Q(member__full_name__icontains=words)
    if code:
        found |= Q(lines__code=code) | Q(code=code)
    return _all(cooperative).filter(found).distinct().order_by("-id")
