"""The pieces of a paper that is being scanned together: kept in the form itself, posted back whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from canting.catalogue.errors import NoPrice
from canting.catalogue.selectors import price_of
from canting.kernel.errors import DomainError
from canting.kernel.money import format_rupiah, half_up, parse_rupiah
from canting.kernel.quantities import format_quantity, parse_quantity
from canting.sales.errors import NotReleased, PieceNotHere, UnknownPiece
from canting.sales.rules import Piece
from canting.stock import selectors as stock
from canting.stock.rules import Basis, PlaceKind, bare_code
from canting.taxes.rules import vat_line, vat_total
from canting.taxes.selectors import vat_rule

if TYPE_CHECKING:
    from canting.cooperatives.doors import Request
    from canting.cooperatives.models import Cooperative
    from canting.stock.models import Lot

AnyForm = TypeVar("AnyForm", bound=forms.Form)
ONE = Decimal(1)


@dataclass
class Row:
    """One scanned lot: what it is, how many of it, at what price, what is wrong with the row."""

    code: str
    label: str
    product: str
    grade: str
    owner: str
    left: str
    many: bool
    quantity: str
    price: str
    error: str = ""

    @property
    def amount(self) -> int:
        """Quantity times price as far as both can be read, in whole rupiah."""
        try:
            return half_up(parse_quantity(self.quantity) * (parse_rupiah(self.price) or 0))
        except DomainError:
            return 0


@dataclass
class Cart:
    """All scanned lots of a paper, in the order of the scans."""

    cooperative: Cooperative
    on: date
    priced: bool = False
    rows: list[Row] = field(default_factory=list)
    scan_error: str = ""
    last: str = ""

    @property
    def total(self) -> int:
        """The sum of the rows, in whole rupiah."""
        return sum(row.amount for row in self.rows)

    @property
    def vat(self) -> int:
        """The VAT that a sale of these rows takes on top, before a discount; whole rupiah."""
        rule = vat_rule(cooperative=self.cooperative, on=self.on) if self.priced else None
        if rule is None:
            return 0
        return vat_total([vat_line(price=self.total, quantity=1, discount=0, rule=rule)])

    @property
    def count(self) -> str:
        """How many pieces are in the rows, as people read it."""
        pieces = Decimal(0)
        for row in self.rows:
            try:
                pieces += parse_quantity(row.quantity)
            except DomainError:
                continue
        return format_quantity(pieces)

    def read(self, posted: QueryDict) -> None:
        """Take the rows a form sends back, as they were typed."""
        quantities, prices = posted.getlist("quantity"), posted.getlist("price")
        for place, code in enumerate(posted.getlist("code")):
            lot = stock.lot_by_code(self.cooperative, code)
            if lot is not None:
                row = self._row(lot, price=None)
                row.quantity = quantities[place] if place < len(quantities) else "1"
                row.price = prices[place] if place < len(prices) else ""
                self.rows.append(row)

    def act(self, posted: QueryDict) -> bool:
        """Do what a button of the cart asks: add the scanned code, drop a row; False for neither."""
        if "drop" in posted:
            self.rows = [row for row in self.rows if row.code != posted["drop"]]
            return True
        if posted.get("act") == "add":
            self.add(posted.get("scan", ""))
            return True
        return False

    def add(self, typed: str, quantity: Decimal = ONE, price: int | None = None) -> None:
        """Add a scanned lot, or one more of it; what cannot be sold is said beside the scan box."""
        self.scan_error = ""
        if not typed.strip():
            return
        lot = stock.lot_by_code(self.cooperative, typed)
        try:
            if lot is None:
                raise UnknownPiece(piece=typed)
            self._check(lot)
        except DomainError as refusal:
            self.scan_error = str(refusal)
            return
        self.last = lot.label
        for row in self.rows:
            if row.code == lot.code:
                row.quantity = _one_more(row.quantity)
                return
        row = self._row(lot, price)
        row.quantity = format_quantity(quantity)
        self.rows.append(row)

    def put(self, code: str, quantity: Decimal, price: int | None = None) -> None:
        """Put a lot in as a paper already names it, without asking whether it lies here now."""
        lot = stock.lot_by_code(self.cooperative, code)
        if lot is not None:
            row = self._row(lot, price)
            row.quantity = format_quantity(quantity)
            self.rows.append(row)

    def _check(self, lot: Lot) -> None:
        if lot.released_at is None:
            raise NotReleased(piece=lot.label)
        if not _left(lot):
            where = [
                stock.place_name(balance.place) for balance in lot.balances.filter(quantity__gt=0)
            ]
            raise PieceNotHere(
                piece=lot.label, where=", ".join(where) or _("it was sold"), left="0"
            )

    def _row(self, lot: Lot, price: int | None) -> Row:
        consigned = lot.basis == Basis.CONSIGNMENT
        return Row(
            code=lot.code,
            label=lot.label,
            product=lot.item.name,
            grade=lot.grade,
            owner=lot.maker.name if consigned and lot.maker else "",
            left=format_quantity(_left(lot)),
            many=lot.quantity_made > 1,
            quantity="1",
            price=self._price(lot, price),
        )

    def _price(self, lot: Lot, price: int | None) -> str:
        if not self.priced:
            return ""
        if price is None:
            try:
                price = price_of(
                    cooperative=self.cooperative,
                    item=lot.item,
                    price_list="sale",
                    on=self.on,
                    grade=lot.grade,
                )
            except NoPrice:
                return ""
        return format_rupiah(price).removeprefix("Rp")

    def pieces(self) -> list[Piece] | None:
        """The rows as the services take them; nothing when a row cannot be read (it says why)."""
        found = []
        for row in self.rows:
            row.error = ""
            try:
                quantity = parse_quantity(row.quantity)
                price = parse_rupiah(row.price) if self.priced else None
            except DomainError as refusal:
                row.error = str(refusal)
                continue
            if self.priced and price is None:
                row.error = _("The price is missing.")
            found.append(Piece(row.code, quantity, price))
        return None if any(row.error for row in self.rows) else found


class Scan:
    """One request of a page on which pieces are scanned into a paper, beside its other fields."""

    def __init__(self, request: Request, cart: Cart) -> None:
        self.posted, self.cart = request.POST, cart
        self.is_sent = request.method == "POST"
        cart.read(self.posted)

    @property
    def status(self) -> int:
        """The answer's status when no paper was written: 422 for whatever was sent."""
        return 422 if self.is_sent else 200

    def form(
        self, kind: type[AnyForm], *, initial: dict[str, Any] | None = None, **options: Any
    ) -> AnyForm:
        """A form of the page; while pieces are added it asks nothing and keeps what was typed."""
        typed = {name: str(self.posted[name]) for name in kind.base_fields if name in self.posted}
        adding = "drop" in self.posted or self.posted.get("act") == "add"
        data = None if adding else self.posted or None
        return kind(data, initial=(initial or {}) | typed, **options)

    def pieces(self) -> list[Piece] | None:
        """The pieces that a paper is asked for; nothing while they are still being scanned.

        Nothing is written while pieces are added: the key of the form stays free for the deed.
        """
        if not self.is_sent or self.cart.act(self.posted):
            return None
        return self.cart.pieces()


def _left(lot: Lot) -> Decimal:
    here = (PlaceKind.STORE, PlaceKind.CONSIGNED)
    balances = lot.balances.filter(place__kind__in=here)
    return sum((balance.quantity for balance in balances), Decimal(0))


def _one_more(typed: str) -> str:
    try:
        return format_quantity(parse_quantity(typed) + ONE)
    except DomainError:
        return "1"


def rejected_pieces(posted: QueryDict) -> list[Piece]:
    """The counts that go back, as a confirmation form names them (`back` beside `lot`)."""
    found = []
    for code, typed in zip(posted.getlist("lot"), posted.getlist("back"), strict=False):
        if typed.strip():
            quantity = parse_quantity(typed)
            if quantity:
                found.append(Piece(bare_code(code), quantity))
    return found
