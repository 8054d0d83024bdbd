"""The Coretax file of a month's tax invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel import downloads
from canting.kernel.dates import last_of_month, today
from canting.kernel.htmx import notice
from canting.kernel.refusals import tried
from canting.sales import services
from canting.sales.views.tax import asked_month
from canting.taxes.selectors import pkp

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@require_safe
@requires("sales.export_tax_invoices")
def coretax_file(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The month's invoices with VAT as the tax office takes them in; what is missing is said."""
    month = asked_month(request.GET.get("bulan", ""), today(cooperative.zone))
    if pkp(cooperative=cooperative, on=last_of_month(month)) is None:
        raise Http404
    with tried() as attempt:
        file = services.export_tax_invoices(
            cooperative=cooperative, month=month, actor=request.user
        )
    if attempt.done:
        return downloads.saved(file, f"coretax-{month:%Y-%m}.xml", "application/xml")
    notice(request, attempt.words, kind="wrong")
    page = reverse("taxes:month_page", args=[cooperative.slug])
    return redirect(f"{page}?bulan={month:%Y-%m}")
