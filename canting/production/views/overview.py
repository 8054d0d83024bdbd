"""The room of the cloth: what comes, what is being made, what lies ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.production import selectors
from canting.production.rules import waiting
from canting.production.views.addresses import address
from canting.production.views.charts import stage_chart

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@require_http_methods(["GET"])
@requires("production.view_cloth")
def cloth(request: Request, cooperative: Cooperative) -> HttpResponse:
    """To receive, at makers, ready; and the ways to Terima, Bahan and Kirim."""
    on = today(cooperative.zone)
    stages = selectors.stages_at_makers(cooperative)
    title = _("%(count)s pieces are with makers, %(waiting)s wait for inspection") % {
        "count": stages.with_maker,
        "waiting": stages.inspection,
    }
    context = {
        "awaiting": [(part, waiting(part)) for part in selectors.awaiting_inspection(cooperative)],
        "late": selectors.late_assignments(cooperative=cooperative, on=on)[:20],
        "flags": selectors.over_reports(cooperative=cooperative),
        "orders": selectors.work_orders(cooperative=cooperative)[:20],
        "stages": stages,
        "chart": stage_chart(title, stages),
        "ready": selectors.ready_cloth(cooperative=cooperative),
        "advances": selectors.open_advances(cooperative=cooperative)[:20],
        "receive_url": address("quality:receive", cooperative.slug),
        "materials_url": address("purchasing:hand_out_new", cooperative.slug),
        "send_url": address("sales:order_list", cooperative.slug),
        "inspections_url": address("quality:inspection_list", cooperative.slug),
        "on": on,
    }
    return render_page(request, "production/cloth.html", context)
