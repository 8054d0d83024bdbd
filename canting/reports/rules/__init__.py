"""Pure rules of the statements; see the modules of this package."""

from collections.abc import Mapping

from canting.cooperatives.rules import BEGINNING, Dated, Parameter, Role
from canting.kernel.texts import gettext_noop as _

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "reports.interest_flow",
        _("Where interest paid stands in the cash flows (operating, financing)"),
        (Dated(BEGINNING, "operating", _("SAK EP allows both; house rule")),),
        kind="choice",
        choices=("operating", "financing"),
    ),
    Parameter(
        "reports.funds_flow",
        _("Where spending of the surplus's funds stands in the cash flows (financing, operating)"),
        (Dated(BEGINNING, "financing", _("They are appropriated surplus; house rule")),),
        kind="choice",
        choices=("financing", "operating"),
    ),
    Parameter(
        "reports.bank_rate",
        _("Interest a bank gives on savings, percent a year (0: not known)"),
        (Dated(BEGINNING, "0", _("Not known: enter the bank, its rate and the day")),),
        kind="percent",
    ),
)

RIGHTS: Mapping[str, frozenset[Role]] = {
    "reports.view_statements": frozenset({Role.CASHIER, Role.MANAGER, Role.BOARD, Role.SUPERVISOR}),
    "reports.edit_notes": frozenset({Role.MANAGER, Role.BOARD}),
}
