"""Findings: the list, a new one, its history; answered, closed, opened again, printed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel import downloads
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.kernel.tables_out import column
from canting.oversight import services
from canting.oversight.forms import AnswerForm, CloseForm, FindingForm, ReopenForm
from canting.oversight.papers import findings_pdf
from canting.oversight.rules import State
from canting.oversight.selectors import findings
from canting.oversight.selectors.words import ADDRESSED, STATE_KINDS, STATES

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.oversight.models import Finding

COLUMNS = (
    column("number", _("Number"), "identity"),
    column("on", _("Date"), "date"),
    column("subject", _("Paper"), "identity"),
    column("text", _("What was found?"), width=60),
    column("asked", _("What should be done?"), width=40),
    column(lambda row: str(ADDRESSED[row.addressed_to]), _("Who answers?")),
    column("due", _("Answer by"), "date"),
    column(lambda row: str(STATES[findings.state_of(row)]), _("State")),
    column("made_by.full_name", _("By")),
)
TEMPLATE = "oversight/finding_detail.html"


def _state(request: Request) -> State | None:
    asked = request.GET.get("keadaan", "")
    return State(asked) if asked in {one.value for one in State} else None


def _found(cooperative: Cooperative, number: str) -> Finding:
    found = findings.finding(cooperative=cooperative, number=number)
    if found is None:
        raise Http404
    return found


def usual_due(cooperative: Cooperative, on: date) -> date:
    """The day by which a finding of today is answered, unless it says otherwise."""
    days = house.parameter(cooperative=cooperative, name="oversight.answer_days", on=on)
    return on + timedelta(days=int(days))


def shown_state(found: Finding, on: date) -> tuple[str, str]:
    """The kind and the words of where a finding stands; an overdue one is red."""
    state = findings.state_of(found)
    if findings.is_overdue(found, on):
        due: date = getattr(found, "due", found.due_on)
        return "wrong", _("%(days)s days overdue") % {"days": (on - due).days}
    return STATE_KINDS[state], str(STATES[state])


@require_safe
@requires("oversight.view_findings")
@listed()
def finding_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """All findings or those of one state, the newest first."""
    on, state = today(cooperative.zone), _state(request)
    found = findings.findings(cooperative=cooperative, state=state)
    if request.sheet:
        return as_file(request, cooperative, "temuan", COLUMNS, found)
    page = page_of(found, order=["-pk"], after=request.GET.get("after"))
    context = {
        "page": page,
        "rows": [(row, shown_state(row, on)) for row in page.rows],
        "addressed": ADDRESSED,
        "states": STATES,
        "state": state,
        "counts": findings.counts(cooperative=cooperative),
    }
    return render_page(request, "oversight/finding_list.html", context, block="rows")


@require_http_methods(["GET", "POST"])
@requires("oversight.write_finding")
def finding_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Write a finding, about the paper or page it was seen on."""
    on = today(cooperative.zone)
    form = FindingForm(
        request.POST or None,
        request.FILES or None,
        today=on,
        due=usual_due(cooperative, on),
        names=findings.addressees(cooperative=cooperative),
        initial={
            "subject": request.GET.get("tentang", "")[:100],
            "page": request.GET.get("halaman", "")[:200],
        },
    )
    if form.is_valid():
        with tried(form) as attempt:
            made = services.write_finding(
                cooperative=cooperative, on=on, actor=request.user, **form.facts()
            )
        if attempt.done:
            notice(request, _("%(number)s is written.") % {"number": made.number})
            return redirect("oversight:finding_detail", cooperative.slug, made.number)
    status = 422 if form.is_bound else 200
    return render_page(request, "oversight/finding_new.html", {"form": form}, status=status)


