"""Write the pages of reference that the code itself can tell: parameters and rights.

python -m tools.reference            write docs/reference/parameters.md and rights.md
python -m tools.reference --check    only compare; end with 1 when one is behind the code
"""

import os
import sys
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

import django

from canting.cooperatives.rules import BEGINNING, Role
from canting.kernel.money import format_rupiah

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
PARAMETERS_HEAD = """\
# Parameters

What a law or a meeting may change: each value holds from a day on and names what allows it. The
board sets a value on the page *Parameter* (`/<cooperative>/parameter/`); earlier days keep theirs.
The values below hold until then. This page is written by `python -m tools.reference`.

| name | what it is | holds from the beginning, or from a day | source |
| --- | --- | --- | --- |
"""
RIGHTS_HEAD = """\
# Rights

A right is what one may do, a role a bundle of rights; a person may hold several roles in one
cooperative and others elsewhere. Every page asks for exactly one right. This page is written by
`python -m tools.reference`.
"""


def house() -> Any:
    """The selectors that gather what every domain declares; they need Django to be set up."""
    return import_module("canting.cooperatives.selectors")


def cell(text: object) -> str:
    """A text inside a table: no bar, no line break."""
    return str(text).replace("|", "\\|").replace("\n", " ").strip()


def shown(value: Any, kind: str) -> str:
    """A value as people write it: yes or no, 50 %, Rp100.000, 14 days."""
    if kind == "flag":
        return "yes" if value else "no"
    if value == "":
        return "empty"
    if kind == "rupiah":
        return format_rupiah(int(value))
    if kind in {"percent", "factor"}:
        return f"{value} %"
    return f"{value} {kind}" if kind in {"days", "weeks", "years"} else str(value)


def parameters() -> str:
    """The page of all parameters."""

    def since(day: date) -> str:
        return "" if day == BEGINNING else f"from {day.isoformat()}: "

    rows = []
    for name, one in sorted(house().all_parameters().items()):
        values = "; ".join(f"{since(d.valid_from)}{shown(d.value, one.kind)}" for d in one.values)
        sources = "; ".join(dict.fromkeys(str(d.source) for d in one.values))
        label = f"{one.label} ({', '.join(one.choices)})" if one.choices else one.label
        rows.append(f"| `{name}` | {cell(label)} | {cell(values)} | {cell(sources)} |")
    return PARAMETERS_HEAD + "\n".join(rows) + "\n"


def rights() -> str:
    """The page of all rights: one table a domain, one column a role."""
    roles = list(Role)
    parts = [RIGHTS_HEAD]
    held = sorted(house().all_rights().items())
    for domain, group in groupby(held, key=lambda row: row[0].split(".")[0]):
        parts.append(f"\n## {domain}\n\n| right | {' | '.join(roles)} |\n")
        parts.append(f"| --- |{' :-: |' * len(roles)}\n")
        for right, holders in group:
            marks = " | ".join("x" if role in holders else "" for role in roles)
            parts.append(f"| `{right}` | {marks} |\n")
    return "".join(parts)


def pages() -> Iterator[tuple[Path, str]]:
    """Every page that is written here, with its text."""
    yield FOLDER / "parameters.md", parameters()
    yield FOLDER / "rights.md", rights()


def behind() -> list[str]:
    """The names of the pages that do not say what the code says."""
    return [
        path.name
        for path, text in pages()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def main() -> int:
    """Write the pages, or compare them; 1 when a compared page is behind."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "canting.config.settings")
    django.setup()
    if sys.argv[1:] == ["--check"]:
        for name in behind():
            sys.stderr.write(f"docs/reference/{name} is behind the code. Run: make reference\n")
        return 1 if behind() else 0
    for path, text in pages():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
