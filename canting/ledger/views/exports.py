"""The books for an auditor: what can be taken along, and each as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.ledger import selectors
from canting.ledger.exports import plain_text, year_archive
from canting.ledger.rules.plain_text import ENDINGS, TextForm
from canting.ledger.views.asked import file_name

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

LATEST = 10


@require_safe
@requires("ledger.verify")
def export_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What an auditor can take along, and how she proves it without this program."""
    on = today(cooperative.zone)
    opened_on = selectors.head(cooperative=cooperative).opened_on
    counts = selectors.entries_by_year(cooperative=cooperative)
    context = {
        "years": [
            (
                year,
                selectors.year_is_closed(cooperative=cooperative, year=year),
                counts.get(year, 0),
            )
            for year in range(on.year, opened_on.year - 1, -1)
        ][:LATEST],
        "head": selectors.head(cooperative=cooperative),
        "name": file_name("buku", cooperative, on),
        "endings": {form.value: ending for form, ending in ENDINGS.items()},
    }
    return render_page(request, "ledger/export_list.html", context)


@require_safe
@requires("ledger.verify")
def book_export(request: Request, cooperative: Cooperative, form: str) -> HttpResponse:
    """The whole books as a journal of beancount or hledger, sent while it is read."""
    if form not in set(TextForm):
        raise Http404
    chosen = TextForm(form)
    name = file_name("buku", cooperative, today(cooperative.zone))
    pieces = plain_text(cooperative=cooperative, form=chosen)
    return _sent(pieces, "text/plain; charset=utf-8", f"{name}.{ENDINGS[chosen]}")


@require_safe
@requires("ledger.verify")
def year_export(request: Request, cooperative: Cooperative, year: int) -> HttpResponse:
    """A year in one archive, sent while it is packed; without photos with ?foto=0."""
    opened_on = selectors.head(cooperative=cooperative).opened_on
    if not opened_on.year <= year <= today(cooperative.zone).year:
        raise Http404
    has_proofs = request.GET.get("foto") != "0"
    pieces = year_archive(cooperative=cooperative, year=year, with_proofs=has_proofs)
    name = f"{cooperative.slug}-{year}" if has_proofs else f"{cooperative.slug}-{year}-tanpa-foto"
    return _sent(pieces, "application/zip", f"{name}.zip")


def _sent(pieces: Iterator[str] | Iterator[bytes], kind: str, name: str) -> HttpResponse:
    answer = StreamingHttpResponse(pieces, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer  # type: ignore[return-value]
