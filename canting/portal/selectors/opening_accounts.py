"""Which accounts the opening and an old cash book may name, with labels to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.ledger import selectors as ledger
from canting.ledger.rules import KEPT_BY_PAPERS
from canting.portal.rules.opening import DIFFERENCE, GOODS, needs_business

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.ledger.models import Account

Choice = tuple[str, str]


def open_accounts(*, cooperative: Cooperative) -> list[Account]:
    """Every account that is open, by code."""
    return [one for one in ledger.accounts(cooperative=cooperative) if one.active]


def cash_choices(accounts: Iterable[Account]) -> list[Choice]:
    """Where money lies."""
    return [(one.code, ledger.label(one)) for one in accounts if one.statement == "cash"]


def balance_choices(*, cooperative: Cooperative, accounts: Iterable[Account]) -> list[Choice]:
    """Accounts without a person that no other step fills; results only in the middle of a year."""
    first = cooperative.cutover_date
    begins_year = (first.month, first.day) == (1, 1)
    found: list[Choice] = []
    for account in accounts:
        other = account.party_kind or account.statement == "cash"
        if other or account.role in GOODS or account.role == DIFFERENCE:
            continue
        if account.code[0] in "123":
            found.append((account.code, ledger.label(account)))
        elif not begins_year:
            found += _of_result(account)
    return found


def _of_result(account: Account) -> list[Choice]:
    """An account of revenue or cost, apart for members' business and others' where it is split."""
    label = ledger.label(account)
    if not needs_business(account.role, account.code):
        return [(account.code, label)]
    return [
        (f"{account.code}:member", label + _(", members")),
        (f"{account.code}:nonmember", label + _(", others")),
    ]


def movement_choices(accounts: Iterable[Account], *, place: str) -> list[Choice]:
    """Accounts that a row of a cash book may speak of: other cash places, costs, revenue, assets.

    What is kept by person or by quantity moves through its own papers only.
    """
    found: list[Choice] = []
    for account in accounts:
        is_cash = account.statement == "cash" and account.role != place
        kept = account.party_kind or account.role in KEPT_BY_PAPERS or account.role in GOODS
        if (kept and not is_cash) or account.role == place:
            continue
        if account.code[0] in "123":
            found.append((account.code, ledger.label(account)))
        else:
            found += _of_result(account)
    return found
