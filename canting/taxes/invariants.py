"""What must always hold of taxes: what was withheld stands in the books, slips add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import F, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives import selectors as house
from canting.kernel.invariants import Invariant
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.taxes.models import HeldByBuyer, InputVat, ServiceBill, TaxPayment, TaxSlip, Withheld
from canting.taxes.rules import (
    BILL,
    FAKTUR,
    FAKTUR_SERIES,
    HELD,
    PAYMENT,
    SLIP_SERIES,
    WITHHOLDINGS,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def withheld_is_booked(cooperative: Cooperative) -> Iterator[str]:
    """What papers withheld is on its account in the entry they name, and stands as long."""
    rows = list(Withheld.objects.filter(cooperative=cooperative))
    standing = ledger.standing_of(cooperative=cooperative, sources=[row.source for row in rows])
    booked = _booked(cooperative, {one.key: (one.role,) for one in WITHHOLDINGS.values()}, 1)
    kept: dict[tuple[str, str], int] = {}
    for row in rows:
        kept[row.kind, row.source] = kept.get((row.kind, row.source), 0) + row.tax
    for row in rows:
        there = booked.get((row.kind, row.source), 0)
        if there != kept[row.kind, row.source]:
            yield _("%(paper)s withheld %(tax)s, the books say %(kept)s.") % {
                "paper": row.paper,
                "tax": format_rupiah(kept[row.kind, row.source]),
                "kept": format_rupiah(there),
            }
        elif standing.get(row.source) == row.active:
            yield _("%(number)s and its entry do not agree on being reversed.") % {
                "number": row.paper
            }


def held_is_booked(cooperative: Cooperative) -> Iterator[str]:
    """What a buyer kept from a payment is on the accounts of that tax, and stands as long."""
    rows = list(HeldByBuyer.objects.filter(cooperative=cooperative))
    standing = ledger.standing_of(cooperative=cooperative, sources=[row.source for row in rows])
    booked = _booked(cooperative, {one.key: one.roles for one in HELD.values()}, -1)
    for row in rows:
        there = booked.get((row.kind, row.source), 0)
        if there != row.tax:
            yield _("%(paper)s withheld %(tax)s, the books say %(kept)s.") % {
                "paper": row.paper,
                "tax": format_rupiah(row.tax),
                "kept": format_rupiah(there),
            }
        elif standing.get(row.source) == row.active:
            yield _("%(number)s and its entry do not agree on being reversed.") % {
                "number": row.paper
            }


def _booked(
    cooperative: Cooperative, roles_of: Mapping[str, Sequence[str]], sign: int
) -> dict[tuple[str, str], int]:
    """What each entry moved on the accounts of each tax, credits counted by `sign`; one query."""
    kind_of = {role: kind for kind, roles in roles_of.items() for role in roles}
    lines = ledger.lines_of_roles(cooperative=cooperative, roles=list(kind_of))
    found: dict[tuple[str, str], int] = {}
    rows = lines.values_list("account__role", "entry__source", "side", "amount")
    for role, source, side, amount in rows:
        key = (kind_of[role], source)
        signed = amount if side == Side.CREDIT else -amount
        found[key] = found.get(key, 0) + sign * signed
    return found


def slips_add_up(cooperative: Cooperative) -> Iterator[str]:
    """A slip that stands is the sum of what was withheld on it."""
    found = TaxSlip.objects.filter(cooperative=cooperative, state="posted")
    for slip in found.annotate(sum=Sum("rows__tax")).exclude(sum=F("tax")):
        yield _("%(number)s does not add up.") % {"number": slip.number}


def papers_stand_in_the_books(cooperative: Cooperative) -> Iterator[str]:
    """Every payment and bill has its entry, and a reversed one a reversed entry."""
    states = {
        **_states(cooperative, TaxPayment, PAYMENT),
        **_states(cooperative, ServiceBill, BILL),
        **_states(cooperative, InputVat, FAKTUR),
    }
    yield from ledger.standing_faults(cooperative=cooperative, papers=states)


def _states(
    cooperative: Cooperative, model: type[TaxPayment | ServiceBill | InputVat], source: str
) -> dict[str, bool]:
    rows = model._default_manager.filter(cooperative=cooperative).values_list("number", "state")
    return {f"{source}:{number}": state == "reversed" for number, state in rows}


def numbers_have_no_gap(cooperative: Cooperative) -> Iterator[str]:
    """The numbers of withholding slips and of suppliers' tax invoices follow each other."""
    for series, model in ((SLIP_SERIES, TaxSlip), (FAKTUR_SERIES, InputVat)):
        found = model._default_manager.filter(cooperative=cooperative)
        numbers = found.values_list("number", flat=True)
        yield from house.numbering_gaps(cooperative=cooperative, series=series, numbers=numbers)


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "taxes.withheld_is_booked",
        gettext_lazy("Tax withheld from each payee is what the books say"),
        withheld_is_booked,
    ),
    Invariant(
        "taxes.held_is_booked",
        gettext_lazy("Tax that buyers withheld from us is what the books say"),
        held_is_booked,
    ),
    Invariant(
        "taxes.slips_add_up",
        gettext_lazy("A withholding slip is the sum of what was withheld on it"),
        slips_add_up,
    ),
    Invariant(
        "taxes.papers_stand_in_the_books",
        gettext_lazy("Every tax payment and bill stands in the books"),
        papers_stand_in_the_books,
    ),
    Invariant(
        "taxes.numbers_have_no_gap",
        gettext_lazy("Withholding slips are numbered without a gap"),
        numbers_have_no_gap,
        "numbering",
        "portal:verify_page",
    ),
)
