"""A checkpoint kept elsewhere proves that nothing before it was rewritten, or names what was."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.urls import reverse

from canting.cooperatives.rules import Role
from canting.kernel.append_only import drop_triggers, put_triggers
from canting.ledger import selectors
from canting.ledger.errors import BadCheckpoint
from canting.ledger.models import Book, JournalEntry, JournalLine
from canting.ledger.rules import GENESIS, Checkpoint, Draft, credit, debit, read_checkpoint
from canting.ledger.selectors.chain import digests
from canting.ledger.services import close_month, post_entries

JAN, FEB = date(2026, 1, 9), date(2026, 2, 9)


@pytest.fixture
def books(cooperative, actor):
    """Three entries of January, closed; three of February, closed; one of March."""
    days = [JAN] * 3 + [FEB] * 3 + [date(2026, 3, 1)]
    drafts = [
        Draft(f"test:{n}", day, "test", "Uji", [debit("bank", n), credit("other_income", n)])
        for n, day in enumerate(days, 1)
    ]
    post_entries(cooperative=cooperative, drafts=drafts[:3], actor=actor)
    close_month(cooperative=cooperative, month=JAN, on=date(2026, 3, 2), actor=actor)
    post_entries(cooperative=cooperative, drafts=drafts[3:6], actor=actor)
    close_month(cooperative=cooperative, month=FEB, on=date(2026, 3, 2), actor=actor)
    post_entries(cooperative=cooperative, drafts=drafts[6:], actor=actor)
    return cooperative


def kept(books, month):
    closed = selectors.last_closing(cooperative=books, month=month.replace(day=1))
    assert closed is not None
    return Checkpoint(closed.checkpoint, closed.position)


def faults(books, checkpoint):
    return list(selectors.checkpoint_faults(cooperative=books, checkpoint=checkpoint))


def rewrite(books, position, *, chained):
    """Double an entry's amounts behind the application; `chained` also renews every later digest."""
    drop_triggers()
    entry = JournalEntry.objects.get(cooperative=books, position=position)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_journalline SET amount = amount * 2 WHERE entry_id = %s", [entry.pk]
        )
    if chained:
        head = Book.objects.get(cooperative=books).position
        digest = GENESIS
        for place, digest, _stored in list(digests(cooperative=books, until=head)):
            JournalEntry.objects.filter(cooperative=books, position=place).update(digest=digest)
        Book.objects.filter(cooperative=books).update(digest=digest)
    put_triggers()


def test_sound_books_stand_against_every_checkpoint(books):
    for month in (JAN, FEB):
        assert faults(books, kept(books, month)) == []
        assert faults(books, Checkpoint(kept(books, month).digest)) == []
        file = selectors.checkpoint_file(cooperative=books, position=kept(books, month).position)
        assert faults(books, read_checkpoint(json.dumps(file))) == []


def test_a_changed_entry_is_named(books):
    january = kept(books, JAN)
    february = kept(books, FEB)
    rewrite(books, 5, chained=False)
    assert faults(books, january) == []
    (fault,) = faults(books, february)
    assert "5" in fault


def test_a_chain_written_anew_is_found_between_two_checkpoints(books):
    february = kept(books, FEB)
    rewrite(books, 5, chained=True)
    assert list(selectors.chain_faults(cooperative=books)) == []
    (fault,) = faults(books, february)
    assert "4" in fault
    assert "6" in fault


def test_the_kept_file_names_the_very_entry_of_a_chain_written_anew(books):
    file = selectors.checkpoint_file(cooperative=books, position=6)
    rewrite(books, 5, chained=True)
    (fault,) = faults(books, read_checkpoint(json.dumps(file)))
    assert "5" in fault
    assert "4" not in fault


def test_an_entry_taken_away_is_named(books):
    february = kept(books, FEB)
    drop_triggers()
    entry = JournalEntry.objects.get(cooperative=books, position=2)
    JournalLine.objects.filter(entry=entry).delete()
    JournalEntry.objects.filter(pk=entry.pk).delete()
    put_triggers()
    (fault,) = faults(books, february)
    assert "2" in fault


def test_what_comes_after_a_checkpoint_is_no_concern_of_it(books):
    february = kept(books, FEB)
    rewrite(books, 7, chained=True)
    assert faults(books, february) == []


@pytest.mark.parametrize("text", ["", "abc", "5:xyz", "{}", '{"digest": "00", "position": 1}'])
def test_what_is_no_checkpoint_is_said_so(text):
    with pytest.raises(BadCheckpoint):
        read_checkpoint(text)


def test_the_command_proves_it_or_names_the_first_entry(books, capsys, tmp_path):
    february = kept(books, FEB)
    file = tmp_path / "titik.json"
    file.write_text(json.dumps(selectors.checkpoint_file(cooperative=books, position=6)))
    for given in (february.typed, february.digest, str(file)):
        call_command("verify", "--from", given)
        assert books.slug in capsys.readouterr().out
    rewrite(books, 4, chained=True)
    with pytest.raises(SystemExit) as left:
        call_command("verify", "--from", str(file))
    assert left.value.code == 1
    assert "4" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("verify", "--from", february.typed, "--cooperative", books.slug, "--json")
    assert json.loads(capsys.readouterr().out)["clean"] is False
    with pytest.raises(CommandError):
        call_command("verify", "--from", "nonsense")


def test_the_page_lists_keeps_and_compares(books, client_as):
    client = client_as(Role.SUPERVISOR)
    page = client.get(reverse("ledger:checkpoint_list", args=[books.slug])).content.decode()
    february = kept(books, FEB)
    assert february.digest in page
    file = client.get(reverse("ledger:checkpoint_keep", args=[books.slug, 6]))
    assert json.loads(file.content)["digest"] == february.digest
    missing = client.get(reverse("ledger:checkpoint_keep", args=[books.slug, 99]))
    assert missing.status_code == 404
    view = reverse("ledger:chain_verify", args=[books.slug])
    upload = SimpleUploadedFile("titik.json", file.content, "application/json")
    done = client.post(view, {"request_key": "kunci-titik-1", "file": upload})
    assert done.status_code == 302
    wrong = client.post(view, {"request_key": "kunci-titik-2", "checkpoint": "bukan"})
    assert wrong.status_code == 422
    rewrite(books, 5, chained=True)
    typed = {"request_key": "kunci-titik-3", "checkpoint": february.typed}
    told = client.post(view, typed, follow=True).content.decode()
    assert "4" in told
    assert "wrong" in told


def test_the_months_report_carries_the_checkpoint(books, client_as):
    client = client_as(Role.MANAGER)
    paper = client.get(reverse("ledger:period_report", args=[books.slug, "2026-02"]))
    assert paper.status_code == 200
    assert paper.content.startswith(b"%PDF")
    for month in ("2026-03", "2026-13", "x"):
        answer = client.get(reverse("ledger:period_report", args=[books.slug, month]))
        assert answer.status_code == 404
