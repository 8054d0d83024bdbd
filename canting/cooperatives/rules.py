"""Plain values and rules of the cooperative's house: roles, parties, rights, parameters, numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, Protocol


class Role(StrEnum):
    MEMBER = "member"
    CASHIER = "cashier"
    STOREKEEPER = "storekeeper"
    MANAGER = "manager"
    MENTOR = "mentor"
    BOARD = "board"
    SUPERVISOR = "supervisor"


# People who move money or power; they sign in with a password and a second factor.
POWER = frozenset({Role.CASHIER, Role.MANAGER, Role.BOARD, Role.SUPERVISOR, Role.STOREKEEPER})
STAFF = frozenset({Role.CASHIER, Role.STOREKEEPER, Role.MANAGER, Role.MENTOR, Role.BOARD})
EVERYONE = frozenset(Role)
# Only the board gives and takes these: else a manager could make himself the board.
GIVEN_BY_BOARD = frozenset({Role.MANAGER, Role.BOARD, Role.SUPERVISOR})


class PartyKind(StrEnum):
    MEMBER = "member"
    SUPPLIER = "supplier"
    BUYER = "buyer"
    FINANCIER = "financier"
    STAFF = "staff"


class CooperativeKind(StrEnum):
    PRODUCER = "produsen"
    CONSUMER = "konsumen"
    SERVICE = "jasa"
    MARKETING = "pemasaran"
    SAVINGS_LOAN = "simpan_pinjam"


PARTY_PREFIX: Mapping[str, str] = {
    PartyKind.MEMBER: "A",
    PartyKind.SUPPLIER: "P",
    PartyKind.BUYER: "B",
    PartyKind.FINANCIER: "M",
    PartyKind.STAFF: "K",
}


class PartyLike(Protocol):
    """What a journal line needs to know of the one it speaks of."""

    id: int
    cooperative_id: int
    kind: str
    number: str


@dataclass(frozen=True)
class Dated:
    """One value of a parameter: from which day, and by which law or decision."""

    valid_from: date
    value: Any
    source: str


@dataclass(frozen=True)
class Parameter:
    """A rate, split, limit or switch that law or a meeting may change; never a constant."""

    name: str
    label: str
    values: tuple[Dated, ...]
    kind: str = "text"  # flag, percent, factor, rupiah, days, weeks, years, number, choice, text
    choices: tuple[str, ...] = ()


BEGINNING = date(1900, 1, 1)
LARGEST_UPLOAD = 8 * 1024 * 1024

SIGN_IN_LINK = "signin"
PIN_DIGITS = 6

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "savings_loan.licence",
        "Savings-and-loan licence number (empty: none)",
        (
            Dated(
                BEGINNING, "", "Permenkop UKM 8/2023: savings and loans only with a licensed unit"
            ),
        ),
    ),
    Parameter(
        "paper.duty_above",
        "Papers that state more than this need a duty stamp",
        (Dated(date(2021, 1, 1), 5_000_000, "UU 10/2020 (bea meterai): above Rp5.000.000"),),
        kind="rupiah",
    ),
)

RIGHTS: Mapping[str, frozenset[Role]] = {
    "cooperatives.manage_people": frozenset({Role.MANAGER, Role.BOARD}),
    "cooperatives.set_parameter": frozenset({Role.BOARD}),
    "cooperatives.view_parameters": STAFF | {Role.SUPERVISOR},
    "cooperatives.change_house": frozenset({Role.MANAGER, Role.BOARD}),
    "cooperatives.view_file": EVERYONE,
    "cooperatives.give_sign_in_link": frozenset({Role.CASHIER, Role.MANAGER, Role.BOARD}),
    "cooperatives.view_own_devices": EVERYONE,
    "cooperatives.view_audit": frozenset({Role.SUPERVISOR, Role.BOARD, Role.MANAGER}),
}


def paper_number(series: str, on: date, count: int) -> str:
    """The printed number of a paper, such as KW/2026/11/0042: series, year, month, count."""
    return f"{series}/{on.year}/{on.month:02d}/{count:04d}"


def number_parts(number: str) -> tuple[str, int, int] | None:
    """Series, year and count of a printed number; nothing when it is not one of ours."""
    parts = number.split("/")
    if len(parts) != 4 or not all(part.isdigit() for part in parts[1:]):
        return None
    return parts[0], int(parts[1]), int(parts[3])


def value_on(values: tuple[Dated, ...], on: date) -> Any:
    """The value in force on a day: the latest that began on or before it."""
    return max((d for d in values if d.valid_from <= on), key=lambda d: d.valid_from).value


def is_weak_pin(pin: str) -> bool:
    """True for what is not six digits, a row, a repetition, or holds a year of birth at an end."""
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        return True
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    is_row = len(steps) == 1 and steps <= {0, 1, 9}
    repeats = pin == pin[:2] * 3 or pin == pin[:3] * 2
    year = any(1930 <= int(part) <= 2029 for part in (pin[:4], pin[2:]))
    return is_row or repeats or year
