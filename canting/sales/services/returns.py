"""Writes of credit notes: goods that came back after they were sold on an invoice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cash.selectors import require_cash
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah, share
from canting.kernel.quantities import format_quantity
from canting.ledger.rules import Draft, credit, debit, nonzero
from canting.ledger.services import post_entries, reverse_source
from canting.sales import rules, selectors
from canting.sales.errors import (
    DependsOnIt,
    NotReturnable,
    TooMuchPaid,
    UnknownPiece,
    WrongCounts,
)
from canting.sales.models import CreditNote, DeliveryLine, Invoice, SaleLine
from canting.sales.rules import PaperState, Piece
from canting.sales.services.undo import (
    check_reason,
    mark_reversed,
    refuse_before,
    refuse_reversed,
)
from canting.stock import selectors as stock
from canting.stock import services as stock_services
from canting.stock.rules import Basis, bare_code

if TYPE_CHECKING:
    from canting.cooperatives.models import User

ZERO = Decimal(0)


@transaction.atomic
def write_credit_note(
    *,
    invoice: Invoice,
    piece: Piece,
    reason: str,
    on: date,
    actor: User,
    cash_place: str = "",
    own_date: date | None = None,
) -> CreditNote:
    """Take pieces back: less revenue at the price got, and stock at the cost they left with.

    It lessens what is open; what was paid already goes back from a cash place. Cloth whose maker's
    share depends on the sale, and consigned cloth, are put right by Betulkan instead.
    """
    check_reason(reason)
    invoice = selectors.lock_invoice(invoice)
    refuse_reversed(invoice)
    refuse_before(on=on, before=invoice.issued_on, paper=invoice.number)
    line = _sold_line(invoice, piece)
    amount, cost = _worth(line, piece)
    vat = _vat(invoice, amount)
    lessens = min(amount + vat, selectors.open_amount(invoice))
    back = amount + vat - lessens
    if back:
        if not cash_place:
            raise TooMuchPaid(
                paper=invoice.number,
                open=format_rupiah(lessens),
                amount=format_rupiah(amount + vat),
            )
        require_cash(cooperative=invoice.cooperative, place=cash_place, amount=back, on=on)
    note = CreditNote.objects.create(
        cooperative=invoice.cooperative,
        number=next_number(cooperative=invoice.cooperative, series="NR", on=on),
        invoice=invoice,
        sale_line=line if isinstance(line, SaleLine) else None,
        delivery_line=line if isinstance(line, DeliveryLine) else None,
        returned_on=on,
        quantity=piece.quantity,
        amount=amount,
        vat=vat,
        lessens=lessens,
        cash_place=cash_place if back else "",
        cost=cost,
        reason=reason.strip(),
        made_by=actor,
    )
    _post(note, line, on, own_date, actor)
    return note


def _sold_line(invoice: Invoice, piece: Piece) -> DeliveryLine | SaleLine:
    for line in selectors.invoice_goods(invoice):
        if line.lot.code == bare_code(piece.code):
            if line.basis == Basis.CONSIGNMENT or line.lot.maker_share_percent:
                raise NotReturnable(piece=line.lot.label)
            return line
    raise UnknownPiece(piece=piece.code)


def _worth(line: DeliveryLine | SaleLine, piece: Piece) -> tuple[int, int]:
    """Price and cost of the returned pieces, in proportion of the line, as parts that add up."""
    sold = line.quantity if isinstance(line, SaleLine) else line.accepted or ZERO
    notes = list(line.returns.filter(state=PaperState.POSTED))
    before = sum((note.quantity for note in notes), ZERO)
    if not 0 < piece.quantity <= sold - before:
        raise WrongCounts(
            what=line.lot.label,
            rejected=format_quantity(piece.quantity),
            sent=format_quantity(sold - before),
        )
    # Counted from the first return on, so that piece by piece ends where the whole would.
    weights = [before + piece.quantity, sold - before - piece.quantity]
    amount = share(selectors.value_of(line), weights)[0] - sum(note.amount for note in notes)
    return amount, share(line.cost, weights)[0] - sum(note.cost for note in notes)


def _vat(invoice: Invoice, amount: int) -> int:
    """The VAT that comes back with goods: their part of the invoice's, counted from the first return."""
    if not invoice.vat:
        return 0
    notes = list(invoice.credit_notes.filter(state=PaperState.POSTED))
    reached = sum(note.amount for note in notes) + amount
    part = share(invoice.vat, [reached, max(invoice.total - reached, 0)])[0]
    return part - sum(note.vat for note in notes)


