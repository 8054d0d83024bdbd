"""The workshop of making, to inspect in."""

from tests.production.conftest import bare_hands, cooperative, shop, stocked

__all__ = ["bare_hands", "cooperative", "shop", "stocked"]
