"""The materials of the invented year: opening stock, suppliers, makers, the events E005-E017."""

from datetime import date
from decimal import Decimal
from typing import Any

from canting.catalogue.services import create_item, set_price
from canting.ledger.models import JournalEntry
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from canting.members.services import admit_member
from canting.purchasing import services
from canting.purchasing.selectors import BuyLine, OutLine
from canting.stock import selectors as stock_selectors
from canting.stock.services import pool_lot, receive
from tests import builders

CUTOVER = date(2027, 1, 1)
MAKERS = {"M1": "Aminah", "M2": "Buriyah", "M3": "Cicik", "M4": "Darmi", "M5": "Endang"}


def day(month: int, on: int) -> date:
    return date(2027, month, on)


class Year:
    """One cooperative as it stands after E001, with short names for its people and goods."""

    def __init__(self) -> None:
        self.actor = builders.user("rini")
        self.coop = builders.cooperative(actor=self.actor, cutover=CUTOVER)
        make: dict[str, Any] = {"cooperative": self.coop, "actor": self.actor}
        self.items = {
            "mori": create_item(name="Mori primissima", kind="cloth", unit="m", **make),
            "malam": create_item(name="Malam klowong", kind="wax", unit="kg", **make),
            "dye": create_item(name="Pewarna naphthol", kind="dye", unit="kg", **make),
        }
        for key, price_list, amount in (
            ("mori", "member", 22_000),
            ("malam", "member", 36_000),
            ("dye", "public", 190_000),
            ("mori", "market", 24_000),
        ):
            set_price(
                item=self.items[key],
                price_list=price_list,
                amount=amount,
                valid_from=CUTOVER,
                place="Pasar Klewer" if price_list == "market" else "",
                **make,
            )
        self.people = {
            key: admit_member(full_name=name, on=CUTOVER, **make) for key, name in MAKERS.items()
        }
        self.s1 = services.add_supplier(name="Toko Mori Sumber Jaya", **make)
        self._open()

    def _open(self) -> None:
        """E001 as far as it concerns materials: stock, cash, what was owed."""
        store = stock_selectors.store(self.coop)
        for key, quantity, value in (("mori", 200, 3_600_000), ("malam", 40, 1_200_000)):
            receive(
                cooperative=self.coop,
                place=store,
                lot=pool_lot(self.items[key]),
                quantity=Decimal(quantity),
                value=value,
                on=CUTOVER,
                source="test.opening:1",
                actor=self.actor,
            )
        m1 = self.people["M1"].party
        lines = [
            debit("cash_main", 1_500_000),
            debit("cash_till", 500_000),
            debit("bank", 20_000_000),
            debit("recv_member", 600_000, m1),
            debit("mat_cloth", 3_600_000),
            debit("mat_wax", 1_200_000),
            credit("pay_supplier", 2_000_000, self.s1.party),
            credit("grant_equity", 25_400_000),
        ]
        draft = Draft("test.opening:1", CUTOVER, "opening", "Saldo awal", lines)
        post_entry(cooperative=self.coop, draft=draft, actor=self.actor)
        # E003 and E004: shares paid in, so that the office cash is what it was in that year.
        lines = [debit("cash_main", 2_000_000), credit("grant_equity", 2_000_000)]
        draft = Draft("test.shares:1", CUTOVER, "opening", "Simpanan", lines)
        post_entry(cooperative=self.coop, draft=draft, actor=self.actor)

    def buy(self, key: str, quantity: str, price: int, unit: str = "") -> BuyLine:
        return BuyLine(self.items[key], Decimal(quantity), unit, price)

    def out(self, key: str, quantity: str) -> OutLine:
        return OutLine(self.items[key], Decimal(quantity))

    def hand(self, who: str | None, mode: str, on: date, *lines: tuple[str, str], **facts):
        facts.setdefault("basis", "commission" if mode == "custody" else "purchase")
        return services.hand_out(
            cooperative=self.coop,
            member=self.people[who] if who else None,
            lines=[self.out(*line) for line in lines],
            mode=mode,
            on=on,
            actor=self.actor,
            **facts,
        )

    def e005(self):
        draft = services.PurchaseDraft(
            lines=[self.buy("mori", "500", 19_000), self.buy("malam", "60", 32_000)],
            supplier=self.s1,
        )
        return services.ship_purchase(
            cooperative=self.coop, draft=draft, on=day(1, 12), actor=self.actor
        )

    def e006(self, purchase):
        return services.receive_shipped(
            purchase=purchase,
            on=day(1, 15),
            actor=self.actor,
            freight=571_000,
            freight_place="cash_main",
        )

    def e007(self):
        draft = services.PurchaseDraft(
            lines=[self.buy("dye", "20", 150_000)],
            seller="CV Warna Abadi",
            payment="cash",
            cash_place="bank",
        )
        return services.receive_purchase(
            cooperative=self.coop, draft=draft, on=day(1, 16), actor=self.actor
        )

    def bought(self):
        """E005 to E009: what was bought, sent back and invoiced otherwise."""
        purchase = self.e005()
        self.e006(purchase)
        self.e007()
        mori, malam = purchase.lines.order_by("id")
        services.return_to_supplier(
            line=mori, quantity=Decimal(20), unit="m", on=day(1, 20), actor=self.actor
        )
        services.change_price(line=malam, price=33_000, on=day(1, 22), actor=self.actor)
        return purchase

    def lines_of(self, kind: str) -> list[list[tuple[str, str, int, str]]]:
        """The lines of every entry of a kind: side, role, amount, party's name."""
        found = []
        for entry in JournalEntry.objects.filter(cooperative=self.coop, kind=kind).order_by("id"):
            rows = entry.lines.select_related("account", "party").order_by("id")
            found.append(
                [(r.side, r.account.role, r.amount, r.party.name if r.party else "") for r in rows]
            )
        return found
