"""Checkpoints: the chain's head at every closing, how to keep one, and comparing an old one."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel import downloads
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.ledger import selectors
from canting.ledger.papers.month import month_report
from canting.ledger.rules import read_checkpoint
from canting.ledger.views import columns

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from canting.cooperatives.models import Cooperative
    from canting.ledger.models import FiscalPeriod

LATEST = 60


@require_safe
@requires("ledger.verify")
@listed()
def checkpoint_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The head of the chain, every checkpoint, and in plain words how to keep one."""
    if request.sheet:
        return as_file(
            request, cooperative, "titik-periksa", columns.CHECKPOINTS, _closings(cooperative)
        )
    return _page(request, cooperative)


def _closings(cooperative: Cooperative) -> QuerySet[FiscalPeriod]:
    return selectors.periods(cooperative=cooperative).exclude(act="prepare")


def _page(request: Request, cooperative: Cooperative, *, refusal: str = "") -> HttpResponse:
    context = {
        "head": selectors.book(cooperative=cooperative),
        "periods": _closings(cooperative)[:LATEST],
        "typed": request.POST.get("checkpoint", ""),
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render_page(request, "ledger/checkpoint_list.html", context, status=status)


@require_POST
@requires("ledger.verify")
def chain_verify(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Read the whole chain again, every digest anew; against an old checkpoint when one is given."""
    if request.POST.get("checkpoint", "").strip() or "file" in request.FILES:
        return _compared(request, cooperative)
    faults = list(selectors.chain_faults(cooperative=cooperative))
    if faults:
        notice(request, " ".join(faults[:5]), kind="wrong")
    else:
        head = selectors.book(cooperative=cooperative)
        notice(request, _("The chain is whole: %(count)s entries.") % {"count": head.position})
    return redirect("ledger:checkpoint_list", cooperative.slug)


def _compared(request: Request, cooperative: Cooperative) -> HttpResponse:
    kept = request.FILES.get("file")
    text = kept.read().decode("utf-8", "replace") if kept else request.POST["checkpoint"]
    try:
        checkpoint = read_checkpoint(text)
    except DomainError as refused:
        return _page(request, cooperative, refusal=str(refused))
    if checkpoint.cooperative not in {"", cooperative.slug}:
        refusal = _("This checkpoint belongs to another cooperative.")
        return _page(request, cooperative, refusal=refusal)
    faults = list(selectors.checkpoint_faults(cooperative=cooperative, checkpoint=checkpoint))
    if faults:
        notice(request, " ".join(faults), kind="wrong")
    else:
        notice(request, _("Nothing before this checkpoint was rewritten."))
    return redirect("ledger:checkpoint_list", cooperative.slug)


@require_safe
@requires("ledger.verify")
def checkpoint_keep(request: Request, cooperative: Cooperative, position: int) -> HttpResponse:
    """The file to be kept elsewhere: the place, its digest, the beginning of every digest before."""
    if not 0 < position <= selectors.book(cooperative=cooperative).position:
        raise Http404
    facts = selectors.checkpoint_file(cooperative=cooperative, position=position)
    answer = HttpResponse(json.dumps(facts, indent=1), content_type="application/json")
    name = f"titik-periksa-{cooperative.slug}-{position}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@requires("ledger.view_books")
def period_report(request: Request, cooperative: Cooperative, month: str) -> HttpResponse:
    """The report of a closed month (2026-10) as PDF, with its checkpoint."""
    closed = _closed(cooperative, month)
    prepared = (
        selectors.periods(cooperative=cooperative)
        .filter(month=closed.month, act="prepare", pk__lt=closed.pk)
        .first()
    )
    content = month_report(cooperative, closed, prepared, made_by=str(request.user))
    return downloads.paper(content, f"tutup-{cooperative.slug}-{month}")


def _closed(cooperative: Cooperative, month: str) -> FiscalPeriod:
    found = re.fullmatch(r"(\d{4})-(\d{2})", month)
    if found is None or not 1 <= int(found[2]) <= 12:
        raise Http404
    first = date(int(found[1]), int(found[2]), 1)
    last = selectors.last_closing(cooperative=cooperative, month=first)
    if last is None:
        raise Http404
    return last
