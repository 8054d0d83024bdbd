"""Numbers of papers in the demonstration, and a session for each of its people."""

from django.contrib.auth import get_user_model
from django.test import Client

from canting.cooperatives import selectors as house
from canting.cooperatives.services import issue_token
from canting.portal.demo.stage import SLUG
from canting.sales import selectors as sales
from canting.settlement import selectors as settlement
from canting.stock import selectors as stock


def facts() -> dict[str, str]:
    """What the addresses of `tools/pages.py` are filled with."""
    made = house.cooperative_by_slug(SLUG)
    assert made is not None
    order = sales.orders(cooperative=made).order_by("-id")[2]
    slip = settlement.slips(cooperative=made).first()
    lot = stock.sellable_lots(made).first()
    assert slip is not None
    assert lot is not None
    token = issue_token(cooperative=made, purpose="order", subject=f"sales.order:{order.number}")
    found = {
        "order": order.number,
        "member": "A-0001",
        "slip": slip.number,
        "token": token.token,
        "cloth": lot.lot.label,
    }
    for user in get_user_model().objects.filter(is_demo=True):
        client = Client()
        client.force_login(user)
        found[f"session:{user.username}"] = client.cookies["sessionid"].value
    return found
