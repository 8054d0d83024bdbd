"""Half an hour past midnight of New Year in Kraksaan the server's clock still says 2027.

A deposit taken then belongs to 2028. What may be done until the end of a day may be done until
midnight of the cooperative's own clock: in Makassar 24.00 on 31 December is 16.00 of the server's.
And a day without a time moves by none, wherever the phone is that shows or changes it.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from canting.cooperatives.models import Cooperative
from canting.cooperatives.rules import Role
from canting.cooperatives.services import issue_sign_in_link
from canting.kernel.dates import day_ends, local_day
from canting.ledger import selectors as ledger
from canting.members.models import Member
from canting.savings.models import Deposit
from tests.field_reports.ground import address, assert_clean, file_rows, send, shown
from tests.portal.clock import stop_clock

HALF_PAST_MIDNIGHT = datetime(2027, 12, 31, 17, 30, tzinfo=UTC)  # 00.30 WIB, 1 January 2028
NEW_YEAR, OLD_YEAR = date(2028, 1, 1), date(2027, 12, 31)


def test_a_deposit_at_half_past_midnight_belongs_to_the_new_year(
    cooperative, joined, client_as, monkeypatch
):
    wulan = joined("Wulan")
    stop_clock(monkeypatch, HALF_PAST_MIDNIGHT)
    cashier = client_as(Role.CASHIER)
    page = shown(cashier, cooperative, "savings:deposit_new")
    assert 'value="2028-01-01"' in page
    assert 'value="2027-12-31"' not in page
    answer = send(
        cashier, cooperative, "savings:deposit_new", key="kunci-tengah-malam", on="2028-01-01",
        member=wulan.number, kind="regular_share", amount="50.000", cash_place="cash_main",
    )  # fmt: skip
    assert answer.status_code == 302
    made = Deposit.objects.get()
    assert (made.deposit_date, made.number) == (NEW_YEAR, "KW/2028/01/0001")
    old = ledger.balances(cooperative=cooperative, as_of=OLD_YEAR)
    assert old.get("cash_main", 0) == 0
    assert ledger.balance(cooperative=cooperative, role="cash_main", as_of=NEW_YEAR) == 50_000
    manager = client_as(Role.MANAGER)
    code = ledger.account_for(cooperative=cooperative, role="cash_main").code
    of_2027 = shown(manager, cooperative, "ledger:account_ledger", code,
                    dari="2027-01-01", sampai="2027-12-31")  # fmt: skip
    assert made.number not in of_2027
    of_2028 = shown(manager, cooperative, "ledger:account_ledger", code,
                    dari="2028-01-01", sampai="2028-01-01")  # fmt: skip
    assert made.number in of_2028
    assert_clean(cooperative)


@pytest.mark.parametrize(
    ("zone", "ends"),
    [
        ("Asia/Jakarta", datetime(2027, 12, 31, 17, tzinfo=UTC)),
        ("Asia/Makassar", datetime(2027, 12, 31, 16, tzinfo=UTC)),
        ("Asia/Jayapura", datetime(2027, 12, 31, 15, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_of_the_cooperatives_clock(zone, ends):
    assert day_ends(OLD_YEAR, zone) == ends
    assert local_day(ends - timedelta(seconds=1), zone) == OLD_YEAR
    assert local_day(ends, zone) == NEW_YEAR


def test_a_link_works_to_the_end_of_the_day_it_names(
    cooperative, actor, joined, client_as, monkeypatch, settings
):
    """A cut-off of today's house: in Makassar, given on the 25th, it works through the 31st."""
    Cooperative.objects.filter(pk=cooperative.pk).update(zone="Asia/Makassar")
    cooperative.refresh_from_db()
    settings.PUBLIC_URL = "https://koperasi.example"
    wulan = joined("Wulan", phone="+6281200000001")
    stop_clock(monkeypatch, datetime(2027, 12, 25, 3, tzinfo=UTC))
    link = issue_sign_in_link(
        cooperative=cooperative, party=wulan.party, on=date(2027, 12, 25), actor=actor,
        phone=wulan.phone,
    )  # fmt: skip
    assert link.expires_at == datetime(2027, 12, 31, 16, tzinfo=UTC)
    address_of = reverse("sign_in_by_link", args=[link.token])
    stop_clock(monkeypatch, datetime(2027, 12, 31, 15, 59, tzinfo=UTC))
    assert Client().get(address_of).status_code == 200
    page = shown(client_as(Role.MANAGER), cooperative, "cooperatives:sign_in_link_detail",
                 wulan.number)  # fmt: skip
    assert "31%20Des%202027" in page
    assert "Jan%202028" not in page
    stop_clock(monkeypatch, datetime(2027, 12, 31, 16, 0, 1, tzinfo=UTC))
    assert Client().get(address_of).status_code == 410


@pytest.mark.parametrize("server", ["UTC", "Pacific/Honolulu", "Pacific/Kiritimati"])
def test_a_day_without_a_time_never_moves(cooperative, joined, client_as, server, monkeypatch):
    """Shown, changed on a phone and put into a file, whatever zone the server is set to."""
    born = date(1971, 1, 1)
    wulan = joined("Wulan", on=NEW_YEAR, birth_date=born)
    stop_clock(monkeypatch, HALF_PAST_MIDNIGHT)
    manager = client_as(Role.MANAGER)
    with override_settings(TIME_ZONE=server):
        form = shown(manager, cooperative, "members:member_edit", wulan.number)
        assert 'value="1971-01-01"' in form
        answer = send(
            manager, cooperative, "members:member_edit", wulan.number, key="kunci-ubah-1",
            full_name="Wulan", kind="ordinary", birth_date="1971-01-01", joined_on="2028-01-01",
        )  # fmt: skip
        assert answer.status_code == 302
        page = shown(manager, cooperative, "members:member_detail", wulan.number)
        assert "1 Jan 1971" in page
        assert "1 Jan 2028" in page
        rows = file_rows(manager.get(address(cooperative, "members:member_export", "xlsx")))
    again = Member.objects.get()
    assert (again.birth_date, again.joined_on) == (born, NEW_YEAR)
    joined_cell = list(rows[0].values())[6]
    assert str(joined_cell)[:10] == "2028-01-01"
