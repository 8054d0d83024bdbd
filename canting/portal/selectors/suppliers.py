"""What buying asks for today: suppliers who are late, bills that fall due."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.kernel.wa import wa_address
from canting.portal.selectors.rows import MOST_ROWS, Gathered, Row, first_rows, page
from canting.purchasing import selectors as purchasing

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.purchasing.models import SupplierOrder


def late_deliveries(
    found: Gathered, cooperative: Cooperative, on: date, *, with_rounds: bool
) -> None:
    """Supplier orders past their promised day, the longest first.

    Without `with_rounds` those of rounds of buying are left out: their own rows tell of them.
    """
    overdue = purchasing.orders_overdue(cooperative=cooperative, on=on)
    if not with_rounds:
        overdue = overdue.exclude(source__startswith="rounds.")
    rows, total = first_rows(overdue)
    found.add([_delivery(order, cooperative, on) for order in rows], total)


def _delivery(order: SupplierOrder, cooperative: Cooperative, on: date) -> Row:
    own = page("purchasing:order_detail", cooperative.slug, order.number)
    text = _("About our order %(number)s, promised for %(day)s:") % {
        "number": order.number,
        "day": format_date(order.promised_on),
    }
    call = wa_address(order.supplier.phone, text) if order.supplier.phone else ""
    late = _("%(days)s days late") % {"days": (on - order.promised_on).days}
    return Row(
        what=order.supplier.name,
        why=f"{late} · {order.number} · {format_rupiah(order.goods)}",
        why_kind="wrong",
        url=own,
        act_label=_("Call") if call else _("Open"),
        act_url=call or own,
    )


def bills_to_pay(found: Gathered, cooperative: Cooperative, on: date) -> None:
    """Debts to suppliers that are overdue or due within a week, the first due first."""
    due = purchasing.bills_due(cooperative=cooperative, on=on)
    found.add([_bill(one, cooperative, on) for one in due[:MOST_ROWS]], len(due))


def _bill(due: purchasing.SupplierDue, cooperative: Cooperative, on: date) -> Row:
    is_late = due.due_on < on
    when = (
        _("%(days)s days overdue") % {"days": (on - due.due_on).days}
        if is_late
        else _("to be paid by %(day)s") % {"day": format_date(due.due_on)}
    )
    slug = cooperative.slug
    return Row(
        what=_("Pay %(name)s") % {"name": due.supplier.name},
        why=f"{format_rupiah(due.open)} · {when} · {due.paper}",
        why_kind="wrong" if is_late else "",
        url=page("purchasing:supplier_detail", slug, due.supplier.number),
        act_label=_("Pay now"),
        act_url=page("purchasing:payment_new", slug, due.supplier.number),
    )
