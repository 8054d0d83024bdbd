"""Needs of a round: asked, asked again, withdrawn, kept within a quota."""

from datetime import timedelta
from decimal import Decimal

import pytest

from canting.catalogue.errors import UnknownUnit
from canting.catalogue.services import set_unit
from canting.cooperatives.models import AuditRecord
from canting.quality import selectors as quality
from canting.rounds import selectors, services
from canting.rounds.errors import (
    AskingOver,
    BadNeed,
    NobodyActive,
    NotForBuying,
    NotYourRound,
    OverQuota,
    QuotaDay,
    WrongState,
)
from canting.rounds.models import Need, Quota
from canting.rounds.rules import NeedSource
from canting.rounds.services import Wish
from tests.rounds.market import DEADLINE, OPENED

D = Decimal
SECOND = OPENED + timedelta(days=2)


@pytest.fixture
def found(market):
    return market.open()


def ask(market, found, maker, item, quantity, *, on=OPENED, unit="", **facts) -> Need:
    member = market.member(maker) if maker else None
    wish = Wish(item=item, quantity=D(str(quantity)), unit=unit, member=member, **facts)
    return services.ask(found=found, wish=wish, on=on, actor=market.actor)


def test_a_need_keeps_what_was_asked_and_its_base_quantity(market, found):
    set_unit(item=market.mori, unit="pis", factor=D("16.002"), actor=market.actor)
    need = ask(market, found, "M1", market.mori, 2, unit="pis", source=NeedSource.PHONE)
    assert (need.quantity, need.unit, need.base_quantity) == (D(2), "pis", D("32.004"))
    assert (need.mode, need.basis) == ("credit", "purchase")
    trail = AuditRecord.objects.get(action="rounds.need_asked")
    assert trail.for_party == market.member("M1").party


def test_asked_again_it_takes_the_former_place_and_keeps_its_turn(market, found):
    first = ask(market, found, "M1", market.mori, 10)
    other = ask(market, found, "M2", market.mori, 5)
    again = ask(market, found, "M1", market.mori, 12)
    assert again.pk == first.pk
    assert [n.pk for n in selectors.standing_needs(found)] == [first.pk, other.pk]
    assert selectors.asked_of(found, market.mori) == D(17)


def test_the_same_need_twice_is_told_once(market, found):
    for _time in range(2):
        ask(market, found, "M1", market.mori, 10)
    assert AuditRecord.objects.filter(action__startswith="rounds.need").count() == 1


def test_a_withdrawn_need_asks_nothing_and_loses_its_turn(market, found):
    first = ask(market, found, "M1", market.mori, 10)
    ask(market, found, "M2", market.mori, 5)
    for _time in range(2):
        services.withdraw_need(need=first, on=OPENED, actor=market.actor)
    assert selectors.asked_of(found, market.mori) == D(5)
    assert AuditRecord.objects.filter(action="rounds.need_withdrawn").count() == 1
    ask(market, found, "M1", market.mori, 10)
    assert [n.member.number for n in selectors.standing_needs(found)] == [
        market.member("M2").number,
        market.member("M1").number,
    ]


@pytest.mark.parametrize("quantity", ["0", "-3"])
def test_nothing_and_less_cannot_be_asked(market, found, quantity):
    with pytest.raises(BadNeed) as refusal:
        ask(market, found, "M1", market.mori, quantity)
    assert market.mori.name in str(refusal.value)


def test_what_is_no_material_or_has_no_such_unit_is_refused(market, found):
    with pytest.raises(NotForBuying):
        ask(market, found, "M1", market.shop.shirt, 1)
    with pytest.raises(UnknownUnit):
        ask(market, found, "M1", market.mori, 1, unit="takar")
    assert not Need.objects.exists()


