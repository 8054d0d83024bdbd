"""The words of a cash paper, for its page and its print: receipt, voucher, slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.cash import selectors
from canting.cash.rules import DRAWERS, KEPT_PURPOSES, PURPOSES, RETURNED, SUSPENSE_TARGETS
from canting.cooperatives import selectors as house
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah, in_words
from canting.kernel.papers import render
from canting.kernel.papers.compiler import PaperFormat
from canting.kernel.qr import qr_svg
from canting.ledger.services import proof_link

if TYPE_CHECKING:
    from canting.cash.models import CashPaper

COMES_IN = frozenset({"receipt", "suspense", "deposit"})


def title_of(paper: CashPaper) -> str:
    """What the paper is called."""
    return {
        "receipt": _("Receipt"),
        "payment": _("Cash voucher"),
        "transfer": _("Money moved"),
        "advance": _("Cash advance"),
        "settlement": _("Advance accounted for"),
        "suspense": _("Receipt, owner not known yet"),
        "clearing": _("Suspense cleared"),
        "deposit": _("Receipt, money for buying together"),
        "refund": _("Money for buying together given back"),
    }[paper.kind]


def purpose_name(key: str) -> str:
    """What money was for, in the reader's language."""
    if key in SUSPENSE_TARGETS:
        return _(SUSPENSE_TARGETS[key][0])
    if key == RETURNED:
        return _("Given back")
    found = PURPOSES.get(key) or KEPT_PURPOSES.get(key)
    return _(found.label) if found else ""


def facts_of(paper: CashPaper) -> list[tuple[str, str]]:
    """Label and value of everything the paper says."""
    cooperative = paper.cooperative
    names = dict(selectors.places(cooperative))
    facts = [
        (_("Number"), paper.number),
        (_("Date"), format_date(paper.on)),
        (_("What is it?"), purpose_name(paper.purpose)),
        (_("What for"), paper.memo),
        (_("From") if paper.kind in COMES_IN else _("To whom"), paper.counterparty),
        (_("Concerns"), str(paper.party) if paper.party and not paper.counterparty else ""),
        (_("Cash place"), names.get(paper.place, paper.place)),
        (_("Moved to"), names.get(paper.other_place, paper.other_place)),
        (_("Tax kept by the bank"), format_rupiah(paper.withheld) if paper.withheld else ""),
        (_("Money returned"), format_rupiah(paper.returned) if paper.returned else ""),
        (_("Amount"), format_rupiah(paper.amount)),
    ]
    return [(label, value) for label, value in facts if value]


def nota_rows(paper: CashPaper) -> list[tuple[str, str, str]]:
    """The receipts behind a settled advance: what, words, amount."""
    return [
        (purpose_name(nota.purpose), nota.memo, format_rupiah(nota.amount))
        for nota in selectors.notas(paper=paper)
    ]


def printed(paper: CashPaper, *, copy: int, format: PaperFormat) -> bytes:
    """The paper for the printer or a message; a receipt above the limit has room for the stamp."""
    cooperative = paper.cooperative
    limit = house.parameter(cooperative=cooperative, name="paper.duty_above", on=paper.on)
    comes_in = paper.kind in COMES_IN
    values = {
        "cooperative": {"name": cooperative.name, "place": cooperative.place},
        "title": title_of(paper),
        "number": paper.number,
        "made_by": str(paper.made_by),
        "copy": copy,
        "facts": [list(fact) for fact in facts_of(paper) if fact[0] != _("Number")],
        "notas": [list(row) for row in nota_rows(paper)],
        "words": in_words(paper.amount),
        "place_and_day": ", ".join(
            part for part in (cooperative.place, format_date(paper.on)) if part
        ),
        "meterai": comes_in and paper.amount > limit,
        "reversed": _("Put right: this paper no longer holds.")
        if paper.state == "reversed"
        else "",
        "qr": _proof(paper) if comes_in else "",
        "qr_words": _("Scan it: is this payment in the books?"),
        "signers": _signers(paper),
    }
    return render("cash/papers/slip.typ", values, format=format)


def _proof(paper: CashPaper) -> str:
    link = proof_link(cooperative=paper.cooperative, paper=paper.number)
    return str(qr_svg(link)) if link else ""


def _signers(paper: CashPaper) -> list[list[str]]:
    made_by, other = str(paper.made_by), paper.counterparty
    if paper.kind in COMES_IN:
        return [[_("Received by"), made_by], [_("Handed over by"), other]]
    if paper.kind == "transfer" or paper.place not in DRAWERS:
        return [[_("Made by"), made_by], [_("Approved by"), ""]]
    return [[_("Paid out by"), made_by], [_("Received by"), other], [_("Approved by"), ""]]
