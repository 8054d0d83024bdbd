"""Writes of the opening: each step posts its own entry, and changing a step replaces it.

All entries are dated on the first day of the books and balanced against suspense, so that what
is still missing stands there in the open until the opening is whole and can be signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cash.rules import DRAWERS
from canting.cash.selectors import require_cash
from canting.cooperatives.rules import PartyKind
from canting.cooperatives.services import change_cooperative, create_party, record
from canting.kernel.dates import format_date
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, Line, Side
from canting.ledger.services import move_cutover, post_entries, reverse_entry
from canting.members.services import admit_member
from canting.portal import selectors
from canting.portal.errors import ALONE, AdvancesBrought, OldBooksBooked, OpeningSigned
from canting.portal.models import OpeningPart
from canting.portal.rules.opening import (
    PARTS,
    OpeningLine,
    PartState,
    Step,
    by_day,
    closed_lines,
    entry_lines,
)
from canting.portal.selectors.opening import KIND
from canting.portal.services.claims import Claim, bring_claims
from canting.portal.services.goods import Goods, receive_goods, take_back_goods
from canting.portal.services.held import savings_of_lines
from canting.sales.rules import OrderItem
from canting.sales.selectors import brought_down_payments
from canting.sales.services import bring_down_payment, take_order
from canting.savings.services import open_savings, take_back_openings

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party, User
    from canting.members.models import Member
    from canting.sales.models import Buyer

Rows = Sequence[Mapping[str, str]]
SavingsRow = tuple["Member", str, int]


@transaction.atomic
def keep_draft(
    *, cooperative: Cooperative, step: Step, rows: Rows, facts: Mapping[str, Any], actor: User
) -> OpeningPart:
    """Keep the rows read from a sheet until they are saved or dropped; nothing is booked."""
    if step in PARTS:
        refuse_when_signed(cooperative)
    kept, _made = OpeningPart.objects.update_or_create(
        cooperative=cooperative,
        step=step,
        state=PartState.DRAFT,
        defaults={
            "number": 0,
            "rows": [dict(row) for row in rows],
            "facts": dict(facts),
            "made_by": actor,
        },
    )
    return kept


def drop_draft(*, cooperative: Cooperative, step: Step) -> int:
    """Drop the rows read from a sheet; what is booked stays. Returns how many rows were dropped."""
    kept = selectors.part(cooperative=cooperative, step=step, state=PartState.DRAFT)
    if kept is None:
        return 0
    kept.delete()
    return len(kept.rows)


@transaction.atomic
def put_balances(
    *, cooperative: Cooperative, step: Step, lines: Sequence[OpeningLine], rows: Rows, actor: User
) -> OpeningPart:
    """Book the opening balances of one step in place of what it held before.

    Asked twice with the same rows it changes nothing. Raises OpeningSigned, NotEnoughCash when
    money that was there at the start has been paid out since, and what the ledger refuses.
    """
    current = begin_change(cooperative, step)
    if current and current.rows == list(rows):
        return current
    _guard_cash(cooperative, current, lines)
    groups = [(since, entry_lines(group)) for since, group in by_day(lines).items()]
    return _book(cooperative, step, current, groups, rows, actor)


@transaction.atomic
def put_dues(
    *,
    cooperative: Cooperative,
    lines: Sequence[OpeningLine],
    claims: Sequence[Claim],
    rows: Rows,
    actor: User,
) -> OpeningPart:
    """Book what is owed per person, and bring the unpaid invoices of buyers under their numbers.

    Refused when an invoice that is left out or changed was paid since, and what needs a paper
    of its own (DownPaymentAlone, UnbilledAlone, AdvanceAlone).
    """
    for line in lines:
        if line.account in ALONE:
            raise ALONE[line.account]
    current = begin_change(cooperative, Step.DUES)
    if current and current.rows == list(rows):
        return current
    invoices = bring_claims(
        cooperative=cooperative,
        claims=claims,
        before=current.facts.get("invoices", {}) if current else {},
        actor=actor,
    )
    groups = [(since, entry_lines(group)) for since, group in by_day(lines).items()]
    part = _book(cooperative, Step.DUES, current, groups, rows, actor)
    part.facts = {"invoices": invoices}
    part.save(update_fields=["facts"])
    return part


@transaction.atomic
def put_savings(
    *, cooperative: Cooperative, balances: Sequence[SavingsRow], rows: Rows, actor: User
) -> OpeningPart:
    """Book what each member had of each kind of savings; voluntary savings need the licence."""
    current = begin_change(cooperative, Step.SAVINGS)
    if current and current.rows == list(rows):
        return current
    if current:
        _take_back_savings(cooperative, current, actor)
    on = cooperative.cutover_date
    lines = open_savings(cooperative=cooperative, rows=balances, on=on, actor=actor)
    groups = [(None, closed_lines(lines))]
    return _book(cooperative, Step.SAVINGS, current, groups, rows, actor)


@transaction.atomic
def put_goods(
    *, cooperative: Cooperative, step: Step, goods: Sequence[Goods], rows: Rows, actor: User
) -> OpeningPart:
    """Take the opening stock in at its value, materials or cloth, in place of what was there.

    Refused when what was there at the start has gone out since (NotEnoughStock, CannotUndo).
    """
    current = begin_change(cooperative, step)
    if current and current.rows == list(rows):
        return current
    source = _source(cooperative, step)
    received = receive_goods(cooperative=cooperative, goods=goods, source=source, actor=actor)
    if current:
        take_back_goods(cooperative=cooperative, source=_first_source(current), actor=actor)
    typed = [
        {**row, "label": label} if label else row
        for row, label in zip(rows, received.labels, strict=True)
    ]
    groups = [(None, closed_lines(received.lines))]
    return _book(cooperative, step, current, groups, typed, actor)


def begin_change(cooperative: Cooperative, step: Step) -> OpeningPart | None:
    """Hold the opening, refuse when it is signed, take back the word that it is ready.

    Answers with what the step holds in the books.
    """
    opening = selectors.lock_opening(cooperative=cooperative)
    refuse_when_signed(cooperative)
    if opening.prepared_by_id:
        opening.prepared_by, opening.prepared_at = None, None
        opening.save(update_fields=["prepared_by", "prepared_at"])
    return selectors.part(cooperative=cooperative, step=step)


def refuse_when_signed(cooperative: Cooperative) -> None:
    """Raise OpeningSigned once the opening was signed, as the database knows it now."""
    cooperative.refresh_from_db(fields=["signed_at", "signed_by"])
    if cooperative.signed_at:
        raise OpeningSigned(
            name=str(cooperative.signed_by), date=format_date(cooperative.signed_at.date())
        )


def _guard_cash(
    cooperative: Cooperative, current: OpeningPart | None, lines: Iterable[OpeningLine]
) -> None:
    """Money taken out of the opening of a drawer must still be in it on every later day."""
    if current is None or current.step != Step.CASH:
        return
    now = {line.account: line.amount for line in lines}
    for source in current.sources:
        for before in _lines_of(cooperative, source):
            less = before.amount - now.get(before.account, 0)
            if before.account in DRAWERS and before.side == Side.DEBIT and less > 0:
                require_cash(
                    cooperative=cooperative,
                    place=before.account,
                    amount=less,
                    on=cooperative.cutover_date,
                )


def _lines_of(cooperative: Cooperative, source: str) -> list[ledger.LineRef]:
    entry = ledger.entry_by_source(cooperative=cooperative, source=source)
    return ledger.lines_of(entry=entry) if entry else []


def _take_back_savings(cooperative: Cooperative, part: OpeningPart, actor: User) -> None:
    """Take what this part noted off the members' openings; what an old book added stays."""
    lines = [line for source in part.sources for line in _lines_of(cooperative, source)]
    rows = savings_of_lines(cooperative, lines)
    take_back_openings(cooperative=cooperative, rows=rows, actor=actor)


