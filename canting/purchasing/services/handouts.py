"""Material out of the store: sold or in trust, to members and others; and unused material back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cooperatives import selectors as house
from canting.cooperatives.services import Act, next_number, next_numbers, record, record_many
from canting.kernel.database import insert_models
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.ledger.rules import BusinessClass, Draft, Line, credit, debit, nonzero
from canting.ledger.services import post_entries
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
from canting.purchasing.models import HandOut, HandOutLine, MaterialReturn, MaterialReturnLine
from canting.purchasing.rules import (
    BUSINESS_UNIT,
    DUE_ROLES,
    MODE_KINDS,
    FundsSource,
    Mode,
    due_day,
)
from canting.purchasing.selectors import OutLine, Quote
from canting.purchasing.services.common import (
    PaperHand,
    check_materials,
    line_facts,
    paper_facts,
    stock_credits,
    stock_debits,
)
from canting.stock import selectors as stock_selectors
from canting.stock import services as stock
from canting.stock.rules import Basis, Moved, Origin
from canting.stock.services import Moving

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.members.models import Member
    from canting.stock.models import Lot, Place


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """One hand-out that was checked: what goes to whom, in which way, at which figures."""

    quote: Quote
    member: Member | None
    mode: str
    basis: str
    buyer_name: str = ""
    cash_place: str = ""
    work_order: str = ""
    own_date: date | None = None
    note: str = ""
    replaces: str = ""
    of_source: str = ""
    at_till: bool = False
    tendered: int = 0


@dataclass(slots=True)
class _Written:
    """A paper on its way: its lines, and what left and came where, until all are written at once."""

    paper: HandOut
    lines: list[HandOutLine]
    outs: list[Moved]
    ins: list[Moved]

    @property
    def entry(self) -> list[Line]:
        """The lines of its entry, without empty ones: a paper worth nothing has none."""
        if self.paper.mode == Mode.CUSTODY:
            return nonzero(*stock_debits(self.ins), *stock_credits(self.outs))
        return nonzero(*sale_lines(self.paper, self.outs))


def _locked(
    cooperative: Cooperative,
    wanted: Sequence[Wanted],
    lots: Mapping[int, Lot],
    on: date,
    actor: User,
) -> tuple[Moving, Place, dict[int, Place]]:
    """Every balance that these papers move, held in one order; the store and makers' own places."""
    store = stock_selectors.store(cooperative)
    pairs = [(store, lot) for lot in lots.values()]
    hers: dict[int, Place] = {}
    for one in wanted:
        if one.mode != Mode.CUSTODY or one.member is None:
            continue
        if one.member.pk not in hers:
            hers[one.member.pk] = stock_selectors.custody_of(cooperative, one.member.party)
        pairs += [(hers[one.member.pk], lots[line.item.pk]) for line in one.quote.lines]
    return Moving(stock.lock_stock(pairs), on=on, actor=actor), store, hers


def write_papers(
    *, cooperative: Cooperative, wanted: Sequence[Wanted], on: date, actor: User
) -> list[HandOut]:
    """Number and write these hand-outs with their stock moves, audit and entries, all at once.

    The one road of a single paper at the counter and of a round shared out to hundreds.
    """
    items = {line.item.pk: line.item for one in wanted for line in one.quote.lines}
    lots = {pk: stock.pool_lot(item) for pk, item in items.items()}
    moving, store, hers = _locked(cooperative, wanted, lots, on, actor)
    numbers = next_numbers(cooperative=cooperative, series="KB", on=on, count=len(wanted))
    long_stop = house.parameter(cooperative=cooperative, name="credit.long_stop_days", on=on)
    written = []
    for one, number in zip(wanted, numbers, strict=True):
        paper = _paper(cooperative, one, number, on, actor, int(long_stop))
        custody = hers.get(one.member.pk) if one.member else None
        written.append(_moved(moving, store, custody, paper, one, lots))
    moving.write()
    insert_models([one.paper for one in written])
    keys = selectors.hand_out_keys(cooperative=cooperative, numbers=numbers)
    insert_models([line for one in written for line in _named(one, keys)])
    record_many(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="purchasing.handed_out",
        acts=[_act(one.paper) for one in written],
    )
    drafts = [_draft(one.paper, one.entry) for one in written if one.entry]
    if drafts:
        post_entries(cooperative=cooperative, drafts=drafts, actor=actor)
    return [one.paper for one in written]


