"""The result of each business unit, from what moved by account and kind of entry."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from canting.cooperatives import selectors as house
from canting.ledger import selectors as ledger
from canting.ledger.rules import FIRST_OF_SURPLUS, YEAR_CLOSE
from canting.treasury.models import Unit, UnitRule, UnitShare
from canting.treasury.rules import (
    FIXED,
    GROSS,
    UNIT_KEY,
    Rule,
    changes_between,
    in_force,
    section_of,
    split,
    unit_of,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.ledger.models import Account


@dataclass(frozen=True, slots=True)
class UnitAccount:
    """One account: what is whose and what is shared, as it adds to the result (costs below zero)."""

    account: Account
    label: str
    section: str
    own: tuple[int, ...]
    shared: int
    parts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of the account."""
        return sum(self.own) + self.shared


@dataclass(frozen=True, slots=True)
class UnitResults:
    """The result of every unit in a time; columns in the order of `units`, whole rupiah.

    What has no unit is split by the key; without any weight it stays apart, so that nothing is
    lost: units and what stays apart make the surplus of the statement of result.
    """

    units: tuple[Unit, ...]
    key: str
    weights: tuple[int, ...]
    rows: tuple[UnitAccount, ...]

    def own(self, *sections: str) -> tuple[int, ...]:
        """What the units have of their own in some sections, all where none is named."""
        return self._sums("own", sections)

    def parts(self, *sections: str) -> tuple[int, ...]:
        """Their parts of what is shared."""
        return self._sums("parts", sections)

    def _sums(self, which: str, sections: tuple[str, ...]) -> tuple[int, ...]:
        rows = [row for row in self.rows if not sections or row.section in sections]
        return tuple(sum(getattr(row, which)[at] for row in rows) for at in range(len(self.units)))

    @property
    def results(self) -> tuple[int, ...]:
        """The result of each unit."""
        return tuple(a + b for a, b in zip(self.own(), self.parts(), strict=True))

    @property
    def shared(self) -> int:
        """All that belongs to no unit alone."""
        return sum(row.shared for row in self.rows)

    @property
    def apart(self) -> int:
        """What was shared and could not be split."""
        return self.shared - sum(self.parts())

    @property
    def total(self) -> int:
        """The result of the whole cooperative."""
        return sum(row.total for row in self.rows)


def units(*, cooperative: Cooperative) -> QuerySet[Unit]:
    """Every business unit, in the order they were opened."""
    return Unit.objects.filter(cooperative=cooperative).order_by("id")


def unit(*, cooperative: Cooperative, pk: int) -> Unit | None:
    """One business unit."""
    return units(cooperative=cooperative).filter(pk=pk).first()


def unit_rules(*, cooperative: Cooperative) -> QuerySet[UnitRule]:
    """Every rule ever set, the newest first."""
    found = UnitRule.objects.filter(cooperative=cooperative)
    return found.select_related("account", "unit", "made_by").order_by("-valid_from", "-id")


def rules_in_force(*, cooperative: Cooperative, on: date) -> list[UnitRule]:
    """The rule that holds on a day for each account and kind, by account."""
    held: dict[tuple[int, str], UnitRule] = {}
    for row in unit_rules(cooperative=cooperative).filter(valid_from__lte=on):
        held.setdefault((row.account_id, row.kind), row)
    return sorted(held.values(), key=lambda row: (row.account.code, row.kind))


def weights_in_force(*, cooperative: Cooperative, on: date) -> dict[int, int]:
    """The fixed weight of each unit on a day."""
    rows = UnitShare.objects.filter(unit__cooperative=cooperative, valid_from__lte=on)
    return dict(rows.order_by("valid_from", "id").values_list("unit_id", "weight"))


def unit_results(*, cooperative: Cooperative, since: date, until: date) -> UnitResults:
    """The result of each unit between two days; sums by the database, by account and kind.

    The time is cut where a rule begins, so each piece is read by the rules of its own days. The
    key is that in force on the last day.
    """
    found = tuple(units(cooperative=cooperative))
    places = {one.pk: at for at, one in enumerate(found)}
    sums = _sums(cooperative, since, until)
    accounts = ledger.accounts(cooperative=cooperative).filter(code__gte=FIRST_OF_SURPLUS)
    drafts = []
    for account in accounts:
        own, shared = [0] * len(found), 0
        for whose, net in sums.get(account.pk, {}).items():
            if whose is None:
                shared += net
            else:
                own[places[whose]] += net
        if shared or any(own):
            drafts.append((account, section_of(account.statement), own, shared))
    key = str(house.parameter(cooperative=cooperative, name=UNIT_KEY, on=until))
    weights = _weights(cooperative, key, found, drafts, until)
    return UnitResults(found, key, weights, tuple(_row(draft, weights) for draft in drafts))


def _row(draft: tuple[Any, str, list[int], int], weights: tuple[int, ...]) -> UnitAccount:
    account, section, own, shared = draft
    parts = split(shared, weights) or [0] * len(weights)
    return UnitAccount(account, ledger.label(account), section, tuple(own), shared, tuple(parts))


def _sums(cooperative: Cooperative, since: date, until: date) -> dict[int, dict[int | None, int]]:
    """What moved on each account, by unit; None is what is shared."""
    rules = [
        Rule(row.account_id, row.kind, row.unit_id, row.valid_from)
        for row in unit_rules(cooperative=cooperative).order_by("id")
    ]
    ids = list(
        ledger.accounts(cooperative=cooperative)
        .filter(code__gte=FIRST_OF_SURPLUS)
        .values_list("pk", flat=True)
    )
    found: dict[int, dict[int | None, int]] = defaultdict(lambda: defaultdict(int))
    for start, end in changes_between(rules, since, until):
        held = in_force(rules, start)
        for one in ledger.sums_by_kind(
            cooperative=cooperative, since=start, until=end, account_ids=ids
        ):
            if one.kind != YEAR_CLOSE:
                found[one.account_id][unit_of(held, one.account_id, one.kind)] += one.net
    return found


def _weights(
    cooperative: Cooperative,
    key: str,
    found: tuple[Unit, ...],
    drafts: list[tuple[Any, str, list[int], int]],
    until: date,
) -> tuple[int, ...]:
    """The weight of each unit by the key: its revenue, its gross result, or what was set."""
    if key == FIXED:
        held = weights_in_force(cooperative=cooperative, on=until)
        return tuple(held.get(one.pk, 0) for one in found)
    sections = ("revenue", "cost") if key == GROSS else ("revenue",)
    rows = [own for _account, section, own, _shared in drafts if section in sections]
    return tuple(max(sum(own[at] for own in rows), 0) for at in range(len(found)))
