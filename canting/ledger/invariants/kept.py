"""The kept balances are the sums of their lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, QuerySet, Sum, When
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from canting.kernel.money import format_rupiah
from canting.ledger import selectors
from canting.ledger.models import Account, AccountMonth, JournalLine, PartyMonth
from canting.ledger.rules import Side

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

Key = tuple[Any, ...]
Figures = tuple[int, int, int]  # debits, credits, how many lines
KeptRow = tuple[Key, Figures]
DEBITS = Sum(Case(When(side=Side.DEBIT, then=F("amount")), default=0))
CREDITS = Sum(Case(When(side=Side.CREDIT, then=F("amount")), default=0))


def kept_account_sums(cooperative: Cooperative) -> Iterator[str]:
    """The kept months of every account are the sums of its lines."""
    kept = AccountMonth.objects.filter(cooperative=cooperative)
    lines = JournalLine.objects.filter(cooperative=cooperative)
    yield from _differences(cooperative, kept, lines, ["account_id"])


def kept_party_sums(cooperative: Cooperative) -> Iterator[str]:
    """The kept months of every party are the sums of its lines."""
    kept = PartyMonth.objects.filter(cooperative=cooperative)
    lines = JournalLine.objects.filter(cooperative=cooperative, party__isnull=False)
    yield from _differences(cooperative, kept, lines, ["account_id", "party_id"])


def _differences(
    cooperative: Cooperative, kept: QuerySet[Any], lines: QuerySet[Any], keys: list[str]
) -> Iterator[str]:
    codes = dict(Account.objects.filter(cooperative=cooperative).values_list("id", "code"))
    real = (
        lines.annotate(month_of=TruncMonth("entry_date"))
        .values_list(*keys, "month_of")
        .annotate(d=DEBITS, k=CREDITS, n=Count("id"))
        .order_by(*keys, "month_of")
    )
    stored = kept.order_by(*keys, "month").values_list(*keys, "month", "debit", "credit", "lines")
    for key, said, is_ in _unlike(_rows(stored), _rows(real)):
        yield _(
            "Account %(account)s, %(month)s: kept %(kept)s, but its lines come to %(lines)s."
        ) % {
            "account": codes.get(key[0], key[0]),
            "month": selectors.month_name(key[-1]),
            "kept": _shown(said),
            "lines": _shown(is_),
        }


def _shown(sums: Figures) -> str:
    return f"D {format_rupiah(sums[0])} K {format_rupiah(sums[1])} ({sums[2]})"


def _rows(found: QuerySet[Any]) -> Iterator[KeptRow]:
    for *key, debits, credits, count in found.iterator():
        yield tuple(key), (debits, credits, count)


def _unlike(
    kept: Iterator[KeptRow], real: Iterator[KeptRow]
) -> Iterator[tuple[Key, Figures, Figures]]:
    """Two streams in the same order, walked side by side: what differs or stands in one alone."""
    nothing = (0, 0, 0)
    left, right = next(kept, None), next(real, None)
    while left or right:
        if right is None or (left is not None and left[0] < right[0]):
            assert left is not None
            if left[1] != nothing:
                yield left[0], left[1], nothing
            left = next(kept, None)
        elif left is None or right[0] < left[0]:
            yield right[0], nothing, right[1]
            right = next(real, None)
        else:
            if left[1] != right[1]:
                yield left[0], left[1], right[1]
            left, right = next(kept, None), next(real, None)
