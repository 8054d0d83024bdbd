"""What leaves the house in words: the buyer's link, texts opened in WhatsApp, prints counted."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cooperatives.selectors import audit_trail
from canting.cooperatives.services import issue_token, note_message, record, revoke_tokens
from canting.kernel.dates import format_date
from canting.kernel.quantities import format_quantity
from canting.sales import selectors
from canting.sales.models import Delivery, Order
from canting.sales.rules import LONGEST_MESSAGE, TOKEN_PURPOSE

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Message, User


@transaction.atomic
def renew_link(*, order: Order, actor: User) -> None:
    """Give the order a new link and make the old ones stop opening."""
    issue_token(
        cooperative=order.cooperative, purpose=TOKEN_PURPOSE, subject=order.number, fresh=True
    )
    _note(order, actor, "sales.link_renewed")


@transaction.atomic
def close_link(*, order: Order, actor: User) -> None:
    """Make every link to the order stop opening."""
    revoke_tokens(cooperative=order.cooperative, purpose=TOKEN_PURPOSE, subject=order.number)
    _note(order, actor, "sales.link_closed")


def _note(order: Order, actor: User, action: str) -> None:
    record(
        cooperative_id=order.cooperative_id,
        actor=actor,
        action=action,
        subject=order.number,
        for_party=order.buyer.party,
    )


def order_text(order: Order, *, link: str) -> str:
    """What the buyer is told of an order: how far it is, its day, one link; at most 600 signs."""
    progress = selectors.order_progress(order)
    text = _(
        "%(cooperative)s: order %(order)s, %(accepted)s of %(ordered)s pieces accepted, "
        "promised for %(day)s."
    ) % {
        "cooperative": order.cooperative.name,
        "order": order.number,
        "accepted": format_quantity(progress.accepted),
        "ordered": format_quantity(progress.ordered),
        "day": format_date(order.promised_date),
    }
    return _with_link(text, link)


def delivery_text(delivery: Delivery, *, link: str) -> str:
    """What the buyer is told of a delivery: what comes, and where to confirm; at most 600 signs."""
    pieces = sum((line.quantity for line in selectors.delivery_lines(delivery)), Decimal(0))
    text = _(
        "%(cooperative)s: %(pieces)s pieces were sent on %(day)s with %(delivery)s for order "
        "%(order)s. Please count and check them, then confirm."
    ) % {
        "cooperative": delivery.cooperative.name,
        "pieces": format_quantity(pieces),
        "day": format_date(delivery.sent_on),
        "delivery": delivery.number,
        "order": delivery.order.number,
    }
    return _with_link(text, link)


def _with_link(text: str, link: str) -> str:
    return f"{text} {link}".strip()[:LONGEST_MESSAGE]


@transaction.atomic
def note_opened(*, order: Order, subject: str, text: str, actor: User) -> Message:
    """Keep that a text to the buyer was opened in WhatsApp; nobody can know whether it was sent."""
    return note_message(
        cooperative=order.cooperative,
        party=order.buyer.party,
        template="delivery" if subject != order.number else "order",
        subject=subject,
        text=text,
        actor=actor,
    )


@transaction.atomic
def note_print(*, cooperative: Cooperative, number: str, actor: User) -> int:
    """Note that a paper was printed; answers how often it was before, for "salinan ke-n"."""
    before = audit_trail(cooperative=cooperative, subject=number).filter(action="sales.printed")
    count = before.count()
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="sales.printed",
        subject=number,
        facts={"copy": count},
    )
    return count
