"""Sharing a closed year's surplus: by whom, how much, in one entry, and undone."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from canting.ledger import selectors as ledger
from canting.ledger.errors import ReasonNeeded, SurplusIsShared
from canting.ledger.services import reopen_year
from canting.surplus import errors, selectors, services
from canting.surplus.models import Sharing
from canting.surplus.rules import CASH, POOLS, paid_of_parts
from canting.surplus.services import Choice, Decision
from canting.surplus.statements import reckoning
from tests.surplus.conftest import DECISION, FEB_20, RAT, YEAR

USUAL = {pool: Decimal(usual) for pool, (_label, usual) in POOLS.items()}


def test_a_decision_is_booked_in_one_entry_whose_parts_are_the_whole_surplus(shared):
    entry = ledger.entry_by_source(
        cooperative=shared.coop, source=f"surplus.sharing:{shared.shared.number}"
    )
    assert (entry.kind, entry.entry_date, entry.own_date) == ("surplus_split", FEB_20, RAT)
    lines = ledger.lines_of(entry=entry)
    whole = next(line.amount for line in lines if line.account == "shu_previous")
    assert whole == shared.shared.surplus == sum(x.amount for x in lines if str(x.side) == "K")
    assert shared.net("shu_previous") == 0
    assert shared.broken() == []


def test_parts_follow_business_and_shares_to_the_rupiah(shared):
    parts = {p.party_id: p for p in selectors.parts(sharing=shared.shared)}
    pools = {p.key: p.amount for p in selectors.pools(sharing=shared.shared)}
    m1, m2, m3 = (parts[shared.party(key).pk] for key in ("M1", "M2", "M3"))
    assert (m1.patronage, m2.patronage, m3.patronage) == (1_320_000, 880_000, 0)
    assert (m1.capital, m2.capital, m3.capital) == (500_000, 500_000, 300_000)
    assert m3.by_patronage == 0
    assert m1.by_patronage + m2.by_patronage == pools["patronage"] > 0
    assert m1.by_capital + m2.by_capital + m3.by_capital == pools["capital"] > 0
    assert shared.owed("M1") == m1.total


def test_percentages_of_the_meeting_take_the_place_of_those_in_force(closed):
    chosen = USUAL | {"reserve": Decimal("32.5"), "area": Decimal("7.5")}
    made = closed.share(percents=chosen)
    pools = {p.key: p.percent for p in selectors.pools(sharing=made)}
    assert pools["area"] == Decimal("7.5")
    assert closed.net("fund_area") > 0


def test_preparing_books_nothing_and_the_preparer_does_not_sign(closed):
    made = closed.prepare()
    assert closed.net("shu_payable") == 0
    with transaction.atomic(), pytest.raises(errors.SamePerson, match=made.number):
        services.approve_sharing(sharing=made, on=FEB_20, actor=closed.shop.actor)
    assert closed.net("shu_payable") == 0
    first = services.approve_sharing(sharing=made, on=FEB_20, actor=closed.second)
    again = services.approve_sharing(sharing=made, on=FEB_20, actor=closed.second)
    assert first.pk == again.pk
    assert ledger.entries_of_paper(cooperative=closed.coop, paper=made.number).count() == 1


def test_what_cannot_be_shared_is_refused_and_leaves_no_trace(closed):
    def refused(kind, **facts):
        with transaction.atomic(), pytest.raises(kind):
            closed.prepare(**facts)

    refused(errors.YearNotClosed, year=2028, decision=Decision("1", date(2029, 1, 2)),
            on=date(2029, 1, 3))  # fmt: skip
    refused(errors.NotHundred, percents=USUAL | {"area": Decimal(5)})
    refused(errors.DecisionNeeded, decision=Decision("  ", RAT))
    refused(errors.MeetingTooEarly, decision=Decision("1", date(2027, 12, 31)))
    refused(errors.MeetingTooEarly, decision=Decision("1", date(2028, 3, 1)))
    assert Sharing.objects.count() == 0
    number = closed.prepare().number
    with transaction.atomic(), pytest.raises(errors.AlreadyShared, match=number):
        closed.prepare()
    assert Sharing.objects.count() == 1


def test_a_loss_is_never_shared(lost):
    with pytest.raises(errors.SurplusIsLoss, match=r"Rp3\.000\.000"):
        lost.prepare()


def test_a_loss_is_covered_in_order_and_the_rest_is_carried(lost):
    proposed = selectors.cover_proposed(cooperative=lost.coop, loss=3_000_000, on=FEB_20)
    assert proposed == {"reserve_general": 1_500_000, "reserve_risk": 1_000_000}
    facts = {"year": YEAR, "decision": DECISION, "on": FEB_20, **lost.make}
    for amounts, kind in (
        ({"reserve_general": 0}, errors.CoverNothing),
        ({"reserve_general": 1_500_001}, errors.ReserveTooSmall),
        ({"reserve_general": 1_500_000, "reserve_risk": 1_600_000}, errors.CoverTooMuch),
    ):
        with transaction.atomic(), pytest.raises(kind):
            services.prepare_cover(amounts=amounts, **facts)
    made = services.prepare_cover(amounts={"reserve_general": 1_500_000}, **facts)
    with transaction.atomic(), pytest.raises(errors.AlreadyShared):
        services.prepare_cover(amounts={"reserve_risk": 1}, **facts)
    services.approve_sharing(sharing=made, on=FEB_20, actor=lost.second)
    assert (lost.net("reserve_general"), lost.net("shu_previous")) == (0, -1_500_000)
    standing = selectors.standing_of_year(cooperative=lost.coop, year=YEAR)
    assert (standing.surplus, standing.covered, standing.loss_left) == (
        -3_000_000, 1_500_000, 1_500_000,
    )  # fmt: skip
    assert lost.broken() == []
    with pytest.raises(SurplusIsShared):
        reopen_year(cooperative=lost.coop, year=YEAR, reason="Salah", actor=lost.second)


def test_only_a_loss_is_covered(closed):
    with pytest.raises(errors.NoLoss):
        services.prepare_cover(
            year=YEAR, amounts={"reserve_general": 1}, decision=DECISION, on=FEB_20, **closed.make
        )


def test_a_prepared_decision_is_taken_back_with_a_reason(closed):
    made = closed.prepare()
    with transaction.atomic(), pytest.raises(ReasonNeeded):
        services.withdraw_sharing(sharing=made, reason=" ", actor=closed.shop.actor)
    services.withdraw_sharing(sharing=made, reason="Persen salah", actor=closed.shop.actor)
    with transaction.atomic(), pytest.raises(errors.NotPrepared):
        services.approve_sharing(sharing=made, on=FEB_20, actor=closed.second)
    assert closed.share().number != made.number
    assert closed.broken() == []


def test_a_booked_decision_is_undone_until_somebody_was_paid(shared):
    made = shared.shared
    with pytest.raises(SurplusIsShared):
        reopen_year(cooperative=shared.coop, year=YEAR, reason="Salah", actor=shared.second)
    choice = Choice(shared.party("M1"), CASH, 1_000)
    (paid,) = services.pay_parts(choices=[choice], on=FEB_20, cash_place="cash_main", **shared.make)
    undo = {"sharing": made, "reason": "Salah hitung", "on": FEB_20, "actor": shared.second}
    with transaction.atomic(), pytest.raises(errors.SomethingFollows, match="Aminah"):
        services.correct_sharing(**undo)
    services.correct_payout(
        payout=paid, reason="Batal", on=FEB_20, actor=shared.shop.actor, replacement=None
    )
    services.correct_sharing(**undo)
    assert shared.net("shu_payable") == shared.net("fund_board") == 0
    with transaction.atomic(), pytest.raises(errors.AlreadyReversed):
        services.correct_sharing(**undo)
    assert shared.share().surplus == made.surplus
    assert shared.broken() == []


def test_a_year_opened_again_after_preparing_is_not_booked(closed):
    made = closed.prepare()
    reopen_year(cooperative=closed.coop, year=YEAR, reason="Kurang", actor=closed.second)
    with pytest.raises(errors.YearNotClosed):
        services.approve_sharing(sharing=made, on=FEB_20, actor=closed.second)


def test_the_closed_years_reckoning_is_that_of_its_statements(closed):
    found = reckoning(cooperative=closed.coop, year=YEAR)
    assert found.surplus == ledger.result_of_closing(cooperative=closed.coop, year=YEAR)
    assert found.members_surplus > 0 < found.others_surplus
    assert sum(found.proposal.pools.values()) == found.surplus


@given(
    parts=st.dictionaries(st.integers(2000, 2100), st.integers(0, 10**9), max_size=8),
    paid=st.integers(0, 10**10),
)
def test_what_is_paid_settles_the_oldest_year_first(parts, paid):
    found = paid_of_parts(parts, paid)
    assert sum(found.values()) == min(paid, sum(parts.values()))
    unpaid = [year for year in sorted(parts) if found[year] < parts[year]]
    assert all(found[year] == 0 for year in unpaid[1:])
