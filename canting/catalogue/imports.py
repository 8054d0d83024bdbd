"""Items and prices from a sheet: columns guessed, every row judged, all of it taken in or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from canting.catalogue import selectors
from canting.catalogue.errors import BadRows
from canting.catalogue.rules import (
    FIXED_FACTORS,
    GRADES,
    UNITS,
    ItemKind,
    PriceList,
    guess_kind,
    unit_of,
)
from canting.catalogue.services import create_item, set_price
from canting.kernel.dates import parse_date
from canting.kernel.errors import DomainError
from canting.kernel.money import parse_rupiah
from canting.kernel.tables_in import Row, Table, guess_columns
from canting.kernel.typed import clean, shown

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, User

SYNONYMS: Mapping[str, Sequence[str]] = {
    "name": ("bahan", "barang", "nama", "nama barang", "nama bahan", "produk", "item"),
    "code": ("kode", "kode barang"),
    "kind": ("jenis", "kelompok", "kategori"),
    "unit": ("satuan", "unit"),
    "valid_from": ("waktu", "berlaku", "berlaku sejak", "tanggal", "periode", "tahun"),
    "low": ("harga bawah", "harga terendah", "harga min"),
    "high": ("harga atas", "harga tertinggi", "harga maks"),
    "price": ("harga", "harga satuan", "upah", "tarif"),
    "grade": ("mutu", "grade", "kelas"),
    "list": ("daftar", "daftar harga"),
    "source": ("asal", "sumber"),
    "place": ("tempat", "kota", "pasar"),
    "note": ("catatan", "keterangan"),
    "motif": ("motif", "corak"),
    "size": ("ukuran",),
}
KIND_NAMES: Mapping[str, str] = {
    "kain": ItemKind.CLOTH,
    "mori": ItemKind.CLOTH,
    "malam": ItemKind.WAX,
    "lilin": ItemKind.WAX,
    "pewarna": ItemKind.DYE,
    "warna": ItemKind.DYE,
    "alat": ItemKind.TOOL,
    "kemasan": ItemKind.TOOL,
    "produk": ItemKind.PRODUCT,
    "batik": ItemKind.PRODUCT,
    "hasil samping": ItemKind.BYPRODUCT,
}
LIST_NAMES: Mapping[str, str] = {
    "anggota": PriceList.MEMBER,
    "umum": PriceList.PUBLIC,
    "beli kain": PriceList.PURCHASE,
    "upah": PriceList.PIECE_RATE,
    "jual": PriceList.SALE,
    "pasar": PriceList.MARKET,
    "upah luar": PriceList.OUTSIDE_WAGE,
}
PERIOD = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:\.0)?")


@dataclass(frozen=True, slots=True)
class Options:
    """What the person chose for the whole sheet: list, which of two prices, the day without a date."""

    price_list: str = PriceList.MARKET
    which: str = "high"
    valid_from: date = date(1900, 1, 1)
    grade: str = ""


@dataclass
class Planned:
    """One row as it will be taken in, with what is wrong in which column."""

    number: int
    name: str = ""
    code: str = ""
    kind: str = ""
    unit: str = ""
    price_list: str = ""
    grade: str = ""
    valid_from: date | None = None
    amount: int | None = None
    source: str = ""
    place: str = ""
    motif: str = ""
    size: str = ""
    item: Item | None = None
    is_new: bool = False
    errors: list[tuple[str, str]] = field(default_factory=list)

    def refuse(self, column: str, why: str) -> None:
        """Note what is wrong in a column, in the words of a refusal."""
        self.errors.append((column, why))


@dataclass(frozen=True)
class Plan:
    """A whole sheet judged: its rows, which column means what, what would be made."""

    rows: tuple[Planned, ...]
    columns: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]

    @property
    def good(self) -> list[Planned]:
        """Rows without a fault."""
        return [row for row in self.rows if not row.errors]

    @property
    def bad(self) -> list[Planned]:
        """Rows that need care."""
        return [row for row in self.rows if row.errors]

    @property
    def new_items(self) -> int:
        """How many items would be made."""
        return sum(row.is_new for row in self.rows)

    @property
    def prices(self) -> int:
        """How many prices would be set."""
        return sum(row.amount is not None for row in self.good)

    @property
    def total(self) -> int:
        """The sum of the price column, to compare with the sheet's own."""
        return sum(row.amount or 0 for row in self.rows)


