"""The vector files of tests/data, as Python values."""

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"


def vectors(name: str) -> Any:
    return json.loads((DATA / "vectors" / f"{name}.json").read_text(encoding="utf-8"))
