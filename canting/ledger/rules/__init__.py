"""Pure rules of the books; see the modules of this package."""

from collections.abc import Mapping

from canting.cooperatives.rules import Role
from canting.ledger.rules.chart import CHART, ROLES, ChartRow
from canting.ledger.rules.lines import (
    GENESIS,
    LARGEST_AMOUNT,
    BusinessClass,
    Draft,
    Line,
    Side,
    check_balanced,
    credit,
    debit,
    digest_of,
    nonzero,
    signed,
)

RIGHTS: Mapping[str, frozenset[Role]] = {
    "ledger.view_books": frozenset({Role.MANAGER, Role.BOARD, Role.SUPERVISOR, Role.CASHIER}),
    "ledger.post_entry": frozenset({Role.MANAGER, Role.BOARD}),
    "ledger.reverse_entry": frozenset({Role.MANAGER, Role.BOARD}),
    "ledger.close_period": frozenset({Role.MANAGER, Role.BOARD}),
    "ledger.reopen_period": frozenset({Role.BOARD}),
    "ledger.verify": frozenset({Role.SUPERVISOR, Role.BOARD, Role.MANAGER}),
}

__all__ = [
    "CHART",
    "GENESIS",
    "LARGEST_AMOUNT",
    "RIGHTS",
    "ROLES",
    "BusinessClass",
    "ChartRow",
    "Draft",
    "Line",
    "Side",
    "check_balanced",
    "credit",
    "debit",
    "digest_of",
    "nonzero",
    "signed",
]
