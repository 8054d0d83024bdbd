"""A signed-in list page (50 rows of 100,000) against a bare keyset Jinja2 page, in one run.

Bare: one keyset query for the same 50 lines and one Jinja2 table, no session, no sign-in, no menu,
no middleware. Ours: the ledger page of one account as a manager opens it, through the handler that
the server calls, every middleware included. Fixed: a signed-in page of ours without a list, which
is what session, user, rights, menu and middleware cost before any row. All are asked in turn in
this process, so that the machine's moods meet them alike; `list_over_bare` compares the list alone.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bench.ground import cooperative
from bench.ground import start as set_up

LINES = 100_000
ROWS = 50
WARM, ROUNDS = 20, 150
TEMPLATE = """<!doctype html><html lang="id"><head><title>Buku besar</title></head><body><table>
{% for row in rows %}<tr><td>{{ row.entry_date }}</td><td>{{ row.entry.memo }}</td>
<td>{{ row.party.name if row.party else "" }}</td><td>{{ row.side }}</td><td>{{ row.amount }}</td></tr>
{% endfor %}</table></body></html>"""


def fill(made: Any, actor: Any, party: Any) -> None:
    """As many lines as the page is to choose from, over the days of a year."""
    from canting.ledger.rules import Draft, credit, debit  # noqa: PLC0415 - after setup
    from canting.ledger.services import post_entries  # noqa: PLC0415

    first = date(2026, 1, 1)
    for begin in range(0, LINES, 10_000):
        post_entries(
            cooperative=made,
            actor=actor,
            drafts=[
                Draft(
                    source=f"bench:{number}",
                    entry_date=first + timedelta(days=number * 300 // LINES),
                    kind="shares_in",
                    memo=f"Simpanan wajib {number}",
                    lines=[debit("cash_main", 25_000), credit("share_mandatory", 25_000, party)],
                )
                for number in range(begin, begin + 10_000)
            ],
        )


def count_rows() -> None:
    """Let PostgreSQL gather what it knows of its tables, as it does by itself within a minute."""
    from django.db import connection  # noqa: PLC0415 - after setup

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def bare_page(made: Any) -> Callable[[], bytes]:
    """The plainest page with the same rows."""
    from django.http import HttpResponse  # noqa: PLC0415 - after setup
    from django.test import RequestFactory  # noqa: PLC0415
    from jinja2 import Environment  # noqa: PLC0415

    from canting.ledger.models import Account, JournalLine  # noqa: PLC0415

    template = Environment(autoescape=True).from_string(TEMPLATE)
    account = Account.objects.get(cooperative=made, role="share_mandatory").pk
    factory = RequestFactory()

    def view(_request: Any) -> HttpResponse:
        rows = (
            JournalLine.objects.filter(cooperative=made, account_id=account)
            .select_related("entry", "party")
            .order_by("-entry_date", "-id")[:ROWS]
        )
        return HttpResponse(template.render(rows=rows))

    return lambda: view(factory.get("/")).content


def our_pages(made: Any, actor: Any) -> tuple[Callable[[], bytes], Callable[[], bytes]]:
    """The same rows as the manager sees them, signed in, and a page of hers without a list."""
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - after setup
    from django.test import Client, RequestFactory  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from canting.cooperatives.rules import Role  # noqa: PLC0415
    from canting.cooperatives.services import grant_access, note_device  # noqa: PLC0415
    from canting.ledger.selectors import account_for  # noqa: PLC0415

    grant_access(cooperative=made, user=actor, role=Role.MANAGER, actor=actor)
    client = Client()
    client.force_login(actor)
    # As every way of signing in leaves it.
    session = str(client.session.session_key)
    note_device(user=actor, session_key=session, name="Chrome", now=timezone.now())
    cookie = client.cookies["sessionid"].OutputString()
    handler = get_wsgi_application()
    factory = RequestFactory()

    def page(path: str) -> Callable[[], bytes]:
        def ask() -> bytes:
            said: list[str] = []
            asked = factory.get(path, HTTP_COOKIE=cookie).environ

            def start(status: str, _headers: object, _fault: object = None, /) -> Any:
                said.append(status)

            answer = handler(asked, start)
            body = b"".join(answer)
            answer.close()
            if said != ["200 OK"]:
                raise SystemExit(f"{path} answers {said}")
            return body

        return ask

    code = account_for(cooperative=made, role="share_mandatory").code
    return page(f"/{made.slug}/buku/akun/{code}/"), page(f"/{made.slug}/cari/")


def seconds(deed: Callable[[], bytes]) -> float:
    """How long one answer takes."""
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def main() -> None:
    """Measure on the database the environment names, print JSON."""
    set_up()
    made, actor, party = cooperative("halaman")
    actor.is_demo = True  # no second factor in a measurement
    actor.save()
    fill(made, actor, party)
    count_rows()
    ours, fixed = our_pages(made, actor)
    deeds = (bare_page(made), ours, fixed)
    for _ in range(WARM):
        for deed in deeds:
            deed()
    rounds = [[seconds(deed) for deed in deeds] for _ in range(ROUNDS)]
    result = {
        "rows": ROWS,
        "of": LINES,
        **{
            name: round(statistics.median(found) * 1000, 2)
            for name, found in zip(
                ("bare_ms", "ours_ms", "fixed_ms"), zip(*rounds, strict=True), strict=True
            )
        },
        "ours_over_bare": round(statistics.median(o / b for b, o, _ in rounds), 2),
        "list_over_bare": round(statistics.median((o - f) / b for b, o, f in rounds), 2),
        "goal": "within 1.5 of the bare page",
    }
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
