"""A maker's own pages, and the same acts done for her by the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.member_text import m_
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.production import selectors, services
from canting.production.forms import MyStagesForm, ReportForm
from canting.production.rules import stages_of, waiting
from canting.production.views.addresses import own_part_or_404, part_or_404
from canting.production.views.charts import stage_chart
from canting.stock import selectors as stock

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.production.models import Assignment

PAST = 20


def _card(part: Assignment) -> dict[str, object]:
    stages = stages_of(part)
    title = m_(
        "%(done)s of %(total)s pieces finished",
        done=stages.done + stages.inspection,
        total=stages.total,
    )
    return {
        "part": part,
        "stages": stages,
        "title": title,
        "bar": stage_chart(title, stages, height=20).svg,
        "waiting": waiting(part),
    }


@require_http_methods(["GET"])
@requires("production.view_own_work")
def my_work(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What I am making, what I have brought, what material of the cooperative I hold."""
    party_id = request.access.party_id or 0
    parts = selectors.assignments_of(cooperative, party_id)
    context = {
        "cards": [_card(part) for part in parts],
        "past": selectors.past_assignments_of(cooperative=cooperative, party_id=party_id)[:20],
        "held": selectors.materials_of(cooperative=cooperative, party_id=party_id),
        "on": today(cooperative.zone),
    }
    return render_page(request, "production/my_work.html", context)


@require_http_methods(["GET"])
@requires("production.view_orders")
def member_work(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """What one member is making and has made, for the office."""
    member = members.member_by_number(cooperative=cooperative, number=number)
    if member is None:
        raise Http404
    context = {
        "member": member,
        "parts": selectors.assignments_of(cooperative, member.party_id),
        "past": selectors.past_assignments_of(cooperative=cooperative, party_id=member.party_id)[
            :PAST
        ],
        "cloth": stock.lots(cooperative, maker=member.party)[:PAST],
        "waiting": waiting,
        "on": today(cooperative.zone),
    }
    return render_page(request, "production/member_work.html", context)


@require_http_methods(["GET"])
@requires("production.view_own_work")
def my_assignment(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One piece of work: the cloth, the price per grade, the mentor's last word."""
    part = own_part_or_404(request, cooperative, number)
    context = {
        **_card(part),
        "reports": selectors.reports_of(assignment=part)[:20],
        "norms": selectors.norms_of(part.work_order),
        "cloth": stock.lots(cooperative, maker=part.member.party).filter(
            item=part.work_order.product
        )[:20],
    }
    return render_page(request, "production/my_assignment.html", context)


@require_http_methods(["GET", "POST"])
@requires("production.report_own_work")
def my_stages(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Say where my pieces stand."""
    part = own_part_or_404(request, cooperative, number)
    initial = {"waxed": part.waxed, "dyed": part.dyed, "boiled": part.boiled}
    form = MyStagesForm(request.POST or None, initial=initial)
    if form.is_valid():
        with tried(form) as attempt, transaction.atomic():
            services.set_stages(
                assignment=part,
                **form.cleaned_data,
                on=today(cooperative.zone),
                actor=request.user,
            )
        if attempt.done:
            messages.success(request, m_("Saved."))
            return redirect("production:my_assignment", cooperative.slug, number)
    context = {"part": part, "form": form, "stages": stages_of(part)}
    return render_page(
        request, "production/my_stages.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
@requires("production.report_own_work")
def report_piece(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Say that pieces are finished: one tap for the number, one to send."""
    part = own_part_or_404(request, cooperative, number)
    form = _report_form(request, part)
    if form.is_valid() and _report(request, cooperative, part, form):
        messages.success(
            request,
            m_(
                "Saved: %(count)s pieces. The office will inspect them.",
                count=form.cleaned_data["pieces"],
            ),
        )
        return redirect("production:my_work", cooperative.slug)
    context = {"part": part, "form": form, "stages": stages_of(part)}
    return render_page(
        request, "production/report_piece.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
@requires("production.update_work")
def report_for(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Report finished pieces for a maker; both names are kept."""
    part = part_or_404(request, cooperative, number)
    form = _report_form(request, part)
    if form.is_valid() and _report(request, cooperative, part, form):
        messages.success(request, _("Saved. The pieces wait for inspection."))
        return redirect("production:work_order_detail", cooperative.slug, number)
    context = {"part": part, "form": form, "stages": stages_of(part)}
    return render_page(
        request, "production/report_for.html", context, status=422 if form.is_bound else 200
    )


def _report_form(request: Request, part: Assignment) -> ReportForm:
    form = ReportForm(request.POST or None, request.FILES or None)
    form.offer(stages_of(part).with_maker)
    return form


def _report(request: Request, cooperative: Cooperative, part: Assignment, form: ReportForm) -> bool:
    with tried(form) as attempt, transaction.atomic():
        services.report_finished(
            assignment=part,
            count=form.cleaned_data["pieces"],
            on=today(cooperative.zone),
            actor=request.user,
            photo=form.cleaned_data.get("photo"),
        )
    return attempt.done
