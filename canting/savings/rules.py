"""Plain rules of shares and savings: kinds, roles in the books, months due, rights, parameters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from canting.cooperatives.rules import BEGINNING, Dated, Parameter, Role
from canting.kernel.dates import first_of_month, next_month
from canting.kernel.money import half_up
from canting.kernel.texts import gettext_noop


class SavingsKind(StrEnum):
    """Simpanan pokok, wajib (both own capital, UU 25/1992 art. 41) and sukarela (a debt)."""

    ENTRY_SHARE = "entry_share"
    REGULAR_SHARE = "regular_share"
    VOLUNTARY = "voluntary"


class DepositState(StrEnum):
    POSTED = "posted"
    REVERSED = "reversed"


class Cause(StrEnum):
    """Why somebody leaves (UU 25/1992 art. 19: a membership ends and passes to nobody)."""

    WISH = "wish"
    MOVED = "moved"
    DEATH = "death"
    EXPELLED = "expelled"


class ExitState(StrEnum):
    """A leaving: asked for, decided by the board, paid out, or ended without effect."""

    ASKED = "asked"
    APPROVED = "approved"
    PAID = "paid"
    ENDED = "ended"


class ExitPaperKind(StrEnum):
    PAYMENT = "payment"
    SET_OFF = "set_off"


MOST_MONTHS = 1_200
EXIT_SERIES, PAYMENT_SERIES, SET_OFF_SERIES = "KL", "BK", "PU"
EXIT_SOURCE = "savings.exit"
EXIT_PAPER_SOURCE: Mapping[str, str] = {
    ExitPaperKind.PAYMENT: "savings.exit_payment",
    ExitPaperKind.SET_OFF: "savings.exit_setoff",
}
EXIT_PAPER_EVENT: Mapping[str, str] = {
    ExitPaperKind.PAYMENT: "exit_paid",
    ExitPaperKind.SET_OFF: "exit_setoff",
}
# What a leaver gets and what may be set off against it, in the order in which it is used up.
OWED_TO_HER = ("exit_payable", "savings_vol", "shu_payable")
OWED_BY_HER = ("recv_damage", "recv_member", "recv_member_on_sale")
# What has to go back the way it came before she is paid; its own page settles it.
TIED_ROLES = ("custody", "advance_maker", "onlend", "loan_member", "loan_interest_recv",
              "round_deposit")  # fmt: skip
SHARES = (SavingsKind.ENTRY_SHARE, SavingsKind.REGULAR_SHARE)
ACCOUNT_ROLE: Mapping[str, str] = {
    SavingsKind.ENTRY_SHARE: "share_principal",
    SavingsKind.REGULAR_SHARE: "share_mandatory",
    SavingsKind.VOLUNTARY: "savings_vol",
}

# What entries say: the books are written in Indonesian, whoever is signed in.
MEMO: Mapping[SavingsKind, str] = {
    SavingsKind.ENTRY_SHARE: "Simpanan pokok",
    SavingsKind.REGULAR_SHARE: "Simpanan wajib",
    SavingsKind.VOLUNTARY: "Simpanan sukarela",
}

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "savings.entry_share",
        gettext_noop("Entry share (simpanan pokok), the same for every member"),
        (Dated(BEGINNING, 100_000, gettext_noop("Usual amount until your by-laws are entered")),),
        kind="rupiah",
    ),
    Parameter(
        "savings.regular_share",
        gettext_noop("Regular share (simpanan wajib) a month"),
        (Dated(BEGINNING, 25_000, gettext_noop("Usual amount until your by-laws are entered")),),
        kind="rupiah",
    ),
    Parameter(
        "savings.interest_percent",
        gettext_noop("Interest on voluntary savings, percent a year (0: none)"),
        (Dated(BEGINNING, "0", gettext_noop("None until the members' meeting decides one")),),
        kind="percent",
    ),
    Parameter(
        "exit.pay_within_months",
        gettext_noop("A leaver's shares are paid within so many months after the decision"),
        (Dated(BEGINNING, 6, gettext_noop("Usual term until your by-laws are entered")),),
        kind="number",
    ),
    Parameter(
        "exit.pay_after_year_close",
        gettext_noop("Leavers are paid only after the year of the decision is closed"),
        (Dated(BEGINNING, False, gettext_noop("Off until your by-laws ask for it")),),
        kind="flag",
    ),
)
INTEREST_SERIES, INTEREST_SOURCE = "JS", "savings.interest"
INTEREST_MEMO = "Jasa simpanan sukarela"

RIGHTS: Mapping[str, frozenset[Role]] = {
    "savings.record_deposit": frozenset({Role.CASHIER, Role.MANAGER}),
    "savings.view_deposits": frozenset({Role.CASHIER, Role.MANAGER, Role.BOARD, Role.SUPERVISOR}),
    "savings.correct_deposit": frozenset({Role.CASHIER, Role.MANAGER}),
    "savings.book_interest": frozenset({Role.CASHIER, Role.MANAGER}),
    "savings.ask_exit": frozenset({Role.CASHIER, Role.MANAGER, Role.BOARD}),
    "savings.decide_exit": frozenset({Role.BOARD}),
    "savings.pay_exit": frozenset({Role.CASHIER, Role.MANAGER}),
    "savings.correct_exit": frozenset({Role.MANAGER, Role.BOARD}),
    "savings.view_mine": frozenset({Role.MEMBER}),
}

PAPERS: Mapping[str, tuple[str, str]] = {
    "savings.deposit": ("savings:deposit_detail", "number"),
    "savings.withdrawal": ("savings:withdrawal_detail", "number"),
    INTEREST_SOURCE: ("savings:interest_detail", "number"),
    "savings.exit": ("savings:exit_detail", "number"),
    "savings.exit_payment": ("savings:exit_paper_detail", "number"),
    "savings.exit_setoff": ("savings:exit_paper_detail", "number"),
}


@dataclass(frozen=True, slots=True)
class MonthDue:
    """What is still open of one month's regular share, in whole rupiah."""

    month: date
    due: int
    paid: int

    @property
    def left(self) -> int:
        """What is still to be paid of this month."""
        return self.due - self.paid


