"""The page that maps the cases names tests that exist, and leaves out no story told here."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAP = (ROOT / "docs" / "reference" / "field_reports.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[a-z0-9_/]+\.py)(?:::([a-z0-9_]+))?`", MAP)))
STORIES = sorted(path.name for path in Path(__file__).parent.glob("test_[0-9]*.py"))


@pytest.mark.parametrize(("module", "name"), NAMED)
def test_every_named_test_exists(module, name):
    path = ROOT / module
    assert path.is_file(), module
    tests = {
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    assert tests
    assert not name or name in tests


def test_every_story_is_on_the_map():
    assert STORIES
    assert [name for name in STORIES if f"tests/field_reports/{name}" not in MAP] == []
