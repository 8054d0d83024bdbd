"""Values that reads of the books answer with, and how they are named."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from canting.cooperatives.rules import PartyLike
from canting.kernel.dates import format_date, format_month
from canting.kernel.money import format_rupiah
from canting.ledger.rules import ROLES, BusinessClass, Side


@dataclass(frozen=True, slots=True)
class AccountRef:
    """What posting and reading need to know of an account."""

    id: int
    code: str
    role: str
    name: str
    party_kind: str
    active: bool
    normal: str = Side.DEBIT
    statement: str = ""
    shown: str = ""

    @property
    def shown_code(self) -> str:
        """The code as people here write it."""
        return self.shown or self.code

    @property
    def pk(self) -> int:
        """The key, by the name that rows of the table carry it under."""
        return self.id

    @property
    def label(self) -> str:
        """Code and name as a person reads them."""
        return f"{self.shown_code} {account_name(self.role, self.name)}"


@dataclass(frozen=True, slots=True)
class Head:
    """The chain's head as posting finds it."""

    position: int
    digest: str
    opened_on: date
    closed_through: date | None
    chart_version: int


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry in the chain: its key, its journal number, its paper and its digest."""

    id: int
    position: int
    source: str
    digest: str


@dataclass(frozen=True, slots=True)
class LineRef:
    """A stored line, ready to be mirrored or shown."""

    account: str
    side: Side
    amount: int
    party: PartyLike | None
    business: BusinessClass


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """One account in a trial balance: sums of both sides and the balance on its normal side."""

    account_id: int
    code: str
    role: str
    name: str
    normal: Side
    statement: str
    debit: int
    credit: int
    shown: str = ""

    @property
    def shown_code(self) -> str:
        """The code as people here write it."""
        return self.shown or self.code

    @property
    def label(self) -> str:
        """Code and name as a person reads them."""
        return f"{self.shown_code} {self.name}"

    @property
    def net(self) -> int:
        """Debits less credits."""
        return self.debit - self.credit

    @property
    def balance(self) -> int:
        """The balance on the account's normal side; negative when it stands on the other."""
        return self.net if self.normal == Side.DEBIT else -self.net


@dataclass(frozen=True, slots=True)
class Sums:
    """Debits and credits in whole rupiah, and of how many lines."""

    debit: int
    credit: int
    lines: int = 0

    @property
    def net(self) -> int:
        """Debits less credits."""
        return self.debit - self.credit

    def on_side(self, normal: str) -> int:
        """The balance on the given normal side."""
        return self.net if normal == Side.DEBIT else -self.net


@dataclass(frozen=True, slots=True)
class PartyBalance:
    """What one party has on one account, on the account's normal side."""

    party_id: int
    number: str
    name: str
    balance: int


def entry_id(cooperative_id: int, position: int) -> int:
    """The key of an entry: the cooperative and the place in its chain, in one number."""
    return cooperative_id << 36 | position


def as_date(value: Any) -> Any:
    """A date as the database driver gave it, text on SQLite."""
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value


def as_moment(value: datetime) -> datetime:
    """A moment as the database driver gave it: of UTC, without saying so on SQLite."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def day(on: date) -> str:
    """A date as a sentence shows it."""
    return format_date(on)


def day_before(on: date) -> date:
    """The day before."""
    return on - timedelta(days=1)


def month_name(month: date) -> str:
    """A month as a sentence shows it."""
    return format_month(month)


def suspense_left(amount: int) -> str:
    """The sentence for money still in suspense."""
    return _("%(amount)s still stands in suspense. Say whose it is first.") % {
        "amount": format_rupiah(amount)
    }


def account_name(role: str, name: str = "") -> str:
    """The cooperative's own name of an account, else the standard one in the active language."""
    if name:
        return name
    return _(ROLES[role].name) if role in ROLES else role
