"""A workshop in the worked year 2027."""

import pytest

from tests.builders import cooperative as make_cooperative
from tests.production.workshop import JAN_1, Workshop


@pytest.fixture
def cooperative(actor):
    return make_cooperative(actor=actor, cutover=JAN_1)


@pytest.fixture
def shop(cooperative, actor) -> Workshop:
    return Workshop(cooperative, actor)


@pytest.fixture
def stocked(shop) -> Workshop:
    """The shop with E015 and E016 done: M4 and M5 hold our material."""
    shop.stock_store()
    shop.hand_out("M4")
    shop.hand_out("M5")
    return shop


@pytest.fixture
def bare_hands(cooperative, actor) -> Workshop:
    """A shop of hand-drawn cloth."""
    return Workshop(cooperative, actor, technique="tulis")
