"""`python -m bench NAME [--json]`: posting, pages, books, buying; without a name, all of them."""

import argparse
import json
import os
import subprocess
import sys
import tempfile

from tools.postgres import NoServer, temporary_cluster

# What each name measures: parts that need a database, on each of them, and parts that need none.
NAMES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "posting": (("posting",), ()),
    "pages": (("pages",), ()),
    "books": (("posting", "books"), ()),
    "buying": (("sharing", "stock"), ("plan",)),
}


def run_one(name: str, database: str, url: str, home: str) -> dict[str, object]:
    """One measurement on one database, in a process of its own."""
    environment = os.environ | {"CANTING_DATABASE_URL": url, "CANTING_HOME": home}
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{name}"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.stderr.write(done.stderr[-3000:])
        raise SystemExit(f"{name} on {database} failed.")
    result: dict[str, object] = json.loads(done.stdout)
    return result


def measure(name: str) -> dict[str, object]:
    """A measurement on SQLite and, where its server is installed, on PostgreSQL."""
    on_databases, alone = NAMES[name]
    result: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="canting-bench-") as home:
        url = f"sqlite:///{home}/bench.sqlite3"
        result |= {part: run_one(part, "no database", url, home) for part in alone}
    if not on_databases:
        return result
    result["sqlite"] = on_sqlite(on_databases)
    try:
        result["postgresql"] = on_postgresql(on_databases)
    except NoServer as refusal:
        result["postgresql"] = {"left_out": str(refusal)}
    return result


def on_sqlite(parts: tuple[str, ...]) -> dict[str, object]:
    """Each part on a new SQLite file."""
    found = {}
    for part in parts:
        with tempfile.TemporaryDirectory(prefix="canting-bench-") as home:
            found[part] = run_one(part, "SQLite", f"sqlite:///{home}/bench.sqlite3", home)
    return joined(found)


def on_postgresql(parts: tuple[str, ...]) -> dict[str, object]:
    """Each part on a new PostgreSQL cluster; NoServer where there is none."""
    found = {}
    for part in parts:
        with temporary_cluster(durable=True) as url, tempfile.TemporaryDirectory() as home:
            found[part] = run_one(part, "PostgreSQL", url, home)
    return joined(found)


def joined(found: dict[str, dict[str, object]]) -> dict[str, object]:
    """The figures of one part, or of several by their names."""
    return next(iter(found.values())) if len(found) == 1 else dict(found)


def lines(result: dict[str, object], indent: str = "") -> list[str]:
    """The same figures for a reader."""
    found = []
    for key, value in result.items():
        if isinstance(value, dict):
            found += [f"{indent}{key}", *lines(value, indent + "  ")]
        else:
            found.append(f"{indent}{key}: {value}")
    return found


def main() -> None:
    """Measure what is named and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("name", nargs="?", choices=tuple(NAMES))
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    result: dict[str, object] = {
        name: measure(name) for name in ([chosen.name] if chosen.name else NAMES)
    }
    text = json.dumps(result, indent=1) if chosen.json else "\n".join(lines(result))
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
