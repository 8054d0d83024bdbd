"""A real browser before a real server: everyone signs in through a session of their own."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from tests.browser.hands import listen
from tools import browser as driving

# Playwright runs an event loop in this thread; Django's own guard would refuse every query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if driving.executable() is None:
        pytest.skip("no Chromium on this machine")
    with driving.chromium() as browser:
        yield browser


@pytest.fixture
def visit(live_server, chromium) -> Iterator[Visit]:
    """Open an address as somebody (or nobody), on a phone or a laptop, in light or dark."""
    contexts = []

    def open_page(
        path: str, user=None, *, phone: bool = False, dark: bool = False, script: bool = True
    ) -> Page:
        context = chromium.new_context(
            viewport=driving.PHONE if phone else driving.LAPTOP,
            color_scheme="dark" if dark else "light",
            locale="id-ID",
            java_script_enabled=script,
            base_url=live_server.url,
        )
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
            )
        page = context.new_page()
        page.set_default_timeout(15_000)
        listen(page)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
