"""No missing migration; the append-only triggers stand on both databases and heal after an ALTER."""

import pytest
from django.apps import apps
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


@pytest.mark.django_db
def test_every_table_holds_what_its_model_says():
    """Migrating draws fewer models than Django does by itself; nothing may be lost by that."""
    lost = set()
    for model in apps.get_models():
        table = model._meta.db_table
        with connection.cursor() as cursor:
            held = connection.introspection.get_constraints(cursor, table)
            columns = {
                one.name for one in connection.introspection.get_table_description(cursor, table)
            }
        lost |= {(table, field.column) for field in model._meta.concrete_fields} - {
            (table, column) for column in columns
        }
        named = [*model._meta.constraints, *model._meta.indexes]
        lost |= {(table, one.name) for one in named if one.name not in held}
        to_others = {tuple(one["columns"]) for one in held.values() if one["foreign_key"]}
        lost |= {
            (table, field.column)
            for field in model._meta.concrete_fields
            if getattr(field, "db_constraint", False) and (field.column,) not in to_others
        }
    assert lost == set()
