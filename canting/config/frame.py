"""What stands around a page: drawn once for all who see the same menus, kept, and laid around.

The key of a kept frame is everything it says: language, the cooperative's own words, the rights
just read for this request, the current word. So a right taken away is gone with the next request.
"""

import re
import secrets
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.template import engines
from django.utils.translation import get_language
from markupsafe import Markup, escape

# Marks stand for what differs by request. No text can hold one: the seal is new in each process.
_SEAL = secrets.token_hex(16)
_MARK = re.compile(rf"{_SEAL}(\w+);")


class Marks(NamedTuple):
    """The places of a frame where each request lays in its own."""

    name: str = f"{_SEAL}name;"
    path: str = f"{_SEAL}path;"
    words: str = f"{_SEAL}words;"
    csrf: str = f"{_SEAL}csrf;"


class House(NamedTuple):
    """What a frame says of its cooperative."""

    slug: str
    name: str
    place: str
    phone: str


class Here(NamedTuple):
    """Everything a frame depends on besides the language: whose menus, and where in them we are."""

    prefix: str
    house: House | None
    rights: frozenset[str]
    is_member: bool
    nav: int
    own: int


class Frame:
    """The frame of one request; its parts are drawn only when a page asks for them."""

    def __init__(self, request: HttpRequest, here: Here, facts: Any, name: str) -> None:
        self._request = request
        self._here = here
        self._facts = facts
        self._name = name

    def above(self, kind: str, csrf_input: object) -> Markup:
        """What stands before the content for `staff` or for a `member`."""
        return self._laid_in(f"{kind}_above", csrf_input)

    def below(self, kind: str) -> Markup:
        """What stands behind it."""
        return self._laid_in(f"{kind}_below", "")

    def _laid_in(self, part: str, csrf_input: object) -> Markup:
        draw = drawn.__wrapped__ if settings.DEBUG else drawn
        pieces = draw(part, get_language(), self._here, self._facts)
        values = {
            "name": escape(self._name),
            "path": escape(self._request.get_full_path()),
            "words": escape(self._request.GET.get("q", "")),
            "csrf": str(csrf_input),
        }
        return Markup("".join(_fill(pieces, values)))


def _fill(pieces: Sequence[str], values: dict[str, str]) -> list[str]:
    # Every second piece is the name of a mark; what is laid in is never searched again.
    return [values[piece] if place % 2 else piece for place, piece in enumerate(pieces)]


@lru_cache(maxsize=512)
def drawn(part: str, _language: str | None, here: Here, facts: Any) -> tuple[str, ...]:
    """A part of the frame as text and marks in turn; `facts(here)` gives its menus and addresses."""
    backend: Any = engines["jinja2"]
    module = backend.env.get_template("components/frame.html").module
    return tuple(_MARK.split(str(getattr(module, part)(facts(here), Marks()))))
