"""Reads of buy-back contracts: what was paid, bought back and sold, whose margin still waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, QuerySet

from canting.cooperatives import selectors as house
from canting.production.models import Advance, BuyBack
from canting.production.rules import PaperState, margin_share
from canting.sales import selectors as sales

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party
    from canting.stock.models import Lot


def lock_advance(pk: int) -> Advance:
    """The contract, held until the transaction ends."""
    return (
        Advance.objects.select_for_update(of=("self",))
        .select_related("cooperative", "product", "member__party")
        .get(pk=pk)
    )


def advance(*, cooperative: Cooperative, number: str) -> Advance | None:
    """The buy-back contract of this number, or nothing."""
    return (
        Advance.objects.filter(cooperative=cooperative, number=number)
        .select_related("cooperative", "product", "member__party", "successor")
        .first()
    )


def advances(*, cooperative: Cooperative) -> QuerySet[Advance]:
    """All buy-back contracts, the newest first."""
    return (
        Advance.objects.filter(cooperative=cooperative)
        .select_related("product", "member__party")
        .order_by("-id")
    )


def open_advances(*, cooperative: Cooperative, party_id: int | None = None) -> QuerySet[Advance]:
    """Contracts with pieces still to come, of all makers or of one."""
    found = advances(cooperative=cooperative).filter(
        state=PaperState.STANDING, brought__lt=F("pieces")
    )
    return found if party_id is None else found.filter(member__party_id=party_id)


@dataclass(frozen=True)
class BoughtBack:
    """A lot under a contract: its part of the advance, of the price and of the margin."""

    lot: Lot
    pieces: int
    advance_amount: int
    price: int
    share_booked: int
    sources: frozenset[str]


def bought_back(*, advance: Advance) -> list[BoughtBack]:
    """The lots that stand bought back under a contract, in the order they came."""
    rows: dict[int, list[BuyBack]] = {}
    for row in advance.buy_backs.select_related("lot").order_by("id"):
        rows.setdefault(row.lot_id, []).append(row)
    found = [
        BoughtBack(
            group[0].lot,
            sum(row.pieces for row in group),
            sum(row.advance_amount for row in group),
            sum(row.price for row in group),
            sum(row.share_booked for row in group),
            frozenset(row.source for row in group),
        )
        for group in rows.values()
    ]
    return [one for one in found if one.pieces > 0]


def buy_backs(*, cooperative: Cooperative, source: str) -> list[BuyBack]:
    """What one receipt bought back."""
    return list(
        BuyBack.objects.filter(cooperative=cooperative, source=source)
        .select_related("advance", "lot")
        .order_by("id")
    )


def held_margin_sources(
    cooperative: Cooperative, party: Party | int, on: date = date.max
) -> set[str]:
    """Ledger sources whose pay waits for the sale of the cloth (posting.md 2.4, buyback.pay_at).

    `on` is the day whose parameter decides; without it the latest rules.
    """
    party_id = party if isinstance(party, int) else party.pk
    return held_margins(cooperative=cooperative, party_ids=[party_id], on=on).get(party_id, set())


def held_margins(
    *, cooperative: Cooperative, party_ids: Iterable[int] | None = None, on: date = date.max
) -> dict[int, set[str]]:
    """The same sources of these makers, or of all, by party, in as many questions for any number.

    Makers without any are left out.
    """
    found = BuyBack.objects.filter(cooperative=cooperative)
    if party_ids is not None:
        makers = list(party_ids)
        if not makers:
            return {}
        found = found.filter(advance__member__party_id__in=makers)
    rows = list(found.select_related("lot", "advance__member"))
    if not rows or _paid_at_once(cooperative, on):
        return {}
    sold = sales.sold_out({row.lot_id: row.lot for row in rows}.values())
    held: dict[int, set[str]] = {}
    for row in rows:
        if row.lot_id not in sold:
            held.setdefault(row.advance.member.party_id, set()).add(row.source)
    return held


def _paid_at_once(cooperative: Cooperative, on: date) -> bool:
    at = house.parameter(cooperative=cooperative, name="buyback.pay_at", on=on)
    return bool(at != "sale")


@dataclass(frozen=True)
class LotStory:
    """One lot of a contract: what it was taken in at and what it brought so far, in rupiah."""

    lot: Lot
    pieces: int
    stock_value: int
    share_booked: int
    sold_pieces: int
    got: int
    share_now: int


@dataclass(frozen=True)
class Story:
    """An advance from its payment to the sale, in whole rupiah.

    `ours` is what is left for the cooperative of what was sold so far; nothing before a sale.
    """

    paid: int
    back: int
    stock_value: int
    share_agreed: int
    share_booked: int
    share_now: int
    got: int
    ours: int
    lots: tuple[LotStory, ...]

    @property
    def is_sold(self) -> bool:
        """True when all that was brought is sold."""
        return bool(self.lots) and all(one.sold_pieces >= one.pieces for one in self.lots)


def story_of(*, advance: Advance) -> Story:
    """What became of an advance: bought back, sold, and whose the margin is."""
    lots = tuple(_lot_story(one) for one in bought_back(advance=advance))
    back = sum(one.advance_amount for one in bought_back(advance=advance))
    sold = [one for one in lots if one.sold_pieces >= one.pieces]
    return Story(
        paid=advance.amount,
        back=back,
        stock_value=sum(one.stock_value for one in lots),
        share_agreed=margin_share(advance.agreed_price, advance.amount, advance.share_percent),
        share_booked=sum(one.share_booked for one in lots),
        share_now=sum(one.share_now for one in lots),
        got=sum(one.got for one in lots),
        ours=sum(one.got - (one.stock_value - one.share_booked) - one.share_now for one in sold),
        lots=lots,
    )


def _lot_story(one: BoughtBack) -> LotStory:
    sold = sales.lot_sales(one.lot)
    return LotStory(
        lot=one.lot,
        pieces=one.pieces,
        stock_value=one.advance_amount + one.share_booked,
        share_booked=one.share_booked,
        sold_pieces=int(sold.quantity),
        got=sold.got,
        share_now=one.share_booked + sold.trued,
    )
