"""Paying makers: what was shown is what is booked, once; and putting a slip right."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.cash import selectors as cash
from canting.cooperatives import selectors as house
from canting.cooperatives.services import issue_token, next_number, note_message, record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, Line, credit, debit, nonzero
from canting.ledger.services import post_entries, reverse_entry
from canting.lending.rules import PASSED_ON
from canting.lending.services import forget_deducted, note_deducted
from canting.settlement import selectors
from canting.settlement.errors import (
    CalculationChanged,
    NobodyChosen,
    NothingToPay,
    ReasonNeeded,
    SlipReversed,
)
from canting.settlement.models import Deduction, SettledLine, Slip
from canting.settlement.rules import SOURCE, Due, DueKind, Taken
from canting.settlement.selectors import PartyPlan, SlipPlan
from canting.taxes.services import Kept, forget_withheld, note_withheld

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party, Token, User


@dataclass(frozen=True, slots=True)
class Choice:
    """One maker to be paid: how her piece pay falls on days, and the mark of what was shown."""

    party_id: int
    days: str = ""
    shown: str = ""


@transaction.atomic
def pay_makers(
    *,
    cooperative: Cooperative,
    choices: Sequence[Choice],
    cash_place: str,
    on: date,
    actor: User,
) -> list[Slip]:
    """Pay these makers all that waits for them: one slip per payable, in one transaction.

    Raises NobodyChosen, NothingToPay, CalculationChanged (when the figures are no longer those
    that were shown), BadDays, DaysDoNotAddUp, NotEnoughCash, UnknownPlace, PeriodClosed.
    """
    if not choices:
        raise NobodyChosen()
    wanted = {choice.party_id: choice for choice in choices}
    parties = house.lock_parties(cooperative=cooperative, ids=wanted)
    found = {
        plan.party.pk: plan
        for plan in selectors.plans(
            cooperative=cooperative,
            on=on,
            party_ids=[party.pk for party in parties],
            days={choice.party_id: choice.days for choice in choices},
        )
    }
    paid = [_checked(found.get(party.pk), party, wanted[party.pk].shown) for party in parties]
    cash.require_cash(
        cooperative=cooperative, place=cash_place, amount=sum(p.paid for p in paid), on=on
    )
    batch = secrets.token_hex(6)
    ordered = sorted(paid, key=lambda plan: plan.party.number)
    made = [
        (_write(cooperative, plan.party, slip, cash_place, on, batch, actor), slip)
        for plan in ordered
        for slip in plan.slips
    ]
    _post(cooperative, made, actor)
    return [slip for slip, _plan in made]


def _checked(plan: PartyPlan | None, party: Party, shown: str) -> PartyPlan:
    if plan is None or not plan.slips:
        raise NothingToPay(name=party.name)
    if shown and shown != plan.digest:
        raise CalculationChanged(name=party.name, paid=format_rupiah(plan.paid))
    return plan


def _write(
    cooperative: Cooperative,
    party: Party,
    plan: SlipPlan,
    cash_place: str,
    on: date,
    batch: str,
    actor: User,
    replaces: Slip | None = None,
) -> Slip:
    made = Slip.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series="BA", on=on),
        party=party,
        payable=plan.payable,
        paid_date=on,
        cash_place=cash_place,
        earned=plan.calculation.earned,
        deducted=plan.calculation.deducted,
        paid=plan.calculation.paid,
        cap=plan.calculation.cap,
        not_yet_due=plan.not_yet_due,
        days=[[day.on.isoformat() if day.on else "", day.amount] for day in plan.days],
        batch=batch,
        replaces=replaces,
        made_by=actor,
        made_at=timezone.now(),
    )
    SettledLine.objects.bulk_create(
        SettledLine(slip=made, line_id=line.id, amount=line.amount) for line in plan.lines
    )
    Deduction.objects.bulk_create(_deductions(made, plan))
    return made


def _deductions(slip: Slip, plan: SlipPlan) -> list[Deduction]:
    made = plan.calculation
    tax = Due(DueKind.TAX, "pph21_payable", made.tax, "")
    taken = [*([Taken(tax, made.tax)] if made.tax else []), *made.taken]
    return [
        Deduction(
            slip=slip,
            position=position,
            kind=one.due.kind.value,
            role=one.due.role,
            due=one.due.amount,
            amount=one.amount,
            reason=one.due.reason[:200],
            due_date=one.due.on,
            consent=one.due.consent,
        )
        for position, one in enumerate(taken, start=1)
    ]


def _post(cooperative: Cooperative, made: Sequence[tuple[Slip, SlipPlan]], actor: User) -> None:
    drafts = [
        Draft(
            source=f"{SOURCE}:{slip.number}",
            entry_date=slip.paid_date,
            kind="settlement",
            memo=f"Slip {slip.number} {slip.party.name}",
            lines=_lines(slip, plan),
            paper=slip.number,
        )
        for slip, plan in made
    ]
    post_entries(cooperative=cooperative, drafts=drafts, actor=actor)
    _note_tax(cooperative, made)
    _note_partner_funds(cooperative, made)
    for slip, _plan in made:
        record(
            cooperative_id=cooperative.pk,
            actor=actor,
            action="settlement.paid",
            subject=slip.number,
            facts={"earned": slip.earned, "deducted": slip.deducted, "paid": slip.paid},
            for_party=slip.party,
        )


def _note_tax(cooperative: Cooperative, made: Sequence[tuple[Slip, SlipPlan]]) -> None:
    """Tell the taxes from whom PPh 21 was kept, for her slip of the month."""
    note_withheld(
        cooperative=cooperative,
        kept=[
            Kept(
                kind="pph21",
                party=slip.party,
                on=slip.paid_date,
                base=slip.earned,
                tax=plan.calculation.tax,
                source=f"{SOURCE}:{slip.number}",
                paper=slip.number,
            )
            for slip, plan in made
        ],
    )


def _note_partner_funds(cooperative: Cooperative, made: Sequence[tuple[Slip, SlipPlan]]) -> None:
    """Tell the agreements on partner funds what was kept for them by her consent."""
    for slip, plan in made:
        taken = plan.calculation.taken
        if amount := sum(one.amount for one in taken if one.due.role == PASSED_ON):
            note_deducted(
                cooperative=cooperative,
                party=slip.party,
                amount=amount,
                source=f"{SOURCE}:{slip.number}",
                paper=slip.number,
                on=slip.paid_date,
            )


# Accounts on which a line must name her; funds and tax are everyone's.
_NAMELESS = frozenset({"pph21_payable", "fund_social", "fund_education"})


def _lines(slip: Slip, plan: SlipPlan) -> list[Line]:
    sums: dict[str, int] = {"pph21_payable": plan.calculation.tax}
    for taken in plan.calculation.taken:
        sums[taken.due.role] = sums.get(taken.due.role, 0) + taken.amount
    return nonzero(
        debit(slip.payable, slip.earned, slip.party),
        *(
            credit(role, amount, None if role in _NAMELESS else slip.party)
            for role, amount in sums.items()
        ),
        credit(slip.cash_place, slip.paid),
    )


@transaction.atomic
def correct_slip(
    *,
    slip: Slip,
    reason: str,
    on: date,
    actor: User,
    again: bool = True,
    days: str = "",
    cash_place: str = "",
    shown: str = "",
) -> Slip | None:
    """Put a slip right: reverse it, and (unless only cancelled) write it again from the same lines.

    Raises ReasonNeeded, SlipReversed, CalculationChanged and all that pay_makers raises.
    """
    if not reason.strip():
        raise ReasonNeeded()
    cooperative, party = slip.cooperative, slip.party
    house.lock_parties(cooperative=cooperative, ids=[party.pk])
    slip = Slip.objects.select_related("party", "cooperative").get(pk=slip.pk)
    if slip.reversed_at:
        raise SlipReversed(number=slip.number, successor=_successor(slip))
    entry = ledger.entry_by_source(cooperative=cooperative, source=f"{SOURCE}:{slip.number}")
    if entry is None:
        raise NothingToPay(name=party.name)
    only = frozenset(slip.lines.values_list("line_id", flat=True))
    slip.lines.update(active=False)
    slip.reversed_at = timezone.now()
    slip.reversal_reason = reason.strip()[:200]
    slip.save(update_fields=["reversed_at", "reversal_reason"])
    forget_withheld(cooperative=cooperative, source=f"{SOURCE}:{slip.number}")
    forget_deducted(cooperative=cooperative, source=f"{SOURCE}:{slip.number}")
    reverse_entry(entry=entry, on=on, reason=reason, actor=actor)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="settlement.slip_corrected",
        subject=slip.number,
        facts={"reason": reason.strip(), "again": again},
        for_party=party,
    )
    if not again:
        return None
    return _write_again(slip, only, on, actor, days, cash_place or slip.cash_place, shown)


def _write_again(
    slip: Slip,
    only: frozenset[int],
    on: date,
    actor: User,
    days: str,
    cash_place: str,
    shown: str,
) -> Slip:
    cooperative, party = slip.cooperative, slip.party
    found = selectors.plans(
        cooperative=cooperative,
        on=on,
        party_ids=[party.pk],
        days={party.pk: days},
        payables=[slip.payable],
        only=only,
    )
    plan = _checked(found[0] if found else None, party, shown)
    cash.require_cash(cooperative=cooperative, place=cash_place, amount=plan.paid, on=on)
    made = _write(
        cooperative, party, plan.slips[0], cash_place, on, secrets.token_hex(6), actor, slip
    )
    _post(cooperative, [(made, plan.slips[0])], actor)
    return made


def _successor(slip: Slip) -> str:
    successor = Slip.objects.filter(replaces=slip).first()
    return successor.number if successor else "-"


def count_copy(*, slip: Slip) -> int:
    """Note that a slip was printed or sent once more; returns which copy it is."""
    slip.copies += 1
    slip.save(update_fields=["copies"])
    return slip.copies


def slip_token(*, slip: Slip) -> Token:
    """The link that shows one slip to whoever holds it; always the same while it lives."""
    return issue_token(cooperative=slip.cooperative, purpose="slip", subject=slip.number)


def note_slip_opened(*, slip: Slip, text: str, actor: User) -> None:
    """Note that a slip's text was opened in WhatsApp for its maker."""
    note_message(
        cooperative=slip.cooperative,
        party=slip.party,
        template="slip",
        subject=slip.number,
        text=text,
        actor=actor,
    )
