"""A hundred thousand lines: one page, one export and the trial balance stay quick and small."""

import io
from datetime import date, timedelta
from time import perf_counter

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from canting.cooperatives.rules import PartyKind, Role
from canting.ledger import selectors, statements
from canting.ledger.rules import BusinessClass, Draft, credit, debit
from canting.ledger.services import post_entries
from tests import builders

ENTRIES, MEMBERS, YEAR = 50_000, 500, date(2026, 1, 1)
# Of a machine that runs other tests beside this one; alone a page takes well under a second.
SECONDS = 4.0


@pytest.fixture
def books(cooperative, actor):
    """Fifty thousand sales on credit over a year, to five hundred members: 100,000 lines."""
    members = [
        builders.party(cooperative, PartyKind.MEMBER, f"Anggota {n}") for n in range(MEMBERS)
    ]
    for start in range(0, ENTRIES, 5_000):
        drafts = [
            Draft(
                source=f"x:{number}",
                entry_date=YEAR + timedelta(days=number * 364 // ENTRIES),
                kind="test",
                memo="Kredit bahan",
                lines=[
                    debit("recv_member", 1_000 + number, members[number % MEMBERS]),
                    credit("sales_material_m", 1_000 + number, business=BusinessClass.MEMBER),
                ],
            )
            for number in range(start, start + 5_000)
        ]
        post_entries(cooperative=cooperative, drafts=drafts, actor=actor)
    return cooperative


def seconds(deed) -> float:
    begin = perf_counter()
    deed()
    return perf_counter() - begin


def test_pages_stay_quick(books, client_as):
    client = client_as(Role.MANAGER)
    asked = {"dari": "2026-01-01", "sampai": "2026-12-31"}

    def get(name, *parts, **more):
        url = reverse(name, args=[books.slug, *parts])
        answer = client.get(url, {**asked, **more})
        assert answer.status_code == 200
        return answer

    first = get("ledger:account_ledger", "1201").content.decode()
    assert "50000" in first.replace(".", "")
    assert len(first) < 300_000
    for name, parts in (
        ("ledger:account_ledger", ["1201"]),
        ("ledger:entry_list", []),
        ("ledger:trial_balance_page", []),
        ("reports:position_page", []),
        ("reports:surplus_page", []),
        ("ledger:book", []),
    ):
        assert seconds(lambda name=name, parts=parts: get(name, *parts)) < SECONDS, name
    sheet = get("ledger:account_ledger", "1201", unduh="xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.getvalue())).get_sheet_by_index(0)
    assert len(rows.to_python()) == ENTRIES + 1
    total = sum(1_000 + number for number in range(ENTRIES))
    found = statements.surplus(cooperative=books, since=YEAR, until=date(2026, 12, 31))
    assert found.after_tax.total == total
    assert list(selectors.chain_faults(cooperative=books)) == []
