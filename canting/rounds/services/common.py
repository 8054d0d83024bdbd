"""What the services of a round share: its state, its reason, its line in the audit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from canting.cooperatives.services import record
from canting.rounds import selectors
from canting.rounds.errors import ReasonNeeded, WrongState
from canting.rounds.models import Round
from canting.rounds.rules import OVER

if TYPE_CHECKING:
    from canting.cooperatives.models import Party, User


def check_state(found: Round, allowed: Collection[str]) -> None:
    """Refuse when the round is in none of these states; the sentence says what may be done."""
    if found.state in allowed:
        return
    way = _("it is over.") if found.state in OVER else _("its next step stands on top.")
    raise WrongState(number=found.number, state=selectors.state_name(found.state), way=way)


def check_reason(reason: str) -> str:
    """The reason without spaces at its ends; refuse an empty one."""
    if not reason.strip():
        raise ReasonNeeded()
    return reason.strip()[:200]


def told(
    found: Round,
    action: str,
    actor: User,
    *,
    on: date,
    for_party: Party | None = None,
    **facts: Any,
) -> None:
    """Write an act on a round into the audit trail, with the business day that it belongs to."""
    record(
        cooperative_id=found.cooperative_id,
        actor=actor,
        action=f"rounds.{action}",
        subject=found.number,
        facts={"on": on.isoformat(), **facts},
        for_party=for_party,
    )


def move_to(found: Round, state: str, **fields: Any) -> None:
    """Write the round's new state and what changes with it."""
    found.state = state
    for name, value in fields.items():
        setattr(found, name, value)
    found.save(update_fields=["state", *fields])
