"""A round of buying together: its words, its rights, its parameters."""

from collections.abc import Mapping

from canting.cooperatives.rules import BEGINNING, Dated, Parameter, Role
from canting.kernel.texts import gettext_noop
from canting.rounds.rules.states import (
    OVER,
    STEPS_OF_LIFE,
    UNDER_WAY,
    DifferenceBy,
    FundKind,
    FundState,
    MoveKind,
    NeedSource,
    PriceRule,
    RoundState,
    ShareOutState,
    ShareRule,
    ShareState,
)

# What a paper below a round carries in its note, so that it can be found again.
SOURCE = "rounds.round"
DESK = frozenset({Role.CASHIER, Role.MANAGER})
STORE = frozenset({Role.STOREKEEPER, Role.MANAGER})
WHO_SEE = STORE | DESK | {Role.MENTOR, Role.BOARD, Role.SUPERVISOR}

RIGHTS: Mapping[str, frozenset[Role]] = {
    "rounds.view_rounds": WHO_SEE,
    "rounds.manage_rounds": STORE,
    "rounds.handle_money": DESK,
    "rounds.view_own_round": frozenset({Role.MEMBER}),
}

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "rounds.output_days",
        gettext_noop("Output of so many days back makes a member an active maker"),
        (Dated(BEGINNING, 90, gettext_noop("Decision of the board (enter its number and date)")),),
        kind="days",
    ),
    Parameter(
        "rounds.cover_weeks",
        gettext_noop("An order for the store covers so many weeks of use beyond its order time"),
        (Dated(BEGINNING, 4, gettext_noop("Decision of the board (enter its number and date)")),),
        kind="weeks",
    ),
    Parameter(
        "rounds.rain_months",
        gettext_noop("Rainy months, by number with commas"),
        (
            Dated(
                BEGINNING,
                "11,12,1,2,3",
                gettext_noop("Usual rainy season in East Java (from memory: check for your place)"),
            ),
        ),
    ),
    Parameter(
        "rounds.rain_factor",
        gettext_noop("In rainy months an order takes so many percent of its usual time"),
        (
            Dated(
                BEGINNING,
                200,
                gettext_noop(
                    "Ten sheets take one week in dry weather and two in rain (Media Indonesia, "
                    "January 2012)"
                ),
            ),
        ),
        kind="factor",
    ),
    Parameter(
        "rounds.surplus_keeps",
        gettext_noop("What goes over to the store keeps so many percent of the lowest price"),
        (
            Dated(
                BEGINNING,
                80,
                gettext_noop("Our own estimate: money and shelf until it is used; set your own"),
            ),
        ),
        kind="percent",
    ),
    Parameter(
        "rounds.trip_cost",
        gettext_noop("One trip to the market where members used to buy (0: not known)"),
        (
            Dated(
                BEGINNING, 0, gettext_noop("Not known: enter what a trip costs, where to and when")
            ),
        ),
        kind="rupiah",
    ),
    Parameter(
        "rounds.price_difference",
        gettext_noop("Who bears what a bill says above or below the order, before sharing out"),
        (
            Dated(
                BEGINNING,
                DifferenceBy.MEMBERS.value,
                gettext_noop("House rule: in proportion to what each gets, for she owes its cost"),
            ),
        ),
        kind="choice",
        choices=(gettext_noop("members"), gettext_noop("cooperative")),  # DifferenceBy, to be read
    ),
)

PAPERS: Mapping[str, tuple[str, str]] = {
    "rounds.deposit_used": ("purchasing:hand_out_detail", "number"),
}


def source_of(number: str) -> str:
    """How papers of other rooms name a round."""
    return f"{SOURCE}:{number}"


__all__ = [
    "DESK",
    "OVER",
    "PAPERS",
    "PARAMETERS",
    "RIGHTS",
    "SOURCE",
    "STEPS_OF_LIFE",
    "STORE",
    "UNDER_WAY",
    "WHO_SEE",
    "DifferenceBy",
    "FundKind",
    "FundState",
    "MoveKind",
    "NeedSource",
    "PriceRule",
    "RoundState",
    "ShareOutState",
    "ShareRule",
    "ShareState",
    "source_of",
]
