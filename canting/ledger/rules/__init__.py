"""Pure rules of the books; see the modules of this package."""

from collections.abc import Mapping

from canting.cooperatives.rules import BEGINNING, Dated, Parameter, Role
from canting.kernel.texts import gettext_noop
from canting.ledger.rules.chart import CHART, ROLES, ChartRow
from canting.ledger.rules.checkpoints import SHORT, Checkpoint, read_checkpoint
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
from canting.ledger.rules.splitting import PARAMETERS as SPLITTING
from canting.ledger.rules.splitting import Telling, telling_of

# Closing a year is neither revenue nor cost, though it moves their accounts.
YEAR_CLOSE = "year_close"
# Accounts from this code on are revenue and cost; below it stand assets, liabilities, equity.
FIRST_OF_SURPLUS = "4"

# Accounts that another domain keeps together with its own rows (stock, shares, dues, the drawer):
# a manual entry would part the two.
KEPT_BY_PAPERS = frozenset(
    row.role
    for row in CHART
    if (row.statement in {"receivables", "inventory", "payable_makers", "payable_suppliers"})
    or (row.statement in {"savings", "entry_shares", "regular_shares", "surplus", "loans_out"})
) - {"recv_allowance", "inv_allowance"} | {
    "cash_till",
    "cash_main",
    "qris_transit",
    "advance_maker",
    "prepay_supplier",
    "staff_advance",
    "down_payment",
    "round_deposit",
    "shu_payable",
    "suspense",
}
MANUAL_SERIES = "BM"
# Of links that show whether a paper is in the books.
PROOF_PURPOSE = "proof"

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "ledger.close_by_two",
        gettext_noop("A month is closed by a second person"),
        (Dated(BEGINNING, True, gettext_noop("House rule: who prepares does not sign")),),
        kind="flag",
    ),
    *SPLITTING,
)

PAPERS: Mapping[str, tuple[str, str]] = {"ledger.manual": ("ledger:paper_entry", "number")}

RIGHTS: Mapping[str, frozenset[Role]] = {
    "ledger.view_books": frozenset({Role.MANAGER, Role.BOARD, Role.SUPERVISOR, Role.CASHIER}),
    "ledger.post_entry": frozenset({Role.MANAGER, Role.BOARD}),
    "ledger.change_chart": frozenset({Role.MANAGER, Role.BOARD}),
    "ledger.reverse_entry": frozenset({Role.MANAGER, Role.BOARD}),
    "ledger.close_period": frozenset({Role.MANAGER, Role.BOARD}),
    "ledger.reopen_period": frozenset({Role.BOARD}),
    "ledger.close_year": frozenset({Role.BOARD}),
    "ledger.verify": frozenset({Role.SUPERVISOR, Role.BOARD, Role.MANAGER}),
}

__all__ = [
    "CHART",
    "FIRST_OF_SURPLUS",
    "GENESIS",
    "KEPT_BY_PAPERS",
    "LARGEST_AMOUNT",
    "MANUAL_SERIES",
    "PAPERS",
    "PARAMETERS",
    "PROOF_PURPOSE",
    "RIGHTS",
    "ROLES",
    "SHORT",
    "SPLITTING",
    "YEAR_CLOSE",
    "BusinessClass",
    "ChartRow",
    "Checkpoint",
    "Draft",
    "Line",
    "Side",
    "Telling",
    "check_balanced",
    "credit",
    "debit",
    "digest_of",
    "nonzero",
    "read_checkpoint",
    "signed",
    "telling_of",
]
