"""Short names for supplier orders in tests: place, receive, bill, and what must hold afterwards."""

from decimal import Decimal
from typing import Any

from canting.ledger import selectors as ledger
from canting.ledger.invariants import INVARIANTS as ledger_laws
from canting.purchasing import selectors, services
from canting.purchasing.invariants import INVARIANTS as purchasing_laws
from canting.purchasing.models import SupplierOrder
from canting.purchasing.services import BillDraft, Billed, OrderLine
from canting.stock import selectors as stock_selectors
from canting.stock.invariants import INVARIANTS as stock_laws
from canting.stock.services import pool_lot
from tests.purchasing.worked_year import Year, day

CAME, BILLED = day(1, 8), day(1, 9)


class Buying(Year):
    """The invented year with supplier orders; packs of mori are 16.002 m, of wax 1 kg."""

    def line(self, key: str, packs: int, price: int, pack: str = "1") -> OrderLine:
        return OrderLine(self.items[key], packs, self.items[key].unit, Decimal(pack), price)

    def order(self, *lines: OrderLine, **facts: Any) -> SupplierOrder:
        facts = {
            "cooperative": self.coop,
            "supplier": self.s1,
            "promised_on": day(1, 10),
            "on": day(1, 5),
            "actor": self.actor,
            **facts,
        }
        return services.place_order(lines=lines, **facts)

    def receive(self, order: SupplierOrder, *amounts, on=CAME, **facts: Any):
        """Amounts in the order of the lines: whole packs, or base units as text."""
        return services.receive_order(
            order=order, lines=self.amounts(order, amounts), on=on, actor=self.actor, **facts
        )

    def amounts(self, order: SupplierOrder, amounts) -> dict:
        return {
            line: Decimal(amount) if isinstance(amount, str) else amount
            for line, amount in zip(selectors.order_lines(order), amounts, strict=False)
        }

    def draft(self, order: SupplierOrder, *billed: tuple[int | str, int], **facts: Any):
        lines = {
            line: Billed(Decimal(packs) if isinstance(packs, str) else packs, price)
            for line, (packs, price) in zip(selectors.order_lines(order), billed, strict=False)
        }
        return BillDraft(lines=lines, **{"nota": f"F-{order.pk}-{len(order.bills.all())}"} | facts)

    def bill(self, order: SupplierOrder, *billed: tuple[int | str, int], on=BILLED, **facts):
        return services.bill_order(
            order=order, draft=self.draft(order, *billed, **facts), on=on, actor=self.actor
        )

    def grni(self) -> int:
        return ledger.party_balance(cooperative=self.coop, role="grni", party=self.s1.party)

    def owed(self) -> int:
        return selectors.owed_to(cooperative=self.coop, supplier=self.s1)

    def in_store(self, key: str) -> tuple[Decimal, int]:
        store = stock_selectors.store(self.coop)
        row = stock_selectors.balance_of(store, pool_lot(self.items[key]))
        return (row.quantity, row.value) if row else (Decimal(0), 0)


def breaches(buying: Buying) -> list[str]:
    """Every law of the books, the stock and buying that does not hold."""
    return [
        breach
        for law in (*ledger_laws, *stock_laws, *purchasing_laws)
        for breach in law.breaches(buying.coop)
    ]
