"""How a surplus is divided by the percentages, who may do what, and which papers there are.

koperasi.md 4 and the worked year: what others' business left goes to the reserve, the rest is
divided by the percentages; members' parts follow their business and their capital.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from canting.cooperatives.rules import BEGINNING, Dated, Parameter, Role
from canting.kernel.money import share
from canting.kernel.texts import gettext_noop as _

_BY_LAWS = _("Usual until your by-laws or a decision of the meeting are entered")
# Pool of the surplus -> its usual percentage; they add up to a hundred.
POOLS: Mapping[str, tuple[str, str]] = {
    "reserve": (_("Surplus: part for the reserve"), "40"),
    "patronage": (_("Surplus: part for members by their business"), "28"),
    "capital": (_("Surplus: part for members by their shares"), "12"),
    "board": (_("Surplus: part for the board fund"), "5"),
    "staff": (_("Surplus: part for the staff fund"), "5"),
    "education": (_("Surplus: part for the education fund"), "5"),
    "social": (_("Surplus: part for the social fund"), "5"),
    "area": (_("Surplus: part for the area fund"), "0"),
}
# Where the rest of a pool stands in the books; both pools of members stand on their own account.
POOL_ROLES: Mapping[str, str] = {
    "reserve": "reserve_general",
    "board": "fund_board",
    "staff": "fund_staff",
    "education": "fund_education",
    "social": "fund_social",
    "area": "fund_area",
}
FUNDS: tuple[str, ...] = tuple(pool for pool in POOL_ROLES if pool != "reserve")
MEMBERS_POOLS = ("patronage", "capital")
PAYABLE = "shu_payable"
UNSHARED = "shu_previous"
# What a loss is covered from, in the order of `surplus.loss_order` (posting.md 2.8 and 5).
RESERVES: Mapping[str, str] = {
    "reserve_general": _("General reserve"),
    "reserve_risk": _("Risk reserve"),
}

# What the members' report reads carries the names it always had: a value that a cooperative wrote
# stays in force.
PARAMETERS: tuple[Parameter, ...] = (
    *(
        Parameter(
            f"reports.surplus_{pool}", label, (Dated(BEGINNING, usual, _BY_LAWS),), kind="percent"
        )
        for pool, (label, usual) in POOLS.items()
    ),
    Parameter(
        "reports.others_surplus",
        _("Surplus of business with others goes to (reserve, members)"),
        (Dated(BEGINNING, "reserve", _("House rule; the by-laws decide")),),
        kind="choice",
        choices=("reserve", "members"),
    ),
    Parameter(
        "reports.capital_base",
        _("Capital that counts for a member's part (closing, average)"),
        (Dated(BEGINNING, "closing", _("Entry and regular shares on the last day")),),
        kind="choice",
        choices=("closing", "average"),
    ),
    Parameter(
        "reports.material_weight",
        _("How much material bought counts as a member's business, percent"),
        (Dated(BEGINNING, "100", _("Material and cloth count alike; by-laws decide")),),
        kind="percent",
    ),
    Parameter(
        "reports.consigned_counts",
        _("Of consigned cloth counts as a member's business (price less fee, fee)"),
        (Dated(BEGINNING, "net", _("Price less fee; by-laws decide")),),
        kind="choice",
        choices=("net", "fee"),
    ),
    Parameter(
        "surplus.loss_order",
        _("Which reserve covers a loss first (general, risk)"),
        (Dated(BEGINNING, "general", _("House rule; the by-laws decide")),),
        kind="choice",
        choices=("general", "risk"),
    ),
)

SHARE, LOSS = "share", "loss"
PREPARED, POSTED, WITHDRAWN, REVERSED = "prepared", "posted", "withdrawn", "reversed"
STATES: Mapping[str, str] = {
    PREPARED: _("waits for the board"),
    POSTED: _("booked"),
    WITHDRAWN: _("taken back before it was booked"),
    REVERSED: _("put right"),
}
CASH, TRANSFER, SAVINGS, SHARES = "cash", "transfer", "savings", "shares"
# How a part is paid: words of the desk, and the kind of its entry (posting.md 2.8).
WAYS: Mapping[str, tuple[str, str]] = {
    CASH: (_("in cash"), "surplus_paid_cash"),
    TRANSFER: (_("by transfer"), "surplus_paid_transfer"),
    SAVINGS: (_("to voluntary savings"), "surplus_to_savings"),
    SHARES: (_("to regular shares"), "surplus_to_shares"),
}
PAID_KINDS = tuple(kind for _word, kind in WAYS.values())
SPLIT_KIND, COVER_KIND, SPENDING_KIND = "surplus_split", "shu_loss_covered", "fund_spending"
# The account that gets what is not paid in money.
KEPT_ON: Mapping[str, str] = {SAVINGS: "savings_vol", SHARES: "share_mandatory"}
SERIES, OUT_SERIES, IN_SERIES = "SHU", "BK", "KW"
SHARING, PAYOUT = "surplus.sharing", "surplus.payout"

PAPERS: Mapping[str, tuple[str, str]] = {
    SHARING: ("surplus:sharing_detail", "number"),
    PAYOUT: ("surplus:payout_detail", "number"),
}

DESK = frozenset({Role.CASHIER, Role.MANAGER})
RIGHTS: Mapping[str, frozenset[Role]] = {
    "surplus.view_sharing": DESK | {Role.BOARD, Role.SUPERVISOR},
    "surplus.prepare_sharing": DESK | {Role.BOARD},
    "surplus.approve_sharing": frozenset({Role.BOARD}),
    "surplus.correct_sharing": frozenset({Role.BOARD}),
    "surplus.pay_parts": DESK,
    "surplus.correct_payout": DESK,
    "surplus.view_own_part": frozenset({Role.MEMBER}),
}


@dataclass(frozen=True, slots=True)
class MemberPart:
    """One member's part: by capital and by business, with the weights it was reckoned from."""

    capital: int
    patronage: int
    by_capital: int
    by_patronage: int

    @property
    def total(self) -> int:
        """Both parts, whole rupiah."""
        return self.by_capital + self.by_patronage


