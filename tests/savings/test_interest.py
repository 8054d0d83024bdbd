"""Interest on voluntary savings: shown before, booked once, taxed as a whole above the limit."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from canting.cooperatives.errors import LicenceNeeded
from canting.cooperatives.rules import Role
from canting.cooperatives.services import set_parameter
from canting.ledger import selectors as ledger
from canting.portal import selectors as portal
from canting.savings import selectors
from canting.savings.errors import (
    AlreadyReversed,
    InterestTwice,
    LaterPaper,
    MonthRuns,
    NoInterest,
    ReasonNeeded,
)
from canting.savings.rules import interest_of, lowest
from canting.savings.services import book_interest, correct_interest, deposit, withdraw
from canting.taxes.errors import SlipGivenOut
from canting.taxes.rules import savings_interest_tax
from canting.taxes.services import correct_slip, issue_slips
from tests import builders

START, MONTH, DAY = date(2026, 2, 2), date(2026, 3, 1), date(2026, 3, 31)


def set_rate(cooperative, actor, percent="6"):
    set_parameter(
        cooperative=cooperative, name="savings.interest_percent", value=percent,
        valid_from=cooperative.cutover_date, source="RAT 2026", actor=actor,
    )  # fmt: skip


@pytest.fixture
def save(licensed, actor, new_member):
    def make(amount, name="Siti Aminah", on=START):
        member = new_member(START, name=name)
        deposit(
            cooperative=licensed, member=member, kind="voluntary", amount=amount,
            cash_place="cash_main", on=on, actor=actor,
        )  # fmt: skip
        return member

    set_rate(licensed, actor)
    return make


def book(cooperative, actor, **facts):
    known = {"month": MONTH, "on": DAY}
    return book_interest(cooperative=cooperative, actor=actor, **(known | facts))


def is_sound(cooperative):
    found = [one for one in portal.verification(cooperative=cooperative) if not one.holds]
    return [(one.name, one.breaches) for one in found] == []


@pytest.mark.parametrize(
    ("interest", "tax"), [(240_000, 0), (240_001, 24_000), (300_000, 30_000), (0, 0)]
)
def test_above_240_000_a_month_the_whole_interest_bears_ten_percent(interest, tax):
    assert savings_interest_tax(interest, 240_000, Decimal(10)) == tax


@given(st.integers(0, 10**12), st.decimals(0, 100, places=2))
def test_a_month_is_a_twelfth_within_half_a_rupiah(balance, percent):
    exact = Decimal(balance) * percent / 1200
    assert abs(Decimal(interest_of(balance, percent)) - exact) <= Decimal("0.51")


def test_the_lowest_balance_counts_what_stood_at_the_end_of_each_day():
    first = date(2026, 3, 1)
    assert lowest(100, {}, first) == 100
    assert lowest(0, {first: 70}, first) == 70
    assert lowest(0, {date(2026, 3, 5): 70}, first) == 0
    assert lowest(100, {date(2026, 3, 5): -80, date(2026, 3, 6): 500}, first) == 20


def test_a_month_below_the_limit_bears_no_tax(licensed, actor, save):
    siti = save(4_000_000)
    save(1_000_000, name="Bu Ani", on=date(2026, 3, 9))
    run = book(licensed, actor)
    assert (run.gross, run.tax, run.lines.count()) == (20_000, 0, 1)
    assert selectors.holdings(cooperative=licensed, member=siti).voluntary == 4_020_000
    assert ledger.balance(cooperative=licensed, role="savings_interest") == 20_000
    assert is_sound(licensed)


def test_above_the_limit_the_whole_interest_bears_tax_and_gets_a_slip(licensed, actor, save):
    siti = save(60_000_000)
    save(48_000_000, name="Bu Ani")
    run = book(licensed, actor)
    assert (run.gross, run.tax) == (540_000, 30_000)
    assert selectors.holdings(cooperative=licensed, member=siti).voluntary == 60_270_000
    assert ledger.balance(cooperative=licensed, role="pph42_withheld") == 30_000
    (slip,) = issue_slips(cooperative=licensed, month=MONTH, on=DAY, actor=actor)
    assert (slip.kind, slip.base, slip.tax, slip.party) == ("pph42", 300_000, 30_000, siti.party)
    act = {"run": run, "reason": "salah", "on": DAY, "actor": actor}
    with pytest.raises(SlipGivenOut):
        correct_interest(**act)
    correct_slip(slip=slip, reason="salah", on=DAY, actor=actor, again=False)
    correct_interest(again=False, **act)
    assert ledger.balance(cooperative=licensed, role="pph42_withheld") == 0
    assert ledger.balance(cooperative=licensed, role="savings_interest") == 0
    assert is_sound(licensed)


def test_what_cannot_be_booked_leaves_no_trace(licensed, actor, save, new_member):
    before = ledger.book(cooperative=licensed).position
    with pytest.raises(NoInterest):
        book(licensed, actor)
    save(4_000_000)
    with pytest.raises(MonthRuns):
        book(licensed, actor, on=date(2026, 3, 30))
    set_rate(licensed, actor, "0")
    with pytest.raises(NoInterest):
        book(licensed, actor)
    assert ledger.book(cooperative=licensed).position == before + 1
    assert not selectors.interest_runs(cooperative=licensed).exists()


def test_without_a_licence_nothing_is_booked(cooperative, actor):
    with pytest.raises(LicenceNeeded):
        book(cooperative, actor)


def test_a_month_is_booked_once_and_put_right_once(licensed, actor, save):
    siti = save(4_000_000)
    run = book(licensed, actor)
    with pytest.raises(InterestTwice):
        book(licensed, actor)
    act = {"run": run, "on": DAY, "actor": actor}
    with pytest.raises(ReasonNeeded):
        correct_interest(reason=" ", **act)
    set_rate(licensed, actor, "12")
    made = correct_interest(reason="tarif baru", **act)
    assert (made.gross, run.number != made.number) == (40_000, True)
    with pytest.raises(AlreadyReversed):
        correct_interest(reason="lagi", **act)
    assert selectors.holdings(cooperative=licensed, member=siti).voluntary == 4_040_000
    withdraw(
        cooperative=licensed, member=siti, kind="voluntary", amount=4_010_000,
        cash_place="bank", on=DAY, actor=actor,
    )  # fmt: skip
    with pytest.raises(LaterPaper):
        correct_interest(run=made, reason="salah", on=DAY, actor=actor)
    assert is_sound(licensed)


def test_the_page_shows_each_member_before_and_books_what_was_seen(
    licensed, actor, save, client_as
):
    save(4_000_000)
    client, slug = client_as(Role.CASHIER, licensed), licensed.slug
    page = reverse("savings:interest_page", args=[slug]) + "?bulan=2026-03"
    shown = client.get(page).text
    assert "Siti Aminah" in shown
    assert "Rp20.000" in shown

    def post(seen):
        typed = {"on": "31/3/2026", "seen": seen, "request_key": uuid.uuid4().hex}
        return client.post(page, typed)

    assert post("19000").status_code == 422
    made = post("20000")
    assert made.status_code == 302
    assert "Siti Aminah" in client.get(made["Location"]).text
    fix = made["Location"].replace("lihat", "betulkan")
    cancel = {"only_cancel": "on", "on": "31/3/2026", "reason": "x"}
    assert client.post(fix, cancel | {"request_key": uuid.uuid4().hex}).status_code == 302
    assert "Rp20.000" in client.get(page).text
    other = builders.cooperative(actor=actor, slug="lain")
    path = made["Location"].replace(slug, "lain", 1)
    assert client_as(Role.CASHIER, other).get(path).status_code == 404
    assert client_as(Role.STOREKEEPER, licensed).get(page).status_code == 403
    assert (
        client_as(Role.CASHIER, other)
        .get(reverse("savings:interest_page", args=["lain"]))
        .status_code
        == 200
    )
