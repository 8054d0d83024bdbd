"""Places and what lies there: quantities, values, the least of later days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from canting.catalogue.rules import POOLED
from canting.kernel.quantities import quantize
from canting.kernel.ties import Tie
from canting.stock.models import Lot, Place, StockBalance, StockMove
from canting.stock.rules import PlaceKind, account_role, bare_code

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, Party


def _place(cooperative: Cooperative, kind: PlaceKind, party: Party | None, name: str) -> Place:
    found = Place.objects.filter(cooperative=cooperative, kind=kind, party=party)
    if party is None:
        found = found.filter(name=name)
    place = found.first()
    if place is None:
        place, _made = Place.objects.get_or_create(
            cooperative=cooperative, kind=kind, party=party, name=name
        )
    return place


def store(cooperative: Cooperative) -> Place:
    """The cooperative's main store, where goods come in and go out."""
    return _place(cooperative, PlaceKind.STORE, None, "")


def named_stores(cooperative: Cooperative) -> QuerySet[Place]:
    """The further stores of the cooperative, by name."""
    found = Place.objects.filter(cooperative=cooperative, kind=PlaceKind.STORE)
    return found.exclude(name="").order_by("name")


def store_named(cooperative: Cooperative, name: str) -> Place | None:
    """The store of this name ("" is the main one), or nothing."""
    found = Place.objects.filter(cooperative=cooperative, kind=PlaceKind.STORE, name__iexact=name)
    return found.first() or (store(cooperative) if not name else None)


def transit(cooperative: Cooperative) -> Place:
    """Materials that are ours and on the road to us."""
    return _place(cooperative, PlaceKind.TRANSIT, None, "")


def custody_of(cooperative: Cooperative, party: Party) -> Place:
    """Our materials in the hands of one maker."""
    return _place(cooperative, PlaceKind.CUSTODY, party, party.name)


def outbound(cooperative: Cooperative, party: Party) -> Place:
    """Cloth of ours on the road to one buyer."""
    return _place(cooperative, PlaceKind.OUTBOUND, party, party.name)


def consigned(cooperative: Cooperative, party: Party) -> Place:
    """Cloth that one owner left with us for sale; quantity only."""
    return _place(cooperative, PlaceKind.CONSIGNED, party, party.name)


def leaver_ties(*, cooperative: Cooperative, party: Party, on: date) -> list[Tie]:
    """The cloth that a member who leaves has here for sale, for the page of her leaving."""
    rows = StockBalance.objects.filter(
        cooperative=cooperative,
        place__kind=PlaceKind.CONSIGNED,
        place__party=party,
        quantity__gt=0,
    )
    return [
        Tie(
            _("%(item)s %(code)s of hers is still here for sale.")
            % {"item": row.lot.item.name, "code": row.lot.code},
            "stock:lot_detail",
            row.lot.code,
        )
        for row in rows.select_related("lot__item").order_by("id")
    ]


def places_to_move(cooperative: Cooperative) -> list[Place]:
    """Where a transfer may begin or end: every store, then every maker who holds or held material."""
    main = store(cooperative)
    makers = Place.objects.filter(cooperative=cooperative, kind=PlaceKind.CUSTODY)
    return [
        main,
        *named_stores(cooperative),
        *makers.select_related("party").order_by("party__name", "id"),
    ]


def places_to_count(cooperative: Cooperative) -> list[Place]:
    """What can be counted: every store, and every maker who holds material of ours now."""
    here = StockBalance.objects.filter(
        cooperative=cooperative, place__kind=PlaceKind.CUSTODY, quantity__gt=0
    )
    makers = Place.objects.filter(pk__in=here.values("place_id")).select_related("party")
    return [
        store(cooperative),
        *named_stores(cooperative),
        *makers.order_by("party__name", "id"),
    ]


def held_by_kind(*, cooperative: Cooperative, until: date) -> dict[int, dict[str, int]]:
    """What lay in each store and at each maker at the end of a day: value by kind of goods."""
    rows = (
        StockMove.objects.filter(
            cooperative=cooperative,
            on__lte=until,
            place__kind__in=(PlaceKind.STORE, PlaceKind.CUSTODY),
        )
        .values_list("place_id", "lot__item__kind")
        .annotate(q=Sum("quantity"), v=Sum("value"))
        .filter(q__gt=0)
        .order_by("place_id")
    )
    found: dict[int, dict[str, int]] = {}
    for place_id, kind, _quantity, value in rows:
        found.setdefault(place_id, {})[kind] = value
    return found


def place_by_number(cooperative: Cooperative, number: int) -> Place | None:
    """One place by its own number in the house, or nothing."""
    found = Place.objects.filter(cooperative=cooperative, pk=number)
    return found.select_related("party").first()


def place_name(place: Place) -> str:
    """The place as a sentence says it."""
    if place.kind == PlaceKind.STORE and place.name:
        return place.name
    name = place.party.name if place.party else ""
    names: dict[str, str] = {
        PlaceKind.STORE: _("the store"),
        PlaceKind.TRANSIT: _("the road to us"),
        PlaceKind.CUSTODY: _("the hands of %(name)s"),
        PlaceKind.OUTBOUND: _("the road to %(name)s"),
        PlaceKind.CONSIGNED: _("the consigned cloth of %(name)s"),
    }
    text = names[place.kind]
    return text % {"name": name} if "%" in text else text