def parse_period(value: object, *, today: date) -> date | None:
    """The first day of a period: 2013-10, 2025, or a day as people write it. Raises BadDate."""
    match = PERIOD.fullmatch(clean(value))
    if match and 1900 <= int(match[1]) <= 2199 and 1 <= int(match[2] or 1) <= 12:
        return date(int(match[1]), int(match[2] or 1), 1)
    return parse_date(value, today=today)


def read_items(*, cooperative: Cooperative, table: Table, options: Options, today: date) -> Plan:
    """Judge every row of a sheet of items and prices; nothing is written."""
    columns = guess_columns(table.header, SYNONYMS)
    reader = _Reader(cooperative, columns, table.header, options, today)
    rows = tuple(reader.read(row) for row in table.rows)
    used = {column: field for field, column in columns.items()}
    return Plan(
        rows,
        tuple((table.header[column], used[column]) for column in sorted(used)),
        tuple(label for place, label in enumerate(table.header) if place not in used and label),
    )


class _Reader:
    """Reads rows one after another, since a later row may name an item that an earlier one makes."""

    def __init__(
        self,
        cooperative: Cooperative,
        columns: Mapping[str, int],
        header: Sequence[str],
        options: Options,
        today: date,
    ) -> None:
        self.cooperative = cooperative
        self.columns = columns
        self.header = header
        self.options = options
        self.today = today
        self.new: dict[str, Planned] = {}
        self.priced: dict[tuple[str, str, str, date | None], int] = {}

    def read(self, row: Row) -> Planned:
        plan = Planned(row.number)
        for name in ("name", "code", "source", "place", "motif", "size"):
            setattr(plan, name, self._text(row, name))
        note = self._text(row, "note")
        plan.source = "; ".join(part for part in (plan.source, note) if part)
        plan.unit = unit_of(self._text(row, "unit"))
        plan.kind = self._choice(row, plan, "kind", KIND_NAMES, set(ItemKind), "")
        plan.price_list = self._choice(
            row, plan, "list", LIST_NAMES, set(PriceList), self.options.price_list
        )
        plan.grade = self._grade(row, plan)
        plan.valid_from = self._try(row, plan, "valid_from", self._period)
        plan.valid_from = plan.valid_from or self.options.valid_from
        plan.amount = self._amount(row, plan)
        self._find_item(plan)
        self._check_unit(plan)
        self._check_twice(plan)
        return plan

    def _cell(self, row: Row, name: str) -> Any:
        place = self.columns.get(name)
        return "" if place is None or place >= len(row.cells) else row.cells[place]

    def _text(self, row: Row, name: str) -> str:
        return clean(self._cell(row, name))

    def _label(self, name: str) -> str:
        place = self.columns.get(name)
        return self.header[place] if place is not None else name

    def _try(self, row: Row, plan: Planned, name: str, read: Callable[[Any], Any]) -> Any:
        value = self._cell(row, name)
        try:
            return read(value) if value != "" else None
        except DomainError as refusal:
            plan.refuse(self._label(name), str(refusal))
            return None

    def _period(self, value: Any) -> date | None:
        return parse_period(value, today=self.today)

    def _choice(
        self,
        row: Row,
        plan: Planned,
        name: str,
        words: Mapping[str, str],
        known: set[Any],
        default: str,
    ) -> str:
        typed = self._text(row, name).lower()
        if not typed:
            return default
        found = words.get(typed, typed)
        if found not in {str(value) for value in known}:
            plan.refuse(
                self._label(name),
                _("“%(typed)s” is not known; write one of %(known)s.")
                % {"typed": shown(typed), "known": ", ".join(words)},
            )
            return default
        return str(found)

    def _grade(self, row: Row, plan: Planned) -> str:
        typed = self._text(row, "grade").upper()
        if typed and typed not in GRADES:
            plan.refuse(
                self._label("grade"),
                _("“%(typed)s” is no grade; write A, B or C.") % {"typed": shown(typed)},
            )
            return ""
        return typed or self.options.grade

    def _amount(self, row: Row, plan: Planned) -> int | None:
        found = {
            name: self._try(row, plan, name, lambda cell: parse_rupiah(cell, shorthand=False))
            for name in ("low", "high", "price")
        }
        first, second = ("high", "low") if self.options.which == "high" else ("low", "high")
        amount = found["price"] or found[first] or found[second]
        name = next((n for n in ("price", first, second) if found[n] is not None), "price")
        if amount is not None and amount <= 0:
            plan.refuse(self._label(name), _("A price is above Rp0."))
            return None
        return int(amount) if amount else None

    def _find_item(self, plan: Planned) -> None:
        if not plan.name and not plan.code:
            plan.refuse(self._label("name"), _("The name is missing."))
            return
        if plan.code:
            plan.item = selectors.item_by_code(cooperative=self.cooperative, code=plan.code)
        if plan.item is None and plan.name:
            plan.item = selectors.item_by_name(cooperative=self.cooperative, name=plan.name)
        if plan.item is not None:
            plan.name, plan.kind = plan.item.name, plan.item.kind
            return
        if not plan.name:
            plan.refuse(self._label("code"), _("No item has this code, and no name is given."))
            return
        earlier = self.new.get(plan.name.lower())
        plan.kind = earlier.kind if earlier else plan.kind or guess_kind(plan.name)
        plan.is_new = earlier is None
        self.new.setdefault(plan.name.lower(), plan)

    def _check_unit(self, plan: Planned) -> None:
        if not plan.name:
            return
        first = self.new.get(plan.name.lower())
        base = plan.item.unit if plan.item else first.unit if first else ""
        if not base:
            plan.refuse(self._label("unit"), _("A new item needs the unit it is kept in."))
        elif plan.is_new and plan.unit not in UNITS:
            plan.refuse(
                self._label("unit"),
                _("“%(typed)s” is no unit; write one of %(known)s.")
                % {"typed": shown(plan.unit), "known": ", ".join(UNITS)},
            )
        elif plan.unit and plan.unit != base:
            self._convert(plan, base)
        plan.unit = base or plan.unit

    def _convert(self, plan: Planned, base: str) -> None:
        """Turn a price of another unit into one of the base unit, when it comes out in whole rupiah."""
        factor = self._factor(plan, base)
        if factor is None or plan.amount is None:
            return
        exact = Decimal(plan.amount) / factor
        if exact != int(exact):
            plan.refuse(
                self._label("unit"),
                _("This price of one %(unit)s is no whole rupiah for one %(base)s.")
                % {"unit": plan.unit, "base": base},
            )
            return
        plan.amount = int(exact)

    def _factor(self, plan: Planned, base: str) -> Decimal | None:
        try:
            if plan.item is not None:
                return selectors.factor_of(plan.item, plan.unit)
        except DomainError as refusal:
            plan.refuse(self._label("unit"), str(refusal))
            return None
        known = FIXED_FACTORS.get((plan.unit, base))
        if known is None:
            plan.refuse(
                self._label("unit"),
                _("%(name)s stands above in %(base)s; one sheet gives it one unit.")
                % {"name": plan.name, "base": base},
            )
        return known

    def _check_twice(self, plan: Planned) -> None:
        if plan.amount is None or plan.errors:
            return
        key = (plan.name.lower(), plan.price_list, plan.grade, plan.valid_from)
        before = self.priced.setdefault(key, plan.number)
        if before != plan.number:
            plan.refuse(
                self._label("name"),
                _("Row %(row)s already sets this price for the same day.") % {"row": before},
            )


