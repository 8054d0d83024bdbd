"""A row changed behind the triggers is found, and named by the law it breaks."""

from datetime import date

import pytest
from django.db import connection

from canting.cooperatives.rules import PartyKind
from canting.kernel.append_only import drop_triggers, put_triggers
from canting.ledger import selectors
from canting.ledger.invariants import INVARIANTS
from canting.ledger.models import JournalEntry
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import close_month, post_entries, reopen_month
from tests import builders

JAN, FEB, MAR = date(2026, 1, 15), date(2026, 2, 15), date(2026, 3, 15)


@pytest.fixture
def books(cooperative, actor):
    """Six entries over three months; January is closed."""
    siti = builders.party(cooperative, PartyKind.MEMBER, "Siti")

    def draft(number, on):
        lines = [debit("cash_main", 100 * number), credit("share_mandatory", 100 * number, siti)]
        return Draft(f"test:{number}", on, "test", "Uji", lines)

    days = (JAN, JAN, FEB, FEB, MAR)
    drafts = [draft(number, on) for number, on in enumerate(days, 1)]
    post_entries(cooperative=cooperative, drafts=drafts, actor=actor)
    close_month(cooperative=cooperative, month=JAN, on=date(2026, 2, 1), actor=actor)
    return cooperative


def entry_key(cooperative, position) -> int:
    return JournalEntry.objects.get(cooperative=cooperative, position=position).pk


def behind_the_triggers(sql, *values):
    """What someone with the file in hand could do: guards off, change, guards on again."""
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount > 0
    put_triggers()


def broken(cooperative) -> dict[str, list[str]]:
    found = {
        law.name.removeprefix("ledger."): list(law.breaches(cooperative)) for law in INVARIANTS
    }
    return {name: texts for name, texts in found.items() if texts}


def test_sound_books_break_no_law(books):
    assert broken(books) == {}


def test_a_changed_amount_is_found(books):
    behind_the_triggers(
        "UPDATE ledger_journalline SET amount = amount + 1 WHERE entry_id = %s AND side = 'D'",
        entry_key(books, 2),
    )
    found = broken(books)
    assert set(found) == {"entries_balance", "kept_account_sums", "chain_is_whole"}
    assert "2" in found["chain_is_whole"][0]
    assert len(found["chain_is_whole"]) == 1


def test_an_amount_changed_on_both_sides_is_found(books):
    behind_the_triggers(
        "UPDATE ledger_journalline SET amount = amount + 1 WHERE entry_id = %s", entry_key(books, 2)
    )
    assert set(broken(books)) == {"kept_account_sums", "kept_party_sums", "chain_is_whole"}


def test_a_changed_word_is_found(books):
    behind_the_triggers(
        "UPDATE ledger_journalentry SET memo = 'Lain' WHERE id = %s", entry_key(books, 3)
    )
    assert set(broken(books)) == {"chain_is_whole"}


def test_a_dropped_entry_is_found(books):
    key = entry_key(books, 4)
    behind_the_triggers("DELETE FROM ledger_journalline WHERE entry_id = %s", key)
    behind_the_triggers("DELETE FROM ledger_journalentry WHERE id = %s", key)
    found = broken(books)
    assert set(found) == {"kept_account_sums", "kept_party_sums", "chain_is_whole"}
    assert any("4" in text for text in found["chain_is_whole"])


def test_a_dropped_last_entry_is_found(books):
    key = entry_key(books, 5)
    behind_the_triggers("DELETE FROM ledger_journalline WHERE entry_id = %s", key)
    behind_the_triggers("DELETE FROM ledger_journalentry WHERE id = %s", key)
    assert len(broken(books)["chain_is_whole"]) == 2


def test_a_changed_kept_month_is_found(books):
    for table, law in (("accountmonth", "kept_account_sums"), ("partymonth", "kept_party_sums")):
        behind_the_triggers(
            f"UPDATE ledger_{table} SET credit = credit + 7 WHERE credit > 0 AND month = %s",
            connection.ops.adapt_datefield_value(date(2026, 2, 1)),
        )
        found = broken(books)
        assert law in found
        assert "control_accounts_equal_their_parties" in found or law == "kept_party_sums"


def test_a_kept_sum_of_nothing_is_found(books):
    behind_the_triggers(
        "UPDATE ledger_partymonth SET credit = 0, debit = debit + credit * 2 WHERE credit > 0"
    )
    found = broken(books)
    assert {"no_party_on_the_wrong_side", "control_accounts_equal_their_parties"} <= set(found)
    assert "Siti" in found["no_party_on_the_wrong_side"][0]


def test_a_changed_digest_is_found(books):
    behind_the_triggers(
        "UPDATE ledger_journalentry SET digest = 'x' || substr(digest, 2) WHERE id = %s",
        entry_key(books, 3),
    )
    found = broken(books)
    assert "chain_is_whole" in found
    assert "3" in found["chain_is_whole"][0]


def test_a_rewritten_end_of_the_chain_is_found_by_its_checkpoint(books):
    behind_the_triggers(
        "UPDATE ledger_journalentry SET digest = 'x' || substr(digest, 2) WHERE id = %s",
        entry_key(books, 5),
    )
    assert "checkpoints_stand" in broken(books)


def test_a_line_moved_to_another_day_is_found(books):
    behind_the_triggers(
        "UPDATE ledger_journalline SET entry_date = %s WHERE entry_id = %s",
        connection.ops.adapt_datefield_value(date(2026, 2, 16)),
        entry_key(books, 3),
    )
    assert set(broken(books)) == {"lines_repeat_their_entry"}


def test_an_entry_slipped_into_a_closed_month_is_found(books, actor):
    reopen_month(cooperative=books, reason="Nota tertinggal", actor=actor)
    late = Draft("late", JAN, "test", "Uji", [debit("bank", 5), credit("cash_main", 5)])
    post_entries(cooperative=books, drafts=[late], actor=actor)
    assert broken(books) == {}
    behind_the_triggers("DELETE FROM ledger_fiscalperiod WHERE act = 'reopen'")
    assert set(broken(books)) == {
        "closed_months_stay_closed", "acts_are_in_the_audit", "book_stands",
    }  # fmt: skip


def test_a_missing_guard_is_found(books):
    with connection.cursor() as cursor:
        table = "ledger_journalline"
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {table}_no_update{on}")
    assert set(broken(books)) == {"triggers_guard"}
    put_triggers()


def test_an_entry_without_its_audit_line_is_found(books):
    behind_the_triggers("DELETE FROM cooperatives_auditrecord WHERE subject = 'test:3'")
    assert set(broken(books)) == {"entries_are_in_the_audit"}


def test_the_chain_can_be_read_from_a_checkpoint_on(books):
    behind_the_triggers(
        "UPDATE ledger_journalentry SET memo = 'Lain' WHERE id = %s", entry_key(books, 2)
    )
    assert len(list(selectors.chain_faults(cooperative=books))) == 1
    assert list(selectors.chain_faults(cooperative=books, after=2)) == []