@require_safe
@requires("oversight.view_findings")
def finding_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One finding with everything that followed."""
    return _detail(request, cooperative, _found(cooperative, number))


def _detail(
    request: Request,
    cooperative: Cooperative,
    found: Finding,
    form: AnswerForm | CloseForm | ReopenForm | None = None,
) -> HttpResponse:
    on, state = today(cooperative.zone), findings.state_of(found)
    rights, roles = request.access.rights, request.access.roles
    answers = found.addressed_to in roles and "oversight.answer_finding" in rights
    writes = "oversight.write_finding" in rights
    forms: dict[str, Any] = {
        "answer": AnswerForm() if answers and state != State.CLOSED else None,
        "close": CloseForm() if writes and state != State.CLOSED else None,
        "reopen": ReopenForm(today=on, due=usual_due(cooperative, on))
        if writes and state != State.OPEN
        else None,
    }
    tried_as = {AnswerForm: "answer", CloseForm: "close", ReopenForm: "reopen"}
    if form is not None:
        forms[tried_as[type(form)]] = form
    context = {
        "finding": found,
        "state": shown_state(found, on),
        "addressed": ADDRESSED[found.addressed_to],
        "acts": findings.acts_of(found),
        "files": house.attachments(cooperative=cooperative, subjects=[found.number]),
        "forms": forms,
        "trail_url": f"{reverse('cooperatives:audit_list', args=[cooperative.slug])}"
        f"?berkas={found.number}",
        "subject_url": reverse("portal:search", args=[cooperative.slug]) + f"?q={found.subject}"
        if found.subject
        else "",
    }
    return render_page(request, TEMPLATE, context, status=422 if form is not None else 200)


@require_http_methods(["GET", "POST"])
@requires("oversight.answer_finding")
def finding_answer(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Answer a finding."""
    found = _found(cooperative, number)
    if request.method == "GET":
        return redirect("oversight:finding_detail", cooperative.slug, number)
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        with tried(form) as attempt:
            services.answer_finding(
                finding=found, on=today(cooperative.zone), actor=request.user, **form.cleaned_data
            )
        if attempt.done:
            notice(
                request, _("The supervisors see your answer on %(number)s.") % {"number": number}
            )
            return redirect("oversight:finding_detail", cooperative.slug, number)
    return _detail(request, cooperative, found, form)


@require_http_methods(["GET", "POST"])
@requires("oversight.write_finding")
def finding_close(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Be done with a finding."""
    found = _found(cooperative, number)
    if request.method == "GET":
        return redirect("oversight:finding_detail", cooperative.slug, number)
    form = CloseForm(request.POST)
    if form.is_valid():
        with tried(form) as attempt:
            services.close_finding(
                finding=found, on=today(cooperative.zone), actor=request.user, **form.cleaned_data
            )
        if attempt.done:
            notice(request, _("%(number)s is closed.") % {"number": number})
            return redirect("oversight:finding_detail", cooperative.slug, number)
    return _detail(request, cooperative, found, form)


@require_http_methods(["GET", "POST"])
@requires("oversight.write_finding")
def finding_reopen(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Ask again, to be answered by a new day."""
    found, on = _found(cooperative, number), today(cooperative.zone)
    if request.method == "GET":
        return redirect("oversight:finding_detail", cooperative.slug, number)
    form = ReopenForm(request.POST, today=on, due=usual_due(cooperative, on))
    if form.is_valid():
        with tried(form) as attempt:
            services.reopen_finding(finding=found, on=on, actor=request.user, **form.cleaned_data)
        if attempt.done:
            notice(request, _("%(number)s waits for an answer again.") % {"number": number})
            return redirect("oversight:finding_detail", cooperative.slug, number)
    return _detail(request, cooperative, found, form)


@require_safe
@requires("oversight.view_findings")
def finding_print(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The report of the supervisors to the members' meeting: all findings of a time, on A4."""
    on = today(cooperative.zone)
    found = findings.findings(cooperative=cooperative).order_by("pk")
    content = findings_pdf(cooperative, list(found), on=on, made_by=str(request.user))
    return downloads.paper(content, f"temuan-{cooperative.slug}-{format_date(on)}")
