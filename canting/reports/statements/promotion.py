"""Laporan promosi ekonomi anggota: what each member gained by being one, in whole rupiah.

From the real quantities and prices of the papers that stand (koperasi.md 3.2): material (market
price less ours), making (our wage less others'), marketing (our price less the local buyer's),
savings (our interest less the bank's), and the surplus. What is not known is not counted and told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from canting.catalogue.rules import Compared, ComparedLine
from canting.cooperatives import selectors as house
from canting.kernel.dates import next_month
from canting.kernel.money import half_up
from canting.ledger import selectors as ledger
from canting.production import selectors as production
from canting.purchasing import selectors as purchasing
from canting.quality import selectors as quality
from canting.reports.statements.period import Period
from canting.rounds import selectors as rounds
from canting.sales import selectors as sales
from canting.surplus import selectors as sharing
from canting.surplus.rules import NOTHING, POOLS, Proposal
from canting.surplus.statements import Traded, reckoned, traded, values_on

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


def promotion(*, cooperative: Cooperative, period: Period) -> Promotion:
    """The report of a time; the surplus is that of the time itself."""
    span: dict[str, Any] = {
        "cooperative": cooperative,
        "since": period.since,
        "until": period.until,
    }
    done = traded(**span)
    values = values_on(cooperative=cooperative, on=period.until)
    shared = _shared_by_meeting(cooperative, period)
    proposal = NOTHING if shared else reckoned(**span, done=done, values=values)
    surplus = shared or {pk: part.total for pk, part in proposal.members.items()}
    parts: dict[str, Mapping[int, int]] = {
        "materials": _gain([], done.materials),
        "making": _gain(done.making, []),
        "marketing": _marketing(done),
        "savings": _savings(cooperative, period, values["reports.bank_rate"]),
        "surplus": surplus,
    }
    return Promotion(
        period=period,
        rows=tuple(_rows(cooperative, parts)),
        unknown=_unknown(done),
        decided=bool(shared),
        proposal=proposal,
        trips=_trips(cooperative, period),
        bank_rate=values["reports.bank_rate"],
        percents=sum((values[f"reports.surplus_{pool}"] for pool in POOLS), Decimal(0)),
    )


def _gain(ours: Iterable[Compared], theirs: Iterable[Compared]) -> dict[int, int]:
    """Got here less got elsewhere (`ours`), or paid elsewhere less paid here (`theirs`)."""
    sums: dict[int, int] = defaultdict(int)
    for row in ours:
        sums[row.party_id] += row.ours - row.market
    for row in theirs:
        sums[row.party_id] += row.market - row.ours
    return sums


def _marketing(done: Traded) -> dict[int, int]:
    sums = _gain([*done.bought, *done.consigned], done.returned)
    for party, more in done.trued_up.items():
        sums[party] = sums.get(party, 0) + more
    return sums


def _unknown(done: Traded) -> dict[str, int]:
    """What was traded without a price elsewhere, by part: told, never guessed."""
    marketing = sum(row.unknown for row in [*done.bought, *done.consigned])
    return {
        "materials": sum(row.unknown for row in done.materials),
        "making": sum(row.unknown for row in done.making),
        "marketing": marketing - sum(row.unknown for row in done.returned),
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
    if sharing.has_any(cooperative=cooperative):
        return sharing.parts_of_year(cooperative=cooperative, year=period.since.year)
    # Without a paper of its own it was booked by hand.
    return ledger.party_sums_of_kinds(
        cooperative=cooperative,
        roles=["shu_payable"],
        kinds=["surplus_split"],
        since=period.until + timedelta(days=1),
        until=next_month(period.until, 12),
    )


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
