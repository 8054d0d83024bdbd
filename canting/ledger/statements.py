"""The statutory statements as frozen values: financial position and surplus.

Layout after Permenkop UKM 2/2024 (SAK EP) as koperasi.md 3.2 and 3.3 tell it. Every figure is a
sum of posted lines; whole rupiah.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from canting.cooperatives import selectors as house
from canting.kernel.money import share
from canting.kernel.texts import gettext_noop
from canting.ledger import selectors
from canting.ledger.rules import FIRST_OF_SURPLUS, SPLITTING, BusinessClass, Telling, telling_of

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.ledger.models import Account

ASSETS: Mapping[str, str] = {
    "cash": gettext_noop("Cash and bank"),
    "receivables": gettext_noop("Receivables"),
    "loans_out": gettext_noop("Loans to members"),
    "advances": gettext_noop("Advances paid"),
    "passed_on": gettext_noop("Partner funds passed on to members"),
    "inventory": gettext_noop("Inventory"),
    "prepaid_tax": gettext_noop("Prepaid tax"),
    "fixed_assets": gettext_noop("Fixed assets, net"),
}
LIABILITIES: Mapping[str, str] = {
    "payable_suppliers": gettext_noop("Payable to suppliers"),
    "payable_makers": gettext_noop("Payable to makers"),
    "payable_other": gettext_noop("Other payables"),
    "payable_tax": gettext_noop("Tax payable"),
    "savings": gettext_noop("Members' savings"),
    "surplus_funds": gettext_noop("Surplus shared, not yet paid, and funds"),
    "borrowings": gettext_noop("Borrowings from banks and partners"),
}
EQUITY: Mapping[str, str] = {
    "entry_shares": gettext_noop("Entry shares (simpanan pokok)"),
    "regular_shares": gettext_noop("Regular shares (simpanan wajib)"),
    "grants": gettext_noop("Grants"),
    "general_reserve": gettext_noop("General reserve"),
    "risk_reserve": gettext_noop("Risk reserve"),
}
PREVIOUS = gettext_noop("Surplus of past years, not yet shared")
CURRENT = gettext_noop("Surplus of this year")
# The kind of the entries with which books begin.
OPENING = "opening"
# Turnover that final tax is counted on: penalties of buyers do not lessen it (posting.md 2.8).
OUTSIDE_TAX_BASE = frozenset({"penalty_m", "penalty_n"})


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line of a statement: its key, its name (still to be translated) and its amount."""

    key: str
    label: str
    amount: int
    shown: str = ""


@dataclass(frozen=True, slots=True)
class FinancialPosition:
    """What the cooperative has, owes and owns at the end of a day."""

    as_of: date
    assets: tuple[StatementLine, ...]
    liabilities: tuple[StatementLine, ...]
    equity: tuple[StatementLine, ...]

    @property
    def total_assets(self) -> int:
        """All assets."""
        return _total(self.assets)

    @property
    def total_liabilities(self) -> int:
        """All liabilities."""
        return _total(self.liabilities)

    @property
    def total_equity(self) -> int:
        """Own capital with the surplus of this year and what earlier years left."""
        return _total(self.equity)

    @property
    def difference(self) -> int:
        """Assets less liabilities and equity: zero, or the books are broken."""
        return self.total_assets - self.total_liabilities - self.total_equity


@dataclass(frozen=True, slots=True)
class Split:
    """An amount from business with members and from business with others."""

    member: int = 0
    nonmember: int = 0

    @property
    def total(self) -> int:
        """Both together."""
        return self.member + self.nonmember

    def __add__(self, other: Split) -> Split:
        return Split(self.member + other.member, self.nonmember + other.nonmember)

    def __sub__(self, other: Split) -> Split:
        return Split(self.member - other.member, self.nonmember - other.nonmember)


