"""One page, one template, one view: a whole page for a browser, one of its blocks for htmx."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.template.backends.utils import csrf_input, csrf_token_lazy
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

NOTICES = "components/notices.html"


def wants_fragment(request: HttpRequest) -> bool:
    """Tell whether htmx asked for a part of the page (not for a boosted or restored whole page)."""
    asked = request.headers.get
    return asked("HX-Request") == "true" and not (
        asked("HX-Boosted") or asked("HX-History-Restore-Request")
    )


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    block: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render `template`, or for an htmx request only its `block`, followed by waiting notices."""
    page = cast(Any, loader.get_template(template))
    values = page_context(request, page, context or {})
    if block and wants_fragment(request):
        body = "".join(page.template.blocks[block](page.template.new_context(values)))
        body += _waiting_notices(request, values)
        if getattr(request, "offers_sheet", False):  # its links follow the filter
            body += page.template.environment.globals["ui"].sheets(request, out_of_band=True)
    else:
        body = page.template.render(values)
    response = HttpResponse(body, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def page_context(request: HttpRequest, page: Any, context: Mapping[str, Any]) -> dict[str, Any]:
    """Return what every page knows, with the view's own values on top."""
    # Django's own backend lets the processors win over the view; a page behind a token must be
    # able to name its cooperative, so the order is turned here.
    values: dict[str, Any] = {
        "request": request,
        # One token serves the whole page, so it is made once, and only when a form asks for it.
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),
        "csrf_token": csrf_token_lazy(request),
    }
    for processor in page.backend.template_context_processors:
        values.update(processor(request))
    values.update(context)
    return values


def _waiting_notices(request: HttpRequest, values: dict[str, Any]) -> str:
    """Render notices out of band, so that a fragment also tells what has been done."""
    if not hasattr(request, "_messages") or not len(get_messages(request)):
        return ""
    notices = cast(Any, loader.get_template(NOTICES))
    return str(notices.template.render({**values, "out_of_band": True}))


def notice(request: HttpRequest, text: str, *, kind: str = "done", undo_url: str = "") -> None:
    """Queue one line for the next page (`done`, `wait`, `wrong`); an address adds *Undo*."""
    level = {"done": messages.SUCCESS, "wait": messages.WARNING, "wrong": messages.ERROR}[kind]
    tags = f"{kind} {undo_url}".strip()
    messages.add_message(request, level, text, extra_tags=tags, fail_silently=True)
