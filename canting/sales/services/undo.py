"""What every Betulkan does: turn an entry and its stock moves around, once, with the reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from canting.ledger.errors import ReasonNeeded
from canting.ledger.selectors import day
from canting.sales import selectors
from canting.sales.errors import AlreadyReversed, DateBefore
from canting.sales.models import (
    CreditNote,
    Delivery,
    DoubtPaper,
    Invoice,
    Order,
    Payment,
    QrisSettlement,
    Sale,
    TaxPaper,
)
from canting.sales.rules import OrderStatus, PaperState

if TYPE_CHECKING:
    pass

Paper = DoubtPaper | Delivery | Invoice | Payment | Sale | CreditNote | QrisSettlement | TaxPaper


def refuse_reversed(paper: Paper) -> None:
    """Refuse what was put right before, naming what stands in its place."""
    if paper.state == PaperState.REVERSED:
        successor = _name(paper.successor) if paper.successor else "-"
        raise AlreadyReversed(paper=_name(paper), successor=successor)


def _name(paper: Paper) -> str:
    return selectors.tax_paper_name(paper) if isinstance(paper, TaxPaper) else paper.number


def refuse_before(*, on: date, before: date, paper: str) -> None:
    """Refuse a day that lies before the paper it follows."""
    if on < before:
        raise DateBefore(date=day(on), before=day(before), paper=paper)


def check_reason(reason: str) -> None:
    """Refuse a correction without its reason."""
    if not reason.strip():
        raise ReasonNeeded()


def reopened(order: Order) -> Order:
    """The order, open again: a paper of it is being put right, so something of it is left."""
    if order.status != OrderStatus.OPEN:
        order.status = OrderStatus.OPEN
        order.save(update_fields=["status"])
    return order


def mark_reversed(paper: Paper, successor: Paper | None) -> None:
    """Let the paper say that it no longer stands, and what stands in its place."""
    paper.state = PaperState.REVERSED
    paper.successor = successor
    paper.save(update_fields=["state", "successor"])
