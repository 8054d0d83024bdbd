"""Goods are written down to what they would bring; back when that rises; released when they left."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from canting.catalogue.services import create_item
from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from canting.portal import selectors as portal
from canting.stock import errors, selectors
from canting.stock.closing import write_downs_are_released
from canting.stock.models import WriteDown
from canting.stock.rules import allowance_left, allowance_wanted
from canting.stock.services import (
    Price,
    correct_write_down,
    issue,
    make_lot,
    pool_lot,
    receive,
    release_write_downs,
    write_down,
)
from tests import builders

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)


class Goods:
    """Six kilos of recovered wax that cost Rp60.000."""

    def __init__(self, cooperative, actor):
        self.make = {"cooperative": cooperative, "actor": actor}
        self.cooperative = cooperative
        self.item = create_item(
            name="Malam bekas", kind="byproduct", unit="kg", code="bekas", **self.make
        )
        self.lot = pool_lot(self.item)
        self.take_in(self.lot, Decimal(6), 60_000, "byproduct_wax")

    def take_in(self, lot, quantity, value, role):
        receive(
            place=selectors.store(self.cooperative), lot=lot, quantity=quantity, value=value,
            on=ON, source=f"test:in-{lot.pk}", **self.make,
        )  # fmt: skip
        self.post(f"test:in-{lot.pk}", debit(role, value), credit("other_income", value))

    def take_out(self, quantity, number=1):
        moved = issue(
            place=selectors.store(self.cooperative), lot=self.lot, quantity=Decimal(quantity),
            on=ON, source=f"test:out-{number}", **self.make,
        )  # fmt: skip
        lines = debit("count_diff", moved.value), credit("byproduct_wax", moved.value)
        self.post(f"test:out-{number}", *lines)

    def post(self, source, *lines):
        draft = Draft(source, ON, "manual", "Uji", list(lines))
        post_entry(cooperative=self.cooperative, draft=draft, actor=self.make["actor"])

    def down(self, worth, evidence="Tawaran pengepul"):
        return write_down(lot=self.lot, price=Price(worth, evidence), on=ON, **self.make)

    @property
    def allowance(self):
        return ledger.balance(cooperative=self.cooperative, role="inv_allowance")

    @property
    def clean(self):
        found = portal.verification(cooperative=self.cooperative)
        return [one.name for one in found if one.breaches] == []


@pytest.fixture
def goods(cooperative, actor):
    return Goods(cooperative, actor)


def test_what_it_cost_above_its_price_is_written_down(goods):
    made = goods.down(40_000)
    assert (made.kind, made.amount, made.quantity) == ("down", 20_000, 6)
    assert goods.allowance == 20_000
    assert selectors.there_of(goods.lot) == (6, 60_000)
    assert goods.clean


def test_it_is_taken_back_when_the_price_rises_and_never_above_cost(goods):
    goods.down(40_000)
    made = goods.down(90_000)
    assert (made.kind, made.amount) == ("back", -20_000)
    assert goods.allowance == 0
    with pytest.raises(errors.SameAllowance, match=r"90\.000"):
        goods.down(90_000)
    assert goods.clean


@pytest.mark.parametrize(
    ("worth", "evidence", "refusal"),
    [(40_000, " ", errors.EvidenceNeeded), (60_000, "x", errors.SameAllowance),
     (-1, "x", errors.BadValue)],
)  # fmt: skip
def test_what_changes_nothing_or_says_nothing_is_refused(goods, worth, evidence, refusal):
    with pytest.raises(refusal):
        goods.down(worth, evidence)
    assert (goods.allowance, WriteDown.objects.count()) == (0, 0)


def test_nothing_is_written_down_where_nothing_is(goods):
    goods.take_out(6)
    with pytest.raises(errors.NothingThere, match="Malam bekas"):
        goods.down(1)


def test_a_piece_of_cloth_is_written_down_by_itself(goods, cooperative, actor):
    product = create_item(
        name="Sarung", kind="product", unit="pcs", code="sarung", technique="cap", **goods.make
    )
    lot = make_lot(
        item=product, basis="purchase", origin="member", grade="A",
        maker=None, on=ON, source="test:cloth", cooperative=cooperative,
    )  # fmt: skip
    goods.take_in(lot, Decimal(1), 200_000, "fg")
    write_down(lot=lot, price=Price(150_000, "Harga pameran"), on=ON, **goods.make)
    kinds = [entry.kind for entry in ledger.journal(cooperative=cooperative)]
    assert "ready_cloth_loss" in kinds
    assert goods.allowance == 50_000
    assert goods.clean


def test_what_has_left_takes_its_part_of_the_allowance_along(goods):
    goods.down(40_000)
    goods.take_out(2)
    assert len(list(write_downs_are_released(goods.cooperative, ON))) == 1
    (made,) = release_write_downs(on=ON, **goods.make)
    assert (made.kind, made.amount) == ("release", -6_667)
    assert goods.allowance == 13_333
    assert release_write_downs(on=ON, **goods.make) == []
    assert list(write_downs_are_released(goods.cooperative, ON)) == []
    goods.take_out(4, number=2)
    release_write_downs(on=ON, **goods.make)
    assert goods.allowance == 0
    assert goods.clean


def test_it_is_put_right_the_last_one_first(goods):
    first, second = goods.down(40_000), goods.down(30_000)
    undo = {"reason": "Salah harga", "on": ON, "actor": goods.make["actor"]}
    with pytest.raises(errors.LaterWriteDown, match=second.number):
        correct_write_down(paper=first, **undo)
    with pytest.raises(errors.ReasonNeeded):
        correct_write_down(paper=second, **{**undo, "reason": " "})
    again = correct_write_down(paper=second, price=Price(35_000, "Pasar"), **undo)
    assert goods.allowance == 25_000
    second.refresh_from_db()
    assert (second.state, second.replaced_by) == ("reversed", again.number)
    with pytest.raises(errors.AlreadyPutRight):
        correct_write_down(paper=second, **undo)
    assert goods.clean


def test_the_rules_never_go_above_cost_nor_below_nil():
    assert allowance_wanted(cost=60_000, worth=70_000) == 0
    assert allowance_wanted(cost=60_000, worth=0) == 60_000
    assert allowance_left(standing=10, written=Decimal(3), there=Decimal(0)) == 0
    assert allowance_left(standing=10, written=Decimal(3), there=Decimal(5)) == 10


def path(cooperative, view, *parts):
    return reverse(f"stock:{view}", args=[cooperative.slug, *parts])


def test_the_pages_show_and_book_it(goods, cooperative, client_as):
    manager, cashier = client_as(Role.MANAGER), client_as(Role.CASHIER)
    new = path(cooperative, "write_down_new")
    assert "bekas" in manager.get(new).text
    body = {"request_key": "turun-0001", "goods": "BEKAS", "worth": "40.000", "on": "2/3/2026"}
    assert manager.post(new, {**body, "evidence": ""}).status_code == 422
    answer = manager.post(new, {**body, "request_key": "turun-0002", "evidence": "Pengepul"})
    made = WriteDown.objects.get()
    assert answer.url == path(cooperative, "write_down_detail", made.number)
    assert "Pengepul" in cashier.get(answer.url).text
    assert cashier.get(new).status_code == 403
    assert "Rp20.000" in cashier.get(path(cooperative, "write_down_list")).text
    goods.take_out(3)
    release = path(cooperative, "write_down_release")
    assert manager.post(release, {"request_key": "lepas-0001"}).status_code == 302
    assert goods.allowance == 10_000


def test_another_cooperative_does_not_see_it(goods, cooperative):
    made = goods.down(40_000)
    other = builders.cooperative(slug="tetangga-turun")
    stranger = Client()
    stranger.force_login(builders.person_with_role(other, Role.MANAGER))
    for view in ("write_down_detail", "write_down_correct"):
        assert stranger.get(path(other, view, made.number)).status_code == 404
        assert stranger.get(path(cooperative, view, made.number)).status_code in (403, 404)
