"""Reads of the books: chart, entries, balances; every figure comes from the database's own sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from canting.cooperatives.models import Cooperative, Party
from canting.cooperatives.rules import PartyLike
from canting.kernel.dates import (
    first_of_month,
    format_date,
    format_month,
    last_of_month,
    next_month,
)
from canting.kernel.money import format_rupiah
from canting.ledger.errors import UnknownAccount
from canting.ledger.models import (
    Account,
    AccountMonth,
    Book,
    FiscalPeriod,
    JournalEntry,
    JournalLine,
    PartyMonth,
)
from canting.ledger.rules import ROLES, BusinessClass, Side


@dataclass(frozen=True, slots=True)
class AccountRef:
    """What posting needs to know of an account."""

    id: int
    code: str
    role: str
    name: str
    party_kind: str
    active: bool

    @property
    def label(self) -> str:
        """Code and name as a person reads them."""
        return f"{self.code} {account_name(self.role, self.name)}"


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

    @property
    def net(self) -> int:
        """Debits less credits."""
        return self.debit - self.credit

    @property
    def balance(self) -> int:
        """The balance on the account's normal side; negative when it stands on the other."""
        return self.net if self.normal == Side.DEBIT else -self.net


@dataclass(frozen=True, slots=True)
class PartyBalance:
    """What one party has on one account, on the account's normal side."""

    party_id: int
    number: str
    name: str
    balance: int


_charts: dict[int, tuple[int, dict[str, AccountRef]]] = {}


def entry_id(cooperative_id: int, position: int) -> int:
    """The key of an entry: the cooperative and the place in its chain, in one number."""
    return cooperative_id << 36 | position


def as_date(value: Any) -> Any:
    """A date as the database driver gave it, text on SQLite."""
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value


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


def chart(*, cooperative_id: int, version: int) -> dict[str, AccountRef]:
    """Accounts by role and by code, kept between calls until the chart changes."""
    kept = _charts.get(cooperative_id)
    if kept and kept[0] == version:
        return kept[1]
    found: dict[str, AccountRef] = {}
    for account in Account.objects.filter(cooperative_id=cooperative_id):
        ref = AccountRef(
            account.pk, account.code, account.role, account.name, account.party_kind, account.active
        )
        found[account.code] = ref
        if account.role:
            found[account.role] = ref
    _charts[cooperative_id] = (version, found)
    return found


def lock_book(*, cooperative: Cooperative) -> Book:
    """The head of the chain, locked until the transaction ends."""
    return Book.objects.select_for_update().get(cooperative=cooperative)


def book(*, cooperative: Cooperative) -> Book:
    """The head of the chain as it stands: position, digest, closed months."""
    return Book.objects.get(cooperative=cooperative)


def next_month_to_close(*, book: Book) -> date:
    """The first day of the month that is next in turn to be closed."""
    return (
        next_month(first_of_month(book.closed_through))
        if book.closed_through
        else first_of_month(book.opened_on)
    )


def earliest_open_day(*, cooperative: Cooperative) -> date:
    """The first day that still takes entries."""
    head = book(cooperative=cooperative)
    return (
        next_month(first_of_month(head.closed_through)) if head.closed_through else head.opened_on
    )


def first_entry_date(*, cooperative: Cooperative) -> date | None:
    """The earliest entry date in the books, or nothing when they are empty."""
    return (
        JournalEntry.objects.filter(cooperative=cooperative)
        .order_by("entry_date")
        .values_list("entry_date", flat=True)
        .first()
    )


def periods(*, cooperative: Cooperative) -> QuerySet[FiscalPeriod]:
    """Every closing and reopening of a month, newest first, with who did it."""
    return (
        FiscalPeriod.objects.filter(cooperative=cooperative).select_related("actor").order_by("-id")
    )


def accounts(*, cooperative: Cooperative) -> QuerySet[Account]:
    """The chart of accounts by code."""
    return Account.objects.filter(cooperative=cooperative).order_by("code")


def account_for(*, cooperative: Cooperative, role: str) -> Account:
    """The account that plays a role in this cooperative's chart."""
    found = Account.objects.filter(cooperative=cooperative, role=role).first()
    if found is None:
        raise UnknownAccount(account=role)
    return found