def _paper(
    cooperative: Cooperative, one: Wanted, number: str, on: date, actor: User, long_stop: int
) -> HandOut:
    in_cash = one.mode == Mode.CASH
    return HandOut(
        **paper_facts(
            cooperative=cooperative, number=number, on=on, own_date=one.own_date, actor=actor
        ),
        member=one.member,
        buyer_name=one.buyer_name,
        mode=one.mode,
        basis=one.basis,
        work_order=one.work_order,
        cash_place=one.cash_place if in_cash else "",
        due_on=due_day(mode=one.mode, on=on, long_stop_days=long_stop),
        total=one.quote.total,
        cost=0,
        of_source=one.of_source,
        at_till=one.at_till,
        tendered=one.tendered if in_cash else 0,
        note=one.note,
        replaces=one.replaces,
    )


def _moved(
    moving: Moving,
    store: Place,
    custody: Place | None,
    paper: HandOut,
    one: Wanted,
    lots: Mapping[int, Lot],
) -> _Written:
    """Take the lines out of the store (into her custody when in trust)."""
    source = f"purchasing.hand_out:{paper.number}"
    made = _Written(paper, [], [], [])
    for line in one.quote.lines:
        lot = lots[line.item.pk]
        out = moving.issue(
            store,
            lot,
            quantity=line.base_quantity,
            source=source,
            paper=paper.number,
            batch_id=stock.chosen_batch(line.item, line.batch.code) if line.batch else None,
        )
        made.outs.append(out)
        if custody is not None:
            made.ins.append(
                moving.receive(
                    custody,
                    lot,
                    quantity=line.base_quantity,
                    value=out.value,
                    source=source,
                    paper=paper.number,
                    parts=out.parts,
                )
            )
        facts = line_facts(
            line,
            basis=paper.basis,
            counterparty=_class_of(paper.member),
            origin=Origin.OUTSIDE,
            business_unit=BUSINESS_UNIT,
            funds_source=FundsSource.OWN,
            own_date=paper.own_date,
        )
        made.lines.append(HandOutLine(price=line.price, cost=out.value, **facts))
    paper.cost = sum(out.value for out in made.outs)
    return made


def _named(one: _Written, keys: Mapping[str, int]) -> list[HandOutLine]:
    """The lines with the paper they stand on, now that it is written."""
    one.paper.pk = keys[one.paper.number]
    one.paper._state.adding = False
    for line in one.lines:
        line.hand_out = one.paper
    return one.lines


def _act(paper: HandOut) -> Act:
    facts = {"mode": paper.mode, "total": paper.total, "work_order": paper.work_order}
    return Act(paper.number, facts, paper.member.party if paper.member else None)


def _draft(paper: HandOut, lines: Sequence[Line]) -> Draft:
    return Draft(
        source=f"purchasing.hand_out:{paper.number}",
        entry_date=paper.on,
        own_date=paper.own_date,
        kind=MODE_KINDS[paper.mode] if paper.member else "sale_material_nonmember",
        memo=selectors.hand_out_memo(paper),
        lines=lines,
        paper=paper.number,
    )


def _class_of(member: Member | None) -> CounterpartyClass:
    return CounterpartyClass.MEMBER if member else CounterpartyClass.NONMEMBER


def sale_lines(hand_out: HandOut, outs: list[Moved]) -> list[Line]:
    """posting.md 2.3: revenue at the list price, cost at the average, both tagged by class."""
    if hand_out.member:
        business, sales, cost = BusinessClass.MEMBER, "sales_material_m", "cogs_material_m"
    else:
        business, sales, cost = BusinessClass.NONMEMBER, "sales_material_n", "cogs_n"
    role = DUE_ROLES.get(hand_out.mode)
    claim = (
        debit(role, hand_out.total, hand_out.member.party)
        if role and hand_out.member
        else debit(hand_out.cash_place, hand_out.total)
    )
    return [
        claim,
        credit(sales, hand_out.total, None, business),
        debit(cost, hand_out.cost, None, business),
        *stock_credits(outs),
    ]


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
