"""The worked year, whole: every event through its service, then every balance and statement."""

from datetime import date

import pytest

from canting.ledger import selectors as ledger
from canting.portal import selectors as portal
from canting.reports.statements import Period, member_lines, promotion
from canting.stock.models import StockBalance
from tests.reports.shown import members_economy_of, statements_of
from tests.stories.worked_year import EXPECTED, LEFT_OUT, Year

pytestmark = pytest.mark.django_db
LAST_DAY = date(2027, 12, 31)
PLACES = {"store": "store", "custody": "custody"}


@pytest.fixture
def year() -> Year:
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
