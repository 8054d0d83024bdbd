"""How contracts stand: drawn, repaid, passed on, what is open of each instalment and late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Sum

from canting.lending.models import (
    Accrual,
    Deducted,
    Draw,
    Facility,
    Onlend,
    OnlendInstalment,
    Repayment,
)
from canting.lending.rules import (
    AGENT,
    PAID,
    POSTED,
    Drawn,
    Standing,
    earned,
    plan,
    plan_of,
    standings,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@dataclass(frozen=True, slots=True)
class Stand:
    """The instalments of a contract with what of each is open; amounts in whole rupiah."""

    rows: tuple[Standing, ...] = ()
    since: date | None = None

    @property
    def next(self) -> Standing | None:
        """The oldest instalment of which something is open."""
        return next((one for one in self.rows if one.left), None)

    @property
    def charge_left(self) -> int:
        """Interest or fee of all instalments that is not paid."""
        return sum(one.interest_left for one in self.rows)

    def late(self, on: date) -> list[tuple[int, int]]:
        """Days and amount of each instalment whose day has passed unpaid."""
        return [(one.days_late(on), one.left) for one in self.rows if one.days_late(on)]

    def late_amount(self, on: date) -> int:
        """What is late in all."""
        return sum(amount for _days, amount in self.late(on))

    def most_days_late(self, on: date) -> int:
        """How long the oldest late instalment is late; 0 when none is."""
        return max((days for days, _amount in self.late(on)), default=0)


@dataclass(frozen=True, slots=True)
class FacilityStand(Stand):
    """A facility and its sums in whole rupiah."""

    facility: Facility = field(default_factory=Facility)
    drawn: int = 0
    repaid: int = 0
    interest_paid: int = 0
    accrued: int = 0  # booked as a debt and not paid yet
    passed_on: int = 0
    members: int = 0

    @property
    def owed(self) -> int:
        """Principal that the partner is owed; of money that passes through, what is still held."""
        if self.facility.mode == AGENT:
            return self.drawn - self.passed_on
        return self.drawn - self.repaid

    @property
    def undrawn(self) -> int:
        """What the contract still allows to draw."""
        return self.facility.limit - self.drawn

    @property
    def free(self) -> int:
        """What is drawn and not passed on."""
        return self.drawn - self.passed_on


@dataclass(frozen=True, slots=True)
class OnlendStand(Stand):
    """What is passed on to one member, and its sums in whole rupiah."""

    onlend: Onlend = field(default_factory=Onlend)
    paid: int = 0  # principal, what was kept from her pay with it
    fee_paid: int = 0

    @property
    def left(self) -> int:
        """Principal that she still owes us; nothing where the money only passed through."""
        if self.onlend.state != PAID or self.onlend.facility.mode == AGENT:
            return 0
        return self.onlend.amount - self.paid


def _sums(model: Any, key: str, ids: Sequence[int], **sums: Any) -> dict[int, dict[str, int]]:
    """Sums of the standing papers of these contracts, by contract."""
    found = model.objects.filter(**{f"{key}__in": ids}).exclude(state="reversed")
    rows = found.order_by().values(key).annotate(**sums)
    return {row[key]: row for row in rows}


def facility_stands(facilities: Iterable[Facility]) -> list[FacilityStand]:
    """How these facilities stand; five queries, however many they are."""
    listed = list(facilities)
    ids = [one.pk for one in listed]
    draws: defaultdict[int, list[Drawn]] = defaultdict(list)
    for draw in Draw.objects.filter(facility__in=ids, state=POSTED).order_by("on", "id"):
        draws[draw.facility_id].append(draw.drawn)
    paid = _sums(
        *(Repayment, "facility_id", ids),
        principals=Sum("principal"),
        interests=Sum("interest"),
        used=Sum("accrued"),
    )
    accrued = _sums(Accrual, "facility_id", ids, total=Sum("amount"))
    passed = {
        row["facility_id"]: row
        for row in Onlend.objects.filter(facility__in=ids, state=PAID)
        .order_by()
        .values("facility_id")
        .annotate(total=Sum("amount"), count=Count("member", distinct=True))
    }
    none = {"principals": 0, "interests": 0, "used": 0}
    found = []
    for one in listed:
        back = paid.get(one.pk, none)
        there = draws[one.pk]
        is_ours = one.mode != AGENT
        rows = plan_of(there, one.terms) if is_ours else []
        open_rows = standings(rows, principal=back["principals"], interest=back["interests"])
        found.append(
            FacilityStand(
                rows=tuple(open_rows),
                since=there[0].on if there else None,
                facility=one,
                drawn=sum(drawn.amount for drawn in there),
                repaid=back["principals"],
                interest_paid=back["interests"],
                accrued=accrued.get(one.pk, {"total": 0})["total"] - back["used"],
                passed_on=passed.get(one.pk, {"total": 0})["total"],
                members=passed.get(one.pk, {"count": 0})["count"],
            )
        )
    return found


def facility_stand(facility: Facility) -> FacilityStand:
    """How one facility stands."""
    return facility_stands([facility])[0]


def onlend_stands(onlends: Iterable[Onlend]) -> list[OnlendStand]:
    """How these agreements stand; two queries, however many they are."""
    listed = list(onlends)
    ids = [one.pk for one in listed]
    paid = _sums(OnlendInstalment, "onlend_id", ids, principals=Sum("principal"), fees=Sum("fee"))
    kept = dict(
        Deducted.objects.filter(onlend__in=ids, undone=False)
        .order_by()
        .values_list("onlend_id")
        .annotate(total=Sum("amount"))
    )
    found = []
    for one in listed:
        back = paid.get(one.pk, {"principals": 0, "fees": 0})
        principal = back["principals"] + kept.get(one.pk, 0)
        is_running = one.state == PAID and one.facility.mode != AGENT
        start = one.paid_on or one.on
        rows = plan(Drawn(one.amount, start), one.terms) if is_running else []
        found.append(
            OnlendStand(
                rows=tuple(standings(rows, principal=principal, interest=back["fees"])),
                since=start,
                onlend=one,
                paid=principal,
                fee_paid=back["fees"],
            )
        )
    return found


def onlend_stand(onlend: Onlend) -> OnlendStand:
    """How one agreement stands."""
    return onlend_stands([onlend])[0]


def to_accrue(stand: FacilityStand, *, until: date) -> int:
    """Interest earned by a day that is neither paid nor booked as a debt, in whole rupiah."""
    if stand.since is None or not stand.owed:
        return 0
    whole = earned([one.row for one in stand.rows], since=stand.since, until=until)
    return max(whole - stand.interest_paid - stand.accrued, 0)


def last_accrual(*, cooperative: Cooperative) -> date | None:
    """The last day up to which interest is booked as a debt."""
    found = Accrual.objects.filter(cooperative=cooperative, state=POSTED).aggregate(last=Max("on"))
    last: date | None = found["last"]
    return last


def owed_by_party(*, cooperative: Cooperative, carried: bool | None = None) -> dict[Any, int]:
    """What the contracts say that each partner is owed, by account and party.

    `carried` picks only what came from the old book (True) or only what these books saw (False).
    """
    sums: defaultdict[tuple[str, int], int] = defaultdict(int)
    key = ("facility__role", "facility__financier__party_id")
    draws = Draw.objects.filter(cooperative=cooperative, state=POSTED)
    parts = [(draws if carried is None else _from(draws, carried), "amount", 1)]
    if not carried:
        back = Repayment.objects.filter(cooperative=cooperative, state=POSTED)
        parts.append((back, "principal", -1))
        passed = Onlend.objects.filter(cooperative=cooperative, state=PAID, facility__mode=AGENT)
        parts.append((passed.exclude(place=""), "amount", -1))
    for found, column, sign in parts:
        for role, party, total in found.order_by().values_list(*key).annotate(total=Sum(column)):
            sums[role, party] += sign * total
    return {place: total for place, total in sums.items() if total}


def owed_by_members(*, cooperative: Cooperative, carried: bool | None = None) -> dict[int, int]:
    """What the agreements say that each member owes, by party; `carried` as above."""
    sums: defaultdict[int, int] = defaultdict(int)
    given = Onlend.objects.filter(cooperative=cooperative, state=PAID).exclude(facility__mode=AGENT)
    if carried is not None:
        given = _from(given, carried)
    rows = given.order_by().values_list("member__party_id").annotate(total=Sum("amount"))
    for party, total in rows:
        sums[party] += total
    if not carried:
        back = OnlendInstalment.objects.filter(cooperative=cooperative, state=POSTED)
        for party, total in (
            back.order_by()
            .values_list("onlend__member__party_id")
            .annotate(repaid=Sum("principal"))
        ):
            sums[party] -= total
    if carried is None:
        kept = Deducted.objects.filter(cooperative=cooperative, undone=False)
        for party, total in (
            kept.order_by().values_list("onlend__member__party_id").annotate(total=Sum("amount"))
        ):
            sums[party] -= total
    return {party: total for party, total in sums.items() if total}


def _from(found: Any, carried: bool) -> Any:
    return found.filter(place="") if carried else found.exclude(place="")


def open_by_age(*, onlends: Iterable[OnlendStand], on: date) -> list[tuple[int, int]]:
    """Days and amount of every late instalment of these agreements."""
    return [late for one in onlends for late in one.late(on)]
