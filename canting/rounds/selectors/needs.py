"""Needs that we work out ourselves: what work orders and the store will lack, each with its why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import PriceList
from canting.cooperatives import selectors as house
from canting.kernel.money import half_up
from canting.production import selectors as production
from canting.purchasing import selectors as purchasing
from canting.purchasing.rules import Mode
from canting.rounds.models import Need, Round, ShareOutItem
from canting.rounds.rules import NeedSource, ShareOutState
from canting.rounds.rules.wanted import Rain, Shelf, lead_days_on, material_need, to_reorder
from canting.stock import selectors as stock
from canting.stock.rules import Basis

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.catalogue.selectors import Partner
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A need that was worked out and waits to be taken over; quantities in base units.

    For a work order: `pieces` to come of `reference`, less what she `holds`. For the store: what is
    there, on its way and used a week, and after how many days an order comes.
    """

    item: Item
    quantity: Decimal
    source: str
    member: Member | None = None
    mode: str = Mode.CREDIT
    reference: str = ""
    pieces: int = 0
    holds: Decimal = ZERO
    in_store: Decimal = ZERO
    on_order: Decimal = ZERO
    weekly_use: Decimal = ZERO
    lead_days: int = 0
    asked: Decimal = ZERO

    @property
    def key(self) -> str:
        """What names it on a form."""
        number = self.member.number if self.member else ""
        return f"{number}|{self.item.code}|{self.reference}"

    @property
    def is_new(self) -> bool:
        """True when the round does not ask for just this much already."""
        return self.asked != self.quantity


def rain_of(*, cooperative: Cooperative, on: date) -> Rain:
    """The cooperative's rainy months and how much longer an order takes then."""
    months = str(house.parameter(cooperative=cooperative, name="rounds.rain_months", on=on))
    percent = house.parameter(cooperative=cooperative, name="rounds.rain_factor", on=on)
    known = {int(word) for word in months.split(",") if word.strip().isdigit()}
    return Rain(frozenset(known), Decimal(percent) / 100)


def work_order_proposals(*, found: Round) -> list[Reckoned]:
    """What makers lack for the pieces they still have to make, by maker and material.

    In trust for commission work, where the material stays ours; on her own account in all else.
    What she holds of ours counts once, against her earliest promise.
    """
    held = _held(found.cooperative)
    asked = _asked(found)
    made: list[Reckoned] = []
    for one, norms in production.material_to_come(found.cooperative):
        order, member = one.work_order, one.member
        in_trust = order.basis == Basis.COMMISSION
        hers = held.setdefault(member.party_id, {}) if in_trust else {}
        pieces = one.quantity - one.accepted - one.rejected
        by_code = {item.code: item for item in norms}
        lacks = material_need(
            pieces=pieces,
            norms={item.code: norm for item, norm in norms.items()},
            held={code: hers.get(item.pk, ZERO) for code, item in by_code.items()},
        )
        for item, norm in norms.items():
            before = hers.get(item.pk, ZERO)
            hers[item.pk] = max(before - norm * pieces, ZERO)
            if item.code in lacks:
                made.append(
                    Reckoned(
                        item=item,
                        quantity=lacks[item.code],
                        source=NeedSource.WORK_ORDER,
                        member=member,
                        mode=Mode.CUSTODY if in_trust else Mode.CREDIT,
                        reference=order.number,
                        pieces=pieces,
                        holds=before,
                        asked=asked.get((member.pk, item.pk, order.number), ZERO),
                    )
                )
    return made


def reorder_proposals(*, found: Round, on: date) -> list[Reckoned]:
    """What the store should order: reorder points, use during the order time, longer in the rain."""
    cooperative = found.cooperative
    weeks = int(house.parameter(cooperative=cooperative, name="rounds.cover_weeks", on=on))
    rain = rain_of(cooperative=cooperative, on=on)
    coming = _on_order(cooperative)
    asked = _asked(found)
    made = []
    for item, in_store, use in _shelves(cooperative, on):
        on_order = coming.get(item.pk, ZERO)
        shelf = Shelf(item.code, in_store, on_order, use, item.lead_days, item.reorder_point)
        quantity = to_reorder(shelf, day=on, cover_weeks=weeks, rain=rain)
        if quantity > 0:
            made.append(
                Reckoned(
                    item=item,
                    quantity=quantity,
                    source=NeedSource.REORDER,
                    in_store=in_store,
                    on_order=on_order,
                    weekly_use=use,
                    lead_days=lead_days_on(lead_days=item.lead_days, day=on, rain=rain),
                    asked=asked.get((0, item.pk, ""), ZERO),
                )
            )
    return made


