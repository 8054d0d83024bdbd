"""Reads of a round's money: its sources, what is left of deposits, where each rupiah went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _

from canting.ledger import selectors as ledger
from canting.members import selectors as members
from canting.members.rules import MemberState
from canting.rounds.models import Fund, FundMove, Round
from canting.rounds.rules import FundKind, FundState, MoveKind
from canting.rounds.rules.funding import Flow, Pot, flows
from canting.rounds.selectors.arrivals import cost_of_goods

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party
    from canting.members.models import Member

# Promises are shown beside, and never counted as money.
REAL = (
    FundKind.DEPOSIT,
    FundKind.EXTRA_SHARE,
    FundKind.DOWN_PAYMENT,
    FundKind.FACILITY,
    FundKind.OWN,
)
LEAVERS = frozenset({MemberState.LEAVING, MemberState.LEFT})
INKS = {kind: number for number, kind in enumerate(REAL, 1)}


def fund_kind_name(kind: str) -> str:
    """A source of money as people read it."""
    names: dict[str, str] = {
        FundKind.DEPOSIT: _("Members' deposits"),
        FundKind.PLEDGE: _("Promised by members"),
        FundKind.EXTRA_SHARE: _("Extra regular shares"),
        FundKind.DOWN_PAYMENT: _("A buyer's down payment"),
        FundKind.FACILITY: _("A lender's money"),
        FundKind.OWN: _("Own cash"),
    }
    return names[kind]


def deposit_memo(found: Round) -> str:
    """What the receipt of a deposit says it is for."""
    return _("Buying together %(number)s: %(title)s") % {
        "number": found.number,
        "title": found.title,
    }


def funds(found: Round) -> QuerySet[Fund]:
    """Every source of a round's money as it was noted, also what no longer stands."""
    return found.funds.select_related("party", "made_by").order_by("kind", "id")


def standing_funds(found: Round) -> QuerySet[Fund]:
    """The sources that stand."""
    return funds(found).filter(state=FundState.STANDING)


def fund_by_id(*, found: Round, pk: int) -> Fund | None:
    """One source of this round, or nothing."""
    return funds(found).filter(pk=pk).select_related("round__cooperative").first()


def lock_deposits(*, found: Round, party: Party | None = None) -> list[Fund]:
    """The standing deposits of a round (of one member), locked, the oldest first."""
    locked = Fund.objects.select_for_update(of=("self",)).filter(
        round=found, kind=FundKind.DEPOSIT, state=FundState.STANDING
    )
    if party is not None:
        locked = locked.filter(party=party)
    return list(locked.select_related("party").order_by("id"))


def kept_free(fund: Fund) -> int:
    """What was kept of a deposit and no later round uses yet, whole rupiah."""
    return fund.kept - fund.carried_on


def free_of(found: Iterable[Fund]) -> int:
    """What could be given back of these deposits now: what is left, and what is kept and free."""
    return sum(fund.left + kept_free(fund) for fund in found)


def kept_funds(
    *, cooperative: Cooperative, party: Party | None = None, lock: bool = False
) -> QuerySet[Fund]:
    """Deposits of which something was kept and is free, the oldest first."""
    found = Fund.objects.filter(
        cooperative=cooperative,
        kind=FundKind.DEPOSIT,
        state=FundState.STANDING,
        kept__gt=F("carried_on"),
    )
    if party is not None:
        found = found.filter(party=party)
    if lock:
        found = found.select_for_update(of=("self",))
    return found.select_related("party", "round").order_by("id")


def linked_to(*, cooperative: Cooperative, paper: str) -> int:
    """How much of a paper's money rounds name already, whole rupiah."""
    found = Fund.objects.filter(
        cooperative=cooperative, paper=paper, state=FundState.STANDING, carried=False
    )
    return found.aggregate(sum=Sum("amount"))["sum"] or 0


def member_of_fund(fund: Fund) -> Member | None:
    """The member whose money a fund is."""
    return members.member_of_party(cooperative=fund.cooperative, party_id=fund.party_id)


def vouchers_of(found: Round) -> list[str]:
    """Vouchers by which money of this round went back to members, newest first."""
    moves = FundMove.objects.filter(
        fund__round=found, kind=MoveKind.RETURNED, undone=False
    ).exclude(paper="")
    return sorted(set(moves.values_list("paper", flat=True)), reverse=True)


@dataclass(frozen=True, slots=True)
class HeldOf:
    """A member's deposits in one round: brought, used, given back, kept, left."""

    party: Party
    brought: int
    used: int
    returned: int
    kept: int
    carried_on: int

    @property
    def left(self) -> int:
        """What of it is free for her share."""
        return self.brought - self.used - self.returned - self.kept

    @property
    def free(self) -> int:
        """What could be given back to her now."""
        return self.left + self.kept - self.carried_on


