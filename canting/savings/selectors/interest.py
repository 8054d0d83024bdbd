"""Interest on voluntary savings: what a month would give each member, and what was booked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum

from canting.cooperatives import selectors as house
from canting.kernel.dates import first_of_month, last_of_month
from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.members.selectors import members_of_parties
from canting.savings import rules
from canting.savings.models import InterestLine, InterestRun
from canting.savings.rules import ACCOUNT_ROLE, DepositState, SavingsKind
from canting.taxes.selectors import interest_tax

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member

ROLE = ACCOUNT_ROLE[SavingsKind.VOLUNTARY]


@dataclass(frozen=True, slots=True)
class Interest:
    """What one member's savings bring in a month; whole rupiah."""

    member: Member
    base: int
    gross: int
    tax: int

    @property
    def net(self) -> int:
        """What is added to her savings."""
        return self.gross - self.tax


@dataclass(frozen=True, slots=True)
class InterestPlan:
    """A month's interest as it would be booked: the same figures are shown and then posted."""

    month: date
    percent: Decimal
    lines: tuple[Interest, ...]

    @property
    def gross(self) -> int:
        """All interest."""
        return sum(line.gross for line in self.lines)

    @property
    def tax(self) -> int:
        """What is kept back for the state."""
        return sum(line.tax for line in self.lines)

    @property
    def net(self) -> int:
        """What is added to savings."""
        return self.gross - self.tax


def interest_percent(*, cooperative: Cooperative, on: date) -> Decimal:
    """The interest on voluntary savings in percent a year, in force on a day; 0: none."""
    return Decimal(
        str(house.parameter(cooperative=cooperative, name="savings.interest_percent", on=on))
    )


def interest_plan(*, cooperative: Cooperative, month: date) -> InterestPlan:
    """What a month gives each member: the rate of her lowest balance in it, less its tax."""
    end = last_of_month(month)
    percent = interest_percent(cooperative=cooperative, on=end)
    if not percent:
        return InterestPlan(first_of_month(month), percent, ())
    lowest = lowest_balances(cooperative=cooperative, month=month)
    members = members_of_parties(cooperative=cooperative, party_ids=list(lowest))
    tax = interest_tax(cooperative=cooperative, on=end)
    lines = []
    for party, member in members.items():
        gross = rules.interest_of(lowest[party], percent)
        if gross > 0:
            lines.append(Interest(member, lowest[party], gross, tax.of(gross)))
    lines.sort(key=lambda line: (line.member.full_name, line.member.pk))
    return InterestPlan(first_of_month(month), percent, tuple(lines))


def lowest_balances(*, cooperative: Cooperative, month: date) -> dict[int, int]:
    """The least each member had of voluntary savings at the end of any day of a month, by party."""
    first, end = first_of_month(month), last_of_month(month)
    found = ledger.lines_of_roles(cooperative=cooperative, roles=[ROLE], until=end).order_by()
    before = (
        found.filter(entry_date__lt=first)
        .values_list("party_id")
        .annotate(
            k=Sum("amount", filter=Q(side=Side.CREDIT), default=0),
            d=Sum("amount", filter=Q(side=Side.DEBIT), default=0),
        )
    )
    began = {party: k - d for party, k, d in before if party is not None}
    days: dict[int, dict[date, int]] = {}
    rows = found.filter(entry_date__gte=first).values_list(
        "party_id", "entry_date", "side", "amount"
    )
    for party, day, side, amount in rows:
        if party is not None:
            moved = days.setdefault(party, {})
            moved[day] = moved.get(day, 0) + (amount if side == Side.CREDIT else -amount)
    return {
        party: rules.lowest(began.get(party, 0), days.get(party, {}), first)
        for party in sorted({*began, *days})
    }


def interest_runs(*, cooperative: Cooperative) -> QuerySet[InterestRun]:
    """Interest that was booked, the latest first, also what was put right."""
    found = InterestRun.objects.filter(cooperative=cooperative).order_by("-id")
    return found.select_related("cooperative", "successor", "made_by")


def interest_by_number(*, cooperative: Cooperative, number: str) -> InterestRun | None:
    """One booking of interest, or nothing."""
    return interest_runs(cooperative=cooperative).filter(number=number).first()


def interest_of_month(*, cooperative: Cooperative, month: date) -> InterestRun | None:
    """The booking of a month's interest that stands, or nothing."""
    found = interest_runs(cooperative=cooperative).filter(month=first_of_month(month))
    return found.filter(state=DepositState.POSTED).first()


def interest_lines(run: InterestRun) -> QuerySet[InterestLine]:
    """What a booking gave each member, by name."""
    return run.lines.select_related("member__party").order_by("member__full_name", "id")


def lock_interest(run: InterestRun) -> InterestRun:
    """The booking again, held until the end of the transaction."""
    held = InterestRun.objects.select_for_update(of=("self",))
    return held.select_related("cooperative").get(pk=run.pk)
