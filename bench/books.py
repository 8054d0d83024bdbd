"""The books at full size: 1,000,000 lines, 5 years, 2,000 members, on one machine in one run.

Trial balance: the selector at 60 days spread over the years, each compared with the sum of all
lines until that day. Pages: as a manager opens them, every middleware included. Year ZIP: packed
by a process of its own, whose peak of memory is read. Beancount: the export of the same books,
written by the product and read by beancount's own loader.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench.ground import cooperative, start

LINES = int(os.environ.get("BENCH_LINES", "1000000"))
MEMBERS = int(os.environ.get("BENCH_MEMBERS", "2000"))
FIRST, YEARS = date(2026, 1, 1), 5
DAYS = 365 * YEARS
BATCH = 5_000
WARM, ROUNDS, BALANCES = 5, 60, 60
GOAL_BALANCE, GOAL_PAGE, GOAL_RATIO, GOAL_ZIP = 20, 200, 100, 300
# Run by itself, so that nothing else's memory is counted; Linux tells the peak in kilobytes.
PACK = """
import json, os, resource, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "canting.config.settings")
import django
django.setup()
from canting.cooperatives.selectors import cooperative_by_slug
from canting.ledger.exports import year_archive
began = time.perf_counter()
size = sum(len(piece) for piece in year_archive(cooperative=cooperative_by_slug("buku"), year=2027))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({
    "zip_megabytes": round(size / 1e6, 1),
    "peak_memory_megabytes": round(peak / 1024),
    "seconds": round(time.perf_counter() - began, 1),
}))
"""


def kinds(parties: Any, number: int) -> tuple[str, list[Any]]:
    """One of five usual entries in turn, two lines each, for one of the members."""
    from canting.ledger.rules import BusinessClass, credit, debit  # noqa: PLC0415 - after setup

    member = parties[number % len(parties)]
    amount = 10_000 + number % 90_000
    return (
        ("shares_in", [debit("cash_main", amount), credit("share_mandatory", amount, member)]),
        (
            "handout_credit",
            [
                debit("recv_member", amount, member),
                credit("sales_material_m", amount, None, BusinessClass.MEMBER),
            ],
        ),
        (
            "gallery_sale",
            [
                debit("cash_till", amount),
                credit("sales_member_cloth", amount, None, BusinessClass.MEMBER),
            ],
        ),
        ("purchase_delivery", [debit("fg", amount), credit("pay_maker", amount, member)]),
        ("overhead", [debit("transport", amount), credit("bank", amount)]),
    )[number % 5]


def fill(made: Any, actor: Any, parties: Any) -> float:
    """The entries over the days of five years; how many a second the service posts."""
    from canting.ledger.rules import Draft  # noqa: PLC0415 - after setup
    from canting.ledger.services import post_entries  # noqa: PLC0415

    entries = LINES // 2
    began = time.perf_counter()
    for begin in range(0, entries, BATCH):
        drafts = []
        for number in range(begin, min(begin + BATCH, entries)):
            kind, lines = kinds(parties, number)
            on = FIRST + timedelta(days=number * DAYS // entries)
            drafts.append(Draft(f"bench:{number}", on, kind, f"Catatan {number}", lines))
        post_entries(cooperative=made, drafts=drafts, actor=actor)
    return entries / (time.perf_counter() - began)


def settled() -> None:
    """Let the database gather what it knows of its tables, as it does by itself in time."""
    from django.db import connection  # noqa: PLC0415 - after setup

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def milliseconds(deed: Callable[[], Any]) -> float:
    """How long a deed takes by the wall clock."""
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000


def p95(times: list[float]) -> float:
    """The time that nineteen of twenty stay below."""
    return round(statistics.quantiles(times, n=20)[18], 1)


def full_sums(made: Any, until: date) -> dict[int, int]:
    """Debits less credits of every account from all its lines."""
    from django.db.models import Case, F, Sum, When  # noqa: PLC0415 - after setup

    from canting.ledger.models import JournalLine  # noqa: PLC0415

    net = Case(When(side="D", then=F("amount")), default=-F("amount"))
    rows = JournalLine.objects.filter(cooperative=made, entry_date__lte=until)
    return dict(rows.values_list("account_id").annotate(net=Sum(net)).order_by())


def trial_balances(made: Any) -> dict[str, object]:
    """The trial balance on many days, and whether each equals the full sum."""
    from canting.ledger.selectors import trial_balance  # noqa: PLC0415 - after setup

    days = [FIRST + timedelta(days=(place * DAYS) // BALANCES + 13) for place in range(BALANCES)]
    times, differ = [], 0
    for place, day in enumerate(days):
        times.append(milliseconds(partial(trial_balance, cooperative=made, as_of=day)))
        if place % 6 == 0:
            kept = {row.account_id: row.net for row in trial_balance(cooperative=made, as_of=day)}
            differ += kept != full_sums(made, day)
    return {"p95_ms": p95(times), "slowest_ms": round(max(times), 1), "differ_from_lines": differ}


def manager_client(made: Any, actor: Any) -> Any:
    """A signed-in manager, as every page sees one."""
    from django.test import Client  # noqa: PLC0415 - after setup

    from canting.cooperatives.rules import Role  # noqa: PLC0415
    from canting.cooperatives.services import create_user, grant_access  # noqa: PLC0415

    manager = create_user(username="kepala", full_name="Bench", is_demo=True)
    grant_access(cooperative=made, user=manager, role=Role.MANAGER, actor=actor)
    client = Client(headers={"host": "localhost"})
    client.force_login(manager)
    return client


def addresses(made: Any, members: list[Any]) -> dict[str, Callable[[int], str]]:
    """The pages that are asked, each on another day, account or member in turn."""
    slug = made.slug

    def day(n: int) -> str:
        return (FIRST + timedelta(days=(n * 379) % DAYS)).isoformat()

    def year(n: int) -> str:
        return f"dari={FIRST.year + n % YEARS}-01-01&sampai={FIRST.year + n % YEARS}-12-31"

    codes = ("1201", "3120", "1102", "2101", "4110")
    return {
        "position": lambda n: f"/{slug}/laporan/posisi-keuangan/?sampai={day(n)}",
        "account": lambda n: f"/{slug}/buku/akun/{codes[n % len(codes)]}/?{year(n)}",
        "member": lambda n: f"/{slug}/anggota/{members[n % len(members)].number}/",
        "surplus": lambda n: f"/{slug}/laporan/hasil-usaha/?{year(n)}",
        "equity": lambda n: f"/{slug}/laporan/perubahan-ekuitas/?{year(n)}",
        "cash_flow": lambda n: f"/{slug}/laporan/arus-kas/?{year(n)}",
    }


def pages(client: Any, found: dict[str, Callable[[int], str]]) -> dict[str, float]:
    """How long each page takes at p95, asked in turn so that the machine's moods meet all alike."""
    times: dict[str, list[float]] = {name: [] for name in found}
    for number in range(WARM + ROUNDS):
        for name, address in found.items():
            if name not in GOALS and number % 6:
                continue
            path = address(number)
            began = time.perf_counter()
            answer = client.get(path)
            took = (time.perf_counter() - began) * 1000
            if answer.status_code != 200:
                raise SystemExit(f"{path} answered {answer.status_code}")
            if number >= WARM:
                times[name].append(took)
    return {name: p95(taken) for name, taken in times.items()}


