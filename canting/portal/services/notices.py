"""One word from the board to all members."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.cooperatives.services import record
from canting.kernel.dates import format_date
from canting.portal.errors import NoticeEmpty, NoticeIsOver, NoticeTooLong
from canting.portal.models import Notice

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User

MOST_SIGNS = 300


@transaction.atomic
def post_notice(
    *, cooperative: Cooperative, text: str, until: date, on: date, actor: User
) -> Notice:
    """Put a notice on every member's first page through a day; it takes the place of the last.

    Raises NoticeEmpty, NoticeTooLong, NoticeIsOver.
    """
    words = " ".join(text.split())
    if not words:
        raise NoticeEmpty()
    if len(words) > MOST_SIGNS:
        raise NoticeTooLong(count=len(words), most=MOST_SIGNS)
    if until < on:
        raise NoticeIsOver(day=format_date(until))
    withdraw_notices(cooperative=cooperative, actor=actor)
    made = Notice.objects.create(cooperative=cooperative, text=words, until=until, made_by=actor)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="portal.notice_posted",
        subject=f"notice {made.pk}",
        facts={"text": words, "until": until.isoformat()},
    )
    return made


@transaction.atomic
def withdraw_notices(*, cooperative: Cooperative, actor: User) -> int:
    """Take what stands on the first pages away; asked twice it changes nothing. How many went."""
    standing = Notice.objects.select_for_update().filter(cooperative=cooperative, withdrawn_at=None)
    numbers = [one.pk for one in standing]
    if not numbers:
        return 0
    Notice.objects.filter(pk__in=numbers).update(withdrawn_at=timezone.now())
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="portal.notice_withdrawn",
        subject=f"notice {numbers[-1]}",
    )
    return len(numbers)
