"""Reads of costs that belong to other months: accruals, prepaid costs, and what each month takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from canting.kernel.dates import first_of_month, last_of_month, next_month
from canting.kernel.money import share
from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.treasury.models import Accrual, PrepaidPart, Prepayment, SpreadRun
from canting.treasury.rules import prepaid_until

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.ledger.models import Account
    from canting.ledger.selectors import AccountRef

MONTHS_SHOWN = 6
COSTS = frozenset({"operating_expense", "cooperative_expense", "other"})
FIRST_OF_COSTS = "6"
# Costs that arise from other papers alone.
NOT_TYPED = frozenset({"depreciation", "rounding", "cash_diff", "fx_diff"})


@dataclass(frozen=True, slots=True)
class PartDue:
    """What one prepaid cost gives to the months up to one, less what it gave before."""

    prepayment: Prepayment
    amount: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What the account of prepaid costs holds, and what of it stands on the list."""

    booked: int
    listed: int

    @property
    def unlisted(self) -> int:
        """What stands on the account and on no line of the list."""
        return self.booked - self.listed


@dataclass(frozen=True, slots=True)
class MonthAhead:
    """What a month to come will take of the prepaid costs."""

    month: date
    amount: int


def is_expense(account: Account | AccountRef) -> bool:
    """True for an open account of costs that people write on themselves."""
    return (
        account.active
        and account.statement in COSTS
        and account.normal == Side.DEBIT
        and account.code >= FIRST_OF_COSTS
        and not account.party_kind
        and account.role not in NOT_TYPED
    )


def expense_choices(*, cooperative: Cooperative) -> list[tuple[str, str]]:
    """The accounts of costs that may be chosen: code and label, by code."""
    found = ledger.accounts(cooperative=cooperative).filter(active=True)
    return [(one.code, ledger.label(one)) for one in found if is_expense(one)]


def open_day(*, cooperative: Cooperative, day: date) -> date:
    """The day itself, or the first day that still takes entries."""
    return max(day, ledger.earliest_open_day(cooperative=cooperative))


def accruals(*, cooperative: Cooperative) -> QuerySet[Accrual]:
    """Every accrual with its account and payment, newest first."""
    found = Accrual.objects.filter(cooperative=cooperative)
    return found.select_related("account", "payment", "made_by").order_by("-on", "-id")


def standing_accruals(*, cooperative: Cooperative, on: date) -> QuerySet[Accrual]:
    """Accruals that stand on a day: not turned yet, or owed and not paid."""
    unpaid = Q(turns_on__isnull=True) & (Q(payment__isnull=True) | Q(payment__state="reversed"))
    found = accruals(cooperative=cooperative).filter(state="posted", on__lte=on)
    return found.filter(Q(turns_on__gt=on) | unpaid)


def accrual(*, cooperative: Cooperative, number: str) -> Accrual | None:
    """An accrual by its number."""
    found = Accrual.objects.filter(cooperative=cooperative, number=number)
    return found.select_related("account", "payment", "made_by", "successor", "cooperative").first()


def prepayments(*, cooperative: Cooperative) -> QuerySet[Any]:
    """Every prepaid cost with what it gave so far and what is left, newest first."""
    found = Prepayment.objects.filter(cooperative=cooperative).annotate(
        given=Coalesce(Sum("parts__amount", filter=Q(parts__undone=False)), 0)
    )
    found = found.annotate(left=F("amount") - F("given"))
    return found.select_related("account", "made_by").order_by("-on", "-id")


def prepayment(*, cooperative: Cooperative, number: str) -> Any:
    """A prepaid cost by its number, with what it gave and what is left; None when there is none."""
    found = prepayments(cooperative=cooperative).filter(number=number)
    return found.select_related("account", "made_by", "successor", "cooperative").first()


def parts_of(found: Prepayment) -> QuerySet[PrepaidPart]:
    """What a prepaid cost gave, newest first."""
    return found.parts.select_related("run").order_by("-run__until", "-id")


def given_by(found: Prepayment) -> int:
    """What a prepaid cost gave so far and was not taken back, whole rupiah."""
    return found.parts.filter(undone=False).aggregate(total=Sum("amount"))["total"] or 0


