"""What is late: orders past their promise, makers' parts past theirs, invoices past their day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from canting.kernel.dates import format_date
from canting.kernel.member_text import m_
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import format_quantity
from canting.kernel.wa import wa_address
from canting.portal.selectors.buying import RIGHT as KEEPS_ROUNDS
from canting.portal.selectors.buying import late_rows
from canting.portal.selectors.near import NearOrders
from canting.portal.selectors.rows import (
    MOST_ROWS,
    Gathered,
    Row,
    WorkList,
    first_rows,
    page,
)
from canting.portal.selectors.suppliers import late_deliveries
from canting.production import selectors as production
from canting.production.rules import open_pieces
from canting.sales import selectors as sales

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.production.models import Assignment
    from canting.rounds.selectors import Nudge
    from canting.sales.models import Order


def late(
    *,
    cooperative: Cooperative,
    on: date,
    rights: Collection[str],
    near: NearOrders,
    nudges: Sequence[Nudge] = (),
) -> WorkList | None:
    """Everything past its promised day, the longest overdue first; nothing for other roles."""
    found = Gathered()
    if "sales.view_orders" in rights:
        _orders(found, cooperative, near, on)
    if "production.view_orders" in rights:
        _assignments(found, cooperative, on)
    if {"sales.issue_invoice", "sales.receive_payment"} & set(rights):
        _invoices(found, cooperative, on)
    late_rows(found, nudges, on)
    if "purchasing.order" in rights:
        late_deliveries(found, cooperative, on, with_rounds=KEEPS_ROUNDS not in rights)
    if not {"sales.view_orders", "production.view_orders"} & set(rights) and not found.total:
        return None
    return WorkList(
        key="late",
        title=_("Late"),
        rows=found.rows,
        total=found.total,
        state="wrong",
        nothing=_("Nothing is late."),
    )


def in_hands(*, cooperative: Cooperative, on: date) -> WorkList:
    """Makers with work that is still on time, the earliest promise first, each with a text."""
    found = production.open_assignments(cooperative=cooperative).filter(promised_date__gte=on)
    rows = [_assignment(one, cooperative, on) for one in found[:MOST_ROWS]]
    return WorkList(
        key="in_hands",
        title=_("Makers with work"),
        rows=rows,
        total=found.count() if len(rows) == MOST_ROWS else len(rows),
        state="info",
        url=page("production:cloth", cooperative.slug),
        nothing=_("No work in makers' hands."),
    )


def _ago(day: date, on: date) -> str:
    return _("%(days)s days late") % {"days": (on - day).days}


def _orders(found: Gathered, cooperative: Cooperative, near: NearOrders, on: date) -> None:
    past = [one for one in near.orders if one.promised_date < on]
    rows = [_order(one, near.progress[one.pk].left, cooperative, on) for one in past]
    total = len(rows)
    if total == MOST_ROWS:
        every = sales.open_orders(cooperative=cooperative)
        total = every.filter(promised_date__lt=on).count()
    found.add(rows, total)


def _order(order: Order, left: Decimal, cooperative: Cooperative, on: date) -> Row:
    own = page("sales:order_detail", cooperative.slug, order.number)
    text = _("%(buyer)s, about order %(number)s:") % {
        "buyer": order.buyer.name,
        "number": order.number,
    }
    call = wa_address(order.buyer.phone, text) if order.buyer.phone else ""
    return Row(
        what=order.buyer.name,
        why=" · ".join(
            [
                _ago(order.promised_date, on),
                order.number,
                _("%(count)s pieces still to send") % {"count": format_quantity(left)},
            ]
        ),
        why_kind="wrong",
        url=own,
        act_label=_("Call") if call else _("Open"),
        act_url=call or own,
    )


def _assignments(found: Gathered, cooperative: Cooperative, on: date) -> None:
    past, total = first_rows(production.late_assignments(cooperative=cooperative, on=on))
    found.add([_assignment(one, cooperative, on) for one in past], total)


def _assignment(one: Assignment, cooperative: Cooperative, on: date) -> Row:
    name = one.member.called_name or one.member.full_name
    order, left, day = one.work_order, open_pieces(one), format_date(one.promised_date)
    is_late = one.promised_date < on
    own = page("production:work_order_detail", cooperative.slug, order.number)
    text = _text_to_maker(one, name, day, is_late=is_late)
    call = wa_address(one.member.phone, text) if one.member.phone else ""
    when = _ago(one.promised_date, on) if is_late else _("promised for %(day)s") % {"day": day}
    return Row(
        what=name,
        why=" · ".join([when, order.number, _("%(count)s pieces still to come") % {"count": left}]),
        why_kind="wrong" if is_late else "",
        url=own,
        act_label=(_("Remind") if is_late else _("Ask")) if call else _("Open"),
        act_url=call or own,
    )


def _text_to_maker(one: Assignment, name: str, day: str, *, is_late: bool) -> str:
    """The draft she gets: in Indonesian, whatever language the office works in."""
    facts = {
        "name": name,
        "count": open_pieces(one),
        "product": one.work_order.product.name,
        "number": one.work_order.number,
        "day": day,
    }
    if is_late:
        return m_(
            "%(name)s, %(count)s pieces of %(product)s (%(number)s) were promised for %(day)s. "
            "When may we fetch them?",
            "id",
            **facts,
        )
    return m_(
        "%(name)s, how far are the %(count)s pieces of %(product)s (%(number)s)? "
        "They are promised for %(day)s.",
        "id",
        **facts,
    )


def _invoices(found: Gathered, cooperative: Cooperative, on: date) -> None:
    past, total = first_rows(sales.overdue(cooperative=cooperative, on=on))
    found.add([_invoice(one, cooperative, on) for one in past], total)


def _invoice(one: Any, cooperative: Cooperative, on: date) -> Row:
    own = page("sales:invoice_detail", cooperative.slug, one.number)
    text = _("%(buyer)s, invoice %(number)s of %(amount)s was due on %(day)s.") % {
        "buyer": one.buyer.name,
        "number": one.number,
        "amount": format_rupiah(one.open),
        "day": format_date(one.due_on),
    }
    call = wa_address(one.buyer.phone, text) if one.buyer.phone else ""
    return Row(
        what=one.buyer.name,
        why=" · ".join([_ago(one.due_on, on), one.number, format_rupiah(one.open)]),
        why_kind="wrong",
        url=own,
        act_label=_("Remind") if call else _("Open"),
        act_url=call or own,
    )