@dataclass(frozen=True, slots=True)
class Surplus:
    """The result of a time (perhitungan hasil usaha): what members' and others' business left.

    Costs are positive in their own lines; `other` is income less expense.
    """

    since: date
    until: date
    revenue: Split
    cost: Split
    operating: Split
    cooperative: Split
    other: Split
    tax: Split
    key: tuple[int, int]
    accounts: Mapping[str, tuple[StatementLine, ...]]
    telling: Telling

    @property
    def gross(self) -> Split:
        """Net participation of members (I) and gross result with others (II)."""
        return self.revenue - self.cost

    @property
    def before_tax(self) -> Split:
        """The surplus before income tax."""
        return self.gross - self.operating - self.cooperative + self.other

    @property
    def after_tax(self) -> Split:
        """The surplus of the time."""
        return self.before_tax - self.tax


def _total(lines: Iterable[StatementLine]) -> int:
    return sum(line.amount for line in lines)


def first_of_year(on: date) -> date:
    """The first day of the financial year, which is the calendar year."""
    return on.replace(month=1, day=1)


def financial_position(*, cooperative: Cooperative, as_of: date) -> FinancialPosition:
    """Assets, liabilities and equity at the end of a day.

    Revenue and cost of this year stand as the surplus of this year; what earlier years that were
    never closed left stands as the surplus of past years.
    """
    amounts: dict[str, int] = defaultdict(int)
    ever = 0
    for row in selectors.trial_balance(cooperative=cooperative, as_of=as_of):
        if row.code >= FIRST_OF_SURPLUS:
            ever -= row.net
        else:
            amounts[_place(row)] += row.net if row.code < "2" else -row.net
    this_year = -sum(
        row.net
        for row in selectors.trial_balance(
            cooperative=cooperative, as_of=as_of, since=first_of_year(as_of)
        )
        if row.code >= FIRST_OF_SURPLUS
    )
    amounts["shu_previous"] += ever - this_year
    amounts["shu_current"] += this_year
    return FinancialPosition(
        as_of=as_of,
        assets=_lines(ASSETS, amounts),
        liabilities=_lines(LIABILITIES, amounts),
        equity=_lines({**EQUITY, "shu_previous": PREVIOUS, "shu_current": CURRENT}, amounts),
    )


def opening_position(*, cooperative: Cooperative, until: date) -> FinancialPosition:
    """What the books took over when they began, as entered until a day; dated on their first day.

    A result taken over in the middle of a year stands as the surplus of this year.
    """
    first = selectors.book(cooperative=cooperative).opened_on
    accounts = {account.pk: account for account in selectors.accounts(cooperative=cooperative)}
    amounts: dict[str, int] = defaultdict(int)
    for row in selectors.sums_by_kind(cooperative=cooperative, since=first, until=until):
        if row.kind != OPENING:
            continue
        account = accounts[row.account_id]
        if account.code >= FIRST_OF_SURPLUS or account.role == "shu_current":
            amounts["shu_current"] += row.net
        elif account.statement == "surplus":
            amounts["shu_previous"] += row.net
        else:
            amounts[account.statement] += -row.net if account.code < "2" else row.net
    return FinancialPosition(
        as_of=first,
        assets=_lines(ASSETS, amounts),
        liabilities=_lines(LIABILITIES, amounts),
        equity=_lines({**EQUITY, "shu_previous": PREVIOUS, "shu_current": CURRENT}, amounts),
    )


def _place(row: selectors.AccountBalance) -> str:
    """The line an account stands on; of the surplus, whether it is this year's or earlier."""
    if row.statement != "surplus":
        return row.statement
    return "shu_current" if row.role == "shu_current" else "shu_previous"


def _lines(names: Mapping[str, str], amounts: Mapping[str, int]) -> tuple[StatementLine, ...]:
    return tuple(StatementLine(key, name, amounts.get(key, 0)) for key, name in names.items())


@dataclass
class _Sections:
    """What moved, gathered by section of the statement and by whose business it is."""

    sums: dict[str, dict[str, int]]
    accounts: dict[str, list[StatementLine]]
    tax_base: dict[str, int]


