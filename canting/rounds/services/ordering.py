"""From the agreed plan to orders at suppliers: one order each, with its number on the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from canting.kernel.money import format_rupiah
from canting.purchasing import services as buying
from canting.rounds import selectors
from canting.rounds.errors import NotEnoughMoney, NothingPlanned
from canting.rounds.models import PlanLine, Round
from canting.rounds.rules import RoundState, source_of
from canting.rounds.services.common import check_state, move_to, told

if TYPE_CHECKING:
    from canting.cooperatives.models import User
    from canting.purchasing.models import Supplier, SupplierOrder


@transaction.atomic
def order_round(*, found: Round, on: date, actor: User) -> list[SupplierOrder]:
    """Order what the plan says: one supplier order (SP) each, promised by the supplier's lead days.

    What must be paid at once may not be more than cash, bank and promised loans (NotEnoughMoney).
    Raises WrongState, NothingPlanned; a second time answers with the orders that stand.
    """
    found = selectors.lock_round(found)
    if found.state == RoundState.ORDERED:
        return selectors.orders_of(found)
    check_state(found, {RoundState.PLANNED})
    lines = [line for line in selectors.plan_lines(found) if not line.order_number]
    if not lines:
        raise NothingPlanned(number=found.number)
    _check_money(found, lines, on)
    made: list[SupplierOrder] = []
    for supplier, group in _by_supplier(lines):
        order = _order(found, supplier, group, on, actor)
        for line in group:
            line.order_number = order.number
        PlanLine.objects.bulk_update(group, ["order_number"])
        made.append(order)
    move_to(found, RoundState.ORDERED)
    told(found, "ordered", actor, on=on, orders=[order.number for order in made])
    return made


def _by_supplier(lines: Sequence[PlanLine]) -> list[tuple[Supplier, list[PlanLine]]]:
    groups: dict[int, list[PlanLine]] = {}
    for line in lines:
        groups.setdefault(line.supplier_id, []).append(line)
    return [(group[0].supplier, group) for group in groups.values()]


def _order(
    found: Round, supplier: Supplier, group: Sequence[PlanLine], on: date, actor: User
) -> SupplierOrder:
    return buying.place_order(
        cooperative=found.cooperative,
        supplier=supplier,
        lines=[
            buying.OrderLine(
                item=line.item,
                packs=line.packs,
                unit=line.unit,
                pack=line.pack,
                price=line.price,
            )
            for line in group
        ],
        promised_on=on + timedelta(days=selectors.lead_days(found, supplier, on)),
        on=on,
        actor=actor,
        freight=sum(line.freight for line in group),
        source=source_of(found.number),
    )


def _check_money(found: Round, lines: Sequence[PlanLine], on: date) -> None:
    needed = selectors.due_at_once(found, lines, on)
    there = selectors.cash_there(found.cooperative)
    lent = selectors.money_ready(found)
    if needed > there + lent:
        raise NotEnoughMoney(
            needed=format_rupiah(needed), there=format_rupiah(there), lent=format_rupiah(lent)
        )
