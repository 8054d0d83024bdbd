"""What must always hold in selling: control accounts, numbers, nothing sold twice or unreleased."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives.selectors import numbering_gaps
from canting.kernel.invariants import Invariant
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import format_quantity
from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.sales import selectors
from canting.sales.models import (
    CreditNote,
    Delivery,
    DeliveryLine,
    DoubtPaper,
    Invoice,
    Order,
    Payment,
    QrisSettlement,
    Sale,
    SaleLine,
)
from canting.sales.rules import InvoiceKind, PaperState, PaymentKind
from canting.stock import selectors as stock
from canting.stock.rules import PlaceKind

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

ZERO = Decimal(0)
NUMBERED = (
    ("PS", Order),
    ("SJ", Delivery),
    ("NJ", Sale),
    ("NR", CreditNote),
    ("PR", DoubtPaper),
    ("QS", QrisSettlement),
)


def _open_papers(cooperative: Cooperative) -> dict[str, dict[int, int]]:
    """What the papers say each buyer owes or has paid in advance, by account and party."""
    open_: dict[str, dict[int, int]] = {
        "recv_buyer": {},
        "recv_retention": {},
        "unbilled": {},
        "down_payment": {},
    }

    def add(role: str, party: int, amount: int) -> None:
        open_[role][party] = open_[role].get(party, 0) + amount

    for invoice in selectors.invoices_with_open(cooperative=cooperative):
        add("recv_buyer", invoice.buyer.party_id, invoice.open)
        add("recv_retention", invoice.buyer.party_id, invoice.retention_open)
        add("down_payment", invoice.buyer.party_id, -invoice.down_payment_used)
    accepted = Delivery.objects.filter(
        cooperative=cooperative, state=PaperState.POSTED, invoice=None
    )
    for party, value in accepted.values_list("order__buyer__party_id").annotate(
        Sum("accepted_value")
    ):
        add("unbilled", party, value)
    advances = Payment.objects.filter(
        cooperative=cooperative, state=PaperState.POSTED, invoice=None
    )
    for party, kind, amount in advances.values_list("buyer__party_id", "kind").annotate(
        Sum("amount")
    ):
        add("down_payment", party, -amount if kind == PaymentKind.REFUND else amount)
    return open_


def buyers_agree(cooperative: Cooperative) -> Iterator[str]:
    """Each buyer's balance on the four accounts equals that buyer's open papers."""
    for role, papers in _open_papers(cooperative).items():
        rows = ledger.party_balances(cooperative=cooperative, role=role)
        books = {row.party_id: row.balance for row in rows}
        names = {row.party_id: row.name for row in rows}
        for party in sorted(set(books) | set(papers)):
            if books.get(party, 0) != papers.get(party, 0):
                yield _("%(account)s, %(buyer)s: books %(books)s, papers %(papers)s.") % {
                    "account": ledger.account_name(role),
                    "buyer": names.get(party, party),
                    "books": format_rupiah(books.get(party, 0)),
                    "papers": format_rupiah(papers.get(party, 0)),
                }


def numbers_whole(cooperative: Cooperative) -> Iterator[str]:
    """No number of our own series is missing or stands twice."""
    for series, model in NUMBERED:
        numbers = model.objects.filter(cooperative=cooperative).values_list("number", flat=True)
        yield from numbering_gaps(cooperative=cooperative, series=series, numbers=numbers)
    ours = Invoice.objects.filter(cooperative=cooperative).exclude(kind=InvoiceKind.OPENING)
    yield from numbering_gaps(
        cooperative=cooperative, series="FK", numbers=ours.values_list("number", flat=True)
    )


def nothing_sold_twice(cooperative: Cooperative) -> Iterator[str]:
    """No lot was sold or sent in more pieces than were made of it."""
    gone: dict[int, Decimal] = {}
    made: dict[int, tuple[str, Decimal]] = {}
    for lot, code, made_quantity, pieces in _sold_by_lot(cooperative):
        gone[lot] = gone.get(lot, ZERO) + pieces
        made[lot] = (code, made_quantity)
    for lot, pieces in sorted(gone.items()):
        code, quantity = made[lot]
        if pieces > quantity:
            yield _("%(piece)s: %(sold)s sold of %(made)s made.") % {
                "piece": code,
                "sold": format_quantity(pieces),
                "made": format_quantity(quantity),
            }


def _sold_by_lot(cooperative: Cooperative) -> Iterator[tuple[int, str, Decimal, Decimal]]:
    key = ("lot_id", "lot__code", "lot__quantity_made")
    sold = SaleLine.objects.filter(sale__cooperative=cooperative, sale__state=PaperState.POSTED)
    yield from sold.values_list(*key).annotate(Sum("quantity"))
    sent = DeliveryLine.objects.filter(delivery__cooperative=cooperative)
    waiting = sent.filter(delivery__state=PaperState.SENT)
    yield from waiting.values_list(*key).annotate(Sum("quantity"))
    taken = sent.filter(delivery__state=PaperState.POSTED)
    yield from taken.values_list(*key).annotate(Sum("accepted"))
    for side in ("sale_line", "delivery_line"):
        back = CreditNote.objects.filter(
            cooperative=cooperative, state=PaperState.POSTED, **{f"{side}__isnull": False}
        )
        names = [f"{side}__{name}" for name in key]
        for lot, code, made, pieces in back.values_list(*names).annotate(Sum("quantity")):
            yield lot, code, made, -pieces


def only_released_sold(cooperative: Cooperative) -> Iterator[str]:
    """Nothing was sold or sent before it was inspected and released."""
    sold = SaleLine.objects.filter(
        sale__cooperative=cooperative, released_on__gt=F("sale__sold_on")
    )
    sent = DeliveryLine.objects.filter(
        delivery__cooperative=cooperative, released_on__gt=F("delivery__sent_on")
    )
    for code in sorted({*sold.values_list("lot__code", flat=True)}):
        yield _("%(piece)s was sold without being released.") % {"piece": code}
    for code in sorted({*sent.values_list("lot__code", flat=True)}):
        yield _("%(piece)s was sold without being released.") % {"piece": code}


def on_the_way_agrees(cooperative: Cooperative) -> Iterator[str]:
    """What stock says is on its way to a buyer equals the deliveries not confirmed yet."""
    sent = DeliveryLine.objects.filter(
        delivery__cooperative=cooperative, delivery__state=PaperState.SENT
    )
    papers = {
        (lot, party): (code, pieces)
        for lot, code, party, pieces in sent.values_list(
            "lot_id", "lot__code", "delivery__order__buyer__party_id"
        ).annotate(Sum("quantity"))
    }
    there = {
        (balance.lot_id, balance.place.party_id): (balance.lot.code, balance.quantity)
        for balance in stock.on_hand(cooperative, place_kind=PlaceKind.OUTBOUND)
    }
    for key in sorted(set(papers) | set(there)):
        said, lies = papers.get(key, ("", ZERO)), there.get(key, ("", ZERO))
        if said[1] != lies[1]:
            yield _("%(piece)s: %(papers)s on delivery notes, %(stock)s on their way.") % {
                "piece": said[0] or lies[0],
                "papers": format_quantity(said[1]),
                "stock": format_quantity(lies[1]),
            }


def allowances_agree(cooperative: Cooperative) -> Iterator[str]:
    """What our papers set aside for buyers is what they moved on the allowance, none below nil."""
    standing = selectors.standing_allowances(cooperative=cooperative)
    account = ledger.account_for(cooperative=cooperative, role="recv_allowance")
    ours = Q(entry__source__startswith="sales.doubt:")
    ours |= Q(entry__reverses__source__startswith="sales.doubt:")
    lines = ledger.account_lines(cooperative=cooperative, account=account).filter(ours)
    booked = sum(
        amount if side == Side.CREDIT else -amount
        for side, amount in lines.values_list("side", "amount")
    )
    if sum(standing.values()) != booked:
        yield _("Set aside for buyers: papers say %(papers)s, the books %(books)s.") % {
            "papers": format_rupiah(sum(standing.values())),
            "books": format_rupiah(booked),
        }
    for total in standing.values():
        if total < 0:
            yield _("%(amount)s stands aside for a buyer.") % {"amount": format_rupiah(total)}


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "sales.buyers_agree",
        gettext_lazy("What each buyer owes in the books equals that buyer's open papers."),
        buyers_agree,
        "parties",
        "portal:verify_page",
    ),
    Invariant(
        "sales.numbers_whole",
        gettext_lazy("Orders, delivery notes, invoices and notas have no gap in their numbers."),
        numbers_whole,
        "numbering",
        "portal:verify_page",
    ),
    Invariant(
        "sales.nothing_sold_twice",
        gettext_lazy("No cloth is sold in more pieces than were made."),
        nothing_sold_twice,
    ),
    Invariant(
        "sales.only_released_sold",
        gettext_lazy("Only cloth that was inspected and released is sold."),
        only_released_sold,
    ),
    Invariant(
        "sales.on_the_way_agrees",
        gettext_lazy("Cloth on its way equals the delivery notes not confirmed yet."),
        on_the_way_agrees,
    ),
    Invariant(
        "sales.allowances_agree",
        gettext_lazy("What is set aside for buyers is the allowance in the books."),
        allowances_agree,
        "parties",
        "sales:doubt_list",
    ),
)
