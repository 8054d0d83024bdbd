"""What money is known to come and go: each domain says its own, the cash page adds it up."""

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from django.apps import apps


class Expected(NamedTuple):
    """Money that is due on a day, whole rupiah; what is late already is due on the asked day."""

    day: date
    comes_in: int = 0
    goes_out: int = 0


def expected_cash(*, cooperative: Any, on: date, until: date) -> list[Expected]:
    """What is due until a day, of every domain's `selectors.expected_cash`, by day.

    The desk stands below the domains that invoice and owe: they are asked here by name.
    """
    found: list[Expected] = []
    for config in apps.get_app_configs():
        if config.name.startswith("canting.") and find_spec(f"{config.name}.selectors"):
            asked = getattr(import_module(f"{config.name}.selectors"), "expected_cash", None)
            if asked is not None:
                due: Iterable[Expected] = asked(cooperative=cooperative, on=on, until=until)
                found += [one for one in due if one.comes_in or one.goes_out]
    return sorted(found)
