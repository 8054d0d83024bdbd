"""What waits to be paid and how each slip works out: one calculation, shown and then booked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from canting.cooperatives import selectors as house
from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.production import selectors as production
from canting.settlement.models import SettledLine
from canting.settlement.rules import (
    PAYABLES,
    SOURCE,
    Calculation,
    calculate,
    days_of,
    digest_of,
    due_with,
    left_of,
    read_days,
)
from canting.settlement.selectors.dues import Owed, owed_by
from canting.taxes import selectors as taxes
from canting.taxes.rules import Day, PayTax

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party
    from canting.ledger.models import JournalLine


@dataclass(frozen=True)
class OpenLine:
    """A journal line that waits to be paid: credits add to her pay, debits take from it."""

    id: int
    party: Party
    payable: str
    amount: int
    on: date
    memo: str
    paper: str
    source: str


@dataclass(frozen=True)
class SlipPlan:
    """One slip as it would be written today."""

    payable: str
    lines: tuple[OpenLine, ...]
    days: tuple[Day, ...]
    calculation: Calculation
    not_yet_due: int


@dataclass(frozen=True)
class PartyPlan:
    """Everything one maker would be paid today, and what still has to wait."""

    party: Party
    slips: tuple[SlipPlan, ...]
    held: int
    days_text: str

    @property
    def earned(self) -> int:
        """What her cloth and work earned, whole rupiah."""
        return sum(slip.calculation.earned for slip in self.slips)

    @property
    def deducted(self) -> int:
        """What would be taken off, the tax with it."""
        return sum(slip.calculation.deducted for slip in self.slips)

    @property
    def paid(self) -> int:
        """What she would take home."""
        return sum(slip.calculation.paid for slip in self.slips)

    @property
    def has_piece_pay(self) -> bool:
        """True when part of it is pay for work, on which the days matter."""
        return any(slip.payable == "wages_payable" for slip in self.slips)

    @property
    def digest(self) -> str:
        """The mark of this calculation: booking refuses to differ from what was shown."""
        return digest_of(
            [
                [
                    slip.payable,
                    [line.id for line in slip.lines],
                    slip.calculation.earned,
                    slip.calculation.tax,
                    [
                        [t.due.kind, t.due.role, t.due.amount, t.amount]
                        for t in slip.calculation.taken
                    ],
                ]
                for slip in self.slips
            ]
        )


def cap_percent(*, cooperative: Cooperative, on: date) -> Decimal:
    """The cap of deductions in percent, as in force on a day."""
    found = house.parameter(cooperative=cooperative, name="settlement.deduction_cap", on=on)
    return Decimal(str(found))


def open_lines(
    *, cooperative: Cooperative, until: date | None = None, party_ids: Sequence[int] | None = None
) -> list[OpenLine]:
    """Lines on makers' payables that no slip has settled, oldest first; one query.

    A slip's own line and its reversal pay nobody twice: they are left out.
    """
    found = (
        ledger.lines_of_roles(
            cooperative=cooperative, roles=PAYABLES, party_ids=party_ids, until=until
        )
        # Asked line by line through the key of what is settled: the lines are this cooperative's,
        # while a list of all that was ever settled would be everybody's.
        .filter(~Exists(SettledLine.objects.filter(active=True, line=OuterRef("pk"))))
        .exclude(entry__source__startswith=f"{SOURCE}:")
        .exclude(
            Q(entry__reverses__isnull=False) & Q(entry__reverses__source__startswith=f"{SOURCE}:")
        )
    )
    return [_open_line(line) for line in found]


def held_lines(*, cooperative: Cooperative, on: date) -> list[OpenLine]:
    """Open lines of all makers that wait for the sale of their cloth (posting.md 2.4), oldest first."""
    held = production.held_margins(cooperative=cooperative, on=on)
    if not held:
        return []
    lines = open_lines(cooperative=cooperative, until=on, party_ids=sorted(held))
    return [line for line in lines if _waits_for_sale(line, held[line.party.pk])]


def payable_lines(
    *, cooperative: Cooperative, on: date, party_ids: Sequence[int] | None = None
) -> list[OpenLine]:
    """Open lines that may be paid on a day, without the shares that wait for a sale; oldest first."""
    waits = {line.id for line in held_lines(cooperative=cooperative, on=on)}
    lines = open_lines(cooperative=cooperative, until=on, party_ids=party_ids)
    return [line for line in lines if line.id not in waits]


def _open_line(line: JournalLine) -> OpenLine:
    assert line.party is not None  # every payable of makers is kept per party
    return OpenLine(
        id=line.pk,
        party=line.party,
        payable=line.account.role,
        amount=line.amount if line.side == Side.CREDIT else -line.amount,
        on=line.entry.own_date,
        memo=line.entry.memo,
        paper=line.entry.paper,
        source=line.entry.source,
    )


def plans(
    *,
    cooperative: Cooperative,
    on: date,
    party_ids: Sequence[int] | None = None,
    days: Mapping[int, str] | None = None,
    payables: Sequence[str] = PAYABLES,
    only: frozenset[int] | None = None,
) -> list[PartyPlan]:
    """What every maker (or these) would be paid on a day, by number.

    `days` says per party how her piece pay falls on days; `only` keeps to some journal lines, for
    a slip that is written again. Raises BadDays and DaysDoNotAddUp.
    """
    waiting = _payable_parties(cooperative, payables, party_ids)
    lines = open_lines(cooperative=cooperative, until=on, party_ids=waiting)
    by_party: dict[int, list[OpenLine]] = defaultdict(list)
    for line in lines:
        if line.payable in payables and (only is None or line.id in only):
            by_party[line.party.pk].append(line)
    owed = owed_by(cooperative=cooperative, party_ids=sorted(by_party), on=on)
    rule = taxes.pay_tax(cooperative=cooperative, on=on)
    percent = cap_percent(cooperative=cooperative, on=on)
    sellers = [pk for pk, found in by_party.items() if any(map(_is_cloth, found))]
    held = production.held_margins(cooperative=cooperative, party_ids=sellers, on=on)
    made = [
        _party_plan(found, (days or {}).get(pk, ""), owed[pk], rule, percent, held.get(pk, set()))
        for pk, found in by_party.items()
    ]
    return sorted((p for p in made if p.slips or p.held), key=lambda p: p.party.number)


def _payable_parties(
    cooperative: Cooperative, payables: Sequence[str], party_ids: Sequence[int] | None
) -> list[int]:
    found: set[int] = set()
    for role in payables:
        balances = ledger.party_balances(cooperative=cooperative, role=role, party_ids=party_ids)
        found |= {row.party_id for row in balances}
    return sorted(found)


def _party_plan(
    lines: Sequence[OpenLine],
    days_text: str,
    owed: Owed,
    rule: PayTax,
    percent: Decimal,
    held_sources: set[str],
) -> PartyPlan:
    party = lines[0].party
    held = _held(lines, held_sources)
    free = [line for line in lines if line not in held]
    slips = []
    remaining = list(owed.dues)
    for payable in PAYABLES:
        mine = tuple(line for line in free if line.payable == payable)
        earned = sum(line.amount for line in mine)
        if earned <= 0:
            continue
        days = _days(payable, mine, days_text, earned)
        made = calculate(
            earned=earned,
            tax=rule.of_days(days, party.pk),
            dues=due_with(payable, remaining),
            cap_percent=percent,
        )
        remaining = left_of(remaining, made.taken)
        slips.append(SlipPlan(payable, mine, days, made, owed.later(payable)))
    return PartyPlan(party, tuple(slips), sum(line.amount for line in held), days_text)


def _held(lines: Sequence[OpenLine], sources: set[str]) -> list[OpenLine]:
    """Shares of buy-back margins that wait for the sale, and what part sales changed of them."""
    return [line for line in lines if _waits_for_sale(line, sources)]


def _waits_for_sale(line: OpenLine, sources: set[str]) -> bool:
    trued = bool(sources) and _is_cloth(line) and line.source.startswith("sales.")
    return line.source in sources or trued


def _is_cloth(line: OpenLine) -> bool:
    return line.payable == "pay_maker"


def _days(payable: str, lines: Iterable[OpenLine], days_text: str, earned: int) -> tuple[Day, ...]:
    if payable != "wages_payable":
        return ()
    if days_text.strip():
        return read_days(days_text, earned)
    return days_of((line.on, line.amount) for line in lines)
