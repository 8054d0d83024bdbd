"""What the tests of selling stand on: buyers, products, lots with their value in the books."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from canting.catalogue.services import create_item, set_price
from canting.cooperatives.models import Cooperative, Party, Series, User
from canting.cooperatives.rules import PartyKind
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from canting.sales import services
from canting.sales.invariants import INVARIANTS
from canting.sales.models import Buyer, Delivery, Order
from canting.sales.rules import OrderItem
from canting.stock import selectors as stock
from canting.stock.models import Lot, StockMove
from canting.stock.rules import Basis, Origin, Terms
from canting.stock.services import make_lot, receive, release
from tests import builders

START = date(2026, 1, 2)
_counter = itertools.count(1)


@dataclass
class Shop:
    """A cooperative that sells: shortcuts that call the services."""

    cooperative: Cooperative
    actor: User
    products: dict[str, object] = field(default_factory=dict)

    def buyer(self, name: str = "Galeri Wastra", **facts) -> Buyer:
        return services.create_buyer(
            cooperative=self.cooperative, name=name, on=START, actor=self.actor, **facts
        )

    def member(self, name: str = "Bu Siti") -> Party:
        return builders.party(self.cooperative, PartyKind.MEMBER, name)

    def product(self, name: str = "Anggur 2,5 m", price: int = 250_000):
        if name not in self.products:
            item = create_item(
                cooperative=self.cooperative,
                name=name,
                kind="product",
                unit="helai",
                actor=self.actor,
            )
            set_price(
                cooperative=self.cooperative,
                item=item,
                price_list="sale",
                amount=price,
                valid_from=START,
                actor=self.actor,
            )
            self.products[name] = item
        return self.products[name]

    def lot(
        self,
        *,
        quantity: int = 1,
        value: int = 120_000,
        basis: str = Basis.COMMISSION,
        origin: str = Origin.MEMBER,
        product: str = "Anggur 2,5 m",
        grade: str = "A",
        maker: Party | None = None,
        terms: Terms | None = None,
        released: bool = True,
        on: date = START,
    ) -> Lot:
        """Cloth that lies ready, with its value in stock and in the books."""
        number = next(_counter)
        source = f"test.lot:{number}"
        lot = make_lot(
            cooperative=self.cooperative,
            item=self.product(product),
            basis=basis,
            origin=origin,
            grade=grade,
            maker=maker,
            on=on,
            source=source,
            quantity=Decimal(quantity),
            terms=terms,
        )
        consigned = basis == Basis.CONSIGNMENT
        place = stock.store(self.cooperative)
        if consigned and maker:
            place = stock.consigned(self.cooperative, maker)
        receive(
            cooperative=self.cooperative,
            place=place,
            lot=lot,
            quantity=Decimal(quantity),
            value=0 if consigned else value,
            on=on,
            source=source,
            actor=self.actor,
        )
        if not consigned:
            booked = terms.share_booked if terms else 0
            lines = [debit("fg", value), credit("bank", value - booked)]
            if booked:
                lines.append(credit("pay_maker", booked, maker))
            self.post(source, on, lines)
        if released:
            release(lot=lot, on=on, actor=self.actor)
        return lot

    def post(self, source: str, on: date, lines) -> None:
        post_entry(
            cooperative=self.cooperative,
            draft=Draft(source=source, entry_date=on, kind="test", memo="Uji", lines=lines),
            actor=self.actor,
        )

    def order(self, buyer: Buyer | None = None, quantity: int = 40, **facts) -> Order:
        given: dict[str, Any] = {
            "on": START,
            "promised_date": date(2026, 12, 12),
            "lines": [OrderItem(self.product(), Decimal(quantity), 250_000)],
        } | facts
        return services.take_order(
            cooperative=self.cooperative, buyer=buyer or self.buyer(), actor=self.actor, **given
        )

    def balance(self, role: str) -> int:
        return ledger.balance(cooperative=self.cooperative, role=role)

    def lines(self, source: str) -> list[tuple[str, str, int, str]]:
        """(role, side, amount, party number) of an entry, sorted."""
        entry = ledger.entry_by_source(cooperative=self.cooperative, source=source)
        assert entry is not None, source
        return sorted(
            (line.account, str(line.side), line.amount, line.party.number if line.party else "")
            for line in ledger.lines_of(entry=entry)
        )

    def kind(self, source: str) -> str:
        entry = ledger.entry_by_source(cooperative=self.cooperative, source=source)
        return entry.kind if entry else ""


@pytest.fixture
def shop(cooperative, actor) -> Shop:
    return Shop(cooperative, actor)


def trace(cooperative: Cooperative) -> dict[str, object]:
    """Everything a refused deed could have left behind: rows, numbers, stock, the chain."""
    found: dict[str, object] = {
        model.__name__: model._default_manager.count()
        for model in apps.get_app_config("sales").get_models()
    }
    found["moves"] = StockMove.objects.count()
    found["series"] = sorted(Series.objects.values_list("series", "year", "last"))
    found["position"] = ledger.book(cooperative=cooperative).position
    found["states"] = sorted(Delivery.objects.values_list("number", "state"))
    return found


@contextmanager
def refused(shop: Shop, *errors: type[Exception]) -> Iterator[None]:
    """The deed inside is refused with this error and leaves no trace."""
    before = trace(shop.cooperative)
    with pytest.raises(errors), transaction.atomic():
        yield
    assert trace(shop.cooperative) == before


def holds(shop: Shop) -> None:
    """The books balance and every invariant of selling and of the ledger holds."""
    balances = ledger.trial_balance(cooperative=shop.cooperative, as_of=date(2099, 12, 31))
    assert sum(row.net for row in balances) == 0
    for one in INVARIANTS:
        assert list(one.breaches(shop.cooperative)) == [], one.name
    for role in ("fg", "fg_transit"):
        kind = "store" if role == "fg" else "outbound"
        lies = sum(b.value for b in stock.on_hand(shop.cooperative, place_kind=kind))
        assert lies == shop.balance(role), role
