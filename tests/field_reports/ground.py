"""What the stories stand on: pages opened and sent as a person does, books that must verify clean."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.db import close_old_connections, connection
from django.test import Client
from django.urls import reverse

from canting.cooperatives.models import Cooperative
from canting.kernel.tables_in import read_table
from canting.portal import selectors as portal


def noon(day: date) -> datetime:
    """Noon in western Indonesia on a day, for `tests.portal.clock.stop_clock`."""
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


def address(cooperative: Cooperative, view: str, *parts: object) -> str:
    return reverse(view, args=[cooperative.slug, *parts])


def shown(client: Client, cooperative: Cooperative, view: str, *parts: object, **asked: str) -> str:
    """A page that opens, as text."""
    answer = client.get(address(cooperative, view, *parts), asked)
    assert answer.status_code == 200, (view, answer.status_code)
    return answer.content.decode()


def send(
    client: Client, cooperative: Cooperative, view: str, *parts: object, key: str, **typed: Any
) -> Any:
    """What a browser sends when a form is sent, with the key that the form carried."""
    return client.post(address(cooperative, view, *parts), {"request_key": key, **typed})


def grid(*rows: dict[str, str], prefix: str = "b") -> dict[str, str]:
    """Rows of a grid as a browser sends them."""
    typed = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    for place, row in enumerate(rows):
        typed |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return typed


def file_rows(answer: Any, form: str = "xlsx") -> list[dict[str, Any]]:
    """A downloaded sheet as rows by column name, cells as a spreadsheet keeps them."""
    assert answer.status_code == 200
    table = read_table(b"".join(answer.streaming_content), filename=f"x.{form}")
    return [dict(zip(table.header, row.cells, strict=False)) for row in table.rows]


def together(*deeds: Callable[[], Any]) -> list[Any]:
    """Do the deeds at the same moment, each in a thread with its own connection; their answers."""
    gate, answers = threading.Barrier(len(deeds)), []

    def run(deed: Callable[[], Any]) -> None:
        close_old_connections()
        gate.wait(timeout=20)
        try:
            answers.append(deed())
        except Exception as refusal:
            answers.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(answers) == len(deeds)
    return answers


def breaches(cooperative: Cooperative) -> list[str]:
    """Everything that `canting verify` would say against this cooperative's books."""
    return [
        f"{one.name}: {breach}"
        for one in portal.verification(cooperative=cooperative)
        for breach in one.breaches
    ]


def assert_clean(cooperative: Cooperative) -> None:
    """The story ends with books that verify clean."""
    found = breaches(cooperative)
    assert found == [], found
