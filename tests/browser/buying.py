"""What buying together stands on in the browser: materials, two suppliers with offers, a market."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from canting.catalogue.services import create_item, set_price, set_unit
from canting.purchasing.services import (
    OfferLine,
    TermsDraft,
    add_offer_list,
    add_supplier,
    set_terms,
)
from tests.browser.ground import Ground

# Supplier, what a pack of mori (10 m) costs there, and a pack of wax (5 kg); whole rupiah.
OFFERS = (("Toko Mori Solo", 200_000, 250_000), ("Pekalongan Jaya", 215_000, 240_000))


class Buying(Ground):
    """The small cooperative, with what it buys and from whom."""

    def __init__(self) -> None:
        super().__init__()
        self.mori = create_item(
            name="Mori primissima", kind="cloth", unit="m", code="MORI-P", **self.make
        )
        self.malam = create_item(
            name="Malam klowong", kind="wax", unit="kg", code="MALAM", **self.make
        )
        set_unit(item=self.mori, unit="pis", factor=Decimal(10), actor=self.make["actor"])
        self.suppliers = [self._supplier(*one) for one in OFFERS]
        for item, amount in ((self.mori, 26_000), (self.malam, 60_000)):
            set_price(
                item=item,
                price_list="market",
                amount=amount,
                valid_from=self.begun,
                place="Pasar Kraksaan",
                source="Ditanyakan",
                **self.make,
            )

    def _supplier(self, name: str, mori: int, malam: int):
        made = add_supplier(name=name, phone="081234567891", **self.make)
        set_terms(
            supplier=made,
            terms=TermsDraft(credit_days=30, lead_days=5, source="Ditanyakan"),
            valid_from=self.begun,
            actor=self.make["actor"],
        )
        add_offer_list(
            supplier=made,
            lines=[
                OfferLine(self.mori, "pis", [(1, mori)], Decimal(10), "m"),
                OfferLine(self.malam, "kg", [(1, malam)], Decimal(5), "kg"),
            ],
            valid_from=self.begun,
            **self.make,
        )
        return made

    def day(self, days: int) -> str:
        """A day from today, as a date field takes it."""
        return f"{self.today + timedelta(days=days):%Y-%m-%d}"
