"""Where practice differs: the other choice changes how it is told, never the surplus or the ties."""

from datetime import date

import pytest

from canting.cooperatives.services import set_parameter
from canting.reports.statements import Period, books_of, surplus
from tests.ledger import worked_year

YEAR = Period(date(2027, 1, 1), date(2027, 12, 31))


@pytest.fixture
def year(actor):
    return worked_year.posted(actor)


def choose(cooperative, actor, **values):
    for name, value in values.items():
        set_parameter(
            cooperative=cooperative,
            name=name.replace("__", "."),
            value=value,
            valid_from=date(2027, 1, 1),
            source="Keputusan 1/2027",
            actor=actor,
        )


def told(cooperative):
    return surplus(cooperative=cooperative, since=YEAR.since, until=YEAR.until)


@pytest.mark.parametrize(
    "choice",
    [
        {"ledger__cost_key": "gross"},
        {"ledger__cost_key": "fixed", "ledger__cost_key_percent": "70"},
        {"ledger__member_base": "class"},
        {"ledger__commission_is_member": False},
        {"ledger__penalty_place": "other"},
        {"ledger__member_cloth_role": "agent"},
        {"reports__interest_flow": "financing"},
        {"reports__funds_flow": "operating"},
    ],
)
def test_any_choice_leaves_the_surplus_and_every_tie(year, actor, choice):
    choose(year, actor, **choice)
    books = books_of(cooperative=year, period=YEAR)
    assert books.result.after_tax.total == 3_533_425
    assert [tie.key for tie in books.ties() if not tie.holds] == []


def test_a_statement_of_a_day_before_the_choice_keeps_the_old_one(year, actor):
    set_parameter(
        cooperative=year,
        name="ledger.cost_key",
        value="fixed",
        valid_from=date(2028, 1, 1),
        source="RAT",
        actor=actor,
    )
    assert told(year).key == (28_870_000, 2_719_980)


def test_penalties_may_stand_below_and_agents_tell_their_margin_alone(year, actor):
    choose(year, actor, ledger__penalty_place="other")
    found = told(year)
    assert (found.revenue.member, found.other.total) == (28_920_000, -204_980)
    choose(year, actor, ledger__member_cloth_role="agent")
    found = told(year)
    assert found.revenue.member == 28_920_000 - 11_360_000
    assert found.cost.member == 18_646_358 - 11_360_000


def test_commission_may_be_others_business(year, actor):
    choose(year, actor, ledger__commission_is_member=False)
    found = told(year)
    assert found.revenue.nonmember == 2_719_980 + 9_450_000
    assert found.cost.nonmember == 1_350_000 + 4_660_530


def test_interest_and_funds_move_between_the_classes(year, actor):
    before = books_of(cooperative=year, period=YEAR).cash
    choose(year, actor, reports__interest_flow="financing", reports__funds_flow="operating")
    after = books_of(cooperative=year, period=YEAR).cash
    assert after.total("op") == before.total("op") + 300_000 - 800_000
    assert after.total("fin") == before.total("fin") - 300_000 + 800_000
    assert after.movement == before.movement
