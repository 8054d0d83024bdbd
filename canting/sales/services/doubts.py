"""Doubtful money: the allowance of a buyer, a write-off by decision, money that came after all.

None of it lessens revenue, so the base of the final tax stays as it was (posting.md 2.5).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from canting.cash.selectors import place_name, require_cash
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger.rules import Draft, Line, credit, debit, nonzero, signed
from canting.ledger.services import post_entry, reverse_source
from canting.sales import selectors
from canting.sales.errors import LaterDoubt, MoreThanOpen, NothingPaid, SameDoubt, WhyNeeded
from canting.sales.models import Buyer, DoubtPaper, Invoice
from canting.sales.rules import DoubtKind, PaperState
from canting.sales.services.undo import check_reason, refuse_before, refuse_reversed

if TYPE_CHECKING:
    from canting.cooperatives.models import User

SERIES = "PR"

ACTS_OF = {
    DoubtKind.ALLOWANCE: "sales.allowance_set",
    DoubtKind.WRITE_OFF: "sales.written_off",
    DoubtKind.COLLECTED: "sales.collected_after_all",
}


@transaction.atomic
def set_allowance(*, buyer: Buyer, amount: int, why: str, on: date, actor: User) -> DoubtPaper:
    """Set what stands aside for a buyer, whole rupiah; never more than is open.

    posting.md `loss_allowance`: D impairment / K recv_allowance, or the reverse when it is lowered
    (`loss_allowance_back`). Raises WhyNeeded, NothingPaid, MoreThanOpen, SameDoubt.
    """
    buyer = Buyer.objects.select_for_update(of=("self",)).get(pk=buyer.pk)
    _check_why(buyer, why)
    if amount < 0:
        raise NothingPaid()
    open_now = selectors.open_of_buyer(buyer)
    _check_most(buyer.name, amount, open_now)
    change = amount - selectors.allowance_of(buyer)
    if not change:
        raise SameDoubt(amount=format_rupiah(amount), buyer=buyer.name)
    made = _write(buyer, DoubtKind.ALLOWANCE, change, why, on, actor)
    lines = [signed("impairment", change), signed("recv_allowance", -change)]
    memo = f"Cadangan kerugian piutang {buyer.name}"
    if change > 0:
        _post(
            made, Draft(_source(made), on, "loss_allowance", memo, lines, paper=made.number), actor
        )
    else:
        _post(
            made, Draft(_source(made), on, "loss_allowance_back", memo, lines, paper=made.number),
            actor,
        )  # fmt: skip
    return made


@transaction.atomic
def write_off(*, invoice: Invoice, amount: int, decision: str, on: date, actor: User) -> DoubtPaper:
    """Write off what an invoice will not bring, by decision of the board; whole rupiah.

    posting.md `bad_debt_write_off`: D recv_allowance as far as it stands for the buyer, D impairment
    the rest / K recv_buyer. Raises WhyNeeded, NothingPaid, MoreThanOpen.
    """
    buyer = Buyer.objects.select_for_update(of=("self",)).get(pk=invoice.buyer_id)
    invoice = selectors.lock_invoice(invoice)
    _check_why(buyer, decision)
    refuse_before(on=on, before=invoice.issued_on, paper=invoice.number)
    if amount <= 0:
        raise NothingPaid()
    _check_most(invoice.number, amount, selectors.open_amount(invoice))
    borne = min(amount, max(selectors.allowance_of(buyer), 0))
    made = _write(
        buyer, DoubtKind.WRITE_OFF, amount, decision, on, actor, invoice=invoice,
        from_allowance=borne,
    )  # fmt: skip
    lines: list[Line] = nonzero(
        debit("recv_allowance", borne),
        debit("impairment", amount - borne),
        credit("recv_buyer", amount, buyer.party),
    )
    memo = f"Hapus piutang {invoice.number}, {buyer.name}"
    _post(
        made, Draft(_source(made), on, "bad_debt_write_off", memo, lines, paper=made.number), actor
    )
    return made


@transaction.atomic
def collect_after_all(
    *, invoice: Invoice, amount: int, cash_place: str, on: date, actor: User, why: str = ""
) -> DoubtPaper:
    """Take money on what was written off of an invoice: D cash / K impairment; no revenue again.

    Raises NothingPaid, MoreThanOpen, UnknownPlace.
    """
    buyer = Buyer.objects.select_for_update(of=("self",)).get(pk=invoice.buyer_id)
    invoice = selectors.lock_invoice(invoice)
    if amount <= 0:
        raise NothingPaid()
    _check_most(invoice.number, amount, selectors.written_off_left(invoice))
    place_name(cooperative=invoice.cooperative, place=cash_place)
    made = _write(
        buyer, DoubtKind.COLLECTED, amount, why, on, actor, invoice=invoice, cash_place=cash_place
    )
    lines = [debit(cash_place, amount), credit("impairment", amount)]
    memo = f"Piutang yang sudah dihapus dibayar: {invoice.number}, {buyer.name}"
    _post(
        made, Draft(_source(made), on, "bad_debt_collected", memo, lines, paper=made.number), actor
    )
    return made


def _check_why(buyer: Buyer, why: str) -> None:
    if not why.strip():
        raise WhyNeeded(buyer=buyer.name)


def _check_most(paper: str, amount: int, most: int) -> None:
    if amount > most:
        raise MoreThanOpen(paper=paper, open=format_rupiah(most), amount=format_rupiah(amount))


def _source(paper: DoubtPaper) -> str:
    return f"sales.doubt:{paper.number}"


def _write(
    buyer: Buyer, kind: DoubtKind, amount: int, why: str, on: date, actor: User, **facts: Any
) -> DoubtPaper:
    made = DoubtPaper.objects.create(
        cooperative=buyer.cooperative,
        number=next_number(cooperative=buyer.cooperative, series=SERIES, on=on),
        kind=kind,
        buyer=buyer,
        amount=amount,
        why=why.strip()[:200],
        on=on,
        made_by=actor,
        **facts,
    )
    record(
        cooperative_id=buyer.cooperative_id,
        actor=actor,
        action=ACTS_OF[kind],
        subject=made.number,
        facts={"amount": amount, "reason": made.why},
        for_party=buyer.party,
    )
    return made


def _post(made: DoubtPaper, draft: Draft, actor: User) -> None:
    post_entry(cooperative=made.cooperative, draft=draft, actor=actor)


@transaction.atomic
def correct_doubt(
    *,
    paper: DoubtPaper,
    reason: str,
    on: date,
    actor: User,
    amount: int | None = None,
    why: str = "",
) -> DoubtPaper | None:
    """Take a paper about doubtful money back, the last of its buyer first; with an amount anew.

    Of an allowance the amount is what shall stand aside. Raises ReasonNeeded, AlreadyReversed,
    LaterDoubt, NotEnoughCash and what the paper's own act raises.
    """
    check_reason(reason)
    cooperative = paper.cooperative
    buyer = Buyer.objects.select_for_update(of=("self",)).get(pk=paper.buyer_id)
    paper = selectors.lock_doubt(paper)
    refuse_reversed(paper)
    if later := selectors.later_doubt(paper):
        raise LaterDoubt(paper=paper.number, later=later.number)
    if paper.kind == DoubtKind.COLLECTED:
        require_cash(
            cooperative=cooperative, place=paper.cash_place,
            amount=max(paper.amount - (amount or 0), 0), on=on,
        )  # fmt: skip
    paper.state, paper.reason = PaperState.REVERSED, reason.strip()[:200]
    paper.save(update_fields=["state", "reason"])
    reverse_source(
        cooperative=cooperative, source=_source(paper), on=on, reason=reason, actor=actor
    )
    made = _anew(paper, buyer, amount, why or paper.why, on, actor) if amount is not None else None
    if made is not None:
        paper.successor = made
        paper.save(update_fields=["successor"])
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="sales.doubt_corrected",
        subject=paper.number,
        facts={"reason": paper.reason, "successor": made.number if made else ""},
        for_party=buyer.party,
    )
    return made


def _anew(
    paper: DoubtPaper, buyer: Buyer, amount: int, why: str, on: date, actor: User
) -> DoubtPaper:
    if paper.invoice is None:
        return set_allowance(buyer=buyer, amount=amount, why=why, on=on, actor=actor)
    if paper.kind == DoubtKind.WRITE_OFF:
        return write_off(invoice=paper.invoice, amount=amount, decision=why, on=on, actor=actor)
    return collect_after_all(
        invoice=paper.invoice, amount=amount, cash_place=paper.cash_place, on=on, actor=actor,
        why=why,
    )  # fmt: skip
