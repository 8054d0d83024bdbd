"""What the members did with the cooperative in a time, and how its surplus would be shared by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from canting.catalogue.rules import Compared
from canting.cooperatives import selectors as house
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah, half_up
from canting.ledger import selectors as ledger
from canting.ledger import statements
from canting.production import selectors as production
from canting.purchasing import selectors as purchasing
from canting.quality import selectors as quality
from canting.sales import selectors as sales
from canting.surplus import selectors
from canting.surplus.errors import (
    AlreadyShared,
    BusinessNeeded,
    LessIsLeft,
    NothingToShare,
    NotHundred,
    SurplusIsLoss,
    YearNotClosed,
)
from canting.surplus.rules import POOLS, Proposal, propose

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

CAPITAL = ("share_principal", "share_mandatory")


@dataclass(frozen=True, slots=True)
class Traded:
    """What members did with the cooperative, compared with elsewhere, by part."""

    materials: list[Compared]
    making: list[Compared]
    bought: list[Compared]
    returned: list[Compared]
    consigned: list[Compared]
    fees: Mapping[int, int]
    trued_up: Mapping[int, int]


def traded(*, cooperative: Cooperative, since: date, until: date) -> Traded:
    """What the papers between two days say that members did with the cooperative."""
    span: dict[str, Any] = {"cooperative": cooperative, "since": since, "until": until}
    return Traded(
        purchasing.material_benefit(**span),
        quality.wage_benefit(**span),
        quality.cloth_benefit(**span),
        production.cloth_given_back(**span),
        sales.consigned_benefit(**span),
        sales.consigned_fees(**span),
        sales.margins_trued_up(**span),
    )


def values_on(*, cooperative: Cooperative, on: date) -> dict[str, Any]:
    """The choices of the statements and of the surplus in force on a day; percentages as decimals."""
    own = house.own_values(cooperative=cooperative)
    found: dict[str, Any] = {}
    for name, one in house.all_parameters().items():
        if name.startswith(("reports.", "surplus.")):
            value = house.in_force(one, own.get(name, []), on).value
            found[name] = Decimal(str(value)) if one.kind == "percent" else value
    return found


def percents_of(values: Mapping[str, Any]) -> dict[str, Decimal]:
    """The percentage of each pool out of the values in force."""
    return {pool: values[f"reports.surplus_{pool}"] for pool in POOLS}


def reckoned(
    *,
    cooperative: Cooperative,
    since: date,
    until: date,
    done: Traded | None = None,
    values: Mapping[str, Any] | None = None,
    percents: Mapping[str, Decimal] | None = None,
) -> Proposal:
    """How the surplus of a time would be shared by the percentages given, else by those in force."""
    values = values or values_on(cooperative=cooperative, on=until)
    done = done or traded(cooperative=cooperative, since=since, until=until)
    found = statements.surplus(cooperative=cooperative, since=since, until=until).after_tax
    return propose(
        members_surplus=found.member,
        others_surplus=found.nonmember,
        percents=percents or percents_of(values),
        capital=_capital(cooperative, since, until, values["reports.capital_base"]),
        patronage=_patronage(done, values),
        others_to=values["reports.others_surplus"],
    )


def _patronage(done: Traded, values: Mapping[str, Any]) -> dict[int, int]:
    """What each member did with the cooperative, by the weights in force."""
    sums: dict[int, int] = defaultdict(int)
    weight = values["reports.material_weight"]
    for row in done.materials:
        sums[row.party_id] += half_up((row.ours + row.unknown) * weight / 100)
    for row in [*done.making, *done.bought]:
        sums[row.party_id] += row.ours + row.unknown
    if values["reports.consigned_counts"] == "fee":
        for party, fee in done.fees.items():
            sums[party] += fee
    else:
        for row in done.consigned:
            sums[row.party_id] += row.ours + row.unknown
    for row in done.returned:
        sums[row.party_id] -= row.ours + row.unknown
    for party, more in done.trued_up.items():
        sums[party] += more
    return sums


def _capital(cooperative: Cooperative, since: date, until: date, base: str) -> dict[int, int]:
    """Shares of those who are members at the end, by number: on that day, or month ends on average.

    Who left has no shares any more, and so no part.
    """
    closing: dict[int, int] = {}
    for _role, row in ledger.party_balances_at(cooperative=cooperative, roles=CAPITAL, as_of=until):
        closing[row.party_id] = closing.get(row.party_id, 0) + row.balance
    members = {party: amount for party, amount in closing.items() if amount > 0}
    if base == "closing":
        return members
    sums, months = ledger.party_month_sums(
        cooperative=cooperative, roles=CAPITAL, since=since, until=until
    )
    return {party: half_up(Decimal(sums.get(party, 0)) / months) for party in members}


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A year's surplus divided: of members, of others, by which percentages, into what."""

    year: int
    members_surplus: int
    others_surplus: int
    others_to: str
    percents: Mapping[str, Decimal]
    proposal: Proposal
    from_old_book: bool

    @property
    def surplus(self) -> int:
        """The whole surplus in rupiah."""
        return self.members_surplus + self.others_surplus


def reckoning(
    *,
    cooperative: Cooperative,
    year: int,
    percents: Mapping[str, Decimal] | None = None,
    patronage: Mapping[int, int] | None = None,
    others_surplus: int = 0,
) -> Reckoning:
    """Divide the surplus of a closed year, to the rupiah; nothing is written.

    For the last year of the old book each member's business is typed (`patronage` by party, and of
    the surplus what others' business left), for the papers of that year are not here. Raises
    YearNotClosed, AlreadyShared, SurplusIsLoss, NothingToShare, LessIsLeft, NotHundred,
    BusinessNeeded.
    """
    standing = selectors.standing_of_year(cooperative=cooperative, year=year)
    _check(cooperative, standing)
    since, until = ledger.year_days(year)
    values = values_on(cooperative=cooperative, on=until)
    chosen = dict(percents) if percents is not None else percents_of(values)
    if sum(chosen.values()) != 100:
        raise NotHundred(sum=f"{sum(chosen.values()):g}".replace(".", ","))
    others_to = values["reports.others_surplus"]
    if standing.from_old_book:
        members, others = standing.surplus - others_surplus, others_surplus
        if (chosen["patronage"] and members > 0) and not sum((patronage or {}).values()):
            raise BusinessNeeded(year=year)
        proposal = propose(
            members_surplus=members,
            others_surplus=others,
            percents=chosen,
            capital=_capital(cooperative, since, cooperative.cutover_date, "closing"),
            patronage=patronage or {},
            others_to=others_to,
        )
    else:
        found = statements.surplus(cooperative=cooperative, since=since, until=until).after_tax
        members, others = found.member, found.nonmember
        proposal = reckoned(
            cooperative=cooperative, since=since, until=until, values=values, percents=chosen
        )
    return Reckoning(year, members, others, others_to, chosen, proposal, standing.from_old_book)


def _check(cooperative: Cooperative, standing: selectors.YearStanding) -> None:
    if not standing.is_closed:
        raise YearNotClosed(year=standing.year)
    if standing.paper is not None:
        raise AlreadyShared(year=standing.year, number=standing.paper.number)
    if standing.surplus < 0:
        raise SurplusIsLoss(year=standing.year, amount=format_rupiah(-standing.surplus))
    if not standing.surplus:
        raise NothingToShare(year=standing.year)
    left = selectors.unshared(cooperative=cooperative)
    if left < standing.surplus:
        raise LessIsLeft(
            year=standing.year,
            amount=format_rupiah(standing.surplus),
            left=format_rupiah(left),
            day=format_date(ledger.year_days(standing.year)[1]),
        )
