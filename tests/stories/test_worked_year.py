"""The worked year, whole: every event through its service, then every balance and statement."""

from datetime import date

import pytest

from canting.ledger import selectors as ledger
from canting.ledger.services import close_month, close_year, prepare_year
from canting.portal import selectors as portal
from canting.reports.statements import Period, member_lines, promotion
from canting.stock.models import StockBalance
from canting.surplus import services as surplus
from tests.reports.shown import members_economy_of, statements_of
from tests.stories.worked_year import EXPECTED, LEFT_OUT, Year

pytestmark = pytest.mark.django_db
LAST_DAY = date(2027, 12, 31)
PLACES = {"store": "store", "custody": "custody"}


@pytest.fixture
def year(settings, tmp_path) -> Year:
    settings.MEDIA_ROOT = tmp_path
    played = Year()
    played.play()
    return played


def test_the_year_through_the_services_gives_its_balances_to_the_rupiah(year):
    found = {
        row.code: row.net
        for row in ledger.trial_balance(cooperative=year.coop, as_of=LAST_DAY)
        if row.net
    }
    assert found == EXPECTED["trial_balance"]
    parties = {}
    for key, party in year.parties.items():
        for role, balance in ledger.balances_of_party(cooperative=year.coop, party=party).items():
            account = ledger.account_for(cooperative=year.coop, role=role)
            sign = 1 if account.normal == "D" else -1
            parties[f"{account.code} {key}"] = sign * balance
    assert parties == EXPECTED["parties"]
    stock = {
        (row.lot.item.code, row.lot.grade): (row.quantity, row.value)
        for row in StockBalance.objects.filter(cooperative=year.coop, quantity__gt=0)
    }
    assert sum(value for _, value in stock.values()) == sum(
        facts["value"] for facts in EXPECTED["stock"].values()
    )
    period = Period(date(2027, 1, 1), LAST_DAY)
    told = {**statements_of(year.coop, period), **members_economy_of(year.coop, period)}
    assert told == {name: EXPECTED[name] for name in told}
    for row in promotion(cooperative=year.coop, period=period).rows:
        gained = row.materials + row.making + row.marketing
        lines = member_lines(cooperative=year.coop, period=period, party_id=row.party_id)
        assert sum(one.gain or 0 for one in lines) == gained, row.name
    broken = [one for one in portal.verification(cooperative=year.coop) if not one.holds]
    assert [(one.name, one.breaches) for one in broken] == []
    assert len(year.done) >= 70
    assert all(LEFT_OUT.values())
    shared_next_spring(year)


def shared_next_spring(year):
    """The year closed, its own surplus is shared and booked as the reference says."""
    rat, second = date(2028, 3, 1), year.second
    for month in range(1, 13):
        close_month(month=date(2027, month, 1), on=rat, **year.make)
    prepare_year(year=2027, on=rat, **year.make)
    close_year(cooperative=year.coop, year=2027, on=rat, actor=second)
    owed = {key: shu(year, party) for key, party in year.parties.items()}
    decision = surplus.Decision("RAT 2027", rat)
    made = surplus.prepare_sharing(year=2027, decision=decision, on=rat, **year.make)
    surplus.approve_sharing(sharing=made, on=rat, actor=second)
    wanted = EXPECTED["surplus_split"]
    got = {
        key: shu(year, party) - owed[key]
        for key, party in year.parties.items()
        if key in wanted["members"]
    }
    assert got == {key: facts["total"] for key, facts in wanted["members"].items()}
    pools = {pool.key: pool.amount for pool in made.pools.all()}
    assert made.surplus == sum(pools.values()) == wanted["shu"]
    assert pools["reserve"] == wanted["pools"]["cadangan"]
    broken = [one for one in portal.verification(cooperative=year.coop) if not one.holds]
    assert [(one.name, one.breaches) for one in broken] == []


def shu(year, party):
    return ledger.party_balance(cooperative=year.coop, role="shu_payable", party=party)
