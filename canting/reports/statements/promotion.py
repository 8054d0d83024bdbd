"""Laporan promosi ekonomi anggota: what each member gained by being one, in whole rupiah.

From the real quantities and prices of the papers that stand (koperasi.md 3.2): material (market
price less ours), making (our wage less others'), marketing (our price less the local buyer's),
savings (our interest less the bank's), and the surplus. What is not known is not counted and told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from canting.catalogue.rules import Compared, ComparedLine
from canting.cooperatives import selectors as house
from canting.kernel.dates import next_month
from canting.kernel.money import half_up
from canting.ledger import selectors as ledger
from canting.ledger import statements
from canting.production import selectors as production
from canting.purchasing import selectors as purchasing
from canting.quality import selectors as quality
from canting.reports.rules.proposal import NOTHING, POOLS, Proposal, propose
from canting.reports.statements.period import Period
from canting.rounds import selectors as rounds
from canting.sales import selectors as sales

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

PARTS = ("materials", "making", "marketing", "savings", "surplus")
CAPITAL = ("share_principal", "share_mandatory")
SAVINGS = ("savings_vol", "savings_time")
INTEREST_KINDS = ("savings_interest", "savings_interest_taxed")


@dataclass(frozen=True, slots=True)
class MemberGain:
    """What one member gained; material, making, marketing, savings, surplus."""

    party_id: int
    number: str
    name: str
    materials: int
    making: int
    marketing: int
    savings: int
    surplus: int

    @property
    def total(self) -> int:
        """All five together."""
        return self.materials + self.making + self.marketing + self.savings + self.surplus


@dataclass(frozen=True, slots=True)
class Promotion:
    """The report of a time: by member, what could not be compared, and how the surplus stands.

    `decided` is true when the meeting shared the surplus of the year; else its part is the
    proposal by the percentages in force. `trips` is what rounds saved in trips, told beside.
    """

    period: Period
    rows: tuple[MemberGain, ...]
    unknown: Mapping[str, int]
    decided: bool
    proposal: Proposal
    trips: int
    bank_rate: Decimal
    percents: Decimal = Decimal(100)

    def total(self, part: str) -> int:
        """The sum of one part over all members."""
        return sum(int(getattr(row, part)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Traded:
    """What members did with the cooperative, compared with elsewhere, by part."""

    materials: list[Compared]
    making: list[Compared]
    bought: list[Compared]
    returned: list[Compared]
    consigned: list[Compared]
    fees: Mapping[int, int]
    trued_up: Mapping[int, int]


def promotion(*, cooperative: Cooperative, period: Period) -> Promotion:
    """The report of a time; the surplus is that of the time itself."""
    span: dict[str, Any] = {
        "cooperative": cooperative,
        "since": period.since,
        "until": period.until,
    }
    traded = _Traded(
        purchasing.material_benefit(**span),
        quality.wage_benefit(**span),
        quality.cloth_benefit(**span),
        production.cloth_given_back(**span),
        sales.consigned_benefit(**span),
        sales.consigned_fees(**span),
        sales.margins_trued_up(**span),
    )
    values = _values(cooperative, period.until)
    shared = _shared_by_meeting(cooperative, period)
    proposal = NOTHING if shared else _proposal(cooperative, period, traded, values)
    surplus = shared or {pk: part.total for pk, part in proposal.members.items()}
    parts: dict[str, Mapping[int, int]] = {
        "materials": _gain([], traded.materials),
        "making": _gain(traded.making, []),
        "marketing": _marketing(traded),
        "savings": _savings(cooperative, period, values["reports.bank_rate"]),
        "surplus": surplus,
    }
    return Promotion(
        period=period,
        rows=tuple(_rows(cooperative, parts)),
        unknown=_unknown(traded),
        decided=bool(shared),
        proposal=proposal,
        trips=_trips(cooperative, period),
        bank_rate=values["reports.bank_rate"],
        percents=sum((values[f"reports.surplus_{pool}"] for pool in POOLS), Decimal(0)),
    )


def _values(cooperative: Cooperative, on: date) -> dict[str, Any]:
    """The choices of this domain in force on a day; percentages as decimals."""
    own = house.own_values(cooperative=cooperative)
    found: dict[str, Any] = {}
    for name, one in house.all_parameters().items():
        if name.startswith("reports."):
            value = house.in_force(one, own.get(name, []), on).value
            found[name] = Decimal(str(value)) if one.kind == "percent" else value
    return found


def _gain(ours: Iterable[Compared], theirs: Iterable[Compared]) -> dict[int, int]:
    """Got here less got elsewhere (`ours`), or paid elsewhere less paid here (`theirs`)."""
    sums: dict[int, int] = defaultdict(int)
    for row in ours:
        sums[row.party_id] += row.ours - row.market
    for row in theirs:
        sums[row.party_id] += row.market - row.ours
    return sums


def _marketing(traded: _Traded) -> dict[int, int]:
    sums = _gain([*traded.bought, *traded.consigned], traded.returned)
    for party, more in traded.trued_up.items():
        sums[party] = sums.get(party, 0) + more
    return sums


def _unknown(traded: _Traded) -> dict[str, int]:
    """What was traded without a price elsewhere, by part: told, never guessed."""
    marketing = sum(row.unknown for row in [*traded.bought, *traded.consigned])
    return {
        "materials": sum(row.unknown for row in traded.materials),
        "making": sum(row.unknown for row in traded.making),
        "marketing": marketing - sum(row.unknown for row in traded.returned),
    }


def _rows(cooperative: Cooperative, parts: Mapping[str, Mapping[int, int]]) -> list[MemberGain]:
    ids = sorted({pk for amounts in parts.values() for pk, amount in amounts.items() if amount})
    people = house.parties(cooperative=cooperative).filter(pk__in=ids).order_by("name", "number")
    return [
        MemberGain(one.pk, one.number, one.name, *(parts[part].get(one.pk, 0) for part in PARTS))
        for one in people
    ]


def _savings(cooperative: Cooperative, period: Period, bank_rate: Decimal) -> dict[int, int]:
    """Interest that members got here less what the bank gives on the same average balance.

    Nothing while the bank's rate is not known.
    """
    if not bank_rate:
        return {}
    got = ledger.party_sums_of_kinds(
        cooperative=cooperative,
        roles=SAVINGS,
        kinds=INTEREST_KINDS,
        since=period.since,
        until=period.until,
    )
    sums, _months = ledger.party_month_sums(
        cooperative=cooperative, roles=SAVINGS, since=period.since, until=period.until
    )
    found: dict[int, int] = defaultdict(int, got)
    for party, total in sums.items():
        # Average over the months, times the rate, times the months of a year: the months cancel.
        found[party] -= half_up(total * bank_rate / 1200)
    return found


def _shared_by_meeting(cooperative: Cooperative, period: Period) -> dict[int, int]:
    """What the meeting gave each member of this year's surplus, in the year after."""
    if not period.is_year:
        return {}
    return ledger.party_sums_of_kinds(
        cooperative=cooperative,
        roles=["shu_payable"],
        kinds=["surplus_split"],
        since=period.until + timedelta(days=1),
        until=next_month(period.until, 12),
    )


