"""What the board told the members."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from canting.portal.models import Notice

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def notice_of_day(*, cooperative: Cooperative, on: date) -> Notice | None:
    """The one notice that stands on the members' first page on a day, or nothing."""
    return (
        Notice.objects.filter(cooperative=cooperative, withdrawn_at=None, until__gte=on)
        .select_related("made_by")
        .order_by("-id")
        .first()
    )