def balance_of(place: Place, lot: Lot) -> StockBalance:
    """What lies of a lot at a place; an empty balance (not stored) when nothing ever did."""
    found = StockBalance.objects.filter(place=place, lot=lot).first()
    return found or StockBalance(
        cooperative_id=place.cooperative_id, place=place, lot=lot, quantity=Decimal(0), value=0
    )


def pool_lot_of(item: Item) -> Lot | None:
    """The pool of a material, when something of it was ever moved."""
    return Lot.objects.filter(item=item, is_pool=True).first()


def quantity_in_store(cooperative: Cooperative, item: Item) -> Decimal:
    """How much of an item lies in the store now, in its base unit."""
    total = StockBalance.objects.filter(
        place__cooperative=cooperative, place__kind=PlaceKind.STORE, lot__item=item
    ).aggregate(q=Sum("quantity"))["q"]
    return quantize(total or Decimal(0))


def in_store(cooperative: Cooperative, items: Iterable[Item]) -> dict[int, Decimal]:
    """How much of each of these items (by id) lies in the stores now, in base units; one query."""
    rows = (
        StockBalance.objects.filter(
            place__cooperative=cooperative,
            place__kind=PlaceKind.STORE,
            lot__item__in=[one.pk for one in items],
        )
        .values_list("lot__item_id")
        .annotate(q=Sum("quantity"))
        .order_by()
    )
    return {item: quantize(total) for item, total in rows}


def on_hand(
    cooperative: Cooperative,
    *,
    kinds: Iterable[str] | None = None,
    place_kind: str = "",
    party: Party | None = None,
    item: Item | None = None,
) -> QuerySet[StockBalance]:
    """Balances above zero with item, lot and place; of some kinds of items, a place, a party, an item."""
    found = StockBalance.objects.filter(cooperative=cooperative, quantity__gt=0)
    if kinds is not None:
        found = found.filter(lot__item__kind__in=list(kinds))
    if place_kind:
        found = found.filter(place__kind=place_kind)
    if party is not None:
        found = found.filter(place__party=party)
    if item is not None:
        found = found.filter(lot__item=item)
    return found.select_related("lot__item", "lot__maker", "place__party").order_by(
        "lot__item__name", "lot_id", "place_id"
    )


def materials_in_custody(cooperative: Cooperative) -> QuerySet[StockBalance]:
    """Our materials at makers, by maker and item."""
    return on_hand(cooperative, kinds=POOLED, place_kind=PlaceKind.CUSTODY).order_by(
        "place__party__name", "lot__item__name"
    )


def least_later(place: Place, lot: Lot, on: date, quantity_now: Decimal) -> tuple[Decimal, date]:
    """The smallest quantity at the end of `on` or of any later day, and that day."""
    later = list(
        StockMove.objects.filter(place=place, lot=lot, on__gt=on)
        .values("on")
        .annotate(moved=Sum("quantity"))
        .order_by("-on")
    )
    least, least_day = quantity_now, max((row["on"] for row in later), default=on)
    running = quantity_now
    for number, row in enumerate(later):
        running -= quantize(row["moved"])  # SQLite sums decimals as floats
        if running < least:
            least = running
            least_day = later[number + 1]["on"] if number + 1 < len(later) else on
    return least, least_day


def account_of(balance: StockBalance) -> str:
    """The account that keeps a balance's value; "" for consigned cloth."""
    return account_role(balance.place.kind, balance.lot.item.kind)


@dataclass(frozen=True)
class PublicLot:
    """What anyone may know of a cloth: no price, no full name, no cost."""

    code: str
    name: str
    cooperative: str
    place: str
    technique: str
    motif: str
    size: str
    made_on: date


def public_lot(*, code: str) -> PublicLot | None:
    """The released cloth with this code anywhere in the installation, as its public passport."""
    lot = (
        Lot.objects.filter(code=bare_code(code), released_at__isnull=False)
        .exclude(code="")
        .select_related("item", "cooperative")
        .first()
    )
    if lot is None:
        return None
    item, owner = lot.item, lot.cooperative
    return PublicLot(
        lot.label,
        item.name,
        owner.name,
        owner.place,
        item.technique,
        item.motif,
        item.size,
        lot.made_on,
    )


def value_by_account(*, cooperative: Cooperative) -> dict[tuple[str, int | None], int]:
    """The stock's value by account and, for custody, by maker: what the books must say."""
    rows = (
        StockBalance.objects.filter(cooperative=cooperative)
        .values_list("place__kind", "lot__item__kind", "place__party_id")
        .annotate(total=Sum("value"))
    )
    sums: dict[tuple[str, int | None], int] = {}
    for place_kind, item_kind, party_id, total in rows:
        role = account_role(place_kind, item_kind)
        if role:
            key = (role, party_id if place_kind == PlaceKind.CUSTODY else None)
            sums[key] = sums.get(key, 0) + total
    return sums


def value_by_place(cooperative: Cooperative) -> dict[str, int]:
    """Whole rupiah of stock by kind of place."""
    rows = StockBalance.objects.filter(cooperative=cooperative).values_list("place__kind")
    return {str(kind): total for kind, total in rows.annotate(total=Sum("value")) if total}
