"""Quotas of scarce material: read here, so that sharing need not know how they are given."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from canting.rounds.models import Round


def quotas_of(*, found: Round, on: date) -> dict[tuple[int, int], Decimal]:
    """The quota of each member and material (ids) in a round, base units; none given: no limit."""
    return {}
