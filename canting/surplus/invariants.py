"""What must always hold of shared surpluses, their parts and their payments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives import selectors as house
from canting.kernel.invariants import Invariant
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.surplus import selectors
from canting.surplus.models import Payout, Sharing
from canting.surplus.rules import (
    FUNDS,
    MEMBERS_POOLS,
    PAID_KINDS,
    PAYABLE,
    PAYOUT,
    POOL_ROLES,
    POSTED,
    PREPARED,
    REVERSED,
    SERIES,
    SHARE,
    SHARING,
    SPLIT_KIND,
    WITHDRAWN,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def papers_stand_in_the_books(cooperative: Cooperative) -> Iterator[str]:
    """Every signed decision and every payment has its entry, and a reversed one a reversed entry."""
    decisions = Sharing.objects.filter(cooperative=cooperative)
    signed = decisions.exclude(state__in=[PREPARED, WITHDRAWN])
    states = {
        f"{SHARING}:{number}": state == REVERSED
        for number, state in signed.values_list("number", "state")
    }
    paid = Payout.objects.filter(cooperative=cooperative).values_list("number", "state")
    states |= {f"{PAYOUT}:{number}": state == REVERSED for number, state in paid}
    yield from ledger.standing_faults(cooperative=cooperative, papers=states)


def parts_are_the_pools(cooperative: Cooperative) -> Iterator[str]:
    """Pools add up to what is shared, and the members' parts to their two pools."""
    found = Sharing.objects.filter(cooperative=cooperative).prefetch_related("pools", "parts")
    for one in found.order_by("id"):
        pools = {pool.key: pool.amount for pool in one.pools.all()}
        yield from _differs(one.number, one.surplus, sum(pools.values()))
        if one.kind == SHARE:
            parts = list(one.parts.all())
            sums = (sum(p.by_patronage for p in parts), sum(p.by_capital for p in parts))
            for key, total in zip(MEMBERS_POOLS, sums, strict=True):
                yield from _differs(one.number, pools.get(key, 0), total)


def _differs(number: str, whole: int, parts: int) -> Iterator[str]:
    if whole != parts:
        yield _("%(number)s: %(whole)s is shared, but its parts are %(parts)s.") % {
            "number": number,
            "whole": format_rupiah(whole),
            "parts": format_rupiah(parts),
        }


def payable_is_what_is_unpaid(cooperative: Cooperative) -> Iterator[str]:
    """What our entries left on each member's account is her parts less what she was paid."""
    booked = ledger.party_sums_of_kinds(
        cooperative=cooperative,
        roles=[PAYABLE],
        kinds=[SPLIT_KIND, *PAID_KINDS],
        since=date.min,
        until=date.max,
    )
    parts = selectors.parted_by_party(cooperative=cooperative)
    paid = selectors.paid_by_party(cooperative=cooperative)
    for party in sorted({*booked, *parts, *paid}):
        unpaid = parts.get(party, 0) - paid.get(party, 0)
        if booked.get(party, 0) != unpaid:
            yield _("Party %(party)s: the books owe %(booked)s, the papers %(papers)s.") % {
                "party": party,
                "booked": format_rupiah(booked.get(party, 0)),
                "papers": format_rupiah(unpaid),
            }


def nothing_is_overdrawn(cooperative: Cooperative) -> Iterator[str]:
    """No fund and no member's part is below zero."""
    roles = [POOL_ROLES[key] for key in FUNDS]
    for role, left in ledger.balances_now(cooperative=cooperative, roles=roles).items():
        if left < 0:
            account = ledger.account_for(cooperative=cooperative, role=role)
            yield _("%(what)s stands at %(left)s.") % {
                "what": ledger.label(account),
                "left": format_rupiah(left),
            }
    for row in ledger.party_balances(cooperative=cooperative, role=PAYABLE):
        if row.balance < 0:
            yield _("%(what)s stands at %(left)s.") % {
                "what": f"{row.name} ({row.number})",
                "left": format_rupiah(row.balance),
            }


def numbers_have_no_gap(cooperative: Cooperative) -> Iterator[str]:
    """The numbers of decisions about a surplus follow each other."""
    numbers = Sharing.objects.filter(cooperative=cooperative).values_list("number", flat=True)
    yield from house.numbering_gaps(cooperative=cooperative, series=SERIES, numbers=numbers)


def signed_by_another(cooperative: Cooperative) -> Iterator[str]:
    """Who prepared a decision did not sign it."""
    found = Sharing.objects.filter(cooperative=cooperative, state__in=[POSTED, REVERSED])
    for one in found.select_related("made_by"):
        if one.approved_by_id in (None, one.made_by_id):
            yield _("%(number)s was prepared and signed by %(name)s alone.") % {
                "number": one.number,
                "name": str(one.made_by),
            }


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "surplus.papers_stand_in_the_books",
        gettext_lazy("Every decision about a surplus and every part paid stands in the books"),
        papers_stand_in_the_books,
    ),
    Invariant(
        "surplus.parts_are_the_pools",
        gettext_lazy("The pools of a surplus add up to it, and members' parts to their pools"),
        parts_are_the_pools,
    ),
    Invariant(
        "surplus.payable_is_what_is_unpaid",
        gettext_lazy("What members still get of a surplus is their parts less what was paid"),
        payable_is_what_is_unpaid,
    ),
    Invariant(
        "surplus.nothing_is_overdrawn",
        gettext_lazy("No fund of the surplus and no member's part is below zero"),
        nothing_is_overdrawn,
    ),
    Invariant(
        "surplus.signed_by_another",
        gettext_lazy("Who prepared the sharing of a surplus did not sign it"),
        signed_by_another,
    ),
    Invariant(
        "surplus.numbers_have_no_gap",
        gettext_lazy("Decisions about a surplus are numbered without a gap"),
        numbers_have_no_gap,
    ),
)
