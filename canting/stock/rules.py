"""Whose cloth, where it lies, which account keeps its value."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from canting.cooperatives.rules import BEGINNING, Dated, Parameter, PartyLike, Role
from canting.kernel.money import half_up, share
from canting.kernel.texts import gettext_noop


class Basis(StrEnum):
    """The contract between a maker and the cooperative (putus, makloon, titip); never mixed."""

    PURCHASE = "purchase"
    COMMISSION = "commission"
    CONSIGNMENT = "consignment"
    NONE = "none"


class Origin(StrEnum):
    """Where goods come from: a member's delivery or outside."""

    MEMBER = "member"
    OUTSIDE = "outside"


class PaperState(StrEnum):
    POSTED = "posted"
    REVERSED = "reversed"


class WriteDownKind(StrEnum):
    """Written down to what it would bring, taken back when that rises, released when goods left."""

    DOWN = "down"
    BACK = "back"
    RELEASE = "release"


class CountState(StrEnum):
    """A count is open until two people agree, and then booked or dropped."""

    OPEN = "open"
    BOOKED = "booked"
    DROPPED = "dropped"
    REVERSED = "reversed"


class Route(StrEnum):
    """What becomes of a difference: booked as one, or left to the damage route at a maker."""

    DIFFERENCE = "difference"
    DAMAGE = "damage"


class PlaceKind(StrEnum):
    STORE = "store"
    CUSTODY = "custody"
    TRANSIT = "transit"
    OUTBOUND = "outbound"
    CONSIGNED = "consigned"


# Places that are kept per party.
OF_A_PARTY = (PlaceKind.CUSTODY, PlaceKind.OUTBOUND, PlaceKind.CONSIGNED)

STORE_ROLES: Mapping[str, str] = {
    "cloth": "mat_cloth",
    "wax": "mat_wax",
    "dye": "mat_dye",
    "tool": "mat_tools",
    "product": "fg",
    "byproduct": "byproduct_wax",
}
PLACE_ROLES: Mapping[str, str] = {
    PlaceKind.CUSTODY: "custody",
    PlaceKind.TRANSIT: "mat_transit",
    PlaceKind.OUTBOUND: "fg_transit",
    PlaceKind.CONSIGNED: "",
}
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 6
# Cover counts what left the store in so many weeks; papers that only buy or put right are no use.
USE_WEEKS = 8
NOT_USE = (
    *("purchasing.receipt", "purchasing.purchase", "purchasing.change", "portal.opening"),
    *("stock.transfer", "stock.count", "stock.tracking", "stock.brought"),
)


def account_role(place_kind: str, item_kind: str) -> str:
    """The account that keeps the value of this kind of item at this kind of place; "" for none.

    Consigned cloth is its owner's: quantity only (posting.md 1.2).
    """
    if place_kind == PlaceKind.STORE:
        return STORE_ROLES[item_kind]
    return PLACE_ROLES[place_kind]


def value_out(*, quantity: Decimal, balance_quantity: Decimal, balance_value: int) -> int:
    """Whole rupiah that leave with a quantity: moving average, half up; the last unit takes the rest."""
    if quantity == balance_quantity:
        return balance_value
    return half_up(balance_value * quantity / balance_quantity)


@dataclass(frozen=True, slots=True)
class BatchIn:
    """A batch as its label names it: the supplier's lot code and, where there is one, its expiry."""

    code: str
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class BatchPart:
    """How much of one stored batch moved, in the item's base unit."""

    batch_id: int
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class BatchFree:
    """How much of a batch may leave a place on a day without a later day falling below zero."""

    batch_id: int
    code: str
    expires_on: date | None
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Moved:
    """What a stock move did to value: whole rupiah, the account it stands on, whose, how much.

    `parts` names the batches of a material that is kept by batch; give them on to where it goes.
    """

    value: int
    role: str
    party: PartyLike | None
    quantity: Decimal
    parts: tuple[BatchPart, ...] = ()


# What lay there when a material began to be kept by batch, and nobody could say which batch it is.
OLD_BATCH = "LAMA"


def batch_code(text: str) -> str:
    """A batch's code as it is stored: capitals, single spaces, at most 40 signs."""
    return " ".join(text.upper().split())[:40]


