"""What must always hold of makers' pay: nothing paid twice, nothing lost, every slip in the books."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives import selectors as house
from canting.kernel.invariants import Invariant
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.settlement.models import SettledLine, Slip
from canting.settlement.rules import PAYABLES, SOURCE
from canting.settlement.selectors import open_lines

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def _pay_is_whole(cooperative: Cooperative) -> Iterator[str]:
    """What was accepted is paid, or still open: the payable of each maker equals her open lines."""
    waiting: dict[tuple[str, int], int] = {}
    for line in open_lines(cooperative=cooperative):
        key = (line.payable, line.party.pk)
        waiting[key] = waiting.get(key, 0) + line.amount
    for role in PAYABLES:
        books = {
            (role, row.party_id): row
            for row in ledger.party_balances(cooperative=cooperative, role=role)
        }
        for key in sorted(set(books) | {k for k, v in waiting.items() if v and k[0] == role}):
            booked = books[key].balance if key in books else 0
            if booked != waiting.get(key, 0):
                yield _("%(name)s: the books owe her %(books)s, but %(open)s waits to be paid.") % {
                    "name": books[key].name if key in books else str(key[1]),
                    "books": format_rupiah(booked),
                    "open": format_rupiah(waiting.get(key, 0)),
                }


def _slips_add_up(cooperative: Cooperative) -> Iterator[str]:
    """Earned is what its lines say, deducted is what its deductions say."""
    slips = Slip.objects.filter(cooperative=cooperative)
    settled = dict(slips.values_list("pk").annotate(total=Sum("lines__amount")))
    taken = dict(slips.values_list("pk").annotate(total=Sum("deductions__amount")))
    for slip in slips.order_by("pk"):
        if settled[slip.pk] != slip.earned or (taken[slip.pk] or 0) != slip.deducted:
            yield _("%(number)s does not add up.") % {"number": slip.number}


def _slips_are_booked(cooperative: Cooperative) -> Iterator[str]:
    """Every slip stands in the books once, and is reversed there when it was put right."""
    slips = list(Slip.objects.filter(cooperative=cooperative).order_by("pk"))
    booked = ledger.posted_sources(
        cooperative=cooperative, sources=[f"{SOURCE}:{slip.number}" for slip in slips]
    )
    undone = ledger.reversed_entry_ids(cooperative=cooperative)
    for slip in slips:
        entry = booked.get(f"{SOURCE}:{slip.number}")
        if entry is None:
            yield _("%(number)s is not in the books.") % {"number": slip.number}
        elif (entry.id in undone) != bool(slip.reversed_at):
            yield _("%(number)s was reversed on one side only.") % {"number": slip.number}


def _paid_once(cooperative: Cooperative) -> Iterator[str]:
    twice = (
        SettledLine.objects.filter(slip__cooperative=cooperative, active=True)
        .values("line_id")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
    )
    for row in twice:
        yield _("Journal line %(line)s was paid by two slips.") % {"line": row["line_id"]}


def _numbers_are_whole(cooperative: Cooperative) -> Iterator[str]:
    numbers = Slip.objects.filter(cooperative=cooperative).values_list("number", flat=True)
    yield from house.numbering_gaps(cooperative=cooperative, series="BA", numbers=numbers)


INVARIANTS = (
    Invariant(
        "settlement.pay_is_whole",
        gettext_lazy("What makers earned is paid, deducted or still open; nothing is lost."),
        _pay_is_whole,
    ),
    Invariant(
        "settlement.slips_add_up",
        gettext_lazy("Every slip adds up: earned less deducted is paid."),
        _slips_add_up,
    ),
    Invariant(
        "settlement.slips_are_booked",
        gettext_lazy("Every slip stands in the books, and only once."),
        _slips_are_booked,
    ),
    Invariant(
        "settlement.paid_once",
        gettext_lazy("Nothing that a maker earned is paid twice."),
        _paid_once,
    ),
    Invariant(
        "settlement.numbers_are_whole",
        gettext_lazy("The numbers of slips have no gap."),
        _numbers_are_whole,
        "numbering",
        "portal:verify_page",
    ),
)
