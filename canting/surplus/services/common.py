"""What the papers of this domain share: their source in the books, and their line of the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from canting.cooperatives.services import record

if TYPE_CHECKING:
    from canting.cooperatives.models import Party, User
    from canting.surplus.models import Payout, Sharing


def tell(
    paper: Sharing | Payout, *, act: str, actor: User, for_party: Party | None = None, **facts: Any
) -> None:
    """Write an act into the audit trail."""
    record(
        cooperative_id=paper.cooperative_id,
        actor=actor,
        action=f"surplus.{act}",
        subject=paper.number,
        facts=facts,
        for_party=for_party,
    )
