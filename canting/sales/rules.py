"""Plain rules of selling: bases and their accounts, invoices, discounts, the maker's share, tax."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from canting.cooperatives.rules import BEGINNING, Dated, Parameter, PartyLike, Role
from canting.kernel.money import half_up, share
from canting.kernel.texts import gettext_noop
from canting.ledger.rules import BusinessClass, Line, Side, signed
from canting.stock.rules import Basis, Origin
from canting.taxes.rules import part_of

RIGHTS: Mapping[str, frozenset[Role]] = {
    "sales.view_orders": frozenset(
        {Role.MANAGER, Role.STOREKEEPER, Role.CASHIER, Role.BOARD, Role.SUPERVISOR}
    ),
    "sales.manage_buyers": frozenset({Role.MANAGER, Role.STOREKEEPER, Role.CASHIER}),
    "sales.take_order": frozenset({Role.MANAGER, Role.STOREKEEPER}),
    "sales.deliver": frozenset({Role.MANAGER, Role.STOREKEEPER}),
    "sales.issue_invoice": frozenset({Role.MANAGER, Role.CASHIER}),
    "sales.receive_payment": frozenset({Role.MANAGER, Role.CASHIER}),
    "sales.sell_at_gallery": frozenset({Role.MANAGER, Role.CASHIER}),
    "sales.view_tax": frozenset({Role.MANAGER, Role.CASHIER, Role.BOARD, Role.SUPERVISOR}),
    "sales.book_tax": frozenset({Role.MANAGER, Role.CASHIER}),
    "sales.judge_doubt": frozenset({Role.MANAGER}),
    "sales.write_off": frozenset({Role.MANAGER, Role.BOARD}),
    "sales.export_tax_invoices": frozenset({Role.MANAGER, Role.CASHIER}),
}

# Days overdue from which an age counts, and what people call it.
AGES = (
    (0, gettext_noop("Doubtful of what is not yet due, percent")),
    (1, gettext_noop("Doubtful of what is 1 to 90 days late, percent")),
    (91, gettext_noop("Doubtful of what is 91 to 180 days late, percent")),
    (181, gettext_noop("Doubtful of what is more than 180 days late, percent")),
)
PARAMETERS: tuple[Parameter, ...] = (
    *(
        Parameter(
            f"sales.doubtful_percent_{days}",
            label,
            (Dated(BEGINNING, "0", gettext_noop("None until the board decides")),),
            kind="percent",
        )
        for days, label in AGES
    ),
    Parameter(
        "sales.pph22_percent",
        gettext_noop("Income tax art. 22 that a buyer withholds without our certificate, percent"),
        (
            Dated(
                BEGINNING,
                "1.5",
                gettext_noop("PMK 34/2017; PMK 51/2025 not read: ask the tax office"),
            ),
        ),
        kind="percent",
    ),
    Parameter(
        "consignment.fee_percent",
        gettext_noop("Fee on consigned cloth, percent of the price got"),
        (Dated(BEGINNING, "20", gettext_noop("Rule of the house: enter the meeting's decision")),),
        kind="percent",
    ),
    Parameter(
        "sales.rounding_limit",
        gettext_noop("Most that a payment at the gallery may be rounded"),
        (Dated(BEGINNING, 100, gettext_noop("Rule of the house")),),
        kind="rupiah",
    ),
    Parameter(
        "sales.payment_days",
        gettext_noop("Days until an invoice is due"),
        (Dated(BEGINNING, 14, gettext_noop("Rule of the house")),),
        kind="days",
    ),
    Parameter(
        "sales.bank_details",
        gettext_noop("Bank account printed on invoices (bank, number, name)"),
        (Dated(BEGINNING, "", gettext_noop("Enter the cooperative's own account")),),
    ),
    Parameter(
        "sales.qris_fee_percent",
        gettext_noop("Fee of the QRIS acquirer, percent, as a proposal"),
        (
            Dated(
                BEGINNING, "0.3", gettext_noop("Micro merchants above Rp500.000: 0,3%, read 2024")
            ),
        ),
        kind="percent",
    ),
)

_DELIVERY = ("sales:delivery_detail", "number")
PAPERS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("sales.delivery", "sales.handover", "sales.delivery_returned"), _DELIVERY),
    "sales.invoice": ("sales:invoice_detail", "number"),
    "sales.payment": ("sales:payment_detail", "number"),
    "sales.sale": ("sales:sale_detail", "number"),
    "sales.credit_note": ("sales:credit_note_detail", "number"),
    "sales.qris": ("sales:qris_detail", "number"),
    "sales.doubt": ("sales:doubt_detail", "number"),
    **dict.fromkeys(("sales.final_tax", "sales.tax_paid"), ("sales:tax_detail", "number")),
}

TOKEN_PURPOSE = "order"
LONGEST_MESSAGE = 600


class OrderStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class PaperState(StrEnum):
    """A paper stands, or was reversed by Betulkan; a delivery stands first as sent."""

    SENT = "sent"
    POSTED = "posted"
    REVERSED = "reversed"


class PaidBy(StrEnum):
    CASH = "cash"
    QRIS = "qris"
    BANK = "bank"
    CREDIT = "credit"


class DoubtKind(StrEnum):
    ALLOWANCE = "allowance"
    WRITE_OFF = "write_off"
    COLLECTED = "collected"


class PaymentKind(StrEnum):
    DOWN_PAYMENT = "down_payment"
    REFUND = "refund"
    INVOICE = "invoice"
    RETENTION = "retention"


class InvoiceKind(StrEnum):
    ORDER = "order"
    SALE = "sale"
    OPENING = "opening"


CASH_ROLE: Mapping[str, str] = {
    PaidBy.CASH: "cash_till",
    PaidBy.QRIS: "qris_transit",
    PaidBy.BANK: "bank",
    PaidBy.CREDIT: "recv_buyer",
}

UNITS = ("orders", "gallery")
OWN_FUNDS = "own"


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One line of an order as typed; without a price the sale list gives it."""

    product: Any
    quantity: Decimal
    price: int | None = None
    grade: str = ""
    reference_price: int | None = None
    reference_place: str = ""
    reference_date: date | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Pieces of one lot by its code; a price only where it is sold at once."""

    code: str
    quantity: Decimal = Decimal(1)
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Sold:
    """One line that was sold: price got and what it cost us, whole rupiah; whose cloth it was."""

    basis: str
    origin: str
    net: int
    cost: int = 0
    fee: int = 0
    owner: PartyLike | None = None
    true_up: int = 0


@dataclass(frozen=True, slots=True)
class InvoiceParts:
    """What an invoice asks for: its value less the down payment used and the part held back."""

    total: int
    down_payment_used: int
    retention: int
    vat: int = 0

    @property
    def receivable(self) -> int:
        """What is due now, in whole rupiah."""
        return self.total + self.vat - self.down_payment_used - self.retention


@dataclass(frozen=True, slots=True)
class TaxInvoiceFault:
    """What a tax invoice asks for and is not known of its buyer: `tax_number` or `address`."""

    invoice: str
    buyer: str
    what: str


def business_of(origin: str) -> BusinessClass:
    """Members' business when the goods come from members (posting.md 5, shu.member_base)."""
    return BusinessClass.MEMBER if origin == Origin.MEMBER else BusinessClass.NONMEMBER