def _held(cooperative: Cooperative) -> dict[int, dict[int, Decimal]]:
    held: dict[int, dict[int, Decimal]] = {}
    for balance in stock.materials_in_custody(cooperative):
        if balance.place.party_id is not None:
            hers = held.setdefault(balance.place.party_id, {})
            hers[balance.lot.item_id] = hers.get(balance.lot.item_id, ZERO) + balance.quantity
    return held


def _asked(found: Round) -> dict[tuple[int, int, str], Decimal]:
    rows = Need.objects.filter(round=found, withdrawn=False)
    return {
        (member or 0, item, reference): quantity
        for member, item, reference, quantity in rows.values_list(
            "member_id", "item_id", "reference", "base_quantity"
        )
    }


def _on_order(cooperative: Cooperative) -> dict[int, Decimal]:
    """Base units of each material (id) that suppliers still have to bring."""
    coming: dict[int, Decimal] = {}
    orders = list(purchasing.orders_open(cooperative=cooperative))
    for rows in purchasing.rows_of(orders).values():
        for row in rows:
            coming[row.line.item_id] = coming.get(row.line.item_id, ZERO) + row.outstanding
    return coming


def _shelves(cooperative: Cooperative, on: date) -> Iterable[tuple[Item, Decimal, Decimal]]:
    """Every material in use with what lies in the store and is used a week."""
    covered = {row.item.pk: row for row in stock.cover(cooperative=cooperative, on=on)}
    for item in catalogue.materials(cooperative=cooperative):
        row = covered.get(item.pk)
        yield item, row.quantity if row else ZERO, row.weekly_use if row else ZERO


def partners_short(*, found: Round, needs: Sequence[Need]) -> list[Partner]:
    """What goes with the dyes asked for and is neither asked for nor in the store, by the recipes.

    Naphthol without its salt dyes nothing, so it is said before the plan is made.
    """
    asked: dict[Item, Decimal] = {}
    for need in needs:
        asked[need.item] = asked.get(need.item, ZERO) + need.base_quantity
    return stock.partners_short(cooperative=found.cooperative, asked=asked)


def need_of(*, found: Round, pk: int) -> Need | None:
    """One need of a round, or nothing when the round has no such need."""
    return found.needs.filter(pk=pk).select_related("member__party", "item", "round").first()


def needs_in(*, found: Round, member: Member) -> QuerySet[Need]:
    """What one member asks for in one round, in the order she asked."""
    return (
        found.needs.filter(member=member, withdrawn=False)
        .select_related("item")
        .order_by("asked_at", "id")
    )


@dataclass(frozen=True, slots=True)
class PriceHint:
    """What a material costs: by our list, in the last round, and in the market; 0: not known."""

    item: Item
    units: tuple[tuple[str, Decimal], ...]
    ours: int
    last_round: int
    market: int
    market_place: str
    market_day: date | None


def price_hints(*, found: Round, on: date) -> list[PriceHint]:
    """What a member may look at before she asks; a fixed number of queries for all materials."""
    cooperative = found.cooperative
    board = catalogue.price_board(cooperative=cooperative, on=on)
    last = _last_round_prices(cooperative)
    hints = []
    for item in catalogue.materials(cooperative=cooperative).prefetch_related("units"):
        ours = board.get((item.pk, PriceList.MEMBER, ""))
        market = board.get((item.pk, PriceList.MARKET, ""))
        hints.append(
            PriceHint(
                item=item,
                units=tuple((one.unit, one.factor) for one in item.units.all()),
                ours=ours.amount if ours else 0,
                last_round=last.get(item.pk, 0),
                market=market.amount if market else 0,
                market_place=(market.place or market.source) if market else "",
                market_day=market.valid_from if market else None,
            )
        )
    return hints


def _last_round_prices(cooperative: Cooperative) -> dict[int, int]:
    """What one base unit cost members in the last sharing of each material, half up."""
    rows = (
        ShareOutItem.objects.filter(
            share_out__cooperative=cooperative,
            share_out__state=ShareOutState.STANDING,
            to_members__gt=0,
        )
        .order_by("id")
        .values_list("item_id", "charged", "to_members")
    )
    return {item: half_up(charged / quantity) for item, charged, quantity in rows}
