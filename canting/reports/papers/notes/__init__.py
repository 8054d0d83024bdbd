"""Notes to the statements: text that is kept from year to year between tables that fill themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from canting.kernel.texts import gettext_noop
from canting.ledger.papers import StatementTable
from canting.reports import selectors
from canting.reports.papers.notes import balances, results
from canting.reports.papers.notes.ground import Ground, NoteSection
from canting.reports.rules.notes import SHARES_SENTENCE
from canting.reports.statements import Period

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

Tables = Callable[[Ground], tuple[StatementTable, ...]]
Words = Callable[[Ground], Sequence[str]]


class Plan(NamedTuple):
    """One section: which text it carries, what it says by itself, which tables it shows."""

    key: str
    title: str
    text: str = ""
    words: tuple[Words, ...] = ()
    points: tuple[Words, ...] = ()
    tables: Tables | None = None


def _shares(_ground: Ground) -> list[str]:
    return [_(SHARES_SENTENCE)]


PLAN: tuple[Plan, ...] = (
    Plan("general", gettext_noop("The cooperative"), "general", (results.house_words,)),
    Plan("policies", gettext_noop("Accounting policies"), "policies"),
    Plan(
        "judgement",
        gettext_noop("Judgements and estimates"),
        "judgement",
        points=(results.choice_words,),
    ),
    Plan("cash", gettext_noop("Cash and bank"), tables=balances.cash_tables),
    Plan("receivables", gettext_noop("Receivables"), tables=balances.receivable_tables),
    Plan("inventory", gettext_noop("Inventory"), tables=balances.inventory_tables),
    Plan("assets", gettext_noop("Fixed assets"), tables=balances.asset_tables),
    Plan("payables", gettext_noop("Debts"), tables=balances.payable_tables),
    Plan("taxes", gettext_noop("Taxes"), tables=balances.tax_tables),
    Plan("savings", gettext_noop("Members' savings"), tables=balances.savings_tables),
    Plan("funds", gettext_noop("Shared surplus and funds"), tables=balances.fund_tables),
    Plan(
        "capital",
        gettext_noop("Own capital"),
        words=(_shares, balances.capital_words),
        points=(results.capital_moves,),
        tables=results.capital_tables,
    ),
    Plan("revenue", gettext_noop("Revenue and costs"), tables=results.revenue_tables),
    Plan(
        "key",
        gettext_noop("Business with members and with others"),
        words=(results.key_sentences,),
        tables=results.key_tables,
    ),
    Plan("noncash", gettext_noop("Without money"), tables=results.noncash_tables),
    Plan("related", gettext_noop("Related parties"), "related", tables=results.related_tables),
    Plan("after", gettext_noop("After the last day"), "after"),
    Plan("other", gettext_noop("Other matters"), "other"),
)


def notes(*, cooperative: Cooperative, period: Period) -> list[NoteSection]:
    """The notes of a time, numbered; a section that has neither text nor figures is left out."""
    ground = Ground(cooperative, period)
    texts = selectors.notes_of(cooperative=cooperative, year=period.until.year)
    found: list[NoteSection] = []
    for plan in PLAN:
        text = texts[plan.text].text if plan.text else ""
        own = [word for words in plan.words for word in words(ground)]
        points = tuple(word for words in plan.points for word in words(ground))
        tables = plan.tables(ground) if plan.tables else ()
        paragraphs = (*(part for part in text.splitlines() if part), *own)
        if paragraphs or points or tables or plan.text:
            place, title = len(found) + 1, _(plan.title)
            # A table that is called as its section needs no title of its own.
            shown = tuple(
                StatementTable("", one.lead, one.columns, one.rows) if one.title == title else one
                for one in tables
            )
            found.append(NoteSection(plan.key, place, title, paragraphs, points, shown, plan.text))
    return found


__all__ = ["Ground", "NoteSection", "notes"]
