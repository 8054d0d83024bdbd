"""Which materials run out before new ones could be here, told in weeks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.charts import progress
from canting.kernel.charts.frame import figure
from canting.kernel.dates import format_date
from canting.kernel.quantities import format_quantity
from canting.portal.selectors.rows import MOST_ROWS, Row, WorkList, page
from canting.stock import selectors as stock

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.stock.selectors import CoverRow

SPARE_WEEKS = 1


def thin(*, cooperative: Cooperative, on: date, rights: Collection[str]) -> WorkList | None:
    """Materials that run out before new ones (and a week to spare) could be here, with a bar."""
    if "stock.view_stock" not in rights:
        return None
    short = [
        one
        for one in stock.cover(cooperative=cooperative, on=on)
        if one.weeks is not None and one.weeks < one.lead_weeks + SPARE_WEEKS
    ]
    may_buy = "purchasing.buy" in rights
    return WorkList(
        key="thin",
        title=_("Materials running out"),
        rows=[
            _row(one, one.weeks or Decimal(0), cooperative, may_buy) for one in short[:MOST_ROWS]
        ],
        total=len(short),
        url=page("stock:stock_page", cooperative.slug),
        aside=_("line = order time"),
        nothing=_("There is enough material."),
    )


def _row(one: CoverRow, weeks: Decimal, cooperative: Cooperative, may_buy: bool) -> Row:
    late = one.is_short
    told = _("nothing left")
    if one.quantity and one.runs_out:
        told = _("lasts %(weeks)s weeks, gone about %(day)s") % {
            "weeks": figure(weeks),
            "day": format_date(one.runs_out),
        }
    title = _("%(item)s lasts %(weeks)s weeks") % {"item": one.item.name, "weeks": figure(weeks)}
    # In days, so that the line of the order time falls on a whole number.
    lead = max(one.item.lead_days, 1)
    days = min(int(weeks * 7), 2 * lead)
    bar = progress(title, days, 2 * lead, ink="f4" if late else "f2", mark=lead)
    slug = cooperative.slug
    return Row(
        what=one.item.name,
        note=format_quantity(one.quantity, one.item.unit),
        why=told,
        why_kind="wrong" if late else "wait",
        bar=bar.svg,
        act_label=_("Buy") if may_buy else _("Open"),
        act_url=page("purchasing:purchase_new", slug)
        if may_buy
        else page("stock:stock_page", slug),
    )
