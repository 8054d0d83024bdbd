"""Plain rules of buying material and handing it out."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from canting.cooperatives.rules import BEGINNING, Dated, Parameter, Role
from canting.kernel.dates import first_of_month, next_month
from canting.kernel.texts import gettext_noop


class Terms(StrEnum):
    """Whose risk the road is: ours from loading (franco gudang penjual) or the seller's."""

    DELIVERED = "delivered"
    LOADED = "loaded"


class Payment(StrEnum):
    CREDIT = "credit"
    CASH = "cash"


class Mode(StrEnum):
    """How material leaves the store: sold for cash, on credit by two due rules, or in trust."""

    CASH = "cash"
    CREDIT = "credit"
    CREDIT_ON_SALE = "credit_on_sale"
    CUSTODY = "custody"


class State(StrEnum):
    SHIPPED = "shipped"
    POSTED = "posted"
    REVERSED = "reversed"


class ChangeKind(StrEnum):
    RETURN = "return"
    PRICE = "price"


class DueRule(StrEnum):
    NEXT_MONTH = "next_month"
    ON_SALE = "on_sale"


class FundsSource(StrEnum):
    OWN = "own"
    PARTNER = "partner"
    GRANT = "grant"


# The event of each way to hand out (posting.md 2.3) and the account it is owed on.
MODE_KINDS: Mapping[str, str] = {
    Mode.CASH: "handout_cash",
    Mode.CREDIT: "handout_credit",
    Mode.CREDIT_ON_SALE: "handout_credit_on_sale",
    Mode.CUSTODY: "handout_custody",
}
DUE_ROLES: Mapping[str, str] = {
    Mode.CREDIT: "recv_member",
    Mode.CREDIT_ON_SALE: "recv_member_on_sale",
}
RULE_OF_ROLE: Mapping[str, str] = {
    "recv_member": DueRule.NEXT_MONTH,
    "recv_member_on_sale": DueRule.ON_SALE,
}
BUSINESS_UNIT = "bahan"


def due_day(*, mode: str, on: date, long_stop_days: int) -> date | None:
    """The day from which a hand-out is due: the first of next month, or the long-stop of "on sale"."""
    if mode == Mode.CREDIT:
        return next_month(first_of_month(on))
    if mode == Mode.CREDIT_ON_SALE:
        return on + timedelta(days=long_stop_days)
    return None


# Where the money of a sale for cash comes in; QRIS money is on its way until the bank has it.
TILL, QRIS = "cash_till", "qris_transit"
SALE_ROLES = ("sales_material_m", "sales_material_n")

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "credit.long_stop_days",
        gettext_noop("Credit due when the cloth is sold is due at the latest after so many days"),
        (Dated(BEGINNING, 180, gettext_noop("Decision of the board (enter its number and date)")),),
        kind="days",
    ),
    Parameter(
        "credit.limit",
        gettext_noop("A member may owe at most so much for material (0: no limit)"),
        (Dated(BEGINNING, 0, gettext_noop("Decision of the board (enter its number and date)")),),
        kind="rupiah",
    ),
    Parameter(
        "credit.overdue_days",
        gettext_noop("Credit overdue for more than so many days stops new credit (0: never)"),
        (Dated(BEGINNING, 0, gettext_noop("Decision of the board (enter its number and date)")),),
        kind="days",
    ),
    Parameter(
        "purchasing.over_delivery",
        gettext_noop("How much more than ordered is taken without a reason, percent"),
        (Dated(BEGINNING, "5", gettext_noop("House rule until the board says otherwise")),),
        kind="percent",
    ),
    Parameter(
        "purchasing.bill_tolerance_percent",
        gettext_noop("How far a supplier's bill may differ from the order, percent of a line"),
        (Dated(BEGINNING, "1", gettext_noop("House rule until the board says otherwise")),),
        kind="percent",
    ),
    Parameter(
        "purchasing.bill_tolerance",
        gettext_noop("How far a supplier's bill may differ from the order in any case"),
        (Dated(BEGINNING, 1_000, gettext_noop("House rule: small change and rounding")),),
        kind="rupiah",
    ),
)

_STORE = frozenset({Role.STOREKEEPER, Role.MANAGER})
_WHO_SEE = frozenset({*_STORE, Role.CASHIER, Role.MENTOR, Role.BOARD, Role.SUPERVISOR})
RIGHTS: Mapping[str, frozenset[Role]] = {
    "purchasing.view_purchases": _WHO_SEE,
    "purchasing.buy": _STORE,
    "purchasing.edit_suppliers": _STORE,
    "purchasing.hand_out": _STORE,
    "purchasing.correct": _STORE,
    "purchasing.sell_at_till": frozenset({*_STORE, Role.CASHIER}),
    "purchasing.set_credit_limit": frozenset({Role.MANAGER, Role.BOARD}),
    "purchasing.pay_supplier": frozenset({Role.CASHIER, Role.MANAGER}),
    "purchasing.edit_offers": _STORE,
    "purchasing.order": _STORE,
    "purchasing.bill": frozenset({*_STORE, Role.CASHIER}),
    "purchasing.accept_difference": frozenset({Role.MANAGER}),
}

PAPERS: Mapping[str, tuple[str, str]] = {
    "purchasing.purchase": ("purchasing:purchase_detail", "number"),
    "purchasing.receipt": ("purchasing:receipt_detail", "number"),
    "purchasing.change": ("purchasing:change_detail", "number"),
    "purchasing.payment": ("purchasing:payment_detail", "number"),
    "purchasing.hand_out": ("purchasing:hand_out_detail", "number"),
    "purchasing.material_return": ("purchasing:return_detail", "number"),
    "purchasing.order": ("purchasing:order_detail", "number"),
    "purchasing.order_receipt": ("purchasing:order_receipt_detail", "number"),
    "purchasing.bill": ("purchasing:bill_detail", "number"),
    "purchasing.order_return": ("purchasing:order_return_detail", "number"),
}
