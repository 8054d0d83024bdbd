"""One view, one template: the whole page for a browser, one block for htmx."""

from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.template import engines
from django.test import RequestFactory
from jinja2 import ChoiceLoader, DictLoader
from jinja2.exceptions import UndefinedError

from canting.kernel.htmx import notice, render_page

PAGES = {
    "t/list.html": '{% extends "plain_shell.html" %}{% block content %}<h1>Whole</h1>'
    '{% block rows %}<p>{{ ui.state("done", word) }}</p>{% endblock %}{% endblock %}',
    "t/broken.html": "{{ nobody_said_this }}",
}


@pytest.fixture
def pages(monkeypatch):
    backend: Any = engines["jinja2"]
    environment = backend.env
    monkeypatch.setattr(
        environment, "loader", ChoiceLoader([DictLoader(PAGES), environment.loader])
    )


def request(**headers):
    made: Any = RequestFactory().get("/", headers=headers)
    made._messages = CookieStorage(made)
    return made


def test_a_browser_gets_the_whole_page(pages):
    page = render_page(request(), "t/list.html", {"word": "Lolos"}, block="rows")
    text = page.content.decode()
    assert text.lower().startswith("<!doctype html>")
    assert "<h1>Whole</h1>" in text
    assert "Lolos" in text
    assert "HX-Request" in page["Vary"]


def test_htmx_gets_the_block_alone_and_macros_work_in_it(pages):
    page = render_page(
        request(**{"HX-Request": "true"}), "t/list.html", {"word": "Lolos"}, block="rows"
    )
    text = page.content.decode()
    assert text.startswith('<p><span class="state done">')
    assert "<h1>" not in text
    assert "HX-Request" in page["Vary"]


def test_a_restored_page_is_whole(pages):
    asked = request(**{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert b"<h1>Whole" in render_page(asked, "t/list.html", {"word": "x"}, block="rows").content


def test_a_refusal_carries_its_status(pages):
    assert render_page(request(), "t/list.html", {"word": "x"}, status=422).status_code == 422


def test_the_view_wins_over_the_shell(pages):
    class House:
        name, slug, phone, place = "Mawar", "mawar", "0812-3456-7890", ""

    text = render_page(
        request(), "t/list.html", {"word": "x", "cooperative": House}
    ).content.decode()
    assert "Mawar" in text
    assert "https://wa.me/6281234567890" in text


def test_an_unknown_name_in_a_page_raises(pages):
    with pytest.raises(UndefinedError):
        render_page(request(), "t/broken.html")


def test_what_was_done_comes_with_a_way_back(pages):
    asked = request(**{"HX-Request": "true"})
    notice(asked, "Kain <diterima>", undo_url="/x/undo/")
    text = render_page(asked, "t/list.html", {"word": "x"}, block="rows").content.decode()
    assert 'hx-swap-oob="true"' in text
    assert "Kain &lt;diterima&gt;" in text
    assert 'action="/x/undo/"' in text
    assert 'name="request_key"' in text
