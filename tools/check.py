"""The gate: every check of style, types, layers, pages, migrations, texts and reference pages.

python -m tools.check                            all of it, as `make check` and CI do
python -m tools.check canting/cash tests/cash    the checks of single files, on these paths
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = ["canting", "tests", "tools", "bench"]
PYTHON = [sys.executable, "-m"]


@dataclass(frozen=True)
class Gate:
    """One check: its name and the command that ends with 0 when all is well."""

    name: str
    command: list[str]


def program(name: str) -> str:
    """A console script of the virtual environment this runs in."""
    return str(Path(sys.executable).parent / name)


def pages(paths: list[str]) -> list[str]:
    """The Jinja2 pages below the given paths; allauth's own are in Django's language."""
    found = [
        page
        for path in paths
        for page in ([Path(path)] if Path(path).is_file() else sorted(Path(path).rglob("*.html")))
        if page.suffix == ".html" and "jinja2" in page.parts
    ]
    return [str(page) for page in found]


def gates_of_files(paths: list[str]) -> list[Gate]:
    """Checks that look at one file at a time; the slowest comes first."""
    python = [path for path in paths if path.endswith(".py") or any(Path(path).rglob("*.py"))]
    gates = [
        Gate("mypy", [*PYTHON, "mypy", *python]),
        Gate("ruff format", [*PYTHON, "ruff", "format", "--check", *python]),
        Gate("ruff check", [*PYTHON, "ruff", "check", "--output-format=concise", *python]),
    ]
    if html := pages(paths):
        gates.append(Gate("djlint layout", [program("djlint"), "--check", *html]))
        gates.append(Gate("djlint lint", [program("djlint"), "--lint", "--quiet", *html]))
    return gates


def gates_of_the_whole() -> list[Gate]:
    """Checks that only make sense for the whole repository."""
    migrations = ["django", "makemigrations", "--check", "--dry-run"]
    return [
        Gate("layers", [program("lint-imports"), "--no-cache"]),
        Gate("layers written", [*PYTHON, "tools.layers", "--check"]),
        Gate("migrations", [*PYTHON, *migrations]),
        Gate("messages", [*PYTHON, "tools.messages", "--check"]),
        Gate("reference", [*PYTHON, "tools.reference", "--check"]),
    ]


def run(gate: Gate, environment: dict[str, str]) -> bool:
    """Run one gate; say one line when it holds, and all it says when it does not."""
    start = time.monotonic()
    done = subprocess.run(
        gate.command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - start
    if done.returncode == 0:
        sys.stdout.write(f"  ok    {gate.name} ({seconds:.1f} s)\n")
        return True
    sys.stdout.write(f"  FAIL  {gate.name} ({seconds:.1f} s)\n{done.stdout.rstrip()}\n\n")
    return False


def main() -> int:
    """Run the gates two at a time; 1 when any of them fails."""
    os.chdir(ROOT)
    if paths := sys.argv[1:]:
        gates = gates_of_files(paths)
    else:
        gates = gates_of_files([path for path in CODE if Path(path).exists()])
        gates += gates_of_the_whole()
    with tempfile.TemporaryDirectory(prefix="canting-check-") as home:
        environment = {
            "CANTING_HOME": home,
            "DJANGO_SETTINGS_MODULE": "canting.config.settings",
            "NO_COLOR": "1",
        }
        with ThreadPoolExecutor(max_workers=2) as pool:
            fine = list(pool.map(lambda gate: run(gate, os.environ | environment), gates))
    failed = fine.count(False)
    sys.stdout.write(f"{len(fine) - failed} of {len(fine)} checks hold.\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
