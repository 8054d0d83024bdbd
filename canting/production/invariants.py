"""What must always hold in making: value in work, pieces, custody, wages, numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import F, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives.selectors import numbering_gaps
from canting.kernel.invariants import Invariant
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.production import selectors
from canting.production.models import (
    Advance,
    Assignment,
    ClothReturn,
    MaterialFact,
    WorkOrder,
)
from canting.production.rules import OrderStatus, PaperState, open_pieces
from canting.stock import selectors as stock
from canting.stock.rules import PlaceKind

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

NUMBERED = (
    ("SPK", WorkOrder),
    ("CB", MaterialFact),
    ("RK", ClothReturn),
    ("KM", Advance),
)


def work_equals_account(cooperative: Cooperative) -> Iterator[str]:
    """The account of work in progress equals what the work orders hold; a closed one holds nothing."""
    orders = WorkOrder.objects.filter(cooperative=cooperative).annotate(
        held=Sum("work_moves__value")
    )
    total = 0
    for order in orders.filter(held__isnull=False).exclude(held=0).order_by("id"):
        total += order.held
        if order.held < 0 or order.status != OrderStatus.OPEN:
            yield _("%(number)s holds %(value)s in work.") % {
                "number": order.number,
                "value": format_rupiah(order.held),
            }
    booked = selectors.booked_by_papers(cooperative=cooperative, role="wip").get(0, 0)
    if booked != total:
        yield _("Work in progress: the account says %(booked)s, the work orders %(total)s.") % {
            "booked": format_rupiah(booked),
            "total": format_rupiah(total),
        }


def pieces_add_up(cooperative: Cooperative) -> Iterator[str]:
    """Accepted, rejected and open pieces are those assigned, and the parts are the work order."""
    for order in WorkOrder.objects.filter(cooperative=cooperative).annotate(
        given=Sum("assignments__quantity")
    ):
        if order.given != order.quantity:
            yield _("%(number)s is for %(quantity)s pieces, its makers have %(given)s.") % {
                "number": order.number,
                "quantity": order.quantity,
                "given": order.given or 0,
            }
    wrong = Assignment.objects.filter(cooperative=cooperative).exclude(
        quantity__gte=F("accepted") + F("rejected") + F("rework")
    )
    for row in wrong.select_related("work_order", "member"):
        yield _("%(number)s, %(maker)s: %(settled)s pieces settled of %(quantity)s.") % {
            "number": row.work_order.number,
            "maker": row.member.full_name,
            "settled": row.accepted + row.rejected + row.rework,
            "quantity": row.quantity,
        }


def done_orders_are_done(cooperative: Cooperative) -> Iterator[str]:
    """A work order that closed by itself has nothing left to bring; one ended early has a reason."""
    rows = Assignment.objects.filter(
        cooperative=cooperative, work_order__status=OrderStatus.DONE
    ).select_related("work_order")
    for row in rows:
        if open_pieces(row):
            yield _("%(number)s is closed with %(left)s pieces left.") % {
                "number": row.work_order.number,
                "left": open_pieces(row),
            }
    ended = WorkOrder.objects.filter(cooperative=cooperative, status=OrderStatus.ENDED)
    for order in ended.filter(closed_reason=""):
        yield _("%(number)s was ended without a reason.") % {"number": order.number}


def custody_equals_account(cooperative: Cooperative) -> Iterator[str]:
    """What each maker holds for us is never below zero and equals her line of the account."""
    held: dict[int, int] = {}
    for balance in stock.on_hand(cooperative, place_kind=PlaceKind.CUSTODY):
        party_id = balance.place.party_id or 0
        held[party_id] = held.get(party_id, 0) + balance.value
    booked = {
        row.party_id: row for row in ledger.party_balances(cooperative=cooperative, role="custody")
    }
    for party_id in sorted(set(held) | set(booked)):
        said = booked[party_id].balance if party_id in booked else 0
        if said != held.get(party_id, 0) or said < 0:
            name = booked[party_id].name if party_id in booked else ""
            yield _("Custody of %(maker)s: the account says %(booked)s, the stock %(held)s.") % {
                "maker": name,
                "booked": format_rupiah(said),
                "held": format_rupiah(held.get(party_id, 0)),
            }


def advances_equal_account(cooperative: Cooperative) -> Iterator[str]:
    """The account of production advances equals what the contracts have not got back."""
    left: dict[int, int] = {}
    for contract in selectors.advances(cooperative=cooperative).filter(state=PaperState.STANDING):
        back = sum(one.advance_amount for one in selectors.bought_back(advance=contract))
        party_id = contract.member.party_id
        left[party_id] = left.get(party_id, 0) + contract.amount - back
    booked = selectors.booked_by_papers(cooperative=cooperative, role="advance_maker")
    if booked != {party_id: amount for party_id, amount in left.items() if amount}:
        yield _("Production advances: the account says %(booked)s, the contracts %(left)s.") % {
            "booked": format_rupiah(sum(booked.values())),
            "left": format_rupiah(sum(left.values())),
        }


def numbers_have_no_gap(cooperative: Cooperative) -> Iterator[str]:
    """Every number of the series SPK, CB, RK and KM stands on exactly one paper."""
    for series, model in NUMBERED:
        numbers = model.objects.filter(cooperative=cooperative).values_list("number", flat=True)
        yield from numbering_gaps(cooperative=cooperative, series=series, numbers=numbers)


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "production.work",
        gettext_lazy("Work in progress equals what the work orders hold"),
        work_equals_account,
        "parties",
        "portal:verify_page",
    ),
    Invariant(
        "production.pieces",
        gettext_lazy("Accepted, rejected and open pieces are those assigned"),
        pieces_add_up,
    ),
    Invariant(
        "production.closing",
        gettext_lazy("A work order closes when nothing is left, or with a reason"),
        done_orders_are_done,
    ),
    Invariant(
        "production.custody",
        gettext_lazy("Material at makers equals its account, maker by maker"),
        custody_equals_account,
    ),
    Invariant(
        "production.advances",
        gettext_lazy("Production advances equal their account"),
        advances_equal_account,
        "parties",
        "portal:verify_page",
    ),
    Invariant(
        "production.numbers",
        gettext_lazy("Work orders and contracts are numbered without a gap"),
        numbers_have_no_gap,
        "numbering",
        "portal:verify_page",
    ),
)
