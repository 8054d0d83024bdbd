"""Money in and out and between places: the entries of the worked year, and every refusal."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from canting.cash import selectors
from canting.cash.errors import (
    BadAmount,
    NotEnoughCash,
    NotThatMuchOwed,
    SamePlace,
    TooMuchWithheld,
    UnknownPlace,
    UnknownPurpose,
)
from canting.cash.rules import PURPOSES
from canting.cash.services import move_cash, pay_cash, receive_cash
from canting.cooperatives import selectors as house
from canting.cooperatives.errors import BadUpload
from canting.ledger import selectors as ledger
from canting.ledger.errors import PeriodClosed
from canting.ledger.rules import ROLES, Draft, credit, debit
from canting.ledger.services import close_month, post_entry
from tests.cash.conftest import MAY_2
from tests.ledger import worked_year

PHOTO = b"\xff\xd8\xff\xdb\x00\x04\x01\x02\xff\xda\x00\x02picture\xff\xd9"


def pay(cooperative, actor, purpose="electricity", amount=150_000, place="cash_main", **facts):
    given: dict[str, Any] = {"memo": "Listrik Mei", "on": MAY_2} | facts
    return pay_cash(
        cooperative=cooperative, purpose=purpose, amount=amount, place=place, actor=actor, **given
    )


def receive(cooperative, actor, purpose="other_in", amount=50_000, place="bank", **facts):
    given: dict[str, Any] = {"memo": "Sewa meja", "on": MAY_2} | facts
    return receive_cash(
        cooperative=cooperative, purpose=purpose, amount=amount, place=place, actor=actor, **given
    )


def lines(paper):
    return [
        (ref.account, str(ref.side), ref.amount, str(ref.business))
        for ref in ledger.lines_of(entry=selectors.entry_of(paper=paper))
    ]


def worked(event):
    """The lines of an event of the worked year, as the test above spells them."""
    found = next(e for e in worked_year.read("events")["events"] if e["id"] == event)
    return found["kind"], [
        (line["role"], line["side"], line["amount"], line.get("tag") or "")
        for line in found["lines"]
    ]


def test_a_payment_gets_the_next_number_and_leaves_the_drawer(funded, actor, balance, broken):
    first, second = pay(funded, actor), pay(funded, actor, "transport", 20_000)
    assert (first.number, second.number) == ("BK/2026/05/0001", "BK/2026/05/0002")
    assert lines(first) == [("utilities", "D", 150_000, ""), ("cash_main", "K", 150_000, "")]
    assert balance("cash_main") == 830_000
    assert ledger.is_reversed(entry=selectors.entry_of(paper=first)) is None
    assert broken() == []


def test_bank_interest_keeps_the_tax_apart_as_in_the_worked_year(funded, actor, broken):
    paper = receive(funded, actor, "bank_interest", 50_000, withheld=10_000)
    assert (selectors.entry_of(paper=paper).kind, lines(paper)) == worked("E102")
    assert paper.number == "KW/2026/05/0001"
    assert broken() == []


def test_a_service_to_others_is_their_business(funded, actor):
    paper = receive(funded, actor, "service_others", 800_000)
    assert lines(paper)[1] == ("service_n", "K", 800_000, "nonmember")


def test_money_moved_is_no_income_and_fits_the_worked_year(funded, actor, balance, broken):
    receive(funded, actor, amount=2_000_000, place="cash_till")
    paper = move_cash(
        cooperative=funded, amount=3_000_000, place="cash_till", to_place="bank",
        memo="Setor laci ke bank", on=MAY_2, actor=actor,
    )  # fmt: skip
    assert (selectors.entry_of(paper=paper).kind, lines(paper)) == worked("E088")
    assert (balance("cash_till"), balance("bank")) == (0, 4_000_000)
    assert broken() == []


@pytest.mark.parametrize("purpose", list(PURPOSES.values()), ids=list(PURPOSES))
def test_every_purpose_stands_on_an_account_of_the_chart(purpose):
    assert purpose.role in ROLES
    assert bool(purpose.business) == (ROLES[purpose.role].code < "5" and purpose.comes_in)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"amount": 0}, BadAmount),
        ({"amount": -5}, BadAmount),
        ({"purpose": "jajan"}, UnknownPurpose),
        ({"place": "other_income"}, UnknownPlace),
        ({"amount": 1_000_001}, NotEnoughCash),
        ({"purpose": "final_tax", "amount": 1}, NotThatMuchOwed),
    ],
)
def test_a_payment_is_refused_with_a_reason_and_no_trace(funded, actor, balance, facts, refusal):
    with pytest.raises(refusal), transaction.atomic():
        pay(funded, actor, **facts)
    assert balance("cash_main") == 1_000_000
    assert not selectors.papers(cooperative=funded, kind="payment").exists()
    assert pay(funded, actor).number == "BK/2026/05/0001"


def test_interest_cannot_be_taxed_more_than_it_is(funded, actor, balance):
    with pytest.raises(TooMuchWithheld), transaction.atomic():
        receive(funded, actor, "bank_interest", 50_000, withheld=50_000)
    assert balance("bank") == 1_000_000


def test_money_does_not_move_where_it_is_nor_what_is_not_there(funded, actor):
    facts = {"cooperative": funded, "memo": "x", "on": MAY_2, "actor": actor}
    with pytest.raises(SamePlace), transaction.atomic():
        move_cash(amount=5, place="cash_main", to_place="cash_main", **facts)
    with pytest.raises(NotEnoughCash), transaction.atomic():
        move_cash(amount=1_000_001, place="cash_till", to_place="bank", **facts)


def test_tax_and_funds_are_paid_only_as_far_as_they_stand(funded, actor, balance, broken):
    tax = [debit("tax_final", 30_900), credit("pph_final_payable", 30_900)]
    post_entry(cooperative=funded, draft=Draft("t", MAY_2, "tax_final", "PPh", tax), actor=actor)
    paper = pay(funded, actor, "final_tax", 30_900, "bank", memo="Setor PPh final")
    assert selectors.entry_of(paper=paper).kind == "tax_paid"
    assert balance("pph_final_payable") == 0
    with pytest.raises(NotThatMuchOwed, match="Rp0"), transaction.atomic():
        pay(funded, actor, "final_tax", 1, "bank")
    assert broken() == []


def test_a_closed_month_takes_no_paper(funded, actor, balance):
    for month in range(1, 6):
        close_month(
            cooperative=funded, month=date(2026, month, 1), on=date(2026, 6, 1), actor=actor
        )
    with pytest.raises(PeriodClosed), transaction.atomic():
        pay(funded, actor)
    assert balance("cash_main") == 1_000_000
    assert pay(funded, actor, on=date(2026, 6, 1)).number == "BK/2026/06/0001"


def test_the_photo_of_the_nota_stays_with_its_paper(funded, actor):
    photo = SimpleUploadedFile("nota.jpg", PHOTO)
    paper = pay(funded, actor, photo=photo)
    (kept,) = house.attachments(cooperative=funded, subjects=[paper.number])
    assert kept.media_type == "image/jpeg"
    with pytest.raises(BadUpload), transaction.atomic():
        pay(funded, actor, photo=SimpleUploadedFile("nota.jpg", b"MZ"))
    assert selectors.papers(cooperative=funded, kind="payment").count() == 1
