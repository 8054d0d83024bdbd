"""Each named refusal of a round is raised somewhere, and some test meets it."""

import ast
from functools import cache
from inspect import getmembers, isclass
from pathlib import Path

import pytest

import canting
from canting.kernel.errors import DomainError
from canting.rounds import errors

REFUSALS = sorted(
    name
    for name, one in getmembers(errors, isclass)
    if issubclass(one, DomainError) and one.__module__ == errors.__name__
)
HOUSE = Path(canting.__file__).parent / "rounds"
TESTS = Path(__file__).parents[1]


@cache
def used(folder: Path) -> frozenset[str]:
    """The names that the code of a folder uses, imports apart."""
    trees = [ast.parse(path.read_text("utf-8")) for path in folder.rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return frozenset(node.id for node in nodes if isinstance(node, ast.Name))


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_is_raised_and_met(name):
    assert name in used(HOUSE), f"Nothing raises {name}: take it out of errors.py."
    assert name in used(TESTS / "rounds"), f"No test meets {name}: write one that expects it."


def test_every_refusal_says_a_way_out_with_its_own_code():
    codes = [getattr(errors, name).code for name in REFUSALS]
    assert len(set(codes)) == len(codes)
    assert all(code.startswith("rounds.") for code in codes)
