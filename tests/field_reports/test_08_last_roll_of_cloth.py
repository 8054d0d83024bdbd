"""Forty metres of primissima lie in the store, and two clerks hand them out at the same moment.

One hands 30 m to Rina and another 25 m to Tono: one succeeds, the other is told what is left. The
store is below zero on no day: not by a paper dated back, and not by a purchase taken back whose
goods are out already. Orders from the web come with their own pages.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client

from canting.catalogue.services import create_item
from canting.cooperatives.rules import Role
from canting.members.services import admit_member
from canting.purchasing.models import HandOut, Purchase, Supplier
from canting.stock import selectors as stock
from canting.stock.errors import NotEnoughStock
from canting.stock.services import (
    FIRST,
    SECOND,
    Decision,
    book_count,
    enter_count,
    open_count,
    pool_lot,
)
from tests import builders
from tests.field_reports.ground import assert_clean, grid, send, together

JAN_1, JAN_10 = "01/01/2026", "10/01/2026"


class Store:
    """The store and the people at its counter."""

    def __init__(self) -> None:
        self.actor = builders.user("rini")
        self.cooperative = builders.cooperative(actor=self.actor)
        self.keeper = builders.person_with_role(self.cooperative, Role.STOREKEEPER)
        self.mori = create_item(
            cooperative=self.cooperative, name="Primissima", kind="cloth", unit="m",
            actor=self.actor,
        )  # fmt: skip
        for name in ("Rina", "Tono"):
            admit_member(
                cooperative=self.cooperative, full_name=name, on=date(2026, 1, 1), actor=self.actor
            )

    def client(self) -> Client:
        client = Client()
        client.force_login(self.keeper)
        return client

    def buy(self, metres: int, on: str, key: str):
        """Goods from a market stall, bought on credit of a supplier that is written down first."""
        client = self.client()
        send(client, self.cooperative, "purchasing:supplier_new", key=f"{key}-s", name="Toko Mori")
        typed = {
            "supplier": "", "terms": "delivered", "payment": "credit",
            "funds_source": "own", "on": on,
            **grid({"item": self.mori.code, "quantity": str(metres), "unit": "m",
                    "price": "20.000"}),
        }  # fmt: skip
        typed["supplier"] = Supplier.objects.get(cooperative=self.cooperative).number
        first = send(client, self.cooperative, "purchasing:purchase_new", key=f"{key}-1", **typed)
        assert first.status_code == 200, first.content.decode()
        total = str(metres * 20_000)
        done = send(client, self.cooperative, "purchasing:purchase_new", key=f"{key}-2",
                    seen_total=total, **typed)  # fmt: skip
        assert done.status_code == 302, done.content.decode()
        return Purchase.objects.get(cooperative=self.cooperative)

    def give(self, name: str, metres: int, on: str = JAN_10, key: str = ""):
        typed = {"member": name, "mode": "custody", "on": on,
                 **grid({"item": self.mori.code, "quantity": str(metres)})}  # fmt: skip
        return send(self.client(), self.cooperative, "purchasing:hand_out_new",
                    key=key or f"kunci-{name}-{metres}", **typed)  # fmt: skip

    def left(self) -> Decimal:
        return stock.balance_of(stock.store(self.cooperative), pool_lot(self.mori)).quantity


@pytest.mark.django_db(transaction=True)
def test_of_thirty_and_twenty_five_metres_exactly_one_is_handed_out():
    store = Store()
    store.buy(40, JAN_1, "kunci-beli")
    answers = together(lambda: store.give("Rina", 30), lambda: store.give("Tono", 25))
    assert sorted(answer.status_code for answer in answers) == [302, 422], answers
    refusal = next(a for a in answers if a.status_code == 422).content.decode()
    given = HandOut.objects.get(cooperative=store.cooperative)
    left = {"Rina": 10, "Tono": 15}[given.receiver]
    assert f"hanya tersisa {left} m" in refusal
    assert store.left() == left
    assert_clean(store.cooperative)


@pytest.mark.django_db
def test_who_comes_second_is_told_that_ten_metres_are_left():
    store = Store()
    store.buy(40, JAN_1, "kunci-beli")
    assert store.give("Rina", 30).status_code == 302
    refused = store.give("Tono", 25)
    assert refused.status_code == 422
    assert "25 m Primissima tidak bisa keluar" in refused.content.decode()
    assert "hanya tersisa 10 m" in refused.content.decode()
    assert store.left() == 10
    assert_clean(store.cooperative)


@pytest.mark.django_db
def test_a_paper_dated_back_may_not_leave_a_later_day_below_zero():
    """10 in on 01-01 and 8 out on 10-01: with 7 on 01-01 the tenth would end at -1."""
    store = Store()
    bought = store.buy(10, JAN_1, "kunci-beli")
    assert store.give("Rina", 8).status_code == 302
    gone = store.give("Tono", 3, on=JAN_1)
    assert gone.status_code == 422
    assert "2 m" in gone.content.decode()
    typed = {
        "supplier": bought.supplier.number if bought.supplier else "", "terms": "delivered",
        "payment": "credit", "funds_source": "own", "on": JAN_1, "reason": "Hitungan 7 m",
        **grid({"item": store.mori.code, "quantity": "7", "unit": "m", "price": "20.000"}),
    }  # fmt: skip
    counted = send(store.client(), store.cooperative, "purchasing:purchase_correct",
                   bought.number, key="kunci-hitung", **typed)  # fmt: skip
    assert counted.status_code == 422
    assert "Primissima" in counted.content.decode()
    assert store.left() == 2
    assert_clean(store.cooperative)


@pytest.mark.django_db
def test_a_count_of_seven_dated_before_eight_went_out_is_refused():
    store = Store()
    store.buy(10, JAN_1, "kunci-beli")
    assert store.give("Rina", 8).status_code == 302
    hadi = builders.user("hadi")
    count = open_count(
        cooperative=store.cooperative, place=stock.store(store.cooperative),
        on=date(2026, 1, 1), actor=store.actor,
    )  # fmt: skip
    line = count.lines.get()
    for turn, who in ((FIRST, store.actor), (SECOND, hadi)):
        enter_count(count=count, turn=turn, quantities={line.pk: Decimal(7)}, actor=who)
    with pytest.raises(NotEnoughStock, match="hanya tersisa 2 m"), transaction.atomic():
        book_count(count=count, decisions={line.pk: Decision("Tidak ketemu")}, actor=hadi)
    assert store.left() == 2
    assert_clean(store.cooperative)


@pytest.mark.django_db
def test_a_purchase_whose_goods_are_out_is_not_taken_back():
    store = Store()
    bought = store.buy(40, JAN_1, "kunci-beli")
    assert store.give("Rina", 30).status_code == 302
    answer = send(
        store.client(), store.cooperative, "purchasing:purchase_correct", bought.number,
        key="kunci-batal", reason="Salah ketik", only_cancel="on", on=JAN_10, terms="delivered",
        payment="credit", funds_source="own", **grid({}),
    )  # fmt: skip
    assert answer.status_code == 422
    assert "Primissima" in answer.content.decode()
    bought.refresh_from_db()
    assert bought.state == "posted"
    assert store.left() == 10
    assert_clean(store.cooperative)
