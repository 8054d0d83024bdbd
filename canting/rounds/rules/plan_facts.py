"""What a buying plan is made from and what it says: demands, limits, lines, what was not served."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

# What goes over into the store keeps this part of the lowest price that anybody asks for it; the
# rest stands for the money and the shelf it occupies until it is used.
SURPLUS_KEEPS = 80


class Short(StrEnum):
    """Why a need is not served, or not whole."""

    NO_OFFER = "no_offer"
    TOO_LATE = "too_late"
    NOT_ENOUGH = "not_enough"
    CASH = "cash"
    STORAGE = "storage"
    MINIMUM = "minimum"
    TOGETHER = "together"


class Breach(StrEnum):
    """The limits that lines chosen by hand may break."""

    UNKNOWN_OFFER = "unknown_offer"
    TOO_LATE = "too_late"
    MIN_PACKS = "min_packs"
    MAX_PACKS = "max_packs"
    MIN_AMOUNT = "min_amount"
    CASH = "cash"
    STORAGE = "storage"


class Why(StrEnum):
    """Why an item is, or is not, bought from a supplier who offers it."""

    CHOSEN = "chosen"
    TOO_LATE = "too_late"
    NOT_ENOUGH = "not_enough"
    MIN_AMOUNT = "min_amount"
    CASH = "cash"
    STORAGE = "storage"
    PACK_TOO_BIG = "pack_too_big"
    FREIGHT = "freight"
    DEARER = "dearer"
    SAME = "same"
    CHEAPER = "cheaper"


class Stopped(StrEnum):
    """Why the search ended: at the gap asked for, out of time, told to, or no solver at hand."""

    DONE = ""
    TIME = "time"
    CANCELLED = "cancelled"
    NO_SOLVER = "no_solver"


@dataclass(frozen=True, slots=True)
class Demand:
    """So much of an item is needed (base units); the substitutes may stand in, one for one."""

    item: str
    quantity: Decimal
    substitutes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What the plan must keep to; None is no limit.

    Cash (whole rupiah) is what may be paid before the members' money is in: it limits the
    suppliers without credit and those whose bill falls due (lead and credit days from now)
    earlier than `money_in_days`. Storage is base units per kind of item, over what arrives.
    """

    cash: int | None = None
    storage: Mapping[str, Decimal] | None = None
    needed_by_days: int | None = None
    money_in_days: int = 0
    kinds: Mapping[str, str] = field(default_factory=dict)
    surplus_keeps: int = SURPLUS_KEEPS


@dataclass(frozen=True, slots=True)
class PlanLine:
    """So many packs of an offer; goods and its part of the freight in whole rupiah."""

    offer_key: str
    supplier: str
    item: str
    packs: int
    base_quantity: Decimal
    goods: int
    freight: int


@dataclass(frozen=True, slots=True)
class Unserved:
    """What of a need is not bought, in base units, and why."""

    item: str
    quantity: Decimal
    reason: Short


@dataclass(frozen=True, slots=True)
class Served:
    """Which item serves a need: itself or a substitute; base units."""

    item: str
    by: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Surplus:
    """What is over because packs are whole: it goes to the store at this value (whole rupiah)."""

    item: str
    quantity: Decimal
    value: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A limit that is not kept: which, of whom (offer, supplier or kind), how much and how far."""

    code: Breach
    subject: str
    limit: Decimal
    found: Decimal


@dataclass(frozen=True, slots=True)
class Costed:
    """Lines at their exact cost in whole rupiah, what they leave unserved, every limit they break.

    `net` is the total less the value of the surplus: the figure by which plans are compared.
    """

    lines: tuple[PlanLine, ...]
    goods: int
    freight: int
    total: int
    surplus: tuple[Surplus, ...]
    net: int
    served: tuple[Served, ...]
    missing: tuple[tuple[str, Decimal], ...]
    missing_value: int
    cash: int
    broken: tuple[Broken, ...]


@dataclass(frozen=True, slots=True)
class SinglePlan:
    """The best that one supplier alone can do, and what it leaves unserved (whole rupiah)."""

    supplier: str
    lines: tuple[PlanLine, ...]
    total: int
    net: int
    missing: tuple[tuple[str, Decimal], ...]
    missing_value: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the search stands: seconds gone, the best net so far and how far from proved best."""

    seconds: float
    best: int | None
    gap: float | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why this item comes, or does not come, from this supplier.

    `extra` is what the whole plan would cost more (whole rupiah) with the item from her alone:
    worked out anew when `exact`, else with everything else left as it is. None: it cannot be had
    so. `limit` and `found` are the figures of the reason: days, base units or rupiah; `of` is the
    supplier whose minimum, or the kind whose room, is meant.
    """

    item: str
    supplier: str
    why: Why
    offer_key: str = ""
    extra: int | None = None
    exact: bool = True
    limit: Decimal | None = None
    found: Decimal | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan: what to buy where, its exact cost, what it cannot serve, how good it is proved.

    `gap` is how much of the net cost could at most still be saved (0.01 = one percent);
    `proved` is true when the search was not cut short.
    """

    lines: tuple[PlanLine, ...]
    unserved: tuple[Unserved, ...]
    total: int
    gap: float
    best_single: SinglePlan | None
    proved: bool
    costed: Costed
    stopped: Stopped = Stopped.DONE
    seconds: float = 0.0

    @property
    def packs(self) -> dict[str, int]:
        """Packs per offer, as `cost_of` takes them."""
        return {line.offer_key: line.packs for line in self.lines}
