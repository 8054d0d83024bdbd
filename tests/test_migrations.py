"""No missing migration; the append-only triggers stand on both databases and heal after an ALTER."""

import pytest
from django.core.management import call_command
from django.db import connection

from canting.kernel.append_only import append_only_tables, drop_triggers, missing_triggers


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    assert connection.introspection.table_names()


@pytest.mark.django_db
def test_every_append_only_table_is_guarded():
    assert {"ledger_journalentry", "ledger_journalline", "cooperatives_auditrecord"} <= set(
        append_only_tables()
    )
    assert missing_triggers() == []


@pytest.mark.django_db(transaction=True)
def test_a_migrate_puts_lost_triggers_back():
    drop_triggers()
    assert missing_triggers() == append_only_tables()
    call_command("migrate", verbosity=0)
    assert missing_triggers() == []