def posted_sources(*, cooperative: Cooperative, sources: Sequence[str]) -> dict[str, Posted]:
    """Which of these papers stand in the books already, by source."""
    found: dict[str, Posted] = {}
    for start in range(0, len(sources), 500):
        rows = JournalEntry.objects.filter(
            cooperative=cooperative, source__in=sources[start : start + 500]
        ).values_list("id", "position", "source", "digest")
        found.update({row[2]: Posted(*row) for row in rows})
    return found


def line_facts(*, entry_id: int) -> list[tuple[str, str, int, int | None]]:
    """The lines of an entry as comparable facts (role or code, side, amount, party)."""
    rows = JournalLine.objects.filter(entry_id=entry_id).values_list(
        "account__role", "account__code", "side", "amount", "party_id"
    )
    return sorted((role or code, side, amount, party) for role, code, side, amount, party in rows)


def lines_of(*, entry: JournalEntry) -> list[LineRef]:
    """The lines of an entry with account role (or code) and party."""
    rows = JournalLine.objects.filter(entry=entry).select_related("account", "party").order_by("id")
    return [
        LineRef(
            row.account.role or row.account.code,
            Side(row.side),
            row.amount,
            row.party,
            BusinessClass(row.business),
        )
        for row in rows
    ]


def entry(*, cooperative: Cooperative, position: int) -> JournalEntry | None:
    """The entry at this place of the chain, with who posted it."""
    return (
        JournalEntry.objects.filter(cooperative=cooperative, position=position)
        .select_related("actor", "reverses")
        .first()
    )


def entry_by_source(*, cooperative: Cooperative, source: str) -> JournalEntry | None:
    """The entry that a paper posted, or nothing."""
    return JournalEntry.objects.filter(cooperative=cooperative, source=source).first()


def entries_of_paper(*, cooperative: Cooperative, paper: str) -> QuerySet[JournalEntry]:
    """Every entry that carries a paper's number, oldest first."""
    return JournalEntry.objects.filter(cooperative=cooperative, paper=paper).order_by("position")


def is_reversed(*, entry: JournalEntry) -> JournalEntry | None:
    """The entry that reversed this one, or nothing."""
    return JournalEntry.objects.filter(reverses=entry).first()


def journal(
    *, cooperative: Cooperative, since: date | None = None, until: date | None = None
) -> QuerySet[JournalEntry]:
    """Entries with their lines, newest place first, between two days."""
    found = JournalEntry.objects.filter(cooperative=cooperative)
    if since:
        found = found.filter(entry_date__gte=since)
    if until:
        found = found.filter(entry_date__lte=until)
    return found.prefetch_related("lines__account", "lines__party").order_by("-position")


def account_lines(
    *,
    cooperative: Cooperative,
    account: Account,
    since: date | None = None,
    until: date | None = None,
    party_id: int | None = None,
) -> QuerySet[JournalLine]:
    """The lines on one account (of one party), newest first, each with its entry and party."""
    found = JournalLine.objects.filter(cooperative=cooperative, account=account)
    if since:
        found = found.filter(entry_date__gte=since)
    if until:
        found = found.filter(entry_date__lte=until)
    if party_id:
        found = found.filter(party_id=party_id)
    return found.select_related("entry", "party").order_by("-entry_date", "-id")


def party_lines(
    *, cooperative: Cooperative, party: PartyLike, roles: Sequence[str], until: date | None = None
) -> QuerySet[JournalLine]:
    """The lines of one party on the accounts with these roles, oldest first."""
    found = JournalLine.objects.filter(
        cooperative=cooperative, party_id=party.id, account__role__in=roles
    )
    if until:
        found = found.filter(entry_date__lte=until)
    return found.select_related("entry", "account").order_by("entry_date", "id")


_BALANCES_SQL = """
SELECT a.id, a.code, a.role, a.name, a.normal, a.statement,
       COALESCE(s.debit, 0), COALESCE(s.credit, 0)
FROM ledger_account a JOIN (
    SELECT account_id, SUM(debit) AS debit, SUM(credit) AS credit FROM (
        SELECT account_id, debit, credit FROM ledger_accountmonth
        WHERE cooperative_id = %(coop)s AND month >= %(since)s AND month < %(month)s
        UNION ALL
        SELECT account_id, CASE side WHEN 'D' THEN amount ELSE 0 END,
               CASE side WHEN 'K' THEN amount ELSE 0 END
        FROM ledger_journalline
        WHERE cooperative_id = %(coop)s AND entry_date >= %(month)s AND entry_date <= %(until)s
    ) AS parts GROUP BY account_id
) AS s ON s.account_id = a.id
WHERE a.cooperative_id = %(coop)s ORDER BY a.code
"""


