"""Slips, labels, the page of one cloth, and putting a slip right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.charts import Lot, quality_run
from canting.kernel.dates import format_date, next_month, today
from canting.kernel.htmx import render_page
from canting.kernel.money import in_words
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.quality import selectors, services
from canting.quality.forms import CorrectionForm
from canting.quality.rules import Result
from canting.quality.services import delivery_of
from canting.quality.views import columns
from canting.quality.views.codes import passport_address
from canting.quality.views.receiving import known_prices
from canting.stock import selectors as stock
from canting.stock.rules import Basis, shown_code

if TYPE_CHECKING:
    from datetime import date

    from canting.cooperatives.models import Cooperative
    from canting.quality.models import Inspection

LABELS_AT_ONCE = 300


@require_http_methods(["GET"])
@requires("quality.view_inspections")
@listed()
def inspection_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Every slip, how much passed at once, and which defects came most."""
    on = today(cooperative.zone)
    words = request.GET.get("q", "").strip()
    found = (
        selectors.search(cooperative=cooperative, words=words)
        if words
        else selectors.inspections(cooperative=cooperative)
    )
    if request.sheet:
        return as_file(request, cooperative, "pemeriksaan", columns.INSPECTIONS, found)
    page = page_of(found, order=["-id"], after=request.GET.get("sesudah"))
    context = {
        "page": page,
        "words": words,
        "chart": _quality_chart(cooperative),
        "defects": _defect_rows(cooperative, on),
        "result_words": result_words(),
    }
    return render_page(request, "quality/inspection_list.html", context, block="rows")


def result_words() -> dict[str, str]:
    """The results in words."""
    return {result: str(word) for result, word in columns.RESULTS.items()}


def _quality_chart(cooperative: Cooperative) -> Any:
    points = selectors.quality_of(cooperative=cooperative)
    if not points:
        return None
    pieces = sum(point.pieces for point in points)
    passed = sum(point.passed for point in points)
    title = _("%(passed)s of the last %(pieces)s pieces passed at once") % {
        "passed": passed,
        "pieces": pieces,
    }
    return quality_run(
        title, [Lot(format_date(point.on), point.pieces, point.passed) for point in points]
    )


def _defect_rows(cooperative: Cooperative, on: date) -> list[tuple[str, str, str]]:
    """Defects of the last three months beside the three before."""
    split, start = next_month(on, -3), next_month(on, -6)
    now = dict(selectors.defect_counts(cooperative=cooperative, since=split, until=on))
    before = dict(selectors.defect_counts(cooperative=cooperative, since=start, until=split))
    names = selectors.defect_names()
    kinds = sorted(set(now) | set(before), key=lambda kind: -now.get(kind, 0))
    return [(names[kind], str(now.get(kind, 0)), str(before.get(kind, 0))) for kind in kinds]


def _inspection_or_404(cooperative: Cooperative, number: str) -> Inspection:
    found = selectors.inspection(cooperative=cooperative, number=number)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET"])
@requires("quality.view_inspections")
def inspection_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One slip: what was decided, by whom, which cloth came of it."""
    paper = _inspection_or_404(cooperative, number)
    context = {
        "paper": paper,
        "lines": selectors.lines_of(paper),
        "defects": selectors.told_defects(paper.defects),
        "marks": [selectors.mark_names().get(mark, mark) for mark in paper.marks],
        "in_repair": selectors.left_in_repair(paper),
        "photos": house.attachments(cooperative=cooperative, subjects=[paper.number]),
        "result_words": result_words(),
        "label": shown_code(paper.code),
    }
    return render_page(request, "quality/inspection_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("quality.correct_inspection")
def inspection_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: take a slip back, and decide anew."""
    paper = _inspection_or_404(cooperative, number)
    lines = selectors.lines_of(paper)
    initial: dict[str, Any] = {
        "result": paper.result,
        "quantity": paper.quantity,
        "code": shown_code(lines[0].code if len(lines) == 1 else paper.code),
        "defects": paper.defects,
        "marks": paper.marks,
        "reason": paper.reason,
        "fault": paper.fault,
        **{f"count_{line.grade.lower()}": line.quantity for line in lines if line.grade},
    }
    form = CorrectionForm(request.POST or None, initial=initial)
    delivery = delivery_of(
        cooperative=cooperative,
        assignment=paper.assignment,
        advance=paper.advance,
        repair_of=paper.repair_of,
        member=paper.member,
        product=paper.product,
        basis=paper.basis,
    )
    on = today(cooperative.zone)
    form.offer(
        Result.REJECT,
        known_prices(delivery, on=on),
        pays_wage=paper.basis == Basis.COMMISSION,
    )
    if form.is_valid():
        with tried(form) as attempt, transaction.atomic():
            made = services.correct_inspection(
                inspection=paper,
                reason=form.cleaned_data["why"],
                on=on,
                actor=request.user,
                finding=form.corrected(),
            )
        if attempt.done:
            messages.success(request, _("%(number)s is put right.") % {"number": paper.number})
            return redirect("quality:inspection_detail", cooperative.slug, made.number)
    context = {"paper": paper, "lines": lines, "form": form, "result_words": result_words()}
    return render_page(
        request, "quality/inspection_correct.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET"])
@requires("quality.view_inspections")
def inspection_slip(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The slip that the maker takes home, for a roll of 58 or 80 mm."""
    paper = _inspection_or_404(cooperative, number)
    lines = selectors.lines_of(paper)
    context = {
        "paper": paper,
        "lines": lines,
        "defects": selectors.told_defects(paper.defects),
        "width": "58" if request.GET.get("lebar") == "58" else "80",
        "qr": passport_address(lines[0].code) if len(lines) == 1 else "",
        "words": in_words(paper.pay),
        "result_words": result_words(),
    }
    return render_page(request, "quality/inspection_slip.html", context)


@require_http_methods(["GET"])
@requires("quality.view_inspections")
def cloth_labels(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Labels of 50 by 30 mm for the cloth of one slip, one a piece."""
    paper = _inspection_or_404(cooperative, number)
    labels = [
        {"line": line, "code": shown_code(line.code), "qr": passport_address(line.code)}
        for line in selectors.lines_of(paper)
        for _nth in range(line.quantity)
    ]
    context = {"paper": paper, "labels": labels[:LABELS_AT_ONCE]}
    return render_page(request, "quality/cloth_labels.html", context)


@require_http_methods(["GET"])
@requires("quality.view_inspections")
def cloth_piece(request: Request, cooperative: Cooperative, code: str) -> HttpResponse:
    """One cloth by its code: who made it, when it came, where it is and went."""
    lot = stock.lot_by_code(cooperative, code)
    if lot is None:
        raise Http404
    line = selectors.line_by_code(cooperative=cooperative, code=code)
    context = {
        "lot": lot,
        "line": line,
        "moves": stock.history(lot),
        "on_hand": stock.on_hand(cooperative).filter(lot=lot),
        "can_go_back": lot.basis in {Basis.PURCHASE, Basis.CONSIGNMENT} and not lot.advance_amount,
    }
    return render_page(request, "quality/cloth_piece.html", context)
