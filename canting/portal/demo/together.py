"""Buying together: a round of last season, shared out and closed, and one that collects needs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from canting.catalogue.services import set_price
from canting.cooperatives.services import set_parameter
from canting.portal.demo.calendar import Calendar
from canting.portal.demo.goods import GRADES, PRODUCTS
from canting.purchasing import selectors as purchasing
from canting.purchasing import services as buying
from canting.rounds import selectors, services
from canting.rounds.rules import NeedSource
from canting.rounds.selectors import plans as plan_reads
from canting.rounds.services import plans as planning

if TYPE_CHECKING:
    from canting.portal.demo.stage import Stage

PAST, NOW = 96, 4
# What a maker would pay who travels by herself: seen at the market of the district town.
ALONE = (("MORI-P", 29_500), ("MALAM", 54_000), ("SODA", 19_000))
ALONE_PLACE = "Pasar Kraksaan"
# What the local buyer of cloth pays less for a piece, and what others pay less for making one.
BUYER_PAYS_LESS, OTHERS_PAY_LESS = 18_000, 8_000
# Whose need (her place in the list of members), of what, how much, how it is paid.
NEEDS = (
    (0, "MORI-P", 24, "credit"),
    (0, "MALAM", 2, "credit"),
    (2, "MORI-P", 16, "credit_on_sale"),
    (3, "MORI-P", 32, "credit"),
    (3, "SODA", 1, "credit"),
    (5, "MALAM", 3, "cash"),
    (6, "MORI-P", 12, "credit"),
)


def together(stage: Stage, calendar: Calendar) -> None:
    """Write both rounds into the calendar."""
    calendar.add(calendar.begins + timedelta(days=4), lambda day: _alternatives(stage, day))
    calendar.add(
        calendar.today - timedelta(days=PAST), lambda day: _whole_round(stage, calendar, day)
    )
    calendar.add(calendar.today - timedelta(days=NOW), lambda day: _collecting(stage, day))


def _alternatives(stage: Stage, on: date) -> None:
    for code, amount in ALONE:
        set_price(
            cooperative=stage.cooperative,
            item=stage.items[code],
            price_list="market",
            amount=amount,
            valid_from=on,
            place=ALONE_PLACE,
            source="Ditanyakan petugas gudang",
            actor=stage.by("pengelola"),
        )
    for product in PRODUCTS:
        for place, grade in enumerate(GRADES):
            for price_list, ours, less in (
                ("market", product.bought, BUYER_PAYS_LESS),
                ("outside_wage", product.wage, OTHERS_PAY_LESS),
            ):
                set_price(
                    cooperative=stage.cooperative,
                    item=stage.items[product.code],
                    price_list=price_list,
                    grade=grade,
                    amount=ours[place] - less,
                    valid_from=on,
                    place=ALONE_PLACE,
                    source="Ditanyakan kepada perajin lain (contoh)",
                    actor=stage.by("pengelola"),
                )
    set_parameter(
        cooperative=stage.cooperative,
        name="rounds.trip_cost",
        value=185_000,
        valid_from=on,
        source="Bus Probolinggo-Solo pulang pergi dan makan, ditanyakan kepada anggota (contoh)",
        actor=stage.by("pengurus"),
    )


def _open(stage: Stage, on: date, title: str, days: int) -> Any:
    return services.open_round(
        cooperative=stage.cooperative,
        terms=services.RoundTerms(
            title=title,
            deadline=on + timedelta(days=days),
            needed_by=on + timedelta(days=days + 12),
        ),
        on=on,
        actor=stage.by("gudang"),
    )


def _ask(stage: Stage, found: Any, on: date, needs: Any) -> None:
    people = list(stage.members.values())
    for place, code, quantity, mode in needs:
        services.ask(
            found=found,
            wish=services.Wish(
                item=stage.items[code],
                quantity=Decimal(quantity),
                member=people[place],
                source=NeedSource.DESK,
                mode=mode,
            ),
            on=on,
            actor=stage.by("gudang"),
        )


def _whole_round(stage: Stage, calendar: Calendar, on: date) -> None:
    """Asked for a week, planned, ordered, here four days later, shared out, closed."""
    found = _open(stage, on, "Bahan musim kering", 6)
    _ask(stage, found, on, NEEDS)
    services.take_deposit(
        found=found,
        member=list(stage.members.values())[3],
        amount=200_000,
        cash_place="cash_main",
        on=on,
        actor=stage.by("kasir"),
    )
    calendar.add(on + timedelta(days=6), lambda day: _plan_and_order(stage, calendar, found, day))


def _plan_and_order(stage: Stage, calendar: Calendar, found: Any, on: date) -> None:
    actor = stage.by("gudang")
    run = planning.begin_plan(found=found, terms=planning.PlanTerms(), on=on, actor=actor)
    planning.work_plan_out(run.pk)
    run.refresh_from_db()
    made = plan_reads.made_plan(run)
    if made is None:
        return
    packs = made[0].packs
    inputs = plan_reads.plan_inputs(found=found, on=on)
    total = inputs.cost(packs, plan_reads.plan_limits(run, inputs)).total
    planning.agree_plan(found=found, run=run, packs=packs, total=total, on=on, actor=actor)
    services.order_round(found=found, on=on, actor=actor)
    calendar.add(on + timedelta(days=5), lambda day: _share(stage, calendar, found, day))


def _share(stage: Stage, calendar: Calendar, found: Any, on: date) -> None:
    """Everything comes; some mori is missing, so makers at work come first."""
    mori = stage.items["MORI-P"]
    for order in selectors.orders_of(found):
        lines = {line: line.packs for line in purchasing.order_lines(order)}
        short = next((line for line in lines if line.item_id == mori.pk and lines[line] > 1), None)
        if short is not None:
            lines[short] -= 1
        buying.receive_order(
            order=order, lines=lines, on=on, actor=stage.by("gudang"), freight=order.freight
        )
        if short is not None:
            buying.close_order(
                order=order,
                reason="Kurang kirim, disepakati tidak disusulkan",
                on=on,
                actor=stage.by("gudang"),
            )
    shown = selectors.proposal(found=found, on=on)
    services.share_out(found=found, digest=shown.digest, on=on, actor=stage.by("gudang"))
    calendar.add(on + timedelta(days=3), lambda day: _close(stage, calendar, found, day))


def _close(stage: Stage, calendar: Calendar, found: Any, on: date) -> None:
    waiting = {s.need.member for s in selectors.waiting_shares(found) if s.need.member}
    for member in sorted(waiting, key=lambda one: one.number):
        services.hand_waiting(
            found=found,
            member=member,
            cash_place="cash_main",
            on=on,
            actor=stage.by("kasir"),
        )
    services.note_travellers(found=found, travellers=4, on=on, actor=stage.by("gudang"))
    for order in selectors.orders_of(found):
        _bill(stage, order, on)
    services.settle_round(found=found, give_back_from="cash_main", on=on, actor=stage.by("gudang"))


def _bill(stage: Stage, order: Any, on: date) -> None:
    rows = [row for row in purchasing.order_rows(order) if row.unbilled]
    if not rows:
        return
    buying.bill_order(
        order=order,
        draft=buying.BillDraft(
            {row.line: buying.Billed(row.unbilled, row.line.price) for row in rows},
            nota=f"BB-{order.number[-4:]}",
            freight=purchasing.freight_left(order).unbilled,
        ),
        on=on,
        actor=stage.by("kasir"),
    )


def _collecting(stage: Stage, on: date) -> None:
    found = _open(stage, on, "Bahan menjelang akhir tahun", 9)
    _ask(stage, found, on, NEEDS[:5])
