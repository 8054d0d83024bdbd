"""Plain rules of the cash desk: where money lies, what it comes in and goes out for, who may act."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from canting.cooperatives.rules import Role
from canting.kernel.texts import gettext_noop as _
from canting.ledger.rules import BusinessClass

# Account roles where money lies and can be paid from, in the order of the list.
PLACES = ("cash_main", "cash_till", "bank")
# Coins and notes: what is not there cannot leave. A bank may lend, so it guards itself.
DRAWERS = frozenset({"cash_main", "cash_till"})
SERIES = ("KW", "BK", "PK", "PJ", "HL")
# In an address and on an entry: which table the paper stands in.
PAPER_SOURCE, COUNT_SOURCE = "cash.paper", "cash.count"


class Purpose(NamedTuple):
    """What money is paid or received for: in plain words, and where it stands in the books."""

    key: str
    label: str
    comes_in: bool
    role: str
    kind: str
    business: BusinessClass = BusinessClass.NONE
    owed: bool = False  # pays a debt or spends a fund: never more than stands there


OVERHEAD = "overhead"  # posting.md 2.7: running costs
PURPOSES: Mapping[str, Purpose] = {
    purpose.key: purpose
    for purpose in (
        Purpose("electricity", _("Electricity, water or internet bill"), False, "utilities", OVERHEAD),
        Purpose("transport", _("Transport and shipping"), False, "transport", OVERHEAD),
        Purpose("wages", _("Salaries and wages of staff"), False, "wages_staff", OVERHEAD),
        Purpose("office", _("Office needs and copies"), False, "admin", OVERHEAD),
        Purpose("rent", _("Rent of rooms and tools"), False, "admin", OVERHEAD),
        Purpose("insurance", _("Insurance"), False, "admin", OVERHEAD),
        Purpose("marketing", _("Fairs and advertising"), False, "marketing", OVERHEAD),
        Purpose("meeting", _("Members' meeting"), False, "meeting_cost", OVERHEAD),
        Purpose("board", _("Fees of board and supervisors"), False, "board_cost", OVERHEAD),
        Purpose("education", _("Training of members"), False, "education_cost", OVERHEAD),
        Purpose("bank_fee", _("Bank charges"), False, "bank_charges", OVERHEAD),
        Purpose("stamp", _("Duty stamps and local taxes"), False, "duty", OVERHEAD),
        Purpose(
            "final_tax", _("Final tax 0.5% paid over"), False, "pph_final_payable", "tax_paid",
            owed=True,
        ),
        Purpose(
            "wage_tax", _("Wage tax (PPh 21) paid over"), False, "pph21_payable", "pph21_paid",
            owed=True,
        ),
        Purpose(
            "education_fund", _("Spent from the education fund"), False, "fund_education",
            "fund_spending", owed=True,
        ),
        Purpose(
            "social_fund", _("Spent from the social fund"), False, "fund_social",
            "fund_spending", owed=True,
        ),
        Purpose(
            "area_fund", _("Spent from the area fund"), False, "fund_area", "fund_spending",
            owed=True,
        ),
        Purpose(
            "board_fund", _("Paid from the board fund"), False, "fund_board", "fund_spending",
            owed=True,
        ),
        Purpose(
            "staff_fund", _("Paid from the staff fund"), False, "fund_staff", "fund_spending",
            owed=True,
        ),
        Purpose("other_out", _("Other expense"), False, "other_expense", OVERHEAD),
        Purpose(
            "service_others", _("Service to non-members"), True, "service_n", "service_nonmember",
            BusinessClass.NONMEMBER,
        ),
        Purpose(
            "service_members", _("Service to members"), True, "service_member", "service_member",
            BusinessClass.MEMBER,
        ),
        Purpose("bank_interest", _("Bank interest"), True, "bank_interest", "bank_interest"),
        Purpose("other_in", _("Other income"), True, "other_income", "other_income"),
    )
}  # fmt: skip

# What another domain pays through the desk: it is on no list of the desk, and paid on its own page.
KEPT_PURPOSES: Mapping[str, Purpose] = {
    "accrued_bill": Purpose(
        "accrued_bill", _("A bill booked before"), False, "accrued", "accrued_paid", owed=True
    ),
}

# Whom money in suspense may turn out to be: account role -> must that much be open there?
# A buyer's money is not among them: it goes back to its cash place here, and is taken on its
# invoice or order, which alone know what it pays.
SUSPENSE_TARGETS: Mapping[str, tuple[str, bool]] = {
    "recv_member": (_("A member's payment for materials"), True),
    "recv_damage": (_("A member's compensation for materials"), True),
}
RETURNED = "returned"
# Papers that belong to a member's money for buying together; they are put right where it is kept.
HELD = frozenset({"deposit", "refund"})

PAPERS: Mapping[str, tuple[str, str]] = {
    PAPER_SOURCE: ("cash:paper_detail", "number"),
    COUNT_SOURCE: ("cash:count_detail", "number"),
}

DESK = frozenset({Role.CASHIER, Role.MANAGER})
RIGHTS: Mapping[str, frozenset[Role]] = {
    "cash.view_cash": DESK | {Role.BOARD, Role.SUPERVISOR},
    "cash.record_cash": DESK,
    "cash.move_cash": DESK,
    "cash.handle_advance": DESK,
    "cash.handle_suspense": DESK,
    "cash.count_drawer": DESK | {Role.BOARD, Role.STOREKEEPER},
    "cash.view_counts": DESK | {Role.BOARD, Role.SUPERVISOR, Role.STOREKEEPER},
    "cash.correct_paper": DESK,
}


class Nota(NamedTuple):
    """One receipt that a member of staff brings back for an advance."""

    purpose: str
    amount: int
    memo: str


def week_of(day: date, last: date) -> int:
    """How many whole weeks a day lies before the week that ends on `last`; 0 for that week."""
    return (last - day).days // 7
