"""Answers packed for slow lines: text only, since pictures, archives and sheets are packed already."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/", "application/json", "image/svg+xml")


class PackTexts(GZipMiddleware):
    """Pack pages and their fragments; the padding against BREACH is Django's own."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Pack the answer when it is text and the browser can unpack it."""
        if not response.headers.get("Content-Type", "").startswith(TEXTS):
            return response
        return super().process_response(request, response)
