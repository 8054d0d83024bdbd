"""Reads of years prepared, closed and opened again, and of what a closing moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, QuerySet, Sum, When
from django.db.models.functions import ExtractYear

from canting.ledger.models import (
    Book,
    FiscalPeriod,
    FrozenFile,
    JournalEntry,
    JournalLine,
    YearAct,
)
from canting.ledger.rules import FIRST_OF_SURPLUS, YEAR_CLOSE, Side
from canting.ledger.selectors.balances import trial_balance
from canting.ledger.selectors.refs import AccountBalance

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

# The code of a line's account as people here write it.
SHOWN_CODE = Case(When(account__shown="", then=F("account__code")), default=F("account__shown"))


# What a meeting decided about the surplus or the loss of past years.
DECIDED = ("surplus_split", "shu_loss_covered")


def year_acts(*, cooperative: Cooperative) -> QuerySet[YearAct]:
    """Every preparing, closing and reopening of a year, newest first, with who did it."""
    found = YearAct.objects.filter(cooperative=cooperative)
    return found.select_related("actor").prefetch_related("files").order_by("-id")


def last_year_act(*, cooperative: Cooperative, year: int) -> YearAct | None:
    """What was last done with a year: prepared, closed or opened again."""
    return year_acts(cooperative=cooperative).filter(year=year).first()


def year_is_closed(*, cooperative: Cooperative, year: int) -> bool:
    """True when the year's result went to equity and the year was not opened again since."""
    last = YearAct.objects.filter(cooperative=cooperative, year=year).exclude(act="prepare")
    return last.order_by("-id").values_list("act", flat=True).first() == "close"


def closings_of(*, cooperative: Cooperative, year: int) -> int:
    """How often a year was closed so far."""
    return YearAct.objects.filter(cooperative=cooperative, year=year, act="close").count()


def next_year_to_close(*, cooperative: Cooperative, book: Book) -> int:
    """The year that is next in turn to be closed."""
    year = book.opened_on.year
    while year_is_closed(cooperative=cooperative, year=year):
        year += 1
    return year


def frozen_file(*, cooperative: Cooperative, year: int, name: str) -> FrozenFile | None:
    """A file of a year as its last closing froze it, or nothing."""
    found = FrozenFile.objects.filter(
        act__cooperative=cooperative, act__year=year, act__act="close", name=name
    )
    return found.order_by("-act_id").first()


def year_days(year: int) -> tuple[date, date]:
    """The first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def year_source(year: int, turn: int, *, opening: bool) -> str:
    """The source of an entry of a closing: which year, for the how-manieth time, which of the two."""
    return f"ledger.year_close:{year}/{turn}/{'awal' if opening else 'tutup'}"


def result_rows(*, cooperative: Cooperative, until: date) -> list[AccountBalance]:
    """The accounts of revenue and cost that stand at something at the end of a day, by code."""
    rows = trial_balance(cooperative=cooperative, as_of=until)
    return [row for row in rows if row.code >= FIRST_OF_SURPLUS and row.net]


def result_until(*, cooperative: Cooperative, until: date) -> int:
    """The surplus that stands on the accounts of revenue and cost; a loss is below zero."""
    return -sum(row.net for row in result_rows(cooperative=cooperative, until=until))


def year_entries(*, cooperative: Cooperative, year: int) -> list[JournalEntry]:
    """The entries of a year's closing that stand: the new year's first, then the old year's."""
    found = JournalEntry.objects.filter(
        cooperative=cooperative,
        kind=YEAR_CLOSE,
        entry_date__in=[date(year, 12, 31), date(year + 1, 1, 1)],
        source__startswith=f"ledger.year_close:{year}/",
        reversed_by__isnull=True,
    )
    return list(found.order_by("-position"))


def was_decided(*, cooperative: Cooperative, year: int) -> bool:
    """True while a sharing or the cover of a loss stands that was booked since the year's end."""
    found = JournalEntry.objects.filter(
        cooperative=cooperative,
        kind__in=DECIDED,
        entry_date__gt=date(year, 12, 31),
        reversed_by__isnull=True,
    )
    return found.exists()


def closing_sums(*, cooperative: Cooperative, year: int) -> dict[str, int]:
    """What the standing closing took from each account of revenue and cost, by code; debits above 0."""
    entries = [entry.pk for entry in year_entries(cooperative=cooperative, year=year)]
    rows = (
        JournalLine.objects.filter(
            cooperative=cooperative, entry_id__in=entries, account__code__gte=FIRST_OF_SURPLUS
        )
        .values_list("account__code", "side")
        .annotate(total=Sum("amount"))
        .order_by("account__code")
    )
    return {code: total if side == Side.DEBIT else -total for code, side, total in rows}


def result_of_closing(*, cooperative: Cooperative, year: int) -> int:
    """The surplus that the standing closing of a year moved to equity."""
    return sum(closing_sums(cooperative=cooperative, year=year).values())


def journal_rows(
    *, cooperative: Cooperative, since: date, until: date
) -> Iterator[tuple[Any, ...]]:
    """Every line between two days in the order of the chain, read piece by piece.

    Journal number, day, day of the paper, source, paper, kind, memo, account, party, debit, credit,
    business, digest of the entry.
    """
    rows = (
        JournalLine.objects.filter(
            cooperative=cooperative, entry_date__gte=since, entry_date__lte=until
        )
        .order_by("entry_id", "id")
        .annotate(shown_code=SHOWN_CODE)
        .values_list(
            "entry__position", "entry_date", "entry__own_date", "entry__source", "entry__paper",
            "entry__kind", "entry__memo", "shown_code", "party__name", "side", "amount",
            "business", "entry__digest",
        )
    )  # fmt: skip
    for *head, party, side, amount, business, digest in rows.iterator(chunk_size=2_000):
        both = (amount, None) if side == Side.DEBIT else (None, amount)
        yield (*head, party or "", *both, business, digest)


def act_facts(act: FiscalPeriod | YearAct) -> dict[str, Any]:
    """What the audit trail keeps of an act, so that a row changed afterwards is found."""
    facts: dict[str, Any] = {
        "reason": act.reason,
        "checkpoint": act.checkpoint,
        "position": act.position,
        "made_at": act.made_at.astimezone(UTC).isoformat(),
    }
    if isinstance(act, FiscalPeriod):
        return facts | {"passed": act.passed}
    return facts | {"surplus": act.surplus}


def entries_by_year(*, cooperative: Cooperative) -> dict[int, int]:
    """How many entries each year has; one query."""
    found = JournalEntry.objects.filter(cooperative=cooperative).annotate(
        year=ExtractYear("entry_date")
    )
    return dict(found.order_by().values_list("year").annotate(count=Count("pk")))