def in_order_of_use(free: Iterable[BatchFree], on: date) -> list[BatchFree]:
    """Batches as they should be used on a day: earliest expiry first, what has expired last of all."""
    last = date.max
    return sorted(
        free,
        key=lambda one: (
            one.expires_on is not None and one.expires_on < on,
            one.expires_on or last,
            one.batch_id,
        ),
    )


def parts_of(free: Iterable[BatchFree], quantity: Decimal) -> list[BatchPart]:
    """The quantity taken from these batches in their order; less than it when they do not suffice."""
    parts: list[BatchPart] = []
    left = quantity
    for one in free:
        take = min(left, one.quantity)
        if take > 0:
            parts.append(BatchPart(one.batch_id, take))
            left -= take
    return parts


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed when cloth is made on an advance (posting.md 2.4, buy-back): whole rupiah, percent."""

    advance_amount: int = 0
    agreed_price: int = 0
    maker_share_percent: int = 0
    share_booked: int = 0


@dataclass(frozen=True, slots=True)
class Reference:
    """A price seen elsewhere, with place and date; unknown is said, never left out."""

    price: int = 0
    place: str = ""
    seen_on: str = ""

    @property
    def known(self) -> bool:
        """True when a price was seen somewhere."""
        return self.price > 0


def random_code() -> str:
    """Six signs without 0, O, 1 and I."""
    return "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))


def bare_code(text: str) -> str:
    """A cloth code as it is stored: capitals without dashes and spaces."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def shown_code(code: str) -> str:
    """A cloth code as labels print it: K7Q-4MD."""
    return f"{code[:3]}-{code[3:]}" if len(code) == CODE_LENGTH else code


def is_code(code: str) -> bool:
    """True when these are six signs that a label may carry."""
    return len(code) == CODE_LENGTH and all(sign in SIGNS for sign in code)


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """One lot on a paper of the stock: how much in its base unit, and of which batch ("" : any)."""

    lot: Any
    quantity: Decimal
    batch: str = ""


def may_move(from_kind: str, to_kind: str) -> bool:
    """True for the ways a transfer paper moves goods: store to store, maker to maker."""
    return from_kind == to_kind and from_kind in (PlaceKind.STORE, PlaceKind.CUSTODY)


def worth_of(*, quantity: Decimal, balance_quantity: Decimal, balance_value: int) -> int:
    """Whole rupiah of a surplus at the average of what lies there, half up."""
    return half_up(balance_value * quantity / balance_quantity)


def scaled(parts: Sequence[Decimal], total: Decimal) -> list[Decimal]:
    """A total divided by parts into quantities of four places that add up to it exactly."""
    ten_thousandths = share(int(total * 10_000), parts)
    return [Decimal(one) / 10_000 for one in ten_thousandths]


PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "stock.expiry_days",
        gettext_noop("Batches are shown as expiring so many days before their day"),
        (Dated(BEGINNING, 30, gettext_noop("Decision of the board (enter its number and date)")),),
        kind="days",
    ),
)
PAPERS: Mapping[str, tuple[str, str]] = {
    "stock.transfer": ("stock:transfer_detail", "number"),
    "stock.count": ("stock:count_detail", "number"),
    "stock.blend": ("stock:blend_detail", "number"),
    "stock.write_down": ("stock:write_down_detail", "number"),
}

_STORE = frozenset({Role.STOREKEEPER, Role.MANAGER})
RIGHTS: Mapping[str, frozenset[Role]] = {
    "stock.view_stock": frozenset(
        {*_STORE, Role.CASHIER, Role.MENTOR, Role.BOARD, Role.SUPERVISOR}
    ),
    "stock.move": _STORE,
    "stock.count": frozenset({*_STORE, Role.CASHIER, Role.MENTOR}),
    "stock.write_down": frozenset({Role.MANAGER}),
    "stock.book_count": frozenset({Role.MANAGER}),
    "stock.blend": _STORE,
    "stock.correct": _STORE,
    "stock.view_own_materials": frozenset({Role.MEMBER}),
}


WRITE_DOWN_SERIES = "TN"


def allowance_wanted(*, cost: int, worth: int) -> int:
    """What goods are written down by: cost less net realisable value, never below nil (SAK EP 13)."""
    return max(cost - worth, 0)


def allowance_left(*, standing: int, written: Decimal, there: Decimal) -> int:
    """What stays of an allowance when part of the goods has left: in proportion, half up."""
    if there >= written or not written:
        return standing
    return half_up(Decimal(standing) * there / written)
