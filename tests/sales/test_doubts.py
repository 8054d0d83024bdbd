"""Doubtful money: set aside by buyer, written off by decision, paid after all, put right."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from canting.cooperatives.rules import Role
from canting.cooperatives.services import set_parameter
from canting.ledger import selectors as ledger
from canting.portal import selectors as portal
from canting.sales import errors, selectors, services
from canting.sales.models import DoubtPaper
from canting.sales.rules import OrderItem, Piece
from canting.sales.selectors import age_from, suggested
from tests import builders

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture
def owed(shop):
    """An invoice of Rp600.000 that a buyer has not paid."""
    lines = [OrderItem(shop.product(), Decimal(4), 150_000)]
    order = shop.order(lines=lines, retention_percent=Decimal(0))
    lot = shop.lot(quantity=4, value=400_000)
    sent = services.deliver(
        order=order, pieces=[Piece(lot.code, Decimal(4))], on=DAY, actor=shop.actor
    )
    services.confirm_delivery(delivery=sent, on=DAY, actor=shop.actor, confirmed_by="Ani")
    return services.issue_invoice(order=order, on=DAY, actor=shop.actor)


def put(owed, amount, why="Tidak menjawab", **more):
    return services.set_allowance(
        buyer=owed.buyer, amount=amount, why=why, on=owed.issued_on, actor=owed.made_by, **more
    )


def off(owed, amount, decision="RP-12/2026"):
    return services.write_off(
        invoice=owed, amount=amount, decision=decision, on=owed.issued_on, actor=owed.made_by
    )


def stands(cooperative, role):
    return ledger.balance(cooperative=cooperative, role=role)


def clean(cooperative):
    found = portal.verification(cooperative=cooperative)
    return [(one.name, one.breaches) for one in found if one.breaches] == []


def test_what_may_not_be_paid_stands_aside(cooperative, owed):
    put(owed, 300_000)
    assert stands(cooperative, "recv_allowance") == 300_000
    assert stands(cooperative, "impairment") == 300_000
    put(owed, 100_000)
    assert selectors.allowance_of(owed.buyer) == 100_000
    assert stands(cooperative, "impairment") == 100_000
    assert clean(cooperative)


@pytest.mark.parametrize(
    ("amount", "why", "refusal"),
    [(600_001, "x", errors.MoreThanOpen), (0, "x", errors.SameDoubt),
     (1, " ", errors.WhyNeeded), (-1, "x", errors.NothingPaid)],
)  # fmt: skip
def test_an_allowance_says_why_and_is_never_more_than_is_open(
    cooperative, owed, amount, why, refusal
):
    with pytest.raises(refusal):
        put(owed, amount, why)
    assert (stands(cooperative, "recv_allowance"), DoubtPaper.objects.count()) == (0, 0)


def test_the_allowance_bears_a_write_off_first(cooperative, owed):
    put(owed, 200_000)
    with pytest.raises(errors.WhyNeeded):
        off(owed, 500_000, " ")
    with pytest.raises(errors.MoreThanOpen, match=r"600\.000"):
        off(owed, 600_001)
    sold = stands(cooperative, "sales_commission")
    made = off(owed, 500_000)
    assert (made.amount, made.from_allowance) == (500_000, 200_000)
    assert stands(cooperative, "recv_allowance") == 0
    assert stands(cooperative, "impairment") == 500_000
    assert stands(cooperative, "recv_buyer") == 100_000
    assert selectors.open_amount(owed) == 100_000
    assert stands(cooperative, "sales_commission") == sold
    assert clean(cooperative)


def test_money_after_all_is_no_revenue_again(cooperative, owed):
    off(owed, 500_000)
    facts = {"invoice": owed, "cash_place": "bank", "on": owed.issued_on, "actor": owed.made_by}
    before = stands(cooperative, "bank")
    with pytest.raises(errors.MoreThanOpen, match=r"500\.000"):
        services.collect_after_all(amount=500_001, **facts)
    services.collect_after_all(amount=150_000, **facts)
    assert stands(cooperative, "bank") == before + 150_000
    assert stands(cooperative, "impairment") == 350_000
    assert selectors.written_off_left(owed) == 350_000
    assert clean(cooperative)


def test_the_last_paper_of_a_buyer_is_put_right_first(cooperative, owed):
    first = put(owed, 200_000)
    second = off(owed, 500_000)
    undo = {"reason": "Salah jumlah", "on": owed.issued_on, "actor": owed.made_by}
    with pytest.raises(errors.LaterDoubt, match=second.number):
        services.correct_doubt(paper=first, **undo)
    again = services.correct_doubt(paper=second, amount=400_000, **undo)
    assert again.amount == 400_000
    assert selectors.open_amount(owed) == 200_000
    with pytest.raises(errors.AlreadyReversed):
        services.correct_doubt(paper=second, **undo)
    services.correct_doubt(paper=again, **undo)
    services.correct_doubt(paper=first, **undo)
    assert stands(cooperative, "impairment") == 0
    assert selectors.open_amount(owed) == 600_000
    assert clean(cooperative)


def test_ages_suggest_what_the_board_decided(cooperative, owed, actor):
    late = owed.due_on + timedelta(days=120)
    assert selectors.judged(cooperative=cooperative, on=late)[0].suggested == 0
    set_parameter(
        cooperative=cooperative, name="sales.doubtful_percent_91", value="50",
        valid_from=date(2026, 1, 1), source="RP-1/2026", actor=actor,
    )  # fmt: skip
    (row,) = selectors.judged(cooperative=cooperative, on=late)
    assert (row.open, row.ages[91], row.suggested) == (600_000, 600_000, 300_000)


@pytest.mark.parametrize(
    ("days", "age"), [(-5, 0), (0, 0), (1, 1), (90, 1), (91, 91), (180, 91), (181, 181)]
)
def test_an_age_counts_from_the_day_due(days, age):
    due = date(2026, 3, 1)
    assert age_from(due_on=due, on=due + timedelta(days=days)) == age
    assert suggested({0: 101}, {0: Decimal(50)}) == 51


def path(cooperative, view, *parts):
    return reverse(f"sales:{view}", args=[cooperative.slug, *parts])


def test_the_pages_judge_and_write_off(cooperative, owed, client_as):
    manager, cashier = client_as(Role.MANAGER), client_as(Role.CASHIER)
    day = owed.issued_on.strftime("%d/%m/%Y")
    assert "Rp600.000" in cashier.get(path(cooperative, "doubt_list")).text
    allow = path(cooperative, "allowance_new", owed.buyer.party.number)
    assert cashier.get(allow).status_code == 403
    body = {"request_key": "cad-00001", "amount": "300.000", "why": "", "on": day}
    assert manager.post(allow, body).status_code == 422
    answer = manager.post(allow, {**body, "request_key": "cad-00002", "why": "Diam"})
    assert "Rp300.000" in manager.get(answer.url).text
    drop = path(cooperative, "write_off_new", owed.number)
    body = {"request_key": "hapus-001", "amount": "600.000", "decision": "RP-2", "on": day}
    answer = manager.post(drop, body)
    paper = DoubtPaper.objects.get(kind="write_off")
    assert answer.url == path(cooperative, "doubt_detail", paper.number)
    after = path(cooperative, "after_all_new", owed.number)
    body = {"request_key": "bayar-001", "amount": "50.000", "cash_place": "bank", "on": day}
    assert cashier.post(after, body).status_code == 302
    assert stands(cooperative, "impairment") == 550_000


def test_another_cooperative_does_not_see_it(cooperative, owed):
    made = put(owed, 1)
    other = builders.cooperative(slug="tetangga-ragu")
    stranger = Client()
    stranger.force_login(builders.person_with_role(other, Role.MANAGER))
    for view in ("doubt_detail", "doubt_correct"):
        assert stranger.get(path(other, view, made.number)).status_code == 404
        assert stranger.get(path(cooperative, view, made.number)).status_code in (403, 404)
