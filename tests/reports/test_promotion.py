"""Members' economy from the papers: what counts, what does not, and what the meeting decided."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from canting.catalogue.services import set_price
from canting.cooperatives.rules import Role
from canting.cooperatives.services import set_parameter
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entries
from canting.members.services import admit_member
from canting.purchasing.selectors import OutLine
from canting.purchasing.services import correct_hand_out, hand_out
from canting.quality.rules import Finding, Result
from canting.quality.services import delivery_of, inspect
from canting.reports.statements import Period, member_lines, promotion
from tests.production.workshop import FEB_3, JAN_1, Workshop

YEAR = Period(date(2027, 1, 1), date(2027, 12, 31))
MARCH = date(2027, 3, 1)


@pytest.fixture
def shop(actor):
    from tests import builders

    made = Workshop(builders.cooperative(actor=actor, cutover=JAN_1), actor)
    made.fund(50_000_000)
    made.stock_store()
    return made


@pytest.fixture
def maker(shop, actor):
    return admit_member(cooperative=shop.cooperative, full_name="Bu Uji", on=JAN_1, actor=actor)


def price(shop, item, price_list, amount, grade=""):
    set_price(
        cooperative=shop.cooperative,
        item=item,
        price_list=price_list,
        amount=amount,
        grade=grade,
        valid_from=JAN_1,
        place="Pasar Kraksaan",
        actor=shop.actor,
    )


def sold(shop, maker, quantity):
    return hand_out(
        cooperative=shop.cooperative,
        actor=shop.actor,
        member=maker,
        lines=[OutLine(shop.mori, Decimal(quantity))],
        mode="credit",
        basis="purchase",
        on=MARCH,
    )


def gains(shop):
    return {
        row.name: (row.materials, row.making, row.marketing)
        for row in promotion(cooperative=shop.cooperative, period=YEAR).rows
    }


def test_material_counts_by_real_price_and_quantity_and_a_reversed_paper_does_not(shop, maker):
    price(shop, shop.mori, "member", 22_000)
    price(shop, shop.mori, "market", 24_001)
    paper = sold(shop, maker, "2.25")
    # 2,25 x 24.001 = 54.002,25 less 49.500
    assert gains(shop)["Bu Uji"] == (4_502, 0, 0)
    lines = member_lines(cooperative=shop.cooperative, period=YEAR, party_id=maker.party_id)
    assert [(one.line.ours, one.line.market, one.gain) for one in lines] == [
        (49_500, 54_002, 4_502)
    ]
    correct_hand_out(paper=paper, reason="Salah orang", on=MARCH, actor=shop.actor)
    assert gains(shop).get("Bu Uji", (0, 0, 0)) == (0, 0, 0)


def test_what_has_no_price_elsewhere_is_told_and_not_counted(shop, maker):
    price(shop, shop.mori, "member", 22_000)
    sold(shop, maker, 10)
    found = promotion(cooperative=shop.cooperative, period=YEAR)
    assert found.unknown["materials"] == 220_000
    assert found.total("materials") == 0


def test_cloth_counts_by_its_grade(shop, maker):
    price(shop, shop.shirt, "purchase", 200_000, "A")
    price(shop, shop.shirt, "purchase", 150_000, "B")
    price(shop, shop.shirt, "market", 180_000, "A")
    price(shop, shop.shirt, "market", 160_000, "B")
    inspect(
        delivery=delivery_of(
            cooperative=shop.cooperative, member=maker, product=shop.shirt, basis="purchase"
        ),
        finding=Finding(Result.PASS, {"A": 3, "B": 2}),
        on=MARCH,
        actor=shop.actor,
    )
    assert gains(shop)["Bu Uji"] == (0, 0, 3 * 20_000 - 2 * 10_000)


def posted(shop, kind, on, lines):
    draft = Draft(f"uji:{kind}:{on}", on, kind, "Uji", lines)
    post_entries(cooperative=shop.cooperative, drafts=[draft], actor=shop.actor)


def test_savings_count_once_the_banks_rate_is_known(shop, maker):
    posted(shop, "savings_in", JAN_1, [
        debit("cash_main", 1_200_000), credit("savings_vol", 1_200_000, maker.party),
    ])  # fmt: skip
    posted(shop, "savings_interest", date(2027, 12, 31), [
        debit("savings_interest", 60_000), credit("savings_vol", 60_000, maker.party),
    ])  # fmt: skip
    assert promotion(cooperative=shop.cooperative, period=YEAR).total("savings") == 0
    set_parameter(
        cooperative=shop.cooperative,
        name="reports.bank_rate",
        value="2",
        valid_from=JAN_1,
        source="Bank Contoh, 1 Januari 2027",
        actor=shop.actor,
    )
    # Average 1.205.000 (the interest lies there one month of twelve), 2 percent of it is 24.100.
    found = promotion(cooperative=shop.cooperative, period=YEAR)
    assert found.total("savings") == 60_000 - 24_100


def test_what_the_meeting_shared_takes_the_place_of_the_proposal(shop, maker):
    posted(shop, "shares_in", JAN_1, [
        debit("cash_main", 500_000), credit("share_principal", 500_000, maker.party),
    ])  # fmt: skip
    posted(
        shop, "other_income", FEB_3, [debit("cash_main", 70_000), credit("other_income", 70_000)]
    )
    posted(shop, "surplus_split", date(2028, 3, 1), [
        debit("shu_previous", 70_000), credit("shu_payable", 50_000, maker.party),
        credit("reserve_general", 20_000),
    ])  # fmt: skip
    found = promotion(cooperative=shop.cooperative, period=YEAR)
    assert found.decided
    assert found.total("surplus") == 50_000


def test_a_members_page_shows_both_prices_and_leads_to_the_paper(shop, maker, client_as):
    price(shop, shop.mori, "member", 22_000)
    price(shop, shop.mori, "market", 24_000)
    paper = sold(shop, maker, 10)
    client = client_as(Role.SUPERVISOR, shop.cooperative)
    asked = {"dari": "2027-01-01", "sampai": "2027-12-31"}
    url = reverse("reports:member_gains", args=[shop.cooperative.slug, maker.number])
    html = client.get(url, asked).content.decode()
    assert "Rp240.000" in html
    assert "Rp20.000" in html
    assert paper.number in html
    report = reverse("reports:promotion_page", args=[shop.cooperative.slug])
    assert url in client.get(report, asked).content.decode()
    missing = reverse("reports:member_gains", args=[shop.cooperative.slug, "X-9"])
    assert client.get(missing).status_code == 404
