"""Addresses of the installation itself, outside every cooperative."""

from django.http import HttpRequest, HttpResponse

from canting.cooperatives.doors import public


@public
def health(request: HttpRequest) -> HttpResponse:
    """Answers "ok" when the process serves; used by the start script and by monitors."""
    return HttpResponse("ok", content_type="text/plain")
