"""The store that the tests of the stock stand on."""

import pytest

from tests.stock.goods import Goods


@pytest.fixture
def goods(cooperative, actor) -> Goods:
    return Goods(cooperative, actor)
