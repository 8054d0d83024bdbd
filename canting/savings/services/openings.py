"""What members had when the books began here; the opening entry itself is the start's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cooperatives.services import record
from canting.kernel.money import format_rupiah
from canting.ledger.rules import Line, credit
from canting.members.errors import NotInCooperative
from canting.members.services import shares_taken_over
from canting.savings.errors import BadAmount, OpeningTwice
from canting.savings.models import OpeningBalance
from canting.savings.rules import ACCOUNT_ROLE

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.members.models import Member

Row = tuple["Member", str, int]


@transaction.atomic
def open_savings(
    *, cooperative: Cooperative, rows: Sequence[Row], on: date, actor: User
) -> list[Line]:
    """Note what each member had of each kind and give the credit lines for the opening entry.

    Rows are (member, kind, whole rupiah). Voluntary savings that exist are a debt with or without
    a licence, so they are shown. The caller posts the lines in the same transaction,
    with source "savings.opening:…" or inside the opening entry of the whole cooperative.
    """
    known = set(
        OpeningBalance.objects.filter(cooperative=cooperative).values_list("member_id", "kind")
    )
    balances, lines = [], []
    for member, kind, amount in rows:
        _check(cooperative, member, amount)
        if (member.pk, kind) in known:
            raise OpeningTwice(name=member.full_name)
        known.add((member.pk, kind))
        balances.append(
            OpeningBalance(
                cooperative=cooperative, member=member, kind=kind, amount=amount, opened_on=on
            )
        )
        lines.append(credit(ACCOUNT_ROLE[kind], amount, member.party))
    OpeningBalance.objects.bulk_create(balances, batch_size=500)
    shares_taken_over(
        cooperative=cooperative, member_ids=sorted({balance.member_id for balance in balances})
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="savings.opened",
        subject="opening",
        facts={"rows": len(balances), "amount": sum(b.amount for b in balances)},
    )
    return lines


def _check(cooperative: Cooperative, member: Member, amount: int) -> None:
    if member.cooperative_id != cooperative.pk:
        raise NotInCooperative(name=member.full_name)
    if amount <= 0:
        raise BadAmount(amount=format_rupiah(amount))


@transaction.atomic
def add_openings(
    *, cooperative: Cooperative, rows: Sequence[Row], on: date, actor: User
) -> list[Line]:
    """The same for rows of an old book, which come on top of what is noted already.

    Rows are (member, kind, whole rupiah above zero), each member and kind once; BadAmount,
    NotInCooperative. Gives the credit lines for the caller's entry.
    """
    noted = {(one.member_id, one.kind): one for one in _noted(cooperative)}
    fresh, more, lines = [], [], []
    for member, kind, amount in rows:
        _check(cooperative, member, amount)
        if there := noted.get((member.pk, kind)):
            there.amount += amount
            more.append(there)
        else:
            fresh.append(
                OpeningBalance(
                    cooperative=cooperative, member=member, kind=kind, amount=amount, opened_on=on
                )
            )
        lines.append(credit(ACCOUNT_ROLE[kind], amount, member.party))
    OpeningBalance.objects.bulk_create(fresh, batch_size=500)
    OpeningBalance.objects.bulk_update(more, ["amount"], batch_size=500)
    shares_taken_over(
        cooperative=cooperative, member_ids=sorted({member.pk for member, _kind, _sum in rows})
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="savings.opened",
        subject="opening",
        facts={"rows": len(rows), "amount": sum(amount for _member, _kind, amount in rows)},
    )
    return lines


def _noted(cooperative: Cooperative) -> list[OpeningBalance]:
    return list(OpeningBalance.objects.select_for_update().filter(cooperative=cooperative))


@transaction.atomic
def take_back_openings(*, cooperative: Cooperative, rows: Iterable[Row], actor: User) -> int:
    """Take these amounts off the opening balances; the caller reverses their entry beside it.

    What is left of a member's kind stays noted; one that comes to nothing is gone.
    """
    noted = {(one.member_id, one.kind): one for one in _noted(cooperative)}
    gone: list[OpeningBalance] = []
    less: list[OpeningBalance] = []
    for member, kind, amount in rows:
        there = noted.get((member.pk, kind))
        if there is None:
            continue
        there.amount -= amount
        (less if there.amount > 0 else gone).append(there)
    OpeningBalance.objects.bulk_update(less, ["amount"], batch_size=500)
    OpeningBalance.objects.filter(pk__in=[one.pk for one in gone]).delete()
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="savings.openings_taken_back",
        subject="opening",
        facts={"rows": len(gone) + len(less)},
    )
    return len(gone) + len(less)
