"""Budgets: begun from nothing, last year or a version, typed, read from a sheet, approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from canting.cooperatives.services import record
from canting.kernel.dates import format_date
from canting.kernel.money import BadRupiah, parse_rupiah, share
from canting.kernel.tables_in import Row, Table
from canting.ledger import selectors as ledger
from canting.treasury import selectors
from canting.treasury.errors import (
    BadBudgetCell,
    BudgetEmpty,
    BudgetIsFixed,
    DecidedLater,
    DecisionNeeded,
    DraftStands,
    MonthsMissing,
    UnknownPlanAccount,
)
from canting.treasury.models import Budget, BudgetLine
from canting.treasury.rules import raised

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.ledger.models import Account

MONTHS = 12
CODE_NAMES = ("kode", "kode akun", "akun", "code", "account", "no akun")
YEAR_NAMES = ("setahun", "tahun", "jumlah", "total", "year")
MONTH_NAMES = (
    ("jan", "januari", "january", "1"),
    ("feb", "februari", "february", "2"),
    ("mar", "maret", "march", "3"),
    ("apr", "april", "4"),
    ("mei", "may", "5"),
    ("jun", "juni", "june", "6"),
    ("jul", "juli", "july", "7"),
    ("agu", "agt", "agustus", "aug", "august", "8"),
    ("sep", "september", "9"),
    ("okt", "oktober", "oct", "october", "10"),
    ("nov", "november", "nopember", "11"),
    ("des", "desember", "dec", "december", "12"),
)


@transaction.atomic
def start_budget(
    *,
    cooperative: Cooperative,
    year: int,
    actor: User,
    on: date,
    basis: str = "",
    percent: Decimal = Decimal(0),
) -> Budget:
    """Begin a new version of a year's budget: empty, from last year's figures, or from the last one.

    `basis` "actual" takes what every account moved in each month of the year before (the months
    that are over), with so many percent more; "version" copies the version before. Raises
    DraftStands while one is being written.
    """
    ledger.lock_book(cooperative=cooperative)
    before = selectors.budgets(cooperative=cooperative, year=year).first()
    if before is not None and before.state == "draft":
        raise DraftStands(year=year, version=before.version)
    made = Budget.objects.create(
        cooperative=cooperative,
        year=year,
        version=before.version + 1 if before else 1,
        note=_note(basis, year, percent),
        made_by=actor,
        made_at=timezone.now(),
    )
    if basis == "actual":
        last = MONTHS if year - 1 < on.year else on.month
        moved = selectors.actual_months(cooperative=cooperative, year=year - 1, month=last)
        _put(made, _raised(cooperative, moved, percent))
    elif basis == "version" and before is not None:
        _put(made, selectors.planned_months(before))
    _tell_budget(made, "budget_begun", actor, year=year, version=made.version)
    return made


def _note(basis: str, year: int, percent: Decimal) -> str:
    if basis == "actual":
        return _("From the figures of %(year)s, %(percent)s%% more") % {
            "year": year - 1,
            "percent": f"{percent.normalize():f}".replace(".", ","),
        }
    return _("From the version before") if basis == "version" else ""


def _raised(
    cooperative: Cooperative, moved: Mapping[int, Mapping[int, int]], percent: Decimal
) -> dict[int, dict[int, int]]:
    known = {one.pk for one in selectors.plan_accounts(cooperative=cooperative)}
    return {
        account: {month: raised(amount, percent) for month, amount in months.items()}
        for account, months in moved.items()
        if account in known
    }


def _put(budget: Budget, planned: Mapping[int, Mapping[int, int]]) -> None:
    """Write what is planned on some accounts over what stood there."""
    budget.lines.filter(account_id__in=list(planned)).delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(budget=budget, account_id=account, month=month, amount=amount)
        for account, months in planned.items()
        for month, amount in sorted(months.items())
        if amount
    )


@transaction.atomic
def set_year_amounts(*, budget: Budget, amounts: Mapping[str, int], actor: User) -> int:
    """Write the whole year's amounts of accounts (by code), spread evenly over the months.

    An account whose year is as it was keeps its months. Returns how many changed. Raises
    BudgetIsFixed, UnknownPlanAccount.
    """
    held = _draft(budget)
    known = _accounts(held.cooperative)
    sums = {account: year for account, (_m, year) in selectors.planned_sums(held, MONTHS).items()}
    planned: dict[int, dict[int, int]] = {}
    for code, amount in amounts.items():
        account = known.get(code)
        if account is None:
            raise UnknownPlanAccount(account=code)
        if amount != sums.get(account.pk, 0):
            planned[account.pk] = _evenly(amount)
    _put(held, planned)
    if planned:
        _tell_budget(held, "budget_written", actor, year=held.year, count=len(planned))
    return len(planned)


def _evenly(amount: int) -> dict[int, int]:
    return dict(enumerate(share(amount, [1] * MONTHS), start=1))


@transaction.atomic
def set_months(*, budget: Budget, account: Account, amounts: Sequence[int], actor: User) -> None:
    """Write what is planned on one account in each of the twelve months. Raises BudgetIsFixed."""
    held = _draft(budget)
    _put(held, {account.pk: dict(enumerate(amounts, start=1))})
    _tell_budget(held, "budget_written", actor, year=held.year, account=account.code)


@transaction.atomic
def put_table(*, budget: Budget, table: Table, actor: User) -> int:
    """Read a budget from a sheet: a column of account codes, and twelve months or the whole year.

    Each account of the sheet gets what the sheet says, others stay. All or nothing: raises
    MonthsMissing, UnknownPlanAccount, BadBudgetCell with row and column, BudgetIsFixed.
    """
    held = _draft(budget)
    columns = _columns(table)
    known = _accounts(held.cooperative)
    planned: dict[int, dict[int, int]] = {}
    for row in table.rows:
        code = _code(row.cells[columns["code"]])
        if not code[:1].isdigit():
            continue  # a heading or a sum inside the sheet
        account = known.get(code)
        if account is None:
            raise UnknownPlanAccount(account=_("%(code)s (row %(row)s)") % {
                "code": code, "row": row.number,
            })  # fmt: skip
        months = _months(table, row, columns)
        kept = planned.setdefault(account.pk, {})
        for month, amount in months.items():
            kept[month] = kept.get(month, 0) + amount
    if not planned:
        raise BudgetEmpty
    _put(held, planned)
    _tell_budget(held, "budget_read", actor, year=held.year, count=len(planned))
    return len(planned)


def _code(cell: object) -> str:
    """The account's code of a cell: "5101", 5101.0 and "5101 Beban gaji" are all 5101."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    words = str(cell).split()
    return words[0] if words else ""


