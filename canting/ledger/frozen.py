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


TRIAL_COLUMNS = (
    Column("akun", "identity"),
    Column("nama akun", width=48),
    Column("debit", "number"),
    Column("kredit", "number"),
)
LEDGER_COLUMNS = (
    Column("akun", "identity"),
    Column("nama akun", width=48),
    Column("tanggal", "date"),
    Column("nomor jurnal", "number"),
    Column("surat"),
    Column("keterangan"),
    Column("nama pihak"),
    Column("debit", "number"),
    Column("kredit", "number"),
    Column("saldo", "number"),
)
PARTY_COLUMNS = (
    Column("akun", "identity"),
    Column("golongan"),
    Column("nomor", "identity"),
    Column("nama"),
    Column("saldo debit", "number"),
    Column("saldo kredit", "number"),
)


def _sides(net: int) -> tuple[int, int]:
    return max(net, 0), max(-net, 0)


def trial_csv(cooperative: Cooperative, _since: date, until: date) -> Iterator[bytes]:
    """The trial balance before closing as a table: each account on the side where it stands."""
    rows = ((row.code, row.name, *_sides(row.net)) for row in before_closing(cooperative, until))
    return _pieces(write_csv(TRIAL_COLUMNS, rows))


def ledger_csv(cooperative: Cooperative, since: date, until: date) -> Iterator[bytes]:
    """Every line of every account with the balance after it, account by account, oldest first."""
    return _pieces(write_csv(LEDGER_COLUMNS, _ledger_rows(cooperative, since, until)))


def _ledger_rows(cooperative: Cooperative, since: date, until: date) -> Iterator[Sequence[Any]]:
    day_before = since - timedelta(days=1)
    opened = {
        row.code: row.balance
        for row in selectors.trial_balance(cooperative=cooperative, as_of=day_before)
    }
    for account in selectors.accounts(cooperative=cooperative):
        head = (account.code, selectors.account_name(account.role, account.name))
        opening = opened.get(account.code, 0)
        if opening:
            yield (*head, since, None, "", "saldo awal", "", None, None, opening)
        lines = selectors.running_lines(
            cooperative=cooperative, accounts=[account], since=since, until=until, opening=opening
        )
        for one in lines:
            yield (
                *head, one.day, one.position, one.paper, one.memo, one.party, one.debit,
                one.credit, one.balance,
            )  # fmt: skip


def parties_csv(cooperative: Cooperative, _since: date, until: date) -> Iterator[bytes]:
    """What every member, supplier and buyer has on each account on the year's last day."""
    found = selectors.standings(cooperative=cooperative, month=until.replace(day=1))
    rows = ((one.account, one.kind, one.number, one.name, *_sides(one.net)) for one in found)
    return _pieces(write_csv(PARTY_COLUMNS, rows))


ARCHIVED: tuple[Frozen, ...] = (
    Frozen("neraca-saldo.csv", gettext_lazy("Trial balance before closing"), trial_csv),
    Frozen("buku-besar.csv", gettext_lazy("Ledger: every line of every account"), ledger_csv),
    Frozen("saldo-pihak.csv", gettext_lazy("Balances of members and others"), parties_csv),
)
