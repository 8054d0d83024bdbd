"""What is still to be paid is found through keys, however much other cooperatives have settled."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from canting.settlement.selectors import open_lines
from tests.conftest import TODAY


def test_open_lines_are_found_through_keys(cooperative):
    if connection.vendor != "sqlite":
        pytest.skip("on a few rows PostgreSQL rightly reads the whole table")
    with CaptureQueriesContext(connection) as asked:
        open_lines(cooperative=cooperative, until=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asked.captured_queries[-1]["sql"].replace("%", "%%"))
        plan = " / ".join(row[3] for row in cursor.fetchall())
    assert "ledger_journalline USING INDEX line_by_" in plan
    assert "USING INDEX line_settled_once" in plan
    assert "SCAN" not in plan
