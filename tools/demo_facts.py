"""Numbers of papers in the demonstration, and a session for each of its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.test import Client

from canting.cooperatives import selectors as house
from canting.members import selectors as members
from canting.portal.demo.stage import SLUG
from canting.production import selectors as production
from canting.purchasing import selectors as purchasing
from canting.quality import selectors as quality
from canting.rounds import selectors as rounds
from canting.sales import selectors as sales
from canting.settlement import selectors as settlement
from canting.stock import selectors as stock
from canting.surplus import selectors as surplus

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

MEMBER = "A-0001"  # who signs in as "anggota"


def facts() -> dict[str, str]:
    """What the addresses of `tools/pages.py` are filled with."""
    made = house.cooperative_by_slug(SLUG)
    assert made is not None
    order = sales.orders(cooperative=made).order_by("-id")[2]
    lot = stock.sellable_lots(made).first()
    assert lot is not None
    found = {
        "order": order.number,
        "member": MEMBER,
        "token": sales.order_token(order),
        "cloth": lot.lot.label,
        **_latest(made),
        **_hers(made),
    }
    for user in get_user_model().objects.filter(is_demo=True):
        client = Client()
        client.force_login(user)
        found[f"session:{user.username}"] = client.cookies["sessionid"].value
    return found


def _latest(made: Cooperative) -> dict[str, str]:
    """The latest paper of each kind, by number."""
    rows = {
        "slip": settlement.slips(cooperative=made),
        "inspection": quality.inspections(cooperative=made),
        "work": production.work_orders(cooperative=made),
        "hand_out": purchasing.hand_outs(cooperative=made),
        "purchase": purchasing.purchases(cooperative=made),
        "supplier_order": purchasing.orders(cooperative=made),
        "supplier_bill": purchasing.bills(cooperative=made),
        "quote": purchasing.quote_requests(cooperative=made),
        "delivery": sales.deliveries(cooperative=made),
        "invoice": sales.open_invoices(cooperative=made),
        "sharing": surplus.sharings(cooperative=made),
    }
    found = {name: papers.order_by("-id")[0].number for name, papers in rows.items()}
    later, earlier = rounds.rounds(cooperative=made)[:2]
    return found | {
        "buyer": sales.buyers(cooperative=made)[0].party.number,
        "round": earlier.number,
        "collecting": later.number,
    }


def _hers(made: Cooperative) -> dict[str, str]:
    """Papers of the member who signs in."""
    member = members.member_by_number(cooperative=made, number=MEMBER)
    assert member is not None
    slip = settlement.slips(cooperative=made, party_id=member.party_id).first()
    work = production.assignments_of(made, member.party_id)
    assert slip is not None
    assert work
    return {"her_slip": slip.number, "her_work": work[0].work_order.number}
