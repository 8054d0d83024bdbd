"""Papers as PDF (or a picture for WhatsApp): ?ukuran=58mm, 80mm or a5, ?sebagai=png."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from canting.cooperatives.doors import Request, requires
from canting.kernel import downloads
from canting.purchasing import papers, selectors
from canting.purchasing.views.common import found_or_404

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.kernel.papers import PaperFormat


def _wanted(request: Request) -> tuple[str, PaperFormat]:
    size = request.GET.get("ukuran", "a5")
    return size, "png" if request.GET.get("sebagai") == "png" else "pdf"


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def hand_out_print(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The hand-out note."""
    paper = found_or_404(selectors.hand_out_by_number(cooperative=cooperative, number=number))
    size, format = _wanted(request)
    return downloads.paper(papers.hand_out_note(paper, size=size, format=format), number, format)


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def receipt_print(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The goods receipt."""
    paper = found_or_404(selectors.receipt_by_number(cooperative=cooperative, number=number))
    size, format = _wanted(request)
    return downloads.paper(papers.receipt_note(paper, size=size, format=format), number, format)


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def return_print(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The note of material that came back."""
    paper = found_or_404(selectors.return_by_number(cooperative=cooperative, number=number))
    size, format = _wanted(request)
    return downloads.paper(papers.return_note(paper, size=size, format=format), number, format)
