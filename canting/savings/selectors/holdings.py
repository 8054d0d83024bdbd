"""What is known of shares and savings; balances are the ledger's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum

from canting.cooperatives import selectors as cooperatives
from canting.kernel.dates import first_of_month, next_month
from canting.ledger import selectors as ledger
from canting.members.rules import LEAVERS
from canting.members.selectors import brought_shares
from canting.savings.models import Deposit, ExitPaper, OpeningBalance, Withdrawal
from canting.savings.rules import (
    ACCOUNT_ROLE,
    PAYMENT_SERIES,
    DepositState,
    ExitPaperKind,
    MonthDue,
    SavingsKind,
    arrears,
    months_due,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member


@dataclass(frozen=True, slots=True)
class Holdings:
    """What one member has of each kind, in whole rupiah; capital apart from savings."""

    entry_share: int = 0
    regular_share: int = 0
    voluntary: int = 0

    @property
    def capital(self) -> int:
        """Both shares together: her part of the cooperative's own capital."""
        return self.entry_share + self.regular_share

    @property
    def total(self) -> int:
        """All three kinds together."""
        return self.capital + self.voluntary


def holdings(*, cooperative: Cooperative, member: Member, as_of: date | None = None) -> Holdings:
    """What the books say a member has of each kind."""
    if as_of is None:
        found = ledger.balances_of_party(cooperative=cooperative, party=member.party)
        return Holdings(*(found.get(role, 0) for role in ACCOUNT_ROLE.values()))
    return Holdings(
        *(
            ledger.party_balance(
                cooperative=cooperative, role=role, party=member.party, as_of=as_of
            )
            for role in ACCOUNT_ROLE.values()
        )
    )


def holdings_of_all(*, cooperative: Cooperative) -> dict[int, Holdings]:
    """What everyone has of each kind, by party; three queries whatever the number of members."""
    by_kind: dict[str, dict[int, int]] = {
        kind: {
            row.party_id: row.balance
            for row in ledger.party_balances(cooperative=cooperative, role=role)
        }
        for kind, role in ACCOUNT_ROLE.items()
    }
    parties = {party for found in by_kind.values() for party in found}
    return {
        party: Holdings(*(by_kind[kind].get(party, 0) for kind in SavingsKind)) for party in parties
    }


def entry_share(*, cooperative: Cooperative, on: date) -> int:
    """The whole entry share that the by-laws ask of everyone, in rupiah."""
    return int(cooperatives.parameter(cooperative=cooperative, name="savings.entry_share", on=on))


def entry_share_left(*, cooperative: Cooperative, member: Member, on: date) -> int:
    """What a member still has to pay of her entry share, by instalment or at once; a leaver nothing."""
    if member.status in LEAVERS:
        return 0
    whole = entry_share(cooperative=cooperative, on=on)
    paid = ledger.party_balance(cooperative=cooperative, role="share_principal", party=member.party)
    return max(whole - paid, 0)


def regular_share_rate(*, cooperative: Cooperative) -> Callable[[date], int]:
    """The regular share of a month by day, read once for many months and members."""
    history = cooperatives.parameter_history(cooperative=cooperative, name="savings.regular_share")

    def rate_on(day: date) -> int:
        in_force = [(d.valid_from, place) for place, d in enumerate(history) if d.valid_from <= day]
        return int(history[max(in_force)[1]].value)

    return rate_on


def dues_begin(*, cooperative: Cooperative, member: Member) -> date:
    """The day from which regular shares are counted here: her joining, not before the books."""
    return max(member.joined_on or cooperative.cutover_date, cooperative.cutover_date)


def _opened(*, cooperative: Cooperative, members: Iterable[Member]) -> dict[int, int]:
    rows = OpeningBalance.objects.filter(
        cooperative=cooperative,
        kind=SavingsKind.REGULAR_SHARE,
        member__in=[m.pk for m in members],
    )
    return dict(rows.values_list("member_id", "amount"))


def regular_share_paid(*, cooperative: Cooperative, member: Member) -> int:
    """What a member paid of regular shares since the books began, by whatever way."""
    balance = ledger.party_balance(
        cooperative=cooperative, role="share_mandatory", party=member.party
    )
    return balance - _opened(cooperative=cooperative, members=[member]).get(member.pk, 0)


