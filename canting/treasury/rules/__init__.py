"""Rules of the treasurer's daily work, and who may act; see the modules of this package."""

from collections.abc import Mapping

from canting.cooperatives.rules import BEGINNING, Dated, Parameter, Role
from canting.kernel.texts import gettext_noop as _
from canting.treasury.rules.budget import (
    SECTIONS,
    Compared,
    raised,
    section_of,
    section_sign,
)
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
from canting.treasury.rules.recurring import (
    LAST_DAY,
    LONGEST_RHYTHM,
    MOST_MONTHS,
    OWED,
    PAID,
    RHYTHMS,
    WAYS,
    Rhythm,
    due_days,
    next_due,
    prepaid_until,
)
from canting.treasury.rules.units import (
    ANY_KIND,
    FIXED,
    GROSS,
    KINDS,
    REVENUE,
    STARTERS,
    Rule,
    changes_between,
    in_force,
    split,
    unit_of,
)

ACCRUAL_SERIES, PREPAID_SERIES, SPREAD_SERIES = "AK", "DM", "SB"
ACCRUAL, PREPAYMENT, SPREAD = "treasury.accrual", "treasury.prepayment", "treasury.spread"
# Further entries of the same papers: an accrual turned on the next month's first day, and the parts
# of a prepaid cost taken back when it is put right.
TURNED, UNSPREAD = "treasury.accrual_turned", "treasury.unspread"
PAPERS: Mapping[str, tuple[str, str]] = {
    ACCRUAL: ("treasury:accrual_detail", "number"),
    TURNED: ("treasury:accrual_detail", "number"),
    PREPAYMENT: ("treasury:prepayment_detail", "number"),
    UNSPREAD: ("treasury:prepayment_detail", "number"),
    SPREAD: ("treasury:spread_detail", "number"),
}
BUDGET_STATES: Mapping[str, str] = {
    "draft": _("draft"),
    "approved": _("approved"),
    "replaced": _("replaced by a later one"),
}
MATCH_DAYS = "treasury.match_days"
UNIT_KEY = "treasury.unit_key"
PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        MATCH_DAYS,
        _("How many days a line of the bank may lie from its entry"),
        (Dated(BEGINNING, 7, _("A week holds weekends and holidays; the board decides")),),
        kind="days",
    ),
    Parameter(
        UNIT_KEY,
        _("Key that splits shared costs between business units"),
        (Dated(BEGINNING, REVENUE, _("Revenue of each unit, as the key of members and others")),),
        kind="choice",
        choices=(REVENUE, GROSS, FIXED),
    ),
)
DESK = frozenset({Role.CASHIER, Role.MANAGER})
LOOK = DESK | {Role.BOARD, Role.SUPERVISOR}
RIGHTS: Mapping[str, frozenset[Role]] = {
    "treasury.view_bank": LOOK,
    "treasury.match_bank": DESK,
    "treasury.view_costs": LOOK,
    "treasury.record_costs": DESK,
    "treasury.correct_papers": DESK,
    "treasury.view_budget": LOOK,
    "treasury.write_budget": DESK,
    "treasury.approve_budget": frozenset({Role.BOARD}),
    "treasury.view_units": LOOK,
    "treasury.set_units": DESK,
}

__all__ = [
    "ACCRUAL",
    "ACCRUAL_SERIES",
    "ANY_KIND",
    "BUDGET_STATES",
    "COLUMNS",
    "DOTS",
    "FIXED",
    "GROSS",
    "KINDS",
    "LAST_DAY",
    "LONGEST_RHYTHM",
    "MATCH_DAYS",
    "MOST_MONTHS",
    "OWED",
    "PAID",
    "PAPERS",
    "PARAMETERS",
    "POINTS",
    "PREPAID_SERIES",
    "PREPAYMENT",
    "REVENUE",
    "RHYTHMS",
    "RIGHTS",
    "SECTIONS",
    "SPREAD",
    "SPREAD_SERIES",
    "STARTERS",
    "STYLES",
    "SYNONYMS",
    "TURNED",
    "UNIT_KEY",
    "UNSPREAD",
    "WAYS",
    "Booked",
    "Compared",
    "ReadLine",
    "Rhythm",
    "Rule",
    "Said",
    "amount_of",
    "candidates_of",
    "changes_between",
    "due_days",
    "in_force",
    "in_order",
    "next_due",
    "prepaid_until",
    "raised",
    "section_of",
    "section_sign",
    "split",
    "sure_pairs",
    "unit_of",
]