def test_after_the_last_day_and_after_the_plan_nobody_asks(market, found):
    need = ask(market, found, "M1", market.mori, 10, on=DEADLINE)
    late = DEADLINE + timedelta(days=1)
    with pytest.raises(AskingOver):
        ask(market, found, "M2", market.mori, 10, on=late)
    with pytest.raises(AskingOver):
        services.withdraw_need(need=need, on=late, actor=market.actor)
    market.plan(found, [(market.solo, market.mori, 1, 10, 180_000, 0)])
    with pytest.raises(WrongState):
        ask(market, found, "M2", market.mori, 10)


def test_who_has_left_asks_nothing(market, found):
    member = market.member("M1")
    member.status = "left"
    with pytest.raises(NotYourRound):
        services.ask(
            found=found, wish=Wish(market.mori, D(1), member=member), on=OPENED, actor=market.actor
        )


def test_many_needs_are_written_all_or_none(market, found):
    member = market.member("M1")
    wishes = [Wish(market.mori, D(1), member=member), Wish(market.malam, D(0), member=member)]
    with pytest.raises(BadNeed):
        services.ask_many(found=found, wishes=wishes, on=OPENED, actor=market.actor)
    assert not Need.objects.exists()


@pytest.fixture
def output(monkeypatch, market):
    """M1 had 6 pieces accepted lately and M2 two; nobody else worked (batik.md 2.7, Garut)."""
    made = {market.member("M1").party_id: 6, market.member("M2").party_id: 2}
    monkeypatch.setattr(quality, "accepted_by_party", lambda **_asked: made)


def quota(market, found, total="40", **facts) -> Quota:
    terms = {"step": D(1), "expires_on": SECOND, "on": OPENED} | facts
    return services.set_quota(
        found=found, item=market.mori, total=D(total), actor=market.actor, **terms
    )


def test_a_scarce_material_is_divided_by_recent_output(market, found, output):
    made = quota(market, found)
    assert {p.member.number: p.quantity for p in made.parts.all()} == {
        market.member("M1").number: D(30),
        market.member("M2").number: D(10),
    }
    again = quota(market, found, total="8")
    assert again.pk == made.pk
    assert sum(p.quantity for p in again.parts.all()) == D(8)


def test_the_idle_wait_until_the_quota_expires_then_what_is_left_is_open(market, found, output):
    quota(market, found)
    ask(market, found, "M1", market.mori, 20)
    with pytest.raises(OverQuota) as refusal:
        ask(market, found, "M2", market.mori, 11)
    assert "10 m" in str(refusal.value)
    with pytest.raises(OverQuota):
        ask(market, found, "M3", market.mori, 1)
    ask(market, found, "M3", market.mori, 20, on=SECOND)
    with pytest.raises(OverQuota):
        ask(market, found, "M2", market.mori, 1, on=SECOND)
    ask(market, found, "M1", market.mori, 15, on=SECOND)
    ask(market, found, "M2", market.mori, 5, on=SECOND)
    assert selectors.asked_of(found, market.mori) == D(40)


def test_another_material_and_the_store_know_no_quota(market, found, output):
    quota(market, found)
    ask(market, found, "M3", market.malam, 99)
    assert selectors.asked_of(found, market.malam) == D(99)
    assert ask(market, found, "", market.mori, 99).base_quantity == D(99)
    assert selectors.asked_of(found, market.mori) == 0


def test_a_quota_is_refused_where_it_could_bind_nobody(market, found, output, monkeypatch):
    for day in (OPENED, DEADLINE + timedelta(days=2)):
        with pytest.raises(QuotaDay):
            quota(market, found, expires_on=day)
    for total in ("0", "0.5"):
        with pytest.raises(BadNeed):
            quota(market, found, total=total)
    monkeypatch.setattr(quality, "accepted_by_party", lambda **_asked: {})
    with pytest.raises(NobodyActive):
        quota(market, found)
    assert not Quota.objects.exists()


def test_a_lifted_quota_binds_nobody(market, found, output):
    made = quota(market, found)
    with pytest.raises(OverQuota):
        ask(market, found, "M3", market.mori, 99)
    services.lift_quota(quota=made, on=OPENED, actor=market.actor)
    ask(market, found, "M3", market.mori, 99)
    assert selectors.asked_of(found, market.mori) == D(99)
