"""Beranda: what one member needs of her work and her money; never a figure of another's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from canting.kernel.charts import Chart, Stage, stacked_progress
from canting.kernel.member_text import m_
from canting.members import selectors as members
from canting.portal.selectors.notices import notice_of_day
from canting.portal.selectors.rows import page
from canting.production import selectors as production
from canting.production.rules import open_pieces
from canting.production.rules import waiting as reported
from canting.quality import selectors as quality
from canting.rounds import selectors as rounds
from canting.savings import selectors as savings
from canting.settlement import selectors as settlement

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member
    from canting.portal.models import Notice
    from canting.production.models import Assignment
    from canting.quality.models import Inspection
    from canting.rounds.selectors import HomeCard
    from canting.savings.selectors import Holdings
    from canting.settlement.selectors import MoneyCard

BAR_HEIGHT = 24


@dataclass(frozen=True, slots=True)
class Work:
    """One part of an order in her hands, in pieces."""

    assignment: Assignment
    accepted: int
    inspecting: int
    left: int
    chart: Chart
    url: str
    report_url: str

    @property
    def total(self) -> int:
        """All pieces she took on."""
        return self.assignment.quantity

    @property
    def done(self) -> int:
        """Pieces she brought, inspected or not."""
        return self.accepted + self.inspecting

    @property
    def promised(self) -> date:
        """The day she promised them for."""
        return self.assignment.promised_date


@dataclass(frozen=True, slots=True)
class Home:
    """Her first page."""

    member: Member
    works: tuple[Work, ...]
    note: Inspection | None
    money: MoneyCard
    holdings: Holdings
    dues: int
    news: Notice | None
    work_url: str
    money_url: str
    slip_url: str
    buying: HomeCard | None
    buying_url: str


def home_of(*, cooperative: Cooperative, party_id: int, on: date) -> Home | None:
    """The first page of the member behind this party; nothing when there is none."""
    member = members.member_of_party(cooperative=cooperative, party_id=party_id)
    if member is None:
        return None
    arrears = savings.regular_arrears(cooperative=cooperative, member=member, on=on)
    works = [_work(one, cooperative) for one in production.assignments_of(cooperative, party_id)]
    money = settlement.money_card(cooperative, member.party, on)
    slug = cooperative.slug
    return Home(
        member=member,
        works=tuple(works),
        note=quality.last_note(cooperative=cooperative, party_id=party_id),
        money=money,
        holdings=savings.holdings(cooperative=cooperative, member=member),
        dues=sum(due.left for due in arrears),
        news=notice_of_day(cooperative=cooperative, on=on),
        work_url=page("production:my_work", slug),
        money_url=page("settlement:my_money", slug),
        slip_url=page("settlement:my_slip", slug, money.last.number) if money.last else "",
        buying=rounds.home_card(cooperative=cooperative, member=member, on=on),
        buying_url=page("rounds:my_rounds", slug),
    )


def _work(one: Assignment, cooperative: Cooperative) -> Work:
    inspecting = reported(one)
    left = max(open_pieces(one) - inspecting, 0)
    number = one.work_order.number
    title = m_(
        "%(done)s of %(total)s pieces finished", done=one.accepted + inspecting, total=one.quantity
    )
    chart = stacked_progress(
        title,
        [
            Stage(m_("Accepted"), one.accepted, 6),
            Stage(m_("Being inspected"), inspecting, 4),
            Stage(m_("Still in work"), left, 1),
        ],
        height=BAR_HEIGHT,
    )
    slug = cooperative.slug
    return Work(
        assignment=one,
        accepted=one.accepted,
        inspecting=inspecting,
        left=left,
        chart=chart,
        url=page("production:my_assignment", slug, number),
        report_url=page("production:report_piece", slug, number),
    )
