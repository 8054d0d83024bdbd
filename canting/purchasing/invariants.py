"""What must always hold in buying and handing out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives import selectors as house
from canting.kernel.invariants import CloseCheck, Invariant
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import format_quantity
from canting.ledger import selectors as ledger
from canting.purchasing import selectors
from canting.purchasing.models import SupplierOrder
from canting.purchasing.rules import SALE_ROLES, OrderState, most_receivable

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

SERIES = ("PB", "TB", "KB", "RB", "SP", "TG", "PH")
MANY = 200


def numbers_have_no_gap(cooperative: Cooperative) -> Iterator[str]:
    """Every number given in the series of buying stands on exactly one paper."""
    for series in SERIES:
        yield from house.numbering_gaps(
            cooperative=cooperative,
            series=series,
            numbers=selectors.series_numbers(cooperative=cooperative, series=series),
        )


def sales_stand_in_the_books(cooperative: Cooperative) -> Iterator[str]:
    """Material sold to members and to others is in the books what the standing papers come to."""
    opened = ledger.book(cooperative=cooperative).opened_on
    booked = ledger.revenue_by_month(
        cooperative=cooperative, roles=SALE_ROLES, since=opened, until=date.max
    )
    papers = selectors.sold_by_papers(cooperative=cooperative)
    for role, written in zip(SALE_ROLES, papers, strict=True):
        stands = sum(amount for (found, _month), amount in booked.items() if found == role)
        if stands != written:
            account = ledger.account_for(cooperative=cooperative, role=role)
            yield _("%(account)s: the books say %(booked)s, the papers %(papers)s.") % {
                "account": ledger.label(account),
                "booked": format_rupiah(stands),
                "papers": format_rupiah(written),
            }


def no_supplier_owes_us(cooperative: Cooperative) -> Iterator[str]:
    """What is owed to a supplier is never below zero."""
    for row in ledger.party_balances(cooperative=cooperative, role="pay_supplier"):
        if row.balance < 0:
            yield _("%(name)s was paid %(amount)s too much.") % {
                "name": row.name,
                "amount": format_rupiah(-row.balance),
            }


def goods_not_billed_agree(cooperative: Cooperative) -> Iterator[str]:
    """The account of goods not yet invoiced is, for each supplier, what came less what was billed."""
    papers = selectors.unbilled_by_party(cooperative=cooperative)
    rows = ledger.party_balances(cooperative=cooperative, role="grni")
    booked = {row.party_id: (row.name, row.balance) for row in rows}
    for party_id in sorted({*papers, *booked}):
        name, balance = booked.get(party_id, ("", 0))
        if balance != papers.get(party_id, 0):
            yield _(
                "%(name)s: %(booked)s stands in the books as received and not billed; the papers "
                "say %(papers)s."
            ) % {
                "name": name or party_id,
                "booked": format_rupiah(balance),
                "papers": format_rupiah(papers.get(party_id, 0)),
            }


def orders_follow_each_other(cooperative: Cooperative) -> Iterator[str]:
    """Nothing came above the order and its tolerance without a reason; billed is never above it."""
    found = SupplierOrder.objects.filter(cooperative=cooperative).exclude(state=OrderState.REVERSED)
    numbers = list(found.order_by("id").values_list("pk", flat=True))
    for first in range(0, len(numbers), MANY):
        chunk = list(found.filter(pk__in=numbers[first : first + MANY]).order_by("id"))
        rows = selectors.rows_of(chunk)
        reasons = selectors.orders_with_reason(chunk)
        for order in chunk:
            for row in rows[order.pk]:
                yield from _faults(cooperative, order, row, order.pk in reasons)


def _faults(
    cooperative: Cooperative, order: SupplierOrder, row: selectors.OrderRow, reasoned: bool
) -> Iterator[str]:
    facts = {"number": order.number, "item": row.line.item.name}
    percent = house.parameter(cooperative=cooperative, name="purchasing.over_delivery", on=order.on)
    most = most_receivable(row.line.base_quantity, Decimal(str(percent)))
    if row.received - row.replaced > most and not reasoned:
        yield _("%(number)s: more %(item)s came (%(quantity)s) than was ordered.") % {
            **facts,
            "quantity": format_quantity(row.received, row.line.item.unit),
        }
    if row.unbilled < 0 or row.billed_kept < 0:
        yield _("%(number)s: more %(item)s was billed than came.") % facts
    if row.kept < 0:
        yield _("%(number)s: more %(item)s went back than came.") % facts


def goods_not_billed_are_named(cooperative: Cooperative, _month: date) -> Iterator[str]:
    """Before a month is closed every rupiah received and not billed belongs to an order."""
    yield from goods_not_billed_agree(cooperative)


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "purchasing.numbers_have_no_gap",
        gettext_lazy("Purchases, receipts, hand-outs and returns are numbered without a gap."),
        numbers_have_no_gap,
        "numbering",
        "portal:verify_page",
    ),
    Invariant(
        "purchasing.sales_stand_in_the_books",
        gettext_lazy("Material sold to members and to others is what the books say."),
        sales_stand_in_the_books,
    ),
    Invariant(
        "purchasing.no_supplier_owes_us",
        gettext_lazy("No supplier was paid more than was owed."),
        no_supplier_owes_us,
    ),
    Invariant(
        "purchasing.goods_not_billed_agree",
        gettext_lazy("What came and is not billed is the same in the books and on the papers."),
        goods_not_billed_agree,
    ),
    Invariant(
        "purchasing.orders_follow_each_other",
        gettext_lazy("No more came than was ordered, and no more was billed than came."),
        orders_follow_each_other,
    ),
)

CLOSE_CHECKS: tuple[CloseCheck, ...] = (
    CloseCheck(
        "purchasing.goods_not_billed_are_named",
        gettext_lazy("What came and is not billed belongs to orders"),
        goods_not_billed_are_named,
        "purchasing:order_list",
    ),
)
