"""Texts that go to members by WhatsApp: one fact, one link, no balance of anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from canting.cooperatives.services import note_message
from canting.kernel.dates import format_date
from canting.kernel.member_text import m_
from canting.kernel.money import format_rupiah
from canting.kernel.wa import wa_address
from canting.members.rules import spoken_name

if TYPE_CHECKING:
    from canting.cooperatives.models import User
    from canting.production.models import Assignment


def work_text(part: Assignment, *, link: str = "") -> str:
    """What a maker reads about the work she is given."""
    order = part.work_order
    text = m_(
        "%(name)s, there is work for you: %(count)s pieces of %(product)s, ready by %(date)s.",
        name=spoken_name(full_name=part.member.full_name, called_name=part.member.called_name),
        count=part.quantity,
        product=order.product.name,
        date=format_date(part.promised_date),
    )
    if order.rates:
        prices = ", ".join(
            f"{grade} {format_rupiah(rate)}" for grade, rate in sorted(order.rates.items())
        )
        text += " " + m_("You get per piece: %(prices)s.", prices=prices)
    if order.note:
        text += f" {order.note}"
    text += " " + m_("Work order %(number)s.", number=order.number)
    return f"{text} {link}".strip()


def work_message(part: Assignment, *, link: str, actor: User) -> str:
    """The WhatsApp address of the text; noted as opened there, never as sent."""
    text = work_text(part, link=link if settings.PUBLIC_URL else "")
    note_message(
        cooperative=part.work_order.cooperative,
        party=part.member.party,
        template="work_given",
        subject=part.work_order.number,
        text=text,
        actor=actor,
    )
    return wa_address(part.member.phone, text)
