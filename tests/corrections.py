"""What a person does to put a paper right: opens it, finds Betulkan on it, types, saves."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.test import Client

BETULKAN = re.compile(r'(?:href|action)="(/[^"]*/(?:betulkan|batal|batalkan)/[^"]*)"')


@dataclass
class Typed:
    """A form as a browser would send it: what is filled in, ticked and chosen."""

    action: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Typed] = []
        self.is_open = False
        self.select = self.area = ""
        self.first: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Typed(given.get("action", "")))
            self.is_open = True
        if not self.is_open:
            return
        values, name = self.forms[-1].values, given.get("name", "")
        if tag == "input" and name:
            self._input(values, name, given)
        elif tag == "select" and name:
            self.select, self.first = name, None
            values.setdefault(name, [])
        elif tag == "option" and self.select:
            self.first = given.get("value", "") if self.first is None else self.first
            if "selected" in given:
                values[self.select].append(given.get("value", ""))
        elif tag == "textarea" and name:
            self.area = name
            values[name] = [""]

    def _input(self, values: dict[str, list[str]], name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in ("radio", "checkbox"):
            if "checked" in given:
                values.setdefault(name, []).append(given.get("value", "on"))
        elif kind != "file":
            values.setdefault(name, []).append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1].values[self.area][0] += data.lstrip("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_open = False
        elif tag == "textarea":
            self.area = ""
        elif tag == "select" and self.select:
            chosen = self.forms[-1].values[self.select]
            if not chosen and self.first is not None:
                chosen.append(self.first)
            self.select = ""


def forms_in(page: str) -> list[Typed]:
    """Every form of a page."""
    reader = _Forms()
    reader.feed(page)
    return reader.forms


def open_page(client: Client, url: str) -> tuple[str, str]:
    """The page behind an address, redirects followed: its own address and its text."""
    answer = client.get(url)
    while answer.status_code in (301, 302):
        url = answer["Location"]
        answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return url, answer.content.decode()


def link_on(page: str) -> str:
    """The address of Betulkan on a paper's page; empty when it has none."""
    found = BETULKAN.search(page)
    return unescape(found.group(1)) if found else ""


def draft_on(page: str, url: str, reason: str) -> Typed:
    """The form in which this correction is typed, as it stands when the page opens."""
    for form in forms_in(page):
        if reason in form.values and form.action in ("", url):
            return form
    raise AssertionError(f"no draft on {url}")


def send(client: Client, url: str, typed: dict[str, list[str]], **changed: Any) -> Any:
    """Send a draft with what was typed over it; a list stays a list, None leaves a field out."""
    body = {name: list(values) for name, values in typed.items() if "__prefix__" not in name}
    for name, value in changed.items():
        body[name] = [] if value is None else value if isinstance(value, list) else [str(value)]
    body["request_key"] = [uuid.uuid4().hex]
    return client.post(url, body)
