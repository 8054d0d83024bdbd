"""Plain rules of the opening: its steps, which accounts each step fills, the old book's totals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from canting.cooperatives.rules import PartyLike
from canting.ledger.rules import CHART, ROLES, BusinessClass, Line, Side, signed


class Step(StrEnum):
    """One page of Mulai pakai; the value stands in sources, the word in the address."""

    FACTS = "facts"
    PEOPLE = "people"
    CASH = "cash"
    MEMBERS = "members"
    SAVINGS = "savings"
    DUES = "dues"
    STOCK = "stock"
    CLOTH = "cloth"
    BALANCES = "balances"
    ORDERS = "orders"
    SIGN = "sign"


class PartState(StrEnum):
    """A part is a draft (read from a sheet, not booked), in the books, or replaced by a later one."""

    DRAFT = "draft"
    POSTED = "posted"
    REPLACED = "replaced"


# Steps that write into the books; each has one part there, or says that there is nothing.
PARTS = (Step.CASH, Step.SAVINGS, Step.DUES, Step.STOCK, Step.CLOTH, Step.BALANCES)
GRIDS = (*PARTS, Step.MEMBERS, Step.ORDERS)
WORDS: Mapping[Step, str] = {
    Step.CASH: "kas",
    Step.MEMBERS: "anggota",
    Step.SAVINGS: "simpanan",
    Step.DUES: "utang-piutang",
    Step.STOCK: "bahan",
    Step.CLOTH: "kain",
    Step.BALANCES: "saldo-lain",
    Step.ORDERS: "pesanan",
}
STEP_OF_WORD = {word: step for step, word in WORDS.items()}

# Claims on buyers are paid invoice by invoice, so they come with the number of theirs.
BUYER_CLAIMS = frozenset({"recv_buyer", "recv_retention"})
# What stands between the two sides until everything is entered; nil when it is.
DIFFERENCE = "suspense"
# Need the savings-and-loan licence (Permenkop UKM 8/2023).
LICENSED = frozenset({"savings_vol", "savings_time", "loan_member", "loan_interest_recv"})
_SHARES = frozenset({"share_principal", "share_mandatory", "savings_vol"})
# Kept as goods with a quantity, so they come in through the steps of stock only.
GOODS = frozenset(
    {
        *("mat_cloth", "mat_wax", "mat_dye", "mat_tools", "mat_transit", "custody"),
        *("byproduct_wax", "wip", "fg", "fg_transit"),
    }
)
DUE_ROLES = tuple(
    row.role
    for row in CHART
    if row.party and row.role not in _SHARES | GOODS and row.code[0] in "12"
)


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """An opening balance: account by role or code, rupiah on its normal side (below zero: other)."""

    account: str
    amount: int
    normal: Side
    party: PartyLike | None = None
    since: date | None = None
    business: BusinessClass = BusinessClass.NONE


def entry_lines(lines: Iterable[OpeningLine]) -> list[Line]:
    """The journal lines of one opening entry, closed by the line that shows the difference."""
    nets = [(line, line.amount if line.normal == Side.DEBIT else -line.amount) for line in lines]
    return closed_lines(
        [signed(line.account, net, line.party, line.business) for line, net in nets if net]
    )


def closed_lines(lines: Sequence[Line]) -> list[Line]:
    """These lines and the one that makes both sides equal, on the account of the difference."""
    left = sum(line.amount if line.side == Side.DEBIT else -line.amount for line in lines)
    return [*lines, signed(DIFFERENCE, -left)] if left else list(lines)


def by_day(lines: Iterable[OpeningLine]) -> dict[date | None, list[OpeningLine]]:
    """The lines by the day they began, so that a claim keeps its age; those without a day first."""
    found: dict[date | None, list[OpeningLine]] = {}
    for line in sorted(lines, key=lambda line: line.since or date.min):
        found.setdefault(line.since, []).append(line)
    return found


class OldTotal(StrEnum):
    """The sums of the old balance sheet that people know, in the order of the page."""

    CASH = "cash"
    RECEIVABLES = "receivables"
    INVENTORY = "inventory"
    OTHER_ASSETS = "other_assets"
    ASSETS = "assets"
    DEBTS = "debts"
    ENTRY_SHARES = "entry_shares"
    REGULAR_SHARES = "regular_shares"
    OTHER_EQUITY = "other_equity"
    DEBTS_AND_EQUITY = "debts_and_equity"


SUMS = frozenset({OldTotal.ASSETS, OldTotal.DEBTS_AND_EQUITY})
_BY_STATEMENT: Mapping[str, OldTotal] = {
    "cash": OldTotal.CASH,
    "receivables": OldTotal.RECEIVABLES,
    "loans_out": OldTotal.RECEIVABLES,
    "passed_on": OldTotal.RECEIVABLES,
    "advances": OldTotal.RECEIVABLES,
    "inventory": OldTotal.INVENTORY,
    "entry_shares": OldTotal.ENTRY_SHARES,
    "regular_shares": OldTotal.REGULAR_SHARES,
}


def total_of(*, code: str, statement: str) -> OldTotal:
    """Which sum of the old balance sheet an account belongs to; results count as equity."""
    if code[0] == "1":
        return _BY_STATEMENT.get(statement, OldTotal.OTHER_ASSETS)
    if code[0] == "2":
        return OldTotal.DEBTS
    return _BY_STATEMENT.get(statement, OldTotal.OTHER_EQUITY)


def needs_business(role: str, code: str) -> bool:
    """Whether lines on this account say whose business it was (classes 4 and 5)."""
    return code[0] in "45" and (role not in ROLES or bool(ROLES[role].split))
