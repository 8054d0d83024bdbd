"""Advances, material facts and returns: what they refuse and how they are put right."""

from datetime import date

import pytest
from django.db import transaction

from canting.cash.errors import NotEnoughCash
from canting.production import selectors, services
from canting.production.errors import (
    AdvanceInUse,
    AlreadyReversed,
    BadTerms,
    NoPieces,
    NotHerCloth,
    NotMaterial,
    ReasonNeeded,
)
from canting.production.models import Advance, MaterialFact
from canting.production.rules import FactKind
from canting.stock import selectors as stock
from canting.stock.errors import NotEnoughStock
from tests.production.workshop import FEB_3, FEB_25, D

pytestmark = pytest.mark.django_db
MAR_6 = date(2027, 3, 6)


def terms(shop, **changed):
    facts = {
        "cooperative": shop.cooperative,
        "member": shop.makers["M6"],
        "product": shop.shirt,
        "pieces": 10,
        "amount": 1_000_000,
        "agreed_price": 1_300_000,
        "share_percent": 70,
        "due_date": FEB_25,
        "cash_place": "bank",
        "on": FEB_3,
        "actor": shop.actor,
    }
    return {**facts, **changed}


@pytest.mark.parametrize(
    "changed", [{"amount": 0}, {"agreed_price": 999_999}, {"share_percent": 101}, {"pieces": 0}]
)
def test_terms_that_cannot_hold_are_refused(shop, changed):
    shop.fund()
    with pytest.raises(BadTerms), transaction.atomic():
        services.give_advance(**terms(shop, **changed))
    assert not Advance.objects.exists()


def test_an_advance_cannot_take_more_than_the_drawer_holds(shop):
    shop.fund(500_000, place="cash_main")
    with pytest.raises(NotEnoughCash), transaction.atomic():
        services.give_advance(**terms(shop, cash_place="cash_main"))
    assert shop.balance("cash_main") == 500_000


def test_an_advance_is_put_right_until_cloth_came(shop):
    shop.fund()
    old = services.give_advance(**terms(shop))
    with pytest.raises(ReasonNeeded), transaction.atomic():
        services.cancel_advance(advance=old, reason="", on=FEB_25, actor=shop.actor)
    right = {
        name: value
        for name, value in terms(shop, amount=900_000).items()
        if name not in {"cooperative", "member", "product"}
    }
    made = services.correct_advance(advance=old, reason="Salah ketik", **right)
    old.refresh_from_db()
    assert (old.state, old.successor) == ("reversed", made)
    assert shop.balance("advance_maker", "M6") == 900_000
    with pytest.raises(AlreadyReversed), transaction.atomic():
        services.cancel_advance(advance=old, reason="Lagi", on=FEB_25, actor=shop.actor)
    shop.inspect(advance=made, counts={"A": 1})
    with pytest.raises(AdvanceInUse), transaction.atomic():
        services.cancel_advance(advance=made, reason="Terlambat", on=FEB_25, actor=shop.actor)
    shop.assert_books_balance()


def test_the_story_of_an_advance_is_told_in_its_figures(shop):
    shop.fund()
    contract = services.give_advance(**terms(shop))
    before = selectors.story_of(advance=contract)
    assert (before.paid, before.stock_value, before.share_agreed) == (1_000_000, 0, 210_000)
    shop.inspect(advance=contract, counts={"A": 10})
    after = selectors.story_of(advance=contract)
    assert (after.back, after.stock_value, after.share_booked) == (1_000_000, 1_210_000, 210_000)
    assert not after.is_sold
    assert after.ours == 0


