"""Doubtful money: buyers by age, the allowance, a write-off, money after all, putting right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cash.selectors import place_name, places
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.sales import selectors, services
from canting.sales.forms import AfterAllForm, AllowanceForm, DoubtCorrection, WriteOffForm
from canting.sales.rules import DoubtKind
from canting.sales.views import columns

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.sales.models import DoubtPaper, Invoice


@require_safe
@requires("sales.view_orders")
@listed()
def doubt_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Every buyer with open money by age, what is suggested and what stands aside."""
    rows = selectors.judged(cooperative=cooperative, on=today(cooperative.zone))
    if request.sheet:
        return as_file(request, cooperative, "cadangan-piutang", columns.JUDGED, rows)
    context = {
        "rows": rows,
        "total": sum(row.allowance for row in rows),
        "papers": [
            (paper, selectors.doubt_word(paper.kind))
            for paper in selectors.doubts(cooperative=cooperative)[:30]
        ],
    }
    return render_page(request, "sales/doubt_list.html", context)


def _told(request: Request, made: DoubtPaper) -> HttpResponse:
    notice(request, _("%(paper)s is written.") % {"paper": made.number})
    return redirect("sales:doubt_detail", made.cooperative.slug, made.number)


@require_http_methods(["GET", "POST"])
@requires("sales.judge_doubt")
def allowance_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Judge one buyer: what stands aside for what may not be paid."""
    buyer = selectors.buyer_by_number(cooperative=cooperative, number=number)
    if buyer is None:
        raise Http404
    day = today(cooperative.zone)
    found = selectors.judged(cooperative=cooperative, on=day)
    row = next((one for one in found if one.buyer.pk == buyer.pk), None)
    first = {"amount": row.suggested or row.allowance} if row else {}
    form = AllowanceForm(request.POST or None, today=day, initial=first)
    if form.is_valid():
        with tried(form) as attempt:
            made = services.set_allowance(buyer=buyer, actor=request.user, **form.cleaned_data)
        if attempt.done:
            return _told(request, made)
    context = {"form": form, "buyer": buyer, "row": row}
    status = 422 if form.is_bound else 200
    return render_page(request, "sales/allowance_new.html", context, status=status)


def _invoice_or_404(cooperative: Cooperative, number: str) -> Invoice:
    invoice = selectors.invoice_by_number(cooperative=cooperative, number=number)
    if invoice is None:
        raise Http404
    return invoice


@require_http_methods(["GET", "POST"])
@requires("sales.write_off")
def write_off_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Write off what an invoice will not bring, by decision of the board."""
    invoice = _invoice_or_404(cooperative, number)
    left = selectors.open_amount(invoice)
    form = WriteOffForm(
        request.POST or None, today=today(cooperative.zone), initial={"amount": left}
    )
    if form.is_valid():
        with tried(form) as attempt:
            made = services.write_off(invoice=invoice, actor=request.user, **form.cleaned_data)
        if attempt.done:
            return _told(request, made)
    facts = [
        (_("Buyer"), invoice.buyer.name),
        (_("Due on"), format_date(invoice.due_on)),
        (_("Left to pay"), format_rupiah(left)),
        (_("Stands aside"), format_rupiah(selectors.allowance_of(invoice.buyer))),
    ]
    context = {"form": form, "invoice": invoice, "facts": facts, "after_all": False}
    status = 422 if form.is_bound else 200
    return render_page(request, "sales/write_off_new.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("sales.receive_payment")
def after_all_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Take money on what was written off of an invoice."""
    invoice = _invoice_or_404(cooperative, number)
    left = selectors.written_off_left(invoice)
    form = AfterAllForm(
        request.POST or None,
        today=today(cooperative.zone),
        places=places(cooperative),
        initial={"amount": left},
    )
    if form.is_valid():
        with tried(form) as attempt:
            made = services.collect_after_all(
                invoice=invoice, actor=request.user, **form.cleaned_data
            )
        if attempt.done:
            return _told(request, made)
    facts = [(_("Buyer"), invoice.buyer.name), (_("Written off"), format_rupiah(left))]
    context = {"form": form, "invoice": invoice, "facts": facts, "after_all": True}
    status = 422 if form.is_bound else 200
    return render_page(request, "sales/write_off_new.html", context, status=status)


def _doubt_or_404(cooperative: Cooperative, number: str) -> DoubtPaper:
    paper = selectors.doubt_by_number(cooperative=cooperative, number=number)
    if paper is None:
        raise Http404
    return paper


def _facts(cooperative: Cooperative, paper: DoubtPaper) -> list[tuple[str, str]]:
    place = place_name(cooperative=cooperative, place=paper.cash_place) if paper.cash_place else ""
    borne = format_rupiah(paper.from_allowance) if paper.from_allowance else ""
    rows = [
        (_("Buyer"), paper.buyer.name),
        (_("Sales invoice"), paper.invoice.number if paper.invoice else ""),
        (_("Date"), format_date(paper.on)),
        (_("Amount"), format_rupiah(paper.amount)),
        (_("Out of the allowance"), borne),
        (_("Cash place"), place),
        (_("Why"), paper.why),
    ]
    return [(label, text) for label, text in rows if text]


@require_safe
@requires("sales.view_orders")
def doubt_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One paper about doubtful money."""
    paper = _doubt_or_404(cooperative, number)
    left = selectors.written_off_left(paper.invoice) if paper.invoice else 0
    context = {
        "paper": paper,
        "word": selectors.doubt_word(paper.kind),
        "facts": _facts(cooperative, paper),
        "may_collect": bool(left) and paper.kind == DoubtKind.WRITE_OFF,
    }
    return render_page(request, "sales/doubt_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("sales.judge_doubt")
def doubt_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan on a paper about doubtful money: taken back, and written right or not at all."""
    old = _doubt_or_404(cooperative, number)
    stands = old.amount
    if old.invoice is None:
        stands = selectors.allowance_of(old.buyer)
    form = DoubtCorrection(
        request.POST or None, today=today(cooperative.zone), initial={"amount": stands}
    )
    if form.is_valid():
        with tried(form) as attempt:
            made = services.correct_doubt(
                paper=old,
                reason=form.cleaned_data["reason"],
                on=form.cleaned_data["on"],
                actor=request.user,
                amount=form.right,
            )
        if attempt.done:
            return _told(request, made or old)
    context = {"paper": old, "before": _facts(cooperative, old), "form": form}
    status = 422 if form.is_bound else 200
    return render_page(request, "sales/doubt_correct.html", context, status=status)
