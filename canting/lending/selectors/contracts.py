"""Partners, contracts and papers by number; what rests on what; what is due when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from canting.cooperatives import selectors as house
from canting.cooperatives.rules import PartyKind
from canting.kernel.expected import Expected
from canting.kernel.money import format_rupiah
from canting.kernel.ties import Tie
from canting.ledger import selectors as ledger
from canting.lending.models import (
    Accrual,
    Deducted,
    Draw,
    Facility,
    Financier,
    Onlend,
    OnlendInstalment,
    Repayment,
)
from canting.lending.rules import (
    AGENT,
    APPROVED,
    OWED_ROLES,
    PAID,
    PASSED_ON,
    POSTED,
    REVERSED,
    Standing,
)
from canting.lending.selectors.standing import (
    FacilityStand,
    OnlendStand,
    facility_stands,
    onlend_stands,
    owed_by_members,
    owed_by_party,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party

AnyPaper = TypeVar("AnyPaper", Draw, Repayment, OnlendInstalment)
AnyRow = TypeVar("AnyRow", Facility, Onlend)


@dataclass(frozen=True, slots=True)
class DueRow:
    """One instalment that is due: to a partner, or from a member."""

    day: date
    who: str
    number: str
    principal: int
    charge: int
    goes_out: bool

    @property
    def total(self) -> int:
        """Both parts together, whole rupiah."""
        return self.principal + self.charge


@dataclass(frozen=True, slots=True)
class Move:
    """One movement of a contract, with what is owed after it; amounts in whole rupiah."""

    day: date
    kind: str  # drawn, repaid or passed_on
    number: str
    principal: int  # above zero: more is owed
    charge: int
    owed: int


@dataclass(frozen=True, slots=True)
class Unwritten:
    """What the books hold of somebody and no contract tells, in whole rupiah."""

    role: str
    party: Party
    amount: int


def financiers(*, cooperative: Cooperative) -> QuerySet[Financier]:
    """The partners, by number."""
    found = Financier.objects.filter(cooperative=cooperative)
    return found.select_related("party").order_by("party__number")


def financier(*, cooperative: Cooperative, number: str) -> Financier | None:
    """A partner by its number."""
    return financiers(cooperative=cooperative).filter(party__number=number).first()


def unnamed_partners(*, cooperative: Cooperative) -> list[Party]:
    """Partners of the old book whose kind nobody has written down yet."""
    known = Financier.objects.filter(cooperative=cooperative).values("party_id")
    found = house.parties(cooperative=cooperative, kind=PartyKind.FINANCIER)
    return list(found.exclude(pk__in=known))


def facilities(*, cooperative: Cooperative, words: str = "") -> QuerySet[Facility]:
    """The contracts with partners that were not put right, newest first."""
    found = (
        Facility.objects.filter(cooperative=cooperative)
        .exclude(state=REVERSED)
        .select_related("financier__party", "made_by")
        .order_by("-signed_on", "-id")
    )
    for word in words.split()[:4]:
        found = found.filter(
            Q(number__icontains=word)
            | Q(contract__icontains=word)
            | Q(financier__party__name__icontains=word)
        )
    return found


def facility(*, cooperative: Cooperative, number: str) -> Facility | None:
    """A contract with a partner by our number."""
    return (
        Facility.objects.filter(cooperative=cooperative, number=number)
        .select_related("financier__party", "made_by", "approved_by", "successor", "cooperative")
        .first()
    )


def same_contract(*, financier: Financier, contract: str) -> Facility | None:
    """A standing facility with this partner's contract number, if there is one."""
    found = Facility.objects.filter(financier=financier, contract=contract)
    return found.exclude(state=REVERSED).first()


def onlends(*, cooperative: Cooperative, facility: Facility | None = None) -> QuerySet[Onlend]:
    """The agreements with members that were not put right, newest first."""
    found = Onlend.objects.filter(cooperative=cooperative).exclude(state=REVERSED)
    if facility is not None:
        found = found.filter(facility=facility)
    return found.select_related(
        "facility__financier__party", "member__party", "made_by", "approved_by"
    ).order_by("-on", "-id")


def onlend(*, cooperative: Cooperative, number: str) -> Onlend | None:
    """An agreement with a member by its number."""
    return (
        Onlend.objects.filter(cooperative=cooperative, number=number)
        .select_related(
            "facility__financier__party", "member__party", "made_by", "approved_by", "successor",
            "cooperative",
        )
        .first()
    )  # fmt: skip


