"""Reads of budgets: versions, what is planned, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum

from canting.ledger import selectors as ledger
from canting.ledger.rules import FIRST_OF_SURPLUS, Side
from canting.treasury.models import Budget, BudgetLine
from canting.treasury.rules import SECTIONS, Compared, section_of, section_sign

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.ledger.models import Account

YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """One account of revenue or cost: what is planned beside what became of it, on its usual side."""

    account: Account
    label: str
    compared: Compared


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A section of the result with its accounts; its sums as the statement counts them."""

    key: str
    accounts: tuple[AccountPlan, ...]
    compared: Compared


@dataclass(frozen=True, slots=True)
class Comparison:
    """A year's budget beside what became of it, up to a month; the result at the end."""

    sections: tuple[SectionPlan, ...]
    result: Compared


def budgets(*, cooperative: Cooperative, year: int | None = None) -> QuerySet[Budget]:
    """Every version of every budget, the newest year and version first."""
    found = Budget.objects.filter(cooperative=cooperative)
    if year is not None:
        found = found.filter(year=year)
    return found.select_related("made_by", "approved_by").order_by("-year", "-version")


def budget(*, cooperative: Cooperative, pk: int) -> Budget | None:
    """One version of a budget."""
    found = budgets(cooperative=cooperative).filter(pk=pk)
    return found.select_related("made_by", "approved_by", "cooperative").first()


def budget_in_force(*, cooperative: Cooperative, year: int) -> Budget | None:
    """The approved budget of a year, or else its draft."""
    found = list(budgets(cooperative=cooperative, year=year).exclude(state="replaced"))
    approved = [one for one in found if one.state == "approved"]
    return next(iter(approved or found), None)


def plan_accounts(*, cooperative: Cooperative) -> list[Account]:
    """The open accounts of revenue and cost, by code."""
    found = ledger.accounts(cooperative=cooperative).filter(active=True, code__gte=FIRST_OF_SURPLUS)
    return list(found)


def months_of(found: Budget, account: Account) -> list[int]:
    """What is planned on an account in each month of the year."""
    rows = dict(found.lines.filter(account=account).values_list("month", "amount"))
    return [rows.get(month, 0) for month in range(1, YEAR_MONTHS + 1)]


def planned_months(found: Budget) -> dict[int, dict[int, int]]:
    """What is planned on every account, by account and month."""
    planned: dict[int, dict[int, int]] = defaultdict(dict)
    for account, month, amount in found.lines.values_list("account_id", "month", "amount"):
        planned[account][month] = amount
    return planned


def planned_sums(found: Budget | None, month: int) -> dict[int, tuple[int, int]]:
    """What is planned on every account up to a month and in the whole year; one query."""
    if found is None:
        return {}
    rows = (
        BudgetLine.objects.filter(budget=found)
        .values_list("account_id")
        .annotate(until=Sum("amount", filter=Q(month__lte=month)), year=Sum("amount"))
        .order_by("account_id")
    )
    return {account: (until or 0, year) for account, until, year in rows}


def actual_months(*, cooperative: Cooperative, year: int, month: int) -> dict[int, dict[int, int]]:
    """What every account moved in each month of a year up to one, on its usual side."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    sides = {one.pk: one.normal for one in ledger.accounts(cooperative=cooperative)}
    moved = ledger.account_month_results(
        cooperative=cooperative, since=date(year, 1, 1), until=date(year, month, 1)
    )
    for (account, first), net in moved.items():
        found[account][first.month] = net if sides[account] == Side.CREDIT else -net
    return found


def comparison(
    *, cooperative: Cooperative, year: int, month: int, found: Budget | None
) -> Comparison:
    """The budget beside the books from January to a month, section by section; five queries.

    Sums come from the kept monthly balances; the result is that of the statement of result.
    """
    planned = planned_sums(found, month)
    actual = ledger.account_results(
        cooperative=cooperative, since=date(year, 1, 1), until=date(year, month, 1)
    )
    by_section: dict[str, list[AccountPlan]] = defaultdict(list)
    for account in ledger.accounts(cooperative=cooperative).filter(code__gte=FIRST_OF_SURPLUS):
        until, whole = planned.get(account.pk, (0, 0))
        net = actual.get(account.pk, 0)
        compared = Compared(until, net if account.normal == Side.CREDIT else -net, whole)
        if until or whole or compared.actual:
            row = AccountPlan(account, ledger.label(account), compared)
            by_section[section_of(account.statement)].append(row)
    sections = tuple(
        SectionPlan(key, tuple(by_section[key]), _summed(by_section[key]))
        for key in SECTIONS
        if by_section[key]
    )
    result = Compared()
    for section in sections:
        result += section.compared.times(1 if section.key in ("revenue", "other") else -1)
    return Comparison(sections, result)


def _summed(rows: Iterable[AccountPlan]) -> Compared:
    total = Compared()
    for row in rows:
        total += row.compared.times(section_sign(row.account.statement, row.account.normal))
    return total
