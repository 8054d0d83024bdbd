"""The nine checks before a month is closed: each domain says its own, here they come together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from typing import Any, NamedTuple

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from canting.kernel.invariants import CloseCheck, Fault, close_checks

MOST_FAULTS = 20
SHORTEST_REASON = 10


class Topic(NamedTuple):
    """One line of the list: its key, what it says, whether a written reason may pass it over."""

    key: str
    says: Any
    may_pass: bool


# The chain, the numbers and the control accounts prove the books: no reason passes them over, and
# posting.md 2.8 lets nothing stand in suspense at a close.
TOPICS: tuple[Topic, ...] = (
    Topic("cash", _("Cash is counted"), may_pass=True),
    Topic("bank", _("The bank agrees with the book"), may_pass=True),
    Topic("stock", _("Stock and custody are counted"), may_pass=True),
    Topic("drafts", _("No paper is left half done"), may_pass=True),
    Topic("numbering", _("Numbers follow each other"), may_pass=False),
    Topic("parties", _("Control accounts equal their parties"), may_pass=False),
    Topic("suspense", _("Suspense is empty"), may_pass=False),
    Topic("depreciation", _("Depreciation is booked"), may_pass=True),
    Topic("chain", _("The chain is verified"), may_pass=False),
)


@dataclass(frozen=True)
class Checked:
    """One of the nine as it stands: what is open, or the figures when nothing is."""

    topic: Topic
    faults: tuple[Fault, ...]
    words: str

    @property
    def is_fine(self) -> bool:
        """True when nothing is open."""
        return not self.faults


def checked(*, cooperative: Any, month: date) -> list[Checked]:
    """The nine checks of a month, run just now, in the order of the list."""
    return [
        _checked(topic, [one for one in found if one.topic == topic.key], cooperative, month)
        for found in [close_checks()]
        for topic in TOPICS
    ]


def _checked(topic: Topic, checks: Sequence[CloseCheck], cooperative: Any, month: date) -> Checked:
    faults = [
        fault if isinstance(fault, Fault) and fault.view else Fault(fault, check.cure)
        for check in checks
        for fault in islice(check.faults(cooperative, month), MOST_FAULTS)
    ]
    words = [] if faults else [one.fine(cooperative, month) for one in checks if one.fine]
    return Checked(topic, tuple(faults), " · ".join(word for word in words if word))


def left_open(found: Sequence[Checked], passed: Mapping[str, str]) -> list[Fault]:
    """What still holds the closing up, after the reasons given for what may be passed over."""
    return [
        fault
        for one in found
        for fault in one.faults
        if not (one.topic.may_pass and len(passed.get(one.topic.key, "")) >= SHORTEST_REASON)
    ]


class StatementWord(NamedTuple):
    """What a bank's statement says of one account at the end of a day.

    `balance` in whole rupiah; `unmatched` counts its lines without an entry of ours; `view` is
    where they are matched.
    """

    balance: int
    unmatched: int = 0
    view: str = ""
    parts: tuple[Any, ...] = ()


def said_by_bank(*, cooperative: Any, account: Any, on: date) -> StatementWord | None:
    """What the bank says of an account, by the first domain whose `selectors.bank_statement` knows.

    The desk stands below the domain that reads statements: it is asked here by name. Without any,
    the balance typed at the desk is all there is.
    """
    for config in apps.get_app_configs():
        if config.name.startswith("canting.") and find_spec(f"{config.name}.selectors"):
            asked = getattr(import_module(f"{config.name}.selectors"), "bank_statement", None)
            if asked is not None:
                word: StatementWord | None = asked(cooperative=cooperative, account=account, on=on)
                if word is not None:
                    return word
    return None


@dataclass(frozen=True)
class Frozen:
    """A file of a closed year: its name, what it is, and the pieces it is written in.

    `pieces` takes the cooperative and the first and last day of the year, after its result went to
    equity, and yields bytes; long files are yielded in parts, so that memory stays bounded.
    """

    name: str
    says: Any
    pieces: Callable[[Any, date, date], Iterable[bytes]]


def frozen_files() -> list[Frozen]:
    """The files of every domain (`frozen.FROZEN`) that a closing year freezes, lowest first.

    Of two with the same name the higher domain's is taken.
    """
    return _files("FROZEN")


def taken_along() -> list[Frozen]:
    """What stands in an archive of a year beside them (`frozen.ARCHIVED`): books and registers."""
    return _files("ARCHIVED")


def _files(named: str) -> list[Frozen]:
    found: dict[str, Frozen] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("canting.") and find_spec(f"{config.name}.frozen"):
            for one in getattr(import_module(f"{config.name}.frozen"), named, ()):
                found[one.name] = one
    return list(found.values())
