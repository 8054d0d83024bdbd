"""The chart of accounts and the first day of the books."""

from __future__ import annotations

import secrets
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cooperatives.services import record
from canting.ledger import selectors
from canting.ledger.errors import BadCode, BeforeBooks, CodeTaken, UnknownAccount
from canting.ledger.models import Account, Book
from canting.ledger.rules import CHART

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
    account = Account.objects.create(
        cooperative=cooperative,
        code=number,
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
