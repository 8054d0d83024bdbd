"""Counting a drawer by two people; what is short or over is booked at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from canting.cash import selectors
from canting.cash.errors import BadAmount, CountIsOver, CountNeedsTwo
from canting.cash.models import DrawerCount
from canting.cash.rules import COUNT_SOURCE
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry, reverse_entry

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def count_drawer(
    *,
    cooperative: Cooperative,
    place: str,
    counted: int,
    on: date,
    actor: User,
    note: str = "",
) -> DrawerCount:
    """Write down what lies in a drawer; a colleague confirms it. An older open count gives way."""
    selectors.drawer_name(cooperative=cooperative, place=place)
    if counted < 0:
        raise BadAmount(amount=format_rupiah(counted))
    ledger.lock_account(cooperative=cooperative, role=place)
    DrawerCount.objects.filter(cooperative=cooperative, place=place, state="waiting").update(
        state="withdrawn"
    )
    made = DrawerCount.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series="HL", on=on),
        place=place,
        on=on,
        counted=counted,
        expected=ledger.balance(cooperative=cooperative, role=place, as_of=on),
        note=note,
        counted_by=actor,
        counted_at=timezone.now(),
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="cash.drawer_counted",
        subject=made.number,
        facts={"place": place, "counted": counted, "expected": made.expected},
    )
    return made


@transaction.atomic
def confirm_count(*, count: DrawerCount, actor: User) -> DrawerCount:
    """Confirm what another counted; a difference is booked, never parked in suspense.

    Posts `drawer_difference` (short) or `drawer_over` (posting.md 2.5) on the day of the count.
    """
    count = selectors.lock_count(cooperative=count.cooperative, number=count.number)
    if count.state == "confirmed" and count.confirmed_by_id == actor.pk:
        return count
    if count.state != "waiting":
        raise CountIsOver(number=count.number)
    if count.counted_by_id == actor.pk:
        raise CountNeedsTwo(name=str(actor))
    count.state = "confirmed"
    count.confirmed_by = actor
    count.confirmed_at = timezone.now()
    count.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    over = count.counted - count.expected
    if over:
        _book_difference(count, over, actor)
    record(
        cooperative_id=count.cooperative_id,
        actor=actor,
        action="cash.drawer_confirmed",
        subject=count.number,
        facts={"difference": over},
    )
    return count


def _book_difference(count: DrawerCount, over: int, actor: User) -> None:
    cooperative = count.cooperative
    name = selectors.drawer_name(cooperative=cooperative, place=count.place)
    if over > 0:
        lines = [debit(count.place, over), credit("cash_diff", over)]
        memo = _("%(place)s: %(amount)s over") % {"place": name, "amount": format_rupiah(over)}
    else:
        selectors.require_cash(
            cooperative=cooperative, place=count.place, amount=-over, on=count.on
        )
        lines = [debit("cash_diff", -over), credit(count.place, -over)]
        memo = _("%(place)s: %(amount)s short") % {"place": name, "amount": format_rupiah(-over)}
    draft = Draft(
        source=f"{COUNT_SOURCE}:{count.number}",
        entry_date=count.on,
        kind="drawer_over" if over > 0 else "drawer_difference",
        memo=memo,
        lines=lines,
        paper=count.number,
    )
    post_entry(cooperative=cooperative, draft=draft, actor=actor)


@transaction.atomic
def undo_count(*, count: DrawerCount, reason: str, on: date, actor: User) -> DrawerCount:
    """Betulkan for a count that was wrong: its difference is reversed; count again afterwards."""
    count = selectors.lock_count(cooperative=count.cooperative, number=count.number)
    if count.state not in {"waiting", "confirmed"}:
        raise CountIsOver(number=count.number)
    entry = ledger.entry_by_source(
        cooperative=count.cooperative, source=f"{COUNT_SOURCE}:{count.number}"
    )
    over = count.counted - count.expected
    if entry and over > 0:
        selectors.require_cash(cooperative=count.cooperative, place=count.place, amount=over, on=on)
    count.state = "reversed" if entry else "withdrawn"
    count.reason = reason[:120]
    count.save(update_fields=["state", "reason"])
    if entry:
        reverse_entry(entry=entry, on=on, reason=reason, actor=actor)
    record(
        cooperative_id=count.cooperative_id,
        actor=actor,
        action="cash.count_undone",
        subject=count.number,
        facts={"reason": reason},
    )
    return count