def trial_balance(
    *, cooperative: Cooperative, as_of: date, since: date | None = None
) -> list[AccountBalance]:
    """Sums per account up to a day, from kept months and the lines of the last month, in one query.

    With `since` (the first day of a month) only what moved from that day on is summed.
    """
    adapt = connection.ops.adapt_datefield_value
    # A whole last month is in the kept sums too; then no line needs to be read.
    whole = as_of == last_of_month(as_of)
    month = next_month(first_of_month(as_of)) if whole else first_of_month(as_of)
    values = {
        "coop": cooperative.pk,
        "since": adapt(since or date(1900, 1, 1)),
        "month": adapt(month),
        "until": adapt(as_of),
    }
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES_SQL, values)
        rows = cursor.fetchall()
    return [
        AccountBalance(
            i, code, role, account_name(role, name), Side(normal), statement, int(d), int(k)
        )
        for i, code, role, name, normal, statement, d, k in rows
        if d or k
    ]


def balances(
    *, cooperative: Cooperative, as_of: date, since: date | None = None
) -> Mapping[str, int]:
    """The balance on its normal side of every account that moved, by role (or code)."""
    found = trial_balance(cooperative=cooperative, as_of=as_of, since=since)
    return {row.role or row.code: row.balance for row in found}


def balance(*, cooperative: Cooperative, role: str, as_of: date | None = None) -> int:
    """The balance of one account on its normal side, in whole rupiah (all time without a day)."""
    account = account_for(cooperative=cooperative, role=role)
    months = AccountMonth.objects.filter(cooperative=cooperative, account=account)
    return _net(months, account.normal, as_of, lines=_lines(cooperative, account, None))


def party_balance(
    *, cooperative: Cooperative, role: str, party: PartyLike, as_of: date | None = None
) -> int:
    """What one party has on one account, on its normal side, in whole rupiah."""
    account = account_for(cooperative=cooperative, role=role)
    months = PartyMonth.objects.filter(cooperative=cooperative, account=account, party_id=party.id)
    return _net(months, account.normal, as_of, lines=_lines(cooperative, account, party.id))


def _lines(
    cooperative: Cooperative, account: Account, party_id: int | None
) -> QuerySet[JournalLine]:
    found = JournalLine.objects.filter(cooperative=cooperative, account=account)
    return found if party_id is None else found.filter(party_id=party_id)


def _net(months: Any, normal: str, as_of: date | None, *, lines: QuerySet[JournalLine]) -> int:
    if as_of:
        months = months.filter(month__lt=first_of_month(as_of))
        lines = lines.filter(entry_date__gte=first_of_month(as_of), entry_date__lte=as_of)
        moved = dict(lines.values_list("side").annotate(total=Sum("amount")))
    else:
        moved = {}
    sums = months.aggregate(d=Sum("debit"), k=Sum("credit"))
    net = (sums["d"] or 0) - (sums["k"] or 0) + moved.get("D", 0) - moved.get("K", 0)
    return net if normal == Side.DEBIT else -net


def party_balances(
    *, cooperative: Cooperative, role: str, party_ids: Sequence[int] | None = None
) -> list[PartyBalance]:
    """Everyone with a balance on one account, by number; one query."""
    account = account_for(cooperative=cooperative, role=role)
    found = PartyMonth.objects.filter(cooperative=cooperative, account=account)
    if party_ids is not None:
        found = found.filter(party_id__in=party_ids)
    rows = (
        found.values_list("party_id", "party__number", "party__name")
        .annotate(d=Sum("debit"), k=Sum("credit"))
        .order_by("party__number")
    )
    sign = 1 if account.normal == Side.DEBIT else -1
    return [
        PartyBalance(i, number, name, sign * (d - k)) for i, number, name, d, k in rows if d != k
    ]


def balances_of_party(*, cooperative: Cooperative, party: Party) -> dict[str, int]:
    """Every account on which a party has a balance, by role, on its normal side; one query."""
    rows = (
        PartyMonth.objects.filter(cooperative=cooperative, party=party)
        .values_list("account__role", "account__code", "account__normal")
        .annotate(d=Sum("debit"), k=Sum("credit"))
        .order_by("account__code")
    )
    return {
        role or code: (d - k if normal == Side.DEBIT else k - d)
        for role, code, normal, d, k in rows
        if d != k
    }
