"""A member's statement as a paper: for the counter of any member, for a member her own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel import downloads
from canting.kernel.dates import today
from canting.kernel.inputs import asked_day
from canting.members import papers
from canting.members.views.mine import own_record
from canting.members.views.people import member_or_404

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member


def _paper(request: Request, cooperative: Cooperative, member: Member) -> HttpResponse:
    """The time asked for, else this year up to today; a day before the books begins with them."""
    now = today(cooperative.zone)
    until = min(asked_day(request.GET.get("sampai"), now), now)
    since = asked_day(request.GET.get("dari"), date(until.year, 1, 1))
    content = papers.statement(
        cooperative=cooperative,
        member=member,
        since=min(max(since, cooperative.cutover_date), until),
        until=until,
        made_by=request.user,
    )
    return downloads.paper(content, f"rekening-{member.number}")


@require_safe
@requires("members.view_members")
def member_statement(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The statement of a member as PDF, of this year or of the days asked for."""
    return _paper(request, cooperative, member_or_404(cooperative, number))


@require_safe
@requires("members.view_me")
def my_statement(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The member's own statement, whoever's number the address holds."""
    return _paper(request, cooperative, own_record(request, cooperative))
