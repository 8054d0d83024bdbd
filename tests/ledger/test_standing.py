"""Papers beside their entries: what the checks of every domain ask of the books."""

import pytest

from canting.assets import invariants as assets
from canting.assets.models import Asset
from canting.assets.services import Thing, buy_asset
from canting.cash import invariants as cash
from canting.cash.models import CashPaper
from canting.cash.services import receive_cash
from canting.cooperatives.rules import PartyKind
from canting.ledger import selectors
from canting.ledger.services import reverse_source
from canting.taxes import invariants as taxes
from canting.taxes.models import ServiceBill
from canting.taxes.services import pay_bill
from tests import builders

DAY = builders.CUTOVER


@pytest.fixture
def papers(db):
    """One paper of each domain, beside its table and the check that reads it."""
    actor = builders.user("rini")
    coop = builders.cooperative(actor=actor)
    make = {"cooperative": coop, "actor": actor, "on": DAY}
    receipt = receive_cash(purpose="other_in", amount=9_000_000, place="bank", memo="Modal", **make)
    thing = Thing(
        name="Kompor", asset_class="machine", cost=6_000_000, life_months=60, used_since=DAY
    )
    asset = buy_asset(thing=thing, place="bank", **make)
    firm = builders.party(coop, PartyKind.SUPPLIER, "CV Celup", "P-0001")
    bill = pay_bill(kind="service", party=firm, memo="Celup", gross=1_000_000, place="bank", **make)
    return [
        (CashPaper, receipt, cash.papers_stand_in_the_books),
        (Asset, asset, assets.papers_stand_in_the_books),
        (ServiceBill, bill, taxes.papers_stand_in_the_books),
    ]


def test_papers_that_agree_with_the_books_are_whole(papers):
    for _table, paper, check in papers:
        assert list(check(paper.cooperative)) == []


def test_a_paper_that_says_reversed_beside_a_standing_entry_is_named(papers):
    for table, paper, check in papers:
        table.objects.filter(pk=paper.pk).update(state="reversed")
        (fault,) = check(paper.cooperative)
        assert paper.number in fault


def test_a_paper_whose_entry_is_not_there_is_named(papers):
    for table, paper, check in papers:
        table.objects.filter(pk=paper.pk).update(number="XX/2026/0099")
        (fault,) = check(paper.cooperative)
        assert "XX/2026/0099" in fault


def test_more_papers_than_one_question_holds_are_all_asked_for(papers):
    _table, paper, _check = papers[0]
    known = {f"none:{number}": False for number in range(1_200)}
    faults = list(selectors.standing_faults(cooperative=paper.cooperative, papers=known))
    assert len(faults) == 1_200


def test_a_paper_that_posted_nothing_is_put_right_without_an_entry(papers):
    coop = papers[0][1].cooperative
    before = selectors.book(cooperative=coop).position
    reverse_source(
        cooperative=coop, source="none:1", on=DAY, reason="Salah", actor=builders.user("a")
    )
    assert selectors.book(cooperative=coop).position == before
