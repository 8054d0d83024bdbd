"""What must hold and whose page a paper is: asked of every domain that offers it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.urls import reverse

from canting.cooperatives import selectors as cooperatives
from canting.kernel.invariants import Invariant

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@dataclass(frozen=True)
class Finding:
    """One invariant as it stands for one cooperative: what it says and what breaks it."""

    name: str
    says: str
    breaches: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """True when nothing breaks it."""
        return not self.breaches


def _modules(part: str) -> Iterator[object]:
    for config in apps.get_app_configs():
        if config.name.startswith("canting.") and find_spec(f"{config.name}.{part}"):
            yield import_module(f"{config.name}.{part}")


def invariants() -> list[Invariant]:
    """Every named invariant of every domain, in the order of the house."""
    return [one for module in _modules("invariants") for one in getattr(module, "INVARIANTS", ())]


MOST_BREACHES = 50


def verification(*, cooperative: Cooperative) -> Iterator[Finding]:
    """Check every invariant over the cooperative's stored rows, one after another."""
    for one in invariants():
        breaches: list[str] = []
        for breach in one.breaches(cooperative):
            breaches.append(breach)
            if len(breaches) == MOST_BREACHES:
                break
        yield Finding(one.name, str(one.says), tuple(breaches))


def paper_url(*, cooperative: Cooperative, source: str) -> str | None:
    """The page of the paper that an entry or a stock move names as its source."""
    prefix, _, number = source.partition(":")
    for module in _modules("rules"):
        found = getattr(module, "PAPERS", {}).get(prefix)
        if found and number:
            name, argument = found
            return reverse(name, kwargs={"cooperative": cooperative.slug, argument: number})
    return None


@cache
def token_views() -> dict[str, Callable[..., Any]]:
    """The view that opens each purpose of a link: those marked `by_token` in any domain."""
    found: dict[str, Callable[..., Any]] = {}
    for module in _modules("views"):
        for view in vars(module).values():
            door = getattr(view, "door", "")
            if door.startswith("token:"):
                found[door.removeprefix("token:")] = view
    return found


def owns_installation(cooperative: Cooperative) -> bool:
    """True when no other real cooperative lives here: only then its board may hold the archives."""
    others = cooperatives.cooperatives().exclude(pk=cooperative.pk)
    return not others.filter(is_demo=False).exists()
