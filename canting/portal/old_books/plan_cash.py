"""A cash book: what lay there on the first day, and each movement since as an entry of its day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from canting.cash import selectors as cash
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Line, Side
from canting.portal import selectors
from canting.portal.errors import BelowNothing, CashDiffers
from canting.portal.old_books.ground import Plan
from canting.portal.old_books.names import OldAccount, account_words, settle, split_choice
from canting.portal.rules.old_book import (
    CASHBOOK,
    ELSEWHERE,
    OUT,
    DatedEntry,
    Effect,
    name_key,
)
from canting.portal.rules.opening import OpeningLine
from canting.portal.selectors.opening_accounts import movement_choices, open_accounts


def prepare(plan: Plan) -> None:
    """Find the place, the movements of days kept here, and what their names mean."""
    plan.needs.update(plan.reading.needs)
    plan.rows = [{**row, "amount": _moved(row)} for row in plan.reading.rows]
    plan.said = plan.reading.said.get("closing")
    plan.places = cash.places(plan.cooperative)
    if not plan.answers.place:
        plan.need("place", "")
    accounts = open_accounts(cooperative=plan.cooperative)
    plan.choices = movement_choices(accounts, place=plan.answers.place)
    found: dict[str, OldAccount] = {}
    for row in plan.rows:
        if _is_ours(plan, row) and not plan.is_out(row):
            key = name_key(row["text"]) or row["text"]
            one = found.setdefault(key, OldAccount(key, row["text"]))
            one.count, one.amount = one.count + 1, one.amount + row["amount"]
    plan.accounts = list(found.values())
    settle(
        plan.accounts,
        answers=plan.answers.accounts,
        remembered=selectors.old_names(cooperative=plan.cooperative, what=CASHBOOK),
        choices=plan.choices,
        words=account_words(accounts),
        balances=True,
    )


def _moved(row: Mapping[str, Any]) -> int:
    return int(row["in"] - row["out"])


def _is_ours(plan: Plan, row: Mapping[str, Any]) -> bool:
    """Whether a row is of a day on which the books are kept here."""
    return bool(row["on"] and row["on"] >= plan.opens_on)


def fill(plan: Plan) -> None:
    """The opening of the place, and an entry for every movement that is left in."""
    named = {one.key: one for one in plan.accounts}
    earlier = sum(
        row["amount"] for row in plan.rows if not _is_ours(plan, row) and not plan.is_out(row)
    )
    running = plan.reading.totals.get("opening", 0) + earlier
    plan.booking.cash_place = plan.answers.place
    _open(plan, running)
    for row in plan.rows:
        is_ours = _is_ours(plan, row)
        one = named.get(name_key(row["text"]) or row["text"]) if is_ours else None
        out = plan.is_out(row) or (one is not None and one.choice in {OUT, ELSEWHERE})
        effect = Effect.OUT if out else Effect.ENTRY if is_ours else Effect.OPENING
        plan.keep(row, what=CASHBOOK, effect=effect, text=row["text"])
        if effect != Effect.ENTRY or one is None:
            continue
        running += row["amount"]
        if running < 0:
            plan.problems.append(_below(row, running))
        if one.choice and row["amount"]:
            plan.booking.entries.append(_entry(plan, row, one.choice))
    plan.booking.total = running
    plan.booking.names = {one.key: one.choice for one in plan.accounts if one.choice}


def _below(row: Mapping[str, Any], running: int) -> BelowNothing:
    return BelowNothing(
        row=row["row"], column="KREDIT", name=_("The cash"), left=format_rupiah(running)
    )


def _entry(plan: Plan, row: Mapping[str, Any], choice: str) -> DatedEntry:
    code, business = split_choice(choice)
    amount, came = abs(row["amount"]), row["amount"] > 0
    place = Line(plan.answers.place, Side.DEBIT if came else Side.CREDIT, amount)
    other = Line(code, Side.CREDIT if came else Side.DEBIT, amount, None, business)
    lines = [place, other] if came else [other, place]
    return DatedEntry(row["row"], row["on"], row["text"], lines)


def _open(plan: Plan, amount: int) -> None:
    """What lay there on the evening before the first row of ours must be what our books say.

    Where nothing was entered yet, it is entered with the file.
    """
    if not plan.answers.place:
        return
    days = [row["on"] for row in plan.rows if _is_ours(plan, row)]
    here = _held_before(plan, min(days, default=plan.opens_on))
    if here == amount:
        return
    if here:
        place = dict(plan.places).get(plan.answers.place, plan.answers.place)
        plan.problems.append(
            CashDiffers(
                old=format_rupiah(amount), place=place, here=format_rupiah(here),
                difference=format_rupiah(here - amount),
            )
        )  # fmt: skip
    elif amount:
        plan.booking.opening.append(OpeningLine(plan.answers.place, amount, Side.DEBIT))


def _held_before(plan: Plan, first: date) -> int:
    """What the place held here before a day; on the first day of the books, its opening alone."""
    role = plan.answers.place
    if first > plan.opens_on:
        eve = first - timedelta(days=1)
        return ledger.balance(cooperative=plan.cooperative, role=role, as_of=eve)
    trial = selectors.opening_trial(cooperative=plan.cooperative)
    return next((row.balance for row in trial if row.role == role), 0)
