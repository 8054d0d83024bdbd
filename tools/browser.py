"""Driving Chromium: starting it, and the looks a page must pass at any size and in any theme."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

PHONE: ViewportSize = {"width": 360, "height": 740}
LAPTOP: ViewportSize = {"width": 1366, "height": 800}
SMALL_PHONE: ViewportSize = {"width": 360, "height": 640}
NARROW: ViewportSize = {"width": 320, "height": 640}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDEST = "Rp999.999.999"

_WIDEN = """widest => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const node of found)
    if (!node.parentElement.closest('svg, details:not([open]), script, .sr'))
      node.textContent = node.textContent.replace(/Rp[0-9][0-9.]*/g, widest);
}"""
_CUT = """widest => [...document.querySelectorAll('main *')].filter(e =>
    e.children.length === 0 && e.textContent.includes(widest) && e.getClientRects().length
    && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible')
  .map(e => e.outerHTML.slice(0, 120))"""
_ACT = """() => {
  const kinds = ['.button', '.input', '.work a', 'table a', '.figure a'].map(kind => 'main ' + kind);
  const acts = [...document.querySelectorAll(kinds.join())];
  const open = acts.filter(e => !e.closest('details:not([open])'));
  const seen = open.map(e => e.getBoundingClientRect()).filter(r => r.width && r.height);
  const bar = document.querySelector('.tabs');
  const floor = innerHeight - (bar && bar.getClientRects().length ? bar.offsetHeight : 0);
  return seen.length === 0 || seen.some(r => r.top >= 0 && r.bottom <= floor);
}"""


def executable() -> str | None:
    """The browser to drive: CANTING_CHROMIUM, or the first one in PATH."""
    named = os.environ.get("CANTING_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium of the system, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def barriers(page: Page, *, colours_only: bool = False) -> list[str]:
    """What axe finds wrong on the page, a line for each kind; a second theme changes colours alone."""
    options = {"runOnly": ["color-contrast"]} if colours_only else None
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {one['help']} ({'; '.join(n['html'][:90] for n in one['nodes'][:3])})"
        for one in found
    ]


def side_scroll(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    width: int = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width


def next_act_visible(page: Page) -> bool:
    """True when a button, field or row to open stands above the fold and the bottom bar."""
    visible: bool = page.evaluate(_ACT)
    return visible


def with_widest_amounts(page: Page) -> list[str]:
    """Set every amount to Rp999.999.999 and give back the elements that would cut it."""
    page.evaluate(_WIDEN, WIDEST)
    cut: list[str] = page.evaluate(_CUT, WIDEST)
    return cut
