"""What a closing year freezes of the books themselves: balances, journal, checkpoints."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.kernel.closing import Frozen
from canting.kernel.tables_out import Column, write_csv
from canting.ledger import selectors
from canting.ledger.papers import StatementTable, as_pdf, trial_table
from canting.ledger.rules import Side

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

PIECE = 256 * 1024
JOURNAL_COLUMNS = (
    Column("nomor jurnal", "number"),
    Column("tanggal", "date"),
    Column("tanggal surat", "date"),
    Column("sumber"),
    Column("surat"),
    Column("jenis"),
    Column("keterangan"),
    Column("akun"),
    Column("nama pihak"),
    Column("debit", "number"),
    Column("kredit", "number"),
    Column("usaha"),
    Column("sidik"),
)


def _json(facts: Any) -> Iterator[bytes]:
    text = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True, default=str)
    yield f"{text}\n".encode()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def before_closing(cooperative: Cooperative, until: date) -> list[selectors.AccountBalance]:
    """The trial balance of a closed year's last day as it was before its result went to equity."""
    back = dict(selectors.closing_sums(cooperative=cooperative, year=until.year))
    surplus = sum(back.values())
    named = {account.code: account for account in selectors.accounts(cooperative=cooperative)}
    found = {row.code: row for row in selectors.trial_balance(cooperative=cooperative, as_of=until)}
    if surplus:
        back[selectors.account_for(cooperative=cooperative, role="shu_current").code] = -surplus
    for code, amount in back.items():
        account = named[code]
        # A line of the closing is taken off again on its own side.
        found[code] = selectors.AccountBalance(
            account.pk,
            code,
            account.role,
            selectors.account_name(account.role, account.name),
            Side(account.normal),
            account.statement,
            found[code].debit - max(amount, 0),
            found[code].credit - max(-amount, 0),
            account.shown,
        )
    return [found[code] for code in sorted(found)]


def _balances(rows: Iterable[selectors.AccountBalance]) -> dict[str, Any]:
    return {row.code: {"name": row.name, "net": row.net} for row in rows if row.net}


def trial_json(cooperative: Cooperative, _since: date, until: date) -> Iterator[bytes]:
    """The trial balance before closing, debits above zero, by code."""
    rows = _balances(before_closing(cooperative, until))
    return _json({"cooperative": cooperative.name, "as_of": until, "accounts": rows})


def opening_json(cooperative: Cooperative, _since: date, until: date) -> Iterator[bytes]:
    """The opening balances of the next year, debits above zero, by code; parties by account."""
    first = until + timedelta(days=1)
    rows = selectors.trial_balance(cooperative=cooperative, as_of=first)
    return _json({
        "cooperative": cooperative.name,
        "as_of": first,
        "accounts": _balances(rows),
    })  # fmt: skip


def _pdf(cooperative: Cooperative, tables: Sequence[StatementTable]) -> Iterator[bytes]:
    yield as_pdf(
        cooperative,
        tables,
        provisional=False,
        made_by="Canting",
        signers=[_("Manager"), _("Board"), _("Supervisors")],
    )


def trial_pdf(cooperative: Cooperative, _since: date, until: date) -> Iterator[bytes]:
    """The trial balance before closing, fit to sign."""
    return _pdf(cooperative, [trial_table(before_closing(cooperative, until), until)])


def journal_csv(cooperative: Cooperative, since: date, until: date) -> Iterator[bytes]:
    """Every line of the year in the order of the chain, each with the digest of its entry."""
    rows = selectors.journal_rows(cooperative=cooperative, since=since, until=until)
    return _pieces(write_csv(JOURNAL_COLUMNS, rows))


def checkpoints_json(cooperative: Cooperative, since: date, until: date) -> Iterator[bytes]:
    """The checkpoints of every closing until now, and the digest of every entry in order."""
    kept = selectors.periods(cooperative=cooperative).filter(act="close", month__lte=until)
    return _json({
        **selectors.checkpoint_file(cooperative=cooperative),
        "year": since.year,
        "months": [
            {"month": one.month, "position": one.position, "digest": one.checkpoint}
            for one in kept.order_by("id")
        ],
    })  # fmt: skip


FROZEN: tuple[Frozen, ...] = (
    Frozen("neraca-saldo.pdf", gettext_lazy("Trial balance before closing"), trial_pdf),
    Frozen("neraca-saldo.json", gettext_lazy("Trial balance before closing"), trial_json),
    Frozen("saldo-awal.json", gettext_lazy("Opening balances of the next year"), opening_json),
    Frozen("jurnal.csv", gettext_lazy("Journal of the year"), journal_csv),
    Frozen("titik-periksa.json", gettext_lazy("Checkpoints"), checkpoints_json),
)
