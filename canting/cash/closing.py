"""What the cash desk asks before a month is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cash import selectors
from canting.cash.rules import DRAWERS
from canting.kernel.closing import said_by_bank
from canting.kernel.dates import format_date, last_of_month
from canting.kernel.invariants import CloseCheck, Fault
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def _drawers(cooperative: Cooperative) -> list[tuple[str, str]]:
    return [(role, name) for role, name in selectors.places(cooperative) if role in DRAWERS]


def drawers_are_counted(cooperative: Cooperative, month: date) -> Iterator[Fault]:
    """Each drawer was counted by two since it last moved, or in the month when it holds money."""
    end = last_of_month(month)
    for account in selectors.place_accounts(cooperative=cooperative):
        if account.role not in DRAWERS:
            continue
        last = ledger.last_moved(cooperative=cooperative, account=account, since=month, until=end)
        left = ledger.balance(cooperative=cooperative, role=account.role, as_of=end)
        if not (last or left) or selectors.counted_since(
            cooperative=cooperative, place=account.role, day=last or month
        ):
            continue
        facts = {
            "place": ledger.account_name(account.role, account.name),
            "day": format_date(last) if last else "",
            "left": format_rupiah(left),
        }
        if last:
            text = _("%(place)s moved on %(day)s and was not counted by two since; %(left)s.")
        else:
            text = _("%(place)s holds %(left)s and was not counted by two in this month.")
        yield Fault(text % facts, "cash:count_list")


def drawers_as_counted(cooperative: Cooperative, month: date) -> str:
    """What each drawer held at the month's end."""
    end = last_of_month(month)
    held = [
        (name, ledger.balance(cooperative=cooperative, role=role, as_of=end))
        for role, name in _drawers(cooperative)
    ]
    return ", ".join(f"{name} {format_rupiah(left)}" for name, left in held)


def bank_agrees(cooperative: Cooperative, month: date) -> Iterator[Fault]:
    """The balance of each bank account is what the bank says at the month's end."""
    end = last_of_month(month)
    for account in selectors.bank_accounts(cooperative=cooperative):
        book = selectors.bank_book(cooperative=cooperative, account=account, on=end)
        word = said_by_bank(cooperative=cooperative, account=account, on=end)
        typed = selectors.typed_balance(cooperative=cooperative, account=account, on=end)
        said = word.balance if word else typed.amount if typed else None
        if said is None and not book.moved:
            continue
        facts = {
            "account": ledger.label(account),
            "book": format_rupiah(book.balance),
            "day": format_date(end),
        }
        view, parts = (word.view, word.parts) if word and word.view else ("cash:bank_balance", ())
        if said is None:
            text = _("%(account)s stands at %(book)s on %(day)s; write what the bank says.")
            yield Fault(text % facts, view, *parts)
        elif said != book.balance:
            facts |= {
                "bank": format_rupiah(said),
                "apart": format_rupiah(abs(said - book.balance)),
            }
            text = _("%(account)s: the bank says %(bank)s, the book %(book)s: %(apart)s apart.")
            yield Fault(text % facts, view, *parts)
        elif word and word.unmatched:
            facts["count"] = str(word.unmatched)
            text = _("%(account)s: %(count)s lines of the bank have no entry.")
            yield Fault(text % facts, view, *parts)


def bank_as_agreed(cooperative: Cooperative, month: date) -> str:
    """What the bank and the book both say."""
    end = last_of_month(month)
    found = []
    for account in selectors.bank_accounts(cooperative=cooperative):
        book = selectors.bank_book(cooperative=cooperative, account=account, on=end)
        if book.moved:
            found.append(f"{ledger.label(account)} {format_rupiah(book.balance)}")
    return ", ".join(found) or _("no bank account in use")


def counts_are_confirmed(cooperative: Cooperative, month: date) -> Iterator[Fault]:
    """No count of a drawer waits for its second person."""
    waiting = selectors.counts(cooperative=cooperative).filter(
        state="waiting", on__lte=last_of_month(month)
    )
    for count in waiting.order_by("id"):
        text = _("%(number)s waits for a second person.") % {"number": count.number}
        yield Fault(text, "cash:count_detail", count.number)


def suspense_is_empty(cooperative: Cooperative, month: date) -> Iterator[Fault]:
    """Nothing stands in suspense at the month's end (posting.md 2.8)."""
    left = ledger.balance(cooperative=cooperative, role="suspense", as_of=last_of_month(month))
    if left:
        yield Fault(ledger.suspense_left(left), "cash:suspense_list")


CLOSE_CHECKS: tuple[CloseCheck, ...] = (
    CloseCheck(
        "cash.drawers_are_counted",
        gettext_lazy("The drawers are counted by two"),
        drawers_are_counted,
        "cash:count_list",
        "cash",
        drawers_as_counted,
    ),
    CloseCheck(
        "cash.bank_agrees",
        gettext_lazy("The bank agrees with the book"),
        bank_agrees,
        "cash:bank_balance",
        "bank",
        bank_as_agreed,
    ),
    CloseCheck(
        "cash.counts_are_confirmed",
        gettext_lazy("No cash count waits"),
        counts_are_confirmed,
        "cash:count_list",
        "drafts",
    ),
    CloseCheck(
        "cash.suspense_is_empty",
        gettext_lazy("Suspense is empty"),
        suspense_is_empty,
        "cash:suspense_list",
        "suspense",
    ),
)
