"""What lines of an opening entry hold of members' savings, so that it can be taken back exactly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from canting.ledger.selectors import LineRef
from canting.members import selectors as members
from canting.savings.rules import ACCOUNT_ROLE

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member


def savings_of_lines(
    cooperative: Cooperative, lines: Iterable[LineRef]
) -> list[tuple[Member, str, int]]:
    """Member, kind and rupiah of the lines of an opening entry that speak of savings."""
    kinds = {role: kind for kind, role in ACCOUNT_ROLE.items()}
    held = [line for line in lines if line.party and line.account in kinds]
    party_ids = {line.party.id for line in held if line.party}
    known = members.members_of_parties(cooperative=cooperative, party_ids=party_ids)
    return [
        (known[line.party.id], str(kinds[line.account]), line.amount)
        for line in held
        if line.party and line.party.id in known
    ]
