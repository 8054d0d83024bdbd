"""The statement of cash flows: which heading money belongs under, by kind of entry or by account.

Class of an account as the chart says: C cash, O operating, I investing, F financing.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from canting.kernel.money import share
from canting.kernel.texts import gettext_noop as _

# Keys begin with their class: op, inv, fin; the order is that of the statement.
HEADINGS: Mapping[str, str] = {
    "op.buyers": _("Received from buyers"),
    "op.members": _("Received from members"),
    "op.suppliers": _("Paid to suppliers"),
    "op.makers": _("Paid to makers"),
    "op.overhead": _("Running costs paid"),
    "op.interest": _("Interest paid"),
    "op.tax": _("Taxes paid"),
    "op.funds": _("Spent from the funds of the surplus"),
    "op.other": _("Other operating receipts and payments"),
    "inv.assets_buy": _("Fixed assets bought"),
    "inv.assets_sell": _("Fixed assets sold"),
    "inv.onlend": _("Partner funds passed on and returned"),
    "inv.loans": _("Loans to members, given and repaid"),
    "fin.shares_in": _("Entry and regular shares paid in"),
    "fin.shares_out": _("Shares returned to leavers"),
    "fin.savings": _("Members' savings, paid in and withdrawn"),
    "fin.grant": _("Grants received"),
    "fin.loan_in": _("Loans taken"),
    "fin.loan_out": _("Loans repaid"),
    "fin.interest": _("Interest on loans paid"),
    "fin.shu_paid": _("Surplus paid to members"),
    "fin.funds": _("Spent from the funds of the surplus"),
    "fin.other": _("Other financing"),
}
CLASSES: Mapping[str, str] = {"op": "O", "inv": "I", "fin": "F"}
# Kinds that are no movement of the time: what was there before, and the closing of a year.
NO_FLOW = frozenset({"opening", "year_close"})


class Way(NamedTuple):
    """Where the money of one kind of entry stands; some accounts beside it have their own line."""

    heading: str
    apart: Mapping[str, str] = {}


_BUYERS = (
    *("down_payment", "down_payment_refund", "payment_received", "pph22_no_certificate"),
    *("pph23_service", "payment_received_foreign", "retention_received", "gallery_sale"),
    *("gallery_sale_qris", "gallery_sale_mixed", "sale_cash", "credit_note"),
    "bad_debt_collected",
    *("sale_material_nonmember", "service_nonmember", "suspense", "suspense_cleared"),
)
_MEMBERS = (
    *("handout_cash", "service_member", "round_deposit", "round_deposit_used"),
    "round_deposit_returned",
)
_SUPPLIERS = (
    *("purchase_received", "purchase_cash", "purchase_outside", "supplier_paid"),
    *("supplier_return", "grni", "grni_invoiced", "price_difference", "pph23_we_withhold"),
)
_LOANS = {"loan_interest": "op.members", "loan_fee": "op.members"}
_INTEREST = {"interest_expense": "op.interest", "interest_payable": "op.interest"}
_EXIT = {
    "shu_payable": "fin.shu_paid",
    "savings_vol": "fin.savings",
    "savings_time": "fin.savings",
}
WAYS: Mapping[str, Way] = {
    **dict.fromkeys(_BUYERS, Way("op.buyers")),
    **dict.fromkeys(_MEMBERS, Way("op.members")),
    **dict.fromkeys(_SUPPLIERS, Way("op.suppliers")),
    **dict.fromkeys(("settlement", "advance_buyback", "return_to_maker"), Way("op.makers")),
    **dict.fromkeys(
        (
            *("overhead", "staff_advance", "staff_advance_settled", "pph42_we_withhold"),
            *("accrued_paid", "prepaid_paid"),
        ),
        Way("op.overhead"),
    ),
    **dict.fromkeys(("tax_paid", "pph21_paid", "pph23_paid", "pph42_paid"), Way("op.tax")),
    **dict.fromkeys(
        (
            *("qris_settled", "drawer_difference", "drawer_over", "bank_interest"),
            *("other_income", "cash_transfer", "grant_cash_income"),
        ),
        Way("op.other"),
    ),
    "asset_purchase": Way("inv.assets_buy"),
    "disposal": Way("inv.assets_sell"),
    "onlend": Way("inv.onlend", {"service_member": "op.members"}),
    "onlend_repaid": Way("inv.onlend", {"service_member": "op.members"}),
    "loan_disbursed": Way("inv.loans", _LOANS),
    "loan_instalment": Way("inv.loans", _LOANS),
    **dict.fromkeys(("founding", "shares_in"), Way("fin.shares_in")),
    **dict.fromkeys(("savings_in", "savings_out"), Way("fin.savings")),
    **dict.fromkeys(("exit_paid", "exit_setoff"), Way("fin.shares_out", _EXIT)),
    "facility_draw": Way("fin.loan_in"),
    "facility_repaid": Way("fin.loan_out", _INTEREST),
    **dict.fromkeys(("grant_cash", "grant_cash_held"), Way("fin.grant")),
    **dict.fromkeys(("surplus_paid_cash", "surplus_paid_transfer"), Way("fin.shu_paid")),
    "fund_spending": Way("fin.funds"),
}
_BY_ROLE: Mapping[str, str] = {
    "down_payment": "op.buyers",
    "round_deposit": "op.members",
    "interest_payable": "op.interest",
    "interest_expense": "op.interest",
    "bank_charges": "op.other",
    "grant_held": "fin.grant",
    "exit_payable": "fin.shares_out",
    "shu_payable": "fin.shu_paid",
    "onlend_held": "op.other",
    "suspense": "op.buyers",
    "sales_material_m": "op.members",
    "service_member": "op.members",
    "loan_interest": "op.members",
    "loan_fee": "op.members",
}
_BY_PARTY: Mapping[tuple[str, str], str] = {
    ("receivables", "member"): "op.members",
    ("advances", "supplier"): "op.suppliers",
    ("advances", "member"): "op.makers",
}
# Of accounts whose role or party says nothing more: by the line of the statement they stand on;
# where money in and money out have lines of their own, both.
_BY_LINE: Mapping[str, tuple[str, str]] = {
    "receivables": ("op.buyers", "op.buyers"),
    "loans_out": ("inv.loans", "inv.loans"),
    "advances": ("op.overhead", "op.overhead"),
    "passed_on": ("inv.onlend", "inv.onlend"),
    "inventory": ("op.suppliers", "op.suppliers"),
    "prepaid_tax": ("op.tax", "op.tax"),
    "fixed_assets": ("inv.assets_sell", "inv.assets_buy"),
    "payable_suppliers": ("op.suppliers", "op.suppliers"),
    "payable_makers": ("op.makers", "op.makers"),
    "payable_tax": ("op.tax", "op.tax"),
    "payable_other": ("op.other", "op.other"),
    "savings": ("fin.savings", "fin.savings"),
    "surplus_funds": ("fin.funds", "fin.funds"),
    "borrowings": ("fin.loan_in", "fin.loan_out"),
    "entry_shares": ("fin.shares_in", "fin.shares_out"),
    "regular_shares": ("fin.shares_in", "fin.shares_out"),
    "grants": ("fin.grant", "fin.grant"),
    "member_revenue": ("op.buyers", "op.buyers"),
    "other_revenue": ("op.buyers", "op.buyers"),
    "member_cost": ("op.suppliers", "op.suppliers"),
    "other_cost": ("op.suppliers", "op.suppliers"),
    "operating_expense": ("op.overhead", "op.overhead"),
    "cooperative_expense": ("op.overhead", "op.overhead"),
    "tax": ("op.tax", "op.tax"),
}
_REST: Mapping[str, str] = {"O": "op.other", "I": "inv.loans", "F": "fin.other"}


class Paid(NamedTuple):
    """An account as the statement needs it."""

    role: str
    statement: str
    party_kind: str
    flow: str


class Choices(NamedTuple):
    """Where interest and the spending of funds stand (SAK EP allows both; posting.md 5)."""

    interest: str = "operating"
    funds: str = "financing"

    def heading(self, key: str) -> str:
        """The heading that the choices put a line under."""
        if key == "op.interest" and self.interest == "financing":
            return "fin.interest"
        if key == "fin.funds" and self.funds == "operating":
            return "op.funds"
        return key

    def flow(self, account: Paid) -> str:
        """The class of an account under these choices."""
        if self.interest == "financing" and account.role in _INTEREST:
            return "F"
        if self.funds == "operating" and account.role.startswith("fund_"):
            return "O"
        return account.flow


def class_of(heading: str) -> str:
    """The class (O, I, F) of a heading."""
    return CLASSES[heading.partition(".")[0]]


def heading_of(account: Paid, amount: int) -> str:
    """The heading of money that met this account in an entry of no known kind; in above zero."""
    if found := _BY_ROLE.get(account.role):
        return found
    if found := _BY_PARTY.get((account.statement, account.party_kind)):
        return found
    both = _BY_LINE.get(account.statement)
    if both and class_of(both[0]) == account.flow:
        return both[0] if amount > 0 else both[1]
    return _REST.get(account.flow, "op.other")


def known_kind(
    kind: str, cash: int, moved: Iterable[tuple[Paid, int]]
) -> Iterable[tuple[str, int]]:
    """The lines of all entries of one known kind: what stands apart, the rest under its heading.

    A set-off in the same entry moves no money: it lessens the heading of the kind.
    """
    way = WAYS[kind]
    left = cash
    for account, amount in moved:
        if heading := way.apart.get(account.role):
            left -= amount
            yield heading, amount
    yield way.heading, left


def unknown_entry(cash: int, moved: Iterable[tuple[Paid, int]]) -> Iterable[tuple[str, int]]:
    """The lines of one entry of no known kind: its money shared over what stood against it.

    Lines on the other side than the money are its counterparts; those on the money's own side
    were set off against them, so the money is divided over the counterparts by their size.
    """
    against = [(account, amount) for account, amount in moved if amount * cash > 0]
    if not cash or not against:
        return
    parts = share(cash, [abs(amount) for _account, amount in against])
    for (account, _amount), part in zip(against, parts, strict=True):
        if part:
            yield heading_of(account, part), part


def kinds_under(choices: Choices, heading: str) -> set[str]:
    """The known kinds whose money stands under a heading, wholly or in part."""
    return {
        kind
        for kind, way in WAYS.items()
        if heading in {choices.heading(one) for one in (way.heading, *way.apart.values())}
    }
