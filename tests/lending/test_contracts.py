"""A contract with a partner: prepared by one, approved by another, put right before money moves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from canting.cooperatives.rules import Role
from canting.cooperatives.selectors import audit_trail
from canting.ledger.errors import ReasonNeeded
from canting.lending import selectors, services
from canting.lending.errors import (
    AlreadyApproved,
    AlreadyReversed,
    BadAmount,
    BadRate,
    BadTerms,
    ContractKnown,
    FirstDueTooEarly,
    SamePerson,
    SomethingFollows,
)
from canting.lending.models import Facility
from tests import builders
from tests.corrections import draft_on, send
from tests.lending.conftest import JUN_15, TERMS
from tests.portal.clock import stop_clock

JUN_1 = date(2026, 6, 1)


def test_it_posts_nothing_and_waits_for_the_board(desk):
    before = desk.papers()
    made = services.prepare_facility(
        financier=desk.partner, deal=desk.deal(), on=JUN_1, **desk.make
    )
    assert (made.state, made.role, desk.papers()) == ("prepared", "partner_loan", before)
    waiting = selectors.waiting_contracts(cooperative=desk.coop)
    assert waiting == [("lending:facility_detail", made.number, "BUMN Uji")]
    assert desk.is_sound()


def test_two_people_are_needed(desk):
    made = services.prepare_facility(
        financier=desk.partner, deal=desk.deal(), on=JUN_1, **desk.make
    )
    with pytest.raises(SamePerson) as refused:
        services.approve_facility(facility=made, on=JUN_1, actor=desk.actor)
    assert made.number in str(refused.value)
    approved = services.approve_facility(
        facility=made, on=JUN_1, actor=desk.board, decision="Rapat 3"
    )
    assert (approved.state, approved.approved_by) == ("approved", desk.board)
    with pytest.raises(AlreadyApproved):
        services.approve_facility(facility=made, on=JUN_1, actor=desk.board)
    acts = [one.action for one in audit_trail(cooperative=desk.coop, subject=made.number)]
    assert acts == ["lending.facility_approved", "lending.facility_prepared"]


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"limit": 0}, BadAmount),
        ({"terms": TERMS._replace(grace=10)}, BadTerms),
        ({"terms": TERMS._replace(instalments=0)}, BadTerms),
        ({"terms": TERMS._replace(rate=Decimal(101))}, BadRate),
        ({"terms": TERMS._replace(first_due=JUN_1)}, FirstDueTooEarly),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(desk, facts, error):
    with pytest.raises(error):
        services.prepare_facility(
            financier=desk.partner, deal=desk.deal(**facts), on=JUN_1, **desk.make
        )
    assert not Facility.objects.exists()


def test_a_contract_is_written_once(desk):
    first = desk.facility()
    with pytest.raises(ContractKnown) as refused:
        desk.facility()
    assert first.number in str(refused.value)


def test_an_account_for_each_kind_of_partner(desk):
    bank = services.add_financier(name="Bank Uji", kind="bank", on=JUN_1, **desk.make)
    assert desk.facility(financier=bank, contract="KUR-1").role == "bank_loan"
    assert desk.facility(contract="A-1", mode="agent").role == "onlend_held"


def test_it_is_put_right_until_something_stands_on_it(desk):
    wrong = desk.facility()
    again = {"financier": desk.partner, "deal": desk.deal(limit=15_000_000)}
    with pytest.raises(ReasonNeeded):
        services.correct_facility(facility=wrong, reason=" ", on=JUN_15, actor=desk.actor)
    right = services.correct_facility(
        facility=wrong, reason="Plafon salah", on=JUN_15, actor=desk.actor, replacement=again
    )
    wrong.refresh_from_db()
    assert (wrong.state, wrong.successor, right.state) == ("reversed", right, "prepared")
    with pytest.raises(AlreadyReversed):
        services.correct_facility(facility=wrong, reason="Lagi", on=JUN_15, actor=desk.actor)
    services.approve_facility(facility=right, on=JUN_15, actor=desk.board)
    drawn = services.draw(
        facility=right, amount=1_000_000, place="bank", on=JUN_15, actor=desk.actor
    )
    with pytest.raises(SomethingFollows) as refused:
        services.correct_facility(facility=right, reason="Lagi", on=JUN_15, actor=desk.actor)
    assert drawn.number in str(refused.value)
    assert desk.is_sound()


def test_its_betulkan_is_on_its_page_until_money_is_drawn(desk, monkeypatch):
    stop_clock(monkeypatch, datetime(2026, 6, 16, 5, tzinfo=UTC))
    facility = desk.facility()
    client = Client()
    client.force_login(builders.person_with_role(desk.coop, Role.MANAGER))
    page = f"/{desk.coop.slug}/mitra/akad/lihat/{facility.number}"
    correct = page.replace("lihat", "betulkan")
    assert correct in client.get(page).text
    typed = draft_on(client.get(correct).text, correct, "reason").values
    assert send(client, correct, typed, reason="").status_code == 422
    answer = send(client, correct, typed, reason="Plafon salah", limit="12.000.000")
    assert answer.status_code == 302
    right = builders.there(Facility.objects.exclude(pk=facility.pk).first())
    assert (right.limit, right.state, right.contract) == (12_000_000, "prepared", "PK-12/2026")
    assert correct not in client.get(page).text
    services.approve_facility(facility=right, on=JUN_15, actor=desk.board)
    services.draw(facility=right, amount=1_000, place="bank", on=JUN_15, actor=desk.actor)
    assert "betulkan" not in client.get(page.replace(facility.number, right.number)).text
