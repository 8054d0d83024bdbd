"""What every measurement stands on: a migrated, empty database with one cooperative and a clock."""

import os
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import django


def start() -> None:
    """Set Django up and migrate the database that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "canting.config.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after setup

    call_command("migrate", verbosity=0)


def cooperative(slug: str) -> tuple[Any, Any, Any]:
    """An empty cooperative with an open book, an actor and one member party."""
    from canting.cooperatives.rules import PartyKind  # noqa: PLC0415 - after setup
    from canting.cooperatives.services import (  # noqa: PLC0415
        create_party,
        create_user,
        open_cooperative,
    )
    from canting.ledger.services import open_book  # noqa: PLC0415

    actor = create_user(username=slug, full_name="Bench")
    made = open_cooperative(
        slug=slug,
        name=slug,
        kind="produsen",
        cutover_date=date(2026, 1, 1),
        actor=actor,
        reserved=frozenset(),
    )
    open_book(cooperative=made, actor=actor)
    party = create_party(cooperative=made, kind=PartyKind.MEMBER, name="Siti", on=made.cutover_date)
    return made, actor, party


def per_second(count: int, deed: Callable[[], None]) -> float:
    """How many a second, by the wall clock."""
    began = time.perf_counter()
    deed()
    return count / (time.perf_counter() - began)


def median_of(rounds: int, deed: Callable[[int], float]) -> float:
    """The middle of several rounds."""
    return statistics.median(deed(n) for n in range(rounds))
