"""What is measured is comparable: raw SQL writes the very rows that the service writes."""

import pytest

from bench.ground import cooperative
from bench.posting import Ours, Raw
from canting.cooperatives.models import AuditRecord
from canting.ledger.models import AccountMonth, JournalEntry, JournalLine, PartyMonth


def rows_of(made) -> dict[str, object]:
    """How many rows of each table, and the kept sums."""
    sums = ("account__role", "debit", "credit", "lines")
    return {
        "entries": JournalEntry.objects.filter(cooperative=made).count(),
        "lines": JournalLine.objects.filter(cooperative=made).count(),
        "audit": AuditRecord.objects.filter(cooperative=made, action="ledger.posted").count(),
        "accounts": sorted(AccountMonth.objects.filter(cooperative=made).values_list(*sums)),
        "parties": sorted(PartyMonth.objects.filter(cooperative=made).values_list(*sums)),
    }


@pytest.mark.django_db
def test_raw_sql_writes_the_same_rows_as_the_service():
    raw_ground, our_ground = cooperative("raw"), cooperative("ours")
    raw, ours = Raw(*raw_ground), Ours(*our_ground)
    raw.write(3)
    raw.write(1)
    ours.batch(3)
    ours.one()
    found = rows_of(our_ground[0])
    assert found["entries"] == 4
    assert rows_of(raw_ground[0]) == found
