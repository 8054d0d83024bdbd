"""What a member gets on paper and in a message: her slip of a round, the text that calls her."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from canting.kernel.dates import format_date
from canting.kernel.member_text import m_
from canting.kernel.money import format_rupiah
from canting.kernel.papers import PaperFormat, render
from canting.kernel.quantities import format_quantity
from canting.rounds import selectors
from canting.rounds.rules import ShareState

if TYPE_CHECKING:
    from canting.members.models import Member
    from canting.rounds.models import Round, Share

TEMPLATE = "rounds/papers/slip.typ"


def as_format(name: str) -> PaperFormat:
    """The format of a file by its name: png for a picture, else a PDF."""
    return "png" if name == "png" else "pdf"


def _standing(shares: Sequence[Share]) -> list[Share]:
    return [share for share in shares if share.state != ShareState.RELEASED]


def _sums(shares: Sequence[Share]) -> tuple[int, int]:
    return sum(s.amount for s in shares), sum(s.from_deposit for s in shares)


def share_slip(
    found: Round, member: Member, shares: Sequence[Share], *, format: PaperFormat = "pdf"
) -> bytes:
    """Her slip: each material, how much, what it costs, what her deposit paid, what is open."""
    standing = _standing(shares)
    total, paid = _sums(standing)
    totals = [[m_("Together"), format_rupiah(total)]]
    if paid:
        totals.append([m_("Paid from what you left here"), format_rupiah(paid)])
        totals.append([m_("Still to pay"), format_rupiah(total - paid)])
    values = {
        "cooperative": {"name": found.cooperative.name, "place": found.cooperative.place},
        "title": m_("Your share"),
        "number": found.number,
        "made_by": "",
        "draft": False,
        "facts": [
            [m_("Buying together"), found.title],
            [m_("Name"), member.full_name],
            [m_("Date"), format_date(max(s.share_out.on for s in shares))],
        ],
        "lines": [_line(share) for share in standing],
        "totals": totals,
        "say": "" if standing else m_("Your share went to the store."),
    }
    return render(TEMPLATE, values, format=format)


def _line(share: Share) -> dict[str, str]:
    item = share.item
    return {
        "name": item.name,
        "quantity": format_quantity(share.base_quantity, item.unit),
        "amount": format_rupiah(share.amount) if share.amount else m_("in trust"),
        "why": selectors.own_why(share.why),
    }


def share_text(found: Round, member: Member, shares: Sequence[Share]) -> str:
    """The text that tells her what came for her, what it costs and where to fetch it."""
    standing = _standing(shares)
    total, paid = _sums(standing)
    goods = ", ".join(
        f"{share.item.name} {format_quantity(share.base_quantity, share.item.unit)}"
        for share in standing
    )
    facts = {
        "name": member.called_name or member.full_name,
        "title": found.title,
        "goods": goods,
        "amount": format_rupiah(total),
        "paid": format_rupiah(paid),
        "left": format_rupiah(total - paid),
    }
    if any(share.state == ShareState.WAITING for share in standing):
        return m_(
            "%(name)s, your share of %(title)s is here: %(goods)s. It costs %(amount)s. Please "
            "fetch it at the office; what you left with us is taken off first.",
            "id",
            **facts,
        )
    if paid:
        return m_(
            "%(name)s, your share of %(title)s: %(goods)s. It costs %(amount)s; %(paid)s of it is "
            "paid from what you left here, %(left)s is still open.",
            "id",
            **facts,
        )
    return m_(
        "%(name)s, your share of %(title)s: %(goods)s. It costs %(amount)s.",
        "id",
        **facts,
    )