def revenue_role(basis: str, origin: str) -> str:
    """The account of the price got; consigned cloth has none, since the price is the owner's."""
    if basis == Basis.COMMISSION:
        return "sales_commission"
    return "sales_member_cloth" if origin == Origin.MEMBER else "sales_outside"


def cost_role(basis: str, origin: str) -> str:
    """The account of what the sold cloth cost us."""
    if basis == Basis.COMMISSION:
        return "cogs_commission"
    return "cogs_member_cloth" if origin == Origin.MEMBER else "cogs_n"


def returns_role(origin: str) -> str:
    """The account that a credit note lessens revenue with."""
    return "returns_m" if origin == Origin.MEMBER else "returns_n"


def penalty_role(origin: str) -> str:
    """The account of a buyer's penalty: less revenue, never an expense."""
    return "penalty_m" if origin == Origin.MEMBER else "penalty_n"


def amount_of(quantity: Decimal, price: int) -> int:
    """Quantity times price, half up to whole rupiah."""
    return half_up(quantity * price)


def share_discount(discount: int, amounts: Sequence[int]) -> list[int]:
    """A discount spread over the lines by their prices, adding up exactly; never on one owner."""
    return share(discount, list(amounts)) if discount else [0] * len(amounts)


def invoice_parts(
    *,
    total: int,
    invoiced_before: int,
    order_total: int,
    received: int,
    used_before: int,
    retention_percent: Decimal,
    vat: int = 0,
) -> InvoiceParts:
    """Split an invoice: the down payment in proportion of the order's worth, then the retention.

    The proportion is cumulative, so the last invoice of a complete order uses the last rupiah;
    money paid in advance later than the first invoice is caught up with. VAT comes on top, and
    neither lessens. Whole rupiah.
    """
    reached = min(invoiced_before + total, order_total)
    due = half_up(Fraction(received) * reached / order_total) if order_total else 0
    used = max(0, min(due - used_before, received - used_before, total))
    return InvoiceParts(total, used, min(part_of(total, retention_percent), total - used), vat)