def _columns(table: Table) -> dict[str, int]:
    """The place of the code, and of the twelve months or of the whole year."""
    names = [" ".join(str(one).lower().replace(".", " ").split()) for one in table.header]

    def place(wanted: Sequence[str]) -> int | None:
        return next((at for at, name in enumerate(names) if name in wanted), None)

    code = place(CODE_NAMES)
    months = [place(wanted) for wanted in MONTH_NAMES]
    year = place(YEAR_NAMES)
    if code is None or (None in months and year is None):
        raise MonthsMissing
    found = {"code": code}
    if None not in months:
        return found | {str(at): place or 0 for at, place in enumerate(months, start=1)}
    return found | {"year": year or 0}


def _months(table: Table, row: Row, columns: Mapping[str, int]) -> dict[int, int]:
    if "year" in columns:
        return _evenly(_amount(table, row, columns["year"]))
    return {at: _amount(table, row, columns[str(at)]) for at in range(1, MONTHS + 1)}


def _amount(table: Table, row: Row, place: int) -> int:
    cell = row.cells[place]
    try:
        return parse_rupiah(cell) or 0
    except BadRupiah as bad:
        raise BadBudgetCell(
            row=row.number, column=table.header[place], typed=str(cell)[:40]
        ) from bad


@transaction.atomic
def approve_budget(
    *, budget: Budget, decision: str, decided_on: date, on: date, actor: User
) -> Budget:
    """The meeting approved it: it stays as it is, the one approved before is replaced.

    Approving twice is once. Raises DecisionNeeded, DecidedLater, BudgetEmpty.
    """
    held = _locked(budget)
    if held.state == "approved":
        return held
    if held.state != "draft":
        raise BudgetIsFixed(year=held.year, version=held.version)
    if not decision.strip():
        raise DecisionNeeded
    if decided_on > on:
        raise DecidedLater(day=format_date(decided_on), today=format_date(on))
    if not held.lines.exists():
        raise BudgetEmpty
    Budget.objects.filter(cooperative=held.cooperative, year=held.year, state="approved").update(
        state="replaced"
    )
    held.state = "approved"
    held.decision = decision.strip()[:120]
    held.decided_on = decided_on
    held.approved_by = actor
    held.approved_at = timezone.now()
    held.save()
    _tell_budget(
        held, "budget_approved", actor, year=held.year, version=held.version,
        decision=held.decision, on=decided_on.isoformat(),
    )  # fmt: skip
    return held


@transaction.atomic
def drop_budget(*, budget: Budget, actor: User) -> None:
    """Throw a draft away. Raises BudgetIsFixed for one that was approved."""
    held = _draft(budget)
    _tell_budget(held, "budget_dropped", actor, year=held.year, version=held.version)
    held.delete()


def _locked(budget: Budget) -> Budget:
    return (
        Budget.objects.select_for_update(of=("self",))
        .select_related("cooperative")
        .get(pk=budget.pk)
    )


def _draft(budget: Budget) -> Budget:
    held = _locked(budget)
    if held.state != "draft":
        raise BudgetIsFixed(year=held.year, version=held.version)
    return held


def _accounts(cooperative: Cooperative) -> dict[str, Account]:
    return {one.code: one for one in selectors.plan_accounts(cooperative=cooperative)}


def _tell_budget(budget: Budget, act: str, actor: User, **facts: Any) -> None:
    record(
        cooperative_id=budget.cooperative_id,
        actor=actor,
        action=f"treasury.{act}",
        subject=f"RAPB {budget.year}/{budget.version}",
        facts=facts,
    )