def _post(
    note: CreditNote, line: DeliveryLine | SaleLine, on: date, own_date: date | None, actor: User
) -> None:
    cooperative, buyer = note.cooperative, note.invoice.buyer
    source = f"sales.credit_note:{note.number}"
    moved = stock_services.receive(
        cooperative=cooperative,
        place=stock.store(cooperative),
        lot=line.lot,
        quantity=note.quantity,
        value=note.cost,
        on=on,
        source=source,
        paper=note.number,
        actor=actor,
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="sales.credit_note",
        subject=note.number,
        facts={"invoice": note.invoice.number, "amount": note.amount, "reason": note.reason},
        for_party=buyer.party,
    )
    business = rules.business_of(line.origin)
    lines = nonzero(
        debit(rules.returns_role(line.origin), note.amount, None, business),
        debit("ppn_out", note.vat),
        credit("recv_buyer", note.lessens, buyer.party),
        credit(note.cash_place or "bank", note.whole - note.lessens),
        debit(moved.role, moved.value, moved.party),
        credit(rules.cost_role(line.basis, line.origin), note.cost, None, business),
    )
    draft = Draft(
        source=source,
        entry_date=on,
        own_date=own_date,
        kind="credit_note",
        memo=_("%(pieces)s back on %(invoice)s")
        % {"pieces": format_quantity(note.quantity), "invoice": note.invoice.number},
        lines=lines,
        paper=note.number,
    )
    post_entries(cooperative=cooperative, drafts=[draft], actor=actor)


@transaction.atomic
def correct_credit_note(
    *,
    note: CreditNote,
    reason: str,
    on: date,
    actor: User,
    piece: Piece | None = None,
    cash_place: str = "",
) -> CreditNote | None:
    """Reverse a credit note: the pieces go out again, what was open is; with a piece, write it anew.

    Refused while a later note of the same line or another paper with the piece rests on it.
    """
    check_reason(reason)
    invoice = selectors.lock_invoice(note.invoice)
    note = selectors.lock_credit_note(note)
    refuse_reversed(note)
    refuse_before(on=on, before=note.returned_on, paper=note.number)
    _refuse_if_followed(note)
    source = f"sales.credit_note:{note.number}"
    stock_services.mirror(
        cooperative=note.cooperative,
        source=source,
        on=on,
        reason_source=f"sales.credit_note_reversed:{note.number}",
        actor=actor,
    )
    mark_reversed(note, None)
    record(
        cooperative_id=note.cooperative_id,
        actor=actor,
        action="sales.credit_note_corrected",
        subject=note.number,
        facts={"reason": reason.strip(), "again": piece is not None},
        for_party=invoice.buyer.party,
    )
    reverse_source(cooperative=note.cooperative, source=source, on=on, reason=reason, actor=actor)
    if piece is None:
        return None
    made = write_credit_note(
        invoice=invoice, piece=piece, reason=reason, on=on, actor=actor, cash_place=cash_place
    )
    mark_reversed(note, made)
    return made


def _refuse_if_followed(note: CreditNote) -> None:
    what = _("%(paper)s rests on it; put that right first.")
    later = selectors.later_credit_note(note)
    if later is not None:
        raise DependsOnIt(paper=note.number, what=what % {"paper": later.number})
    line = note.sale_line or note.delivery_line
    if line is None:
        return
    store = stock.store(note.cooperative)
    if stock.balance_of(store, line.lot).quantity < note.quantity:
        taker = stock.last_taker(store, line.lot)
        raise DependsOnIt(paper=note.number, what=what % {"paper": taker or line.lot.label})
