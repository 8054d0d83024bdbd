"""Two people take the last roll of cloth at the same moment: exactly one gets it."""

import threading
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections

from canting.catalogue.services import create_item
from canting.stock import selectors, services
from canting.stock.errors import NotEnoughStock
from tests import builders

DAY = date(2026, 1, 10)


@pytest.mark.django_db(transaction=True)
def test_of_thirty_and_twenty_five_metres_out_of_forty_one_succeeds():
    actor = builders.user("gudang")
    coop = builders.cooperative(actor=actor)
    mori = create_item(cooperative=coop, name="Mori", kind="cloth", unit="m", actor=actor)
    lot, store = services.pool_lot(mori), selectors.store(coop)
    facts: dict[str, Any] = {
        "cooperative": coop,
        "place": store,
        "lot": lot,
        "on": DAY,
        "actor": actor,
    }
    services.receive(quantity=Decimal(40), value=800_000, source="test:in", **facts)
    start = threading.Barrier(2)
    done: dict[str, object] = {}

    def take(name: str, metres: int) -> None:
        try:
            start.wait(timeout=20)
            done[name] = services.issue(quantity=Decimal(metres), source=f"test:{name}", **facts)
        except NotEnoughStock as refusal:
            done[name] = refusal
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=take, args=("rina", 30)),
        threading.Thread(target=take, args=("tono", 25)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    refused = [name for name, answer in done.items() if isinstance(answer, NotEnoughStock)]
    assert len(done) == 2
    assert len(refused) == 1
    left = {"rina": "15 m", "tono": "10 m"}[refused[0]]
    assert left in str(done[refused[0]])
    assert selectors.balance_of(store, lot).quantity == Decimal(left.split()[0])


RACES = 200


@pytest.mark.django_db(transaction=True)
def test_two_hundred_times_the_last_roll_goes_to_one_of_two_clerks():
    """Each time 40 m lie there and 30 and 25 are taken at once: never both, never below zero."""
    actor = builders.user("gudang")
    coop = builders.cooperative(actor=actor)
    mori = create_item(cooperative=coop, name="Mori", kind="cloth", unit="m", actor=actor)
    lot, store = services.pool_lot(mori), selectors.store(coop)
    facts: dict[str, Any] = {
        "cooperative": coop,
        "place": store,
        "lot": lot,
        "on": DAY,
        "actor": actor,
    }
    ready, over = threading.Barrier(3), threading.Barrier(3)
    took: dict[str, list[bool]] = {"rina": [], "tono": []}

    def clerk(name: str, metres: int) -> None:
        try:
            for race in range(RACES):
                ready.wait(timeout=60)
                try:
                    services.issue(quantity=Decimal(metres), source=f"test:{name}:{race}", **facts)
                    took[name].append(True)
                except NotEnoughStock:
                    took[name].append(False)
                over.wait(timeout=60)
        finally:
            connections.close_all()

    clerks = [
        threading.Thread(target=clerk, args=("rina", 30)),
        threading.Thread(target=clerk, args=("tono", 25)),
    ]
    for one in clerks:
        one.start()
    for race in range(RACES):
        lies = selectors.balance_of(store, lot).quantity
        services.receive(quantity=40 - lies, value=1_000, source=f"test:in:{race}", **facts)
        ready.wait(timeout=60)
        over.wait(timeout=60)
        assert selectors.balance_of(store, lot).quantity in {Decimal(10), Decimal(15)}
    for one in clerks:
        one.join(timeout=60)
    assert [a + b for a, b in zip(took["rina"], took["tono"], strict=True)] == [1] * RACES
    worth = selectors.balance_of(store, lot).value
    assert worth == sum(lot.moves.values_list("value", flat=True))
