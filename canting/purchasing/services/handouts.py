"""Material out of the store: sold or in trust, to members and others; and unused material back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cooperatives import selectors as house
from canting.cooperatives.services import next_number, record
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.members import selectors as members
from canting.members.rules import CounterpartyClass, MemberState
from canting.purchasing import selectors
from canting.purchasing.errors import (
    CashPlaceNeeded,
    CreditOverdue,
    HoldsNothing,
    NotActive,
    OverLimit,
    TooLittleMoney,
    UnknownMode,
    WrongBasis,
)
from canting.purchasing.models import HandOut, MaterialReturn, MaterialReturnLine
from canting.purchasing.rules import (
    BUSINESS_UNIT,
    DUE_ROLES,
    FundsSource,
    Mode,
)
from canting.purchasing.selectors import OutLine
from canting.purchasing.services.common import (
    PaperHand,
    check_materials,
    line_facts,
    paper_facts,
    stock_credits,
    stock_debits,
)
from canting.purchasing.services.writing import Wanted, write_papers
from canting.stock import selectors as stock_selectors
from canting.stock import services as stock
from canting.stock.rules import Basis, Moved, Origin

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.members.models import Member


def check_tendered(total: int, tendered: int) -> None:
    """Refuse money handed over that is less than what is due; 0 is the exact amount."""
    if tendered and tendered < total:
        raise TooLittleMoney(
            tendered=format_rupiah(tendered),
            total=format_rupiah(total),
            short=format_rupiah(total - tendered),
        )


def check_hand_out(
    mode: str, basis: str, member: Member | None, cash_place: str, total: int, tendered: int = 0
) -> None:
    """Refuse a way, a basis, a missing cash place, too little money or a member who left."""
    check_tendered(total, tendered)
    if mode not in set(Mode):
        raise UnknownMode(mode=mode, known=", ".join(Mode))
    fitting = Basis.COMMISSION if mode == Mode.CUSTODY else Basis.PURCHASE
    if member is not None and basis != fitting:
        raise WrongBasis(mode=selectors.mode_name(mode), basis=basis)
    if mode == Mode.CASH and not cash_place:
        raise CashPlaceNeeded(amount=format_rupiah(total))
    if member is not None and member.status == MemberState.LEFT:
        raise NotActive(name=member.full_name)
    if member is not None and mode != Mode.CASH:
        members.require_staying(member)


def check_credit(
    cooperative: Cooperative, member: Member | None, mode: str, total: int, on: date, *, was: int
) -> None:
    """Refuse credit above the limit, and new credit while old credit is long overdue.

    A paper that replaces another is only asked about when it is for more than that one `was`.
    """
    if member is None or mode not in DUE_ROLES or total <= was:
        return
    limit = selectors.credit_limit(cooperative=cooperative, member=member, on=on)
    days = int(house.parameter(cooperative=cooperative, name="credit.overdue_days", on=on))
    if limit is None and not days:
        return
    members.lock_member(cooperative=cooperative, number=member.number)
    dues = selectors.material_dues(cooperative=cooperative, party=member.party, on=on)
    if limit is not None and dues.total + total > limit:
        raise OverLimit(
            name=member.full_name,
            owed=format_rupiah(dues.total),
            limit=format_rupiah(limit),
            amount=format_rupiah(total),
            room=format_rupiah(max(limit - dues.total, 0)),
        )
    oldest = min((due.due_on for due in dues.lines), default=on)
    if days and (on - oldest).days > days:
        raise CreditOverdue(name=member.full_name, since=format_date(oldest), days=days)


def _credit_before(cooperative: Cooperative, replaced: str) -> int:
    """What the paper that is replaced was given on credit, whole rupiah; 0 without one."""
    if not replaced:
        return 0
    former = selectors.hand_out_by_number(cooperative=cooperative, number=replaced)
    return former.total if former and former.mode in DUE_ROLES else 0


@transaction.atomic
def hand_out(
    *,
    cooperative: Cooperative,
    member: Member | None,
    lines: Sequence[OutLine],
    mode: str,
    basis: str,
    on: date,
    actor: User,
    cash_place: str | None = None,
    work_order: str = "",
    buyer_name: str = "",
    own_date: date | None = None,
    note: str = "",
    replaces: str = "",
    at_till: bool = False,
    tendered: int = 0,
) -> HandOut:
    """Hand material out: sold for cash or on credit at the list price, or in trust (custody).

    Without a member it is a cash sale to somebody else. posting.md 2.3. `tendered` is the money
    handed over at the till. Raises NoLines, UnknownMode, WrongBasis, NoPrice, TooLittleMoney,
    NotEnoughStock with what is left.
    """
    check_materials(lines, dealt_on=on)
    if member is None and mode != Mode.CASH:
        raise NotActive(name=buyer_name or "-")
    quote = selectors.quote_hand_out(
        cooperative=cooperative, lines=lines, mode=mode, on=on, to_member=member is not None
    )
    check_hand_out(mode, basis, member, cash_place or "", quote.total, tendered)
    was = _credit_before(cooperative, replaces)
    check_credit(cooperative, member, mode, quote.total, on, was=was)
    wanted = Wanted(
        quote,
        member,
        mode,
        basis if member else Basis.NONE,
        buyer_name=buyer_name,
        cash_place=cash_place or "",
        work_order=work_order,
        own_date=own_date,
        note=note,
        replaces=replaces,
        at_till=at_till,
        tendered=tendered,
    )
    (paper,) = write_papers(cooperative=cooperative, wanted=[wanted], on=on, actor=actor)
    return paper


@transaction.atomic
def return_materials(
    *,
    cooperative: Cooperative,
    member: Member,
    lines: Sequence[OutLine],
    on: date,
    actor: User,
    work_order: str = "",
    own_date: date | None = None,
    note: str = "",
) -> MaterialReturn:
    """Take unused material of ours back from a maker at the average she holds.

    posting.md 2.3 material_return. Her custody falls by what came back and by nothing else; no
    work order is closed by it. Raises NoLines, HoldsNothing, NotEnoughStock.
    """
    check_materials(lines)
    custody = stock_selectors.custody_of(cooperative, member.party)
    store = stock_selectors.store(cooperative)
    for line in lines:
        if not stock_selectors.balance_of(custody, stock.pool_lot(line.item)).quantity:
            raise HoldsNothing(name=member.full_name, item=line.item.name)
    stock.lock_stock(
        (place, stock.pool_lot(line.item)) for line in lines for place in (custody, store)
    )
    number = next_number(cooperative=cooperative, series="TB", on=on)
    paper = MaterialReturn.objects.create(
        **paper_facts(
            cooperative=cooperative, number=number, on=on, own_date=own_date, actor=actor
        ),
        member=member,
        work_order=work_order,
        value=0,
        note=note,
    )
    hand = PaperHand(paper, f"purchasing.material_return:{number}", actor)
    outs, ins = _move_back(hand, paper, lines)
    paper.value = sum(out.value for out in outs)
    paper.save(update_fields=["value"])
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="purchasing.material_returned",
        subject=number,
        facts={"value": paper.value, "work_order": work_order},
        for_party=member.party,
    )
    hand.post(
        kind="material_return",
        memo=selectors.return_memo(paper),
        lines=[*stock_debits(ins), *stock_credits(outs)],
    )
    return paper


def _move_back(
    hand: PaperHand[MaterialReturn], paper: MaterialReturn, lines: Sequence[OutLine]
) -> tuple[list[Moved], list[Moved]]:
    cooperative = paper.cooperative
    custody = stock_selectors.custody_of(cooperative, paper.member.party)
    store = stock_selectors.store(cooperative)
    quote = selectors.quote_hand_out(
        cooperative=cooperative, lines=lines, mode=Mode.CUSTODY, on=paper.on, to_member=True
    )
    outs: list[Moved] = []
    ins: list[Moved] = []
    for line in quote.lines:
        out = hand.take_out(custody, line.item, line.base_quantity, batch=line.batch)
        outs.append(out)
        ins.append(hand.take_in(store, line.item, line.base_quantity, out.value, parts=out.parts))
        facts = line_facts(
            line,
            basis=Basis.COMMISSION,
            counterparty=CounterpartyClass.MEMBER,
            origin=Origin.OUTSIDE,
            business_unit=BUSINESS_UNIT,
            funds_source=FundsSource.OWN,
            own_date=paper.own_date,
        )
        MaterialReturnLine.objects.create(material_return=paper, **{**facts, "amount": out.value})
    return outs, ins