GOALS = ("position", "account", "member")


def beancount_seconds(made: Any) -> dict[str, object]:
    """The export written, and how long beancount takes to load it without its cache."""
    try:
        from beancount import loader  # noqa: PLC0415 - a tool of developers alone
    except ImportError:
        return {"left_out": "beancount is not installed"}
    from canting.ledger.exports import plain_text  # noqa: PLC0415 - after setup
    from canting.ledger.rules.plain_text import TextForm  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "books.beancount"
        began = time.perf_counter()
        with path.open("w", encoding="utf-8") as file:
            file.writelines(plain_text(cooperative=made, form=TextForm.BEANCOUNT))
        written = time.perf_counter() - began
        size = path.stat().st_size
        began = time.perf_counter()
        _entries, errors, _options = loader.load_file(str(path))
        loaded = time.perf_counter() - began
    return {
        "export_seconds": round(written, 1),
        "export_megabytes": round(size / 1_000_000, 1),
        "load_seconds": round(loaded, 1),
        "errors": len(errors),
    }


def year_zip() -> dict[str, object]:
    """The archive of one year of five, packed to the end, and the most memory that took."""
    done = subprocess.run([sys.executable, "-c", PACK], capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def members_of(made: Any, actor: Any) -> Iterator[Any]:
    """The members, each with a party that lines can name."""
    from canting.members.services import admit_member  # noqa: PLC0415 - after setup

    for number in range(MEMBERS):
        yield admit_member(cooperative=made, full_name=f"Anggota {number}", on=FIRST, actor=actor)


def main() -> None:
    """Fill, measure, print JSON."""
    os.environ["BEANCOUNT_DISABLE_LOAD_CACHE"] = "1"
    start()
    made, actor, _party = cooperative("buku")
    members = list(members_of(made, actor))
    posted = fill(made, actor, [one.party for one in members])
    settled()
    client = manager_client(made, actor)
    result: dict[str, object] = {
        "lines": LINES,
        "members": MEMBERS,
        "posted_a_second": round(posted),
        "trial_balance": trial_balances(made),
        "pages_p95_ms": pages(client, addresses(made, members)),
        "year_zip": year_zip(),
    }
    from django.db import connection  # noqa: PLC0415 - after setup

    if connection.vendor == "sqlite":  # the text is the same from every database
        result["beancount"] = beancount_seconds(made)
    result["goal"] = (
        f"trial balance below {GOAL_BALANCE} ms and equal to the lines; position, account and "
        f"member below {GOAL_PAGE} ms at p95 and {GOAL_RATIO} times faster than beancount loads; "
        f"year ZIP below {GOAL_ZIP} MB of memory"
    )
    result |= ratios(result)
    sys.stdout.write(json.dumps(result))


def ratios(result: dict[str, Any]) -> dict[str, object]:
    """How many times faster each page is than beancount's loading, where that was measured."""
    loaded = result.get("beancount", {}).get("load_seconds")
    if not loaded:
        return {}
    shown = result["pages_p95_ms"]
    return {"beancount_over_page": {name: round(loaded * 1000 / shown[name]) for name in GOALS}}


if __name__ == "__main__":
    main()
