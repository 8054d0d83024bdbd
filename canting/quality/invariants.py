"""What must always hold in inspection: pay by grade, lots of passed cloth, counts, numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives.selectors import numbering_gaps
from canting.kernel.invariants import Invariant
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.production import selectors as production
from canting.production.rules import Fault, PaperState
from canting.quality.models import Inspection, InspectionLine
from canting.quality.rules import Result, pay_role

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def _due(paper: Inspection) -> int:
    """What the maker gets by this slip, worked out from pieces and prices alone."""
    if paper.advance_id:
        source = f"quality.inspection:{paper.number}"
        rows = production.buy_backs(cooperative=paper.cooperative, source=source)
        return sum(row.share_booked for row in rows if row.pieces > 0)
    by_grade = sum(line.price * line.quantity for line in paper.lines.all())
    repair = paper.repair_of
    extra = (
        repair.extra_wage * paper.quantity
        if repair is not None and paper.result == Result.PASS and repair.fault == Fault.OURS
        else 0
    )
    if paper.result == Result.REJECT and paper.fault == Fault.OURS and paper.assignment:
        return int(paper.assignment.work_order.rates.get(paper.grade, 0)) * paper.quantity
    return by_grade + extra


def pay_is_pieces_by_price(cooperative: Cooperative) -> Iterator[str]:
    """Pay that became due equals accepted pieces by the price of their grade, and is in the books."""
    papers = (
        Inspection.objects.filter(cooperative=cooperative)
        .select_related("cooperative", "repair_of", "assignment__work_order")
        .prefetch_related("lines")
        .order_by("id")
    )
    for paper in papers.iterator(chunk_size=500):
        due = _due(paper)
        booked = _booked(paper)
        if not due == booked == paper.pay:
            yield _("%(number)s: pieces by price give %(due)s, the books %(booked)s.") % {
                "number": paper.number,
                "due": format_rupiah(due),
                "booked": format_rupiah(booked),
            }


def _booked(paper: Inspection) -> int:
    role = pay_role(paper.basis)
    entry = ledger.entry_by_source(
        cooperative=paper.cooperative, source=f"quality.inspection:{paper.number}"
    )
    if entry is None or not role:
        return 0
    return sum(
        ref.amount if ref.side == "K" else -ref.amount
        for ref in ledger.lines_of(entry=entry)
        if ref.account == role
    )


def passed_cloth_has_its_lot(cooperative: Cooperative) -> Iterator[str]:
    """Every standing slip that passed cloth counts as many pieces in lots as it says."""
    papers = Inspection.objects.filter(
        cooperative=cooperative, result=Result.PASS, state=PaperState.STANDING
    ).prefetch_related("lines")
    for paper in papers.iterator(chunk_size=500):
        pieces = sum(line.quantity for line in paper.lines.all())
        if pieces != paper.quantity:
            yield _("%(number)s passed %(quantity)s pieces, its lots hold %(pieces)s.") % {
                "number": paper.number,
                "quantity": paper.quantity,
                "pieces": pieces,
            }


def codes_are_unique(cooperative: Cooperative) -> Iterator[str]:
    """A code stands on one standing cloth only."""
    seen: set[str] = set()
    codes = InspectionLine.objects.filter(
        cooperative=cooperative, inspection__state=PaperState.STANDING
    ).values_list("code", flat=True)
    for code in codes:
        if code in seen:
            yield _("The code %(code)s stands on two cloths.") % {"code": code}
        seen.add(code)


def assignments_count_slips(cooperative: Cooperative) -> Iterator[str]:
    """What a maker's part counts as accepted and rejected is what the standing slips say."""
    counted: dict[int, list[int]] = {}
    rows = Inspection.objects.filter(
        cooperative=cooperative, state=PaperState.STANDING, assignment__isnull=False
    ).values_list("assignment_id", "result", "quantity")
    for assignment_id, result, quantity in rows:
        sums = counted.setdefault(assignment_id or 0, [0, 0])
        if result == Result.PASS:
            sums[0] += quantity
        elif result == Result.REJECT:
            sums[1] += quantity
    for row in production.all_assignments(cooperative=cooperative):
        accepted, rejected = counted.get(row.pk, [0, 0])
        if (row.accepted, row.rejected) != (accepted, rejected):
            yield _("%(number)s, %(maker)s: the slips say %(slips)s, the part %(part)s.") % {
                "number": row.work_order.number,
                "maker": row.member.full_name,
                "slips": f"{accepted}/{rejected}",
                "part": f"{row.accepted}/{row.rejected}",
            }


def numbers_have_no_gap(cooperative: Cooperative) -> Iterator[str]:
    """Every number of the series TK stands on exactly one slip."""
    numbers = Inspection.objects.filter(cooperative=cooperative).values_list("number", flat=True)
    yield from numbering_gaps(cooperative=cooperative, series="TK", numbers=numbers)


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "quality.pay",
        gettext_lazy("Makers' pay equals accepted pieces by the price of their grade"),
        pay_is_pieces_by_price,
    ),
    Invariant(
        "quality.lots",
        gettext_lazy("Passed cloth lies in as many pieces of lots"),
        passed_cloth_has_its_lot,
    ),
    Invariant("quality.codes", gettext_lazy("No cloth code stands twice"), codes_are_unique),
    Invariant(
        "quality.counts",
        gettext_lazy("Makers' parts count what the slips say"),
        assignments_count_slips,
    ),
    Invariant(
        "quality.numbers",
        gettext_lazy("Inspection slips are numbered without a gap"),
        numbers_have_no_gap,
        "numbering",
        "portal:verify_page",
    ),
)
