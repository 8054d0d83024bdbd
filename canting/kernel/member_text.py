"""Texts that members read, in the language they read best: Indonesian, English or Madurese.

They live in a domain of their own (`member.mo`), because Madurese covers these few sentences and
never the books. Missing Madurese falls back to Indonesian, missing Indonesian to the source text.
"""

import gettext as catalogue
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.functional import lazystr
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LOCALE = Path(__file__).resolve().parent.parent / "locale"
DOMAIN = "member"
FALLBACK = {"mad": ("mad", "id"), "id": ("id",), "en": ("en",)}


@lru_cache(maxsize=8)
def _catalogue(language: str) -> catalogue.NullTranslations:
    """Return the catalogue of `language` with its fallbacks behind it."""
    return catalogue.translation(
        DOMAIN, localedir=str(LOCALE), languages=FALLBACK.get(language, ("id",)), fallback=True
    )


def _text(msgid: str, language: str | None) -> str:
    code = (language or get_language() or "id").split("-")[0]
    return _catalogue(code).gettext(msgid) if msgid else ""


def m_(msgid: str, language: str | None = None, /, **facts: object) -> str:
    """Return the member text for `msgid` in the active (or named) language, facts filled in."""
    text = _text(msgid, language)
    return text % facts if facts else text


class _LazyText:
    """A member text that is looked up when it is drawn, not when the module is read."""

    def __init__(self, msgid: str, facts: Mapping[str, object]) -> None:
        self._msgid = msgid
        self._facts = facts

    def __str__(self) -> str:
        return m_(self._msgid, **self._facts)


def m_lazy(msgid: str, /, **facts: object) -> "StrPromise":
    """Return a member text for class bodies and form fields: it follows the language when drawn."""
    # Django's proxy behaves like str in forms, templates and concatenation.
    return lazystr(_LazyText(msgid, facts))
