"""Five thousand members, 100,000 journal lines, 93,000 of them receivable: every list stays quick.

The ledger of one account, the member list, the ages of receivables and the export of the year: in
pages with a total count, sums by the database, exports to the end with little memory.
"""

import io
import tracemalloc
from datetime import date, timedelta
from time import process_time

import pytest
from django.db import connection
from django.urls import reverse
from python_calamine import CalamineWorkbook

from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.ledger.exports import year_archive
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entries
from canting.members.models import Member
from canting.members.services import admit_member
from tests.field_reports.ground import assert_clean

MEMBERS, CREDITS, CASH_SALES = 5_000, 93_000, 3_500
YEAR, LAST_DAY = date(2026, 1, 1), date(2026, 12, 31)
# Of processor time, so that what runs beside does not count; a page takes well under a second.
SECONDS = 4.0
MEGABYTES = 100


def drafts(members: list[Member]) -> list[Draft]:
    """Credits to every member in turn over the year, three lines each 31 of them; some cash sales."""
    found = []
    for number in range(CREDITS // 31):
        lines = [
            debit("recv_member", 1_000 + number, members[(number * 31 + n) % MEMBERS].party)
            for n in range(31)
        ]
        total = sum(line.amount for line in lines)
        lines.append(credit("other_income", total))
        on = YEAR + timedelta(days=number * 31 * 364 // CREDITS)
        found.append(Draft(f"x:{number}", on, "test", "Kredit bahan bersama", lines))
    for number in range((CASH_SALES + 1) // 2):
        pair = [
            debit("cash_main", 5_000 + number),
            credit("other_income", 5_000 + number),
        ]
        on = YEAR + timedelta(days=number * 364 * 2 // CASH_SALES)
        found.append(Draft(f"y:{number}", on, "test", "Jual tunai", pair))
    return found


@pytest.fixture
def books(cooperative, actor):
    members = [
        admit_member(cooperative=cooperative, full_name=f"Anggota {n}", on=YEAR, actor=actor)
        for n in range(MEMBERS)
    ]
    ready = drafts(members)
    for start in range(0, len(ready), 1_000):
        post_entries(cooperative=cooperative, drafts=ready[start : start + 1_000], actor=actor)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what a database does by itself after a while
    return cooperative


def test_pages_exports_and_sums_of_the_hundred_thousand(books, client_as):
    client = client_as(Role.MANAGER)
    asked = {"dari": "2026-01-01", "sampai": "2026-12-31"}

    def get(name, *parts, **more):
        began = process_time()
        answer = client.get(reverse(name, args=[books.slug, *parts]), {**asked, **more})
        assert answer.status_code == 200, name
        assert process_time() - began < SECONDS, name
        return answer

    for name, parts, count in (
        ("ledger:account_ledger", ["1201"], CREDITS),
        ("members:member_list", [], MEMBERS),
        ("purchasing:credit_page", [], MEMBERS),
    ):
        page = get(name, *parts).content.decode()
        assert str(count) in page.replace(".", ""), f"{name} tells the count of all"
        assert len(page) < 500_000, f"{name} comes in pages"
    for name in ("entry_list", "trial_balance_page", "book"):
        get(f"ledger:{name}")
    for name in ("position_page", "surplus_page"):
        get(f"reports:{name}")
    sheet = client.get(
        reverse("ledger:account_ledger", args=[books.slug, "1201"]), {**asked, "unduh": "xlsx"}
    )
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.getvalue())).get_sheet_by_index(0)
    assert len(rows.to_python()) == CREDITS + 1
    owed = sum(31 * (1_000 + number) for number in range(CREDITS // 31))
    assert ledger.balances(cooperative=books, as_of=LAST_DAY)["recv_member"] == owed
    assert_clean(books)


def test_the_export_of_the_year_runs_to_its_end_in_little_memory(books):
    tracemalloc.start()
    try:
        size = sum(len(piece) for piece in year_archive(cooperative=books, year=2026))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 500_000
    assert peak < MEGABYTES * 1_000_000, f"{peak:,}"
