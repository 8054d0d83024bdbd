"""A person's hands on a page: type, choose, save; what the page refuses fails the test in words."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from weakref import WeakKeyDictionary

from playwright.sync_api import ConsoleMessage, Locator, Page
from playwright.sync_api import Error as PlaywrightError

_HEARD: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()


def listen(page: Page) -> None:
    """Keep what goes wrong on a page; a refused form (422) is an answer, not a fault."""
    heard = _HEARD.setdefault(page, [])
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda said: heard.append(said.text) if _is_fault(said) else None)


def _is_fault(said: ConsoleMessage) -> bool:
    return said.type == "error" and "status of 422" not in said.text


def faults(page: Page) -> list[str]:
    """What went wrong since the page was opened."""
    return _HEARD[page]


class Hands:
    """One signed-in person before one window, at home in one cooperative."""

    def __init__(self, page: Page, slug: str) -> None:
        self.page = page
        self.slug = slug

    def go(self, path: str) -> Hands:
        """Open an address of the cooperative, or any address that begins with a slash."""
        answer = self.page.goto(path if path.startswith("/") else f"/{self.slug}/{path}")
        assert answer is not None and answer.ok, f"{path}: {answer.status if answer else '?'}"
        return self

    def field(self, name: str) -> Locator:
        return self.page.locator(f"main [name='{name}']")

    def type(self, **values: str) -> Hands:
        """Fill fields by name; `__` in a name stands for a dash of a grid."""
        for name, value in values.items():
            found = self.field(name.replace("__", "-")).first
            closed = found.locator("xpath=ancestor::details[not(@open)]")
            if closed.count():
                closed.first.locator("summary").click()
            if found.evaluate("e => e.tagName") == "SELECT":
                found.select_option(value)
            else:
                found.fill(value)
        return self

    def select(self, name: str, value: str) -> Hands:
        """Choose from a list or a row of answers, whichever the page shows."""
        found = self.field(name).first
        if found.evaluate("e => e.tagName") == "SELECT":
            return self.type(**{name: value})
        return self.choose(**{name: value})

    def line(self, prefix: str, place: int, item: str, **values: str) -> Hands:
        """Type one row of materials; the item by the start of its name."""
        self.row(prefix, place)
        options = self.field(f"{prefix}-{place}-item").locator("option").all()
        named = {(one.text_content() or "").strip(): one.get_attribute("value") for one in options}
        code = next(code for name, code in named.items() if item in name)
        return self.row(prefix, place, item=code or "", **values)

    def found(self, pattern: str) -> list[str]:
        """What the page's source holds of a pattern, such as the numbers of its links."""
        return re.findall(pattern, self.page.content())

    def choose(self, **values: str) -> Hands:
        """Tick one answer of a choice, by its value."""
        for name, value in values.items():
            one = self.field(name).and_(self.page.locator(f"[value='{value}']"))
            one.check(force=True)
        return self

    def row(self, prefix: str, place: int, **values: str) -> Hands:
        """Type one row of a grid, adding rows as needed."""
        while not self.page.locator(f"main [name^='{prefix}-{place}-']").count():
            self.page.locator(f"[data-grid-add='{prefix}']").click()
        return self.type(**{f"{prefix}__{place}__{name}": value for name, value in values.items()})

    def press(self, selector: str) -> Hands:
        """Click something that leads to another page."""
        missing = self.page.locator("main :invalid:not(form, fieldset)")
        try:
            with self.page.expect_navigation(timeout=8_000):
                self.page.locator(selector).first.click()
        except PlaywrightError as failed:
            names = [one.get_attribute("name") for one in missing.all()]
            raise AssertionError(f"{self.path} {selector}: {failed} {names}") from failed
        return self.expect_no_refusal()

    def enter(self) -> Hands:
        """Press Enter where the hands are, as a scanner does."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.expect_no_refusal()

    def waits_at(self, name: str) -> Hands:
        """The page puts the cursor into this field by itself."""
        self.page.wait_for_function("name => document.activeElement.name === name", arg=name)
        return self

    def tab_to(self, name: str) -> Hands:
        """Press Tab until the field of this name has the focus."""
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if self.focused("name") == name:
                return self
        raise AssertionError(f"{self.path}: Tab never reaches {name}")

    def pick(self, value: str) -> Hands:
        """Press the arrow until this answer of a choice is taken."""
        for _ in range(12):
            if self.focused("value") == value and self.focused("checked"):
                return self
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.path}: no arrow reaches {value}")

    def focused(self, what: str) -> object:
        """A property of the element that has the focus."""
        return self.page.evaluate("what => document.activeElement[what]", what)

    def key_in(self, day: date) -> Hands:
        """Type a day into a date field, its parts in the order of this browser."""
        orders = (f"{day:%d%m%Y}", f"{day:%m%d%Y}", f"{day:%Y%m%d}")
        for keys in orders:
            self.page.keyboard.type(keys)
            if self.focused("value") == day.isoformat():
                return self
            self.page.keyboard.press("Backspace")
            for _ in range(2):
                self.page.keyboard.press("ArrowLeft")
        raise AssertionError(f"{self.path}: no order of keys gives {day}")

    def save(self) -> Hands:
        """Press the page's own button of saving."""
        return self.press("main form [data-save]:visible")

    def send(self, action: str) -> Hands:
        """Press the button of a small form by the end of its address."""
        return self.press(f"main form[action*='{action}'] button")

    def follow(self, part: str) -> Hands:
        """Follow a link of the page by a part of its address."""
        return self.press(f"main a[href*='{part}']:visible")

    def expect_no_refusal(self) -> Hands:
        refused = self.page.locator("#errors")
        assert not refused.count(), f"{self.path}: {refused.first.inner_text()}"
        return self

    def pdf(self, path: str) -> None:
        """A paper comes as a real PDF."""
        address = path if path.startswith("/") else f"/{self.slug}/{path}"
        answer = self.page.request.get(address)
        assert answer.ok, f"{address}: {answer.status}"
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.body()[:5] == b"%PDF-"

    def upload(self, name: str, path: Path) -> Hands:
        self.field(name).set_input_files(path)
        return self

    @property
    def path(self) -> str:
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()
