"""Bank lines: how a list is read, which entry a line may be, who may act."""

from collections.abc import Mapping

from canting.cooperatives.rules import BEGINNING, Dated, Parameter, Role
from canting.kernel.texts import gettext_noop as _
from canting.treasury.rules.matching import Booked, Said, candidates_of, sure_pairs
from canting.treasury.rules.reading import (
    COLUMNS,
    DOTS,
    POINTS,
    STYLES,
    SYNONYMS,
    ReadLine,
    amount_of,
    in_order,
)

MATCH_DAYS = "treasury.match_days"
PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        MATCH_DAYS,
        _("How many days a line of the bank may lie from its entry"),
        (Dated(BEGINNING, 7, _("A week holds weekends and holidays; the board decides")),),
        kind="days",
    ),
)
DESK = frozenset({Role.CASHIER, Role.MANAGER})
RIGHTS: Mapping[str, frozenset[Role]] = {
    "treasury.view_bank": DESK | {Role.BOARD, Role.SUPERVISOR},
    "treasury.match_bank": DESK,
}

__all__ = [
    "COLUMNS",
    "DOTS",
    "MATCH_DAYS",
    "PARAMETERS",
    "POINTS",
    "RIGHTS",
    "STYLES",
    "SYNONYMS",
    "Booked",
    "ReadLine",
    "Said",
    "amount_of",
    "candidates_of",
    "in_order",
    "sure_pairs",
]
