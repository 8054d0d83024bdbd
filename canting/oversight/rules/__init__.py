"""What supervisors look at, what they may ask and who must answer; what an office may conclude."""

from collections.abc import Mapping
from enum import StrEnum

from canting.cooperatives.rules import BEGINNING, Dated, Parameter, Role
from canting.oversight.rules.office import Flag, Standing, flags, months_behind
from canting.oversight.rules.sampling import SIZE, Drawn, Method, Weighed, draw

__all__ = [
    "ADDRESSEES", "FINDING_SERIES", "MADE_BY", "OFTEN", "PAPERS", "PARAMETERS", "RIGHTS",
    "SAMPLE_SERIES", "SIZE", "Act", "Drawn", "Flag", "Kind", "Method", "Population", "Standing",
    "State", "Weighed", "draw", "flags", "months_behind", "state_after",
]  # fmt: skip

FINDING_SERIES, SAMPLE_SERIES = "TP", "UP"
OFTEN = 500  # a text of a finding or an answer, in signs


class Kind(StrEnum):
    """What is out of the ordinary, each from rows that anyone can look up."""

    REVERSED = "reversed"
    LATE_CASH = "late_cash"
    OWN_APPROVAL = "own_approval"
    CASH_DIFFERED = "cash_differed"
    AFTER_INSPECTION = "after_inspection"
    REOPENED = "reopened"
    BACKDATED = "backdated"
    ODD_HOURS = "odd_hours"


class Population(StrEnum):
    """From what a sample is drawn."""

    RECEIPTS = "receipts"
    PAYMENTS = "payments"
    HAND_OUTS = "hand_outs"
    INSPECTIONS = "inspections"
    ENTRIES = "entries"


class Act(StrEnum):
    """What is done to a finding after it was written; nothing is ever changed or taken away."""

    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"


class State(StrEnum):
    """Where a finding stands: it waits for an answer, for the supervisors, or is done with."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


def state_after(act: str | None) -> State:
    """Where a finding stands after its latest act; without any it waits for an answer."""
    return {Act.ANSWERED: State.ANSWERED, Act.CLOSED: State.CLOSED}.get(
        Act(act) if act else Act.REOPENED, State.OPEN
    )


# An approval and what it approves: the same hand on both is no approval.
MADE_BY: Mapping[str, str] = {
    "cash.drawer_confirmed": "cash.drawer_counted",
    "ledger.month_closed": "ledger.month_prepared",
    "ledger.year_closed": "ledger.year_prepared",
    "portal.opening_signed": "portal.opening_prepared",
    "rounds.plan_agreed": "rounds.plan_begun",
    "stock.count_booked": "stock.count_opened",
}

# To whom a finding goes; one of the cashiers keeps the books.
ADDRESSEES = (Role.BOARD, Role.MANAGER, Role.CASHIER)

LEADERS = frozenset({Role.SUPERVISOR, Role.BOARD, Role.MANAGER})
RIGHTS: Mapping[str, frozenset[Role]] = {
    "oversight.view_exceptions": LEADERS,
    "oversight.mark_seen": frozenset({Role.SUPERVISOR}),
    "oversight.view_findings": LEADERS | {Role.CASHIER},
    "oversight.write_finding": frozenset({Role.SUPERVISOR}),
    "oversight.answer_finding": frozenset(ADDRESSEES),
    "oversight.view_samples": LEADERS,
    "oversight.draw_sample": frozenset({Role.SUPERVISOR}),
}

PAPERS: Mapping[str, tuple[str, str]] = {
    "oversight.finding": ("oversight:finding_detail", "number"),
    "oversight.sample": ("oversight:sample_detail", "number"),
}

_OURS = "Kebiasaan pengawas; rapat anggota dapat menetapkan lain"
PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "oversight.late_cash_days",
        "Cash written down more than so many days after its paper is late",
        (Dated(BEGINNING, 3, _OURS),),
        kind="days",
    ),
    Parameter(
        "oversight.backdated_days",
        "An entry dated more than so many days before it was written is told to the supervisors",
        (Dated(BEGINNING, 14, _OURS),),
        kind="days",
    ),
    Parameter(
        "oversight.day_begins",
        "Papers written before this hour are told to the supervisors",
        (Dated(BEGINNING, 5, _OURS),),
        kind="number",
    ),
    Parameter(
        "oversight.day_ends",
        "Papers written from this hour on are told to the supervisors",
        (Dated(BEGINNING, 22, _OURS),),
        kind="number",
    ),
    Parameter(
        "oversight.answer_days",
        "A finding is answered within so many days unless it says otherwise",
        (Dated(BEGINNING, 14, _OURS),),
        kind="days",
    ),
)
