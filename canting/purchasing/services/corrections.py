"""Betulkan: purchases, receipts, hand-outs and returns of material are reversed and made anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cash import selectors as cash
from canting.cooperatives.services import record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.purchasing import selectors
from canting.purchasing.errors import DependsOnIt, OwesLess, PaidAlready, PartOfAnother, QrisAtBank
from canting.purchasing.models import GoodsReceipt, HandOut, MaterialReturn, Purchase
from canting.purchasing.rules import DUE_ROLES, QRIS, Mode, Payment, State, Terms
from canting.purchasing.selectors import OutLine
from canting.purchasing.services.cloth import buy_cloth_outside, withdraw_cloth
from canting.purchasing.services.common import (
    check_reason,
    mark_reversed,
    refuse_with_faktur,
    undo_source,
)
from canting.purchasing.services.handouts import hand_out as make_hand_out
from canting.purchasing.services.handouts import return_materials
from canting.purchasing.services.purchases import (
    PurchaseDraft,
    receive_purchase,
    receive_shipped,
    ship_purchase,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import User
    from canting.members.models import Member


def _refuse_if_changed(purchase: Purchase) -> None:
    changes = list(selectors.changes_of(purchase))
    if changes:
        raise DependsOnIt(
            number=purchase.number, what=selectors.changes_text([c.number for c in changes])
        )


def _refuse_if_paid(purchase: Purchase, successor_total: int) -> None:
    """What we owe may not fall below zero: a payment on this purchase is put right first."""
    if purchase.payment != Payment.CREDIT or purchase.supplier is None:
        return
    owed = selectors.owed_to(cooperative=purchase.cooperative, supplier=purchase.supplier)
    short = purchase.total - successor_total - owed
    if short > 0:
        raise PaidAlready(
            number=purchase.number,
            supplier=purchase.supplier.name,
            amount=format_rupiah(short),
        )


def _note(paper: Purchase | GoodsReceipt | HandOut | MaterialReturn, actor: User) -> None:
    record(
        cooperative_id=paper.cooperative_id,
        actor=actor,
        action="purchasing.corrected",
        subject=paper.number,
        facts={"reason": paper.reason, "successor": paper.replaced_by},
    )


@transaction.atomic
def correct_purchase(
    *,
    purchase: Purchase,
    draft: PurchaseDraft | None,
    reason: str,
    on: date,
    actor: User,
    terms: str = "",
) -> Purchase | None:
    """Put a purchase right: undo it and its receipt, and make the new one unless there is none.

    Refused when goods are gone, went back, or were paid (DependsOnIt, PaidAlready,
    SoldSince, NotEnoughStock). A second time answers with the first one's successor.
    """
    reason = check_reason(reason)
    purchase = Purchase.objects.select_for_update(of=("self",)).get(pk=purchase.pk)
    cooperative = purchase.cooperative
    if purchase.state == State.REVERSED:
        return selectors.purchase_by_number(cooperative=cooperative, number=purchase.replaced_by)
    _refuse_if_changed(purchase)
    refuse_with_faktur(purchase)
    same = draft is not None and draft.payment == Payment.CREDIT
    same = same and draft is not None and draft.supplier == purchase.supplier
    new_total = 0
    if draft is not None and same:
        new_total = selectors.quote_purchase(
            cooperative=cooperative, lines=draft.lines, freight=0, on=on
        ).total
    _refuse_if_paid(purchase, new_total)
    receipt = selectors.standing_receipt(purchase)
    if receipt is not None:
        withdraw_cloth(receipt=receipt, actor=actor, reason=reason)
        _undo_receipt(receipt, reason=reason, on=on, actor=actor)
    undo_source(
        cooperative=cooperative,
        source=f"purchasing.purchase:{purchase.number}",
        reason=reason,
        on=on,
        actor=actor,
    )
    successor = None
    if draft is not None:
        successor = _buy_again(
            purchase, receipt, draft, terms=terms or purchase.terms, on=on, actor=actor
        )
    mark_reversed(purchase, reason=reason, successor=successor.number if successor else "")
    _note(purchase, actor)
    return successor


def _buy_again(
    purchase: Purchase,
    receipt: GoodsReceipt | None,
    draft: PurchaseDraft,
    *,
    terms: str,
    on: date,
    actor: User,
) -> Purchase:
    cooperative = purchase.cooperative
    if terms == Terms.LOADED:
        successor = ship_purchase(cooperative=cooperative, draft=draft, on=on, actor=actor)
    else:
        buy = buy_cloth_outside if selectors.is_cloth(purchase) else receive_purchase
        made = buy(cooperative=cooperative, draft=draft, on=on, actor=actor)
        successor = made.purchase
        if receipt is not None:
            GoodsReceipt.objects.filter(pk=receipt.pk).update(replaced_by=made.number)
    successor.replaces = purchase.number
    successor.save(update_fields=["replaces"])
    return successor


def _undo_receipt(receipt: GoodsReceipt, *, reason: str, on: date, actor: User) -> None:
    undo_source(
        cooperative=receipt.cooperative,
        source=f"purchasing.receipt:{receipt.number}",
        reason=reason,
        on=on,
        actor=actor,
    )
    mark_reversed(receipt, reason=reason)


@transaction.atomic
def correct_receipt(
    *,
    receipt: GoodsReceipt,
    reason: str,
    on: date,
    actor: User,
    again: bool = True,
    freight: int = 0,
    freight_place: str = "",
    own_date: date | None = None,
) -> GoodsReceipt | None:
    """Put the receipt of shipped goods right: they go back on the road, and come in anew with
    `again`. A delivery that was bought in the same breath is put right by its purchase.
    """
    reason = check_reason(reason)
    receipt = GoodsReceipt.objects.select_for_update(of=("self",)).get(pk=receipt.pk)
    cooperative, purchase = receipt.cooperative, receipt.purchase
    if receipt.state == State.REVERSED:
        return selectors.receipt_by_number(cooperative=cooperative, number=receipt.replaced_by)
    _refuse_if_changed(purchase)
    if purchase.terms == Terms.DELIVERED:
        raise DependsOnIt(
            number=receipt.number, what=selectors.bought_together_text(purchase.number)
        )
    _undo_receipt(receipt, reason=reason, on=on, actor=actor)
    Purchase.objects.filter(pk=purchase.pk).update(state=State.SHIPPED)
    successor = None
    if again:
        successor = receive_shipped(
            purchase=purchase,
            on=on,
            actor=actor,
            freight=freight,
            freight_place=freight_place,
            own_date=own_date or receipt.own_date,
        )
        successor.replaces = receipt.number
        successor.save(update_fields=["replaces"])
        mark_reversed(receipt, reason=reason, successor=successor.number)
    _note(receipt, actor)
    return successor


def _refuse_if_settled(paper: HandOut, successor_total: int) -> None:
    role = DUE_ROLES.get(paper.mode)
    if role is None or paper.member is None:
        return
    open_now = ledger.party_balance(
        cooperative=paper.cooperative, role=role, party=paper.member.party
    )
    short = paper.total - successor_total - open_now
    if short > 0:
        raise OwesLess(
            number=paper.number, name=paper.member.full_name, amount=format_rupiah(short)
        )


def _require_money_back(paper: HandOut, new_total: int, on: date) -> None:
    if paper.mode == Mode.CASH and paper.cash_place == QRIS:
        short = max(paper.total - new_total, 0)
        _day, left = ledger.least_from(cooperative=paper.cooperative, role=QRIS, since=on)
        if left < short:
            raise QrisAtBank(number=paper.number, amount=format_rupiah(short))
    elif paper.mode == Mode.CASH:
        cash.require_cash(
            cooperative=paper.cooperative,
            place=paper.cash_place,
            amount=max(paper.total - new_total, 0),
            on=on,
        )


def _refuse_part_of_another(paper: HandOut, by_source: str) -> None:
    if paper.of_source and paper.of_source != by_source:
        raise PartOfAnother(number=paper.number, above=paper.of_source.partition(":")[2])


@transaction.atomic
def correct_hand_out(
    *,
    paper: HandOut,
    reason: str,
    on: date,
    actor: User,
    lines: Sequence[OutLine] = (),
    member: Member | None = None,
    mode: str = "",
    basis: str = "",
    cash_place: str = "",
    own_date: date | None = None,
    by_source: str = "",
) -> HandOut | None:
    """Put a hand-out right: what left comes back at its value, and with `lines` the right one is made.

    Refused when she paid on it, used or returned it, its money is gone, or it is part of another.
    """
    reason = check_reason(reason)
    paper = HandOut.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    cooperative = paper.cooperative
    if paper.state == State.REVERSED:
        return selectors.hand_out_by_number(cooperative=cooperative, number=paper.replaced_by)
    _refuse_part_of_another(paper, by_source)
    mode = mode or paper.mode
    new_total = 0
    receiver = member or paper.member
    if lines and mode == paper.mode and receiver == paper.member:
        new_total = selectors.quote_hand_out(
            cooperative=cooperative, lines=lines, mode=mode, on=on, to_member=receiver is not None
        ).total
    _refuse_if_settled(paper, new_total)
    _require_money_back(paper, new_total, on)
    undo_source(
        cooperative=cooperative,
        source=f"purchasing.hand_out:{paper.number}",
        reason=reason,
        on=on,
        actor=actor,
    )
    successor = None
    if lines:
        successor = make_hand_out(
            cooperative=cooperative,
            member=receiver,
            buyer_name=paper.buyer_name,
            lines=lines,
            mode=mode,
            basis=basis or paper.basis,
            on=on,
            actor=actor,
            cash_place=cash_place or paper.cash_place,
            work_order=paper.work_order,
            own_date=own_date or paper.own_date,
            replaces=paper.number,
            at_till=paper.at_till,
        )
    mark_reversed(paper, reason=reason, successor=successor.number if successor else "")
    _note(paper, actor)
    return successor


@transaction.atomic
def correct_return(
    *,
    paper: MaterialReturn,
    reason: str,
    on: date,
    actor: User,
    lines: Sequence[OutLine] = (),
    own_date: date | None = None,
) -> MaterialReturn | None:
    """Put a return of material right: it goes back into her hands, and with `lines` comes in anew."""
    reason = check_reason(reason)
    paper = MaterialReturn.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    cooperative = paper.cooperative
    if paper.state == State.REVERSED:
        return selectors.return_by_number(cooperative=cooperative, number=paper.replaced_by)
    undo_source(
        cooperative=cooperative,
        source=f"purchasing.material_return:{paper.number}",
        reason=reason,
        on=on,
        actor=actor,
    )
    successor = None
    if lines:
        successor = return_materials(
            cooperative=cooperative,
            member=paper.member,
            lines=lines,
            on=on,
            actor=actor,
            work_order=paper.work_order,
            own_date=own_date or paper.own_date,
        )
        successor.replaces = paper.number
        successor.save(update_fields=["replaces"])
    mark_reversed(paper, reason=reason, successor=successor.number if successor else "")
    _note(paper, actor)
    return successor
