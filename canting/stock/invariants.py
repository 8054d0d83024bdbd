"""What must always hold in the stock, checked over the stored moves themselves."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives import selectors as house
from canting.kernel.dates import format_date
from canting.kernel.invariants import Invariant
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import format_quantity, quantize
from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.stock import selectors
from canting.stock.closing import CLOSE_CHECKS
from canting.stock.models import BatchBalance, StockBalance, StockMove
from canting.stock.rules import PLACE_ROLES, STORE_ROLES, PlaceKind

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

# Work in progress (wip) holds wages too and is no place of the stock.
SERIES = ("PT", "HS", "RM", "TN")
ROLES = (*STORE_ROLES.values(), *(role for role in PLACE_ROLES.values() if role))


def value_is_the_account(cooperative: Cooperative) -> Iterator[str]:
    """The stock's value at each kind of place equals its inventory account."""
    values = selectors.value_by_account(cooperative=cooperative)
    held = ledger.balances_now(cooperative=cooperative, roles=ROLES)
    for role in ROLES:
        here = sum(total for (key, _party), total in values.items() if key == role)
        books = held.get(role, 0)
        if here != books:
            yield _("%(account)s: the stock is worth %(stock)s, the books say %(books)s.") % {
                "account": ledger.account_name(role),
                "stock": format_rupiah(here),
                "books": format_rupiah(books),
            }


def custody_is_each_makers(cooperative: Cooperative) -> Iterator[str]:
    """What each maker holds of ours equals her balance on the custody account."""
    rows = ledger.party_balances(cooperative=cooperative, role="custody")
    books = {row.party_id: (row.balance, row.name) for row in rows}
    held = {
        party_id: total
        for (role, party_id), total in selectors.value_by_account(cooperative=cooperative).items()
        if role == "custody" and party_id is not None
    }
    for party_id in sorted(set(books) | set(held)):
        balance, name = books.get(party_id, (0, ""))
        if balance != held.get(party_id, 0):
            yield _("Material at %(name)s: the stock says %(stock)s, the books %(books)s.") % {
                "name": name or party_id,
                "stock": format_rupiah(held.get(party_id, 0)),
                "books": format_rupiah(balance),
            }


def balances_are_their_moves(cooperative: Cooperative) -> Iterator[str]:
    """Every kept balance is the sum of its moves, and no move is without a balance."""
    sums = {
        (row["place_id"], row["lot_id"]): (quantize(row["q"]), row["v"])
        for row in StockMove.objects.filter(cooperative=cooperative)
        .values("place_id", "lot_id")
        .annotate(q=Sum("quantity"), v=Sum("value"))
    }
    kept = StockBalance.objects.filter(cooperative=cooperative).select_related(
        "lot__item", "place__party"
    )
    for row in kept:
        quantity, value = sums.pop((row.place_id, row.lot_id), (Decimal(0), 0))
        if (row.quantity, row.value) != (quantity, value):
            yield _("%(item)s in %(place)s: kept %(kept)s, its moves give %(moves)s.") % {
                "item": row.lot.label or row.lot.item.name,
                "place": selectors.place_name(row.place),
                "kept": format_quantity(row.quantity, row.lot.item.unit),
                "moves": format_quantity(quantity, row.lot.item.unit),
            }
    if sums:
        yield _("%(count)s lots have moves but no balance.") % {"count": len(sums)}


def nothing_was_negative(cooperative: Cooperative) -> Iterator[str]:
    """No quantity was below zero at the end of any day; no value is left without goods."""
    days = (
        StockMove.objects.filter(cooperative=cooperative)
        .values_list("place_id", "lot_id", "on")
        .annotate(q=Sum("quantity"))
        .order_by("place_id", "lot_id", "on")
    )
    running: dict[tuple[int, int], Decimal] = {}
    for place_id, lot_id, on, moved in days.iterator():
        key = (place_id, lot_id)
        left = running.get(key, Decimal(0)) + quantize(moved)
        running[key] = left
        if left < 0:
            lot = StockMove.objects.filter(lot_id=lot_id).select_related("lot__item")[0].lot
            yield _("%(item)s was %(left)s on %(date)s.") % {
                "item": lot.label or lot.item.name,
                "left": format_quantity(left, lot.item.unit),
                "date": format_date(on),
            }
    empty = StockBalance.objects.filter(cooperative=cooperative, quantity=0).exclude(value=0)
    for row in empty.select_related("lot__item"):
        yield _("%(item)s has a value of %(value)s but no quantity.") % {
            "item": row.lot.label or row.lot.item.name,
            "value": format_rupiah(row.value),
        }


def consigned_has_no_value(cooperative: Cooperative) -> Iterator[str]:
    """Consigned cloth is its owner's: quantity only (posting.md 1.2)."""
    rows = StockBalance.objects.filter(
        cooperative=cooperative, place__kind=PlaceKind.CONSIGNED
    ).exclude(value=0)
    for row in rows.select_related("lot"):
        yield _("Consigned cloth %(number)s has a value of %(value)s.") % {
            "number": row.lot.label,
            "value": format_rupiah(row.value),
        }