def interest_of(balance: int, percent: Decimal) -> int:
    """A month's interest on a balance: a twelfth of the yearly percent, half up to whole rupiah."""
    return half_up(Fraction(max(balance, 0)) * Fraction(percent) / 1200)


def lowest(began: int, moved: Mapping[date, int], first: date) -> int:
    """The least balance at the end of any day of a month that began with so much."""
    balance = began + moved.get(first, 0)
    least = balance
    for day in sorted(moved):
        if day != first:
            balance += moved[day]
            least = min(least, balance)
    return max(least, 0)


def months_due(
    *, since: date, until: date, rate_on: Callable[[date], int], paid: int
) -> list[MonthDue]:
    """Each month's regular share from `since` to `until`, with what was paid laid on the oldest."""
    months: list[MonthDue] = []
    month, left = first_of_month(since), paid
    while month <= first_of_month(until):
        due = rate_on(max(month, since))
        covered = max(min(left, due), 0)
        months.append(MonthDue(month, due, covered))
        left -= covered
        month = next_month(month)
    return months


def months_paid(
    *, since: date, rate_on: Callable[[date], int], before: int, amount: int
) -> tuple[date, date] | None:
    """The first and the last month that an amount pays, after what was paid before; none at no rate."""
    month, reached = first_of_month(since), 0
    first: date | None = None
    for _step in range(MOST_MONTHS):
        reached += rate_on(max(month, since))
        if first is None and reached > before:
            first = month
        if first is not None and reached >= before + amount:
            return first, month
        month = next_month(month)
    return None


def arrears(months: list[MonthDue]) -> list[MonthDue]:
    """The months of which something is still open, oldest first."""
    return [month for month in months if month.left > 0]


def taken_from(*, amount: int, there: Mapping[str, int], order: tuple[str, ...]) -> dict[str, int]:
    """An amount laid on accounts in their order, none beyond what is there; nil parts left out."""
    parts: dict[str, int] = {}
    for role in order:
        part = min(amount, max(there.get(role, 0), 0))
        if part:
            parts[role] = part
            amount -= part
    return parts
