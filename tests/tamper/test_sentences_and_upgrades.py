"""What the law of sealed rows says, and that an upgrade seals anew only what was sound before it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from canting.cash.services import pay_cash
from canting.cooperatives.invariants import rows_are_sealed
from canting.cooperatives.models import AuditRecord, RowSeal
from canting.kernel import row_seals
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entries
from tests.tamper.rows import a_row, behind, guards_off

DAY = date(2026, 11, 2)


@pytest.fixture
def voucher(cooperative, actor):
    """A cash paper made by its service, out of a drawer with money in it."""
    lines = [debit("cash_main", 900_000), credit("other_income", 900_000)]
    draft = Draft("test:1", DAY, "test", "Uji", lines)
    post_entries(cooperative=cooperative, drafts=[draft], actor=actor)
    return pay_cash(
        cooperative=cooperative,
        purpose="electricity",
        amount=75_000,
        place="cash_main",
        on=DAY,
        memo="Listrik",
        actor=actor,
    )


def test_what_services_write_is_sound(cooperative, voucher):
    assert list(rows_are_sealed(cooperative)) == []
    assert RowSeal.objects.filter(of_table="cash_cashpaper", house=cooperative.pk).count() == 1


def test_a_changed_amount_is_told_with_table_and_number(cooperative, voucher):
    guards_off(type(voucher))
    assert behind("UPDATE cash_cashpaper SET amount = 76000 WHERE id = %s", [voucher.pk])
    row_seals.put_seals()
    (said,) = rows_are_sealed(cooperative)
    assert "cash_cashpaper" in said
    assert voucher.number in said


def test_the_lack_of_a_guard_is_told(cooperative, voucher):
    guards_off(type(voucher))
    (said,) = rows_are_sealed(cooperative)
    assert "cash_cashpaper" in said


def test_another_key_is_told_once(cooperative, voucher, settings):
    before = settings.SEALING_KEY
    settings.SEALING_KEY = "another key of more than thirty-two signs, made for this test"
    row_seals.prepare_connection(connection=connection)
    assert len(list(rows_are_sealed(cooperative))) == 1
    settings.SEALING_KEY = [settings.SEALING_KEY, before]
    row_seals.prepare_connection(connection=connection)
    assert list(rows_are_sealed(cooperative)) == []


def test_a_posting_line_of_the_trail_carries_no_seal_every_other_act_does(cooperative, voucher):
    trail = AuditRecord.objects.filter(cooperative=cooperative)
    sealed = RowSeal.objects.filter(of_table="cooperatives_auditrecord", house=cooperative.pk)
    acts = trail.exclude(action="ledger.posted")
    assert {*sealed.values_list("of_row", flat=True)} == {*acts.values_list("pk", flat=True)}
    assert trail.filter(action="ledger.posted").exists()


def test_an_upgrade_seals_what_was_sound_and_leaves_what_was_not(cooperative, actor):
    model = row_seals.sealed_models()[0]
    sound, changed = a_row(model, cooperative, actor), a_row(model, cooperative, actor)
    guards_off(model)
    table, key = model._meta.db_table, model._meta.pk.column
    column = "number" if table == "assets_asset" else key
    assert behind(f"UPDATE {table} SET {column} = 'z' WHERE {key} = %s", [changed.pk])
    row_seals.open_seals(plan=["a step"])
    with connection.cursor() as cursor:  # what a step of an upgrade does
        cursor.execute(f"UPDATE {table} SET {column} = 'y' WHERE {key} = %s", [sound.pk])
    row_seals.put_seals()
    found = [(one.row, one.deed) for one in row_seals.faults(house=cooperative.pk, only=model)]
    assert found == [(changed.pk, "changed")]
    assert row_seals.missing_seals() == []


def test_a_row_put_into_an_empty_table_is_not_sealed_by_the_next_start(cooperative, actor):
    model = row_seals.sealed_models()[0]
    assert not model._default_manager.exists()
    guards_off(model)
    row = a_row(model, cooperative, actor)
    row_seals.put_seals()
    found = [(one.row, one.deed) for one in row_seals.faults(house=cooperative.pk, only=model)]
    assert found == [(row.pk, "added")]


@pytest.mark.django_db(transaction=True)
def test_a_migrate_without_steps_leaves_what_was_changed_named(cooperative, actor):
    model = row_seals.sealed_models()[0]
    row = a_row(model, cooperative, actor)
    guards_off(model)
    table, key = model._meta.db_table, model._meta.pk.column
    assert behind(f"UPDATE {table} SET cost = cost + 1 WHERE {key} = %s", [row.pk])
    call_command("migrate", verbosity=0)
    assert row_seals.missing_seals() == []
    assert [one.row for one in row_seals.faults(house=cooperative.pk, only=model)] == [row.pk]
