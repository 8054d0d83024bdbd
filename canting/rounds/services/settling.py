"""Closing a round: everything handed out or released, orders closed, deposits used, back or kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.kernel.money import format_rupiah
from canting.rounds import selectors
from canting.rounds.errors import GoodsLeft, OrdersOpen, PlaceNeeded, Uncharged
from canting.rounds.models import Round, Share
from canting.rounds.rules import UNDER_WAY, RoundState, ShareOutState, ShareState
from canting.rounds.services.common import check_reason, check_state, move_to, told
from canting.rounds.services.deposits import give_back, keep_rests

if TYPE_CHECKING:
    from canting.cooperatives.models import User


@transaction.atomic
def settle_round(
    *,
    found: Round,
    on: date,
    actor: User,
    give_back_from: str = "",
    charge_nobody_because: str = "",
) -> Round:
    """Close a round: what is left of deposits goes back out of a cash place, or is kept ("").

    Refused while an order is open (OrdersOpen), goods were not shared (GoodsLeft), or members wait
    to be charged (Uncharged). With a reason the last two are closed without charging anybody:
    that says so, with how many members and how much, and the goods stay in the store.
    A second time does nothing.
    """
    found = selectors.lock_round(found)
    if found.state == RoundState.SETTLED:
        return found
    check_state(found, UNDER_WAY)
    waiting = selectors.waiting_orders(selectors.orders_of(found))
    if waiting:
        raise OrdersOpen(orders=", ".join(order.number for order in waiting))
    count, amount = selectors.nobody_charged(found, on=on)
    reason = charge_nobody_because.strip()[:200]
    if count and not reason:
        raise Uncharged(count=count, amount=format_rupiah(amount))
    if not reason:
        _check_goods(found)
    _release_waiting(found, reason)
    _rests(found, give_back_from, on, actor)
    move_to(
        found,
        RoundState.SETTLED,
        settled_on=on,
        reason=reason if count else "",
        uncharged_members=count,
        uncharged_amount=amount,
    )
    told(
        found,
        "closed_uncharged" if count else "settled",
        actor,
        on=on,
        members=count,
        amount=amount,
        reason=reason,
    )
    return found


def _check_goods(found: Round) -> None:
    left = [row.item.name for row in selectors.came(found) if row.unshared]
    asked = {need.item.name for need in selectors.standing_needs(found) if need.member_id}
    still = [name for name in left if name in asked]
    if still:
        raise GoodsLeft(number=found.number, items=", ".join(still))


def _release_waiting(found: Round, reason: str) -> None:
    for share in selectors.waiting_shares(found):
        share.state, share.reason = ShareState.RELEASED, reason
        Share.objects.filter(pk=share.pk).update(state=share.state, reason=share.reason)


def _rests(found: Round, place: str, on: date, actor: User) -> None:
    """Give back or keep what is left of each member's deposits."""
    rests = [row for row in selectors.held_by_member(found) if row.left > 0]
    if not rests:
        return
    if place == selectors.KEEP:
        keep_rests(found=found, on=on)
        return
    if not place:
        raise PlaceNeeded(amount=format_rupiah(sum(row.left for row in rests)))
    for row in rests:
        give_back(
            found=found,
            party=row.party,
            amount=row.left,
            cash_place=place,
            on=on,
            actor=actor,
        )


@transaction.atomic
def reopen_round(*, found: Round, reason: str, on: date, actor: User) -> Round:
    """Open a closed round again (Betulkan): its papers stay, what was kept stays kept.

    Raises ReasonNeeded, WrongState; a second time does nothing.
    """
    reason = check_reason(reason)
    found = selectors.lock_round(found)
    if found.state in UNDER_WAY:
        return found
    check_state(found, {RoundState.SETTLED})
    shared = found.share_outs.filter(state=ShareOutState.STANDING).exists()
    move_to(
        found,
        RoundState.SHARED if shared else RoundState.ORDERED,
        settled_on=None,
        reason="",
        uncharged_members=0,
        uncharged_amount=0,
    )
    told(found, "reopened", actor, on=on, reason=reason)
    return found
