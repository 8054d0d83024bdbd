"""Materials come, work is given, cloth is made and inspected: the cloth's side of the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from canting.ledger import selectors as ledger
from canting.portal.demo import goods
from canting.portal.demo.calendar import RAINY, Calendar
from canting.production import selectors as production
from canting.production import services as making
from canting.production.rules import Fault, Part, equal_shares
from canting.purchasing.selectors import BuyLine, OutLine
from canting.purchasing.services import PurchaseDraft, hand_out, pay_supplier, receive_purchase
from canting.quality.rules import Finding, Result
from canting.quality.services import delivery_of, inspect
from canting.sales.rules import Piece
from canting.sales.services import Till, sell_at_gallery
from canting.stock import selectors as stock
from canting.stock.rules import Reference

if TYPE_CHECKING:
    from canting.portal.demo.stage import Stage

WANTED = {"MORI-P": 130, "MALAM": 12, "WARNA": 160, "SODA": 7}
MARKET = Reference(price=29_500, place="Pasar Kraksaan", seen_on="")
RUSH = 10


def buy_materials(stage: Stage, calendar: Calendar, on: date) -> None:
    """Fill the store up to what a month needs, on credit, with the freight shared by value."""
    coop, lines = stage.cooperative, []
    for row in goods.MATERIALS:
        lack = WANTED[row.code] - stock.quantity_in_store(coop, stage.items[row.code])
        if lack >= 1:
            price = row.cost + stage.dice.choice((0, 0, 500, 1_000)) * (row.cost > 20_000)
            reference = MARKET if row.code == "MORI-P" else None
            lines.append(BuyLine(stage.items[row.code], lack, row.unit, price, reference))
    if not lines:
        return
    receive_purchase(
        cooperative=coop,
        draft=PurchaseDraft(
            lines=lines,
            supplier=stage.suppliers["solo"],
            nota=f"SJ-{on:%y%m%d}",
            freight=150_000,
            freight_place="cash_main",
        ),
        on=on,
        actor=stage.by("gudang"),
    )
    calendar.add(on + timedelta(days=14), lambda day: settle_supplier(stage, day))


def settle_supplier(stage: Stage, on: date) -> None:
    """Pay what is owed, as far as the bank reaches with a reserve for the makers."""
    coop, supplier = stage.cooperative, stage.suppliers["solo"]
    owed = ledger.party_balance(cooperative=coop, role="pay_supplier", party=supplier.party)
    room = ledger.balance(cooperative=coop, role="bank", as_of=on) - 2_500_000
    amount = min(owed, room) // 1_000 * 1_000
    if amount > 0:
        pay_supplier(
            cooperative=coop,
            supplier=supplier,
            amount=amount,
            cash_place="bank",
            on=on,
            actor=stage.by("kasir"),
            charge=2_500,
        )


def makers_of(stage: Stage, basis: str, technique: str) -> list[Any]:
    """The members who work under this contract with this technique."""
    return [
        stage.members[name]
        for name, maker in stage.makers.items()
        if maker.basis == basis and maker.skill == technique
    ]


def give_work(
    stage: Stage,
    calendar: Calendar,
    on: date,
    *,
    code: str,
    basis: str,
    count: int,
    line: Any = None,
) -> None:
    """A work order to three or four makers, with the material it needs."""
    product = stage.items[code]
    technique = next(p.technique for p in goods.PRODUCTS if p.code == code)
    able = makers_of(stage, basis, technique)
    chosen = stage.dice.sample(able, min(len(able), 4))
    days = 24 if on.month in RAINY else 17
    promised = on + timedelta(days=days)
    parts = [
        Part(member, share, promised)
        for member, share in zip(chosen, equal_shares(count, len(chosen)), strict=True)
        if share
    ]
    order = making.open_work_order(
        cooperative=stage.cooperative,
        product=product,
        basis=basis,
        quantity=sum(part.quantity for part in parts),
        parts=parts,
        due_date=promised,
        on=on,
        actor=stage.by("pengelola"),
        order_line=line,
    )
    for assignment in production.assignments(order=order):
        give_material(stage, order, assignment, on)
        plan_making(stage, calendar, assignment, on, days)


def give_material(stage: Stage, order: Any, assignment: Any, on: date) -> None:
    """Material by the norm: in custody for commission, on credit to those who sell their cloth."""
    if order.basis == "consignment":
        return
    mode = (
        "custody"
        if order.basis == "commission"
        else stage.dice.choice(("credit", "credit_on_sale"))
    )
    lines = []
    for code, per_piece in goods.NORM:
        wanted = per_piece * assignment.quantity
        if code == "MALAM":
            wanted += Decimal("0.1")  # a little over, as it is weighed by hand
        in_store = stock.quantity_in_store(stage.cooperative, stage.items[code])
        if in_store < wanted:
            top_up(stage, code, wanted - in_store + 20, on)
        lines.append(OutLine(stage.items[code], wanted))
    hand_out(
        cooperative=stage.cooperative,
        member=assignment.member,
        lines=lines,
        mode=mode,
        basis=order.basis,
        on=on,
        actor=stage.by("gudang"),
        work_order=order.number,
    )


def top_up(stage: Stage, code: str, quantity: Decimal, on: date) -> None:
    """What the store lacks is bought near by, dearer, from the till of the office."""
    row = next(row for row in goods.MATERIALS if row.code == code)
    receive_purchase(
        cooperative=stage.cooperative,
        draft=PurchaseDraft(
            lines=[BuyLine(stage.items[code], quantity, row.unit, row.cost + row.cost // 20)],
            seller="Toko batik Probolinggo",
            payment="cash",
            cash_place="bank",
        ),
        on=on,
        actor=stage.by("gudang"),
    )


def plan_making(stage: Stage, calendar: Calendar, assignment: Any, on: date, days: int) -> None:
    """Two visits for a larger part, one for a small one; now and then a maker is late.

    In the rush before the fairs commission work is brought in one go: such a day bears PPh 21.
    """
    count = assignment.quantity
    rush = on.month == RUSH and assignment.work_order.basis == "commission"
    first = count // 2 if count >= 4 and not rush else 0
    late = stage.dice.choice((0, 0, 0, 0, 6))
    if first:
        plan_visit(stage, calendar, assignment, on + timedelta(days=days // 2), first)
    plan_visit(stage, calendar, assignment, on + timedelta(days=days - 2 + late), count - first)


def plan_visit(stage: Stage, calendar: Calendar, assignment: Any, on: date, count: int) -> None:
    """The maker reports, the mentor inspects two days later."""
    key = (assignment.work_order.number, assignment.member.party_id)
    calendar.add(on, lambda day: report(stage, key, day, count))
    calendar.add(on + timedelta(days=2), lambda day: look_at(stage, calendar, key, day, count))


def _assignment(stage: Stage, key: tuple[str, int]) -> Any:
    return production.assignment(cooperative=stage.cooperative, number=key[0], party_id=key[1])


def report(stage: Stage, key: tuple[str, int], on: date, count: int) -> None:
    """The maker (or the mentor for her) says how many are finished."""
    making.report_finished(
        assignment=_assignment(stage, key), count=count, on=on, actor=stage.by("pendamping")
    )


def look_at(stage: Stage, calendar: Calendar, key: tuple[str, int], on: date, count: int) -> None:
    """Inspect: most pass as A, some as B, few go back to be mended, hardly one is lost."""
    assignment = _assignment(stage, key)
    if assignment is None:
        return
    luck = stage.dice.random()
    spoilt = 1 if count > 1 and luck < 0.05 else 0
    mended = 1 if count - spoilt > 1 and 0.05 <= luck < 0.17 else 0
    good = count - spoilt - mended
    second = sum(stage.dice.random() < 0.18 for _ in range(good))
    counts = {grade: n for grade, n in (("A", good - second), ("B", second)) if n}
    passed(stage, assignment, counts, on)
    if spoilt:
        refused(stage, assignment, on)
    if mended:
        mend(stage, calendar, assignment, on)


def passed(stage: Stage, assignment: Any, counts: Mapping[str, int], on: date) -> None:
    """Cloth that passed is the cooperative's (or consigned), and for sale from now on."""
    inspect(
        delivery=delivery_of(cooperative=stage.cooperative, assignment=assignment),
        finding=Finding(Result.PASS, dict(counts)),
        on=on,
        actor=stage.by("pendamping"),
    )


