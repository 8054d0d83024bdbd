"""Money of a member who leaves: it is shown first, and given back whatever became of the round."""

import pytest

from canting.cooperatives.rules import Role
from canting.rounds import selectors, services
from tests.field_reports.ground import assert_clean
from tests.rounds.market import CLOSED, OPENED
from tests.rounds.test_pages import Desk, set_day


def left_here(market, found, maker, amount):
    return services.take_deposit(
        found=found,
        member=market.member(maker),
        amount=amount,
        cash_place="cash_main",
        on=OPENED,
        actor=market.actor,
    )


def becomes(member, status) -> None:
    type(member).objects.filter(pk=member.pk).update(status=status)


def lying(market) -> list[tuple[str, int, bool]]:
    rows = selectors.lying_deposits(cooperative=market.cooperative)
    return [(row.member.full_name, row.amount, row.leaves) for row in rows]


@pytest.fixture
def cancelled(market):
    """A round was called off; Aminah's and Buriyah's money is kept."""
    found = market.open()
    left_here(market, found, "M1", 60_000)
    left_here(market, found, "M2", 40_000)
    services.cancel_round(found=found, reason="Hujan", on=CLOSED, actor=market.actor)
    return found


@pytest.mark.parametrize("status", ["leaving", "left"])
def test_a_leavers_money_stands_first_and_goes_back(market, cancelled, monkeypatch, status):
    her = market.member("M2")
    becomes(her, status)
    assert lying(market) == [("Buriyah", 40_000, True), ("Aminah", 60_000, False)]
    set_day(monkeypatch, CLOSED)
    desk = Desk(market, Role.CASHIER)
    page = desk.look("belanja/")
    path = f"belanja/uang/kembali/{her.number}/{cancelled.number}"
    assert desk.path(path) in page
    assert page.index("Buriyah") < page.index("Aminah")
    desk.look(path)
    desk.write(path, amount="40.000", cash_place="cash_main")
    assert market.owes("M2", "round_deposit") == 0
    assert lying(market) == [("Aminah", 60_000, False)]
    assert_clean(market.cooperative)


def test_in_a_round_under_way_only_a_leavers_money_is_without_a_use(market):
    found = market.open()
    left_here(market, found, "M1", 60_000)
    assert lying(market) == []
    becomes(market.member("M1"), "leaving")
    assert lying(market) == [("Aminah", 60_000, True)]
    services.give_back(
        found=found,
        party=market.member("M1").party,
        amount=60_000,
        cash_place="cash_main",
        on=CLOSED,
        actor=market.actor,
    )
    assert lying(market) == []


def test_what_a_later_round_uses_lies_here_no_more(market, cancelled):
    later = market.open(title="Malam April")
    party = market.member("M1").party
    services.carry_over(found=later, party=party, on=CLOSED, actor=market.actor)
    assert lying(market) == [("Buriyah", 40_000, False)]
    becomes(market.member("M1"), "left")
    assert lying(market) == [("Aminah", 60_000, True), ("Buriyah", 40_000, False)]


def test_who_may_not_handle_money_sees_it_without_the_act(market, cancelled, monkeypatch):
    set_day(monkeypatch, CLOSED)
    page = Desk(market, Role.SUPERVISOR).look("belanja/")
    assert "Aminah" in page
    assert "belanja/uang/kembali" not in page
