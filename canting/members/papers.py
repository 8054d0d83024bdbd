"""The statement of a member (rekening anggota) on A4; the template lays it out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from canting.kernel.dates import format_long_date
from canting.kernel.member_text import m_
from canting.kernel.money import format_rupiah
from canting.kernel.papers import render_pages
from canting.members.rules import paper_name
from canting.members.statements import AccountPart, member_statement

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.members.models import Member


def statement(
    *, cooperative: Cooperative, member: Member, since: date, until: date, made_by: User
) -> bytes:
    """Savings, dues, what waits to be paid and material held, day by day, with balances, as PDF."""
    parts = member_statement(cooperative=cooperative, member=member, since=since, until=until)
    name = paper_name(
        full_name=member.full_name,
        title_before=member.title_before,
        title_after=member.title_after,
    )
    address = ", ".join(p for p in (member.dusun, member.village, member.district) if p)
    place_day = ", ".join(p for p in (cooperative.place, format_long_date(until)) if p)
    values = {
        "cooperative": {
            "name": cooperative.name,
            "place": cooperative.address or cooperative.place,
        },
        "title": m_("Member statement"),
        "number": member.number,
        "facts": [
            [m_("Name"), name],
            [m_("Address"), address or "-"],
            [m_("Time"), f"{format_long_date(since)} – {format_long_date(until)}"],
        ],
        "headers": [m_("Day"), m_("What"), m_("Paper"), m_("Amount"), m_("Balance")],
        "accounts": [{"name": part.name, "lines": _lines(part, since)} for part in parts],
        "totals_label": m_("Balances at the end"),
        "totals": [[part.name, format_rupiah(part.ends)] for part in parts]
        or [[m_("Nothing moved and nothing is open."), ""]],
        "place_day": place_day,
        "made_by": str(made_by),
        "signers": [[m_("Staff"), str(made_by)], [m_("Member"), name]],
    }
    return render_pages("members/papers/statement.typ", values, format="pdf")[0]


def _lines(part: AccountPart, since: date) -> list[list[str]]:
    began = [f"{since:%d/%m/%y}", m_("Balance before"), "", "", format_rupiah(part.began)]
    moved = [
        [
            f"{move.day:%d/%m/%y}",
            move.memo,
            move.paper,
            format_rupiah(move.amount),
            format_rupiah(move.balance),
        ]
        for move in part.moves
    ]
    return [began, *moved]
