"""Books to pay makers from."""

import pytest

from tests.settlement.books import Books


@pytest.fixture
def books(cooperative, actor) -> Books:
    made = Books(cooperative, actor)
    made.cash()
    made.cash(place="bank")
    return made
