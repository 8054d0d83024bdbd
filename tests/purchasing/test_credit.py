"""Members' credit for material: how old it is, its limit, and when new credit stops."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from canting.catalogue.services import set_price
from canting.cooperatives.rules import Role
from canting.cooperatives.services import set_parameter
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from canting.purchasing import selectors, services
from canting.purchasing.errors import CreditOverdue, OverLimit
from canting.purchasing.models import HandOut
from canting.purchasing.rules.ages import bucket_of
from canting.purchasing.selectors import OutLine
from tests import builders
from tests.portal.clock import stop_clock
from tests.production.workshop import JAN_1, Workshop

D = Decimal
FEB_10, MAR_10 = date(2027, 2, 10), date(2027, 3, 10)
DUE = date(2027, 3, 1)


@pytest.fixture
def shop(db, actor) -> Workshop:
    made = Workshop(builders.cooperative(actor=actor, cutover=JAN_1), actor)
    made.stock_store()
    set_price(
        cooperative=made.cooperative,
        item=made.mori,
        price_list="member",
        amount=20_000,
        valid_from=JAN_1,
        actor=actor,
    )
    return made


def give(shop, maker="M1", metres=5, mode="credit", on=FEB_10) -> HandOut:
    return services.hand_out(
        cooperative=shop.cooperative,
        member=shop.makers[maker],
        lines=[OutLine(shop.mori, D(metres))],
        mode=mode,
        basis="purchase",
        on=on,
        actor=shop.actor,
        cash_place="bank" if mode == "cash" else None,
    )


def pay(shop, maker, amount, on=FEB_10) -> None:
    shop.fund(amount, "cash_main", on=on)
    post_entry(
        cooperative=shop.cooperative,
        draft=Draft(
            f"test.pay:{maker}:{amount}:{on}",
            on,
            "test",
            "Bayar bahan",
            [debit("cash_main", amount), credit("recv_member", amount, shop.makers[maker].party)],
        ),
        actor=shop.actor,
    )


def limit(shop, name, value) -> None:
    set_parameter(
        cooperative=shop.cooperative,
        name=name,
        value=value,
        valid_from=JAN_1,
        source="Rapat pengurus 1/2027",
        actor=shop.actor,
    )


def ages(shop, on):
    found = selectors.credit_ages(cooperative=shop.cooperative, on=on)
    return {row.member.full_name: row.amounts for row in found.rows}


@pytest.mark.parametrize(
    ("late", "bucket"),
    [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)],
)
def test_a_debt_is_not_overdue_on_its_day(late, bucket):
    assert bucket_of(DUE, DUE + timedelta(days=late)) == bucket


def test_credit_grows_older_bucket_by_bucket(shop):
    give(shop)
    give(shop, "M2", 2, mode="credit_on_sale")
    assert ages(shop, date(2027, 2, 28)) == {
        "Aminah": (100_000, 0, 0, 0, 0),
        "Buriyah": (40_000, 0, 0, 0, 0),
    }
    assert ages(shop, MAR_10)["Aminah"] == (0, 100_000, 0, 0, 0)
    assert ages(shop, date(2027, 6, 15))["Aminah"] == (0, 0, 0, 0, 100_000)
    long_stop = FEB_10 + timedelta(days=180)
    assert ages(shop, long_stop)["Buriyah"] == (40_000, 0, 0, 0, 0)
    assert ages(shop, long_stop + timedelta(days=1))["Buriyah"] == (0, 40_000, 0, 0, 0)


def test_what_was_paid_settled_the_oldest_and_a_correction_leaves_no_age(shop):
    give(shop, metres=5)
    give(shop, metres=3, on=MAR_10)
    wrong = give(shop, "M2", 4)
    services.correct_hand_out(paper=wrong, reason="Salah orang", on=MAR_10, actor=shop.actor)
    pay(shop, "M1", 130_000, on=MAR_10)
    found = selectors.credit_ages(cooperative=shop.cooperative, on=MAR_10)
    assert [(r.member.full_name, r.amounts) for r in found.rows] == [
        ("Aminah", (30_000, 0, 0, 0, 0))
    ]
    booked = sum(
        ledger.balance(cooperative=shop.cooperative, role=role)
        for role in ("recv_member", "recv_member_on_sale")
    )
    assert found.total == sum(found.sums) == booked


def test_above_the_limit_is_refused_with_what_is_left(shop):
    limit(shop, "credit.limit", 150_000)
    give(shop, metres=5)
    with pytest.raises(OverLimit) as refusal:
        give(shop, metres=3)
    for said in ("Aminah", "Rp100.000", "Rp150.000", "Rp60.000", "Rp50.000"):
        assert said in str(refusal.value)
    assert HandOut.objects.count() == 1
    give(shop, metres=3, mode="cash")
    give(shop, metres="2.5")
    give(shop, "M2", 5)


def test_long_overdue_credit_stops_new_credit(shop):
    limit(shop, "credit.overdue_days", 30)
    give(shop)
    give(shop, metres=1, on=DUE + timedelta(days=30))
    late = DUE + timedelta(days=31)
    with pytest.raises(CreditOverdue) as refusal:
        give(shop, metres=1, on=late)
    assert "Aminah" in str(refusal.value)
    give(shop, metres=1, on=late, mode="cash")
    pay(shop, "M1", 100_000, on=late)
    give(shop, metres=1, on=late)


def test_the_page_and_its_file_say_the_same(shop, client_as, monkeypatch):
    stop_clock(monkeypatch)
    client = client_as(Role.CASHIER, shop.cooperative)
    here = f"/{shop.cooperative.slug}/bahan/piutang/"
    assert client.get(here).status_code == 200
    give(shop)
    page = client.get(here).content.decode()
    for said in ("Aminah", "Rp100.000", "wa.me/6281234567890", "<svg"):
        assert said in page
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{here}?unduh=xlsx").getvalue()))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][:2] == [shop.makers["M1"].number, "Aminah"]
    assert rows[1][2:8] == [0, 100_000, 0, 0, 0, 100_000]


def test_the_page_asks_no_more_for_many_members_than_for_one(
    shop, client_as, monkeypatch, django_assert_max_num_queries
):
    stop_clock(monkeypatch)
    client = client_as(Role.CASHIER, shop.cooperative)
    here = f"/{shop.cooperative.slug}/bahan/piutang/"
    for maker in shop.makers:
        give(shop, maker, 2)
        give(shop, maker, 1, mode="credit_on_sale")
    client.get(here)
    with django_assert_max_num_queries(8):
        assert client.get(here).content.decode().count("Rp40.000") >= len(shop.makers)


def test_a_paper_may_be_put_right_downwards_though_the_limit_came_later(shop):
    paper = give(shop, metres=5)
    limit(shop, "credit.limit", 50_000)
    facts = {"reason": "Salah ukur", "on": FEB_10, "actor": shop.actor}
    with pytest.raises(OverLimit):
        services.correct_hand_out(paper=paper, lines=[OutLine(shop.mori, D(6))], **facts)
    right = services.correct_hand_out(paper=paper, lines=[OutLine(shop.mori, D(4))], **facts)
    assert right is not None
    assert right.total == 80_000