@pytest.mark.parametrize(
    ("price", "share", "ours"),
    [
        (1_300_000, 210_000, 90_000),
        (1_250_000, 175_000, 75_000),
        (1_400_000, 280_000, 120_000),
        (950_000, 0, -50_000),
    ],
)
def test_the_margin_follows_the_price_really_got(shop, price, share, ours):
    """posting.md 2.4: V07, V08, V09; payable only now."""
    from canting.sales.rules import Piece
    from canting.sales.services import sell_at_gallery

    shop.fund()
    contract = services.give_advance(**terms(shop))
    paper = shop.inspect(advance=contract, counts={"A": 10})
    party = shop.makers["M6"].party
    assert selectors.held_margin_sources(shop.cooperative, party) == {
        f"quality.inspection:{paper.number}"
    }
    lot = stock.sellable_lots(shop.cooperative).get().lot
    sell_at_gallery(
        cooperative=shop.cooperative,
        pieces=[Piece(lot.code, D(10), price // 10)],
        on=MAR_6,
        actor=shop.actor,
    )
    story = selectors.story_of(advance=contract)
    assert story.is_sold
    assert (story.got, story.share_now, story.ours) == (price, share, ours)
    assert shop.balance("pay_maker", "M6") == share
    assert selectors.held_margin_sources(shop.cooperative, party) == set()


def test_material_facts_ask_for_reason_material_and_stock(stocked):
    fact = {
        "cooperative": stocked.cooperative,
        "kind": FactKind.OVERUSE,
        "member": stocked.makers["M4"],
        "item": stocked.mori,
        "quantity": D(1),
        "reason": "Salah potong",
        "on": FEB_25,
        "actor": stocked.actor,
    }
    for changed, refusal in (
        ({"reason": " "}, ReasonNeeded),
        ({"item": stocked.shirt}, NotMaterial),
        ({"quantity": D(51)}, NotEnoughStock),
    ):
        with pytest.raises(refusal), transaction.atomic():
            services.record_material_fact(**{**fact, **changed})
    assert not MaterialFact.objects.exists()
    assert stocked.balance("custody", "M4") == 1_597_243


def test_a_material_fact_is_put_right_with_another_amount(stocked):
    fact = services.record_material_fact(
        cooperative=stocked.cooperative,
        kind=FactKind.OVERUSE,
        member=stocked.makers["M4"],
        item=stocked.mori,
        quantity=D(2),
        reason="Salah potong",
        on=FEB_25,
        actor=stocked.actor,
    )
    made = services.correct_material_fact(
        fact=fact,
        reason="Hanya satu meter",
        kind=FactKind.WAIVED,
        quantity=D(1),
        on=FEB_25,
        actor=stocked.actor,
    )
    fact.refresh_from_db()
    assert (fact.state, fact.successor) == ("reversed", made)
    assert stocked.balance("recv_damage") == 0
    assert stocked.balance("quality_loss") == 19_393
    with pytest.raises(AlreadyReversed), transaction.atomic():
        services.correct_material_fact(fact=fact, reason="Lagi", on=FEB_25, actor=stocked.actor)
    stocked.assert_books_balance()


def test_cloth_goes_back_only_to_the_member_who_owned_it(stocked):
    shop = stocked
    order = shop.order({"M4": 1})
    shop.inspect(assignment=shop.part(order, "M4"))
    lot = stock.sellable_lots(shop.cooperative).get().lot
    back = {
        "cooperative": shop.cooperative,
        "lot": lot,
        "quantity": 1,
        "reason": "Cacat",
        "on": MAR_6,
        "actor": shop.actor,
    }
    with pytest.raises(NotHerCloth), transaction.atomic():
        services.return_to_maker(**back)
    for changed, refusal in (({"reason": ""}, ReasonNeeded), ({"quantity": 0}, NoPieces)):
        with pytest.raises(refusal), transaction.atomic():
            services.return_to_maker(**{**back, **changed})


def test_what_she_was_paid_already_becomes_a_claim_on_her(shop):
    from canting.ledger.rules import Draft, credit, debit
    from canting.ledger.services import post_entry

    shop.fund()
    shop.inspect(member=shop.makers["M1"], product=shop.shirt, basis="purchase")
    party = shop.makers["M1"].party
    post_entry(
        cooperative=shop.cooperative,
        draft=Draft(
            "test.slip:1",
            FEB_25,
            "settlement",
            "Slip",
            [debit("pay_maker", 210_000, party), credit("bank", 210_000)],
        ),
        actor=shop.actor,
    )
    lot = stock.sellable_lots(shop.cooperative).get().lot
    paper = services.return_to_maker(
        cooperative=shop.cooperative,
        lot=lot,
        quantity=1,
        reason="Cacat tersembunyi",
        on=MAR_6,
        actor=shop.actor,
    )
    assert shop.balance("pay_maker", "M1") == 0
    assert shop.balance("recv_member", "M1") == 210_000
    services.correct_return(paper=paper, reason="Ternyata baik", on=MAR_6, actor=shop.actor)
    assert shop.balance("recv_member", "M1") == 0
    assert stock.sellable_lots(shop.cooperative).get().quantity == 1
    shop.assert_books_balance()
