"""Naphthol bought or handed out without its salt is said, never refused."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from canting.catalogue.services import Part, create_item, keep_dye_recipe
from canting.cooperatives.rules import Role
from canting.purchasing import selectors, services
from canting.purchasing.selectors import OutLine
from tests import builders
from tests.production.workshop import JAN_1
from tests.rounds.market import CAME, ORDERED, Market

D = Decimal
# The cloth recipe of batik.md 2.4 [S47]: naphthol : caustic soda : diazo salt = 1 : 0.5 : 2.
RATIO = (("Soda api", "5"), ("Garam diazo", "20"))


@pytest.fixture
def market(db, actor) -> Any:
    found: Any = Market(builders.cooperative(actor=actor, cutover=JAN_1), actor)
    make = {"cooperative": found.cooperative, "actor": actor}
    found.naphthol = create_item(name="Naphthol AS-D", kind="dye", unit="g", **make)
    others = {name: create_item(name=name, kind="dye", unit="g", **make) for name, _much in RATIO}
    found.soda, found.salt = others.values()
    keep_dye_recipe(
        name="Merah", measure="satu kain",
        parts=[
            Part(found.naphthol, "g", D(10), D(10)),
            *(Part(others[name], "g", D(much), D(much)) for name, much in RATIO),
        ],
        **make,
    )  # fmt: skip
    return found


def order(market, *lines):
    return services.place_order(
        cooperative=market.cooperative,
        supplier=market.solo,
        lines=[services.OrderLine(item, 1, "g", D(much), price) for item, much, price in lines],
        promised_on=CAME,
        on=ORDERED,
        actor=market.actor,
    )


def short(market, *lines, **facts):
    found = selectors.bought_without_partners(
        cooperative=market.cooperative, lines=[(item, D(much)) for item, much in lines], **facts
    )
    return {one.item.name: one.short for one in found}


def test_what_is_missing_is_named_to_the_gram(market):
    assert short(market, (market.naphthol, 500)) == {"Soda api": 250, "Garam diazo": 1_000}
    assert short(market, (market.naphthol, 500), (market.salt, 900), (market.soda, 250)) == {
        "Garam diazo": 100
    }
    assert short(market, (market.mori, 500)) == {}


def test_what_lies_in_the_store_or_is_on_its_way_counts(market):
    coming = order(market, (market.salt, 1_000, 200_000))
    assert short(market, (market.naphthol, 500)) == {"Soda api": 250}
    # The order that is looked at does not count twice for itself.
    assert short(market, (market.naphthol, 500), order=coming)["Garam diazo"] == 1_000
    market.receive(coming)
    assert short(market, (market.naphthol, 500)) == {"Soda api": 250}


def test_the_order_is_written_and_its_page_warns(market):
    made = order(market, (market.naphthol, 500, 150_000))
    client = Client()
    client.force_login(builders.person_with_role(market.cooperative, Role.MANAGER))
    slug = market.cooperative.slug
    page = client.get(reverse("purchasing:order_detail", args=[slug, made.number])).text
    assert "Garam diazo" in page
    assert "1.000 g" in page
    market.receive(made)
    page = client.get(reverse("purchasing:order_detail", args=[slug, made.number])).text
    assert "Garam diazo" not in page


def test_a_hand_out_without_the_salt_is_made_and_its_page_warns(market):
    market.receive(order(market, (market.naphthol, 500, 150_000), (market.salt, 500, 90_000)))
    make = {"cooperative": market.cooperative, "member": market.member("M1"), "mode": "custody",
            "basis": "commission", "on": date(2027, 3, 16), "actor": market.actor}  # fmt: skip
    paper = services.hand_out(lines=[OutLine(market.naphthol, D(100))], **make)
    lines = [(line.item, line.base_quantity) for line in selectors.hand_out_lines(paper)]
    found = selectors.handed_without_partners(cooperative=market.cooperative, lines=lines)
    assert {one.item.name: one.short for one in found} == {"Soda api": 50, "Garam diazo": 200}
    client = Client()
    client.force_login(builders.person_with_role(market.cooperative, Role.STOREKEEPER))
    slug = market.cooperative.slug
    address = reverse("purchasing:hand_out_detail", args=[slug, paper.number])
    assert "200 g" in client.get(address).text
    whole = services.hand_out(
        lines=[OutLine(market.naphthol, D(10)), OutLine(market.salt, D(20))], **make
    )
    lines = [(line.item, line.base_quantity) for line in selectors.hand_out_lines(whole)]
    found = selectors.handed_without_partners(cooperative=market.cooperative, lines=lines)
    assert [one.item.name for one in found] == ["Soda api"]
