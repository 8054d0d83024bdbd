"""What the start of the house asks before a month is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.kernel.invariants import CloseCheck, Fault, Invariant
from canting.portal import selectors

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def opening_is_booked(cooperative: Cooperative, _month: date) -> Iterator[Fault]:
    """No part of the opening lies there as a draft."""
    if count := selectors.draft_count(cooperative=cooperative):
        text = _("%(count)s parts of the opening are drafts: book them or drop them.")
        yield Fault(text % {"count": count}, "portal:start_page")


INVARIANTS: tuple[Invariant, ...] = ()

CLOSE_CHECKS: tuple[CloseCheck, ...] = (
    CloseCheck(
        "portal.opening_is_booked",
        gettext_lazy("The opening is booked"),
        opening_is_booked,
        "portal:start_page",
        "drafts",
    ),
)
