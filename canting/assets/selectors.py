"""Reads of fixed assets and grants; always inside one cooperative."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from canting.assets.models import Asset, Charge, DepreciationRun, Disposal, Grant
from canting.assets.rules import (
    CLASSES,
    LIVES,
    TAKEN_OVER,
    Terms,
    life_parameter,
    lost_until,
    month_number,
)
from canting.cooperatives import selectors as house
from canting.kernel.dates import first_of_month, last_of_month, next_month
from canting.ledger import selectors as ledger

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@dataclass(frozen=True, slots=True)
class Due:
    """What an asset lost by a day and is not booked yet, in whole rupiah."""

    asset: Asset
    amount: int


@dataclass(frozen=True, slots=True)
class ClassSum:
    """A class of the register: how many, what they cost, what they lost, what the books say."""

    key: str
    count: int
    cost: int
    lost: int
    booked_cost: int
    booked_lost: int

    @property
    def left(self) -> int:
        """The book value in whole rupiah."""
        return self.cost - self.lost

    @property
    def differs(self) -> int:
        """How far the books are from the register; 0 when both say the same."""
        return (self.booked_cost - self.booked_lost) - self.left


@dataclass(frozen=True, slots=True)
class YearLeft:
    """What an asset loses in one calendar year, and what is left of it after."""

    year: int
    lost: int
    left: int


def _lost(until: date | None = None) -> CombinedExpression:
    """What an asset lost up to now, or to a day: before these books and in them."""
    charges = Charge.objects.filter(asset=OuterRef("pk"), undone=False)
    if until is not None:
        charges = charges.filter(until__lte=until)
    charged = charges.order_by().values("asset").annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(charged, output_field=BigIntegerField()), 0) + F("lost_before")


def _has_left() -> Exists:
    return Exists(Disposal.objects.filter(asset=OuterRef("pk"), state="posted"))


def assets(
    *, cooperative: Cooperative, asset_class: str = "", has_left: bool = False, words: str = ""
) -> QuerySet[Asset]:
    """The assets that are there (or those that left), each with `lost` and `left` in rupiah."""
    found = (
        Asset.objects.filter(cooperative=cooperative, state="posted")
        .annotate(lost=_lost(), is_gone=_has_left())
        .annotate(left=F("cost") - F("lost"))
        .filter(is_gone=has_left)
    )
    if asset_class in CLASSES:
        found = found.filter(asset_class=asset_class)
    for word in words.split()[:4]:
        found = found.filter(
            Q(name__icontains=word) | Q(number__icontains=word) | Q(location__icontains=word)
        )
    return found


def register_at(*, cooperative: Cooperative, on: date) -> QuerySet[Asset]:
    """The register as it stood on a day: each asset with `lost` and `left` in rupiah."""
    gone = Disposal.objects.filter(asset=OuterRef("pk"), state="posted", on__lte=on)
    return (
        Asset.objects.filter(cooperative=cooperative, state="posted", on__lte=on)
        .filter(~Exists(gone))
        .annotate(lost=_lost(on))
        .annotate(left=F("cost") - F("lost"))
        .order_by("number")
    )


def asset(*, cooperative: Cooperative, number: str) -> Asset | None:
    """An asset by its number, with what it lost and what is left of it."""
    return (
        Asset.objects.filter(cooperative=cooperative, number=number)
        .annotate(lost=_lost())
        .annotate(left=F("cost") - F("lost"))
        .select_related("made_by", "successor", "grant", "cooperative")
        .first()
    )


def lock_asset(asset: Asset) -> Asset:
    """The same asset, held until the transaction ends."""
    held = Asset.objects.select_for_update(of=("self",)).select_related("cooperative")
    return held.get(pk=asset.pk)


def lock_register(*, cooperative: Cooperative) -> None:
    """Hold the register, so that two people cannot book the same month."""
    ledger.lock_account(cooperative=cooperative, role="depreciation")


def lost_too_much(*, cooperative: Cooperative) -> list[tuple[str, int]]:
    """Number and loss of every asset that lost more than its cost less its worth at the end."""
    found = (
        Asset.objects.filter(cooperative=cooperative, state="posted")
        .annotate(lost=_lost())
        .annotate(over=F("lost") - F("cost") + F("residual"))
        .filter(over__gt=0)
    )
    return list(found.values_list("number", "lost"))


def standing_disposal(asset: Asset) -> Disposal | None:
    """The paper with which an asset left, if it did."""
    return Disposal.objects.filter(asset=asset, state="posted").first()


def charged(asset: Asset) -> int:
    """What an asset lost in these books, in whole rupiah."""
    found = Charge.objects.filter(asset=asset, undone=False).aggregate(total=Sum("amount"))
    return found["total"] or 0


def charged_until(asset: Asset) -> date | None:
    """The last day up to which its loss is booked."""
    found = Charge.objects.filter(asset=asset, undone=False).aggregate(last=Max("until"))
    last: date | None = found["last"]
    return last


def terms(asset: Asset) -> Terms:
    """What its loss is reckoned from: of one taken over, what was left over the months left."""
    if asset.origin != TAKEN_OVER or not asset.life_months:
        return Terms(asset.cost, asset.residual, asset.life_months, asset.method, asset.used_since)
    start = max(first_of_month(asset.on), asset.used_since)
    gone = month_number(start) - month_number(asset.used_since)
    return Terms(
        asset.cost - asset.lost_before,
        asset.residual,
        max(asset.life_months - gone, 1),
        asset.method,
        start,
        asset.life_months,
    )


def due_of(asset: Asset, *, until: date) -> Due:
    """What one asset lost by the end of a month beyond what is booked."""
    return Due(asset, max(lost_until(terms(asset), until) - charged(asset), 0))


def dues(*, cooperative: Cooperative, until: date) -> list[Due]:
    """What each asset lost by the end of a month beyond what is booked; none that lost nothing."""
    found = assets(cooperative=cooperative).filter(on__lte=until, life_months__gt=0)
    reckoned = (
        Due(one, lost_until(terms(one), until) - (one.lost - one.lost_before))  # type: ignore[attr-defined]
        for one in found.order_by("id")
    )
    return [due for due in reckoned if due.amount > 0]


def by_year(asset: Asset) -> list[YearLeft]:
    """The whole life of an asset, year by year, as its terms say."""
    plan = terms(asset)
    if not plan.months:
        return []
    found, before = [], 0
    last = next_month(plan.since, plan.months - 1)
    for year in range(plan.since.year, last.year + 1):
        lost = lost_until(plan, date(year, 12, 31))
        found.append(YearLeft(year, lost - before, plan.cost - lost))
        before = lost
    return found


def class_sums(*, cooperative: Cooperative) -> list[ClassSum]:
    """Every class with assets or with a balance in the books, both beside each other."""
    rows = {
        row["asset_class"]: row
        for row in assets(cooperative=cooperative)
        .order_by()
        .values("asset_class")
        .annotate(costs=Sum("cost"), losses=Sum("lost"), count=Count("pk"))
    }
    roles = [role for kind in CLASSES.values() for role in (kind.role, kind.accumulated) if role]
    booked = ledger.balances_now(cooperative=cooperative, roles=roles)
    found = []
    for key, kind in CLASSES.items():
        row = rows.get(key, {"count": 0, "costs": 0, "losses": 0})
        lost = booked.get(kind.accumulated, 0) if kind.accumulated else 0
        one = ClassSum(
            key, row["count"], row["costs"], row["losses"], booked.get(kind.role, 0), lost
        )
        if one.count or one.booked_cost or one.booked_lost:
            found.append(one)
    return found


def runs(*, cooperative: Cooperative) -> QuerySet[DepreciationRun]:
    """The months booked, newest first."""
    return (
        DepreciationRun.objects.filter(cooperative=cooperative)
        .select_related("made_by")
        .order_by("-until", "-id")
    )


def run(*, cooperative: Cooperative, number: str) -> DepreciationRun | None:
    """A booked month by its number."""
    return runs(cooperative=cooperative).select_related("cooperative").filter(number=number).first()


def charges_of(run: DepreciationRun) -> QuerySet[Charge]:
    """What each asset lost with a run."""
    return Charge.objects.filter(run=run).select_related("asset").order_by("asset__number")


def charges_on(asset: Asset) -> QuerySet[Charge]:
    """What was booked of one asset, newest first."""
    return (
        Charge.objects.filter(asset=asset)
        .select_related("run", "disposal")
        .order_by("-until", "-id")
    )


def follower_of_run(run: DepreciationRun) -> str:
    """The number of what rests on a run: a later one, a disposal, or an asset put right; or ""."""
    later = DepreciationRun.objects.filter(
        cooperative=run.cooperative, state="posted", until__gt=run.until
    ).order_by("until")
    if (first := later.first()) is not None:
        return first.number
    charge = run.charges.filter(undone=True).select_related("asset").first()
    if charge is not None:
        return charge.asset.number
    gone = Disposal.objects.filter(state="posted", asset__charges__run=run).first()
    return gone.number if gone else ""


def next_month_due(*, cooperative: Cooperative, on: date) -> date | None:
    """The first month that is over and has loss not booked; None when all is booked."""
    until = last_of_month(on)
    if until > on:
        until = last_of_month(next_month(first_of_month(on), -1))
    if not dues(cooperative=cooperative, until=until):
        return None
    newest = runs(cooperative=cooperative).filter(state="posted").first()
    first = next_month(first_of_month(newest.until)) if newest else None
    oldest = (
        assets(cooperative=cooperative)
        .filter(life_months__gt=0)
        .order_by("on")
        .values_list("on", flat=True)
        .first()
    )
    start = first or first_of_month(oldest or until)
    return min(start, first_of_month(until))


def disposal(*, cooperative: Cooperative, number: str) -> Disposal | None:
    """A disposal by its number."""
    found = Disposal.objects.filter(cooperative=cooperative, number=number)
    return found.select_related("asset", "made_by", "successor", "cooperative").first()


def grants(*, cooperative: Cooperative) -> QuerySet[Grant]:
    """The grants that stand, newest first, each with its thing."""
    return (
        Grant.objects.filter(cooperative=cooperative).select_related("asset").order_by("-on", "-id")
    )


def grant(*, cooperative: Cooperative, number: str) -> Grant | None:
    """A grant by its number."""
    found = Grant.objects.filter(cooperative=cooperative, number=number)
    return found.select_related("asset", "made_by", "successor", "cooperative").first()


def usual_lives(*, cooperative: Cooperative, on: date) -> dict[str, int]:
    """The usual life of each class in months, as the parameters of that day say."""
    return {
        kind: 12 * int(house.parameter(cooperative=cooperative, name=life_parameter(kind), on=on))
        for kind in LIVES
    }
