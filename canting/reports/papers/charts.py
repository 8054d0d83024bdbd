"""Pictures of the statements: the result month by month, the position as two bars."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.charts import Chart, ResultMonth, Stack, StackPart, result_columns, stacked_bars
from canting.kernel.dates import first_of_month, format_month, months_between, next_month
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.reports.statements import FinancialPosition, Period

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

MOST_MONTHS = 24


def result_chart(cooperative: Cooperative, period: Period) -> Chart | None:
    """The surplus of each month that the time touches; nothing of one month alone.

    Months are whole: they are read from the sums kept by month.
    """
    last = first_of_month(period.until)
    first = max(first_of_month(period.since), next_month(last, 1 - MOST_MONTHS))
    count = months_between(first, last) + 1
    rows = ledger.month_results(cooperative=cooperative, since=first, until=last)
    known = {month: (revenue, cost) for month, revenue, cost in rows}
    if count < 2 or not known:
        return None
    days = [next_month(first, place) for place in range(count)]
    months = [ResultMonth(_short(day, first), *known.get(day, (0, 0))) for day in days]
    best = max(range(count), key=lambda place: months[place].result)
    gains = sum(1 for month in months if month.result > 0)
    title = _(
        "%(gains)s of %(count)s months left a surplus; the best was %(month)s with %(amount)s"
    ) % {
        "gains": gains,
        "count": count,
        "month": format_month(days[best]),
        "amount": format_rupiah(months[best].result),
    }
    return result_columns(title, months)


def _short(day: date, first: date) -> str:
    """The month as its number; the year beside the first one and every January."""
    return f"{day.month}/{day.year % 100:02d}" if day == first or day.month == 1 else str(day.month)


def position_chart(found: FinancialPosition) -> Chart | None:
    """What is there, and whose it is: own capital, members' money, others' money."""
    if found.total_assets <= 0:
        return None
    amount = {line.key: line.amount for line in (*found.assets, *found.liabilities)}

    def of(*keys: str) -> int:
        return sum(amount.get(key, 0) for key in keys)

    claims = of("receivables", "loans_out", "advances", "passed_on", "prepaid_tax")
    has = Stack(
        _("What is there"),
        (
            StackPart(_("Cash and bank"), of("cash"), 1),
            StackPart(_("Owed to us"), claims, 2),
            StackPart(_("Inventory"), of("inventory"), 3),
            StackPart(_("Fixed assets, net"), of("fixed_assets"), 5),
        ),
    )
    others = of("payable_suppliers", "payable_other", "payable_tax", "borrowings")
    whose = Stack(
        _("Whose it is"),
        (
            StackPart(_("Own capital"), found.total_equity, 1),
            StackPart(_("Owed to members"), of("payable_makers", "savings", "surplus_funds"), 2),
            StackPart(_("Owed to others"), others, 3),
        ),
    )
    share = 100 * found.total_equity // found.total_assets
    title = _("Of every hundred rupiah that are there, %(share)s are our own capital") % {
        "share": max(share, 0)
    }
    return stacked_bars(title, [has, whose])
