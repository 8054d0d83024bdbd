"""The list of members: search, pages, file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.cooperatives.services import record
from canting.kernel import downloads
from canting.kernel.htmx import render_page
from canting.kernel.pagination import page_of
from canting.kernel.phones import format_phone
from canting.kernel.tables_out import in_pieces
from canting.ledger import selectors as ledger
from canting.members import selectors
from canting.members.rules import MemberState
from canting.members.views.columns import MEMBERS
from canting.members.views.words import STATE_WORDS, state_word

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member

STATES = (MemberState.MEMBER, MemberState.APPLICANT, MemberState.LEAVING, MemberState.LEFT)


# Both shares are the cooperative's own capital; voluntary savings are a debt and stand apart.
CAPITAL = ("share_principal", "share_mandatory")
SAVINGS = "savings_vol"
Holding = tuple[int, int, int, int]  # entry share, regular share, both together, savings
_NONE: Holding = (0, 0, 0, 0)


def _holdings(cooperative: Cooperative, party_ids: list[int] | None = None) -> dict[int, Holding]:
    """What each party has, by party; one query whatever the number of members."""
    found = ledger.balances_by_party(
        cooperative=cooperative, roles=[*CAPITAL, SAVINGS], party_ids=party_ids
    )
    rows = {}
    for party_id, sums in found.items():
        entry, regular = (sums.get(role, 0) for role in CAPITAL)
        rows[party_id] = (entry, regular, entry + regular, sums.get(SAVINGS, 0))
    return rows


def _rows(cooperative: Cooperative, found: QuerySet[Member]) -> Iterator[tuple[Member, Holding]]:
    """Members, read in pieces, each with what she has."""
    for members in in_pieces(found.order_by("full_name", "pk")):
        has = _holdings(cooperative, [member.party_id for member in members])
        for member in members:
            yield member, has.get(member.party_id, _NONE)


def _address(cooperative: Cooperative, **asked: str) -> str:
    given = {name: value for name, value in asked.items() if value}
    query = f"?{urlencode(given)}" if given else ""
    return reverse("members:member_list", args=[cooperative.slug]) + query


@require_safe
@requires("members.view_members")
@listed("members.export_members")
def member_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """One row per member, found by name, called name, dusun, number or the end of a phone number."""
    words, state = request.GET.get("q", "").strip()[:80], request.GET.get("status", "")
    state = state if state in set(STATES) else ""
    found = selectors.members(cooperative=cooperative, words=words, status=state)
    if request.sheet:
        return _sent(request, cooperative, words, state)
    page = page_of(found, order=["full_name"], after=request.GET.get("after"))
    ids = [member.party_id for member in page.rows]
    has = _holdings(cooperative, ids)
    counts = selectors.count_by_status(cooperative=cooperative)
    everyone = (_("All"), _address(cooperative, q=words), not state)
    context = {
        "rows": [(member, *has.get(member.party_id, _NONE)[2:]) for member in page.rows],
        "has_savings": ledger.balance(cooperative=cooperative, role=SAVINGS) != 0,
        "phone": format_phone,
        "words_of": STATE_WORDS,
        "words": words,
        "state": state,
        "counts": counts,
        "total": found.count(),
        "is_new": not any(counts.values()),
        "filters": [everyone]
        + [
            (f"{state_word(s)} {counts[s]}", _address(cooperative, q=words, status=s), s == state)
            for s in STATES
            if counts[s]
        ],
        "next_url": page.next and _address(cooperative, q=words, status=state, after=page.next),
        "first_url": "" if page.is_first else _address(cooperative, q=words, status=state),
        "clear_url": _address(cooperative),
    }
    return render_page(request, "members/member_list.html", context, block="rows")


@require_safe
@requires("members.view_members")
def member_hints(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The choices under a box where a member is typed: at most ten, as options of a list."""
    words = request.GET.get("member", "").strip()[:80]
    found = selectors.active_or_applying(cooperative=cooperative, words=words)[:10] if words else []
    labels = [selectors.member_label(member) for member in found]
    return render_page(request, "members/member_hints.html", {"labels": labels})


@require_safe
@requires("members.export_members")
def member_export(request: Request, cooperative: Cooperative, form: str) -> HttpResponse:
    """The list as a file at an address of its own, as sheets that fetch it by themselves use it."""
    if form not in downloads.SHEETS:
        raise Http404
    request.sheet = form
    words, state = request.GET.get("q", ""), request.GET.get("status", "")
    return _sent(request, cooperative, words, state)


def _sent(request: Request, cooperative: Cooperative, words: str, state: str) -> HttpResponse:
    """The file: numbers as text, amounts as numbers, days as days; never a NIK. It is noted."""
    found = selectors.members(cooperative=cooperative, words=words, status=state)
    record(
        cooperative_id=cooperative.pk, actor=request.user, action="members.exported",
        subject=request.sheet, facts={"words": words, "state": state},
    )  # fmt: skip
    return as_file(request, cooperative, "anggota", MEMBERS, _rows(cooperative, found))