def refused(stage: Stage, assignment: Any, on: date) -> None:
    """One cloth is refused; whose fault decides who bears it."""
    commission = assignment.work_order.basis == "commission"
    inspect(
        delivery=delivery_of(cooperative=stage.cooperative, assignment=assignment),
        finding=Finding(
            Result.REJECT,
            {"C": 1},
            fault=stage.dice.choice((Fault.HERS, Fault.OURS)) if commission else Fault.NONE,
            defects=("torn",),
            reason="Sobek di tepi saat lorod",
        ),
        on=on,
        actor=stage.by("pendamping"),
    )


def mend(stage: Stage, calendar: Calendar, assignment: Any, on: date) -> None:
    """One goes back to be mended and returns a week later as B."""
    paper = inspect(
        delivery=delivery_of(cooperative=stage.cooperative, assignment=assignment),
        finding=Finding(
            Result.REWORK,
            {"B": 1},
            fault=Fault.HERS if assignment.work_order.basis == "commission" else Fault.NONE,
            defects=("patchy",),
            reason="Warna belang, celup ulang",
        ),
        on=on,
        actor=stage.by("pendamping"),
    )
    calendar.add(on + timedelta(days=7), lambda day: mended(stage, paper, day))


def mended(stage: Stage, paper: Any, on: date) -> None:
    """The mended cloth passes."""
    inspect(
        delivery=delivery_of(cooperative=stage.cooperative, repair_of=paper),
        finding=Finding(Result.PASS, {"B": 1}),
        on=on,
        actor=stage.by("pendamping"),
    )


