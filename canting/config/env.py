"""Reads the environment once, failing loudly on what is missing or wrong."""

import os
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

BASE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("CANTING_HOME") or BASE.parent / "var").resolve()


def yes_or_no(name: str, *, default: bool) -> bool:
    """A flag from the environment: `yes`, `no`, `1`, `0`; anything else stops the start."""
    raw = os.environ.get(name)
    if raw is None or raw == "":
        return default
    if raw.lower() in {"1", "yes", "true", "on"}:
        return True
    if raw.lower() in {"0", "no", "false", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}.")


def secret(name: str) -> str:
    """A secret from the environment or its _FILE; else one made once and kept in CANTING_HOME."""
    if value := os.environ.get(name):
        return value
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    kept = HOME / "secrets" / name.lower()
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = secrets.token_urlsafe(48)
        try:
            handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return kept.read_text(encoding="utf-8").strip()
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(made)
    return kept.read_text(encoding="utf-8").strip()
