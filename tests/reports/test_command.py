"""`canting statement`: figures for programs, text for people, refusals with a way out."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from tests import builders
from tests.ledger import worked_year


@pytest.fixture
def year(actor):
    return worked_year.posted(actor)


def run(*words):
    out = io.StringIO()
    call_command("statement", *words, stdout=out)
    return out.getvalue()


def told(name, year):
    return json.loads(run(name, "--cooperative", year.slug, "--as-of", "2027-12-31", "--json"))


def test_every_statement_comes_as_figures_that_tie(year):
    names = ("position", "surplus", "equity", "cash-flow", "promotion", "notes")
    for name in names:
        found = told(name, year)
        assert (found["since"], found["until"]) == ("2027-01-01", "2027-12-31")
        assert all(tie["holds"] for tie in found["ties"])
        assert found["tables"] or found["sections"]


def test_the_figures_are_whole_rupiah_under_their_keys(year):
    rows = {
        row["key"]: row["amounts"] for row in told("posisi-keuangan", year)["tables"][0]["rows"]
    }
    assert rows["cash"] == [33_658_807, 22_000_000]
    assert rows["shu_current"] == [3_533_425, 0]
    assert rows["shu_previous"] == [0, 10_000_000]
    direct = {row["key"]: row["amounts"] for row in told("arus-kas", year)["tables"][0]["rows"]}
    assert direct["op.makers"] == [-12_568_093, 0]


def test_without_json_it_is_text_to_read(year):
    with translation.override("en"):
        text = run("equity", "--cooperative", year.slug, "--as-of", "31/12/2027")
    assert "43.044.536" in text
    assert "Surplus shared by the meeting" in text


def test_a_part_of_a_year_can_be_asked(year):
    words = ("--cooperative", year.slug, "--from", "2027-02-01", "--as-of", "2027-02-28", "--json")
    found = json.loads(run("cash-flow", *words))
    assert (found["since"], found["until"]) == ("2027-02-01", "2027-02-28")


def test_it_refuses_with_a_sentence(year):
    builders.cooperative()
    with pytest.raises(CommandError, match=year.slug):
        run("position")
    with pytest.raises(CommandError, match="2027-02-30"):
        run("position", "--cooperative", year.slug, "--as-of", "2027-02-30")
