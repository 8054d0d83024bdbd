"""`docs/posting.md` names every kind of entry that the services post, and no other."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from canting.assets.rules import GRANT_KINDS
from canting.cash.rules import KEPT_PURPOSES, PURPOSES
from canting.production.rules import FactKind, Fault
from canting.purchasing.rules import MODE_KINDS
from canting.savings.rules import EXIT_PAPER_EVENT
from canting.surplus.rules import COVER_KIND, PAID_KINDS, SPLIT_KIND
from canting.taxes.rules import BILL_KINDS, PAYABLE

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "posting.md"
ROW = re.compile(r"^\| `(\w+)` \|[^|]+\| (`[^|]+) \| `([\w/.]+)::(\w+)` \|$", re.MULTILINE)
# Calls that end in an entry whose kind is given by name.
POSTING = {"Draft", "post", "write"}
# Kinds that the services look up in a table of their rules.
LOOKED_UP = {
    *(purpose.kind for purpose in PURPOSES.values()),
    *(purpose.kind for purpose in KEPT_PURPOSES.values()),
    *MODE_KINDS.values(),
    *GRANT_KINDS.values(),
    *EXIT_PAPER_EVENT.values(),
    *(one.paid_kind for one in PAYABLE.values()),
    *(one.entry for one in BILL_KINDS.values()),
    *(SPLIT_KIND, COVER_KIND, *PAID_KINDS),
    *(str(kind) for kind in FactKind),
    *(f"reject_{fault}" for fault in Fault if fault),
}


def sources() -> list[Path]:
    return [*ROOT.glob("canting/*/services.py"), *ROOT.glob("canting/*/services/*.py")]


def words(node: ast.AST | None) -> set[str]:
    """The string constants that an expression may give: not what it compares."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return words(node.body) | words(node.orelse)
    if isinstance(node, ast.Dict):
        return set().union(*map(words, node.values))
    return set()


def kinds_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            if name in POSTING:
                found |= set().union(*(words(k.value) for k in node.keywords if k.arg == "kind"))
            if name == "Draft" and len(node.args) > 2:
                found |= words(node.args[2])
        elif isinstance(node, ast.FunctionDef) and node.name.endswith("event_kind"):
            returned = [one.value for one in ast.walk(node) if isinstance(one, ast.Return)]
            found |= set().union(*map(words, returned))
        elif isinstance(node, ast.Assign) and any(
            getattr(one, "id", "").endswith("_KIND") for one in node.targets
        ):
            found |= words(node.value)
    return found


def rows() -> list[tuple[str, str, str, str]]:
    return ROW.findall(PAGE.read_text(encoding="utf-8"))


def test_every_kind_that_is_posted_has_its_row_and_no_other():
    posted = {"opening"} | LOOKED_UP | set().union(*map(kinds_of, sources()))
    told = [row[0] for row in rows()]
    assert len(told) == len(set(told))
    assert {"handover", "shares_in", "rework_ours_accepted", "sale_credit"} <= posted
    assert set(told) == posted


def test_no_row_of_the_page_escapes_the_check():
    lines = [one for one in PAGE.read_text(encoding="utf-8").splitlines() if one.startswith("| `")]
    assert len(lines) == len(rows())


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_the_service_and_the_test_of_a_row_exist(row):
    _kind, services, path, test = row
    assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8")
    named = re.findall(r"`([\w.]+)`", services)
    module = named[0].rsplit(".", 1)[0]
    for name in named:
        place, _, function = name.rpartition(".")
        assert callable(getattr(import_module(f"canting.{place or module}"), function)), name
