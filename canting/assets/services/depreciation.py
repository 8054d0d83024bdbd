"""What assets lost by the end of a month, booked in one entry; and taken back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.assets import selectors
from canting.assets.errors import MonthNotOver, NothingToCharge, SomethingFollows
from canting.assets.models import Charge, DepreciationRun
from canting.assets.rules import CLASSES, RUN, RUN_SERIES
from canting.assets.services.common import lock, mark, post, reverse_sources, tell, write
from canting.kernel.dates import format_date, format_month, last_of_month
from canting.ledger.rules import Line, credit, debit

if TYPE_CHECKING:
    from canting.assets.selectors import Due
    from canting.cooperatives.models import Cooperative, User


def charge_lines(dues: list[Due]) -> list[Line]:
    """The lines of what was lost: one debit, one credit for each class."""
    sums: dict[str, int] = {}
    for due in dues:
        role = CLASSES[due.asset.asset_class].accumulated
        sums[role] = sums.get(role, 0) + due.amount
    total = debit("depreciation", sum(sums.values()))
    return [total, *(credit(role, amount) for role, amount in sums.items())]


@transaction.atomic
def depreciate(*, cooperative: Cooperative, month: date, on: date, actor: User) -> DepreciationRun:
    """Book what every asset lost by the end of a month and is not booked yet; number SU.

    Months that were left out are caught up. The entry stands on the month's last day. Posts
    `depreciation` (posting.md 2.7). Raises MonthNotOver, NothingToCharge, or a closed month.
    """
    until = last_of_month(month)
    if on < until:
        raise MonthNotOver(month=format_month(until), day=format_date(until))
    selectors.lock_register(cooperative=cooperative)
    dues = selectors.dues(cooperative=cooperative, until=until)
    if not dues:
        raise NothingToCharge(month=format_month(until))
    run = write(
        DepreciationRun,
        series=RUN_SERIES,
        actor=actor,
        cooperative=cooperative,
        on=until,
        until=until,
        total=sum(due.amount for due in dues),
    )
    Charge.objects.bulk_create(
        Charge(asset=due.asset, run=run, until=until, amount=due.amount) for due in dues
    )
    memo = _("Depreciation up to %(month)s") % {"month": format_month(until)}
    post(run, source=RUN, kind="depreciation", memo=memo, lines=charge_lines(dues), actor=actor)
    tell(run, act="depreciated", actor=actor, amount=run.total, until=str(until))
    return run


@transaction.atomic
def cancel_depreciation(*, run: DepreciationRun, reason: str, on: date, actor: User) -> None:
    """Take the newest month's depreciation back; it is booked anew on its page.

    Raises SomethingFollows while a later one, or an asset put right since, rests on it.
    """
    run = lock(run, reason=reason)
    if follower := selectors.follower_of_run(run):
        raise SomethingFollows(number=run.number, follower=follower)
    reverse_sources(run, [RUN], on=on, reason=reason, actor=actor)
    run.charges.update(undone=True)
    mark(run, reason=reason, successor=None, actor=actor)
