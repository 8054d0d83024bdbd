"""What the papers of savings say: receipts and the savings card; the templates lay them out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from canting.cooperatives.selectors import parameter
from canting.kernel.dates import format_date, format_long_date, format_month, format_time
from canting.kernel.member_text import m_
from canting.kernel.money import format_rupiah, in_words
from canting.kernel.papers import PaperFormat, render_pages
from canting.kernel.qr import qr_svg
from canting.ledger.services import proof_link
from canting.members.rules import paper_name
from canting.savings import selectors
from canting.savings.rules import SavingsKind

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member
    from canting.savings.models import Deposit

ReceiptSize = Literal["a5-landscape", "58mm", "80mm"]
RECEIPT_SIZES: tuple[ReceiptSize, ...] = ("a5-landscape", "58mm", "80mm")
CARD_SIZES = ("a6", "a5")


def kind_word(kind: str) -> str:
    """The word for a kind of savings, in the language of the reader."""
    return {
        SavingsKind.ENTRY_SHARE: m_("Entry share"),
        SavingsKind.REGULAR_SHARE: m_("Regular share"),
        SavingsKind.VOLUNTARY: m_("Voluntary savings"),
    }[SavingsKind(kind)]


def what_for(deposit: Deposit) -> str:
    """What a deposit pays, with its months: Regular share October 2026 – November 2026."""
    word = kind_word(deposit.kind)
    if deposit.first_month is None or deposit.last_month is None:
        return word
    first, last = format_month(deposit.first_month), format_month(deposit.last_month)
    return f"{word} {first}" if first == last else f"{word} {first} – {last}"


def _name(member: Member) -> str:
    return paper_name(
        full_name=member.full_name,
        title_before=member.title_before,
        title_after=member.title_after,
    )


def _receipt(cooperative: Cooperative, deposit: Deposit, copy: int) -> dict[str, Any]:
    member = deposit.member
    above = int(
        parameter(cooperative=cooperative, name="paper.duty_above", on=deposit.deposit_date)
    )
    has = selectors.holdings(cooperative=cooperative, member=member, as_of=deposit.deposit_date)
    amount = format_rupiah(deposit.amount)
    link = proof_link(cooperative=cooperative, paper=deposit.number)
    return {
        "number": deposit.number,
        "copy": copy,
        "day": format_date(deposit.deposit_date),
        "time": format_time(deposit.made_at, cooperative.zone),
        "member": f"{_name(member)} ({member.number})",
        "name": _name(member),
        "for": what_for(deposit),
        "amount": amount,
        "words": in_words(deposit.amount),
        "balance": format_rupiah(getattr(has, deposit.kind)),
        "qr": str(qr_svg(link or deposit.number)),
        "qr_words": m_("Scan it: is this payment in the books?") if link else "",
        "stamp": deposit.amount > above,
        "place_day": ", ".join(
            part for part in (cooperative.place, format_long_date(deposit.deposit_date)) if part
        ),
        "facts": [
            [m_("Received from"), f"{_name(member)} ({member.number})"],
            [m_("Amount"), amount],
            [m_("In words"), in_words(deposit.amount)],
            [m_("For"), what_for(deposit)],
            [m_("Balance after it"), format_rupiah(getattr(has, deposit.kind))],
        ],
    }


def receipts(
    *,
    cooperative: Cooperative,
    deposits: Sequence[tuple[Deposit, int]],
    size: str,
    format: PaperFormat = "pdf",
) -> bytes:
    """Receipts (deposit, which copy), a page each, as one PDF or one picture of the first."""
    first = deposits[0][0]
    values = {
        "cooperative": {
            "name": cooperative.name,
            "place": cooperative.address or cooperative.place,
        },
        "size": size,
        "title": m_("Receipt"),
        "number": first.number if len(deposits) == 1 else "",
        "made_by": str(first.made_by),
        "draft": any(d.state == "reversed" for d, _copy in deposits),
        "amount_label": m_("Amount"),
        "balance_label": m_("Balance after it"),
        "payer_label": m_("Paid by"),
        "taker_label": m_("Received by"),
        "receipts": [_receipt(cooperative, d, copy) for d, copy in deposits],
    }
    return render_pages("savings/papers/receipt.typ", values, format=format)[0]


def card(*, cooperative: Cooperative, member: Member, on: date, size: str) -> bytes:
    """The savings card (kartu simpanan): every movement with what she has after it, as PDF."""
    lines = selectors.card_lines(cooperative=cooperative, member=member, until=on)
    has = selectors.holdings(cooperative=cooperative, member=member, as_of=on)
    sums = [(kind_word(kind), getattr(has, kind)) for kind in SavingsKind if getattr(has, kind)]
    values = {
        "cooperative": {"name": cooperative.name, "place": cooperative.place},
        "size": size,
        "title": m_("Savings card"),
        "number": member.number,
        "facts": [
            [m_("Name"), _name(member)],
            [m_("Address"), ", ".join(p for p in (member.dusun, member.village) if p) or "-"],
            [m_("As of"), format_long_date(on)],
        ],
        "headers": [m_("Day"), m_("What"), m_("Amount"), m_("Balance")],
        "lines": [
            [
                f"{line.day:%d/%m/%y}",
                f"{kind_word(line.kind)} {line.paper}",
                format_rupiah(line.amount),
                format_rupiah(line.balance),
            ]
            for line in lines
        ],
        "totals": [
            *((label, format_rupiah(amount)) for label, amount in sums),
            (m_("Together"), format_rupiah(has.total)),
        ],
    }
    return render_pages("savings/papers/card.typ", values, format="pdf")[0]
