"""Pure rules of inspection: results, faults, the kinds of defects and the marks of handwork."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from canting.catalogue.rules import Technique
from canting.cooperatives.rules import STAFF, Role
from canting.production.rules import Fault
from canting.quality.errors import (
    FaultNeeded,
    GradeNeeded,
    NaturalMarkOnly,
    NoCount,
    OneCodeOnePiece,
    WhatIsWrong,
)
from canting.stock.rules import Basis


class Result(StrEnum):
    PASS = "pass"
    REWORK = "rework"
    REJECT = "reject"


class Defect(StrEnum):
    """What can be wrong with a cloth (interface.md 3.8)."""

    FADING = "fading"
    PATCHY = "patchy"
    WAX_LEFT = "wax_left"
    TORN = "torn"
    COLOR_OUTSIDE = "color_outside"
    WRONG_MOTIF = "wrong_motif"
    TOO_SMALL = "too_small"
    STAIN = "stain"
    PULLED_THREAD = "pulled_thread"
    SMELL = "smell"
    BAD_FOLDS = "bad_folds"
    OTHER = "other"


class Mark(StrEnum):
    """Marks of true hand-drawn batik (SNI 0239:2014): noted when asked, never a fault."""

    CRACKLE = "crackle"
    UNEVEN_LINES = "uneven_lines"
    SEEPAGE = "seepage"
    REVERSE_DIFFERS = "reverse_differs"


# The natural mark that is taken for this defect most often; shown beside it as "wajar / cacat".
TWIN: Mapping[str, str] = {
    Defect.PATCHY: Mark.CRACKLE,
    Defect.WRONG_MOTIF: Mark.UNEVEN_LINES,
    Defect.COLOR_OUTSIDE: Mark.SEEPAGE,
    Defect.WAX_LEFT: Mark.REVERSE_DIFFERS,
}
HANDWORK = frozenset({Technique.TULIS, Technique.COMBINED, ""})

RIGHTS: Mapping[str, frozenset[Role]] = {
    "quality.receive_cloth": frozenset({Role.MANAGER, Role.STOREKEEPER, Role.MENTOR}),
    "quality.view_inspections": STAFF | {Role.SUPERVISOR},
    "quality.correct_inspection": frozenset({Role.MANAGER, Role.STOREKEEPER, Role.MENTOR}),
}

PAPERS: Mapping[str, tuple[str, str]] = {
    "quality.inspection": ("quality:inspection_detail", "number"),
    "quality.finished": ("quality:inspection_detail", "number"),
}


@dataclass(frozen=True)
class Finding:
    """What the inspector decided about pieces of one maker, before anything is booked."""

    result: Result
    counts: Mapping[str, int]
    code: str = ""
    fault: Fault = Fault.NONE
    defects: Sequence[str] = ()
    marks: Sequence[str] = ()
    reason: str = ""
    objection: str = ""
    extra_wage: int = 0

    @property
    def quantity(self) -> int:
        """Pieces of all grades together."""
        return sum(self.counts.values())


def is_handwork(technique: str) -> bool:
    """True when lines drawn by hand are part of the cloth, so that their marks are natural."""
    return technique in HANDWORK


def check_finding(finding: Finding, *, basis: str, technique: str) -> None:
    """Refuse a finding that says too little or counts a natural mark as a fault.

    Raises NoCount, OneCodeOnePiece, GradeNeeded, FaultNeeded, WhatIsWrong, NaturalMarkOnly.
    """
    if finding.quantity < 1 or min(finding.counts.values()) < 0:
        raise NoCount()
    if finding.code and finding.quantity > 1 and technique == Technique.TULIS:
        raise OneCodeOnePiece(number=finding.code, pieces=finding.quantity)
    if finding.code and len([count for count in finding.counts.values() if count]) > 1:
        raise OneCodeOnePiece(number=finding.code, pieces=finding.quantity)
    if finding.result == Result.PASS:
        if "" in finding.counts and basis != Basis.CONSIGNMENT:
            raise GradeNeeded()
        return
    _check_fault(finding, basis=basis, technique=technique)


def _check_fault(finding: Finding, *, basis: str, technique: str) -> None:
    says = finding.reason.strip()
    if not finding.defects and finding.marks and is_handwork(technique):
        raise NaturalMarkOnly()
    if not finding.defects and not says:
        raise WhatIsWrong()
    if Defect.OTHER in finding.defects and not says:
        raise WhatIsWrong()
    if basis == Basis.COMMISSION and finding.fault == Fault.NONE:
        raise FaultNeeded()


def pay_role(basis: str) -> str:
    """The account on which the maker's pay for this cloth stands; "" when nothing is owed."""
    roles: Mapping[str, str] = {
        Basis.COMMISSION: "wages_payable",
        Basis.PURCHASE: "pay_maker",
    }
    return roles.get(basis, "")