def parts_due(*, cooperative: Cooperative, until: date) -> list[PartDue]:
    """What each prepaid cost gives to the months up to `until`'s and has not given yet; one query."""
    rows = prepayments(cooperative=cooperative).filter(
        state="posted", left__gt=0, since__lte=until, on__lte=until
    )
    found = []
    for one in rows.order_by("on", "id"):
        amount = prepaid_until(one.amount, one.months, one.since, until) - one.given
        if amount > 0:
            found.append(PartDue(one, amount))
    return found


def plan_of(found: Any) -> list[MonthAhead]:
    """What each month of a prepaid cost takes, first to last, in whole rupiah."""
    parts = share(found.amount, [1] * found.months)
    return [MonthAhead(next_month(found.since, step), amount) for step, amount in enumerate(parts)]


def prepaid_standing(*, cooperative: Cooperative) -> Standing:
    """What the account of prepaid costs holds now, beside the list."""
    left = (
        prepayments(cooperative=cooperative)
        .filter(state="posted")
        .aggregate(total=Sum("left"))["total"]
    )
    return Standing(ledger.balance(cooperative=cooperative, role="prepaid"), left or 0)


def months_ahead(*, cooperative: Cooperative, on: date) -> list[MonthAhead]:
    """What the coming months take, the running one first; months that take nothing left out."""
    rows = list(prepayments(cooperative=cooperative).filter(state="posted", left__gt=0))
    found = []
    for step in range(MONTHS_SHOWN):
        month = next_month(first_of_month(on), step)
        before = next_month(month, -1)
        amount = sum(
            prepaid_until(one.amount, one.months, one.since, month)
            - max(prepaid_until(one.amount, one.months, one.since, before), one.given)
            for one in rows
            if prepaid_until(one.amount, one.months, one.since, month) > one.given
        )
        if amount:
            found.append(MonthAhead(month, amount))
    return found


def next_spread(*, cooperative: Cooperative, on: date) -> date | None:
    """The last day of the newest month that is over and takes something; None when all is booked."""
    until = last_of_month(on)
    if until > on:
        until = last_of_month(next_month(first_of_month(on), -1))
    return until if parts_due(cooperative=cooperative, until=until) else None


def runs(*, cooperative: Cooperative) -> QuerySet[SpreadRun]:
    """The months booked, newest first."""
    found = SpreadRun.objects.filter(cooperative=cooperative)
    return found.select_related("made_by").order_by("-until", "-id")


def run(*, cooperative: Cooperative, number: str) -> SpreadRun | None:
    """A booked month by its number."""
    found = runs(cooperative=cooperative).filter(number=number)
    return found.select_related("made_by", "cooperative").first()


def parts_in(found: SpreadRun) -> QuerySet[PrepaidPart]:
    """What each prepaid cost gave with a run."""
    return found.parts.select_related("prepayment", "prepayment__account").order_by("id")


def stands_on(found: SpreadRun) -> str:
    """The number of what stands on a run: a later one, or a paper put right since; else empty."""
    later = SpreadRun.objects.filter(
        cooperative_id=found.cooperative_id, state="posted", until__gt=found.until
    )
    if number := later.order_by("until").values_list("number", flat=True).first():
        return number
    undone = found.parts.filter(undone=True).values_list("prepayment__number", flat=True)
    return undone.first() or ""


def lock_prepaid(*, cooperative: Cooperative) -> None:
    """Hold the list of prepaid costs until the transaction ends."""
    ledger.lock_account(cooperative=cooperative, role="prepaid")


def broken_prepayments(*, cooperative: Cooperative) -> list[Any]:
    """Prepaid costs that gave more than they are."""
    return list(prepayments(cooperative=cooperative).filter(left__lt=0))


def unlike_runs(*, cooperative: Cooperative) -> list[Any]:
    """Booked months that are not the sum of their parts."""
    found = runs(cooperative=cooperative).annotate(sum_of_parts=Coalesce(Sum("parts__amount"), 0))
    return list(found.exclude(sum_of_parts=F("total")))