def onlends_of(*, cooperative: Cooperative, party_id: int) -> list[OnlendStand]:
    """What is passed on to one member, newest first."""
    found = onlends(cooperative=cooperative).filter(member__party_id=party_id, state=PAID)
    return onlend_stands(found)


def draw(*, cooperative: Cooperative, number: str) -> Draw | None:
    """A draw by its number."""
    return _paper(Draw, cooperative, number, "facility__financier__party")


def repayment(*, cooperative: Cooperative, number: str) -> Repayment | None:
    """A payment to a partner by its number."""
    return _paper(Repayment, cooperative, number, "facility__financier__party")


def accrual(*, cooperative: Cooperative, number: str) -> Accrual | None:
    """Interest booked as a debt, by its number."""
    found = Accrual.objects.filter(cooperative=cooperative, number=number)
    return found.select_related("made_by", "cooperative", "facility__financier__party").first()


def instalment(*, cooperative: Cooperative, number: str) -> OnlendInstalment | None:
    """What a member paid back, by its number."""
    return _paper(
        OnlendInstalment, cooperative, number, "onlend__member__party", "onlend__facility"
    )


def _paper(
    model: type[AnyPaper], cooperative: Cooperative, number: str, *related: str
) -> AnyPaper | None:
    found = model._default_manager.filter(cooperative=cooperative, number=number)
    return found.select_related("made_by", "successor", "cooperative", *related).first()


def accruals(*, cooperative: Cooperative) -> QuerySet[Accrual]:
    """Interest booked as a debt, newest first."""
    found = Accrual.objects.filter(cooperative=cooperative)
    return found.select_related("facility__financier__party").order_by("-on", "-id")


def draws_of(facility: Facility) -> QuerySet[Draw]:
    """The draws of a contract, oldest first."""
    return Draw.objects.filter(facility=facility).order_by("on", "id")


def repayments_of(facility: Facility) -> QuerySet[Repayment]:
    """The payments to a partner, oldest first."""
    return Repayment.objects.filter(facility=facility).order_by("on", "id")


def payments_of(onlend: Onlend) -> QuerySet[OnlendInstalment]:
    """What a member paid back, oldest first."""
    return OnlendInstalment.objects.filter(onlend=onlend).order_by("on", "id")


def deducted_of(onlend: Onlend) -> QuerySet[Deducted]:
    """What was kept from her pay for it, oldest first."""
    return Deducted.objects.filter(onlend=onlend, undone=False).order_by("on", "id")


def moves_of(facility: Facility) -> list[Move]:
    """Every draw and payment that stands, by its day; what passes through leaves by handing on."""
    found = [
        (one.on, 0, "drawn", one.number, one.amount, 0)
        for one in draws_of(facility).filter(state=POSTED)
    ]
    found += [
        (one.on, 1, "repaid", one.number, -one.principal, one.interest)
        for one in repayments_of(facility).filter(state=POSTED)
    ]
    if facility.mode == AGENT:
        given = onlends(cooperative=facility.cooperative, facility=facility).filter(state=PAID)
        found += [
            (one.paid_on or one.on, 1, "passed_on", one.number, -one.amount, 0) for one in given
        ]
    rows, owed = [], 0
    for day, _order, kind, number, principal, charge in sorted(found):
        owed += principal
        rows.append(Move(day, kind, number, principal, charge, owed))
    return rows


def lock(row: AnyRow) -> AnyRow:
    """The same contract, held until the transaction ends."""
    model = type(row)
    held = model._default_manager.select_for_update(of=("self",)).select_related("cooperative")
    return held.get(pk=row.pk)


def follower_of_facility(facility: Facility) -> str:
    """The number of what rests on a contract: a draw or an agreement; "" when nothing does."""
    first = Draw.objects.filter(facility=facility, state=POSTED).first()
    if first is not None:
        return first.number
    given = Onlend.objects.filter(facility=facility).exclude(state=REVERSED).first()
    return given.number if given else ""


def follower_of_onlend(onlend: Onlend) -> str:
    """The number of what was paid back of it; "" when nothing was."""
    first = OnlendInstalment.objects.filter(onlend=onlend, state=POSTED).first()
    if first is not None:
        return first.number
    kept = Deducted.objects.filter(onlend=onlend, undone=False).first()
    return kept.paper if kept else ""


