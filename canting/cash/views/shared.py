"""What the pages of the desk do alike: making a form, where a refusal stands, building an address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from canting.cash import selectors
from canting.cash.errors import (
    BadAmount,
    NotEnoughCash,
    NotThatMuchOwed,
    TooMuchWithheld,
)
from canting.cooperatives.doors import Request
from canting.cooperatives.errors import BadUpload
from canting.kernel.errors import DomainError

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

AnyForm = TypeVar("AnyForm", bound=forms.Form)
FIELD_OF: dict[type[DomainError], str] = {
    BadAmount: "amount",
    NotEnoughCash: "amount",
    NotThatMuchOwed: "amount",
    TooMuchWithheld: "withheld",
    BadUpload: "photo",
}


def desk_form(
    kind: Callable[..., AnyForm],
    cooperative: Cooperative,
    on: date,
    request: Request | None = None,
    **options: Any,
) -> AnyForm:
    """A form of the desk with the cooperative's places and its today; bound when it was sent."""
    data, files = (request.POST or None, request.FILES or None) if request else (None, None)
    return kind(data, files, places=selectors.places(cooperative), today=on, **options)


def address(name: str, cooperative: Cooperative, *parts: object, **asked: object) -> str:
    """The address of a page of this cooperative with what is asked behind it."""
    words = {key: value for key, value in asked.items() if value not in (None, "")}
    base = reverse(name, args=[cooperative.slug, *parts])
    return f"{base}?{urlencode(words)}" if words else base
