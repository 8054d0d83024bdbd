"""Slips as they were written: lists, one slip, what she was paid by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet, Sum

from canting.kernel.dates import first_of_month, last_of_month, next_month
from canting.kernel.expected import Expected
from canting.settlement.models import BankAccount, Deduction, SettledLine, Slip
from canting.settlement.selectors.dues import owed_by
from canting.settlement.selectors.plans import payable_lines, plans

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party


@dataclass(frozen=True)
class Year:
    """A maker's pay since January, this slip with it."""

    earned: int
    paid: int
    slips: int


@dataclass(frozen=True)
class MonthPaid:
    """One month of a maker's pay: what was accepted, what was taken off, what she got."""

    month: date
    earned: int
    deducted: int
    paid: int


@dataclass(frozen=True)
class MoneyCard:
    """What a maker sees of her money on her first page."""

    last: Slip | None
    waiting: int
    waiting_lines: int
    held: int
    dues: int
    not_yet_due: int


def slips(
    *,
    cooperative: Cooperative,
    party_id: int | None = None,
    words: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Slip]:
    """Slips with maker and cashier, newest first."""
    found = Slip.objects.filter(cooperative=cooperative).select_related("party", "made_by")
    if party_id is not None:
        found = found.filter(party_id=party_id)
    for word in words.split():
        found = found.filter(
            Q(number__icontains=word)
            | Q(party__name__icontains=word)
            | Q(party__number__icontains=word)
        )
    if since:
        found = found.filter(paid_date__gte=since)
    if until:
        found = found.filter(paid_date__lte=until)
    return found.order_by("-paid_date", "-pk")


def slip(*, cooperative: Cooperative, number: str, party_id: int | None = None) -> Slip | None:
    """One slip by its number; with a party only if it is hers."""
    found = slips(cooperative=cooperative, party_id=party_id).select_related(
        "party", "made_by", "cooperative", "replaces", "replaced_by"
    )
    return found.filter(number=number).first()


def batch(*, cooperative: Cooperative, batch: str) -> list[Slip]:
    """The slips that were paid in one go, by number."""
    return list(slips(cooperative=cooperative).filter(batch=batch).order_by("number"))


def settled_lines(slip: Slip) -> QuerySet[SettledLine]:
    """What a slip paid: each journal line with its entry, oldest first."""
    found = SettledLine.objects.filter(slip=slip).select_related("line__entry")
    return found.order_by("line__entry__own_date", "line_id")


def deductions(slip: Slip) -> QuerySet[Deduction]:
    """What was taken off, and what could not be, in the order of deduction."""
    return Deduction.objects.filter(slip=slip).order_by("position")


def year_to(slip: Slip) -> Year:
    """Her pay from January up to and with this slip; slips that were put right are left out."""
    since = date(slip.paid_date.year, 1, 1)
    found = (
        slips(
            cooperative=slip.cooperative, party_id=slip.party_id, since=since, until=slip.paid_date
        )
        .filter(reversed_at=None)
        .exclude(paid_date=slip.paid_date, pk__gt=slip.pk)
        .aggregate(earned=Sum("earned"), paid=Sum("paid"), slips=Count("pk"))
    )
    return Year(found["earned"] or 0, found["paid"] or 0, found["slips"])


def months(
    *, cooperative: Cooperative, party_id: int, on: date, count: int = 12
) -> list[MonthPaid]:
    """The last months of her pay, oldest first, also those without any."""
    start = next_month(first_of_month(on), 1 - count)
    found = slips(
        cooperative=cooperative, party_id=party_id, since=start, until=last_of_month(on)
    ).filter(reversed_at=None)
    sums: dict[date, list[int]] = {}
    for earned, deducted, paid, day in found.values_list("earned", "deducted", "paid", "paid_date"):
        row = sums.setdefault(first_of_month(day), [0, 0, 0])
        for place, amount in enumerate((earned, deducted, paid)):
            row[place] += amount
    return [
        MonthPaid(month, *sums.get(month, [0, 0, 0]))
        for month in (next_month(start, place) for place in range(count))
    ]


def bank_account(party: Party) -> BankAccount | None:
    """Where her transfers go, or nothing."""
    return BankAccount.objects.filter(party=party).first()


def bank_accounts(*, cooperative: Cooperative, party_ids: Sequence[int]) -> dict[int, BankAccount]:
    """Bank accounts of these makers, by party."""
    found = BankAccount.objects.filter(cooperative=cooperative, party_id__in=list(party_ids))
    return {account.party_id: account for account in found}


def money_card(cooperative: Cooperative, party: Party, on: date) -> MoneyCard:
    """Last paid, waiting to be paid, held until the sale, and dues open, for her first page."""
    last = slips(cooperative=cooperative, party_id=party.pk).filter(reversed_at=None).first()
    plan = next(iter(plans(cooperative=cooperative, on=on, party_ids=[party.pk])), None)
    owed = owed_by(cooperative=cooperative, party_ids=[party.pk], on=on)[party.pk]
    return MoneyCard(
        last=last,
        waiting=plan.earned if plan else 0,
        waiting_lines=sum(len(s.lines) for s in plan.slips) if plan else 0,
        held=plan.held if plan else 0,
        dues=sum(due.amount for due in owed.debts),
        not_yet_due=owed.not_yet_due,
    )


def waiting_total(*, cooperative: Cooperative, on: date) -> tuple[int, int]:
    """How many makers may be paid and how much before deductions, for the day's list."""
    found = payable_lines(cooperative=cooperative, on=on)
    return len({line.party.pk for line in found}), sum(line.amount for line in found)


def expected_cash(*, cooperative: Cooperative, on: date, until: date) -> list[Expected]:
    """The open pay of makers, before deductions: it may be asked for any day, so it is due now."""
    _makers, amount = waiting_total(cooperative=cooperative, on=on)
    return [Expected(on, goes_out=amount)] if on <= until else []