def _patronage(traded: _Traded, values: Mapping[str, Any]) -> dict[int, int]:
    """What each member did with the cooperative, by the weights in force."""
    sums: dict[int, int] = defaultdict(int)
    weight = values["reports.material_weight"]
    for row in traded.materials:
        sums[row.party_id] += half_up((row.ours + row.unknown) * weight / 100)
    for row in [*traded.making, *traded.bought]:
        sums[row.party_id] += row.ours + row.unknown
    if values["reports.consigned_counts"] == "fee":
        for party, fee in traded.fees.items():
            sums[party] += fee
    else:
        for row in traded.consigned:
            sums[row.party_id] += row.ours + row.unknown
    for row in traded.returned:
        sums[row.party_id] -= row.ours + row.unknown
    for party, more in traded.trued_up.items():
        sums[party] += more
    return sums


def _proposal(
    cooperative: Cooperative, period: Period, traded: _Traded, values: Mapping[str, Any]
) -> Proposal:
    found = statements.surplus(
        cooperative=cooperative, since=period.since, until=period.until
    ).after_tax
    return propose(
        members_surplus=found.member,
        others_surplus=found.nonmember,
        percents={pool: values[f"reports.surplus_{pool}"] for pool in POOLS},
        capital=_capital(cooperative, period, values["reports.capital_base"]),
        patronage=_patronage(traded, values),
        others_to=values["reports.others_surplus"],
    )


def _capital(cooperative: Cooperative, period: Period, base: str) -> dict[int, int]:
    """Shares of those who are members at the end, by number: on that day, or month ends on average.

    Who left has no shares any more, and so no part.
    """
    closing: dict[int, int] = {}
    for _role, row in ledger.party_balances_at(
        cooperative=cooperative, roles=CAPITAL, as_of=period.until
    ):
        closing[row.party_id] = closing.get(row.party_id, 0) + row.balance
    members = {party: amount for party, amount in closing.items() if amount > 0}
    if base == "closing":
        return members
    sums, months = ledger.party_month_sums(
        cooperative=cooperative, roles=CAPITAL, since=period.since, until=period.until
    )
    return {party: half_up(Decimal(sums.get(party, 0)) / months) for party in members}


def _trips(cooperative: Cooperative, period: Period) -> int:
    """Trips to the market that rounds of the year saved; of other times not told."""
    if not period.is_year:
        return 0
    year = rounds.savings_of_year(cooperative=cooperative, year=period.since.year)
    return sum(row.trips for row in year)


@dataclass(frozen=True, slots=True)
class GainLine:
    """One line of a paper with what the member gained by it; None where nothing is known to compare."""

    line: ComparedLine
    part: str
    gain: int | None


def member_lines(*, cooperative: Cooperative, period: Period, party_id: int) -> list[GainLine]:
    """Every line that one member's part is made of, with price here and elsewhere, oldest first."""
    span: dict[str, Any] = {
        "cooperative": cooperative,
        "since": period.since,
        "until": period.until,
        "party_id": party_id,
    }
    found = [_line("materials", one, -1) for one in purchasing.material_compared(**span)]
    found += [_line("making", one, 1) for one in quality.wage_compared(**span)]
    cloth = [
        *quality.cloth_compared(**span),
        *production.given_back_compared(**span),
        *sales.consigned_compared(**span),
    ]
    found += [_line("marketing", one, 1) for one in cloth]
    return sorted(found, key=lambda one: (one.line.day, one.line.paper))


def _line(part: str, one: ComparedLine, sign: int) -> GainLine:
    return GainLine(one, part, sign * (one.ours - one.market) if one.market else None)