def regular_dues(
    *, cooperative: Cooperative, members: Sequence[Member], on: date
) -> dict[int, list[MonthDue]]:
    """Open months of the regular share by member, oldest first; a few queries for all together.

    A leaver owes none: her shares are on their way back.
    """
    rate_on = regular_share_rate(cooperative=cooperative)
    opened = _opened(cooperative=cooperative, members=members)
    paid = {
        row.party_id: row.balance
        for row in ledger.party_balances(
            cooperative=cooperative,
            role="share_mandatory",
            party_ids=[m.party_id for m in members],
        )
    }
    return {
        member.pk: []
        if member.status in LEAVERS
        else arrears(
            months_due(
                since=dues_begin(cooperative=cooperative, member=member),
                until=on,
                rate_on=rate_on,
                paid=paid.get(member.party_id, 0) - opened.get(member.pk, 0),
            )
        )
        for member in members
    }


def regular_arrears(*, cooperative: Cooperative, member: Member, on: date) -> list[MonthDue]:
    """The months of which a member still owes regular share, oldest first, the current one too."""
    return regular_dues(cooperative=cooperative, members=[member], on=on)[member.pk]


def deposits(
    *, cooperative: Cooperative, on: date | None = None, member: Member | None = None
) -> QuerySet[Deposit]:
    """Deposits with their member, newest first, of one day or one member."""
    found = Deposit.objects.filter(cooperative=cooperative)
    if on:
        found = found.filter(deposit_date=on)
    if member:
        found = found.filter(member=member)
    return found.select_related("member__party", "made_by").order_by("-deposit_date", "-id")


def deposit_by_number(*, cooperative: Cooperative, number: str) -> Deposit | None:
    """The deposit with this receipt number, with what it replaced, or nothing."""
    return (
        Deposit.objects.filter(cooperative=cooperative, number=number)
        .select_related("member__party", "made_by", "replaces")
        .first()
    )


def replacement(*, deposit: Deposit) -> Deposit | None:
    """The deposit that took the place of a reversed one, or nothing."""
    return Deposit.objects.filter(replaces=deposit).first()


def lock_deposit(*, cooperative: Cooperative, number: str) -> Deposit:
    """The deposit with this number, locked until the transaction ends."""
    return (
        Deposit.objects.select_for_update(of=("self",))
        .select_related("member__party")
        .get(cooperative=cooperative, number=number)
    )


def deposits_of_list(*, cooperative: Cooperative, reference: str) -> QuerySet[Deposit]:
    """The deposits that were entered as one list, in the order of their receipts."""
    return (
        Deposit.objects.filter(cooperative=cooperative, list_reference=reference)
        .select_related("member__party", "made_by")
        .order_by("id")
    )


@dataclass(frozen=True, slots=True)
class KindOfDay:
    """How many deposits of one kind a day has, and their sum."""

    kind: str
    count: int
    amount: int


def day_by_kind(*, cooperative: Cooperative, on: date) -> list[KindOfDay]:
    """The deposits of a day by kind; reversed ones do not count."""
    rows = Deposit.objects.filter(
        cooperative=cooperative, deposit_date=on, state=DepositState.POSTED
    ).values_list("kind", "amount")
    found: dict[str, list[int]] = {}
    for kind, amount in rows:
        found.setdefault(kind, []).append(amount)
    return [KindOfDay(k, len(found[k]), sum(found[k])) for k in SavingsKind if k in found]


@dataclass(frozen=True, slots=True)
class Drawer:
    """One cash place on one day: what it began with, what came and went, what must lie there."""

    began: int
    deposits: int
    other_in: int
    went_out: int

    @property
    def now(self) -> int:
        """What must lie there."""
        return self.began + self.deposits + self.other_in - self.went_out


def drawer(*, cooperative: Cooperative, place: str, on: date) -> Drawer:
    """How a cash place came to what it holds at the end of a day."""
    account = ledger.account_for(cooperative=cooperative, role=place)
    lines = ledger.account_lines(cooperative=cooperative, account=account, since=on, until=on)
    rows = lines.values_list("side", "amount", "entry__source", "entry__reverses__source")
    deposited = other_in = went_out = 0
    for side, amount, source, reversed_source in rows:
        amount_in = amount if side == "D" else -amount
        if (reversed_source or source).startswith("savings.deposit:"):
            deposited += amount_in
        elif amount_in > 0:
            other_in += amount_in
        else:
            went_out -= amount_in
    began = ledger.balance(cooperative=cooperative, role=place, as_of=ledger.day_before(on))
    return Drawer(began, deposited, other_in, went_out)


def withdrawals(*, cooperative: Cooperative, member: Member | None = None) -> QuerySet[Withdrawal]:
    """Voluntary savings paid back, newest first."""
    found = Withdrawal.objects.filter(cooperative=cooperative)
    if member:
        found = found.filter(member=member)
    found = found.select_related("member__party", "successor", "made_by")
    return found.order_by("-withdrawal_date", "-id")


