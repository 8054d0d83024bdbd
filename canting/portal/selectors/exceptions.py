"""What supervisors look at first: what was put right, cash that differed, papers that came late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.dates import format_date, format_month
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.portal.selectors.rows import MOST_ROWS, Row, WorkList, page

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

LOOK_BACK = timedelta(days=90)


def exceptions(*, cooperative: Cooperative, on: date) -> list[WorkList]:
    """Reversals, cash differences and late papers of ninety days, newest first."""
    since = on - LOOK_BACK
    return [
        _reversals(cooperative, since),
        _cash_differences(cooperative, since),
        _late_papers(cooperative, since),
    ]


def _entry(cooperative: Cooperative, position: int) -> str:
    return page("ledger:entry_detail", cooperative.slug, position)


def _reversals(cooperative: Cooperative, since: date) -> WorkList:
    found = ledger.reversals(cooperative=cooperative, since=since)
    rows = [
        Row(
            what=one.memo,
            why=" · ".join(filter(None, [format_date(one.entry_date), one.paper, str(one.actor)])),
            act_label=_("Open"),
            act_url=_entry(cooperative, one.position),
        )
        for one in found[:MOST_ROWS]
    ]
    return WorkList(
        key="reversals",
        title=_("Corrections"),
        rows=rows,
        total=found.count() if len(rows) == MOST_ROWS else len(rows),
        state="info",
        nothing=_("No corrections in 90 days."),
    )


def _cash_differences(cooperative: Cooperative, since: date) -> WorkList:
    found = ledger.lines_on(cooperative=cooperative, role="cash_diff", since=since)
    rows = [
        Row(
            what=_("%(amount)s short") % {"amount": format_rupiah(one.amount)}
            if one.side == Side.DEBIT
            else _("%(amount)s over") % {"amount": format_rupiah(one.amount)},
            why=" · ".join([format_date(one.entry_date), one.entry.memo, str(one.entry.actor)]),
            act_label=_("Open"),
            act_url=_entry(cooperative, one.entry.position),
        )
        for one in found[:MOST_ROWS]
    ]
    return WorkList(
        key="cash_differences",
        title=_("Cash that differed"),
        rows=rows,
        total=found.count() if len(rows) == MOST_ROWS else len(rows),
        nothing=_("Cash was right for 90 days."),
    )


def _late_papers(cooperative: Cooperative, since: date) -> WorkList:
    found = ledger.late_papers(cooperative=cooperative, since=since)
    rows = [
        Row(
            what=one.memo,
            why=_("paper of %(day)s, booked in %(month)s")
            % {"day": format_date(one.own_date), "month": format_month(one.entry_date)},
            act_label=_("Open"),
            act_url=_entry(cooperative, one.position),
        )
        for one in found[:MOST_ROWS]
    ]
    return WorkList(
        key="late_papers",
        title=_("Papers that came late"),
        rows=rows,
        total=found.count() if len(rows) == MOST_ROWS else len(rows),
        nothing=_("No late papers in 90 days."),
    )
