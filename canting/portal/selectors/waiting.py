"""What waits for the one who looks: by right, each with its one button."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from canting.kernel.dates import first_of_month, format_date, format_month
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.members import selectors as members
from canting.members.rules import MemberState
from canting.portal.selectors.buying import waiting_rows
from canting.portal.selectors.rows import (
    MOST_ROWS,
    Gathered,
    Row,
    WorkList,
    first_rows,
    page,
)
from canting.portal.selectors.suppliers import bills_to_pay
from canting.portal.selectors.treasurer import treasurer_rows
from canting.production import selectors as production
from canting.production.rules import waiting as reported
from canting.sales import selectors as sales
from canting.sales.rules import PaperState

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.ledger.models import Book
    from canting.rounds.selectors import Nudge


def waiting(
    *,
    cooperative: Cooperative,
    on: date,
    rights: Collection[str],
    book: Book,
    suspense: int,
    nudges: Sequence[Nudge] = (),
) -> WorkList:
    """What only this person (or her colleagues with the same rights) can take on.

    The head of the books and what stands in suspense (whole rupiah) are in the caller's hand.
    """
    found = Gathered()
    if "quality.receive_cloth" in rights:
        _cloth(found, cooperative)
    if "production.manage_orders" in rights:
        _over_reports(found, cooperative)
    waiting_rows(found, nudges)
    if "sales.deliver" in rights:
        _deliveries(found, cooperative)
    if "sales.issue_invoice" in rights:
        _to_invoice(found, cooperative)
    if "purchasing.pay_supplier" in rights:
        bills_to_pay(found, cooperative, on)
    treasurer_rows(found, cooperative, on, rights)
    _books(found, cooperative, on, rights, book, suspense)
    if "members.admit_member" in rights:
        _applicants(found, cooperative)
    return WorkList(
        key="waiting",
        title=_("Waiting for me"),
        rows=found.rows,
        total=found.total,
        nothing=_("Nothing waits for you."),
    )


def _books(
    found: Gathered,
    cooperative: Cooperative,
    on: date,
    rights: Collection[str],
    book: Book,
    suspense: int,
) -> None:
    if "ledger.close_period" in rights:
        _month(found, cooperative, on, book)
    if "ledger.view_books" in rights:
        _suspense(found, cooperative, suspense)


def _cloth(found: Gathered, cooperative: Cooperative) -> None:
    brought = production.awaiting_inspection(cooperative)
    rows = [
        Row(
            what=_("Inspect %(count)s pieces of %(name)s")
            % {
                "count": reported(one),
                "name": one.member.called_name or one.member.full_name,
            },
            why=f"{one.work_order.product.name} · {one.work_order.number}",
            act_label=_("Inspect"),
            act_url=page(
                "quality:receive",
                cooperative.slug,
                query="?" + urlencode({"spk": one.work_order.number, "anggota": one.member.number}),
            ),
        )
        for one in brought[:MOST_ROWS]
    ]
    found.add(rows, len(brought))


def _over_reports(found: Gathered, cooperative: Cooperative) -> None:
    flags = production.over_reports(cooperative=cooperative)
    rows = [
        Row(
            what=_("%(name)s reported %(count)s pieces too many")
            % {
                "name": flag.assignment.member.called_name or flag.assignment.member.full_name,
                "count": flag.over,
            },
            why=flag.assignment.work_order.number,
            act_label=_("Open"),
            act_url=page(
                "production:work_order_detail", cooperative.slug, flag.assignment.work_order.number
            ),
        )
        for flag in flags[:MOST_ROWS]
    ]
    found.add(rows, len(flags))


def _deliveries(found: Gathered, cooperative: Cooperative) -> None:
    sent, total = first_rows(sales.waiting_deliveries(cooperative=cooperative))
    rows = [
        Row(
            what=_("%(buyer)s has not confirmed a delivery") % {"buyer": one.order.buyer.name},
            why=f"{one.number} · {format_date(one.sent_on)}",
            act_label=_("Confirm"),
            act_url=page("sales:delivery_confirm", cooperative.slug, one.number),
        )
        for one in sent
    ]
    found.add(rows, total)


def _to_invoice(found: Gathered, cooperative: Cooperative) -> None:
    accepted, total = first_rows(
        sales.deliveries(cooperative=cooperative)
        .filter(state=PaperState.POSTED, invoice=None, accepted_value__gt=0)
        .order_by("confirmed_on", "id")
    )
    rows = [
        Row(
            what=_("Invoice %(amount)s to %(buyer)s")
            % {"amount": format_rupiah(one.accepted_value), "buyer": one.order.buyer.name},
            why=f"{one.number} · {one.order.number}",
            act_label=_("Invoice"),
            act_url=page("sales:invoice_new", cooperative.slug, one.order.number),
        )
        for one in accepted
    ]
    found.add(rows, total)


def _month(found: Gathered, cooperative: Cooperative, on: date, book: Book) -> None:
    month = ledger.next_month_to_close(book=book)
    if month >= first_of_month(on):
        return
    row = Row(
        what=_("Close %(month)s") % {"month": format_month(month)},
        why=_("Figures of an open month are provisional."),
        act_label=_("Close"),
        act_url=page("ledger:period_list", cooperative.slug),
    )
    found.add([row], 1)


def _suspense(found: Gathered, cooperative: Cooperative, left: int) -> None:
    if not left:
        return
    row = Row(
        what=_("Say whose %(amount)s is") % {"amount": format_rupiah(left)},
        why=_("Money in suspense keeps the month from closing."),
        why_kind="wait",
        act_label=_("Open"),
        act_url=page("ledger:account_ledger", cooperative.slug, "2190"),
    )
    found.add([row], 1)


def _applicants(found: Gathered, cooperative: Cooperative) -> None:
    count = members.members(cooperative=cooperative, status=MemberState.APPLICANT).count()
    if not count:
        return
    row = Row(
        what=_("Decide on %(count)s applicants") % {"count": count},
        act_label=_("Open"),
        act_url=page("members:member_list", cooperative.slug, query="?status=applicant"),
    )
    found.add([row], 1)
