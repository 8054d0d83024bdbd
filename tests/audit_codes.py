"""Which codes the services write into the audit trail, read from the source itself."""

import ast
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import canting

HOUSE = Path(canting.__file__).parent
# Where a code is put together from what a model holds: what may stand there.
UNFOLDED = {
    "cash.{paper.kind}": lambda: _choices("cash", "CashPaper", "kind"),
    "production.{kind.value}": lambda: [kind.value for kind in _fact_kinds()],
}


def _choices(app: str, model: str, field: str) -> list[str]:
    from django.apps import apps

    return [value for value, _name in apps.get_model(app, model)._meta.get_field(field).choices]


def _fact_kinds():
    from canting.production.rules import FactKind

    return FactKind


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


class Unknown(Exception):
    """A code that cannot be read from the source: say it more plainly there."""


class Reader:
    """Reads what an expression may be, within one module and one function."""

    def __init__(self, path: Path, function: ast.FunctionDef | None) -> None:
        self.path, self.function = path, function

    def texts(self, node: ast.expr) -> list[str]:
        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.IfExp():
                return [*self.texts(node.body), *self.texts(node.orelse)]
            case ast.Subscript(value=ast.Name(id=name)):
                table = self._constant(name)
                if isinstance(table, ast.Dict):
                    return [text for one in table.values for text in self.texts(one)]
            case ast.Name(id=name):
                constant = self._constant(name)
                return self._from_callers(name) if constant is None else self.texts(constant)
            case ast.JoinedStr():
                return self._joined(node)
        raise Unknown(f"{self.path.relative_to(HOUSE)}:{node.lineno}: {ast.unparse(node)}")

    def _joined(self, node: ast.JoinedStr) -> list[str]:
        written = ast.unparse(node)[2:-1]
        if written in UNFOLDED:
            return [written.split("{")[0] + one for one in UNFOLDED[written]()]
        parts = [
            self.texts(part.value if isinstance(part, ast.FormattedValue) else part)
            for part in node.values
        ]
        return ["".join(each) for each in product(*parts)]

    def _constant(self, name: str) -> ast.expr | None:
        for node in tree(self.path).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
                return node.value
        return None

    def _from_callers(self, name: str) -> list[str]:
        if self.function is None:
            raise Unknown(f"{self.path}: {name}")
        arguments = self.function.args
        names = [one.arg for one in [*arguments.posonlyargs, *arguments.args]]
        found = []
        for path in sorted(self.path.parent.glob("*.py")):
            for inside, call in calls(path, self.function.name):
                given = {one.arg: one.value for one in call.keywords}
                given |= dict(zip(names, call.args, strict=False))
                if name in given:
                    found += Reader(path, inside).texts(given[name])
        if not found:
            raise Unknown(f"{self.path}: nobody calls {self.function.name}")
        return found


def calls(path: Path, name: str) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
    """Every call of a function by name, with the function that it stands in."""

    def walk(node: ast.AST, inside: ast.FunctionDef | None):
        for child in ast.iter_child_nodes(node):
            deeper = child if isinstance(child, ast.FunctionDef) else inside
            if isinstance(child, ast.Call):
                called = child.func
                if (isinstance(called, ast.Name) and called.id == name) or (
                    isinstance(called, ast.Attribute) and called.attr == name
                ):
                    yield inside, child
            yield from walk(child, deeper)

    return walk(tree(path), None)


def recorded() -> dict[str, str]:
    """Every code that `record` or `record_many` is called with, and a place where it is."""
    found = {}
    for path, name in product(sorted(HOUSE.rglob("*.py")), ("record", "record_many")):
        if path.name == "trail.py":
            continue  # the one calls the other there
        for inside, call in calls(path, name):
            action = next((one.value for one in call.keywords if one.arg == "action"), None)
            if action is not None:
                for code in Reader(path, inside).texts(action):
                    found[code] = f"{path.relative_to(HOUSE)}:{call.lineno}"
    return found
