"""A checkpoint as people keep it: the place in the chain and the digest that stood there."""

import json
import re
from dataclasses import dataclass
from typing import Any

from canting.ledger.errors import BadCheckpoint

SHORT = 8  # signs of each entry's digest in a kept file: enough to find the first that differs
_TYPED = re.compile(r"^(?:(\d{1,15})[:.])?([0-9a-f]{64})$")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A digest kept outside the books; the place is 0 when only the digest was written down.

    `entries` holds the beginning of every entry's digest up to it, when the file was kept.
    """

    digest: str
    position: int = 0
    entries: str = ""
    cooperative: str = ""

    @property
    def typed(self) -> str:
        """What is copied by hand: the place, a colon, the digest."""
        return f"{self.position}:{self.digest}"


def read_checkpoint(text: str) -> Checkpoint:
    """A checkpoint from what was typed (1234:digest, or the digest alone) or from the kept file."""
    bare = text.strip()
    if bare.startswith("{"):
        return _from_file(bare)
    found = _TYPED.match(re.sub(r"\s+", "", bare).casefold())
    if found is None:
        raise BadCheckpoint(text=bare[:40])
    return Checkpoint(found[2], int(found[1] or 0))


def _from_file(text: str) -> Checkpoint:
    try:
        facts: dict[str, Any] = json.loads(text)
        made = Checkpoint(
            str(facts["digest"]),
            int(facts["position"]),
            str(facts.get("entries", "")),
            str(facts.get("cooperative", "")),
        )
    except (ValueError, KeyError, TypeError) as broken:
        raise BadCheckpoint(text=text[:40]) from broken
    if len(made.entries) not in {0, made.position * SHORT} or not _TYPED.match(made.digest):
        raise BadCheckpoint(text=text[:40])
    return made
