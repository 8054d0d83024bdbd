"""The lines of a sale at the till: kept in the form itself, posted back whole, priced as booked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import UNIT_WORDS, UNITS
from canting.kernel.errors import DomainError
from canting.kernel.quantities import format_quantity, parse_quantity
from canting.purchasing import selectors
from canting.purchasing.errors import UnknownMaterial
from canting.purchasing.rules import Mode
from canting.purchasing.selectors import OutLine
from canting.stock import selectors as stock
from canting.stock import services as stock_services

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative

MOST_CHOICES = 8
# "2,5 m mori", "250 g remasol": how much, in which unit, of what.
SAID = re.compile(r"^(\d+(?:[.,]\d+)?)\s*([a-z]*)\s+(\S.*)$", re.IGNORECASE)


@dataclass
class Row:
    """One material on the counter: how much in which unit, what it costs, what is wrong with it."""

    item: Item
    quantity: str
    unit: str
    units: list[str]
    left: str
    price: int = 0
    amount: int = 0
    error: str = ""


@dataclass
class Counter:
    """Everything on the counter, in the order of the scans; prices follow who buys."""

    cooperative: Cooperative
    on: date
    to_member: bool
    rows: list[Row] = field(default_factory=list)
    choices: list[Item] = field(default_factory=list)
    scan_error: str = ""
    last: str = ""

    @property
    def total(self) -> int:
        """The sum of the rows in whole rupiah."""
        return sum(row.amount for row in self.rows)

    def read(self, posted: QueryDict) -> None:
        """Take the rows a form sends back, as they were typed."""
        quantities, units = posted.getlist("quantity"), posted.getlist("unit")
        for place, code in enumerate(posted.getlist("code")):
            item = catalogue.item_by_code(cooperative=self.cooperative, code=code)
            if item is not None and catalogue.is_pooled(item):
                quantity = quantities[place] if place < len(quantities) else "1"
                self.put(item, quantity, units[place] if place < len(units) else "")

    def put(self, item: Item, quantity: str, unit: str) -> None:
        """Put a material on the counter."""
        balance = stock.balance_of(stock.store(self.cooperative), stock_services.pool_lot(item))
        known = [item.unit, *(name for name, _factor in catalogue.units_of(item))]
        names = list(dict.fromkeys(known))
        self.rows.append(
            Row(
                item,
                quantity,
                unit if unit in names else item.unit,
                names,
                format_quantity(balance.quantity, item.unit),
            )
        )

    def act(self, posted: QueryDict) -> bool:
        """Do what a button of the counter asks: add, pick, take off; False for none of these."""
        if "drop" in posted:
            place = posted["drop"]
            self.rows = [row for at, row in enumerate(self.rows) if str(at) != place]
        elif "pick" in posted:
            self.add(str(posted["pick"]))
        elif posted.get("act") == "add":
            self.add(str(posted.get("scan", "")))
        elif posted.get("act") != "price":
            return False
        return True

    def add(self, typed: str) -> None:
        """Add what was scanned or typed; one more of what lies there; a choice where names are many."""
        words = " ".join(typed.split())
        if not words:
            return
        item = catalogue.item_by_label(cooperative=self.cooperative, code=words)
        quantity, unit = "1", ""
        if item is None and (said := SAID.match(words)):
            unit = UNIT_WORDS.get(said[2].lower(), said[2].lower())
            if unit in UNITS or not unit:
                quantity, words = said[1].replace(".", ","), said[3]
                item = catalogue.item_by_label(cooperative=self.cooperative, code=words)
        if item is None or not catalogue.is_pooled(item):
            item = self._by_name(words)
        if item is not None:
            self._one_more(item, quantity, unit)

    def _by_name(self, words: str) -> Item | None:
        found = [
            item
            for item in catalogue.search(cooperative=self.cooperative, words=words)
            if catalogue.is_pooled(item) and item.active
        ][: MOST_CHOICES + 1]
        if len(found) == 1:
            return found[0]
        self.choices = found[:MOST_CHOICES]
        if not found:
            self.scan_error = str(UnknownMaterial(typed=words))
        return None

    def _one_more(self, item: Item, quantity: str, unit: str) -> None:
        self.last = item.name
        for row in self.rows:
            if row.item == item and row.unit == (unit or item.unit):
                row.quantity = _sum(row.quantity, quantity)
                return
        self.put(item, quantity, unit)

    def fill(self, lines: list[OutLine]) -> None:
        """Put the usual bundle on the counter in place of what lies there."""
        self.rows = []
        for line in lines:
            self.put(line.item, format_quantity(line.quantity), line.unit)

    def lines(self) -> list[OutLine] | None:
        """The rows as the services take them, each with its price; nothing where one is wrong."""
        found = []
        for row in self.rows:
            row.error = ""
            try:
                line = OutLine(row.item, parse_quantity(row.quantity), row.unit)
                (quoted,) = selectors.quote_hand_out(
                    cooperative=self.cooperative,
                    lines=[line],
                    mode=Mode.CASH,
                    on=self.on,
                    to_member=self.to_member,
                ).lines
            except DomainError as refusal:
                row.error = str(refusal)
                continue
            row.price, row.amount = quoted.price, quoted.amount
            found.append(line)
        return None if any(row.error for row in self.rows) else found


def _sum(typed: str, more: str) -> str:
    try:
        return format_quantity(parse_quantity(typed) + parse_quantity(more or "1"))
    except DomainError:
        return more
