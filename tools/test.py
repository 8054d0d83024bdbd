"""Run the tests on SQLite, then on PostgreSQL, and say at the end what ran and what did not.

Locally a missing PostgreSQL or Chromium is left out and named; with CI=true it is a failure.
Further arguments go to pytest: `python -m tools.test tests/ledger -k chain`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.postgres import INSTALL as INSTALL_POSTGRES
from tools.postgres import NoServer, server_programs, stop_on_terminate, temporary_cluster

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL_CHROMIUM = "sudo apt-get install -y --no-install-recommends chromium fonts-dejavu-core"
NO_TESTS_COLLECTED = 5


@dataclass(frozen=True)
class Outcome:
    """How one run ended, in one line."""

    name: str
    fine: bool
    said: str


def chromium() -> str | None:
    """The browser the tests drive: CANTING_CHROMIUM, or the first one in PATH."""
    named = os.environ.get("CANTING_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def pytest(name: str, database_url: str, marker: str, arguments: list[str]) -> Outcome:
    """One run of pytest, shown as it goes; its last line is kept for the summary."""
    sys.stdout.write(f"\n== Tests on {name}\n")
    sys.stdout.flush()
    with tempfile.TemporaryDirectory(prefix="canting-test-") as home:
        environment = os.environ | {
            "CANTING_DATABASE_URL": database_url or f"sqlite:///{home}/db.sqlite3",
            "CANTING_HOME": home,
            "CANTING_CHROMIUM": chromium() or "",
        }
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--color=no"]
        if marker:
            command += ["-m", marker]
        last = ""
        with subprocess.Popen(
            command + arguments,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as running:
            for line in running.stdout or ():
                sys.stdout.write(line)
                sys.stdout.flush()
                last = line.strip() or last
    fine = running.returncode == 0 or bool(arguments and running.returncode == NO_TESTS_COLLECTED)
    return Outcome(name, fine, last.strip("= "))


def left_out(name: str, why: str, install: str) -> Outcome:
    """A run that this machine cannot make: allowed here, a failure in CI."""
    in_ci = os.environ.get("CI", "").lower() in {"1", "true"}
    return Outcome(name, not in_ci, f"LEFT OUT: {why} To bring it:\n{'':15}{install}")


def runs(arguments: list[str]) -> list[Outcome]:
    """All runs this machine can make, in order."""
    browser = chromium()
    outcomes = [pytest("SQLite", "", "" if browser else "not browser", arguments)]
    if not browser:
        outcomes.append(left_out("Browser", "no Chromium here.", INSTALL_CHROMIUM))
    if server_programs() is None:
        outcomes.append(left_out("PostgreSQL", "no server here.", INSTALL_POSTGRES))
        return outcomes
    try:
        with temporary_cluster() as url:
            outcomes.append(pytest("PostgreSQL", url, "not browser", arguments))
    except NoServer as refusal:
        outcomes.append(Outcome("PostgreSQL", False, str(refusal)))
    return outcomes


def main() -> int:
    """Run everything; 1 when a run failed or, in CI, could not be made."""
    stop_on_terminate()
    os.chdir(ROOT)
    outcomes = runs(sys.argv[1:])
    sys.stdout.write("\n== What ran\n")
    for outcome in outcomes:
        state = "" if outcome.fine else "FAILED  "
        sys.stdout.write(f"{outcome.name:<13}{state}{outcome.said}\n")
    return 0 if all(outcome.fine for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
