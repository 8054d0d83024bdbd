"""Books as plain text that other programs read: the journals of beancount and of hledger."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from canting.kernel.dates import next_month
from canting.ledger.rules.lines import Side

CURRENCY: Final = "IDR"
# Their five classes by the first digit of ours; 7 holds other income and other expense.
CLASSES: Final = {"1": "Assets", "2": "Liabilities", "3": "Equity", "4": "Income"}
COST, INCOME = "Expenses", "Income"
_NOT_A_NAME = re.compile(r"[^\w]+|_+")
_NOT_A_LINK = re.compile(r"[^A-Za-z0-9\-_/.]")
_SPACES = re.compile(r"\s+")


class TextForm(StrEnum):
    """The programs whose journal is written."""

    BEANCOUNT = "beancount"
    HLEDGER = "hledger"


@dataclass(frozen=True, slots=True)
class TextAccount:
    """An account under the name that it has in the text."""

    code: str
    name: str
    title: str
    is_cash: bool = False


@dataclass(frozen=True, slots=True)
class TextLine:
    """One side of an entry: whole rupiah, debits above zero; whose it is, as kind:number."""

    account: str
    amount: int
    party: str = ""
    business: str = ""


@dataclass(frozen=True, slots=True)
class TextEntry:
    """An entry as the text tells it; `payee` is the one party that it names, or empty."""

    position: int
    on: date
    own_date: date
    source: str
    paper: str
    kind: str
    memo: str
    payee: str
    digest: str
    reverses: int | None = None
    lines: list[TextLine] = field(default_factory=list)


def class_of(code: str, normal: str) -> str:
    """Assets, Liabilities, Equity, Income or Expenses for an account of ours."""
    if code[0] == "7":
        return INCOME if normal == Side.CREDIT else COST
    return CLASSES.get(code[0], COST)


def text_name(code: str, title: str, normal: str, shown: str = "") -> str:
    """`Assets:1102-Kas-kantor`: class, code and title in letters that both programs accept."""
    words = _NOT_A_NAME.sub("-", title).strip("-")
    written = _NOT_A_NAME.sub("-", shown or code)
    return f"{class_of(code, normal)}:{written}{'-' if words else ''}{words}"


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


class Writer(ABC):
    """How one program wants its journal; every piece ends with a line's end."""

    @abstractmethod
    def head(self, title: str, opened_on: date, accounts: Iterable[TextAccount]) -> Iterator[str]:
        """The options and the accounts."""

    @abstractmethod
    def entry(self, entry: TextEntry) -> str:
        """One entry with its lines."""

    @abstractmethod
    def stands(self, month: date, balances: Sequence[tuple[str, int]]) -> Iterator[str]:
        """What the accounts must come to after the last day of a month, for the program to check."""


class Beancount(Writer):
    """`bean-check` reads it."""

    def head(self, title: str, opened_on: date, accounts: Iterable[TextAccount]) -> Iterator[str]:
        """Title, currency, one `open` an account."""
        yield f'option "title" {_quoted(title)}\n'
        yield f'option "operating_currency" "{CURRENCY}"\n\n'
        for account in accounts:
            yield f"{opened_on} open {account.name} {CURRENCY}\n  title: {_quoted(account.title)}\n"
        yield "\n"

    def entry(self, entry: TextEntry) -> str:
        """The paper's number is a link, so that an entry and its reversal are found together."""
        payee = f"{_quoted(entry.payee)} " if entry.payee else ""
        link = f" ^{_NOT_A_LINK.sub('-', entry.paper)}" if entry.paper else ""
        parts = [f"{entry.on} * {payee}{_quoted(entry.memo)}{link}"]
        parts += [f"  {key}: {value}" for key, value in self._facts(entry)]
        for line in entry.lines:
            parts.append(f"  {line.account}  {line.amount} {CURRENCY}")
            if line.party:
                parts.append(f"    party: {_quoted(line.party)}")
            if line.business:
                parts.append(f"    business: {_quoted(line.business)}")
        return "\n".join(parts) + "\n\n"

    def _facts(self, entry: TextEntry) -> Iterator[tuple[str, str]]:
        yield "journal", str(entry.position)
        yield "source", _quoted(entry.source)
        if entry.paper:
            yield "paper", _quoted(entry.paper)
        yield "kind", _quoted(entry.kind)
        if entry.own_date != entry.on:
            yield "papers-day", str(entry.own_date)
        if entry.reverses is not None:
            yield "reverses", str(entry.reverses)
        yield "digest", _quoted(entry.digest)

    def stands(self, month: date, balances: Sequence[tuple[str, int]]) -> Iterator[str]:
        """A `balance` holds at the beginning of its day: the first of the next month."""
        day = next_month(month)
        for account, amount in balances:
            yield f"{day} balance {account}  {amount} {CURRENCY}\n"
        yield "\n"


class Hledger(Writer):
    """`hledger check --strict` reads it."""

    def head(self, title: str, opened_on: date, accounts: Iterable[TextAccount]) -> Iterator[str]:
        """Title, currency, one `account` an account; cash is marked for its cash flow statement."""
        yield f"; {_one_line(title)}\n\ncommodity 1000. {CURRENCY}\n\n"
        for account in accounts:
            kind = "  ; type: C" if account.is_cash else ""
            yield f"account {account.name}{kind}\n"
        yield "\n"

    def entry(self, entry: TextEntry) -> str:
        """The paper's number is the code; what has no field of its own is a tag."""
        code = entry.paper or str(entry.position)
        words = " | ".join(_unmarked(word) for word in (entry.payee, entry.memo) if word)
        parts = [f"{entry.on} * ({code}) {words}".rstrip()]
        parts += [f"    ; {key}: {value}" for key, value in self._facts(entry)]
        for line in entry.lines:
            tags = [("party", line.party), ("business", line.business)]
            said = ", ".join(f"{key}: {value}" for key, value in tags if value)
            note = f"  ; {said}" if said else ""
            parts.append(f"    {line.account}  {line.amount} {CURRENCY}{note}")
        return "\n".join(parts) + "\n\n"

    def _facts(self, entry: TextEntry) -> Iterator[tuple[str, str]]:
        yield "journal", str(entry.position)
        yield "source", _unmarked(entry.source)
        yield "kind", entry.kind
        if entry.own_date != entry.on:
            yield "papers_day", str(entry.own_date)
        if entry.reverses is not None:
            yield "reverses", str(entry.reverses)
        yield "digest", entry.digest

    def stands(self, month: date, balances: Sequence[tuple[str, int]]) -> Iterator[str]:
        """One entry of zeros on the month's first day after it, each with what must stand there."""
        yield f"{next_month(month)} * saldo\n"
        for account, amount in balances:
            yield f"    {account}  0 {CURRENCY} = {amount} {CURRENCY}\n"
        yield "\n"


def _quoted(text: str) -> str:
    escaped = _one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _unmarked(text: str) -> str:
    """Words without the signs that begin a comment, part the payee or end a tag in hledger."""
    plain = _one_line(text).replace(";", ",").replace("|", "/").replace("=", "-")
    return plain.lstrip("!*(")


WRITERS: Final[dict[TextForm, Writer]] = {
    TextForm.BEANCOUNT: Beancount(),
    TextForm.HLEDGER: Hledger(),
}
ENDINGS: Final[dict[TextForm, str]] = {
    TextForm.BEANCOUNT: "beancount",
    TextForm.HLEDGER: "journal",
}
