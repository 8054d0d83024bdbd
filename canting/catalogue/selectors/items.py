"""Reads of the catalogue: items, units, prices on a day, norms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Expression, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from canting.catalogue.errors import NoPrice, UnknownUnit
from canting.catalogue.models import Item, ItemUnit, Norm, Price
from canting.catalogue.rules import FIXED_FACTORS, GRADES, MATERIALS, POOLED, PriceList, unit_of
from canting.kernel.dates import format_date
from canting.kernel.quantities import quantize

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def list_name(price_list: str) -> str:
    """The name of a price list as a sentence says it."""
    names: dict[str, str] = {
        PriceList.MEMBER: _("material to members"),
        PriceList.PUBLIC: _("material to others"),
        PriceList.PURCHASE: _("cloth bought from makers"),
        PriceList.PIECE_RATE: _("wage a piece"),
        PriceList.SALE: _("cloth to buyers"),
        PriceList.MARKET: _("market price"),
        PriceList.OUTSIDE_WAGE: _("wage a piece elsewhere"),
    }
    return str(names.get(price_list, price_list))


def items(
    *, cooperative: Cooperative, kinds: Iterable[str] | None = None, active_only: bool = True
) -> QuerySet[Item]:
    """The items of the cooperative by name, all or of some kinds."""
    found = Item.objects.filter(cooperative=cooperative)
    if kinds is not None:
        found = found.filter(kind__in=list(kinds))
    if active_only:
        found = found.filter(active=True)
    return found.order_by("name", "code")


def materials(*, cooperative: Cooperative) -> QuerySet[Item]:
    """Cloth, wax, dyes and tools, by name."""
    return items(cooperative=cooperative, kinds=MATERIALS)


def products(*, cooperative: Cooperative) -> QuerySet[Item]:
    """What makers make, by name."""
    return items(cooperative=cooperative, kinds=["product"])


def item_by_code(*, cooperative: Cooperative, code: str) -> Item | None:
    """The item of this code, whatever its case, or nothing."""
    return Item.objects.filter(cooperative=cooperative, code__iexact=code.strip()).first()


def item_by_label(*, cooperative: Cooperative, code: str) -> Item | None:
    """The item whose code or barcode this is, or nothing."""
    found = Q(code__iexact=code) | Q(barcode=code)
    return Item.objects.filter(found, cooperative=cooperative).order_by("id").first()


def item_by_name(*, cooperative: Cooperative, name: str) -> Item | None:
    """The item of this name, whatever its case, or nothing."""
    return Item.objects.filter(cooperative=cooperative, name__iexact=name.strip()).first()


def search(*, cooperative: Cooperative, words: str) -> QuerySet[Item]:
    """Items whose code, name or motif holds the words."""
    found = Q(code__icontains=words) | Q(name__icontains=words) | Q(motif__icontains=words)
    return items(cooperative=cooperative, active_only=False).filter(found)


def is_pooled(item: Item) -> bool:
    """True when the item is kept in one pool at a moving average (materials, by-products)."""
    return item.kind in POOLED


def units_of(item: Item) -> list[tuple[str, Decimal]]:
    """Every unit the item may be bought or counted in with its factor to the base unit."""
    fixed = [(unit, factor) for (unit, base), factor in FIXED_FACTORS.items() if base == item.unit]
    own = list(ItemUnit.objects.filter(item=item).order_by("unit").values_list("unit", "factor"))
    return [(item.unit, Decimal(1)), *fixed, *own]


def factor_of(item: Item, unit: str) -> Decimal:
    """How many base units one `unit` of the item holds, or UnknownUnit with the way out."""
    wanted = unit_of(unit) or item.unit
    known = dict(units_of(item))
    if wanted not in known:
        raise UnknownUnit(item=item.name, base=item.unit, unit=unit, known=", ".join(known))
    return known[wanted]


def to_base(item: Item, quantity: Decimal, unit: str) -> Decimal:
    """The quantity in the item's base unit, four places (17.5 yard of mori are 16.002 m)."""
    return quantize(quantity * factor_of(item, unit))


def prices(*, item: Item, price_list: str | None = None) -> QuerySet[Price]:
    """Every price the item ever had, newest first."""
    found = Price.objects.filter(item=item)
    if price_list:
        found = found.filter(price_list=price_list)
    return found.select_related("set_by").order_by("-valid_from", "-id")


def price_row(
    *, cooperative: Cooperative, item: Item, price_list: str, on: date, grade: str = ""
) -> Price | None:
    """The price in force on a day: of this grade, else the one that holds for every grade."""
    found = Price.objects.filter(
        cooperative=cooperative, item=item, price_list=price_list, valid_from__lte=on
    ).filter(grade__in=[grade, ""])
    return found.order_by("-grade", "-valid_from", "-id").first()


def price_in_force(
    *, price_list: str, item: str, on: str, grade: Expression | str = ""
) -> QuerySet[Any, Any]:
    """The same for a query: the amount in force for each of its rows, whose fields are named here.

    `grade` names a field, or is the grade itself as an expression.
    """
    wanted = OuterRef(grade) if isinstance(grade, str) and grade else grade
    return (
        Price.objects.filter(
            Q(grade=wanted) | Q(grade=""),
            item=OuterRef(item),
            price_list=price_list,
            valid_from__lte=OuterRef(on),
        )
        .order_by("-grade", "-valid_from", "-id")
        .values("amount")[:1]
    )


def price_of(
    *, cooperative: Cooperative, item: Item, price_list: str, on: date, grade: str = ""
) -> int:
    """Whole rupiah for one base unit on a day, or NoPrice naming item, list, day and the way out."""
    row = price_row(cooperative=cooperative, item=item, price_list=price_list, on=on, grade=grade)
    if row is None:
        raise NoPrice(
            item=item.name,
            list=list_name(price_list),
            grade=_(", grade %(grade)s,") % {"grade": grade} if grade else "",
            date=format_date(on),
        )
    return row.amount


def price_board(
    *, cooperative: Cooperative, on: date, item_ids: Sequence[int] | None = None
) -> dict[tuple[int, str, str], Price]:
    """Every price in force on a day by item, list and grade; one query."""
    found = Price.objects.filter(cooperative=cooperative, valid_from__lte=on)
    if item_ids is not None:
        found = found.filter(item_id__in=item_ids)
    board: dict[tuple[int, str, str], Price] = {}
    for row in found.order_by("valid_from", "id"):
        board[(row.item_id, row.price_list, row.grade)] = row
    return board


def norms(*, product: Item) -> list[tuple[Item, Decimal]]:
    """The materials one piece of the product uses, with the quantity in their base units."""
    rows = (
        Norm.objects.filter(product=product).select_related("material").order_by("material__name")
    )
    return [(row.material, row.quantity) for row in rows]


def grades() -> tuple[str, ...]:
    """The grades of cloth, best first."""
    return GRADES


def pooled_kinds() -> tuple[str, ...]:
    """The kinds of items that are kept in one pool: materials and by-products."""
    return tuple(str(kind) for kind in POOLED)


def material_kinds() -> tuple[str, ...]:
    """The kinds of items that are bought to be worked with: cloth, wax, dyes, tools."""
    return tuple(str(kind) for kind in MATERIALS)