@dataclass(frozen=True, slots=True)
class Proposal:
    """How the surplus would be shared: pools, and the members' parts by party."""

    pools: Mapping[str, int]
    members: Mapping[int, MemberPart]


NOTHING = Proposal({}, {})


def propose(
    *,
    members_surplus: int,
    others_surplus: int,
    percents: Mapping[str, Decimal],
    capital: Mapping[int, int],
    patronage: Mapping[int, int],
    others_to: str = "reserve",
) -> Proposal:
    """Share a surplus; nothing of a loss, or while the percentages are not a hundred together.

    Members are those with capital, in the order given. A pool that nobody has a weight in goes to
    the reserve, and so does the whole while members' own business left nothing: a part below zero
    is never divided (posting.md 2.8). Largest remainder, ties by place.
    """
    total = members_surplus + others_surplus
    if total <= 0 or sum(percents.values()) != 100:
        return NOTHING
    if members_surplus <= 0:
        return Proposal(dict.fromkeys(percents, 0) | {"reserve": total}, {})
    apart = max(others_surplus, 0) if others_to == "reserve" else 0
    parts = share(total - apart, list(percents.values()))
    pools = dict(zip(percents, parts, strict=True))
    pools["reserve"] += apart
    by_capital = _divided(pools, "capital", capital)
    by_patronage = _divided(pools, "patronage", {pk: patronage.get(pk, 0) for pk in capital})
    return Proposal(
        pools,
        {
            pk: MemberPart(weight, patronage.get(pk, 0), by_capital[pk], by_patronage[pk])
            for pk, weight in capital.items()
        },
    )


def _divided(pools: dict[str, int], pool: str, weights: Mapping[int, int]) -> dict[int, int]:
    """A pool by weights; those below zero count as nothing."""
    counted = [max(weight, 0) for weight in weights.values()]
    if not sum(counted):
        pools["reserve"] += pools[pool]
        pools[pool] = 0
        return dict.fromkeys(weights, 0)
    return dict(zip(weights, share(pools[pool], counted), strict=True))


def covered_in_order(loss: int, reserves: Mapping[str, int]) -> dict[str, int]:
    """How much of a loss each reserve covers, one after the other; what is left stays carried."""
    found = {}
    for role, stands in reserves.items():
        found[role] = min(loss, max(stands, 0))
        loss -= found[role]
    return found


def paid_of_parts(parts: Mapping[int, int], paid: int) -> dict[int, int]:
    """What of each year's part is paid, the oldest year first."""
    found = {}
    for year in sorted(parts):
        found[year] = min(parts[year], max(paid, 0))
        paid -= found[year]
    return found
