"""Pure rules of making: who gets how many pieces, where they stand, what a piece is paid."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from canting.catalogue.rules import PriceList, Technique
from canting.cooperatives.rules import BEGINNING, STAFF, Dated, Parameter, Role
from canting.kernel.money import half_up, share
from canting.kernel.quantities import quantize
from canting.kernel.texts import gettext_noop
from canting.production.errors import (
    BadTerms,
    MakerTwice,
    NoPieces,
    NoRateForGrade,
    SplitDiffers,
    StagesTooMany,
    TooManyPieces,
)
from canting.stock.rules import Basis


class OrderStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    ENDED = "ended"


class PaperState(StrEnum):
    STANDING = "standing"
    REVERSED = "reversed"


class FactKind(StrEnum):
    """What may happen to material that a maker holds for us; the kinds of posting.md 2.3, 2.4."""

    OVERUSE = "overuse"
    WAIVED = "overuse_waived"
    LOST_HERS = "custody_lost_hers"
    LOST_OURS = "custody_lost_ours"
    BYPRODUCT = "byproduct"


class Fault(StrEnum):
    NONE = ""
    HERS = "hers"
    OURS = "ours"


CHARGED = frozenset({FactKind.OVERUSE, FactKind.LOST_HERS})
FROM_CUSTODY = frozenset(FactKind) - {FactKind.BYPRODUCT}
BASES = (Basis.COMMISSION, Basis.PURCHASE, Basis.CONSIGNMENT)
PRICE_LISTS: Mapping[str, str] = {
    Basis.COMMISSION: PriceList.PIECE_RATE,
    Basis.PURCHASE: PriceList.PURCHASE,
}

MAKING = frozenset({Role.MANAGER, Role.STOREKEEPER, Role.MENTOR})
RIGHTS: Mapping[str, frozenset[Role]] = {
    "production.view_cloth": STAFF | {Role.SUPERVISOR},
    "production.view_orders": STAFF | {Role.SUPERVISOR},
    "production.manage_orders": frozenset({Role.MANAGER}),
    "production.update_work": MAKING,
    "production.record_material": frozenset({Role.MANAGER, Role.STOREKEEPER}),
    "production.return_cloth": frozenset({Role.MANAGER, Role.STOREKEEPER}),
    "production.give_advance": frozenset({Role.MANAGER}),
    "production.view_advances": frozenset(
        {Role.MANAGER, Role.CASHIER, Role.BOARD, Role.SUPERVISOR}
    ),
    "production.view_own_work": frozenset({Role.MEMBER}),
    "production.report_own_work": frozenset({Role.MEMBER}),
}

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "production.finish_at_acceptance",
        gettext_noop("Accepted commission cloth is finished goods at once"),
        (Dated(BEGINNING, True, gettext_noop("House rule: the last step is the inspection")),),
        kind="flag",
    ),
    Parameter(
        "production.byproduct_price",
        gettext_noop("Value of recovered wax per kg"),
        (
            Dated(
                BEGINNING,
                10_000,
                gettext_noop("House rule: half the price of new wax, rounded down"),
            ),
        ),
        kind="rupiah",
    ),
    Parameter(
        "buyback.pay_at",
        gettext_noop("When the maker's share of a buy-back is payable"),
        (
            Dated(
                BEGINNING, "sale", gettext_noop("House rule: a figure that still moves is not paid")
            ),
        ),
        kind="choice",
        choices=("sale", "buyback"),
    ),
)

PAPERS: Mapping[str, tuple[str, str]] = {
    "production.order": ("production:work_order_detail", "number"),
    "production.finish": ("production:work_order_detail", "number"),
    "production.material": ("production:material_fact_detail", "number"),
    "production.return": ("production:cloth_return_detail", "number"),
    "production.advance": ("production:advance_detail", "number"),
}


class Counted(Protocol):
    """The counts that an assignment keeps."""

    quantity: int
    waxed: int
    dyed: int
    boiled: int
    reported: int
    accepted: int
    rejected: int
    rework: int


@dataclass(frozen=True)
class Part:
    """One maker's part of a work order; `member` is the register's row."""

    member: "Maker"
    quantity: int
    promised_date: date | None = None


class Maker(Protocol):
    """What a work order needs to know of a member."""

    pk: int
    status: str
    full_name: str


@dataclass(frozen=True)
class Pieces:
    """Pieces of one grade that become one lot; the code on the label when one was given."""

    grade: str
    quantity: int
    code: str = ""


@dataclass(frozen=True)
class Stages:
    """Where the pieces of an assignment (or a whole order) stand; they add up to those not rejected."""

    plain: int = 0
    waxed: int = 0
    dyed: int = 0
    boiled: int = 0
    inspection: int = 0
    done: int = 0
    rejected: int = field(default=0, compare=False)

    @property
    def total(self) -> int:
        """All pieces that are still to come or have come good."""
        return self.plain + self.making + self.inspection + self.done

    @property
    def making(self) -> int:
        """Pieces between the first wax and the boiling."""
        return self.waxed + self.dyed + self.boiled

    @property
    def with_maker(self) -> int:
        """Pieces a maker still has in hand."""
        return self.plain + self.making

    @property
    def past_boiling(self) -> int:
        """Pieces boiled, inspected or ready, for the sentence above the chart."""
        return self.boiled + self.inspection + self.done


def equal_shares(quantity: int, makers: int) -> list[int]:
    """The proposal of a split: equal parts, the first makers take what is over."""
    return share(quantity, [1] * makers) if makers else []


def check_split(quantity: int, parts: Sequence[Part]) -> None:
    """Refuse a split that does not add up, names a maker twice or gives a maker no piece."""
    if quantity < 1 or not parts or any(part.quantity < 1 for part in parts):
        raise NoPieces()
    seen: set[int] = set()
    for part in parts:
        if part.member.pk in seen:
            raise MakerTwice(maker=part.member.full_name)
        seen.add(part.member.pk)
    given = sum(part.quantity for part in parts)
    if given != quantity:
        raise SplitDiffers(given=given, quantity=quantity, difference=abs(quantity - given))


def open_pieces(row: Counted) -> int:
    """Pieces neither accepted nor rejected."""
    return row.quantity - row.accepted - row.rejected


def waiting(row: Counted) -> int:
    """Pieces brought as finished that nobody has inspected yet; rework is with the maker again."""
    return max(0, row.reported - row.accepted - row.rejected - row.rework)


def over_reported(row: Counted) -> int:
    """Pieces reported beyond those assigned: kept, and shown to the office."""
    return max(0, row.reported - row.quantity)


def stages_of(row: Counted) -> Stages:
    """Where an assignment's pieces stand; whatever is not elsewhere is still plain cloth."""
    left = open_pieces(row)
    inspection = min(left, waiting(row) + row.rework)
    boiled = min(row.boiled, left - inspection)
    dyed = min(row.dyed, left - inspection - boiled)
    waxed = min(row.waxed, left - inspection - boiled - dyed)
    plain = left - inspection - boiled - dyed - waxed
    return Stages(plain, waxed, dyed, boiled, inspection, row.accepted, row.rejected)


