"""The chart of accounts and the first day of the books."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cooperatives.services import record
from canting.ledger import selectors
from canting.ledger.errors import (
    BadCode,
    BadShownCode,
    BeforeBooks,
    CodeTaken,
    ShownTwice,
    UnknownAccount,
)
from canting.ledger.models import Account, Book
from canting.ledger.rules import CHART
from canting.ledger.rules.codes import LONGEST_SHOWN, doubled, styled
from canting.ledger.selectors import lock_book

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


def open_book(*, cooperative: Cooperative, actor: User) -> Book:
    """Give a new cooperative its chart of accounts and an empty chain."""
    with transaction.atomic():
        book, made = Book.objects.get_or_create(
            cooperative=cooperative,
            defaults={"opened_on": cooperative.cutover_date, "chart_version": secrets.randbits(30)},
        )
        if made:
            Account.objects.bulk_create(
                Account(
                    cooperative=cooperative,
                    code=row.code,
                    role=row.role,
                    normal=row.normal,
                    party_kind=row.party,
                    statement=row.statement,
                    split=row.split,
                    flow=row.flow,
                )
                for row in CHART
            )
            record(
                cooperative_id=cooperative.pk,
                actor=actor,
                action="ledger.book_opened",
                subject="book",
            )
        return book


@transaction.atomic
def open_account(
    *, cooperative: Cooperative, number: str, name: str, like: str, actor: User
) -> Account:
    """Open an account beside the standard ones, placed in the statements like a standard role."""
    model = next(row for row in CHART if row.role == like)
    if not number.isdigit() or not 4 <= len(number) <= 8 or number[0] != model.code[0]:
        raise BadCode(number=number)
    if taken := Account.objects.filter(cooperative=cooperative, code=number).first():
        raise CodeTaken(number=number, name=str(taken))
    style = selectors.book(cooperative=cooperative).code_style
    account = Account.objects.create(
        cooperative=cooperative,
        code=number,
        shown=_free_shown(cooperative, styled(number, style)),
        name=name,
        normal=model.normal,
        party_kind=model.party,
        statement=model.statement,
        split=model.split,
        flow=model.flow,
    )
    _touch_chart(cooperative)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="ledger.account_opened",
        subject=number,
        facts={
            "name": name,
            "active": True,
            "shown": account.shown,
            "shape": [str(model.normal), model.party, model.statement, model.split, model.flow],
        },
    )
    return account


@transaction.atomic
def change_account(
    *,
    cooperative: Cooperative,
    number: str,
    actor: User,
    name: str | None = None,
    active: bool | None = None,
) -> Account:
    """Rename an account, close it to new entries or open it again; code and class never change."""
    account = Account.objects.filter(cooperative=cooperative, code=number).first()
    if account is None:
        raise UnknownAccount(account=number)
    account.name = account.name if name is None else name
    account.active = account.active if active is None else active
    account.save(update_fields=["name", "active"])
    _touch_chart(cooperative)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="ledger.account_changed",
        subject=number,
        facts={"name": account.name, "active": account.active},
    )
    return account


def _free_shown(cooperative: Cooperative, shown: str) -> str:
    """The code in the style of the chart, or ours where that one is shown for another account."""
    taken = Account.objects.filter(cooperative=cooperative, shown=shown).exists()
    return "" if taken else shown


@transaction.atomic
def show_codes(
    *,
    cooperative: Cooperative,
    style: str,
    actor: User,
    own: Mapping[str, str] | None = None,
) -> None:
    """Show the codes of the chart in a style, those in `own` (by our code) as they are given.

    Only what is shown changes: entries, digests and addresses keep our codes. Raises ShownTwice
    when two accounts would look alike, BadShownCode for one that is too long.
    """
    lock_book(cooperative=cooperative)
    accounts = list(selectors.accounts(cooperative=cooperative))
    given = own or {}
    codes = {one.code: given.get(one.code, styled(one.code, style)) for one in accounts}
    if alike := doubled(codes):
        first, second = (next(a for a in accounts if a.code == code) for code in alike)
        raise ShownTwice(shown=codes[second.code] or second.code, first=first, second=second)
    for account in accounts:
        account.shown = "" if codes[account.code] == account.code else codes[account.code]
        if len(account.shown) > LONGEST_SHOWN:
            raise BadShownCode(number=account.shown, most=LONGEST_SHOWN)
    # Codes that change places would meet half way.
    Account.objects.filter(cooperative=cooperative).update(shown="")
    Account.objects.bulk_update(accounts, ["shown"])
    Book.objects.filter(cooperative=cooperative).update(code_style=style)
    _touch_chart(cooperative)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="ledger.codes_shown",
        subject="chart",
        facts={"style": style, "codes": {one.code: one.shown for one in accounts if one.shown}},
    )


def _touch_chart(cooperative: Cooperative) -> None:
    selectors.forget_chart(cooperative=cooperative)
    Book.objects.filter(cooperative=cooperative).update(chart_version=secrets.randbits(30))


@transaction.atomic
def move_cutover(*, cooperative: Cooperative, opened_on: date, actor: User) -> None:
    """Set the first day of the books; refused once an entry stands before it."""
    first = selectors.first_entry_date(cooperative=cooperative)
    if first and first < opened_on:
        raise BeforeBooks(date=selectors.day(first), opened=selectors.day(opened_on))
    Book.objects.filter(cooperative=cooperative).update(opened_on=opened_on)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="ledger.cutover_moved",
        subject="book",
        facts={"opened_on": opened_on},
    )
