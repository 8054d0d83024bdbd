"""A round shared out to 500 members against raw inserts of the very rows it wrote, in one run.

Ours: `share_out`, from the figures to hand-outs, stock, journal and audit. Raw: the same rows put
into the same tables, constraints and triggers, one plain statement a table. Both are rolled back,
and each round takes both in turn, so that a slow moment of the machine meets both.
"""

import json
import sys
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bench.ground import cooperative, median_of, start

MEMBERS, ITEMS, ROUNDS = 500, 8, 3
OPENED, DEADLINE, ORDERED = date(2026, 2, 1), date(2026, 2, 8), date(2026, 2, 9)
CAME, SHARED, NEEDED = date(2026, 2, 16), date(2026, 2, 17), date(2026, 2, 20)
MORNING = datetime(2026, 2, 2, 1, tzinfo=UTC)
# In the order in which their rows may be put in: what is named comes before what names it.
TABLES = (
    "rounds.ShareOut", "rounds.ShareOutItem", "purchasing.HandOut", "purchasing.HandOutLine",
    "stock.StockMove", "rounds.Share", "ledger.JournalEntry", "ledger.JournalLine",
    "cooperatives.AuditRecord",
)  # fmt: skip


def ground(slug: str = "bagi", members: int = MEMBERS) -> tuple[Any, Any]:
    """A round whose goods have all come, asked for by so many members of whom none is absent."""
    from canting.catalogue.services import create_item, set_price  # noqa: PLC0415 - after setup
    from canting.members.services import admit_member  # noqa: PLC0415

    made, actor, _party = cooperative(slug)
    make = {"cooperative": made, "actor": actor}
    kinds = ("cloth", "wax", "dye", "tool")
    items = []
    for place in range(ITEMS):
        item = create_item(name=f"Bahan {place}", kind=kinds[place % 4], unit="m", **make)
        set_price(
            item=item,
            price_list="market",
            amount=25_000 + place,
            valid_from=OPENED,
            place="Pasar Klewer",
            **make,
        )
        items.append(item)
    people = [
        admit_member(full_name=f"Perajin {place}", on=OPENED, **make) for place in range(members)
    ]
    return _come(made, actor, items, people), actor


def _come(made: Any, actor: Any, items: list[Any], people: list[Any]) -> Any:
    from canting.purchasing import services as buying  # noqa: PLC0415 - after setup
    from canting.rounds.models import Need, PlanLine  # noqa: PLC0415
    from canting.rounds.services import (  # noqa: PLC0415
        RoundTerms,
        mark_planned,
        open_round,
        order_round,
    )

    make = {"cooperative": made, "actor": actor}
    supplier = buying.add_supplier(name="Toko Solo", **make)
    buying.set_terms(
        supplier=supplier,
        terms=buying.TermsDraft(credit_days=30, lead_days=7),
        valid_from=OPENED,
        actor=actor,
    )
    terms = RoundTerms(title="Mori", deadline=DEADLINE, needed_by=NEEDED)
    found = open_round(terms=terms, on=OPENED, **make)
    Need.objects.bulk_create(
        Need(
            round=found,
            cooperative=made,
            member=member,
            item=item,
            quantity=Decimal(place % 7 + 1),
            unit="m",
            base_quantity=Decimal(place % 7 + 1),
            source="desk",
            asked_at=MORNING + timedelta(seconds=place * ITEMS + at),
            made_by=actor,
        )
        for place, member in enumerate(people)
        for at, item in enumerate(items)
    )
    asked = sum(place % 7 + 1 for place in range(len(people)))
    for place, item in enumerate(items):
        PlanLine.objects.create(
            round=found,
            supplier=supplier,
            item=item,
            offer_key=f"o{place}",
            packs=asked,
            unit="m",
            pack=Decimal(1),
            price=20_003 + place,
            goods=asked * (20_003 + place),
            freight=0,
        )
    mark_planned(found=found, on=DEADLINE, actor=actor)
    (order,) = order_round(found=found, on=ORDERED, actor=actor)
    lines = {line: line.packs for line in order.lines.all()}
    buying.receive_order(order=order, lines=lines, on=CAME, actor=actor)
    return found


class UndoneError(Exception):
    """Ends a transaction without keeping it."""


def rows_written(before: dict[str, int]) -> list[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """Every row that came since, by table and column, as the database keeps them."""
    from django.apps import apps  # noqa: PLC0415 - after setup
    from django.db import connection  # noqa: PLC0415

    found = []
    with connection.cursor() as cursor:
        for name in TABLES:
            model = apps.get_model(name)
            table = model._meta.db_table
            quoted = connection.ops.quote_name
            columns = [quoted(field.column) for field in model._meta.concrete_fields]
            cursor.execute(
                f"SELECT {', '.join(columns)} FROM {table} WHERE id > %s ORDER BY id",
                [before[name]],
            )
            found.append((table, columns, cursor.fetchall()))
    return found


def last_ids() -> dict[str, int]:
    """The last row of each table."""
    from django.apps import apps  # noqa: PLC0415 - after setup
    from django.db.models import Max  # noqa: PLC0415

    return {
        name: apps.get_model(name).objects.aggregate(last=Max("id"))["last"] or 0 for name in TABLES
    }


def ours(found: Any, actor: Any, keep: list[Any] | None = None) -> float:
    """Seconds for sharing out through the service; its rows are kept in `keep` where asked."""
    from django.db import transaction  # noqa: PLC0415 - after setup

    from canting.ledger.selectors import forget_chart  # noqa: PLC0415
    from canting.rounds import selectors, services  # noqa: PLC0415

    before = last_ids()
    seconds = 0.0
    try:
        with transaction.atomic():
            shown = selectors.proposal(found=found, on=SHARED)
            began = time.perf_counter()
            services.share_out(found=found, digest=shown.digest, on=SHARED, actor=actor)
            seconds = time.perf_counter() - began
            if keep is not None:
                keep += rows_written(before)
            raise UndoneError
    except UndoneError:
        forget_chart(cooperative=found.cooperative)
    return seconds


def raw(rows: list[tuple[str, list[str], list[tuple[Any, ...]]]]) -> float:
    """Seconds for the same rows by plain statements."""
    from django.db import connection, transaction  # noqa: PLC0415 - after setup

    from canting.kernel.database import insert_rows  # noqa: PLC0415

    seconds = 0.0
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            began = time.perf_counter()
            for table, columns, values in rows:
                insert_rows(cursor, table, columns, values)
            seconds = time.perf_counter() - began
            raise UndoneError
    except UndoneError:
        pass
    return seconds


def main() -> None:
    """Measure on the database the environment names, print JSON."""
    start()
    found, actor = ground()
    rows: list[Any] = []
    ours(found, actor, rows)
    pairs = [(raw(rows), ours(found, actor)) for _ in range(ROUNDS)]
    result = {
        "members": MEMBERS,
        "rows": {table: len(values) for table, _columns, values in rows},
        "raw_seconds": round(median_of(ROUNDS, lambda n: pairs[n][0]), 3),
        "service_seconds": round(median_of(ROUNDS, lambda n: pairs[n][1]), 3),
        "service_over_raw": round(median_of(ROUNDS, lambda n: pairs[n][1] / pairs[n][0]), 2),
        "goal": "within 6 of raw",
    }
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
