"""Text is packed for slow lines; what is packed already is left alone."""

from django.http import HttpResponse
from django.test import RequestFactory

from canting.kernel.packing import PackTexts


def answer(kind: str) -> HttpResponse:
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    body = HttpResponse(b"batik " * 200, content_type=kind)
    packed = PackTexts(lambda _request: body)(request)
    assert isinstance(packed, HttpResponse)
    return packed


def test_a_page_is_packed():
    assert answer("text/html; charset=utf-8")["Content-Encoding"] == "gzip"


def test_an_archive_is_sent_as_it_is():
    assert "Content-Encoding" not in answer("application/zip")
    assert "Content-Encoding" not in answer("image/webp")