def real_share(*, sold: int, advance: int, percent: Decimal) -> int:
    """The maker's part of what was got beyond the advance; nothing below it (posting.md 2.4)."""
    return part_of(max(sold - advance, 0), percent)


def true_up(
    *,
    made: Decimal,
    sold_before: Decimal,
    quantity: Decimal,
    got_before: int,
    net: int,
    trued_before: int,
    advance: int,
    booked: int,
    percent: Decimal,
) -> int:
    """What this sale adds to (or takes from) the maker's booked share of a buy-back lot.

    The lot counts as a whole: what was got so far against the advance and the booked share of the
    pieces sold so far, each taken in proportion of pieces. Whole rupiah, negative when she gets less.
    """
    reached = min(sold_before + quantity, made)
    rest = made - reached
    advance_now = share(advance, [reached, rest])[0]
    booked_now = share(booked, [reached, rest])[0]
    due = real_share(sold=got_before + net, advance=advance_now, percent=percent)
    return due - booked_now - trued_before


def sale_lines(
    lines: Sequence[Sold], money: Sequence[Line], *, payable: Mapping[int, int]
) -> list[Line]:
    """Every line of a sale's entry: money, revenue by basis, the owners' part, cost, the true-up.

    `payable` tells how much each maker (by party id) still has on pay_maker: what she was paid too
    much beyond that becomes a claim on her. Stock lines are the caller's.
    """
    made: list[Line] = list(money)
    for sold in lines:
        business = business_of(sold.origin)
        if sold.basis == Basis.CONSIGNMENT:
            made.append(signed("consign_payable", sold.fee - sold.net, sold.owner))
            made.append(signed("consign_fee", -sold.fee, None, business))
            continue
        made.append(signed(revenue_role(sold.basis, sold.origin), -sold.net, None, business))
        cost = sold.cost + sold.true_up
        made.append(signed(cost_role(sold.basis, sold.origin), cost, None, business))
        made.extend(_share_lines(sold, payable))
    return gathered(made)


def _share_lines(sold: Sold, payable: Mapping[int, int]) -> list[Line]:
    if not sold.true_up or sold.owner is None:
        return []
    less = -sold.true_up
    if less < 0:
        return [signed("pay_maker", less, sold.owner)]
    from_payable = min(less, max(payable.get(sold.owner.id, 0), 0))
    return [
        signed("pay_maker", from_payable, sold.owner),
        signed("recv_member", less - from_payable, sold.owner),
    ]


def gathered(lines: Sequence[Line]) -> list[Line]:
    """Lines of one account, side, party and class as one; without the empty ones."""
    sums: dict[tuple[str, Side, int | None, BusinessClass], Line] = {}
    for line in lines:
        if not line.amount:
            continue
        key = (line.account, line.side, line.party.id if line.party else None, line.business)
        amount = line.amount + (sums[key].amount if key in sums else 0)
        sums[key] = Line(line.account, line.side, amount, line.party, line.business)
    return list(sums.values())


def by_origin(amount: int, worth: Mapping[str, int]) -> dict[str, int]:
    """An amount spread over the origins of an invoice's goods by their worth."""
    names = sorted(worth) or [str(Origin.MEMBER)]
    weights = [worth.get(name, 1) for name in names]
    return dict(zip(names, share(amount, weights), strict=True))


def reserve(
    wanted: Sequence[tuple[int, tuple[int, str], Decimal]],
    sellable: Mapping[tuple[int, str], Decimal],
) -> dict[int, Decimal]:
    """How much of what is in the store each order line may count on, earliest promise first.

    `wanted` holds (line, (product, grade), quantity still to send) in the order of the promises; a
    line without a grade takes from any grade of its product.
    """
    left = dict(sellable)
    got: dict[int, Decimal] = {}
    for line, (product, grade), quantity in wanted:
        need = quantity
        for key in sorted(left):
            if key[0] == product and grade in ("", key[1]) and need > 0:
                part = min(need, left[key])
                left[key] -= part
                need -= part
        got[line] = quantity - need
    return got
