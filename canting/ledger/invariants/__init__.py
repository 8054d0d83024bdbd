"""What must always hold in the books, checked over the stored rows themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, islice
from typing import TYPE_CHECKING

from django.db.models import Case, F, Q, Sum, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives import selectors as house
from canting.kernel.append_only import missing_triggers
from canting.kernel.dates import last_of_month
from canting.kernel.invariants import CloseCheck, Invariant
from canting.kernel.money import format_rupiah
from canting.ledger import selectors
from canting.ledger.invariants import kept, noted
from canting.ledger.models import (
    Account,
    AccountMonth,
    FiscalPeriod,
    JournalEntry,
    JournalLine,
    PartyMonth,
)
from canting.ledger.rules import Side

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

AT_ONCE = 500


def entries_balance(cooperative: Cooperative) -> Iterator[str]:
    """Debits equal credits in every entry, and none is empty."""
    uneven = (
        JournalEntry.objects.filter(cooperative=cooperative)
        .annotate(
            d=Sum(Case(When(lines__side=Side.DEBIT, then=F("lines__amount")), default=0)),
            k=Sum(Case(When(lines__side=Side.CREDIT, then=F("lines__amount")), default=0)),
        )
        .filter(~Q(d=F("k")) | Q(d=0))
        .order_by("position")
        .values_list("position", "d", "k")
    )
    for position, debits, credits in uneven.iterator():
        yield _("Journal %(position)s: debits %(debits)s, credits %(credits)s.") % {
            "position": position,
            "debits": format_rupiah(debits or 0),
            "credits": format_rupiah(credits or 0),
        }


def lines_repeat_their_entry(cooperative: Cooperative) -> Iterator[str]:
    """A line carries the day and the cooperative of its entry, and an account and party of it."""
    odd = (
        JournalLine.objects.filter(Q(cooperative=cooperative) | Q(entry__cooperative=cooperative))
        .filter(
            ~Q(cooperative=F("entry__cooperative"))
            | ~Q(entry_date=F("entry__entry_date"))
            | ~Q(account__cooperative=F("cooperative"))
            | Q(party__isnull=False) & ~Q(party__cooperative=F("cooperative"))
        )
        .order_by("entry_id", "id")
        .values_list("entry__position", flat=True)
        .distinct()
    )
    for position in odd.iterator():
        yield _("A line of journal %(position)s differs from its entry.") % {"position": position}


def trial_balance_is_zero(cooperative: Cooperative) -> Iterator[str]:
    """All debits equal all credits."""
    sums = AccountMonth.objects.filter(cooperative=cooperative).aggregate(
        d=Sum("debit"), k=Sum("credit")
    )
    if sums["d"] != sums["k"]:
        yield _("All debits are %(debits)s, all credits %(credits)s.") % {
            "debits": format_rupiah(sums["d"]),
            "credits": format_rupiah(sums["k"]),
        }


def control_accounts_equal_their_parties(cooperative: Cooperative) -> Iterator[str]:
    """An account kept by party is the sum of its parties."""
    held = {
        account: (d or 0) - (k or 0)
        for account, d, k in PartyMonth.objects.filter(cooperative=cooperative)
        .values_list("account_id")
        .annotate(d=Sum("debit"), k=Sum("credit"))
    }
    totals = {
        account: (d or 0) - (k or 0)
        for account, d, k in AccountMonth.objects.filter(cooperative=cooperative)
        .values_list("account_id")
        .annotate(d=Sum("debit"), k=Sum("credit"))
    }
    for account in Account.objects.filter(cooperative=cooperative).exclude(party_kind=""):
        net, parties = totals.get(account.pk, 0), held.get(account.pk, 0)
        if net != parties:
            yield _("%(account)s stands at %(net)s, its parties at %(parties)s.") % {
                "account": selectors.label(account),
                "net": format_rupiah(net),
                "parties": format_rupiah(parties),
            }


def no_party_on_the_wrong_side(cooperative: Cooperative) -> Iterator[str]:
    """Nobody owes us what stands as our debt to them, nor the reverse."""
    signed = Case(
        When(account__normal=Side.DEBIT, then=F("debit") - F("credit")),
        default=F("credit") - F("debit"),
    )
    wrong = (
        PartyMonth.objects.filter(cooperative=cooperative)
        .exclude(account__party_kind="")
        .values_list("account_id", "party__number", "party__name")
        .annotate(net=Sum(signed))
        .filter(net__lt=0)
        .order_by("account__code", "party__number")
    )
    rows = list(wrong)
    named = Account.objects.in_bulk({row[0] for row in rows})
    for account_id, number, name, net in rows:
        yield _("%(name)s (%(number)s) stands at %(net)s on %(account)s.") % {
            "name": name,
            "number": number,
            "net": format_rupiah(net),
            "account": selectors.label(named[account_id]),
        }


def chain_is_whole(cooperative: Cooperative) -> Iterator[str]:
    """Every digest follows from its entry and the one before; no position is missing."""
    yield from selectors.chain_faults(cooperative=cooperative)


def checkpoints_stand(cooperative: Cooperative) -> Iterator[str]:
    """The digest noted when a month was closed is still that of the same entry."""
    for period in FiscalPeriod.objects.filter(cooperative=cooperative, position__gt=0):
        digest = (
            JournalEntry.objects.filter(cooperative=cooperative, position=period.position)
            .values_list("digest", flat=True)
            .first()
        )
        if digest != period.checkpoint:
            yield _("The checkpoint of %(month)s no longer fits journal %(position)s.") % {
                "month": selectors.month_name(period.month),
                "position": period.position,
            }


def triggers_guard(_cooperative: Cooperative) -> Iterator[str]:
    """The database itself refuses to change what is written once."""
    for table in missing_triggers():
        yield _("The table %(table)s is not guarded.") % {"table": table}


def closed_months_stay_closed(cooperative: Cooperative) -> Iterator[str]:
    """Nothing was posted into a month after it was closed and before it was opened again."""
    acts = FiscalPeriod.objects.filter(
        cooperative=cooperative, act__in=["close", "reopen"]
    ).order_by("month", "id")
    for month, rows in groupby(acts, key=lambda row: row.month):
        closed: FiscalPeriod | None = None
        for row in rows:
            if row.act == "reopen" and closed:
                yield from _late(cooperative, month, closed, row)
            closed = row if row.act == "close" else None
        if closed:
            yield from _late(cooperative, month, closed, None)


def _late(
    cooperative: Cooperative, month: date, closed: FiscalPeriod, opened: FiscalPeriod | None
) -> Iterator[str]:
    late = JournalEntry.objects.filter(
        Q(position__gt=closed.position) | Q(posted_at__gt=closed.made_at),
        cooperative=cooperative,
        entry_date__gte=month,
        entry_date__lte=last_of_month(month),
    )
    if opened:
        late = late.filter(position__lte=opened.position, posted_at__lte=opened.made_at)
    for position in late.order_by("position").values_list("position", flat=True):
        yield _("Journal %(position)s came into %(month)s after it was closed.") % {
            "position": position,
            "month": selectors.month_name(month),
        }


def entries_are_in_the_audit(cooperative: Cooperative) -> Iterator[str]:
    """Every entry has its line in the audit trail."""
    sources = iter(
        JournalEntry.objects.filter(cooperative=cooperative)
        .order_by("position")
        .values_list("position", "source")
        .iterator()
    )
    while part := list(islice(sources, AT_ONCE)):
        known = house.audited_subjects(
            cooperative=cooperative, action="ledger.posted", subjects=[row[1] for row in part]
        )
        for position, source in part:
            if source not in known:
                yield _("Journal %(position)s is missing from the audit trail.") % {
                    "position": position
                }


def manual_numbers_have_no_gap(cooperative: Cooperative) -> Iterable[str]:
    """The numbers of manual entries follow each other."""
    return house.numbering_gaps(
        cooperative=cooperative,
        series="BM",
        numbers=selectors.papers_of_series(cooperative=cooperative, series="BM"),
    )


INVARIANTS: tuple[Invariant, ...] = (
    Invariant("ledger.entries_balance", gettext_lazy("Every entry balances"), entries_balance),
    Invariant(
        "ledger.lines_repeat_their_entry",
        gettext_lazy("Lines carry the day and cooperative of their entry"),
        lines_repeat_their_entry,
    ),
    Invariant(
        "ledger.kept_account_sums",
        gettext_lazy("Kept account balances equal the lines"),
        kept.kept_account_sums,
    ),
    Invariant(
        "ledger.kept_party_sums",
        gettext_lazy("Kept balances of parties equal the lines"),
        kept.kept_party_sums,
    ),
    Invariant(
        "ledger.trial_balance_is_zero",
        gettext_lazy("The trial balance is zero"),
        trial_balance_is_zero,
    ),
    Invariant(
        "ledger.control_accounts_equal_their_parties",
        gettext_lazy("Control accounts equal their parties"),
        control_accounts_equal_their_parties,
    ),
    Invariant(
        "ledger.no_party_on_the_wrong_side",
        gettext_lazy("No party stands on the wrong side"),
        no_party_on_the_wrong_side,
    ),
    Invariant("ledger.chain_is_whole", gettext_lazy("The chain is whole"), chain_is_whole),
    Invariant("ledger.checkpoints_stand", gettext_lazy("Checkpoints still fit"), checkpoints_stand),
    Invariant(
        "ledger.triggers_guard",
        gettext_lazy("Written rows are guarded by the database"),
        triggers_guard,
    ),
    Invariant(
        "ledger.closed_months_stay_closed",
        gettext_lazy("Closed months stay closed"),
        closed_months_stay_closed,
    ),
    Invariant(
        "ledger.entries_are_in_the_audit",
        gettext_lazy("Every entry is in the audit trail"),
        entries_are_in_the_audit,
    ),
    Invariant(
        "ledger.manual_numbers_have_no_gap",
        gettext_lazy("Manual entries are numbered without a gap"),
        manual_numbers_have_no_gap,
        "numbering",
        "portal:verify_page",
    ),
    Invariant("ledger.book_stands", gettext_lazy("The book's head is whole"), noted.book_stands),
    Invariant(
        "ledger.entries_name_their_maker",
        gettext_lazy("Every entry names who made it and what it takes back"),
        noted.entries_name_their_maker,
    ),
    Invariant(
        "ledger.chart_is_as_opened",
        gettext_lazy("Every account is as it was opened or last changed"),
        noted.chart_is_as_opened,
    ),
    Invariant(
        "ledger.codes_are_as_chosen",
        gettext_lazy("Account codes are shown as they were chosen"),
        noted.codes_are_as_chosen,
    ),
    Invariant(
        "ledger.acts_are_in_the_audit",
        gettext_lazy("Every act of a month or year is in the audit trail"),
        noted.acts_are_in_the_audit,
    ),
    Invariant(
        "ledger.closed_years_are_closed",
        gettext_lazy("The result of a closed year stands in equity"),
        noted.closed_years_are_closed,
    ),
    Invariant(
        "ledger.frozen_files_stand",
        gettext_lazy("Frozen files of closed years are unchanged"),
        noted.frozen_files_stand,
    ),
)


def chain_since_last_close(cooperative: Cooperative, _month: date) -> Iterator[str]:
    """The chain is whole from the last checkpoint on."""
    last = FiscalPeriod.objects.filter(cooperative=cooperative, act="close").order_by("-id").first()
    yield from selectors.chain_faults(cooperative=cooperative, after=last.position if last else 0)


def parties_and_accounts_agree(cooperative: Cooperative, _month: date) -> Iterator[str]:
    """Control accounts equal their parties, and none stands on the wrong side."""
    yield from control_accounts_equal_their_parties(cooperative)
    yield from no_party_on_the_wrong_side(cooperative)


def parties_in_words(cooperative: Cooperative, _month: date) -> str:
    """How many accounts are kept by party."""
    count = Account.objects.filter(cooperative=cooperative).exclude(party_kind="").count()
    return _("%(count)s accounts kept by name add up") % {"count": count}


def chain_in_words(cooperative: Cooperative, _month: date) -> str:
    """Where the head of the chain stands."""
    position = selectors.book(cooperative=cooperative).position
    return _("up to journal %(position)s") % {"position": position}


CLOSE_CHECKS: tuple[CloseCheck, ...] = (
    CloseCheck(
        "ledger.parties_and_accounts_agree",
        gettext_lazy("What members, buyers and suppliers have adds up to their accounts"),
        parties_and_accounts_agree,
        "ledger:trial_balance_page",
        "parties",
        parties_in_words,
    ),
    CloseCheck(
        "ledger.chain_since_last_close",
        gettext_lazy("No entry was changed since the last closing"),
        chain_since_last_close,
        "ledger:checkpoint_list",
        "chain",
        chain_in_words,
    ),
)
