"""A fixed moment for pages, which alone ask what day it is."""

from datetime import UTC, datetime

import pytest

# Saturday, 20 March 2027, 14.05 WIB.
NOW = datetime(2027, 3, 20, 7, 5, tzinfo=UTC)


def stop_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime = NOW) -> None:
    """Let every page believe that it is this moment."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