@transaction.atomic
def take_in(*, cooperative: Cooperative, plan: Plan, actor: User) -> tuple[int, int]:
    """Make the new items and set the prices of a judged sheet; all of it or nothing.

    Answers how many items and prices were made. Raises BadRows when a row needs care.
    """
    if plan.bad:
        row = plan.bad[0]
        column, why = row.errors[0]
        first = _("row %(row)s, %(column)s: %(why)s") % {
            "row": row.number,
            "column": column,
            "why": why,
        }
        raise BadRows(count=len(plan.bad), first=first)
    made: dict[str, Item] = {}
    prices = 0
    for row in plan.rows:
        item = row.item or made.get(row.name.lower())
        if item is None:
            item = create_item(
                cooperative=cooperative,
                name=row.name,
                kind=row.kind,
                unit=row.unit,
                code=row.code,
                actor=actor,
                motif=row.motif,
                size=row.size,
            )
            made[row.name.lower()] = item
        if row.amount is not None and row.valid_from is not None:
            set_price(
                cooperative=cooperative,
                item=item,
                price_list=row.price_list,
                grade=row.grade,
                amount=row.amount,
                valid_from=row.valid_from,
                source=row.source,
                place=row.place,
                actor=actor,
            )
            prices += 1
    return len(made), prices
