"""What of the treasurer's daily work waits today: what recurs, and what a month takes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.dates import format_date, format_month
from canting.kernel.money import format_rupiah
from canting.portal.selectors.rows import MOST_ROWS, Gathered, Row, page
from canting.treasury import selectors as treasury

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

RIGHT = "treasury.record_costs"


def treasurer_rows(
    found: Gathered, cooperative: Cooperative, on: date, rights: Collection[str]
) -> None:
    """Recurring entries that are due, and prepaid costs of the month that is over."""
    if RIGHT not in rights:
        return
    due = treasury.due_until(cooperative=cooperative, until=on)
    rows = [
        Row(
            what=_("Book %(name)s") % {"name": one.recurring.name},
            why=_("due on %(day)s") % {"day": format_date(one.due)},
            sum=format_rupiah(one.recurring.amount) if one.recurring.amount else "",
            act_label=_("Book"),
            act_url=page("treasury:recurring_page", cooperative.slug),
        )
        for one in due[:MOST_ROWS]
    ]
    found.add(rows, len(due))
    _prepaid(found, cooperative, on)


def _prepaid(found: Gathered, cooperative: Cooperative, on: date) -> None:
    month = treasury.next_spread(cooperative=cooperative, on=on)
    if month is None:
        return
    row = Row(
        what=_("Book the prepaid costs of %(month)s") % {"month": format_month(month)},
        why=_("Each month carries its own part."),
        act_label=_("Book"),
        act_url=page("treasury:costs_page", cooperative.slug),
    )
    found.add([row], 1)
