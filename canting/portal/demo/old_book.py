"""The trial balance that the office kept in another program before: brought and booked as a file."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from canting.ledger import selectors as ledger
from canting.portal import services as portal
from canting.portal.old_books import Answers, bring_old_book, take_in

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User

NAME = "neraca-lama.csv"
GRANT = "3.2000,HIBAH KABUPATEN"
TRIAL = (
    "kode,nama,lalu,mutasi,saldo\n"
    "<strong>PASSIVA</strong>,,,,\n"
    '{grant},0.00,"{amount:,}.00","{amount:,}.00"\n'
    ',,0.00,"{amount:,}.00","{amount:,}.00"\n'
)


def book_trial(coop: Cooperative, *, amount: int, actor: User, now: datetime) -> None:
    """The regency's grant as the old trial balance told it, under our account."""
    data = TRIAL.format(grant=GRANT, amount=amount).encode()
    book, _reading = bring_old_book(cooperative=coop, data=data, filename=NAME, actor=actor)
    code = ledger.account_for(cooperative=coop, role="grant_equity").code
    answers = Answers(accounts={GRANT.replace(",", " ").lower(): code})
    portal.keep_answers(book=book, answers=answers.as_json())
    take_in(book=book, actor=actor, now=now)