def _source(cooperative: Cooperative, step: Step) -> str:
    number = selectors.last_number(cooperative=cooperative, step=step) + 1
    return f"portal.opening:{step}:{number}"


def _first_source(part: OpeningPart) -> str:
    return f"portal.opening:{part.step}:{part.number}"


def _book(
    cooperative: Cooperative,
    step: Step,
    current: OpeningPart | None,
    groups: Iterable[tuple[date | None, Sequence[Line]]],
    rows: Rows,
    actor: User,
) -> OpeningPart:
    """Write the part and its entries; reverse and keep the one before as replaced."""
    source = _source(cooperative, step)
    drafts = [
        Draft(
            source=source if place == 0 else f"{source}.{place}",
            entry_date=cooperative.cutover_date,
            kind=KIND,
            memo=_("Opening balance: %(step)s") % {"step": selectors.step_name(step)},
            lines=lines,
            own_date=since,
        )
        for place, (since, lines) in enumerate(groups)
        if lines
    ]
    if current:
        _take_out(cooperative, current, actor)
    part = OpeningPart.objects.create(
        cooperative=cooperative,
        step=step,
        state=PartState.POSTED,
        number=int(source.rpartition(":")[2]),
        rows=[dict(row) for row in rows],
        sources=[draft.source for draft in drafts],
        made_by=actor,
    )
    drop_draft(cooperative=cooperative, step=step)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="portal.opening_entered",
        subject=source,
        facts={"rows": len(rows)},
    )
    if drafts:
        post_entries(cooperative=cooperative, drafts=drafts, actor=actor)
    return part


