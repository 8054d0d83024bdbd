"""What buying and handing out refuse, and that nothing is half done then."""

import pytest
from django.db import transaction

from canting.cash.errors import NotEnoughCash
from canting.catalogue.errors import NoPrice
from canting.ledger.models import JournalEntry
from canting.ledger.services import close_month
from canting.members.models import Member
from canting.purchasing import services
from canting.purchasing.errors import (
    BadPrice,
    CashPlaceNeeded,
    HoldsNothing,
    NoLines,
    NotActive,
    SupplierNeeded,
    UnknownMode,
    WrongBasis,
)
from canting.purchasing.models import HandOut, Purchase
from canting.stock.errors import NotEnoughStock
from canting.stock.models import StockMove
from tests.purchasing.worked_year import Year, day


@pytest.fixture
def year(db) -> Year:
    return Year()


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"lines": ()}, NoLines),
        ({"price": 0}, BadPrice),
        ({"supplier": None}, SupplierNeeded),
        ({"payment": "cash"}, CashPlaceNeeded),
        ({"freight": 5_000}, CashPlaceNeeded),
        ({"payment": "cash", "cash_place": "cash_till"}, NotEnoughCash),
    ],
)
def test_a_wrong_purchase_is_refused_and_leaves_no_trace(year, facts, refusal):
    lines = facts.pop("lines", None)
    price = facts.pop("price", 20_000)
    draft = services.PurchaseDraft(
        lines=[year.buy("mori", "100", price)] if lines is None else lines,
        **{"supplier": year.s1} | facts,
    )
    before = StockMove.objects.count(), JournalEntry.objects.count()
    with pytest.raises(refusal), transaction.atomic():
        services.receive_purchase(
            cooperative=year.coop, draft=draft, on=day(1, 5), actor=year.actor
        )
    assert (StockMove.objects.count(), JournalEntry.objects.count()) == before
    assert not Purchase.objects.exists()


@pytest.mark.parametrize(
    ("who", "mode", "line", "facts", "refusal"),
    [
        ("M1", "credit", ("mori", "201"), {}, NotEnoughStock),
        ("M1", "credit", ("mori", "1"), {"basis": "commission"}, WrongBasis),
        ("M1", "custody", ("mori", "1"), {"basis": "purchase"}, WrongBasis),
        ("M1", "gratis", ("mori", "1"), {}, UnknownMode),
        ("M1", "cash", ("mori", "1"), {}, CashPlaceNeeded),
        ("M1", "credit", ("dye", "1"), {}, NoPrice),
        (None, "credit", ("mori", "1"), {}, NotActive),
    ],
)
def test_a_wrong_hand_out_is_refused_and_leaves_no_trace(year, who, mode, line, facts, refusal):
    before = StockMove.objects.count(), JournalEntry.objects.count()
    with pytest.raises(refusal), transaction.atomic():
        year.hand(who, mode, day(1, 5), line, **facts)
    assert (StockMove.objects.count(), JournalEntry.objects.count()) == before
    assert not HandOut.objects.exists()


def test_who_left_gets_nothing_on_credit(year):
    Member.objects.filter(pk=year.people["M1"].pk).update(status="left")
    year.people["M1"].refresh_from_db()
    with pytest.raises(NotActive), transaction.atomic():
        year.hand("M1", "credit", day(1, 5), ("mori", "1"))


def test_what_she_does_not_hold_cannot_come_back(year):
    with pytest.raises(HoldsNothing, match="Darmi"), transaction.atomic():
        services.return_materials(
            cooperative=year.coop,
            member=year.people["M4"],
            lines=[year.out("mori", "1")],
            on=day(1, 5),
            actor=year.actor,
        )


def test_a_closed_month_refuses_material_by_every_door(year):
    from canting.ledger.errors import PeriodClosed

    old = year.hand("M1", "credit", day(1, 5), ("mori", "10"))
    close_month(cooperative=year.coop, month=day(1, 1), on=day(2, 1), actor=year.actor)
    with pytest.raises(PeriodClosed), transaction.atomic():
        year.hand("M1", "credit", day(1, 20), ("mori", "1"))
    with pytest.raises(PeriodClosed), transaction.atomic():
        services.correct_hand_out(paper=old, reason="Salah", on=day(1, 31), actor=year.actor)
    old.refresh_from_db()
    assert old.state == "posted"
    services.correct_hand_out(paper=old, reason="Salah", on=day(2, 1), actor=year.actor)
    assert HandOut.objects.get(pk=old.pk).state == "reversed"
