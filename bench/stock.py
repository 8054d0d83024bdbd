"""Pages of the stock with 100,000 moves behind them, as a storekeeper asks for them; p95 in ms."""

import json
import statistics
import sys
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from bench.ground import cooperative, start

MOVES, ITEMS, MAKERS, ASKED = 100_000, 40, 60, 40
FIRST = date(2026, 1, 2)
GOAL = 100


def ground(slug: str = "gudang", moves: int = MOVES) -> tuple[Any, Any, list[Any]]:
    """A store with so many moves: what comes goes out again, some of it to makers."""
    from canting.catalogue.services import create_item  # noqa: PLC0415 - after setup
    from canting.members.services import admit_member  # noqa: PLC0415
    from canting.stock import selectors, services  # noqa: PLC0415

    made, actor, _party = cooperative(slug)
    make = {"cooperative": made, "actor": actor}
    kinds = (("cloth", "m"), ("wax", "kg"), ("dye", "g"), ("tool", "pcs"))
    items = [
        create_item(name=f"Bahan {n:02}", kind=kinds[n % 4][0], unit=kinds[n % 4][1], **make)
        for n in range(ITEMS)
    ]
    lots = [services.pool_lot(item) for item in items]
    store = selectors.store(made)
    homes = [
        selectors.custody_of(made, admit_member(full_name=f"Perajin {n}", on=FIRST, **make).party)
        for n in range(MAKERS)
    ]
    for day in range(200):
        with transaction.atomic():
            _one_day(actor, store, homes, lots, day, moves // 200)
    return made, actor, items


def _one_day(
    actor: Any, store: Any, homes: list[Any], lots: list[Any], day: int, count: int
) -> None:
    from canting.stock.services import Moving, lock_stock  # noqa: PLC0415 - after setup

    on = FIRST + timedelta(days=day)
    home = homes[day % len(homes)]
    pairs = [(place, lot) for place in (store, home) for lot in lots]
    moving = Moving(lock_stock(pairs), on=on, actor=actor)
    for number in range(count // 4):
        lot, source = lots[number % len(lots)], f"bench:{day}-{number}"
        moving.receive(store, lot, quantity=Decimal(4), value=80_000 + number, source=source)
        out = moving.issue(store, lot, quantity=Decimal(2), source=source)
        moving.receive(home, lot, quantity=Decimal(2), value=out.value, source=source)
        moving.issue(home, lot, quantity=Decimal(1), source=source)
    moving.write()


def client_of(made: Any) -> Any:
    """A storekeeper who is signed in."""
    from django.test import Client  # noqa: PLC0415 - after setup
    from django.utils import timezone  # noqa: PLC0415

    from canting.cooperatives.rules import Role  # noqa: PLC0415
    from canting.cooperatives.services import (  # noqa: PLC0415
        create_user,
        grant_access,
        note_device,
    )

    # A person of the demonstration needs no second step to sign in.
    user = create_user(username=f"gudang-{made.pk}", full_name="Gudang", is_demo=True)
    grant_access(cooperative=made, user=user, role=Role.STOREKEEPER, actor=user)
    client = Client()
    client.force_login(user)
    key = str(client.session.session_key)
    note_device(user=user, session_key=key, name="Chrome", now=timezone.now())
    return client


def p95(client: Any, address: str) -> float:
    """The slow end of many askings, in milliseconds; each must be answered with the page."""
    taken = []
    for _ in range(ASKED):
        began = time.perf_counter()
        answer = client.get(address)
        taken.append((time.perf_counter() - began) * 1_000)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}.")
    return statistics.quantiles(taken[2:], n=20)[-1]


def main() -> None:
    """Measure on the database the environment names, print JSON."""
    start()
    made, _actor, items = ground()
    # PostgreSQL takes stock of a table by itself a minute after it grew; a bench cannot wait.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = client_of(made)
    here = f"/{made.slug}"
    pages = {
        "stock": f"{here}/stok/",
        "card_of_an_item": f"{here}/stok/kartu/{items[0].code}/",
        "scan": f"{here}/stok/pindai/?q={items[0].code}",
        "credit_ages": f"{here}/bahan/piutang/",
    }
    found = {name: round(p95(client, address), 1) for name, address in pages.items()}
    result = {
        "moves": MOVES,
        "measured_at": datetime.now(UTC).date().isoformat(),
        "p95_ms": found,
        "goal": f"the stock page below {GOAL} ms at p95",
    }
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
