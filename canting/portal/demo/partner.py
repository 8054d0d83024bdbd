"""A partner's money: a contract, what of it went to two members, instalments, one of them late."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from canting.kernel.dates import next_month
from canting.lending import selectors, services
from canting.lending.rules import Terms, proposed
from canting.lending.services import Agreement, Deal

if TYPE_CHECKING:
    from canting.lending.models import Facility
    from canting.portal.demo.calendar import Calendar
    from canting.portal.demo.stage import Stage

# Amount, how many of the monthly instalments she paid so far, by whom it went.
GIVEN = (("Hosniyah", 3_000_000, 10), ("Siti Aminah", 2_500_000, 2))
WAITS = ("Sulastri", 500_000)


def partner_story(stage: Stage, calendar: Calendar) -> None:
    """Write the contract, its draw and every instalment into the calendar."""
    first_due = next_month(calendar.today + timedelta(days=5), -3)
    starts = first_due - timedelta(days=50)
    calendar.add(starts, lambda day: _begin(stage, calendar, first_due, day))


def _begin(stage: Stage, calendar: Calendar, first_due: date, on: date) -> None:
    facility = _contract(stage, first_due, on)
    services.draw(
        facility=facility,
        amount=6_000_000,
        place="bank",
        reference="Transfer mitra",
        on=on,
        actor=stage.by("kasir"),
    )
    for name, amount, times in GIVEN:
        onlend = services.approve_onlend(
            onlend=_agreement(stage, facility, name, amount, on),
            on=on,
            actor=stage.by("pengurus"),
            decision="Rapat pengurus",
        )
        given = services.pay_out(onlend=onlend, place="bank", on=on, actor=stage.by("kasir"))
        for number in range(1, times + 1):
            calendar.add(given.terms.due(number), partial(_pay_back, stage, given))
    calendar.add(first_due, lambda day: _pay_partner(stage, facility, day))
    calendar.add(date(on.year, 12, 31), lambda day: _year_end(stage, day))
    calendar.add(
        calendar.today - timedelta(days=2),
        lambda day: _agreement(stage, facility, *WAITS, day),
    )


def _contract(stage: Stage, first_due: date, on: date) -> Facility:
    make: dict[str, Any] = {"cooperative": stage.cooperative, "actor": stage.by("kasir"), "on": on}
    financier = services.add_financier(
        name="Program PUMK sebuah BUMN", kind="partner", contact="Unit TJSL", **make
    )
    deal = Deal(
        contract="PK-07/PUMK",
        signed_on=on,
        limit=10_000_000,
        terms=Terms(8, first_due, 3, 0, Decimal(3), "effective"),
        purpose="Modal bahan dan alat pengrajin",
    )
    made = services.prepare_facility(financier=financier, deal=deal, **make)
    return services.approve_facility(
        facility=made, on=on, actor=stage.by("pengurus"), decision="Rapat pengurus"
    )


def _agreement(stage: Stage, facility: Any, name: str, amount: int, on: date) -> Any:
    return services.prepare_onlend(
        facility=facility,
        member=stage.members[name],
        deal=Agreement(amount, Terms(10, next_month(on), 1, 0, Decimal(3), "flat")),
        on=on,
        actor=stage.by("kasir"),
    )


def _pay_back(stage: Stage, onlend: Any, on: date) -> None:
    stand = selectors.onlend_stand(onlend)
    principal, fee = proposed(stand.rows, on)
    services.receive_instalment(
        onlend=onlend,
        principal=principal,
        fee=fee,
        place="cash_main",
        on=on,
        actor=stage.by("kasir"),
    )


def _pay_partner(stage: Stage, facility: Facility, on: date) -> None:
    stand = selectors.facility_stand(facility)
    principal, interest = proposed(stand.rows, on)
    services.repay(
        facility=facility,
        principal=principal,
        interest=interest,
        place="bank",
        on=on,
        reference="Transfer",
        actor=stage.by("kasir"),
    )


def _year_end(stage: Stage, on: date) -> None:
    """What the partner earned by the last day of the year is a debt."""
    services.accrue(
        cooperative=stage.cooperative,
        until=date(on.year, 12, 31) if on.month > 1 else date(on.year - 1, 12, 31),
        on=on,
        actor=stage.by("kasir"),
    )
