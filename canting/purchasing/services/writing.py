"""Hand-outs written all at once: papers, stock moves, audit, entries; for one or for hundreds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from canting.cooperatives import selectors as house
from canting.cooperatives.services import Act, next_numbers, record_many
from canting.kernel.database import insert_models
from canting.ledger.rules import BusinessClass, Draft, Line, credit, debit, nonzero
from canting.ledger.services import post_entries
from canting.members.rules import CounterpartyClass
from canting.purchasing import selectors
from canting.purchasing.models import HandOut, HandOutLine
from canting.purchasing.rules import (
    BUSINESS_UNIT,
    DUE_ROLES,
    MODE_KINDS,
    FundsSource,
    Mode,
    due_day,
)
from canting.purchasing.selectors import Quote
from canting.purchasing.services.common import (
    line_facts,
    paper_facts,
    stock_credits,
    stock_debits,
)
from canting.stock import selectors as stock_selectors
from canting.stock import services as stock
from canting.stock.rules import Moved, Origin
from canting.stock.services import Moving

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.members.models import Member
    from canting.stock.models import Lot, Place


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
        # One member may buy and hold in trust in one deed: only what is in trust goes to her place.
        trusted = one.member if one.mode == Mode.CUSTODY else None
        custody = hers[trusted.pk] if trusted else None
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
            counterparty=class_of(paper.member),
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


def class_of(member: Member | None) -> CounterpartyClass:
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
