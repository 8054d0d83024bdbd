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
from canting.members.rules import MemberState
from canting.savings.models import (
    Deposit,
    Exit,
    ExitPaper,
    ExitPart,
    InterestLine,
    InterestRun,
    OpeningBalance,
    Withdrawal,
)
from canting.savings.rules import (
    ACCOUNT_ROLE,
    EXIT_PAPER_SOURCE,
    EXIT_SERIES,
    EXIT_SOURCE,
    INTEREST_SERIES,
    INTEREST_SOURCE,
    SET_OFF_SERIES,
    DepositState,
    ExitPaperKind,
    ExitState,
    SavingsKind,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

PREFIXES = (
    "savings.deposit:",
    "savings.withdrawal:",
    f"{INTEREST_SOURCE}:",
    f"{EXIT_SOURCE}:",
    *(f"{source}:" for source in EXIT_PAPER_SOURCE.values()),
)
STANDING = (ExitState.APPROVED, ExitState.PAID)
STATE_OF = {ExitState.APPROVED: MemberState.LEAVING, ExitState.PAID: MemberState.LEFT}


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
    for party, entry, regular in Exit.objects.filter(
        cooperative=cooperative, state__in=STANDING
    ).values_list("member__party_id", "entry_share", "regular_share"):
        sums[party, SavingsKind.ENTRY_SHARE] -= entry
        sums[party, SavingsKind.REGULAR_SHARE] -= regular
    for party, amount in _paid_parts(cooperative, ACCOUNT_ROLE[SavingsKind.VOLUNTARY]):
        sums[party, SavingsKind.VOLUNTARY] -= amount
    return sums


def _paid_parts(cooperative: Cooperative, role: str) -> list[tuple[int, int]]:
    """What standing papers of leavers took from one account, by party."""
    found = ExitPart.objects.filter(
        paper__cooperative=cooperative, paper__state=DepositState.POSTED, role=role
    )
    return list(found.values_list("paper__exit__member__party_id", "amount"))


def _booked(cooperative: Cooperative, kind: str) -> dict[int, int]:
    """What entries of our papers, and their reversals, moved for each party on a kind's account."""
    return _booked_on(cooperative, ACCOUNT_ROLE[kind])


def _booked_on(cooperative: Cooperative, role: str) -> dict[int, int]:
    account = ledger.account_for(cooperative=cooperative, role=role)
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


def exits_and_books(cooperative: Cooperative) -> Iterator[str]:
    """What decisions moved to the debt to leavers, less their papers, is what our entries moved."""
    sums: dict[int, int] = defaultdict(int)
    standing = Exit.objects.filter(cooperative=cooperative, state__in=STANDING)
    for party, entry, regular in standing.values_list(
        "member__party_id", "entry_share", "regular_share"
    ):
        sums[party] += entry + regular
    for party, amount in _paid_parts(cooperative, "exit_payable"):
        sums[party] -= amount
    booked = _booked_on(cooperative, "exit_payable")
    for party in sorted({*sums, *booked}):
        if sums.get(party, 0) != booked.get(party, 0):
            yield _("Party %(party)s, leaving: papers say %(papers)s, the books %(books)s.") % {
                "party": party,
                "papers": format_rupiah(sums.get(party, 0)),
                "books": format_rupiah(booked.get(party, 0)),
            }


def leavers_are_marked(cooperative: Cooperative) -> Iterator[str]:
    """Who is leaving by a decision is marked so, and who was paid to the end has left."""
    found = Exit.objects.filter(cooperative=cooperative, state__in=STANDING)
    for one in found.select_related("member").order_by("id"):
        if one.member.status != STATE_OF[ExitState(one.state)]:
            yield _("%(number)s: %(name)s is not marked as this leaving says.") % {
                "number": one.number,
                "name": one.member.full_name,
            }


def exit_papers_stand(cooperative: Cooperative) -> Iterator[str]:
    """Every decision that moved shares and every leaver's paper has its entry, or a reversed one."""
    papers = {
        f"{EXIT_SOURCE}:{one.number}": one.state == ExitState.ENDED
        for one in Exit.objects.filter(cooperative=cooperative, decided_on__isnull=False)
        if one.moved
    }
    for number, kind, state in ExitPaper.objects.filter(cooperative=cooperative).values_list(
        "number", "kind", "state"
    ):
        papers[f"{EXIT_PAPER_SOURCE[kind]}:{number}"] = state == DepositState.REVERSED
    yield from ledger.standing_faults(cooperative=cooperative, papers=papers)


def exit_numbers_have_no_gap(cooperative: Cooperative) -> Iterator[str]:
    """The numbers of leavings and of set-offs follow each other."""
    leavings = Exit.objects.filter(cooperative=cooperative).values_list("number", flat=True)
    set_offs = ExitPaper.objects.filter(
        cooperative=cooperative, kind=ExitPaperKind.SET_OFF
    ).values_list("number", flat=True)
    for series, numbers in ((EXIT_SERIES, leavings), (SET_OFF_SERIES, set_offs)):
        yield from numbering_gaps(cooperative=cooperative, series=series, numbers=numbers)


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
    Invariant(
        "savings.exits_and_books",
        gettext_lazy("What is owed to leavers is what was decided less what was paid."),
        exits_and_books,
        "parties",
        "savings:exit_list",
    ),
    Invariant(
        "savings.leavers_are_marked",
        gettext_lazy("Members who leave are marked as their papers say."),
        leavers_are_marked,
    ),
    Invariant(
        "savings.exit_papers_stand",
        gettext_lazy("Every leaver's paper stands in the books."),
        exit_papers_stand,
    ),
    Invariant(
        "savings.exit_numbers_have_no_gap",
        gettext_lazy("Leavings and set-offs are numbered without a gap."),
        exit_numbers_have_no_gap,
    ),
)
