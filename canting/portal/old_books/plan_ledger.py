"""A trial balance of the old book: every account that is kept without persons, under ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.portal import selectors
from canting.portal.old_books.ground import Plan
from canting.portal.old_books.names import OldAccount, account_words, settle, split_choice
from canting.portal.rules.old_book import ELSEWHERE, LEDGER, OUT, Effect
from canting.portal.rules.opening import OpeningLine
from canting.portal.selectors.opening_accounts import (
    balance_choices,
    cash_choices,
    open_accounts,
)

if TYPE_CHECKING:
    from canting.ledger.models import Account

# Classes of account that stand at the left of a balance sheet or are costs.
_LEFT = "156"


def prepare(plan: Plan) -> None:
    """Find what every account of the old book that holds something is here."""
    plan.needs.update(plan.reading.needs)
    plan.rows = [{**row, "amount": row["balance"]} for row in plan.reading.rows]
    plan.said = plan.reading.said.get("total")
    accounts = open_accounts(cooperative=plan.cooperative)
    plan.choices = [
        # Of places as alike as another the office's cash is proposed first.
        *cash_choices(sorted(accounts, key=lambda one: one.role != "cash_main")),
        *balance_choices(cooperative=plan.cooperative, accounts=accounts),
    ]
    plan.accounts = [
        OldAccount(key_of(row), f"{row['code']} {row['name']}".strip(), str(row["code"]), 1,
                   row["amount"])
        for row in plan.rows
        if row["amount"] and not plan.is_out(row)
    ]  # fmt: skip
    settle(
        plan.accounts,
        answers=plan.answers.accounts,
        remembered=selectors.old_names(cooperative=plan.cooperative, what=LEDGER),
        choices=plan.choices,
        words=account_words(accounts),
        balances=True,
    )


def key_of(row: Mapping[str, Any]) -> str:
    """By what an old account is remembered: its code to the last zero, and its name."""
    return f"{row['code']} {row['name']}".strip().lower()[:120]


def fill(plan: Plan) -> None:
    """Each account's balance on the side its section says; what persons hold comes by their lists."""
    named = {one.key: one for one in plan.accounts}
    ours = {one.code: one for one in open_accounts(cooperative=plan.cooperative)}
    there = {row.code: row for row in selectors.opening_trial(cooperative=plan.cooperative)}
    for row in plan.rows:
        one = named.get(key_of(row))
        choice = one.choice if one else ""
        effect = Effect.OPENING
        if choice == ELSEWHERE:
            effect = Effect.ELSEWHERE
        elif one is None or choice == OUT:
            effect = Effect.OUT
        plan.keep(row, what=LEDGER, effect=effect, text=f"{row['code']} {row['name']}".strip())
        if effect != Effect.OUT:
            plan.booking.total += row["amount"]
        if effect != Effect.OPENING or not choice:
            continue
        code, business = split_choice(choice)
        plan.booking.opening.append(
            OpeningLine(code, _amount(row, ours[code]), Side(ours[code].normal), business=business)
        )
        if code in there and not plan.answers.on_top:
            found = there[code]
            plan.need("on_top", f"{ledger.label(ours[code])}: {format_rupiah(found.balance)}")
    plan.booking.names = {one.key: one.choice for one in plan.accounts if one.choice}


def _amount(row: Mapping[str, Any], account: Account) -> int:
    """The balance on our account's normal side: a minus in a section stands on its other side."""
    is_left = row["section"] == "D" or (not row["section"] and account.code[0] in _LEFT)
    if not row["section"] and account.code[0] not in "123456":
        return int(row["amount"])
    net = row["amount"] if is_left else -row["amount"]
    return int(net if account.normal == Side.DEBIT else -net)
