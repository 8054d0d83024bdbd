"""The demonstration: an invented cooperative's year, built through the services only.

The same seed and the same day give the same cooperative, to the rupiah.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from canting.cooperatives import selectors as house
from canting.cooperatives.services import create_user
from canting.portal.demo import cast, clock, stage
from canting.portal.demo.calendar import Calendar
from canting.portal.demo.daily import bank_list, budget_of_year, daily_story
from canting.portal.demo.duties import begin, duties_of_month
from canting.portal.demo.farewell import farewell_story
from canting.portal.demo.making import advance_story, buy_materials
from canting.portal.demo.money import founding_shares, month_of_money, second_parts
from canting.portal.demo.neighbour import build_neighbour
from canting.portal.demo.office import fair, month_of_costs, open_books
from canting.portal.demo.partner import partner_story
from canting.portal.demo.property import property_story
from canting.portal.demo.shop import dye_recipe, month_of_shop, own_limit
from canting.portal.demo.suppliers import offers, order_story
from canting.portal.demo.surplus import surplus_story
from canting.portal.demo.together import together
from canting.portal.demo.trading import month_of_orders
from canting.portal.demo.watch import supervision

if TYPE_CHECKING:
    from canting.cooperatives.models import User

SEED = 1945
NAME = "Koperasi Batik Rengganis"
PLACE = "Krejengan, Kab. Probolinggo"


def build(*, today: date, seed: int = SEED) -> None:
    """Build both demonstration cooperatives up to yesterday."""
    system = house.system_user()
    calendar = Calendar(today)
    with clock.at(clock.moment(calendar.begins)):
        made = ground(calendar, seed, system)
    plan(made, calendar)
    calendar.run()
    yesterday = today - timedelta(days=1)
    with clock.at(clock.moment(yesterday)):
        budget_of_year(made, yesterday)
        bank_list(made, yesterday)
    build_neighbour(today=today, system=system)
    create_user(
        username="dinas",
        full_name="Petugas Dinas Koperasi",
        called_name="Petugas Dinas",
        is_demo=True,
        officer_of="35.13",
    )


def ground(calendar: Calendar, seed: int, system: User) -> stage.Stage:
    """The first day: the house, its people, members, goods, partners and opening balances."""
    made = stage.Stage(
        cooperative=stage.open_house(stage.SLUG, NAME, PLACE, calendar.begins, system),
        dice=random.Random(seed),
        users={},
    )
    stage.bring_people(made, system)
    stage.set_by_laws(made, calendar.begins)
    stage.bring_members(made, calendar.begins)
    stage.let_members_in(made)
    stage.bring_goods(made, calendar.begins)
    stage.bring_partners(made, calendar.begins)
    stage.bring_staff(made, calendar.begins)
    dye_recipe(made)
    open_books(made)
    return made


def plan(made: stage.Stage, calendar: Calendar) -> None:
    """Write the whole year into the calendar; what lies after yesterday is left for the user."""
    first = calendar.begins
    calendar.add(first + timedelta(days=1), lambda day: founding_shares(made, day))
    calendar.add(first, lambda day: begin(made, day))
    calendar.add(first + timedelta(days=40), lambda day: second_parts(made, day))
    calendar.add(first + timedelta(days=100), lambda day: advance_story(made, calendar, day))
    calendar.add(first + timedelta(days=200), lambda day: fair(made, calendar, day))
    offers(made, calendar)
    order_story(made, calendar)
    together(made, calendar)
    property_story(made, calendar)
    surplus_story(made, calendar)
    daily_story(made, calendar)
    partner_story(made, calendar)
    own_limit(made, calendar)
    farewell_story(made, calendar)
    supervision(made, calendar)
    for month in calendar.months():
        calendar.add(month.replace(day=2), lambda day: buy_materials(made, calendar, day))
        month_of_orders(made, calendar, month)
        month_of_costs(made, calendar, month)
        month_of_money(made, calendar, month)
        duties_of_month(made, calendar, month)
        month_of_shop(made, calendar, month)


def sign_ins() -> list[tuple[str, str]]:
    """User name and whom it plays, in the order of the house."""
    return [
        *((player.username, f"{player.called_name}, {player.role}") for player in cast.OFFICERS),
        ("anggota", "Bu Siti, member"),
        ("anggota2", "Bu Hos, member"),
        ("dinas", "Dinas Koperasi"),
    ]
