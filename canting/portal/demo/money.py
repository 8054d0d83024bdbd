"""Shares, pay, costs, tax and the closing of months: the rupiah's side of the year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from canting.kernel.dates import first_of_month, last_of_month, next_month
from canting.ledger import selectors as ledger
from canting.portal.demo.calendar import Calendar
from canting.sales import selectors as sales
from canting.sales import services as selling
from canting.savings import selectors as savings
from canting.savings.services import Payment, deposit, deposit_list
from canting.settlement import selectors as settlement
from canting.settlement.services import Choice, pay_makers

if TYPE_CHECKING:
    from canting.portal.demo.stage import Stage

FORGETS = 0.12


def founding_shares(stage: Stage, on: date) -> None:
    """Everyone pays the entry share: most at once, six in two parts."""
    for count, member in enumerate(stage.members.values()):
        deposit(
            cooperative=stage.cooperative,
            member=member,
            kind="entry_share",
            amount=250_000 if count % 4 == 3 else 500_000,
            cash_place="cash_main",
            on=on,
            actor=stage.by("kasir"),
        )


def second_parts(stage: Stage, on: date) -> None:
    """The rest of the entry share of those who pay in two parts."""
    for member in stage.members.values():
        left = savings.entry_share_left(cooperative=stage.cooperative, member=member, on=on)
        if left:
            deposit(
                cooperative=stage.cooperative,
                member=member,
                kind="entry_share",
                amount=left,
                cash_place="cash_main",
                on=on,
                actor=stage.by("kasir"),
            )


def regular_shares(stage: Stage, on: date) -> None:
    """The month's regular shares by list; some forget, and pay double another time."""
    payments = []
    for member in stage.members.values():
        if stage.dice.random() < FORGETS:
            continue
        arrears = savings.regular_arrears(cooperative=stage.cooperative, member=member, on=on)
        amount = sum(month.left for month in arrears[:2])
        if amount:
            payments.append(Payment(member, "regular_share", amount))
    if payments:
        deposit_list(
            cooperative=stage.cooperative,
            payments=payments,
            cash_place="cash_main",
            on=on,
            actor=stage.by("kasir"),
        )


def pay_day(stage: Stage, on: date) -> None:
    """Pay the makers who wait, oldest first, as far as the bank reaches."""
    coop = stage.cooperative
    room = ledger.balance(cooperative=coop, role="bank", as_of=on) - 300_000
    chosen = []
    for plan in settlement.plans(cooperative=coop, on=on):
        if plan.slips and plan.paid <= room:
            room -= plan.paid
            chosen.append(Choice(plan.party.pk))
    if chosen:
        pay_makers(
            cooperative=coop, choices=chosen, cash_place="bank", on=on, actor=stage.by("kasir")
        )


def qris_comes(stage: Stage, on: date) -> None:
    """What guests paid by QRIS reaches the bank, less the acquirer's fee."""
    gross = sales.qris_on_its_way(cooperative=stage.cooperative, on=on)
    if gross > 0:
        selling.settle_qris(
            cooperative=stage.cooperative,
            gross=gross,
            fee=gross * 3 // 1000,
            on=on,
            actor=stage.by("kasir"),
        )


def final_tax(stage: Stage, month: date, on: date) -> None:
    """Half a percent of last month's turnover is booked on its last day and paid by the 15th."""
    selling.book_final_tax(
        cooperative=stage.cooperative, month=month, on=last_of_month(month), actor=stage.by("kasir")
    )
    owed = sales.unpaid_final_tax(cooperative=stage.cooperative, on=on)
    withheld = ledger.balance(cooperative=stage.cooperative, role="pph_final_withheld", as_of=on)
    set_off = min(owed, withheld)
    if owed > 0:
        selling.pay_final_tax(
            cooperative=stage.cooperative,
            month=month,
            amount=owed - set_off,
            cash_place="bank",
            on=on,
            actor=stage.by("kasir"),
            set_off=set_off,
        )


def month_of_money(stage: Stage, calendar: Calendar, month: date) -> None:
    """The fixed days of a month."""
    calendar.add(month.replace(day=10), lambda day: regular_shares(stage, day))
    for number in (5, 13, 20, 27):
        calendar.add(month.replace(day=number), lambda day: qris_comes(stage, day))
    for number in (15, 28):
        calendar.add(month.replace(day=number), lambda day: pay_day(stage, day))
    after = next_month(first_of_month(month))
    calendar.add(after + timedelta(days=5), lambda day: final_tax(stage, month, day))
