"""What the cooperative owed members on the first day: shares of leavers, surplus not drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.portal.errors import BelowNothing
from canting.portal.old_books.ground import Plan
from canting.portal.old_books.people import Person
from canting.portal.rules.old_book import Effect
from canting.portal.rules.opening import OpeningLine

LEAVERS, SHARES = "exit_payable", "shu_payable"


def prepare(plan: Plan) -> None:
    """Find whose the rows are, and what the whole file still needs said."""
    plan.needs.update(plan.reading.needs)
    plan.rows = list(plan.reading.rows)
    plan.find_people(plan.rows)
    plan.said = plan.reading.said.get("total")


def fill_leavers(plan: Plan) -> None:
    """What is still to be repaid to those who left before the first day (posting.md: exit)."""
    _fill(plan, LEAVERS, _leaver_effect)


def fill_surplus(plan: Plan) -> None:
    """Surplus that a meeting shared out and members have not drawn yet: a debt to each of them."""
    _fill(plan, SHARES, lambda _plan, _row: Effect.OPENING)


def _leaver_effect(plan: Plan, row: Mapping[str, Any]) -> Effect:
    """Owed on the first day, repaid before it, or left only after it."""
    left, repaid = row["left_on"], row["repaid_on"]
    if left and left >= plan.opens_on:
        return Effect.LATER
    if repaid:
        return Effect.SETTLED if repaid < plan.opens_on else Effect.OPENING
    return Effect.SETTLED if row["is_repaid"] else Effect.OPENING


def _fill(plan: Plan, role: str, effect_of: Callable[[Plan, Mapping[str, Any]], Effect]) -> None:
    standing = {
        one.party_id: one.balance
        for one in ledger.party_balances(cooperative=plan.cooperative, role=role)
    }
    for row in plan.rows:
        person, amount = plan.person_of(row), row["amount"]
        out = plan.is_out(row, person) or amount is None
        effect = Effect.OUT if out else effect_of(plan, row)
        plan.keep(
            {**row, "on": row.get("left_on")}, what=role, effect=effect, person=person,
            text=str(row.get("reason", "")),
        )  # fmt: skip
        if effect != Effect.OPENING:
            continue
        plan.booking.total += amount
        if amount < 0:
            plan.problems.append(
                BelowNothing(
                    row=row["row"], column=_("total"), name=person.label,
                    left=format_rupiah(amount),
                )
            )  # fmt: skip
        elif amount:
            _owe(plan, role, person, row, standing)


def _owe(
    plan: Plan, role: str, person: Person, row: Mapping[str, Any], standing: Mapping[int, int]
) -> None:
    party = person.member.party if person.member else None
    plan.booking.opening.append(
        OpeningLine(role, row["amount"], Side.CREDIT, party, row.get("left_on"))
    )
    there = standing.get(party.pk, 0) if party else 0
    if there and not plan.answers.on_top:
        plan.need("on_top", f"{person.label}: {format_rupiah(there)}")
