"""`python -m bench NAME [--json]`: posting, pages; without a name, all of them."""

import argparse
import json
import os
import subprocess
import sys
import tempfile

from tools.postgres import NoServer, temporary_cluster

NAMES = ("posting", "pages")


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
    result: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="canting-bench-") as home:
        result["sqlite"] = run_one(name, "SQLite", f"sqlite:///{home}/bench.sqlite3", home)
    try:
        with temporary_cluster(durable=True) as url, tempfile.TemporaryDirectory() as home:
            result["postgresql"] = run_one(name, "PostgreSQL", url, home)
    except NoServer as refusal:
        result["postgresql"] = {"left_out": str(refusal)}
    return result


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
    parser.add_argument("name", nargs="?", choices=NAMES)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    result: dict[str, object] = {
        name: measure(name) for name in ([chosen.name] if chosen.name else NAMES)
    }
    text = json.dumps(result, indent=1) if chosen.json else "\n".join(lines(result))
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