def _take_out(cooperative: Cooperative, part: OpeningPart, actor: User) -> None:
    """Reverse the entries of a part on their own day, so that no day shows both."""
    part.state = PartState.REPLACED
    part.save(update_fields=["state"])
    for source in part.sources:
        entry = ledger.entry_by_source(cooperative=cooperative, source=source)
        if entry:
            reason = _("The opening was changed")
            reverse_entry(entry=entry, on=entry.entry_date, reason=reason, actor=actor)


@transaction.atomic
def change_facts(
    *, cooperative: Cooperative, cutover_date: date, actor: User, **facts: Any
) -> Cooperative:
    """Change facts of the cooperative, and the first day of its books while nothing is before it.

    When the day moves, every step's rows become drafts again, to be saved on the new day.
    """
    if cutover_date != cooperative.cutover_date:
        selectors.lock_opening(cooperative=cooperative)
        refuse_when_signed(cooperative)
        _refuse_with_advances(cooperative)
        _refuse_with_old_books(cooperative)
        move_cutover(cooperative=cooperative, opened_on=cutover_date, actor=actor)
        for part in selectors.posted_parts(cooperative=cooperative):
            _back_to_draft(cooperative, part, actor)
        facts["cutover_date"] = cutover_date
    return change_cooperative(cooperative=cooperative, actor=actor, **facts)


def _refuse_with_advances(cooperative: Cooperative) -> None:
    brought = [one.number for one in brought_down_payments(cooperative=cooperative)]
    if brought:
        raise AdvancesBrought(numbers=", ".join(brought))


def _refuse_with_old_books(cooperative: Cooperative) -> None:
    booked = [one.name for one in selectors.booked_old_books(cooperative=cooperative)]
    if booked:
        raise OldBooksBooked(names=", ".join(booked))


def _back_to_draft(cooperative: Cooperative, part: OpeningPart, actor: User) -> None:
    step = Step(part.step)
    if step == Step.SAVINGS:
        _take_back_savings(cooperative, part, actor)
    if step == Step.DUES:
        before = part.facts.get("invoices", {})
        bring_claims(cooperative=cooperative, claims=[], before=before, actor=actor)
    if step in {Step.STOCK, Step.CLOTH} and part.rows:
        take_back_goods(cooperative=cooperative, source=_first_source(part), actor=actor)
    _take_out(cooperative, part, actor)
    if selectors.part(cooperative=cooperative, step=step, state=PartState.DRAFT) is None:
        keep_draft(cooperative=cooperative, step=step, rows=part.rows, facts={}, actor=actor)


@transaction.atomic
def admit_members(
    *, cooperative: Cooperative, rows: Sequence[Mapping[str, Any]], actor: User
) -> int:
    """Enter people who are members already, from the first day of the books; all or none."""
    for facts in rows:
        admit_member(cooperative=cooperative, on=cooperative.cutover_date, actor=actor, **facts)
    drop_draft(cooperative=cooperative, step=Step.MEMBERS)
    return len(rows)


@dataclass(frozen=True, slots=True)
class Taken:
    """One line of an order taken before the books began, still to be sent; rupiah had in advance."""

    buyer: Buyer
    promised_date: date
    reference: str
    item: OrderItem
    advance: int = 0


@transaction.atomic
def take_open_orders(*, cooperative: Cooperative, lines: Sequence[Taken], actor: User) -> int:
    """Take the orders that were open at the start: one a buyer, promised day and PO number.

    What was paid in advance becomes the opening balance of its order. Raises OpeningSigned when
    there is such money and the opening stands, DownPaymentTooMuch.
    """
    if any(line.advance for line in lines):
        begin_change(cooperative, Step.ORDERS)
    orders: dict[tuple[int, date, str], list[Taken]] = {}
    for line in lines:
        key = (line.buyer.pk, line.promised_date, line.reference)
        orders.setdefault(key, []).append(line)
    for (_buyer, promised, reference), group in orders.items():
        order = take_order(
            cooperative=cooperative,
            buyer=group[0].buyer,
            promised_date=promised,
            lines=[line.item for line in group],
            on=cooperative.cutover_date,
            actor=actor,
            buyer_reference=reference,
        )
        advance = sum(line.advance for line in group)
        if advance:
            bring_down_payment(order=order, amount=advance, actor=actor)
    drop_draft(cooperative=cooperative, step=Step.ORDERS)
    return len(orders)


def new_partner(*, cooperative: Cooperative, kind: PartyKind, name: str) -> Party:
    """Somebody whom no other page keeps yet (a financing partner, staff), so that a debt names them."""
    return create_party(cooperative=cooperative, kind=kind, name=name, on=cooperative.cutover_date)