def surplus(*, cooperative: Cooperative, since: date, until: date) -> Surplus:
    """The result between two days, with members' and others' parts.

    Shared costs are split by the key in force on the last day (usually revenue net of returns and
    penalties), largest remainder; the tax by its own base (posting.md 1.2 and 2.8).
    """
    telling = telling_on(cooperative=cooperative, on=until)
    found = _sections(cooperative, since, until, telling)
    revenue = _tagged(found.sums["revenue"])
    cost = _tagged(found.sums["cost"])
    gross = revenue + cost
    key = telling.weights((revenue.member, revenue.nonmember), (gross.member, gross.nonmember))
    base = (found.tax_base[BusinessClass.MEMBER], found.tax_base[BusinessClass.NONMEMBER])

    def part(section: str) -> Split:
        whole = Split()
        for how, amount in sorted(found.sums[section].items()):
            whole += _split(amount, how, base if how == "base" else key)
        return whole

    return Surplus(
        since=since,
        until=until,
        revenue=revenue,
        cost=Split() - cost,
        operating=Split() - part("operating_expense"),
        cooperative=Split() - part("cooperative_expense"),
        other=part("other"),
        tax=Split() - part("tax"),
        key=key,
        accounts={name: tuple(lines) for name, lines in found.accounts.items()},
        telling=telling,
    )


def telling_on(*, cooperative: Cooperative, on: date) -> Telling:
    """The choices of how the result is told that are in force on a day; one query."""
    own = house.own_values(cooperative=cooperative)
    return telling_of(
        {one.name: house.in_force(one, own.get(one.name, []), on).value for one in SPLITTING}
    )


def _sections(cooperative: Cooperative, since: date, until: date, telling: Telling) -> _Sections:
    accounts = {account.pk: account for account in selectors.accounts(cooperative=cooperative)}
    found = _Sections(defaultdict(lambda: defaultdict(int)), defaultdict(list), defaultdict(int))
    nets: dict[int, int] = defaultdict(int)
    moved = selectors.by_business(cooperative=cooperative, since=since, until=until)
    for account_id, business, net in moved:
        account = accounts[account_id]
        how = business or _standing(account)
        if telling.is_others(account.role, account.split):
            how = BusinessClass.NONMEMBER
        section = telling.section(account.role, account.code, account.statement)
        found.sums[section][how] += net
        nets[account_id] += net
        if account.code < "5" and account.role not in OUTSIDE_TAX_BASE:
            found.tax_base[how] += net
    for account_id, account in accounts.items():
        if net := nets[account_id]:
            line = StatementLine(
                account.code,
                selectors.account_name(account.role, account.name),
                net,
                account.shown_code,
            )
            found.accounts[_line(account, telling)].append(line)
    return found


def _line(account: Account, telling: Telling) -> str:
    """The line of the statement beneath which an account is listed."""
    section = telling.section(account.role, account.code, account.statement)
    if section not in {"revenue", "cost"}:
        return section
    others = telling.is_others(account.role, account.split)
    whose = "other" if others or account.statement.startswith("other_") else "member"
    return f"{whose}_{section}"


def _standing(account: Account) -> str:
    """Whose business a line without a class is: by its account."""
    if account.statement in {"member_revenue", "member_cost"}:
        return BusinessClass.MEMBER
    if account.statement in {"other_revenue", "other_cost"}:
        return BusinessClass.NONMEMBER
    return account.split or "key"


def _tagged(sums: Mapping[str, int]) -> Split:
    return Split(sums.get(BusinessClass.MEMBER, 0), sums.get(BusinessClass.NONMEMBER, 0))


def _split(amount: int, how: str, weights: tuple[int, int]) -> Split:
    if how == BusinessClass.MEMBER:
        return Split(member=amount)
    if how == BusinessClass.NONMEMBER:
        return Split(nonmember=amount)
    # Returns beyond the revenue of a time carry no cost; without any revenue the members do,
    # whose house it is.
    member, nonmember = max(weights[0], 0), max(weights[1], 0)
    if not member + nonmember:
        return Split(member=amount)
    return Split(*share(amount, (member, nonmember)))