def advance_story(stage: Stage, calendar: Calendar, on: date) -> None:
    """The advance against buy-back: 1,000,000; 1,300,000; 70/30; ten pieces."""
    member = stage.members["Fatonah"]
    contract = making.give_advance(
        cooperative=stage.cooperative,
        member=member,
        product=stage.items["BRM-C"],
        pieces=10,
        amount=1_000_000,
        agreed_price=1_300_000,
        share_percent=70,
        due_date=on + timedelta(days=60),
        cash_place="bank",
        on=on,
        actor=stage.by("kasir"),
    )

    def buy_back(day: date) -> None:
        fresh = production.advance(cooperative=stage.cooperative, number=contract.number)
        inspect(
            delivery=delivery_of(cooperative=stage.cooperative, advance=fresh),
            finding=Finding(Result.PASS, {"A": 10}),
            on=day,
            actor=stage.by("pendamping"),
        )

    def sell_all(day: date) -> None:
        """All ten at once, as agreed: only now the cooperative's 90,000 is earned."""
        pieces = [
            Piece(row.lot.code, row.quantity, 130_000)
            for row in sellable(stage, "BRM-C", ["purchase"])
            if row.lot.maker_share_percent
        ]
        sell_at_gallery(
            cooperative=stage.cooperative,
            pieces=pieces,
            on=day,
            actor=stage.by("kasir"),
            till=Till(paid_by="qris"),
        )

    calendar.add(on + timedelta(days=30), buy_back)
    calendar.add(on + timedelta(days=55), sell_all)


def sellable(stage: Stage, code: str, bases: Sequence[str]) -> list[Any]:
    """Released cloth of a product, oldest first."""
    found = stock.sellable_lots(stage.cooperative, stage.items[code])
    return [row for row in found if row.lot.basis in bases]
