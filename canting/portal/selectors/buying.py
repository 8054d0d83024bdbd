"""What rounds of buying together put on today's page: late orders, and what waits for the store."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.dates import format_date
from canting.kernel.wa import wa_address
from canting.portal.selectors.rows import MOST_ROWS, Gathered, Row, page
from canting.rounds import selectors as rounds

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

RIGHT = "rounds.manage_rounds"


def nudges_for(
    *, cooperative: Cooperative, on: date, rights: Collection[str]
) -> Sequence[rounds.Nudge]:
    """What open rounds wait for, for somebody who keeps them; nothing for others."""
    return rounds.nudges(cooperative=cooperative, on=on) if RIGHT in rights else ()


def late_rows(found: Gathered, nudges: Sequence[rounds.Nudge], on: date) -> None:
    """Orders of rounds whose promised day has passed, each with a text to the supplier."""
    late = [one for one in nudges if one.order is not None]
    found.add([_late(one, on) for one in late[:MOST_ROWS]], len(late))


def _late(one: rounds.Nudge, on: date) -> Row:
    order, slug = one.order, one.round.cooperative.slug
    own = page("rounds:round_detail", slug, one.round.number)
    if order is None:
        return Row(what=one.round.title, url=own)
    day = format_date(order.promised_on)
    text = _("%(name)s, our order %(number)s was promised for %(day)s. When does it come?") % {
        "name": order.supplier.name,
        "number": order.number,
        "day": day,
    }
    call = wa_address(order.supplier.phone, text) if order.supplier.phone else ""
    days = _("%(days)s days late") % {"days": (on - order.promised_on).days}
    return Row(
        what=order.supplier.name,
        why=" · ".join([days, order.number, one.round.title]),
        why_kind="wrong",
        url=own,
        act_label=_("Remind") if call else _("Open"),
        act_url=call or own,
    )


def waiting_rows(found: Gathered, nudges: Sequence[rounds.Nudge]) -> None:
    """Rounds that wait for an act: their deadline is near, goods lie unshared, shares unfetched."""
    waiting = [one for one in nudges if one.order is None]
    found.add([_waiting(one) for one in waiting[:MOST_ROWS]], len(waiting))


def _waiting(one: rounds.Nudge) -> Row:
    found, slug = one.round, one.round.cooperative.slug
    own = page("rounds:round_detail", slug, found.number)
    day = format_date(found.deadline)
    what, label, view = {
        "deadline": (_("Asking ends on %(day)s") % {"day": day}, _("Open"), ""),
        "order": (_("Order what is planned"), _("Order"), "rounds:round_order"),
        "share": (_("Goods have come: share them out"), _("Share out"), "rounds:share_new"),
        "fetch": (
            _("%(count)s members have not fetched their share") % {"count": one.count},
            _("Open"),
            "",
        ),
        "close": (_("Everything is handed out: close it"), _("Close"), "rounds:round_settle"),
    }[one.kind]
    return Row(
        what=what,
        why=f"{found.title} · {found.number}",
        why_kind="wait" if one.kind == "deadline" else "",
        url=own,
        act_label=label,
        act_url=page(view, slug, found.number) if view else own,
    )