def withdrawal_by_number(*, cooperative: Cooperative, number: str) -> Withdrawal | None:
    """The withdrawal with this voucher number, or nothing."""
    return withdrawals(cooperative=cooperative).filter(number=number).first()


def lock_withdrawal(*, cooperative: Cooperative, number: str) -> Withdrawal:
    """The withdrawal with this number, locked until the transaction ends."""
    return (
        Withdrawal.objects.select_for_update(of=("self",))
        .select_related("member__party")
        .get(cooperative=cooperative, number=number)
    )


def numbers(*, cooperative: Cooperative, series: str) -> list[str]:
    """Every printed number of a series that stands on papers of savings, reversed ones too."""
    mine = {"cooperative": cooperative}
    if series == "KW":
        return list(Deposit.objects.filter(**mine).values_list("number", flat=True))
    if series != PAYMENT_SERIES:
        return []
    paid_out = Withdrawal.objects.filter(**mine).values_list("number", flat=True)
    leavers = ExitPaper.objects.filter(kind=ExitPaperKind.PAYMENT, **mine)
    return [*paid_out, *leavers.values_list("number", flat=True)]


@dataclass(frozen=True, slots=True)
class CardLine:
    """One movement on the savings card: what came or went, and what she has after it."""

    day: date
    paper: str
    memo: str
    kind: str
    amount: int
    balance: int


def card_lines(
    *, cooperative: Cooperative, member: Member, until: date | None = None
) -> list[CardLine]:
    """Every movement of a member's shares and savings, oldest first, with the running total."""
    kind_of = {role: kind for kind, role in ACCOUNT_ROLE.items()}
    rows = ledger.party_lines(
        cooperative=cooperative, party=member.party, roles=list(kind_of), until=until
    )
    lines, balance = [], 0
    for row in rows:
        amount = row.amount if row.side == "K" else -row.amount
        balance += amount
        lines.append(
            CardLine(
                row.entry_date,
                row.entry.paper or str(row.entry.position),
                row.entry.memo,
                kind_of[row.account.role],
                amount,
                balance,
            )
        )
    return lines


@dataclass(frozen=True, slots=True)
class MonthMoved:
    """What came in one month by kind, and what was taken out, in whole rupiah."""

    month: date
    paid: tuple[int, ...]
    withdrawn: int


def months_moved(
    *, cooperative: Cooperative, member: Member, until: date, months: int = 12
) -> list[MonthMoved]:
    """The last months of a member's shares and savings; a reversal takes from what came in."""
    first = next_month(first_of_month(until), 1 - months)
    paid = {next_month(first, n): dict.fromkeys(SavingsKind, 0) for n in range(months)}
    withdrawn = dict.fromkeys(paid, 0)
    kind_of = {role: kind for kind, role in ACCOUNT_ROLE.items()}
    rows = ledger.party_lines(
        cooperative=cooperative, party=member.party, roles=list(kind_of), until=until
    ).filter(entry_date__gte=first)
    for row in rows:
        month, kind = first_of_month(row.entry_date), SavingsKind(kind_of[row.account.role])
        if row.side == "K" and row.entry.kind != "reversal":
            paid[month][kind] += row.amount
        elif row.entry.kind == "reversal":
            paid[month][kind] += row.amount if row.side == "K" else -row.amount
        else:
            withdrawn[month] += row.amount
    return [MonthMoved(m, tuple(max(a, 0) for a in paid[m].values()), withdrawn[m]) for m in paid]


def openings(*, cooperative: Cooperative) -> QuerySet[OpeningBalance]:
    """Opening balances of shares and savings by member."""
    return (
        OpeningBalance.objects.filter(cooperative=cooperative)
        .select_related("member__party")
        .order_by("member__full_name", "member_id", "kind")
    )


def brought_rows(*, cooperative: Cooperative) -> list[tuple[Member, str, int]]:
    """What imported sheets stated and no opening balance holds yet: rows for `open_savings`."""
    return [
        (member, kind, stated[kind])
        for member, stated in brought_shares(cooperative=cooperative)
        for kind in SavingsKind
        if stated.get(kind)
    ]


def opened_total(*, cooperative: Cooperative, kind: str) -> int:
    """The sum of opening balances of one kind."""
    rows = OpeningBalance.objects.filter(cooperative=cooperative, kind=kind)
    return int(rows.aggregate(total=Sum("amount"))["total"] or 0)


def has_papers(*, cooperative: Cooperative, member_ids: Iterable[int]) -> bool:
    """True when one of these members has a deposit, a withdrawal or an opening balance."""
    ids = list(member_ids)
    return any(
        table.objects.filter(cooperative=cooperative, member_id__in=ids).exists()
        for table in (Deposit, Withdrawal, OpeningBalance)
    )
