"""Texts of the notes: written once, carried over, in the audit trail; tables that add up."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from canting.cooperatives.models import AuditRecord
from canting.cooperatives.rules import Role
from canting.cooperatives.services import set_parameter
from canting.reports import selectors
from canting.reports.errors import NoteTooLong, UnknownSection, YearTooLate
from canting.reports.invariants import notes_are_as_written
from canting.reports.models import NoteText
from canting.reports.papers import notes
from canting.reports.rules.notes import MOST_SIGNS, SHARES_SENTENCE
from canting.reports.services import write_note
from canting.reports.statements import Period
from tests.ledger import worked_year

ON = date(2027, 6, 1)
YEAR = Period(date(2027, 1, 1), date(2027, 12, 31))


def written(cooperative, actor, text="Catatan kami", year=2027, section="other"):
    return write_note(
        cooperative=cooperative, year=year, section=section, text=text, on=ON, actor=actor
    )


def test_a_text_is_kept_carried_over_and_named_in_the_audit(cooperative, actor):
    written(cooperative, actor, "Tahun 2026", year=2026)
    found = selectors.notes_of(cooperative=cooperative, year=2027)["other"]
    assert (found.text, found.year, found.is_of(2027)) == ("Tahun 2026", 2026, False)
    written(cooperative, actor, "Tahun 2027")
    found = selectors.notes_of(cooperative=cooperative, year=2027)["other"]
    assert (found.text, found.is_of(2027)) == ("Tahun 2027", True)
    assert selectors.notes_of(cooperative=cooperative, year=2026)["other"].text == "Tahun 2026"
    acts = AuditRecord.objects.filter(cooperative=cooperative, action="reports.note_written")
    assert [act.facts["text"] for act in acts.order_by("id")] == ["Tahun 2026", "Tahun 2027"]


def test_the_same_text_again_changes_nothing(cooperative, actor):
    first = written(cooperative, actor)
    second = written(cooperative, actor, "Catatan kami  \n")
    assert first.pk == second.pk
    acts = AuditRecord.objects.filter(cooperative=cooperative, action="reports.note_written")
    assert acts.count() == 1


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"section": "x"}, UnknownSection),
        ({"year": 2028}, YearTooLate),
        ({"text": "x" * (MOST_SIGNS + 1)}, NoteTooLong),
    ],
)
def test_a_refused_text_leaves_no_trace(cooperative, actor, facts, refusal):
    with pytest.raises(refusal):
        written(cooperative, actor, **facts)
    assert not NoteText.objects.exists()
    assert not AuditRecord.objects.filter(action="reports.note_written").exists()


def test_a_text_changed_or_taken_away_behind_us_is_named(cooperative, actor):
    note = written(cooperative, actor)
    assert list(notes_are_as_written(cooperative)) == []
    NoteText.objects.filter(pk=note.pk).update(text="lain")
    assert len(list(notes_are_as_written(cooperative))) == 1
    NoteText.objects.all().delete()
    assert len(list(notes_are_as_written(cooperative))) == 1


def test_the_page_writes_and_shows_it_and_the_cashier_may_only_read(client_as, cooperative):
    board = client_as(Role.BOARD)
    url = reverse("reports:note_edit", args=[cooperative.slug, "policies"])
    answer = board.post(url, {"text": "Kebijakan kami sendiri", "request_key": "kunci-catatan-1"})
    assert answer.status_code == 302
    assert "Kebijakan kami sendiri" in board.get(answer["Location"]).content.decode()
    assert client_as(Role.CASHIER).get(url).status_code == 403
    assert board.get(reverse("reports:note_edit", args=[cooperative.slug, "x"])).status_code == 404
    long = board.post(url, {"text": "x" * 9_000, "request_key": "kunci-catatan-2"})
    assert long.status_code == 422


def section(cooperative, key):
    with translation.override("en"):
        found = {one.key: one for one in notes(cooperative=cooperative, period=YEAR)}
    return found[key]


def test_shares_are_equity_though_redeemable_stands_in_every_years_notes(actor):
    year = worked_year.posted(actor)
    assert SHARES_SENTENCE in section(year, "capital").words


def rows(found, place=0):
    return {row.label: row.amounts for row in found.tables[place].rows}


def test_the_tables_of_the_worked_year_add_up(actor):
    year = worked_year.posted(actor)
    assert rows(section(year, "cash"))["Together"] == (33_658_807, 0)
    receivables = section(year, "receivables")
    assert rows(receivables)["Together"][0] == 725_000
    ages = rows(receivables, len(receivables.tables) - 1)
    assert ages["Together"][-1] == 725_000 + 300_000 + 4_000_000
    assets = rows(section(year, "assets"))["Machinery and equipment"]
    assert assets == (12_000_000, 10_000_000, -2_000_000, -5_000_000, 15_000_000)
    assert rows(section(year, "funds"))["Together"][-1] == 2_117_778
    capital = rows(section(year, "capital"))
    assert capital["Together"] == (35_000_000, 19_264_536, -11_220_000, 43_044_536)


def test_the_key_its_figures_and_its_source_are_printed(actor):
    year = worked_year.posted(actor)
    key = section(year, "key")
    assert rows(key)["Weight"] == (28_870_000, 2_719_980)
    set_parameter(
        cooperative=year,
        name="ledger.cost_key",
        value="fixed",
        valid_from=date(2027, 1, 1),
        source="Keputusan RAT 3/2027",
        actor=actor,
    )
    set_parameter(
        cooperative=year,
        name="ledger.cost_key_percent",
        value="80",
        valid_from=date(2027, 1, 1),
        source="Keputusan RAT 3/2027",
        actor=actor,
    )
    key = section(year, "key")
    assert rows(key)["Weight"] == (8_000, 2_000)
    assert "Keputusan RAT 3/2027" in " ".join(key.words)
