"""Pajak bulan ini: what, how much, by when, out of which entries; and the slips of the month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel import downloads
from canting.kernel.dates import format_month, last_of_month, next_month, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried
from canting.kernel.tables_out import Column, write_xlsx
from canting.ledger import selectors as ledger
from canting.taxes import selectors, services
from canting.taxes.rules import (
    FINAL,
    HELD,
    PAYABLE,
    VAT,
    VAT_IN,
)
from canting.taxes.views.common import back, month_of

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def tax_words() -> dict[str, str]:
    """Every tax in words, by its key."""
    kept = {key: _(one.label) for key, one in PAYABLE.items()}
    return {"final": _(FINAL), **kept}


SHOWN = 20


@require_safe
@requires("taxes.view_taxes")
def month_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Every tax of a month: base, amount, what is unpaid, the day, and the entries behind it."""
    day = today(cooperative.zone)
    month = month_of(request.GET.get("bulan", ""), day)
    dues = selectors.month_dues(cooperative=cooperative, month=month)
    rows = list(selectors.withheld(cooperative=cooperative, month=month))
    has_vat = any(due.key == VAT for due in dues)
    context = {
        "month": month,
        "day": day,
        "dues": dues,
        "vat": selectors.vat_month(cooperative=cooperative, month=month) if has_vat else None,
        "input_code": _code(cooperative, VAT_IN) if has_vat else "",
        "fakturs": selectors.fakturs(cooperative=cooperative, month=month) if has_vat else [],
        "is_pkp": has_vat and selectors.pkp(cooperative=cooperative, on=last_of_month(month)),
        "held": selectors.held_of_month(cooperative=cooperative, month=month),
        "missing": selectors.slips_missing(cooperative=cooperative)[:SHOWN],
        "held_words": {key: _(one.label) for key, one in HELD.items()},
        "words": tax_words(),
        "codes": {due.role: _code(cooperative, due.role) for due in dues},
        "turnover": selectors.month_turnover(cooperative=cooperative, month=month),
        "clock": selectors.clock(cooperative=cooperative, on=day),
        "ceiling": selectors.ceiling(cooperative=cooperative, on=last_of_month(month)),
        "rows": rows,
        "slips": selectors.slips(cooperative=cooperative, month=month),
        "payments": selectors.payments(cooperative=cooperative, month=month),
        "waits": any(row.slip_id is None for row in rows),
        "previous": f"{next_month(month, -1):%Y-%m}",
        "next": f"{next_month(month):%Y-%m}" if next_month(month) <= day else "",
    }
    return render_page(request, "taxes/month_page.html", context)


def _code(cooperative: Cooperative, role: str) -> str:
    return ledger.account_for(cooperative=cooperative, role=role).code


@require_safe
@requires("taxes.view_taxes")
def month_export(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The taxes of a month and what was withheld from whom, as a spreadsheet."""
    month = month_of(request.GET.get("bulan", ""), today(cooperative.zone))
    words = tax_words()
    columns = [
        Column(_("Tax"), width=34),
        Column(_("Payee"), width=28),
        Column(_("Date"), "date"),
        Column(_("Paper"), width=20),
        Column(_("Base"), "money"),
        Column(_("Tax amount"), "money"),
        Column(_("Slip"), width=20),
        Column(_("Still to pay"), "money"),
    ]
    dues = selectors.month_dues(cooperative=cooperative, month=month)
    sums: list[list[Any]] = [
        [words[due.key], "", due.by, "", due.base, due.amount, "", due.unpaid] for due in dues
    ]
    lines: list[list[Any]] = [
        [words[row.kind], row.party.name, row.on, row.paper, row.base, row.tax,
         row.slip.number if row.slip else "", None]
        for row in selectors.withheld(cooperative=cooperative, month=month)
    ]  # fmt: skip
    file = write_xlsx(columns, [*sums, *lines], sheet=f"{month:%Y-%m}")
    return downloads.sheet(file, f"pajak-{month:%Y-%m}.xlsx")


@require_POST
@requires("taxes.pay_taxes")
def slips_issue(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Give every payee of a month her slip."""
    day = today(cooperative.zone)
    month = month_of(request.POST.get("month", ""), day)
    with tried() as attempt:
        made = services.issue_slips(
            cooperative=cooperative, month=month, on=day, actor=request.user
        )
    if attempt.done:
        text = _("%(count)s slips of %(month)s are written.")
        notice(request, text % {"count": len(made), "month": format_month(month)})
    else:
        notice(request, attempt.words, kind="wrong")
    return back(cooperative, month)
