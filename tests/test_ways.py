"""Every page that a role may open is found from its home by links, and no link leads nowhere."""

import pytest
from django.test import Client

from canting.cooperatives.rules import Role
from canting.cooperatives.selectors import all_rights
from canting.taxes.services import state_fact
from tests import builders
from tests.portal.clock import stop_clock
from tests.portal.house import House
from tests.production.workshop import JAN_1
from tests.test_doors import addresses
from tests.ways import Walk, view_of

CLICKS = 3
# Pages that are no place to go to: what they are instead.
NO_PLACES = {
    "members:member_hints": "a piece of the page of cash, asked while a name is typed",
    "savings:deposit_hint": "a piece of the page of deposits, asked while a name is typed",
    "portal:paper": "leads from an entry to its paper, and nowhere without one",
}


@pytest.fixture
def house(actor, monkeypatch) -> House:
    stop_clock(monkeypatch)
    made = House(builders.cooperative(actor=actor, cutover=JAN_1), actor)
    made.work()
    made.sell()
    made.save()
    # A VAT payer has all pages of the others, and those of VAT.
    state_fact(
        cooperative=made.cooperative, kind="pkp", value="on", valid_from=JAN_1, actor=actor,
        document="SPPKP 7", tax_number="09.876.543.2-101.000",
    )  # fmt: skip
    return made


def places(slug: str, role: Role) -> dict[str, str]:
    """The pages of a cooperative that show no single paper and that a role may open, by view."""
    rights = {right for right, roles in all_rights().items() if role in roles}
    here = f"/{slug}/"
    found = {}
    for one in addresses():
        plain = one.route.count("<") == 1 and "cooperative>" in one.route
        if plain and one.door in rights and one.path(slug).startswith(here):
            found[view_of(one.path(slug))] = one.path(slug)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_every_page_is_at_most_three_clicks_from_home(house, role):
    slug = house.cooperative.slug
    party = house.makers["M4"].party if role == Role.MEMBER else None
    client = Client()
    client.force_login(builders.person_with_role(house.cooperative, role, party=party))
    walk = Walk(client, slug)
    walk.go(f"/{slug}/", CLICKS)
    known = places(slug, role)
    far = {
        view
        for view, path in known.items()
        if view not in walk.clicks and view not in NO_PLACES and client.get(path).status_code != 405
    }
    assert far == set()
    assert walk.broken == set()
    assert len(walk.clicks) > (10 if role == Role.MEMBER else 30)
