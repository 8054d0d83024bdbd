"""The books for an auditor: what can be taken along, and each as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.ledger import selectors
from canting.ledger.exports import plain_text
from canting.ledger.rules.plain_text import ENDINGS, TextForm
from canting.ledger.views.asked import file_name

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@require_safe
@requires("ledger.verify")
def export_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What an auditor can take along, and how she proves it without this program."""
    context = {
        "head": selectors.head(cooperative=cooperative),
        "name": file_name("buku", cooperative, today(cooperative.zone)),
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
    answer = StreamingHttpResponse(
        plain_text(cooperative=cooperative, form=chosen), content_type="text/plain; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ENDINGS[chosen]}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer  # type: ignore[return-value]