def batches_are_the_pool(cooperative: Cooperative) -> Iterator[str]:
    """The batches of a tracked material at a place add up to what its pool holds there."""
    pools = {
        (row.place_id, row.lot.item_id): row
        for row in StockBalance.objects.filter(
            cooperative=cooperative, lot__item__tracked=True, quantity__gt=0
        ).select_related("lot__item", "place__party")
    }
    sums: dict[tuple[int, int], Decimal] = {}
    kept = BatchBalance.objects.filter(cooperative=cooperative).select_related("batch")
    for row in kept:
        key = (row.place_id, row.batch.item_id)
        sums[key] = sums.get(key, Decimal(0)) + row.quantity
    for key, pool in pools.items():
        total = sums.pop(key, Decimal(0))
        if total != pool.quantity:
            yield _("%(item)s in %(place)s: the batches say %(batches)s, the stock %(pool)s.") % {
                "item": pool.lot.item.name,
                "place": selectors.place_name(pool.place),
                "batches": format_quantity(total, pool.lot.item.unit),
                "pool": format_quantity(pool.quantity, pool.lot.item.unit),
            }
    lost = sum(1 for total in sums.values() if total)
    if lost:
        yield _("%(count)s batches lie where there is no stock of them.") % {"count": lost}


def batches_were_never_negative(cooperative: Cooperative) -> Iterator[str]:
    """No batch was below zero at the end of any day, and each is the sum of its moves."""
    running: dict[tuple[int, int], Decimal] = {}
    names: dict[int, str] = {}
    days = (
        StockMove.objects.filter(cooperative=cooperative, batch__isnull=False)
        .values_list("place_id", "batch_id", "batch__code", "on")
        .annotate(q=Sum("quantity"))
        .order_by("place_id", "batch_id", "on")
    )
    for place_id, batch_id, code, on, moved in days.iterator():
        names[batch_id] = code
        left = running.get((place_id, batch_id), Decimal(0)) + quantize(moved)
        running[(place_id, batch_id)] = left
        if left < 0:
            yield _("Batch %(batch)s was %(left)s on %(date)s.") % {
                "batch": code,
                "left": format_quantity(left),
                "date": format_date(on),
            }
    for row in BatchBalance.objects.filter(cooperative=cooperative).select_related("batch"):
        moved = running.pop((row.place_id, row.batch_id), Decimal(0))
        if moved != row.quantity:
            yield _("Batch %(batch)s: kept %(kept)s, its moves give %(moves)s.") % {
                "batch": row.batch.code,
                "kept": format_quantity(row.quantity),
                "moves": format_quantity(moved),
            }
    for _place, batch_id in running:
        yield _("Batch %(batch)s has moves but no balance.") % {"batch": names[batch_id]}


def numbers_have_no_gap(cooperative: Cooperative) -> Iterator[str]:
    """Every number given in PT, HS and RM stands on exactly one paper."""
    for series in SERIES:
        yield from house.numbering_gaps(
            cooperative=cooperative,
            series=series,
            numbers=selectors.paper_numbers(cooperative=cooperative, series=series),
        )


def allowance_is_the_papers(cooperative: Cooperative) -> Iterator[str]:
    """The allowance for inventory is the sum of the write-downs that stand, none above cost."""
    standing = selectors.allowances(cooperative=cooperative)
    total = sum(row.standing for row in standing)
    account = ledger.account_for(cooperative=cooperative, role="inv_allowance")
    ours = Q(entry__source__startswith="stock.write_down:")
    ours |= Q(entry__reverses__source__startswith="stock.write_down:")
    lines = ledger.account_lines(cooperative=cooperative, account=account).filter(ours)
    booked = sum(
        amount if side == Side.CREDIT else -amount
        for side, amount in lines.values_list("side", "amount")
    )
    if total != booked:
        yield _("Written down: papers say %(papers)s, the books %(books)s.") % {
            "papers": format_rupiah(total),
            "books": format_rupiah(booked),
        }
    for row in standing:
        if row.standing < 0:
            yield _("%(item)s is written down by %(amount)s.") % {
                "item": row.lot.label or row.lot.item.name,
                "amount": format_rupiah(row.standing),
            }


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "stock.value_is_the_account",
        gettext_lazy("The stock's value equals its inventory accounts."),
        value_is_the_account,
        "parties",
        "portal:verify_page",
    ),
    Invariant(
        "stock.custody_is_each_makers",
        gettext_lazy("What each maker holds of ours equals her account."),
        custody_is_each_makers,
        "parties",
        "portal:verify_page",
    ),
    Invariant(
        "stock.balances_are_their_moves",
        gettext_lazy("Every kept quantity is the sum of its moves."),
        balances_are_their_moves,
    ),
    Invariant(
        "stock.nothing_was_negative",
        gettext_lazy("No stock was ever below zero."),
        nothing_was_negative,
    ),
    Invariant(
        "stock.consigned_has_no_value",
        gettext_lazy("Consigned cloth is kept by quantity alone."),
        consigned_has_no_value,
    ),
    Invariant(
        "stock.batches_are_the_pool",
        gettext_lazy("The batches of a material add up to what there is of it at each place."),
        batches_are_the_pool,
    ),
    Invariant(
        "stock.batches_were_never_negative",
        gettext_lazy("No batch was ever below zero."),
        batches_were_never_negative,
    ),
    Invariant(
        "stock.allowance_is_the_papers",
        gettext_lazy("The allowance for inventory is the sum of the write-downs that stand."),
        allowance_is_the_papers,
        "parties",
        "stock:write_down_list",
    ),
    Invariant(
        "stock.numbers_have_no_gap",
        gettext_lazy("Transfers, counts, blends and write-downs are numbered without a gap."),
        numbers_have_no_gap,
        "numbering",
        "portal:verify_page",
    ),
)

__all__ = ["CLOSE_CHECKS", "INVARIANTS"]
