"""Addresses of views, drawn by the hundred on a list: each view's shape is worked out once."""

import re
from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, reverse

# Text that every kind of path part takes and writes as it is.
PLAIN = re.compile(r"[0-9A-Za-z_-]+")


def address(name: str, *args: object, **kwargs: object) -> str:
    """Return the address of a named view; positional or named parts, not both.

    Raises NoReverseMatch as Django's `reverse` does, which also serves every unusual part.
    """
    parts = (*args, *kwargs.values())
    kinds = tuple([_kind(part) for part in parts])
    shape = None
    if "" not in kinds:
        shape = _shape(settings.ROOT_URLCONF, get_script_prefix(), name, kinds, tuple(kwargs))
    if shape is None:
        return reverse(name, args=args or None, kwargs=kwargs or None)
    return shape.format(*parts)


def around(name: str, *args: object) -> tuple[str, str]:
    """Return what stands before and behind the last part, a number, of a named view's address.

    A long list draws the addresses of its rows with these two, where a page differs by number alone.
    """
    kinds = (*[_kind(part) for part in args], "number")
    shape = None
    if "" not in kinds:
        shape = _shape(settings.ROOT_URLCONF, get_script_prefix(), name, kinds, ())
    if shape is None:
        raise NoReverseMatch(f"The address of {name} cannot be drawn around a number.")
    before, _mark, behind = shape.partition(f"{{{len(args)}}}")
    return before.format(*args), behind.format(*args)


def _kind(part: object) -> str:
    if type(part) is int and part >= 0:
        return "number"
    return "word" if isinstance(part, str) and PLAIN.fullmatch(part) else ""


@lru_cache(maxsize=2048)
def _shape(
    _urlconf: str, _prefix: str, name: str, kinds: tuple[str, ...], names: tuple[str, ...]
) -> str | None:
    """The address with a place for every part, or nothing where that cannot be told for sure."""
    marks: list[int | str] = [
        8_260_000_000_017 + place if kind == "number" else f"zq{place}zq"
        for place, kind in enumerate(kinds)
    ]
    try:
        drawn = reverse(
            name,
            args=None if names else marks,
            kwargs=dict(zip(names, marks, strict=True)) if names else None,
        )
    except NoReverseMatch:
        return None
    shape = drawn.replace("{", "{{").replace("}", "}}")
    for place, mark in enumerate(marks):
        if shape.count(str(mark)) != 1:
            return None
        shape = shape.replace(str(mark), f"{{{place}}}")
    return shape
