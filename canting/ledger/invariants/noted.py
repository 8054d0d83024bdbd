"""What the audit trail and the standard chart say of rows that the chain itself does not cover.

An entry's digest covers its content and its lines. Who posted it, what it reverses, the accounts'
own facts, the acts of months and years and the head of the book are compared here.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from canting.cooperatives import selectors as house
from canting.kernel.dates import last_of_month
from canting.ledger import selectors
from canting.ledger.models import Account, Book, FiscalPeriod, FrozenFile, JournalEntry, YearAct
from canting.ledger.rules import CHART

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

STANDARD = {row.role: row for row in CHART}
SHAPE = ("normal", "party_kind", "statement", "split", "flow")
AT_ONCE = 500
ACTS = {"prepare": "prepared", "close": "closed", "reopen": "reopened"}


def book_stands(cooperative: Cooperative) -> Iterator[str]:
    """The head of the book is there, begins on its first day and is closed as its acts say."""
    book = Book.objects.filter(cooperative=cooperative).first()
    if book is None:
        yield _("The head of the book is missing.")
        return
    last = (
        FiscalPeriod.objects.filter(cooperative=cooperative)
        .exclude(act="prepare")
        .order_by("-id")
        .first()
    )
    closed = None
    if last is not None:
        closed = last_of_month(last.month) if last.act == "close" else None
        if last.act == "reopen":
            before = selectors.day_before(last.month)
            closed = before if before >= book.opened_on else None
    if book.closed_through != closed:
        yield _("The book says it is closed through %(book)s, its acts say %(acts)s.") % {
            "book": book.closed_through or "–",
            "acts": closed or "–",
        }
    moved = house.facts_noted(cooperative=cooperative, actions=["ledger.cutover_moved"])
    begins = moved.get("book", {}).get("opened_on", cooperative.cutover_date.isoformat())
    if book.opened_on.isoformat() != begins:
        yield _("The book begins on %(book)s, its acts say %(acts)s.") % {
            "book": book.opened_on,
            "acts": begins,
        }


def entries_name_their_maker(cooperative: Cooperative) -> Iterator[str]:
    """An entry lies under its own key, was made by whom the audit trail names, and mirrors what it
    says it mirrors."""
    entries = JournalEntry.objects.filter(cooperative=cooperative)
    moved = entries.exclude(pk=F("position") + selectors.entry_id(cooperative.pk, 0))
    for position in moved.order_by("position").values_list("position", flat=True):
        yield _("Journal %(position)s lies under another key.") % {"position": position}
    for position in _other_makers(cooperative):
        yield _("Journal %(position)s names another maker than the audit trail.") % {
            "position": position
        }
    named = entries.filter(source__startswith="ledger.reversal:").values_list(
        "position", "source", "reverses__position"
    )
    for position, source, back in named.order_by("position").iterator():
        if source != f"ledger.reversal:{back}":
            yield _("Journal %(position)s no longer says which entry it takes back.") % {
                "position": position
            }
    loose = entries.filter(reverses__isnull=False).exclude(source__startswith="ledger.reversal:")
    for position in loose.order_by("position").values_list("position", flat=True):
        yield _("Journal %(position)s takes back an entry without being a reversal.") % {
            "position": position
        }


def _other_makers(cooperative: Cooperative) -> Iterator[int]:
    """Places of entries whose maker is another than in the audit trail, walked side by side."""
    entries = JournalEntry.objects.filter(cooperative=cooperative).order_by("position")
    rows = entries.values_list("position", "source", "actor_id").iterator()
    while part := list(islice(rows, AT_ONCE)):
        makers = house.actors_noted(
            cooperative=cooperative, action="ledger.posted", subjects=[row[1] for row in part]
        )
        yield from (
            position for position, source, actor in part if makers.get(source, actor) != actor
        )


def chart_is_as_opened(cooperative: Cooperative) -> Iterator[str]:
    """Every standard account is there in its place of the statements; others were opened by name."""
    acts = house.facts_noted(
        cooperative=cooperative, actions=["ledger.account_opened", "ledger.account_changed"]
    )
    found = list(Account.objects.filter(cooperative=cooperative).order_by("code"))
    for role in sorted(STANDARD.keys() - {account.role for account in found}):
        yield _("The account for %(role)s is missing.") % {"role": role}
    for account in found:
        if _differs(account, acts):
            yield _("The account %(account)s is not as it was opened or last changed.") % {
                "account": selectors.label(account)
            }


def codes_are_as_chosen(cooperative: Cooperative) -> Iterator[str]:
    """Every account is shown under the code that was chosen for it, or under ours."""
    chosen: dict[str, str] = {}
    style = ""
    actions = ["ledger.account_opened", "ledger.codes_shown"]
    for act in house.acts_noted(cooperative=cooperative, actions=actions):
        if act.action == "ledger.codes_shown":
            chosen, style = dict(act.facts["codes"]), act.facts["style"]
        else:
            chosen[act.subject] = act.facts.get("shown", "")
    kept = Book.objects.filter(cooperative=cooperative).values_list("code_style", flat=True).first()
    if kept != style:
        yield _("The style in which codes are written is not the one that was chosen.")
    for account in Account.objects.filter(cooperative=cooperative).order_by("code"):
        if account.shown != chosen.get(account.code, ""):
            yield _("The account %(account)s is not shown under the code that was chosen.") % {
                "account": selectors.label(account)
            }


def _differs(account: Account, acts: dict[str, dict[str, Any]]) -> bool:
    facts = acts.get(account.code)
    name, active = (facts or {}).get("name", ""), (facts or {}).get("active", True)
    if facts is not None and "name" not in facts:  # opened before its facts were noted
        name, active = account.name, account.active
    if (account.name, account.active) != (name, active):
        return True
    if account.role:
        row = STANDARD.get(account.role)
        if row is None or (account.code != row.code and facts is None):
            return True
        return any(
            str(getattr(account, key)) != str(getattr(row, "party" if key == "party_kind" else key))
            for key in SHAPE
        )
    if facts is None:
        return True
    shape = [str(getattr(account, key)) for key in SHAPE]
    return shape not in _shapes(account.code[0]) or ("shape" in facts and facts["shape"] != shape)


def _shapes(first: str) -> list[list[str]]:
    """How the standard accounts of a class stand in the statements."""
    return [
        [str(row.normal), row.party, row.statement, row.split, row.flow]
        for row in CHART
        if row.code[0] == first
    ]


def acts_are_in_the_audit(cooperative: Cooperative) -> Iterator[str]:
    """Every act of a month or a year is the one that the audit trail noted, and none is missing."""
    months = FiscalPeriod.objects.filter(cooperative=cooperative).order_by("id")
    yield from _unlike_audit(
        cooperative,
        "month",
        [(one.month.isoformat(), one) for one in months],
    )
    years = YearAct.objects.filter(cooperative=cooperative).order_by("id")
    yield from _unlike_audit(cooperative, "year", [(str(one.year), one) for one in years])


def _unlike_audit(
    cooperative: Cooperative, what: str, rows: list[tuple[str, Any]]
) -> Iterator[str]:
    noted = house.acts_noted(
        cooperative=cooperative, actions=[f"ledger.{what}_{word}" for word in ACTS.values()]
    )
    for row, note in zip_longest(rows, noted):
        if row is None:
            text = _("An act of %(subject)s stands in the audit trail, but not in the books.")
            yield text % {"subject": note.subject}
            return
        subject, act = row
        if note is None or not _same_act(what, subject, act, note):
            text = _("An act of %(subject)s is not the one that the audit trail noted.")
            yield text % {"subject": subject}
            return


def _same_act(what: str, subject: str, act: Any, note: Any) -> bool:
    now = selectors.act_facts(act)
    return (
        note.subject == subject
        and note.action == f"ledger.{what}_{ACTS[act.act]}"
        and note.actor_id == act.actor_id
        and all(now[key] == value for key, value in note.facts.items() if key in now)
    )


def closed_years_are_closed(cooperative: Cooperative) -> Iterator[str]:
    """In a closed year nothing is left on revenue and cost, and its entries stand."""
    years = YearAct.objects.filter(cooperative=cooperative, act="close")
    for year in sorted(set(years.values_list("year", flat=True))):
        if not selectors.year_is_closed(cooperative=cooperative, year=year):
            continue
        _first, end = selectors.year_days(year)
        rows = selectors.result_rows(cooperative=cooperative, until=end)
        last = years.filter(year=year).order_by("-id")[0]
        moved = selectors.result_of_closing(cooperative=cooperative, year=year)
        if rows or moved != last.surplus:
            yield _("The year %(year)s is closed, but its result did not all go to equity.") % {
                "year": year
            }


def frozen_files_stand(cooperative: Cooperative) -> Iterator[str]:
    """Every frozen file of a closed year is on disk as it was frozen, and none was taken away."""
    turns: Counter[int] = Counter()
    noted = house.facts_noted(cooperative=cooperative, actions=["ledger.year_frozen"])
    acts = YearAct.objects.filter(cooperative=cooperative, act="close").order_by("id")
    for act in acts.prefetch_related("files"):
        turns[act.year] += 1
        files = list(act.files.all())
        kept = {one.name: [one.digest, one.size_bytes] for one in files}
        said = noted.get(f"{act.year}/{turns[act.year]}", {}).get("files", {})
        for name in sorted(kept.keys() | said.keys()):
            if kept.get(name) != said.get(name):
                yield _("The frozen file %(name)s of %(year)s is not the one that was frozen.") % {
                    "name": name,
                    "year": act.year,
                }
        for one in files:
            if _digest_on_disk(cooperative, one) != one.digest:
                yield _("The frozen file %(name)s of %(year)s was changed or is gone.") % {
                    "name": one.name,
                    "year": act.year,
                }


def _digest_on_disk(cooperative: Cooperative, file: FrozenFile) -> str:
    path = house.attachment_path(cooperative_id=cooperative.pk, digest=file.digest)
    if not path.is_file():
        return ""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
