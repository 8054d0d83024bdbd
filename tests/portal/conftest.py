"""A cooperative of the worked year and an afternoon that stands still, for pages of the portal."""

import pytest

from canting.cooperatives.models import Cooperative
from tests import builders
from tests.portal.clock import stop_clock
from tests.production.workshop import JAN_1


@pytest.fixture
def afternoon(monkeypatch) -> None:
    """Every page believes that it is the same moment."""
    stop_clock(monkeypatch)


@pytest.fixture
def of_2027(actor) -> Cooperative:
    """A cooperative whose books begin with the worked year."""
    return builders.cooperative(actor=actor, cutover=JAN_1)
