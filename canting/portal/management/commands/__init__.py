"""The commands of the console; each asks the clock, acts as the system user, makes one call."""

from collections.abc import Iterable

from django.core.management.base import CommandError

from canting.cooperatives.selectors import Cooperative
from canting.portal.errors import NoSuchCooperative


def chosen_cooperatives(name: str, known: Iterable[Cooperative]) -> list[Cooperative]:
    """The cooperative of this short name or full name, or all when none is named."""
    everyone = list(known)
    if not name:
        return everyone
    found = [one for one in everyone if name in {one.slug, one.name}]
    if not found:
        listed = ", ".join(one.slug for one in everyone) or "-"
        raise CommandError(str(NoSuchCooperative(name=name, known=listed)))
    return found
