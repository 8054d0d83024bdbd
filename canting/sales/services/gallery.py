"""Writes of the gallery till and of direct sales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cash.selectors import require_cash
from canting.catalogue.selectors import price_of
from canting.cooperatives.selectors import parameter
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, Line, credit, debit, nonzero, signed
from canting.ledger.services import post_entries, reverse_source
from canting.members.rules import CounterpartyClass
from canting.sales import rules, selectors
from canting.sales.errors import (
    BadPrice,
    BuyerNeeded,
    DependsOnIt,
    DiscountTooMuch,
    ProceedsPaid,
    RoundingTooMuch,
)
from canting.sales.models import Buyer, Sale, SaleLine
from canting.sales.rules import PaidBy, PaperState, Piece, Sold
from canting.sales.services.invoices import invoice_of_sale, refuse_settled
from canting.sales.services.pieces import (
    facts_of,
    found_pieces,
    maker_share,
    payable_of,
    place_of,
)
from canting.sales.services.undo import (
    check_reason,
    mark_reversed,
    refuse_before,
    refuse_reversed,
)
from canting.stock import services as stock_services
from canting.stock.rules import Basis
from canting.taxes.rules import part_of

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.stock.models import Lot


@dataclass(frozen=True)
class Till:
    """How a sale is paid and by whom: class of the counterparty, discount, money received."""

    paid_by: str = PaidBy.CASH
    received: int | None = None
    discount: int = 0
    counterparty_class: str = CounterpartyClass.NONMEMBER
    buyer: Buyer | None = None
    guest: str = ""
    due_on: date | None = None


@transaction.atomic
def sell_at_gallery(
    *,
    cooperative: Cooperative,
    pieces: Sequence[Piece],
    on: date,
    actor: User,
    till: Till | None = None,
    own_date: date | None = None,
) -> Sale:
    """Sell pieces handed over at once: each line by its own basis, the discount spread over them.

    Consigned cloth gives its owner the price less our fee and is no revenue beyond the fee;
    buy-back lots are trued up to the price really got (posting.md 2.4, 2.5). A VAT payer takes VAT
    on top. A sale on credit gets its invoice.
    """
    till = till or Till()
    if till.paid_by in (PaidBy.BANK, PaidBy.CREDIT) and till.buyer is None:
        raise BuyerNeeded()
    found = found_pieces(cooperative=cooperative, pieces=pieces, on=on)
    stock_services.lock_stock((place_of(lot), lot) for lot, _piece in found)
    lines = _priced(cooperative, found, till, on)
    total = sum(line.net for line in lines)
    vat = selectors.vat_of(cooperative=cooperative, lines=lines, on=on)
    rounding = _rounding(cooperative, till, total + vat, on)
    sale = _nota(cooperative, till, {"total": total, "vat": vat, "rounding": rounding}, on, actor)
    sold, stock_lines = _take_out(sale, lines, on, own_date or on, actor)
    if till.paid_by == PaidBy.CREDIT:
        invoice_of_sale(sale=sale, on=on, due_on=till.due_on, actor=actor)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="sales.sold",
        subject=sale.number,
        facts={"total": total, "paid_by": till.paid_by, "pieces": len(lines)},
        for_party=till.buyer.party if till.buyer else None,
    )
    money = _money(till, sale)
    entry = rules.sale_lines(sold, money, payable=payable_of(cooperative, sold))
    draft = Draft(
        source=f"sales.sale:{sale.number}",
        entry_date=on,
        own_date=own_date,
        kind=_event_kind(till.paid_by, sold),
        memo=_memo(sale),
        lines=rules.gathered([*entry, *stock_lines]),
        paper=sale.number,
    )
    post_entries(cooperative=cooperative, drafts=[draft], actor=actor)
    return sale


def _nota(
    cooperative: Cooperative, till: Till, sums: dict[str, int], on: date, actor: User
) -> Sale:
    return Sale.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series="NJ", on=on),
        sold_on=on,
        buyer=till.buyer,
        guest=till.guest,
        counterparty_class=_class_of(till),
        paid_by=till.paid_by,
        discount=till.discount,
        made_by=actor,
        **sums,
    )


def _money(till: Till, sale: Sale) -> list[Line]:
    """What came in, or the claim on a known buyer, its VAT, and the coins that were rounded."""
    party = till.buyer.party if till.paid_by == PaidBy.CREDIT and till.buyer else None
    return nonzero(
        debit(rules.CASH_ROLE[till.paid_by], sale.received, party),
        credit("ppn_out", sale.vat),
        signed("rounding", -sale.rounding),
    )


def _class_of(till: Till) -> str:
    return till.buyer.counterparty_class if till.buyer else str(till.counterparty_class)


def _event_kind(paid_by: str, sold: Sequence[Sold]) -> str:
    if paid_by == PaidBy.CREDIT:
        return "sale_credit"
    if paid_by == PaidBy.BANK:
        return "sale_cash"
    if any(line.basis == Basis.CONSIGNMENT for line in sold):
        return "gallery_sale_mixed"
    return "gallery_sale_qris" if paid_by == PaidBy.QRIS else "gallery_sale"


def _memo(sale: Sale) -> str:
    name = sale.buyer.name if sale.buyer else sale.guest
    if name:
        return _("%(sale)s, %(buyer)s") % {"sale": sale.number, "buyer": name}
    return _("%(sale)s at the gallery") % {"sale": sale.number}


def _priced(
    cooperative: Cooperative, found: Sequence[tuple[Lot, Piece]], till: Till, on: date
) -> list[SaleLine]:
    """The lines with price, their part of the discount and what is left of it."""
    prices = [_price(cooperative, lot, piece, on) for lot, piece in found]
    amounts = [
        rules.amount_of(piece.quantity, price)
        for (_lot, piece), price in zip(found, prices, strict=True)
    ]
    if till.discount < 0 or till.discount >= sum(amounts):
        raise DiscountTooMuch(
            discount=format_rupiah(till.discount), total=format_rupiah(sum(amounts))
        )
    parts = rules.share_discount(till.discount, amounts)
    return [
        SaleLine(
            position=place + 1,
            lot=lot,
            quantity=piece.quantity,
            price=prices[place],
            discount=parts[place],
            net=amounts[place] - parts[place],
            counterparty_class=_class_of(till),
            business_unit="gallery",
            **facts_of(lot),
        )
        for place, (lot, piece) in enumerate(found)
    ]


def _price(cooperative: Cooperative, lot: Lot, piece: Piece, on: date) -> int:
    if piece.price is None:
        return price_of(
            cooperative=cooperative, item=lot.item, price_list="sale", on=on, grade=lot.grade
        )
    if piece.price <= 0:
        raise BadPrice(what=lot.label, price=format_rupiah(piece.price))
    return piece.price


def _rounding(cooperative: Cooperative, till: Till, total: int, on: date) -> int:
    """Received less total: only coins may differ, and only within the limit."""
    if till.received is None:
        return 0
    difference = till.received - total
    limit = int(parameter(cooperative=cooperative, name="sales.rounding_limit", on=on))
    if till.paid_by != PaidBy.CASH:
        limit = 0
    if abs(difference) > limit:
        raise RoundingTooMuch(
            received=format_rupiah(till.received),
            total=format_rupiah(total),
            difference=format_rupiah(difference),
            limit=format_rupiah(limit),
        )
    return difference


def _take_out(
    sale: Sale, lines: Sequence[SaleLine], on: date, own_date: date, actor: User
) -> tuple[list[Sold], list[Line]]:
    """Take the pieces out of stock and write the lines with what they cost or what we keep."""
    percent = Decimal(
        str(parameter(cooperative=sale.cooperative, name="consignment.fee_percent", on=on))
    )
    sold: list[Sold] = []
    out: list[Line] = []
    for line in sorted(lines, key=lambda line: line.lot_id):
        lot = line.lot
        line.sale, line.own_date = sale, own_date
        if lot.basis == Basis.CONSIGNMENT:
            line.fee = part_of(line.net, percent)
        else:
            line.true_up = maker_share(lot, quantity=line.quantity, net=line.net)
        moved = stock_services.issue(
            cooperative=sale.cooperative,
            place=place_of(lot),
            lot=lot,
            quantity=line.quantity,
            on=on,
            source=f"sales.sale:{sale.number}",
            paper=sale.number,
            actor=actor,
        )
        line.cost = moved.value
        if moved.role:
            out.append(signed(moved.role, -moved.value, moved.party))
        line.save()
        sold.append(
            Sold(
                basis=line.basis,
                origin=line.origin,
                net=line.net,
                cost=line.cost,
                fee=line.fee,
                owner=lot.maker,
                true_up=line.true_up,
            )
        )
    return sold, out


@transaction.atomic
def correct_sale(
    *,
    sale: Sale,
    reason: str,
    on: date,
    actor: User,
    pieces: Sequence[Piece] = (),
    till: Till | None = None,
) -> Sale | None:
    """Reverse a nota with its stock moves and, with pieces, write the right one.

    Refused when its owner or maker was paid for it already, when its money went on, or when
    something was paid on its invoice.
    """
    check_reason(reason)
    sale = selectors.lock_sale(sale)
    refuse_reversed(sale)
    refuse_before(on=on, before=sale.sold_on, paper=sale.number)
    _refuse_if_used(sale, on)
    source = f"sales.sale:{sale.number}"
    stock_services.mirror(
        cooperative=sale.cooperative,
        source=source,
        on=on,
        reason_source=f"sales.sale_reversed:{sale.number}",
        actor=actor,
    )
    mark_reversed(sale, None)
    for invoice in sale.invoices.all():
        mark_reversed(invoice, None)
    reverse_source(cooperative=sale.cooperative, source=source, on=on, reason=reason, actor=actor)
    if not pieces:
        return None
    made = sell_at_gallery(
        cooperative=sale.cooperative, pieces=pieces, on=on, actor=actor, till=till
    )
    mark_reversed(sale, made)
    for invoice in sale.invoices.all():
        mark_reversed(invoice, made.invoices.first())
    return made


def _refuse_if_used(sale: Sale, on: date) -> None:
    for invoice in sale.invoices.all():
        refuse_settled(invoice)
    received = sale.received
    if sale.paid_by == PaidBy.CASH:
        require_cash(cooperative=sale.cooperative, place="cash_till", amount=received, on=on)
    if sale.paid_by == PaidBy.QRIS:
        left = selectors.qris_on_its_way(cooperative=sale.cooperative, on=on)
        if left < received:
            standing = selectors.qris_settlements(cooperative=sale.cooperative)
            last = standing.filter(state=PaperState.POSTED).first()
            what = _("its QRIS money is at the bank by %(paper)s; put that right first.")
            by = {"paper": last.number if last else "-"}
            raise DependsOnIt(paper=sale.number, what=what % by)
    for role, sums in _owed(sale).items():
        rows = ledger.party_balances(cooperative=sale.cooperative, role=role, party_ids=list(sums))
        left_of = {row.party_id: row.balance for row in rows}
        for line in selectors.sale_lines_of(sale.pk):
            owner = line.lot.maker
            if owner and left_of.get(owner.pk, 0) < sums.get(owner.pk, 0):
                slip = ledger.last_taken(cooperative=sale.cooperative, role=role, party_id=owner.pk)
                raise ProceedsPaid(paper=sale.number, owner=owner.name, slip=slip)


def _owed(sale: Sale) -> dict[str, dict[int, int]]:
    """What the sale put to owners' and makers' accounts, so what must still be there."""
    owed: dict[str, dict[int, int]] = {"consign_payable": {}, "pay_maker": {}}
    for line in selectors.sale_lines_of(sale.pk):
        if line.lot.maker_id is None:
            continue
        consigned = line.basis == Basis.CONSIGNMENT
        amount = line.net - line.fee if consigned else max(line.true_up, 0)
        sums = owed["consign_payable" if consigned else "pay_maker"]
        if amount:
            sums[line.lot.maker_id] = sums.get(line.lot.maker_id, 0) + amount
    return {role: sums for role, sums in owed.items() if sums}
