"""The pictures of the homes: money by week, an order by stage, quality, savings; each a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.charts import (
    CashWeek,
    Chart,
    Lot,
    SavingsMonth,
    Stage,
    cash_columns,
    quality_run,
    savings_columns,
    stacked_progress,
)
from canting.kernel.dates import first_of_month, format_date, months_between, next_month
from canting.kernel.money import format_rupiah, half_up
from canting.ledger import selectors as ledger
from canting.portal.selectors.near import NearOrders
from canting.portal.selectors.rows import page
from canting.production import selectors as production
from canting.production.rules import Stages, sum_of
from canting.quality import selectors as quality

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.sales.models import Order

WEEKS, LOTS, MONTHS = 13, 12, 12
SAVED = ("share_principal", "share_mandatory", "savings_vol")


@dataclass(frozen=True, slots=True)
class OrderPicture:
    """The nearest order: where its pieces stand, and where they should be today."""

    order: Order
    title: str
    aside: str
    url: str
    chart: Chart


def nearest_order(*, cooperative: Cooperative, on: date, near: NearOrders) -> OrderPicture | None:
    """The open order that is due first, by stage from sent to plain cloth; nothing without one."""
    if not near.orders:
        return None
    order = near.orders[0]
    progress = near.progress[order.pk]
    line_ids = [line.line.pk for line in progress.lines]
    made = production.orders_of_line(cooperative=cooperative, line_ids=line_ids)
    stages = sum_of(production.stage_counts(one) for one in made.prefetch_related("assignments"))
    ordered, sent = int(progress.ordered), int(progress.sent)
    products = ", ".join(dict.fromkeys(line.line.product.name for line in progress.lines))
    return OrderPicture(
        order=order,
        title=_("%(product)s for %(buyer)s") % {"product": products, "buyer": order.buyer.name},
        aside=_("%(count)s pieces · send by %(day)s")
        % {"count": ordered, "day": format_date(order.promised_date)},
        url=page("sales:order_detail", cooperative.slug, order.number),
        chart=_order_chart(order, stages, ordered, sent, on),
    )


def _order_chart(order: Order, stages: Stages, ordered: int, sent: int, on: date) -> Chart:
    ready = max(stages.done - sent, 0)
    not_begun = max(ordered - sent - ready - stages.inspection - stages.making - stages.plain, 0)
    planned = _planned(order, ordered, on)
    done = sent + ready
    title = _("%(done)s of %(ordered)s pieces are sent or ready, %(planned)s were due by today") % {
        "done": done,
        "ordered": ordered,
        "planned": planned,
    }
    return stacked_progress(
        title,
        [
            Stage(_("Sent"), sent, 6),
            Stage(_("Ready"), ready, 5),
            Stage(_("Inspection"), stages.inspection, 4),
            Stage(_("Dyed, boiled"), stages.dyed + stages.boiled, 3),
            Stage(_("Waxed"), stages.waxed, 2),
            Stage(_("Not begun"), stages.plain + not_begun, 1),
        ],
        planned=planned,
    )


def _planned(order: Order, ordered: int, on: date) -> int:
    """Pieces that should be done by today if work went evenly from order to promise."""
    whole = max((order.promised_date - order.ordered_on).days, 1)
    gone = min(max((on - order.ordered_on).days, 0), whole)
    return half_up(Decimal(ordered * gone) / whole)


def cash_weeks(*, cooperative: Cooperative, on: date, floor: int = 0) -> Chart | None:
    """Money in and out of all cash places in up to thirteen weeks; `floor` is what is owed to makers."""
    monday = on - timedelta(days=on.weekday())
    begun = cooperative.cutover_date - timedelta(days=cooperative.cutover_date.weekday())
    since = max(monday - timedelta(weeks=WEEKS - 1), min(begun, monday))
    count = (monday - since).days // 7 + 1
    days = ledger.cash_days(cooperative=cooperative, since=since, until=on)
    left = sum(
        row.balance
        for row in ledger.trial_balance(cooperative=cooperative, as_of=on)
        if row.statement == "cash"
    )
    if not days and not left:
        return None
    sums = [[0, 0] for _week in range(count)]
    for moved in days:
        week = sums[(moved.day - since).days // 7]
        week[0] += moved.came_in
        week[1] += moved.went_out
    balance = left - sum(came - went for came, went in sums)
    before, weeks = balance, []
    for number, (came, went) in enumerate(sums):
        balance += came - went
        start = since + timedelta(weeks=number)
        weeks.append(CashWeek(f"{start.day}/{start.month}", came, went, balance))
    change = left - before
    told = (
        _("Cash and bank hold %(left)s, %(change)s more than %(count)s weeks ago")
        if change >= 0
        else _("Cash and bank hold %(left)s, %(change)s less than %(count)s weeks ago")
    )
    title = told % {
        "left": format_rupiah(left),
        "change": format_rupiah(abs(change)),
        "count": count,
    }
    return cash_columns(title, weeks, floor=floor if _worth_drawing(floor, weeks) else 0)


def _worth_drawing(floor: int, weeks: Sequence[CashWeek]) -> bool:
    """Far below everything else the line of the floor would only hide the words of the axis."""
    highest = max(max(w.came_in, w.went_out, w.balance) for w in weeks)
    return floor * 5 >= highest


def quality_lots(*, cooperative: Cooperative) -> Chart | None:
    """The share that passed at once on the last inspection days; nothing before two of them."""
    found = quality.quality_of(cooperative=cooperative, count=LOTS)
    pieces, passed = sum(one.pieces for one in found), sum(one.passed for one in found)
    if len(found) < 2 or not pieces:
        return None
    title = _("%(percent)s%% of the last %(count)s pieces passed at once") % {
        "percent": half_up(Decimal(100 * passed) / pieces),
        "count": pieces,
    }
    lots = [Lot(f"{one.on.day}/{one.on.month}", one.pieces, one.passed) for one in found]
    return quality_run(title, lots)


def savings_growth(*, cooperative: Cooperative, on: date) -> Chart | None:
    """What members paid in by kind and month, what left below zero; nothing without any."""
    this = first_of_month(on)
    start = max(next_month(this, 1 - MONTHS), min(first_of_month(cooperative.cutover_date), this))
    paid: dict[date, list[int]] = defaultdict(lambda: [0] * len(SAVED))
    withdrawn: dict[date, int] = defaultdict(int)
    for move in ledger.month_moves(cooperative=cooperative, roles=SAVED, since=start, until=on):
        paid[move.month][SAVED.index(move.role)] += move.credit
        withdrawn[move.month] += move.debit
    if not paid:
        return None
    months = [next_month(start, number) for number in range(months_between(start, this) + 1)]
    rows = [
        SavingsMonth(f"{month.month}/{month.year % 100:02d}", tuple(paid[month]), withdrawn[month])
        for month in months
    ]
    grown = sum(sum(row.paid) - row.withdrawn for row in rows)
    title = _("Members' capital and savings grew by %(amount)s in %(count)s months") % {
        "amount": format_rupiah(grown),
        "count": len(months),
    }
    return savings_columns(
        title, rows, (_("Entry shares"), _("Regular shares"), _("Voluntary savings"))
    )
