"""What would be booked of a reading, and what must still be said before it can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.money import format_rupiah
from canting.portal.errors import ControlDiffers, ControlMissing
from canting.portal.old_books import plan_cash, plan_dues, plan_ledger, plan_savings
from canting.portal.old_books.ground import Plan
from canting.portal.old_books.values import Reading
from canting.portal.rules.old_book import (
    CASHBOOK,
    DUMP,
    EXIT,
    LEDGER,
    SAVINGS,
    SURPLUS,
    Booking,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

Step = Callable[[Plan], None]
# Of each kind: who and what it names is found first, then what it becomes is counted.
KINDS: Mapping[str, tuple[Step, Step]] = {
    SAVINGS: (plan_savings.prepare, plan_savings.fill),
    DUMP: (plan_savings.prepare, plan_savings.fill),
    CASHBOOK: (plan_cash.prepare, plan_cash.fill),
    LEDGER: (plan_ledger.prepare, plan_ledger.fill),
    EXIT: (plan_dues.prepare, plan_dues.fill_leavers),
    SURPLUS: (plan_dues.prepare, plan_dues.fill_surplus),
}


def plan_old_book(*, cooperative: Cooperative, reading: Reading) -> Plan:
    """Who is who, what each name means, what becomes of every row, and the control total."""
    plan = Plan(cooperative, reading)
    KINDS[reading.kind][0](plan)
    fill(plan)
    return plan


def fill(plan: Plan) -> None:
    """Count again what becomes of every row, with the members as they are now."""
    plan.booking, plan.problems = Booking(), []
    KINDS[plan.reading.kind][1](plan)


def control_of(plan: Plan) -> int | None:
    """The total that the booking is compared with: typed, else what the file itself says."""
    return plan.answers.control if plan.answers.control is not None else plan.said


def check_control(plan: Plan) -> None:
    """Raise ControlMissing or ControlDiffers unless the old book's own total is what is booked."""
    old, here = control_of(plan), plan.booking.total
    if old is None:
        raise ControlMissing(here=format_rupiah(here))
    if old != here:
        raise ControlDiffers(
            old=format_rupiah(old), here=format_rupiah(here), difference=format_rupiah(here - old)
        )


def waiting(plan: Plan) -> list[str]:
    """Everything that is still to be answered, in the order of the page, as sentences."""
    found = [
        _("Row %(row)s, %(column)s, “%(value)s”: %(doubt)s")
        % {"row": one.row, "column": one.column, "value": one.value, "doubt": one.doubt}
        for one in plan.reading.questions
    ]
    found += [need_words(name) % {"example": text} for name, text in plan.needs.items()]
    found += [
        _("Who is “%(name)s” (row %(row)s)?") % {"name": one.label, "row": one.key}
        for one in plan.unclear_people
    ]
    found += [
        _("Which account is “%(name)s”?") % {"name": one.label} for one in plan.unclear_accounts
    ]
    return found


def need_words(name: str) -> str:
    """The question about a whole file, with the cell that shows why as %(example)s."""
    return {
        "numbers": _("How does the file write figures? “%(example)s” can be read two ways."),
        "year": _("Which year is it? “%(example)s” names none."),
        "product": _("Which savings are these? “%(example)s” does not say."),
        "later": _("What becomes of rows from the first day of the books on (%(example)s)?"),
        "place": _("Which cash place is this the book of?"),
        "on_top": _("%(example)s has an opening balance already: does this come on top of it?"),
    }[name]
