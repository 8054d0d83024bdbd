"""Reads of the opening: what each step holds, how it stands beside the old book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from canting.cooperatives import selectors as cooperatives
from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.ledger.selectors import AccountBalance
from canting.members import selectors as members
from canting.portal.models import Opening, OpeningPart
from canting.portal.rules.opening import (
    DIFFERENCE,
    PARTS,
    SUMS,
    OldTotal,
    PartState,
    Step,
    total_of,
)
from canting.portal.selectors.old_books import covered_steps
from canting.sales import selectors as sales

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from canting.cooperatives.models import Access, Cooperative, User

KIND = "opening"


@dataclass(frozen=True, slots=True)
class Compared:
    """One sum of the balance sheet: as entered here, as the old book says (None: not typed)."""

    name: OldTotal
    here: int
    old: int | None

    @property
    def difference(self) -> int:
        """What is here above the old book, in whole rupiah; 0 while the old one is not typed."""
        return 0 if self.old is None else self.here - self.old


@dataclass(frozen=True, slots=True)
class Standing:
    """How one step stands: done or not, a draft waiting, how many rows it holds."""

    step: Step
    done: bool
    waiting: bool
    rows: int


def opening(*, cooperative: Cooperative) -> Opening:
    """The opening of a cooperative; an empty one (not stored) before anything was entered."""
    found = (
        Opening.objects.filter(cooperative=cooperative)
        .select_related("prepared_by", "cooperative")
        .first()
    )
    return found or Opening(cooperative=cooperative)


def lock_opening(*, cooperative: Cooperative) -> Opening:
    """The opening, made when it is not there, held until the transaction ends."""
    Opening.objects.get_or_create(cooperative=cooperative)
    return Opening.objects.select_for_update().get(cooperative=cooperative)


def part(
    *, cooperative: Cooperative, step: Step, state: PartState = PartState.POSTED
) -> OpeningPart | None:
    """What a step holds in the books, or its draft."""
    return OpeningPart.objects.filter(cooperative=cooperative, step=step, state=state).first()


def draft_count(*, cooperative: Cooperative) -> int:
    """How many parts of the opening lie there as drafts."""
    return OpeningPart.objects.filter(cooperative=cooperative, state=PartState.DRAFT).count()


def part_by_number(*, cooperative: Cooperative, step: str, number: str) -> OpeningPart | None:
    """One saving of a step, by the number in the source of its entry; replaced ones too."""
    if not number.isdigit():
        return None
    return (
        OpeningPart.objects.filter(cooperative=cooperative, step=step, number=int(number))
        .exclude(state=PartState.DRAFT)
        .select_related("made_by")
        .first()
    )


def posted_parts(*, cooperative: Cooperative) -> list[OpeningPart]:
    """What every step holds in the books, in the order of the steps."""
    found = OpeningPart.objects.filter(cooperative=cooperative, state=PartState.POSTED)
    return sorted(found, key=lambda one: PARTS.index(Step(one.step)))


def drafts(*, cooperative: Cooperative) -> list[OpeningPart]:
    """Tables that were read from a sheet and are not saved yet."""
    return list(
        OpeningPart.objects.filter(cooperative=cooperative, state=PartState.DRAFT).order_by("id")
    )


def last_number(*, cooperative: Cooperative, step: Step) -> int:
    """How often this step was booked."""
    return (
        OpeningPart.objects.filter(cooperative=cooperative, step=step)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
        or 0
    )


def opening_trial(*, cooperative: Cooperative) -> list[AccountBalance]:
    """The trial balance of the opening alone: every account that holds something, by code."""
    rows = ledger.standing_sums(cooperative=cooperative, kind=KIND, on=cooperative.cutover_date)
    return [row for row in rows if row.net]


def difference_of(trial: list[AccountBalance]) -> int:
    """By how much the debts and the equity are short of the assets (above zero) or exceed them."""
    return next((row.balance for row in trial if row.role == DIFFERENCE), 0)


def comparison(*, trial: list[AccountBalance], old: dict[str, int]) -> list[Compared]:
    """Every sum of the balance sheet beside the old book's."""
    here = dict.fromkeys(OldTotal, 0)
    for row in trial:
        if row.role == DIFFERENCE:
            continue
        name = total_of(code=row.code, statement=row.statement)
        on_left = row.code[0] == "1"
        amount = row.net if on_left else -row.net
        here[name] += amount
        here[OldTotal.ASSETS if on_left else OldTotal.DEBTS_AND_EQUITY] += amount
    return [Compared(name, here[name], old.get(name)) for name in OldTotal]


def standings(*, cooperative: Cooperative) -> dict[Step, Standing]:
    """How every step stands, for the page of steps."""
    booked = {Step(one.step): one for one in posted_parts(cooperative=cooperative)}
    waiting = {Step(one.step) for one in drafts(cooperative=cooperative)}
    counts = {
        Step.FACTS: int(bool(cooperative.place and cooperative.region_code)),
        Step.PEOPLE: len(signers(cooperative=cooperative)),
        Step.MEMBERS: members.members(cooperative=cooperative).count(),
        Step.ORDERS: sales.open_orders(cooperative=cooperative).count(),
        Step.SIGN: int(cooperative.signed_at is not None),
        **{step: len(one.rows) for step, one in booked.items()},
    }
    least = {Step.PEOPLE: 2}
    covered = covered_steps(cooperative=cooperative)
    return {
        step: Standing(
            step,
            step in booked or step in covered or counts.get(step, 0) >= least.get(step, 1),
            step in waiting,
            counts.get(step, 0),
        )
        for step in Step
    }


def officers(*, cooperative: Cooperative) -> QuerySet[Access]:
    """Every role that somebody holds here besides membership, by name of the person."""
    return cooperatives.people(cooperative=cooperative).exclude(role=Role.MEMBER)


def officer_by_username(*, cooperative: Cooperative, username: str) -> User | None:
    """Somebody who holds a role here already, by what they sign in with."""
    access = (
        officers(cooperative=cooperative).filter(user__username__iexact=username.strip()).first()
    )
    return access.user if access else None


def signers(*, cooperative: Cooperative) -> list[User]:
    """Everyone who may prepare or sign the opening."""
    roles = cooperatives.all_rights()["portal.start"]
    found = officers(cooperative=cooperative).filter(role__in=roles)
    return list({access.user_id: access.user for access in found}.values())


def is_sum(name: OldTotal) -> bool:
    """True for the two lines that add up the others."""
    return name in SUMS
