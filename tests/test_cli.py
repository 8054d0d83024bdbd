"""The console command on a machine where nothing was started yet."""

import json
import os
import subprocess
import sys

import pytest

NEW = ["new", "--json", "--name", "Koperasi Batik Sekar Wening", "--manager", "Rini"]
COMMAND = [sys.executable, "-m", "canting.config.cli"]


@pytest.fixture
def canting(tmp_path):
    """`canting …` in an empty place of its own."""
    environment = os.environ | {
        "CANTING_HOME": str(tmp_path),
        "CANTING_DATABASE_URL": f"sqlite:///{tmp_path}/canting.sqlite3",
        "CANTING_PASSWORD": "kain mori dan malam",
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *words], env=environment, capture_output=True, text=True, check=False
        )

    return run


def test_a_cooperative_can_be_the_first_thing_that_is_made(canting):
    made = canting(*NEW, "--username", "rini")
    assert (made.returncode, json.loads(made.stdout)["slug"]) == (0, "sekar-wening")
    listed = json.loads(canting("cooperatives", "--json").stdout)
    assert [one["name"] for one in listed] == ["Koperasi Batik Sekar Wening"]


def test_asking_for_help_makes_nothing(canting, tmp_path):
    asked = canting("new", "--help")
    assert asked.returncode == 0
    assert "--cutover" in asked.stdout
    assert not (tmp_path / "canting.sqlite3").exists()
