"""What must always hold for shares and savings: papers and books say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives.selectors import numbering_gaps
from canting.kernel.invariants import Invariant
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.savings.models import (
    Deposit,
    InterestLine,
    InterestRun,
    OpeningBalance,
    Withdrawal,
)
from canting.savings.rules import (
    ACCOUNT_ROLE,
    INTEREST_SERIES,
    INTEREST_SOURCE,
    DepositState,
    SavingsKind,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

PREFIXES = ("savings.deposit:", "savings.withdrawal:", f"{INTEREST_SOURCE}:")


def _posted(cooperative: Cooperative) -> dict[tuple[int, str], int]:
    """What the papers say each party has of each kind: deposits less withdrawals that stand."""
    sums: dict[tuple[int, str], int] = defaultdict(int)
    stand = {"cooperative": cooperative, "state": DepositState.POSTED}
    for party, kind, amount in Deposit.objects.filter(**stand).values_list(
        "member__party_id", "kind", "amount"
    ):
        sums[party, kind] += amount
    for party, amount in Withdrawal.objects.filter(**stand).values_list(
        "member__party_id", "amount"
    ):
        sums[party, SavingsKind.VOLUNTARY] -= amount
    given = InterestLine.objects.filter(
        run__cooperative=cooperative, run__state=DepositState.POSTED
    )
    for party, gross, tax in given.values_list("member__party_id", "gross", "tax"):
        sums[party, SavingsKind.VOLUNTARY] += gross - tax
    return sums


def _booked(cooperative: Cooperative, kind: str) -> dict[int, int]:
    """What entries of our papers, and their reversals, moved for each party on a kind's account."""
    account = ledger.account_for(cooperative=cooperative, role=ACCOUNT_ROLE[kind])
    ours = Q()
    for prefix in PREFIXES:
        ours |= Q(entry__source__startswith=prefix) | Q(entry__reverses__source__startswith=prefix)
    lines = ledger.account_lines(cooperative=cooperative, account=account).filter(ours)
    sums: dict[int, int] = defaultdict(int)
    for party, side, amount in lines.values_list("party_id", "side", "amount").order_by():
        sums[party or 0] += amount if side == "K" else -amount
    return sums


def papers_and_books(cooperative: Cooperative) -> Iterator[str]:
    """Each member's deposits and interest less withdrawals are what our entries moved."""
    papers = _posted(cooperative)
    for kind in SavingsKind:
        booked = _booked(cooperative, kind)
        for party in sorted(set(booked) | {p for p, k in papers if k == kind}):
            on_paper, in_books = papers.get((party, kind), 0), booked.get(party, 0)
            if on_paper != in_books:
                yield _(
                    "Party %(party)s, %(kind)s: papers say %(papers)s, the books %(books)s."
                ) % {
                    "party": party,
                    "kind": kind,
                    "papers": format_rupiah(on_paper),
                    "books": format_rupiah(in_books),
                }


def nobody_below_zero(cooperative: Cooperative) -> Iterator[str]:
    """No member has less than nothing of any kind."""
    for kind, role in ACCOUNT_ROLE.items():
        for row in ledger.party_balances(cooperative=cooperative, role=role):
            if row.balance < 0:
                yield _("%(name)s (%(number)s) has %(amount)s of %(kind)s.") % {
                    "name": row.name,
                    "number": row.number,
                    "amount": format_rupiah(row.balance),
                    "kind": kind,
                }


def own_members_only(cooperative: Cooperative) -> Iterator[str]:
    """Every deposit, withdrawal and opening balance belongs to a member of the same cooperative."""
    for table in (Deposit, Withdrawal, OpeningBalance):
        rows = table._default_manager.filter(cooperative=cooperative).exclude(
            member__cooperative_id=F("cooperative_id")
        )
        for row in rows:
            yield _("%(paper)s belongs to a member of another cooperative.") % {"paper": row}


def interest_adds_up(cooperative: Cooperative) -> Iterator[str]:
    """A month's interest is what its members got, and its papers are numbered without a gap."""
    runs = InterestRun.objects.filter(cooperative=cooperative).annotate(
        g=Sum("lines__gross"), t=Sum("lines__tax")
    )
    numbers = []
    for run in runs.order_by("id"):
        numbers.append(run.number)
        if (run.g, run.t) != (run.gross, run.tax):
            yield _("%(number)s does not add up.") % {"number": run.number}
    yield from numbering_gaps(cooperative=cooperative, series=INTEREST_SERIES, numbers=numbers)


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "savings.papers_and_books",
        gettext_lazy("Receipts of savings and the books say the same for every member."),
        papers_and_books,
        "parties",
        "portal:verify_page",
    ),
    Invariant(
        "savings.nobody_below_zero",
        gettext_lazy("No member's shares or savings are below zero."),
        nobody_below_zero,
    ),
    Invariant(
        "savings.own_members_only",
        gettext_lazy("Savings papers speak of the cooperative's own members."),
        own_members_only,
    ),
    Invariant(
        "savings.interest_adds_up",
        gettext_lazy("Interest on savings adds up and its papers have no gap in their numbers."),
        interest_adds_up,
    ),
)