def sum_of(stages: Iterable[Stages]) -> Stages:
    """The stages of several assignments together."""
    total = Stages()
    for one in stages:
        total = Stages(
            total.plain + one.plain,
            total.waxed + one.waxed,
            total.dyed + one.dyed,
            total.boiled + one.boiled,
            total.inspection + one.inspection,
            total.done + one.done,
            total.rejected + one.rejected,
        )
    return total


def check_stages(row: Counted, *, waxed: int, dyed: int, boiled: int) -> None:
    """Refuse stage counts that hold more pieces than are still being made."""
    left = open_pieces(row) - min(open_pieces(row), waiting(row) + row.rework)
    if min(waxed, dyed, boiled) < 0 or waxed + dyed + boiled > left:
        raise StagesTooMany(given=waxed + dyed + boiled, left=left)


def after_report(row: Counted, count: int) -> tuple[int, int, int]:
    """Stage counts after pieces were finished: taken from the latest stage first."""
    boiled = max(0, row.boiled - count)
    rest = count - (row.boiled - boiled)
    dyed = max(0, row.dyed - rest)
    rest -= row.dyed - dyed
    return max(0, row.waxed - rest), dyed, boiled


def check_open(row: Counted, count: int, maker: str, *, from_rework: bool = False) -> None:
    """Refuse to take in more pieces than the maker still has to bring."""
    left = row.rework if from_rework else open_pieces(row) - row.rework
    if count < 1:
        raise NoPieces()
    if count > left:
        raise TooManyPieces(maker=maker, left=left, given=count)


def rate_for(rates: Mapping[str, int], grade: str) -> int:
    """The rate of a grade as the work order fixed it, in rupiah per piece."""
    if grade not in rates:
        raise NoRateForGrade(grade=grade, grades=", ".join(sorted(rates)) or "–")
    return rates[grade]


def wage_of(rates: Mapping[str, int], pieces: Sequence[Pieces]) -> int:
    """Piece wages: pieces by the rate of their grade, in rupiah (posting.md 2.4)."""
    return sum(rate_for(rates, part.grade) * part.quantity for part in pieces)


def norm_for(norm: Decimal, count: int) -> Decimal:
    """Material for so many pieces by the norm of one."""
    return quantize(norm * count)


def split_value(total: int, pieces: Sequence[Pieces]) -> list[int]:
    """Material of one acceptance over its lots, by pieces; the parts add up."""
    return share(total, [part.quantity for part in pieces])


def lots_of(technique: str, pieces: Sequence[Pieces]) -> list[Pieces]:
    """One lot for each hand-drawn piece; stamped cloth of one grade stays together."""
    if technique != Technique.TULIS:
        return [part for part in pieces if part.quantity]
    return [
        Pieces(part.grade, 1, part.code if nth == 0 else "")
        for part in pieces
        for nth in range(part.quantity)
    ]


def margin_share(price: int, advance: int, percent: int) -> int:
    """The maker's part of a buy-back's margin, never below nil (posting.md 2.4)."""
    return share(max(price - advance, 0), [percent, 100 - percent])[0]


def check_terms(*, amount: int, price: int, percent: int, pieces: int) -> None:
    """Refuse a contract whose price lies below the advance or whose share is no percentage."""
    if amount < 1 or price < amount or not 0 <= percent <= 100 or pieces < 1:
        raise BadTerms()


def part_of(total: int, *, pieces: int, before: int, now: int) -> int:
    """The part of a lot's amount that falls on the pieces brought now; the last takes the rest."""
    upto = share(total, [before + now, pieces - before - now])[0]
    earlier = share(total, [before, pieces - before])[0] if before else 0
    return upto - earlier


def planned_pieces(quantity: int, start: date, due: date, on: date) -> int:
    """How many pieces an even pace would have past boiling on a day; all of them at the due day."""
    days = (due - start).days
    if on >= due or days <= 0:
        return quantity
    return half_up(Fraction(quantity * max(0, (on - start).days), days))
