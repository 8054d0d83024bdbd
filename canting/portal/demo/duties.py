"""Taxes of the year beside the own final tax: services paid less tax, slips, what is paid over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from canting.cooperatives.rules import PartyKind
from canting.cooperatives.selectors import parties
from canting.kernel.dates import first_of_month, next_month
from canting.portal.demo.calendar import Calendar
from canting.taxes import selectors as taxes
from canting.taxes import services as paying
from canting.taxes.rules import START, WITHHOLDINGS

if TYPE_CHECKING:
    from canting.portal.demo.stage import Stage

# Months apart, day, what is paid, for what, rupiah.
BILLS = ((3, 19, "service", "Servis mesin jahit dan kompor malam", 750_000),
         (6, 4, "rent", "Sewa tempat pameran setengah tahun", 1_800_000))  # fmt: skip
SLIP_COMES_AFTER = timedelta(days=21)


def begin(stage: Stage, on: date) -> None:
    """From when the final tax counts, as the tax office wrote."""
    paying.state_fact(
        cooperative=stage.cooperative,
        kind=START,
        valid_from=on,
        document=f"Surat Keterangan KPP S-117/{on.year} (contoh)",
        actor=stage.by("pengurus"),
    )


def bill(stage: Stage, kind: str, memo: str, gross: int, on: date) -> None:
    """A firm is paid less the tax we must keep."""
    firm = parties(cooperative=stage.cooperative, kind=PartyKind.SUPPLIER).first()
    if firm is not None:
        paying.pay_bill(
            cooperative=stage.cooperative, kind=kind, party=firm, memo=memo, gross=gross,
            place="bank", on=on, actor=stage.by("kasir"),
        )  # fmt: skip


def hand_over(stage: Stage, month: date, on: date) -> None:
    """Slips of a month are given, and what was withheld goes to the state."""
    act: dict[str, Any] = {
        "cooperative": stage.cooperative,
        "month": month,
        "on": on,
        "actor": stage.by("kasir"),
    }
    if not taxes.withheld(cooperative=stage.cooperative, month=month).exists():
        return
    paying.issue_slips(**act)
    for kind in WITHHOLDINGS:
        left = taxes.unpaid(cooperative=stage.cooperative, kind=kind, on=on)
        if left:
            paying.pay_over(kind=kind, amount=left, place="bank", **act)


def slip_comes(stage: Stage, source: str, on: date) -> None:
    """The buyer's slip of what he withheld arrives some weeks after his payment."""
    for held in taxes.held_of(cooperative=stage.cooperative, source=source):
        paying.write_buyer_slip(
            held=held, number=f"BP-{on:%y%m%d}", slip_on=on, actor=stage.by("kasir")
        )


def duties_of_month(stage: Stage, calendar: Calendar, month: date) -> None:
    """The fixed days of a month; bills every few months."""
    place = calendar.months().index(month)
    for every, day, kind, memo, gross in BILLS:
        if place % every == 1:
            calendar.add(
                month.replace(day=day),
                lambda on, k=kind, m=memo, g=gross: bill(stage, k, m, g, on),  # type: ignore[misc]
            )
    after = next_month(first_of_month(month))
    calendar.add(after + timedelta(days=8), lambda on: hand_over(stage, month, on))
