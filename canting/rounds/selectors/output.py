"""Who is an active maker: pieces accepted lately."""

from __future__ import annotations

from datetime import date, timedelta

from canting.cooperatives import selectors as house
from canting.quality import selectors as quality
from canting.rounds.models import Round


def recent_output(found: Round, on: date) -> dict[int, int]:
    """Pieces accepted from each maker (party id) in the days that make a member active."""
    days = int(house.parameter(cooperative=found.cooperative, name="rounds.output_days", on=on))
    return quality.accepted_by_party(
        cooperative=found.cooperative, since=on - timedelta(days=days), until=on
    )
