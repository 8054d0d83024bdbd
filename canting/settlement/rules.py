"""What a maker's pay is made of: tax on piece pay, deductions in their order, the cap, what is left."""

import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from canting.cooperatives.rules import BEGINNING, Dated, Parameter, Role
from canting.kernel.money import format_rupiah, parse_rupiah, share
from canting.kernel.texts import gettext_noop
from canting.kernel.typed import shown
from canting.settlement.errors import BadDays, DaysDoNotAddUp
from canting.taxes.rules import Day

RIGHTS: Mapping[str, frozenset[Role]] = {
    "settlement.pay_makers": frozenset({Role.CASHIER, Role.MANAGER}),
    "settlement.view_slips": frozenset({Role.CASHIER, Role.MANAGER, Role.BOARD, Role.SUPERVISOR}),
    "settlement.correct_slip": frozenset({Role.CASHIER, Role.MANAGER}),
    "settlement.note_consent": frozenset({Role.CASHIER, Role.MANAGER}),
    "settlement.view_own_money": frozenset({Role.MEMBER}),
}

PAPERS: Mapping[str, tuple[str, str]] = {
    "settlement.slip": ("settlement:slip_detail", "number"),
}

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "settlement.deduction_cap",
        gettext_noop("At most this percentage of one pay goes to deductions (tax apart)"),
        (Dated(BEGINNING, "50", gettext_noop("House rule until the by-laws say otherwise")),),
        kind="percent",
    ),
)

# The three payables of makers, in the order in which one person's slips are written.
PAYABLES = ("wages_payable", "pay_maker", "consign_payable")
# Cloth bought or sold makes credit "due when the cloth is sold" due; piece pay does not.
CLOTH = frozenset({"pay_maker", "consign_payable"})
# Where money that a maker agreed to set aside may go.
CONSENT_ROLES = ("share_mandatory", "fund_social", "fund_education", "onlend", "loan_member")
MOST_DAYS = 366
SOURCE = "settlement.slip"


class DueKind(StrEnum):
    """Why something is deducted; their order is the order of deduction (posting.md 2.6)."""

    TAX = "tax"
    DAMAGE = "damage"
    MATERIAL = "material"
    MATERIAL_ON_SALE = "material_on_sale"
    ARREARS = "arrears"
    CONSENT = "consent"


ORDER = tuple(DueKind)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing she owes: why, to which account it goes, how much, its reason and its day."""

    kind: DueKind
    role: str
    amount: int
    reason: str
    on: date | None = None
    consent: str = ""
    waits_for_cloth: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """One deduction: of what was due so much was taken, so much stays open."""

    due: Due
    amount: int

    @property
    def left(self) -> int:
        """What stays open of it."""
        return self.due.amount - self.amount


@dataclass(frozen=True, slots=True)
class Calculation:
    """One slip worked out: it adds up, keeps the cap and the order, and loses nothing."""

    earned: int
    tax: int
    taken: tuple[Taken, ...]
    cap: int

    @property
    def deducted(self) -> int:
        """Everything taken off, the tax with it."""
        return self.tax + sum(t.amount for t in self.taken)

    @property
    def paid(self) -> int:
        """What she takes home."""
        return self.earned - self.deducted

    @property
    def open_after(self) -> int:
        """What of the dues of today stays open."""
        return sum(t.left for t in self.taken)


@dataclass(frozen=True, slots=True)
class Moved:
    """One line on an account of hers: what it added to (or took from) what she owes."""

    amount: int
    on: date
    reason: str


def read_days(text: str, earned: int) -> tuple[Day, ...]:
    """Days as the cashier types them: "6" is six days of equal pay, "500.000 + 260.000" each day.

    Raises BadDays for what cannot be read, DaysDoNotAddUp when the days are not the piece pay.
    """
    typed = text.strip()
    if re.fullmatch(r"\d{1,3}", typed):
        count = int(typed)
        if not 1 <= count <= MOST_DAYS:
            raise BadDays(typed=shown(typed))
        return tuple(Day(part) for part in share(earned, [1] * count))
    amounts = [parse_rupiah(part) for part in re.split(r"[+;\n]", typed)]
    if not amounts or len(amounts) > MOST_DAYS or any(not a or a < 0 for a in amounts):
        raise BadDays(typed=shown(typed))
    days = tuple(Day(amount) for amount in amounts if amount)
    if sum(day.amount for day in days) != earned:
        typed_sum = sum(day.amount for day in days)
        raise DaysDoNotAddUp(days=format_rupiah(typed_sum), earned=format_rupiah(earned))
    return days


def typed_days(days: Iterable[Sequence[object]]) -> str:
    """Kept days as a cashier would type them; empty when they came with their dates from the work."""
    kept = list(days)
    if not kept or any(on for on, _amount in kept):
        return ""
    if len(kept) == 1:
        return "1"
    return " + ".join(f"{int(str(amount)):,}".replace(",", ".") for _on, amount in kept)


def days_of(moves: Iterable[tuple[date, int]]) -> tuple[Day, ...]:
    """Piece pay by the day on which it was accepted, oldest first; a day that ends at nil is none."""
    sums: dict[date, int] = {}
    for on, amount in moves:
        sums[on] = sums.get(on, 0) + amount
    return tuple(Day(amount, on) for on, amount in sorted(sums.items()) if amount > 0)


def open_items(moves: Sequence[Moved]) -> list[Moved]:
    """What is still open, oldest first: each amount paid back settles the oldest one due."""
    back = -sum(move.amount for move in moves if move.amount < 0)
    left = []
    for move in sorted((m for m in moves if m.amount > 0), key=lambda m: m.on):
        settled = min(move.amount, back)
        back -= settled
        if move.amount > settled:
            left.append(Moved(move.amount - settled, move.on, move.reason))
    return left


def cap_of(earned: int, percent: Decimal) -> int:
    """The most that one pay may lose to deductions, in whole rupiah; rounded down, so never more."""
    return math.floor(Fraction(max(earned, 0)) * Fraction(percent) / 100)


def in_order(dues: Iterable[Due]) -> list[Due]:
    """Dues in the order of deduction: damage, material, arrears, consent; each oldest first."""
    return sorted(dues, key=lambda due: (ORDER.index(due.kind), due.on or date.min))


def calculate(*, earned: int, tax: int, dues: Iterable[Due], cap_percent: Decimal) -> Calculation:
    """One slip: tax first and outside the cap, then each due as far as the room goes."""
    tax = min(tax, earned)
    cap = cap_of(earned, cap_percent)
    room = min(cap, earned - tax)
    taken = []
    for due in in_order(dues):
        amount = min(due.amount, room)
        room -= amount
        taken.append(Taken(due, amount))
    return Calculation(earned, tax, tuple(taken), cap)


def due_with(payable: str, dues: Iterable[Due]) -> list[Due]:
    """The dues that a pay from this payable may lose: what waits for cloth only with cloth."""
    return [due for due in dues if payable in CLOTH or not due.waits_for_cloth]


def left_of(dues: Sequence[Due], taken: Sequence[Taken]) -> list[Due]:
    """The dues that a second slip of the same day still finds."""
    found = {id(t.due): t.left for t in taken}
    left = []
    for due in dues:
        amount = found.get(id(due), due.amount)
        if amount:
            left.append(replace(due, amount=amount))
    return left


def digest_of(parts: object) -> str:
    """A short mark of a calculation; what is booked must carry the mark of what was shown."""
    text = json.dumps(parts, default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
