"""How often a paper went out: the first is the original, the next are copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from canting.cooperatives import selectors as house
from canting.cooperatives.services import record

if TYPE_CHECKING:
    from canting.cash.models import CashPaper
    from canting.cooperatives.models import User

PRINTED = "cash.printed"


def note_print(*, paper: CashPaper, actor: User) -> int:
    """Note that a paper was printed; returns which copy this is, 0 for the original."""
    before = house.times_recorded(
        cooperative=paper.cooperative, action=PRINTED, subject=paper.number
    )
    record(cooperative_id=paper.cooperative_id, actor=actor, action=PRINTED, subject=paper.number)
    return before
