"""Every page on the demonstration: no barrier, no sideways scroll, the next act in sight.

The demonstration is built once, in a folder of its own, behind the server that users start.
"""

import os

import pytest

from tests.browser.hands import faults as heard_faults
from tests.browser.hands import listen
from tools import browser as driving
from tools import screenshots
from tools.pages import LOOKS, OTHERS

SCHEMES = ("light", "dark")


@pytest.fixture(scope="module")
def demonstration(chromium, tmp_path_factory):
    """The address of the served demonstration and what its pages are filled with."""
    home = os.environ.get("CANTING_SCREENSHOT_HOME") or str(tmp_path_factory.mktemp("contoh"))
    with screenshots.served(home) as address:
        yield address, screenshots.facts(home)


@pytest.fixture
def open_look(chromium, demonstration):
    """Open one page as its role on a laptop; what it says to the console is kept."""
    address, known = demonstration
    contexts = []

    def opened(look):
        session = known.get(f"session:{look.username}", "")
        context = screenshots.context_for(chromium, address, session, phone=False, dark=False)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        listen(page)
        answer = page.goto(look.path.format(**known))
        assert answer and answer.status == 200, f"{look.path}: {answer and answer.status}"
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("look", [*LOOKS, *OTHERS], ids=lambda look: look.name)
def test_a_page_serves_everyone_at_every_size_in_both_themes(look, open_look):
    page = open_look(look)
    faults = []
    for size in (driving.LAPTOP, driving.PHONE):
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = driving.barriers(page, colours_only=scheme == "dark")
            faults += [f"{size['width']} {scheme}: {one}" for one in found]
    page.emulate_media(color_scheme="light")
    faults += screenshots.faults_of_size(page, look)
    assert faults == []
    assert heard_faults(page) == []