def unwritten(*, cooperative: Cooperative) -> list[Unwritten]:
    """What the books hold of partners and members and no contract tells; above or below zero."""
    booked = {
        (role, row.party_id): row.balance
        for role, row in ledger.party_balances_of_roles(
            cooperative=cooperative, roles=[*OWED_ROLES, PASSED_ON]
        )
    }
    told = owed_by_party(cooperative=cooperative)
    told |= {
        (PASSED_ON, party): owed for party, owed in owed_by_members(cooperative=cooperative).items()
    }
    left = {key: booked.get(key, 0) - told.get(key, 0) for key in booked.keys() | told.keys()}
    open_ = {key: amount for key, amount in left.items() if amount}
    if not open_:
        return []
    parties = house.parties(cooperative=cooperative).in_bulk([party for _role, party in open_])
    found = [Unwritten(role, parties[party], amount) for (role, party), amount in open_.items()]
    return sorted(found, key=lambda one: (one.role, one.party.number))


def unwritten_of(*, cooperative: Cooperative, role: str, party: Party) -> int:
    """What the books hold of one party on one account and no contract tells."""
    found = unwritten(cooperative=cooperative)
    return sum(one.amount for one in found if one.role == role and one.party == party)


def running_facilities(*, cooperative: Cooperative) -> list[FacilityStand]:
    """Approved contracts of which something is owed."""
    found = facilities(cooperative=cooperative).filter(state=APPROVED)
    return [one for one in facility_stands(found) if one.owed]


def running_onlends(*, cooperative: Cooperative) -> list[OnlendStand]:
    """Agreements of which something is open."""
    found = onlends(cooperative=cooperative).filter(state=PAID)
    return [one for one in onlend_stands(found) if one.left]


def dues(*, cooperative: Cooperative, until: date) -> list[DueRow]:
    """Every open instalment due by a day, to partners and from members, oldest first."""
    found = [
        *_due_rows(running_facilities(cooperative=cooperative), until),
        *_due_rows(running_onlends(cooperative=cooperative), until),
    ]
    return sorted(found, key=lambda one: (one.day, one.number))


def _due_rows(stands: list[Any], until: date) -> Iterator[DueRow]:
    for stand in stands:
        goes_out = isinstance(stand, FacilityStand)
        paper = stand.facility if goes_out else stand.onlend
        who = paper.financier.party.name if goes_out else paper.member.party.name
        for row in _open_until(stand, until):
            yield DueRow(
                row.row.due, who, paper.number, row.principal_left, row.interest_left, goes_out
            )


def _open_until(stand: Any, until: date) -> list[Standing]:
    return [one for one in stand.rows if one.left and one.row.due <= until]


def expected_cash(*, cooperative: Cooperative, on: date, until: date) -> list[Expected]:
    """Instalments to partners and from members that are due by a day; late ones are due today."""
    return [
        Expected(
            max(one.day, on),
            comes_in=0 if one.goes_out else one.total,
            goes_out=one.total if one.goes_out else 0,
        )
        for one in dues(cooperative=cooperative, until=until)
    ]


def soon(on: date) -> date:
    """The last day of the week that begins on a day."""
    return on + timedelta(days=7)


def waiting_contracts(*, cooperative: Cooperative) -> list[tuple[str, str, str]]:
    """View, number and name of each contract that waits for the board, oldest first."""
    prepared = {"state": "prepared"}
    return [
        *(
            ("lending:facility_detail", one.number, one.financier.party.name)
            for one in facilities(cooperative=cooperative).filter(**prepared).order_by("id")
        ),
        *(
            ("lending:onlend_detail", one.number, one.member.party.name)
            for one in onlends(cooperative=cooperative).filter(**prepared).order_by("id")
        ),
    ]


def leaver_ties(*, cooperative: Cooperative, party: Party, on: date) -> list[Tie]:
    """Agreements of a leaver that are open or wait, for the page of her leaving."""
    hers = onlends(cooperative=cooperative).filter(member__party=party).order_by("id")
    found = []
    for one in onlend_stands(hers):
        number = one.onlend.number
        if one.left:
            text = _("%(number)s: %(amount)s of partner funds is still with her.")
            said = text % {"number": number, "amount": format_rupiah(one.left)}
        elif one.onlend.state != PAID:
            said = _("%(number)s is agreed and not handed over. Cancel it.") % {"number": number}
        else:
            continue
        found.append(Tie(said, "lending:onlend_detail", number))
    return found
