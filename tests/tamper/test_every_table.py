"""For every table of ours a row changed, added or removed behind the application is named.

The tables and their columns come from the models: a new one is in the drill, or in the short list of
`row_seals.open_tables` with its reason. Where the database asks more of a row than its types, say it in
`tests.tamper.rows.ASKED`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, transaction

from canting.kernel import row_seals
from canting.kernel.row_seals.open_tables import OPEN
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entries
from tests.tamper.rows import DAY, a_row, behind, guards_off, other

TABLES = row_seals.sealed_models()


def named(model, house) -> list[tuple[int, str]]:
    return [(one.row, one.deed) for one in row_seals.faults(house=house.pk, only=model)]


def house_of(row, cooperative):
    return row if row._meta.label == "cooperatives.Cooperative" else cooperative


@pytest.fixture(autouse=True)
def an_entry(cooperative, actor):
    """Rows that point into the journal find something there."""
    lines = [debit("cash_main", 500), credit("other_income", 500)]
    draft = Draft("test:1", DAY, "test", "Uji", lines, paper="KW/1")
    post_entries(cooperative=cooperative, drafts=[draft], actor=actor)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)
def test_what_is_done_behind_the_application_is_named(model, cooperative, actor):
    row = a_row(model, cooperative, actor)
    row.refresh_from_db()
    house = house_of(row, cooperative)
    assert row.pk not in dict(named(model, house))
    guards_off(model)
    with connection.constraint_checks_disabled():
        assert list(unnamed_changes(row, house)) == []
        point = transaction.savepoint()
        key = model._meta.pk.column
        assert behind(f"DELETE FROM {model._meta.db_table} WHERE {key} = %s", [row.pk])
        assert (row.pk, "gone") in named(model, house)
        transaction.savepoint_rollback(point)


def unnamed_changes(row, house) -> Iterator[str]:
    """The columns whose change is not named, each tried by itself."""
    model = type(row)
    tried = [field for field in model._meta.concrete_fields if not field.primary_key]
    for field in tried:
        point = transaction.savepoint()
        done = behind(
            f"UPDATE {model._meta.db_table} SET {connection.ops.quote_name(field.column)} = %s "
            f"WHERE {model._meta.pk.column} = %s",
            [other(field, getattr(row, field.attname)), row.pk],
        )
        if done and not {(row.pk, "changed"), (row.pk, "gone")} & {*named(model, house)}:
            yield field.name
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)
def test_a_row_added_behind_the_application_is_named(model, cooperative, actor):
    guards_off(model)
    row = a_row(model, cooperative, actor)
    assert (row.pk, "added") in named(model, house_of(row, cooperative))


def test_an_act_of_the_application_does_not_seal_what_was_changed(cooperative, actor):
    model = apps.get_model("cash.CashPaper")
    paper = a_row(model, cooperative, actor)
    point = transaction.savepoint()
    guards_off(model)
    assert behind("UPDATE cash_cashpaper SET amount = amount + 1 WHERE id = %s", [paper.pk])
    row_seals.put_seals()
    model.objects.filter(pk=paper.pk).update(state="reversed")
    assert named(model, cooperative) == [(paper.pk, "changed")]
    transaction.savepoint_rollback(point)
    model.objects.filter(pk=paper.pk).update(state="reversed")
    assert named(model, cooperative) == []
    model.objects.filter(pk=paper.pk).delete()
    assert named(model, cooperative) == []


def test_every_table_is_sealed_or_has_its_reason():
    ours = {m._meta.label for m in apps.get_models() if m.__module__.startswith("canting.")}
    assert set(OPEN) <= ours
    assert {model._meta.label for model in TABLES} == ours - set(OPEN)
    assert [m._meta.label for m in TABLES if not row_seals.house_path(m, "t")] == []


@pytest.mark.django_db
def test_all_tables_are_being_sealed():
    assert row_seals.missing_seals() == []
    guards_off(TABLES[0])
    assert row_seals.missing_seals() == [TABLES[0]._meta.db_table]