def held_by_member(found: Round) -> list[HeldOf]:
    """Deposits of a round summed by member, by name."""
    by_party: dict[int, list[Fund]] = {}
    for fund in standing_funds(found).filter(kind=FundKind.DEPOSIT):
        by_party.setdefault(fund.party_id or 0, []).append(fund)
    rows = [
        HeldOf(
            party=group[0].party,
            brought=sum(f.amount for f in group),
            used=sum(f.used for f in group),
            returned=sum(f.returned for f in group),
            kept=sum(f.kept for f in group),
            carried_on=sum(f.carried_on for f in group),
        )
        for group in by_party.values()
        if group[0].party
    ]
    return sorted(rows, key=lambda row: row.party.name)


def held_for(*, cooperative: Cooperative, party: Party) -> int:
    """What we hold of a member's money for buying together, by the books."""
    return ledger.party_balance(cooperative=cooperative, role="round_deposit", party=party)


@dataclass(frozen=True, slots=True)
class Lying:
    """Money of a member that lies here without a use: in which round, whose, how much."""

    round: Round
    member: Member
    amount: int

    @property
    def leaves(self) -> bool:
        """Whether she is leaving or has left, so that it should go back to her."""
        return self.member.status in LEAVERS


def lying_deposits(*, cooperative: Cooperative) -> list[Lying]:
    """What was kept of deposits and is free, and all that leavers still have here; leavers first."""
    held = Fund.objects.filter(
        cooperative=cooperative, kind=FundKind.DEPOSIT, state=FundState.STANDING
    ).exclude(amount=F("used") + F("returned") + F("carried_on"))
    funds_here = list(held.select_related("party", "round").order_by("round_id", "id"))
    parties = {fund.party_id for fund in funds_here if fund.party_id}
    who = members.members_of_parties(cooperative=cooperative, party_ids=parties)
    sums: dict[tuple[int, int], Lying] = {}
    for fund in funds_here:
        member = who.get(fund.party_id or 0)
        if member is None:
            continue
        free = kept_free(fund) + (fund.left if member.status in LEAVERS else 0)
        key = (fund.round_id, member.pk)
        before = sums[key].amount if key in sums else 0
        sums[key] = Lying(fund.round, member, before + free)
    rows = [row for row in sums.values() if row.amount > 0]
    return sorted(rows, key=lambda row: (not row.leaves, row.member.full_name, row.round.pk))


@dataclass(frozen=True, slots=True)
class MoneyWay:
    """The page of a round's money: both sides add up to the same, each flow is a cell between."""

    sources: tuple[Pot, ...]
    uses: tuple[Pot, ...]
    cells: tuple[Flow, ...]
    promised: int

    @property
    def total(self) -> int:
        """The sum of each side, whole rupiah."""
        return sum(pot.amount for pot in self.sources)

    def cell(self, source: str, use: str) -> int:
        """How much of a source went into a use."""
        return sum(f.amount for f in self.cells if f.source == source and f.use == use)


def money_way(found: Round) -> MoneyWay:
    """Where each rupiah of each source went: suppliers, freight, back to members, kept, unused.

    Goods and freight that no named source covers were paid from the cooperative's own cash; that
    line is worked out, so that both sides are equal to the rupiah.
    """
    standing = list(standing_funds(found))
    goods = cost_of_goods(found)
    freight = sum(row.freight for row in goods)
    spent = [Pot(f"s{row.supplier}", row.name, row.goods, 2) for row in goods]
    spent.append(Pot("freight", _("Freight"), freight, 3))
    by_kind = {kind: sum(f.amount for f in standing if f.kind == kind) for kind in REAL}
    back = sum(f.returned for f in standing)
    kept = sum(f.kept for f in standing)
    given = sum(by_kind.values()) - back - kept
    need = sum(pot.amount for pot in spent)
    by_kind[FundKind.OWN] += max(need - given, 0)
    # Deposits that went back or were kept come first on both sides, so they meet their own source.
    uses = [
        Pot("back", _("Back to members"), back, 6),
        Pot("kept", _("Kept for another round"), kept, 5),
        *spent,
        Pot("left", _("Not used yet"), max(given - need, 0), 4),
    ]
    sources = [Pot(kind, fund_kind_name(kind), by_kind[kind], INKS[kind]) for kind in REAL]
    kept_sources, kept_uses = _some(sources), _some(uses)
    return MoneyWay(
        sources=kept_sources,
        uses=kept_uses,
        cells=tuple(flows(kept_sources, kept_uses)),
        promised=sum(f.amount for f in standing if f.kind == FundKind.PLEDGE),
    )


def _some(pots: Sequence[Pot]) -> tuple[Pot, ...]:
    return tuple(pot for pot in pots if pot.amount)


def money_ready(found: Round) -> int:
    """What lenders promised for a round and no cash place holds yet, whole rupiah."""
    return sum(f.amount for f in standing_funds(found) if f.kind == FundKind.FACILITY)
