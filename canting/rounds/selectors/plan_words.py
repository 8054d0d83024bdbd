"""The plan's reasons in sentences: what was not served, why not another supplier, what an edit breaks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.money import format_rupiah
from canting.kernel.quantities import format_quantity
from canting.rounds.rules.plan import Breach, Broken, Reason, Short, Stopped, Unserved, Why

if TYPE_CHECKING:
    from canting.catalogue.models import Item

Names = Mapping[str, str]


def short_text(left: Unserved) -> str:
    """Why a need is not served, or not whole, and the way out."""
    texts: dict[Short, str] = {
        Short.NO_OFFER: _(
            "Nobody offers it. Ask suppliers for a price and write their offer down."
        ),
        Short.TOO_LATE: _("Everybody who offers it delivers after the day it is needed."),
        Short.NOT_ENOUGH: _("Suppliers offer less than is asked."),
        Short.CASH: _("There is not enough cash for it. Take deposits, or buy it on credit."),
        Short.STORAGE: _("There is no room for it in the store."),
        Short.MINIMUM: _("The order would stay below the supplier's minimum."),
        Short.TOGETHER: _("Cash, room and minimums together do not allow it."),
    }
    return texts[left.reason]


def stopped_text(stopped: Stopped) -> str:
    """Why the search ended early; empty when it did not."""
    texts: dict[Stopped, str] = {
        Stopped.DONE: "",
        Stopped.TIME: _("The time was up; there may be a better plan."),
        Stopped.CANCELLED: _("It was stopped; this is the best plan found until then."),
        Stopped.NO_SOLVER: _(
            "The solver HiGHS is not installed here, so this plan is good but not proved best."
        ),
    }
    return texts[stopped]


def reason_text(reason: Reason, items: Mapping[str, Item], names: Names) -> str:
    """Why an item does not come from this supplier, with the figures, and what it would cost."""
    said = _why_text(reason, items, names)
    if reason.extra is None or reason.why in {Why.SAME, Why.CHEAPER, Why.CHOSEN}:
        return said
    more = format_rupiah(reason.extra)
    if reason.why == Why.DEARER:
        if reason.exact:
            return _("The whole plan would cost %(more)s more.") % {"more": more}
        return _("This line alone would cost %(more)s more.") % {"more": more}
    if reason.exact:
        return said + " " + _("Buying there all the same costs %(more)s more.") % {"more": more}
    return said + " " + _("This line alone would cost %(more)s more.") % {"more": more}


def _why_text(reason: Reason, items: Mapping[str, Item], names: Names) -> str:
    unit = items[reason.item].unit if reason.item in items else ""
    facts = {
        "limit": _amount(reason.limit),
        "found": _amount(reason.found),
        "supplier": names.get(reason.of, reason.of),
        "days": f"{reason.found or 0:f}",
        "pack": format_quantity(reason.limit or Decimal(0), unit),
        "need": format_quantity(reason.found or Decimal(0), unit),
        "less": format_rupiah(abs(reason.extra or 0)),
    }
    texts: dict[Why, str] = {
        Why.CHOSEN: _("Chosen."),
        Why.TOO_LATE: _("Delivers only after %(days)s days, later than it is needed."),
        Why.NOT_ENOUGH: _("Has only %(need)s of the %(pack)s that are needed."),
        Why.MIN_AMOUNT: _(
            "The order at %(supplier)s would be %(found)s, below the minimum of %(limit)s."
        ),
        Why.CASH: _("It needs %(found)s in cash; there is %(limit)s."),
        Why.STORAGE: _("There is no room for packs of this size."),
        Why.PACK_TOO_BIG: _("One pack holds %(pack)s, but only %(need)s is needed."),
        Why.FREIGHT: _("The goods cost no more, but freight rises from %(limit)s to %(found)s."),
        Why.DEARER: _("Costs more."),
        Why.SAME: _("Costs the same; the supplier with the first number was taken."),
        Why.CHEAPER: _("Would cost %(less)s less: the search ended early. Work it out again."),
    }
    return texts[reason.why] % facts


def broken_text(broken: Broken, names: Names) -> str:
    """Which limit chosen packs break, by how much; `names` tells suppliers and offers."""
    facts = {
        "who": names.get(broken.subject, broken.subject),
        "limit": format_quantity(broken.limit),
        "found": format_quantity(broken.found),
        "money": _amount(broken.limit),
        "money_found": _amount(broken.found),
        "kind": kind_name(broken.subject),
    }
    texts: dict[Breach, str] = {
        Breach.UNKNOWN_OFFER: _("An offer does not hold any more. Look at the list again."),
        Breach.TOO_LATE: _("%(who)s delivers after %(found)s days; it is needed in %(limit)s."),
        Breach.MIN_PACKS: _("%(who)s: at least %(limit)s packs, here %(found)s."),
        Breach.MAX_PACKS: _("%(who)s: at most %(limit)s packs, here %(found)s."),
        Breach.MIN_AMOUNT: _("%(who)s: the order is %(money_found)s, the minimum %(money)s."),
        Breach.CASH: _("%(money_found)s must be paid in cash; there is %(money)s."),
        Breach.STORAGE: _("%(found)s of %(kind)s would come; there is room for %(limit)s."),
    }
    return texts[broken.code] % facts


def kind_name(kind: str) -> str:
    """A kind of material as people say it."""
    names = {"cloth": _("cloth"), "wax": _("wax"), "dye": _("dye"), "tool": _("tools")}
    return names.get(kind, kind)


def _amount(value: Decimal | None) -> str:
    return format_rupiah(int(value or 0))
