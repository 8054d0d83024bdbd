"""Instalments: what is due when of an amount, what of it is paid, and what is earned by a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from canting.kernel.dates import next_month
from canting.kernel.money import half_up, share
from canting.kernel.texts import gettext_noop as _

FLAT, EFFECTIVE, ANNUITY = "flat", "effective", "annuity"
METHODS: Mapping[str, str] = {
    FLAT: _("Flat: on the whole amount, every time the same"),
    EFFECTIVE: _("Declining: on what is still open"),
    ANNUITY: _("Annuity: every instalment the same"),
}
RHYTHMS: Mapping[int, str] = {
    1: _("every month"),
    3: _("every three months"),
    6: _("every six months"),
    12: _("once a year"),
}
MOST_INSTALMENTS = 360


class Terms(NamedTuple):
    """How an amount is paid back; the rate in per cent a year."""

    instalments: int
    first_due: date
    months: int = 1  # from one instalment to the next
    grace: int = 0  # of the first instalments so many are without principal
    rate: Decimal = Decimal(0)
    method: str = FLAT

    def due(self, number: int) -> date:
        """The day of an instalment; the first is number 1."""
        return next_month(self.first_due, (number - 1) * self.months)

    @property
    def last_due(self) -> date:
        """The day of the last instalment."""
        return self.due(self.instalments)

    @property
    def period_rate(self) -> Fraction:
        """The rate of one period as a fraction of one."""
        return Fraction(self.rate) * self.months / 1200


class Instalment(NamedTuple):
    """One row of a schedule; amounts in whole rupiah."""

    number: int
    due: date
    principal: int
    interest: int

    @property
    def total(self) -> int:
        """Both parts together."""
        return self.principal + self.interest


class Drawn(NamedTuple):
    """An amount and the day from which it is owed."""

    amount: int
    on: date


def plan(drawn: Drawn, terms: Terms) -> list[Instalment]:
    """The instalments of one amount that fall due after its day (koperasi.md 5.2).

    Principal is divided by largest remainder, so that the parts add up; interest is rounded half
    up to whole rupiah, flat interest is divided from its sum. Empty when no instalment is left.
    """
    numbers = [n for n in range(1, terms.instalments + 1) if terms.due(n) > drawn.on]
    if not numbers or drawn.amount <= 0:
        return []
    # A late draw past the grace still pays principal with each instalment that is left.
    weights = [1 if n > terms.grace else 0 for n in numbers]
    rate = terms.period_rate
    if terms.method == ANNUITY and rate:
        parts = _annuity(drawn.amount, rate, weights)
    else:
        parts = share(drawn.amount, weights)
    interest = _interest(drawn.amount, rate, parts, flat=terms.method == FLAT)
    rows = zip(numbers, parts, interest, strict=True)
    return [Instalment(n, terms.due(n), part, cost) for n, part, cost in rows]


def _interest(amount: int, rate: Fraction, parts: Sequence[int], *, flat: bool) -> list[int]:
    if flat:
        return share(half_up(amount * rate * len(parts)), [1] * len(parts))
    found, left = [], amount
    for part in parts:
        found.append(half_up(left * rate))
        left -= part
    return found


def _annuity(amount: int, rate: Fraction, weights: Sequence[int]) -> list[int]:
    """The principal in equal instalments; the last one takes what rounding left."""
    count = sum(weights)
    growth = (1 + rate) ** count
    instalment = half_up(amount * rate * growth / (growth - 1))
    parts, left = [], amount
    for weight in weights:
        part = min(max(instalment - half_up(left * rate), 0), left) if weight else 0
        parts.append(part)
        left -= part
    parts[-1] += left
    return parts


def plan_of(draws: Iterable[Drawn], terms: Terms) -> list[Instalment]:
    """The instalments of several draws of one contract, those of a day added up."""
    sums: dict[int, tuple[int, int]] = {}
    for drawn in draws:
        for row in plan(drawn, terms):
            principal, interest = sums.get(row.number, (0, 0))
            sums[row.number] = (principal + row.principal, interest + row.interest)
    return [Instalment(n, terms.due(n), *parts) for n, parts in sorted(sums.items())]


@dataclass(frozen=True, slots=True)
class Standing:
    """One instalment and what of it is open."""

    row: Instalment
    principal_left: int
    interest_left: int
    balance: int = 0  # of the whole principal after this instalment, as planned

    @property
    def left(self) -> int:
        """Both parts that are open."""
        return self.principal_left + self.interest_left

    def days_late(self, on: date) -> int:
        """How many days it is late; 0 when paid or not due."""
        return max((on - self.row.due).days, 0) if self.left else 0


def standings(rows: Sequence[Instalment], *, principal: int, interest: int) -> list[Standing]:
    """What is open of each instalment after so much was paid, the oldest paid first.

    Only the sums count, so the order in which payments were written changes nothing. Once all the
    principal is paid nothing is open: interest of later instalments is not owed any more.
    """
    whole = sum(row.principal for row in rows)
    is_closed = bool(rows) and principal >= whole
    found, balance = [], whole
    for row in rows:
        from_principal = min(row.principal, principal)
        from_interest = min(row.interest, interest)
        principal -= from_principal
        interest -= from_interest
        balance -= row.principal
        open_interest = 0 if is_closed else row.interest - from_interest
        found.append(Standing(row, row.principal - from_principal, open_interest, balance))
    return found


def proposed(rows: Iterable[Standing], on: date) -> tuple[int, int]:
    """Principal and interest of all that is due by a day, or else of the next instalment."""
    left = [one for one in rows if one.left]
    due = [one for one in left if one.row.due <= on] or left[:1]
    return sum(one.principal_left for one in due), sum(one.interest_left for one in due)


def earned(rows: Sequence[Instalment], *, since: date, until: date) -> int:
    """Interest earned from the first draw to a day: whole periods, and the running one by days."""
    total, start = 0, since
    for row in rows:
        if row.due <= until:
            total += row.interest
        elif start < until:
            days = (row.due - start).days
            total += half_up(Fraction(row.interest * (until - start).days, days))
        start = max(start, row.due)
    return total


def settling(rows: Sequence[Standing], *, since: date, on: date) -> tuple[int, int]:
    """What ends it all on a day: the whole principal, and the interest earned and not paid."""
    principal = sum(one.principal_left for one in rows)
    paid = sum(one.row.interest - one.interest_left for one in rows)
    owed = earned([one.row for one in rows], since=since, until=on) - paid
    return principal, max(owed, 0) if principal else 0


AGES = (30, 60, 90)


def ages(late: Iterable[tuple[int, int]]) -> list[int]:
    """Amounts by how many days they are late: up to 30, up to 60, up to 90, longer."""
    sums = [0] * (len(AGES) + 1)
    for days, amount in late:
        sums[sum(days > most for most in AGES)] += amount
    return sums
