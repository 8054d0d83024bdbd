"""What both databases share: the table of seals, how a row is told, and the keyed digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from canting.kernel.sealed import derived_keys

SEALS = "cooperatives_rowseal"
DIGEST_SIGNS = 32


def _nobody(_alias: str) -> str:
    return "NULL"


@dataclass(frozen=True, slots=True)
class Sealing:
    """One table to seal: its key, its columns with their types, and whose its rows are."""

    table: str
    key: str
    columns: Mapping[str, str]
    house: Callable[[str], str] = _nobody
    only: str = ""

    def where(self, alias: str) -> str:
        """The rows that are sealed at all, as the beginning of a condition."""
        return f"{self.only.format(row=alias)} AND " if self.only else ""

    def when(self, alias: str) -> str:
        """The same as a trigger asks it; empty when every row is sealed."""
        return self.only.format(row=alias)


def row_keys() -> list[bytes]:
    """The keys that seal rows: the first seals, all of them open."""
    return derived_keys("row seal")


def told(values: tuple[object, ...]) -> bytes:
    """A row as bytes, the same on every machine and version."""
    return json.dumps(values, ensure_ascii=True, default=_hex).encode()


def _hex(value: bytes) -> str:
    return value.hex()


def digest_with(key: bytes, text: bytes) -> str:
    """The keyed digest (a nested SHA-256, so that PostgreSQL makes it without an extension)."""
    inner = hashlib.sha256(key + text).digest()
    return hashlib.sha256(key + inner).hexdigest()[:DIGEST_SIGNS]
