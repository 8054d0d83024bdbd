"""Addresses of other domains' pages, and what a page repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import NoReverseMatch, reverse

from canting.members import selectors as members
from canting.production import selectors

if TYPE_CHECKING:
    from canting.cooperatives.doors import Request
    from canting.cooperatives.models import Cooperative
    from canting.production.models import Assignment, WorkOrder


def address(view: str, *parts: object) -> str:
    """The address of another domain's page, or "" where it has none."""
    try:
        return reverse(view, args=parts or None)
    except NoReverseMatch:
        return ""


def order_or_404(cooperative: Cooperative, number: str) -> WorkOrder:
    """The work order of this number; a finishing entry names it with #2 behind."""
    order = selectors.work_order(cooperative=cooperative, number=number.partition("#")[0])
    if order is None:
        raise Http404
    return order


def part_or_404(request: Request, cooperative: Cooperative, number: str) -> Assignment:
    """The part of the maker named in the address (?anggota=)."""
    part = selectors.assignment_of_member(
        cooperative=cooperative, number=number, member_number=request.GET.get("anggota", "")
    )
    if part is None:
        raise Http404
    return part


def own_part_or_404(request: Request, cooperative: Cooperative, number: str) -> Assignment:
    """The signed-in member's own part; another member's does not exist for her."""
    part = None
    if request.access.party_id is not None:
        part = selectors.assignment(
            cooperative=cooperative, number=number, party_id=request.access.party_id
        )
    if part is None:
        raise Http404
    return part


def maker_choices(cooperative: Cooperative) -> list[str]:
    """What the list of makers offers while typing."""
    return [label for _number, label in members.member_choices(cooperative=cooperative)]
