"""A member's statement: what moved on each of her accounts in a time, and what stood before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from canting.ledger import selectors as ledger
from canting.members.rules import STATEMENT_ROLES

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member


@dataclass(frozen=True, slots=True)
class Moved:
    """One movement: above zero it added to what the account says, with the balance after it."""

    day: date
    memo: str
    paper: str
    amount: int
    balance: int


@dataclass(frozen=True, slots=True)
class AccountPart:
    """One account in a time, in whole rupiah on its normal side: she has, we owe, she owes."""

    role: str
    name: str
    began: int
    moves: tuple[Moved, ...]

    @property
    def ends(self) -> int:
        """What stands at the end of the time."""
        return self.moves[-1].balance if self.moves else self.began


def member_statement(
    *, cooperative: Cooperative, member: Member, since: date, until: date
) -> list[AccountPart]:
    """Every account on which something of hers stood or moved, shares first; one query."""
    rows = ledger.party_lines(
        cooperative=cooperative, party=member.party, roles=STATEMENT_ROLES, until=until
    )
    began = dict.fromkeys(STATEMENT_ROLES, 0)
    moves: dict[str, list[Moved]] = {role: [] for role in STATEMENT_ROLES}
    for row in rows:
        role = row.account.role
        amount = row.amount if row.side == row.account.normal else -row.amount
        if row.entry_date < since:
            began[role] += amount
            continue
        before = moves[role][-1].balance if moves[role] else began[role]
        paper = row.entry.paper or str(row.entry.position)
        moves[role].append(Moved(row.entry_date, row.entry.memo, paper, amount, before + amount))
    return [
        AccountPart(role, ledger.account_name(role), began[role], tuple(moves[role]))
        for role in STATEMENT_ROLES
        if began[role] or moves[role]
    ]
