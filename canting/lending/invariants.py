"""What must always hold of partners' money, and what is asked before a month is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives import selectors as house
from canting.kernel.dates import format_date, last_of_month
from canting.kernel.invariants import CloseCheck, Invariant
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.lending import selectors
from canting.lending.models import (
    Accrual,
    Draw,
    Facility,
    Onlend,
    OnlendInstalment,
    Repayment,
)
from canting.lending.rules import (
    ACCRUAL,
    ACCRUAL_SERIES,
    DRAW,
    DRAW_SERIES,
    FACILITY_SERIES,
    INSTALMENT,
    INSTALMENT_SERIES,
    ONLEND,
    ONLEND_SERIES,
    OWED_ROLES,
    PAID,
    PASSED_ON,
    REPAYMENT,
    REPAYMENT_SERIES,
    REVERSED,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from canting.cooperatives.models import Cooperative

LAST_MONTH = 12
EVER = (date(1900, 1, 1), date(2999, 12, 31))
SERIES: tuple[tuple[Any, str], ...] = (
    (Facility, FACILITY_SERIES),
    (Draw, DRAW_SERIES),
    (Repayment, REPAYMENT_SERIES),
    (Accrual, ACCRUAL_SERIES),
    (Onlend, ONLEND_SERIES),
    (OnlendInstalment, INSTALMENT_SERIES),
)


def _in_the_books(cooperative: Cooperative) -> Iterator[tuple[str, QuerySet[Any]]]:
    """The papers that posted an entry: not what came from the old book, nor what still waits."""
    here = {"cooperative": cooperative}
    yield DRAW, Draw.objects.filter(**here).exclude(place="")
    yield REPAYMENT, Repayment.objects.filter(**here)
    yield ACCRUAL, Accrual.objects.filter(**here)
    yield ONLEND, Onlend.objects.filter(**here).exclude(place="")
    yield INSTALMENT, OnlendInstalment.objects.filter(**here)


def papers_stand_in_the_books(cooperative: Cooperative) -> Iterator[str]:
    """Every paper that moves money has its entry, and a reversed paper a reversed one."""
    for source, found in _in_the_books(cooperative):
        states = {
            f"{source}:{number}": state == REVERSED
            for number, state in found.values_list("number", "state")
        }
        yield from ledger.standing_faults(cooperative=cooperative, papers=states)


def numbers_have_no_gap(cooperative: Cooperative) -> Iterator[str]:
    """The numbers of contracts, draws, payments and agreements follow each other."""
    for model, series in SERIES:
        numbers = model.objects.filter(cooperative=cooperative)
        yield from house.numbering_gaps(
            cooperative=cooperative,
            series=series,
            numbers=numbers.values_list("number", flat=True),
        )


def partners_are_owed_what_contracts_say(cooperative: Cooperative) -> Iterator[str]:
    """What entries of contracts gave each partner is what draws and payments say."""
    kinds = ("facility_draw", "facility_repaid", "onlend_agent_in", "onlend_agent_out")
    told = selectors.owed_by_party(cooperative=cooperative, carried=False)
    for role in OWED_ROLES:
        yield from _differences(cooperative, role, kinds, told, sign=1)


def members_owe_what_agreements_say(cooperative: Cooperative) -> Iterator[str]:
    """What entries of agreements gave each member is what agreements and payments say."""
    owed = selectors.owed_by_members(cooperative=cooperative, carried=False)
    told = {(PASSED_ON, party): amount for party, amount in owed.items()}
    yield from _differences(cooperative, PASSED_ON, ("onlend", "onlend_repaid"), told, sign=-1)


def _differences(
    cooperative: Cooperative,
    role: str,
    kinds: tuple[str, ...],
    told: dict[Any, int],
    *,
    sign: int,
) -> Iterator[str]:
    since, until = EVER
    booked = ledger.party_sums_of_kinds(
        cooperative=cooperative, roles=[role], kinds=kinds, since=since, until=until
    )
    papers = {party: amount for (of, party), amount in told.items() if of == role}
    for party in booked.keys() | papers.keys():
        ours, theirs = papers.get(party, 0), sign * booked.get(party, 0)
        if ours != theirs:
            name = house.parties(cooperative=cooperative).get(pk=party).name
            yield _("%(name)s: the papers say %(ours)s, the books %(theirs)s.") % {
                "name": name,
                "ours": format_rupiah(ours),
                "theirs": format_rupiah(theirs),
            }


def schedules_add_up(cooperative: Cooperative) -> Iterator[str]:
    """The principal of all instalments is what was drawn or passed on."""
    facilities = selectors.facilities(cooperative=cooperative)
    for one in selectors.facility_stands(facilities):
        planned = sum(row.row.principal for row in one.rows)
        if one.rows and planned != one.drawn:
            yield _uneven(one.facility.number, planned, one.drawn)
    agreed = selectors.onlends(cooperative=cooperative).filter(state=PAID)
    for given in selectors.onlend_stands(agreed):
        planned = sum(row.row.principal for row in given.rows)
        if given.rows and planned != given.onlend.amount:
            yield _uneven(given.onlend.number, planned, given.onlend.amount)


def _uneven(number: str, planned: int, whole: int) -> str:
    return _("%(number)s: the instalments make %(planned)s, not %(whole)s.") % {
        "number": number,
        "planned": format_rupiah(planned),
        "whole": format_rupiah(whole),
    }


def no_more_than_there_is(cooperative: Cooperative) -> Iterator[str]:
    """No contract is drawn above its limit, repaid or passed on above what was drawn."""
    facilities = selectors.facilities(cooperative=cooperative)
    for one in selectors.facility_stands(facilities):
        if min(one.undrawn, one.owed, one.free, one.accrued) < 0:
            yield _("%(number)s: more was used than there is.") % {"number": one.facility.number}
    for given in selectors.onlend_stands(selectors.onlends(cooperative=cooperative)):
        if given.left < 0:
            yield _("%(number)s: more was used than there is.") % {"number": given.onlend.number}


def contracts_tell_all(cooperative: Cooperative, _month: date) -> Iterator[str]:
    """Nothing stands with a partner or a member that no contract tells."""
    for one in selectors.unwritten(cooperative=cooperative):
        yield _("%(name)s: %(amount)s stands in the books without a contract.") % {
            "name": one.party.name,
            "amount": format_rupiah(one.amount),
        }


def interest_is_booked(cooperative: Cooperative, month: date) -> Iterator[str]:
    """At the end of the year the interest that partners earned is booked as a debt."""
    if month.month != LAST_MONTH:
        return
    until = last_of_month(month)
    for one in selectors.running_facilities(cooperative=cooperative):
        amount = selectors.to_accrue(one, until=until)
        if amount:
            yield _("%(number)s: %(amount)s of interest up to %(until)s is not booked.") % {
                "number": one.facility.number,
                "amount": format_rupiah(amount),
                "until": format_date(until),
            }


def debts_in_words(cooperative: Cooperative, _month: date) -> str:
    """How much partners are owed, and how much members owe of it."""
    owed = sum(selectors.owed_by_party(cooperative=cooperative).values())
    if not owed:
        return ""
    out = sum(selectors.owed_by_members(cooperative=cooperative).values())
    return _("partners are owed %(owed)s, members owe %(out)s") % {
        "owed": format_rupiah(owed),
        "out": format_rupiah(out),
    }


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "lending.papers_stand_in_the_books",
        gettext_lazy("Every paper of partners' money stands in the books"),
        papers_stand_in_the_books,
    ),
    Invariant(
        "lending.numbers_have_no_gap",
        gettext_lazy("Papers of partners' money are numbered without a gap"),
        numbers_have_no_gap,
        "numbering",
        "portal:verify_page",
    ),
    Invariant(
        "lending.partners_are_owed_what_contracts_say",
        gettext_lazy("Each partner is owed what draws and payments say"),
        partners_are_owed_what_contracts_say,
    ),
    Invariant(
        "lending.members_owe_what_agreements_say",
        gettext_lazy("Each member owes what agreements and payments say"),
        members_owe_what_agreements_say,
    ),
    Invariant(
        "lending.schedules_add_up",
        gettext_lazy("Instalments add up to what was drawn or passed on"),
        schedules_add_up,
    ),
    Invariant(
        "lending.no_more_than_there_is",
        gettext_lazy("No contract is drawn, repaid or passed on beyond what there is"),
        no_more_than_there_is,
    ),
)

CLOSE_CHECKS: tuple[CloseCheck, ...] = (
    CloseCheck(
        "lending.contracts_tell_all",
        gettext_lazy("Partners' money stands in contracts"),
        contracts_tell_all,
        "lending:facility_list",
        "drafts",
        debts_in_words,
    ),
    CloseCheck(
        "lending.interest_is_booked",
        gettext_lazy("Interest of the year is booked as a debt"),
        interest_is_booked,
        "lending:accrual_list",
        "drafts",
    ),
)
