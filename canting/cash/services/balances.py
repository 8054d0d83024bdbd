"""What the bank's own statement says, typed until a statement is read in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.cash import selectors
from canting.cash.errors import NotABankAccount
from canting.cash.models import BankBalance
from canting.cooperatives.services import record

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def write_bank_balance(
    *, cooperative: Cooperative, account: str, on: date, amount: int, actor: User
) -> BankBalance:
    """Write down what a bank says of an account (its code) at a day's end; the latest word holds.

    A wrong figure is put right by writing the right one; both stay. NotABankAccount otherwise.
    """
    found = {one.code: one for one in selectors.bank_accounts(cooperative=cooperative)}
    if account not in found:
        raise NotABankAccount(account=account)
    before = selectors.typed_balance(cooperative=cooperative, account=found[account], on=on)
    if before and before.amount == amount:
        return before
    made = BankBalance.objects.create(
        cooperative=cooperative,
        account=found[account],
        on=on,
        amount=amount,
        made_by=actor,
        made_at=timezone.now(),
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="cash.bank_balance_typed",
        subject=account,
        facts={"on": on, "amount": amount},
    )
    return made
