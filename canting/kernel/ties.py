"""What still ties a leaving member to the cooperative: each domain says its own."""

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from django.apps import apps


class Tie(NamedTuple):
    """One thing to finish before a leaver is paid: a sentence, and the page where it is done."""

    text: str
    view: str = ""
    argument: str = ""


def ties_of(*, cooperative: Any, party: Any, on: date) -> list[Tie]:
    """What is open with a member, of every domain's `selectors.leaver_ties`.

    Savings stand below the domains that give out work and goods: they are asked here by name.
    """
    found: list[Tie] = []
    for config in apps.get_app_configs():
        if config.name.startswith("canting.") and find_spec(f"{config.name}.selectors"):
            asked = getattr(import_module(f"{config.name}.selectors"), "leaver_ties", None)
            if asked is not None:
                own: Iterable[Tie] = asked(cooperative=cooperative, party=party, on=on)
                found += own
    return found
