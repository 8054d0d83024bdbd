"""The reference pages name tests and pages that exist, and every series that papers are numbered in."""

import re
from pathlib import Path

import pytest
from django.urls import get_resolver

ROOT = Path(__file__).parents[1]
REPORTS = (ROOT / "docs/reference/field_reports.md").read_text("utf-8")
PAPERS = (ROOT / "docs/reference/papers_and_series.md").read_text("utf-8")
HELD = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", REPORTS)


@pytest.mark.parametrize(("path", "test"), HELD)
def test_a_test_named_by_the_field_reports_exists(path, test):
    assert f"def {test}(" in (ROOT / path).read_text("utf-8")


def test_every_series_has_its_row_and_every_page_of_it_exists():
    programs = [one.read_text("utf-8") for one in (ROOT / "canting").glob("*/services/*.py")]
    used = {name for text in programs for name in re.findall(r'series="([A-Z]+)"', text)}
    told = set(re.findall(r"^\| ([A-Z]+) \|", PAPERS, re.MULTILINE))
    assert used <= told
    known = {
        f"{space}:{name}"
        for space, (_prefix, resolver) in get_resolver().namespace_dict.items()
        for name in resolver.reverse_dict
        if isinstance(name, str)
    }
    assert set(re.findall(r"`(\w+:\w+)`", PAPERS)) <= known
