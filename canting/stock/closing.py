"""What the stock asks before a month is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.kernel.dates import format_month, last_of_month
from canting.kernel.invariants import CloseCheck, Fault
from canting.kernel.money import format_rupiah
from canting.stock import selectors
from canting.stock.rules import CountState

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def goods_are_counted(cooperative: Cooperative, month: date) -> Iterator[Fault]:
    """Every store and every maker who holds material of ours was counted in the month or since."""
    held = selectors.held_by_kind(cooperative=cooperative, until=last_of_month(month))
    if not held:
        return
    counted: dict[int, set[str]] = defaultdict(set)
    counts = selectors.counts(cooperative)
    for count in counts.filter(state=CountState.BOOKED, on__gte=month):
        counted[count.place_id].add(count.kind)
    for place in selectors.places_to_count(cooperative):
        if place.pk not in held:
            continue
        kinds = held[place.pk]
        if "" not in counted[place.pk] and not set(kinds) <= counted[place.pk]:
            text = _("What lies in %(place)s, worth %(value)s, was not counted in %(month)s.") % {
                "place": selectors.place_name(place),
                "value": format_rupiah(sum(kinds.values())),
                "month": format_month(month),
            }
            yield Fault(text, "stock:count_new")


def goods_in_words(cooperative: Cooperative, month: date) -> str:
    """How many places hold goods and what they are worth."""
    held = selectors.held_by_kind(cooperative=cooperative, until=last_of_month(month))
    if not held:
        return _("no goods in store")
    worth = format_rupiah(sum(sum(kinds.values()) for kinds in held.values()))
    return _("%(count)s places, worth %(value)s") % {"count": len(held), "value": worth}


def counts_are_booked(cooperative: Cooperative, month: date) -> Iterator[Fault]:
    """No count of goods is left open."""
    waiting = selectors.counts(cooperative).filter(
        state=CountState.OPEN, on__lte=last_of_month(month)
    )
    for number in waiting.order_by("id").values_list("number", flat=True):
        text = _("The count %(number)s is still open.") % {"number": number}
        yield Fault(text, "stock:count_detail", number)


def write_downs_are_released(cooperative: Cooperative, month: date) -> Iterator[Fault]:
    """What goods were written down by does not stay when they have left."""
    for row in selectors.allowances(cooperative=cooperative):
        if row.to_release:
            text = _("%(item)s: %(amount)s of the write-down belongs to goods that have left.") % {
                "item": row.lot.label or row.lot.item.name,
                "amount": format_rupiah(row.to_release),
            }
            yield Fault(text, "stock:write_down_list")


CLOSE_CHECKS: tuple[CloseCheck, ...] = (
    CloseCheck(
        "stock.goods_are_counted",
        gettext_lazy("Stores and makers are counted"),
        goods_are_counted,
        "stock:count_new",
        "stock",
        goods_in_words,
    ),
    CloseCheck(
        "stock.counts_are_booked",
        gettext_lazy("No count of goods is left open"),
        counts_are_booked,
        "stock:count_list",
        "drafts",
    ),
    CloseCheck(
        "stock.write_downs_are_released",
        gettext_lazy("Write-downs of goods that left are released"),
        write_downs_are_released,
        "stock:write_down_list",
        "stock",
    ),
)
