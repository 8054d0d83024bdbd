"""The age of members' credit for material."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.charts import Bar, compare_bars
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import render_page
from canting.kernel.member_text import m_
from canting.kernel.money import format_rupiah
from canting.kernel.wa import wa_address
from canting.purchasing import selectors
from canting.purchasing.views import columns

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.purchasing.selectors import CreditAge, CreditAges

SHOWN = 200
INKS = (1, 3, 2, 4, 4)


def bucket_names() -> tuple[str, ...]:
    """The buckets of age as people read them."""
    return (_("Not due yet"), _("1-30 days"), _("31-60 days"), _("61-90 days"), _("Over 90 days"))


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
@listed()
def credit_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Who owes how much for material and for how long, the longest overdue first."""
    on = today(cooperative.zone)
    ages = selectors.credit_ages(cooperative=cooperative, on=on)
    if request.sheet:
        shown = columns.credit_ages(bucket_names())
        return as_file(request, cooperative, "piutang-bahan", shown, ages.rows)
    context = {
        "ages": ages,
        "rows": [(row, reminder(row)) for row in ages.rows[:SHOWN]],
        "more": max(len(ages.rows) - SHOWN, 0),
        "buckets": bucket_names(),
        "chart": _chart(ages),
    }
    return render_page(request, "purchasing/credit_page.html", context)


def _chart(ages: CreditAges) -> Any:
    late = ages.total - ages.sums[0]
    title = _("%(late)s of %(total)s is overdue") % {
        "late": format_rupiah(late),
        "total": format_rupiah(ages.total),
    }
    bars = [
        Bar(name, amount, ink)
        for name, amount, ink in zip(bucket_names(), ages.sums, INKS, strict=True)
    ]
    return compare_bars(title, bars)


def reminder(row: CreditAge) -> str:
    """The address of a WhatsApp text that reminds her of what is due; "" when nothing is."""
    if not row.overdue or not row.member.phone:
        return ""
    text = m_("%(name)s, %(amount)s for material has been due since %(day)s. Thank you.") % {
        "name": row.member.called_name or row.member.full_name,
        "amount": format_rupiah(row.overdue),
        "day": format_date(row.oldest_due),
    }
    return wa_address(row.member.phone, text)
