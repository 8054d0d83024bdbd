"""Reads of the shop: own limits, the usual bundle, today's sales, turnover with whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum

from canting.cooperatives import selectors as house
from canting.kernel.dates import first_of_month, last_of_month, next_month
from canting.ledger import selectors as ledger
from canting.members.rules import CounterpartyClass
from canting.purchasing.models import CreditLimit, HandOut, HandOutLine
from canting.purchasing.rules import SALE_ROLES, Mode, State
from canting.purchasing.selectors.quotes import OutLine

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member

MONTHS = 12


def limits_of(member: Member) -> QuerySet[CreditLimit]:
    """A member's own limits, newest first."""
    found = CreditLimit.objects.filter(member=member).select_related("set_by")
    return found.order_by("-valid_from", "-id")


def own_limit(*, member: Member, on: date) -> CreditLimit | None:
    """Her own limit in force on a day, or none: then the cooperative's holds."""
    return limits_of(member).filter(valid_from__lte=on).first()


def credit_limit(*, cooperative: Cooperative, member: Member, on: date) -> int | None:
    """How much she may owe for material on a day in whole rupiah; none where nothing limits it."""
    own = own_limit(member=member, on=on)
    if own is not None:
        return own.amount
    common = int(house.parameter(cooperative=cooperative, name="credit.limit", on=on))
    return common or None


def usual_bundle(*, member: Member) -> list[OutLine]:
    """What she got last time by one paper of the store, in its order; nothing for a new member."""
    last = (
        HandOut.objects.filter(member=member, of_source="")
        .exclude(state=State.REVERSED)
        .order_by("-on", "-id")
        .first()
    )
    if last is None:
        return []
    lines = last.lines.select_related("item").filter(item__active=True).order_by("id")
    return [OutLine(line.item, line.quantity, line.unit) for line in lines]


def till_sales(*, cooperative: Cooperative, on: date) -> QuerySet[HandOut]:
    """What the shop's till sold on a day, newest first."""
    return (
        HandOut.objects.filter(cooperative=cooperative, at_till=True, on=on)
        .select_related("member__party")
        .order_by("-id")
    )


def till_sum(*, cooperative: Cooperative, on: date) -> int:
    """What the till sold on a day together, whole rupiah."""
    standing = till_sales(cooperative=cooperative, on=on).exclude(state=State.REVERSED)
    return standing.aggregate(total=Sum("total"))["total"] or 0


@dataclass(frozen=True, slots=True)
class ItemTurnover:
    """One material sold in a month: how much in its own unit, and for how much to whom."""

    code: str
    name: str
    unit: str
    quantity: Decimal
    members: int
    others: int

    @property
    def total(self) -> int:
        """Both together, whole rupiah."""
        return self.members + self.others


@dataclass(frozen=True, slots=True)
class MonthTurnover:
    """What the books say of one month: material sold to members and to others, whole rupiah."""

    month: date
    members: int
    others: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.members + self.others


@dataclass(frozen=True, slots=True)
class Turnover:
    """A month of material sales by item, with the months before it; `apart` is what was put right.

    The books are what holds: items that stand, and corrections of other months, add up to them.
    """

    month: MonthTurnover
    items: tuple[ItemTurnover, ...]
    months: tuple[MonthTurnover, ...]

    @property
    def apart(self) -> tuple[int, int]:
        """What the books differ from the standing papers: corrections booked in another month."""
        members = self.month.members - sum(row.members for row in self.items)
        return members, self.month.others - sum(row.others for row in self.items)


def turnover(*, cooperative: Cooperative, month: date) -> Turnover:
    """Material sold in a month, with members apart from others; the kept balances and one sum."""
    first = first_of_month(month)
    start = next_month(first, 1 - MONTHS)
    sums = ledger.revenue_by_month(
        cooperative=cooperative, roles=SALE_ROLES, since=start, until=last_of_month(first)
    )
    members, others = SALE_ROLES
    months = [
        MonthTurnover(day, sums.get((members, day), 0), sums.get((others, day), 0))
        for day in (next_month(start, place) for place in range(MONTHS))
    ]
    return Turnover(months[-1], tuple(_by_item(cooperative, first)), tuple(months))


def _by_item(cooperative: Cooperative, first: date) -> list[ItemTurnover]:
    of = Q(counterparty_class=CounterpartyClass.MEMBER)
    rows = (
        HandOutLine.objects.filter(
            hand_out__cooperative=cooperative,
            hand_out__on__gte=first,
            hand_out__on__lte=last_of_month(first),
        )
        .exclude(hand_out__state=State.REVERSED)
        .exclude(hand_out__mode=Mode.CUSTODY)
        .values_list("item__code", "item__name", "item__unit")
        .annotate(
            quantity=Sum("base_quantity"),
            members=Sum("amount", filter=of, default=0),
            others=Sum("amount", filter=~of, default=0),
        )
        .order_by("item__name", "item__code")
    )
    return [ItemTurnover(*row) for row in rows]


def sold_by_papers(*, cooperative: Cooperative) -> tuple[int, int]:
    """What every standing sale of material comes to, with members and with others; whole rupiah."""
    of = Q(counterparty_class=CounterpartyClass.MEMBER)
    sums = (
        HandOutLine.objects.filter(hand_out__cooperative=cooperative)
        .exclude(hand_out__state=State.REVERSED)
        .exclude(hand_out__mode=Mode.CUSTODY)
        .aggregate(
            members=Sum("amount", filter=of, default=0), others=Sum("amount", filter=~of, default=0)
        )
    )
    return sums["members"], sums["others"]
