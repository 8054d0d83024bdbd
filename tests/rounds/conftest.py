"""One market for each test."""

import pytest

from tests import builders
from tests.production.workshop import JAN_1
from tests.rounds.market import Market


@pytest.fixture
def market(db, actor) -> Market:
    return Market(builders.cooperative(actor=actor, cutover=JAN_1), actor)
