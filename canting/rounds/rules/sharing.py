"""Who gets how much of what has come, and what it costs: one calculation, shown and then booked."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from canting.kernel.money import half_up, share
from canting.kernel.quantities import quantize
from canting.rounds.rules.states import DifferenceBy, PriceRule, ShareRule

# The smallest piece worth cutting or weighing, by base unit; a share-out may set its own.
STEPS = {"m": Decimal("0.5"), "kg": Decimal("0.1"), "g": Decimal(100), "l": Decimal("0.1")}
ONE = Decimal(1)


class Why(StrEnum):
    """Why a share is what it is, for the one who gets it."""

    FULL = "full"
    MORE = "more"
    SHORT = "short"
    OVER_QUOTA = "over_quota"
    NOT_ACTIVE = "not_active"
    LATER = "later"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one need still asks of one material, in base units.

    `first` ranks who asked first; `output` is her recent output in pieces; `quota` is her part of
    scarce material (none: no limit); `paying` is False for material in trust, which stays ours.
    """

    key: int
    asked: Decimal
    first: int
    output: int = 0
    quota: Decimal | None = None
    paying: bool = True
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Came:
    """One material that has come and is not shared out: how much, its landed cost, who asks.

    `billed_more` is what of the landed cost bills said above the order, signed.
    """

    key: int
    code: str
    arrived: Decimal
    landed: int
    step: Decimal
    claims: tuple[Claim, ...]
    price: int = 0
    billed_more: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What a round has agreed on sharing: who comes first, at which price, how exact.

    `difference_by` says who bears what bills said above or below the order.
    """

    rule: str
    price_rule: str
    margin_percent: Decimal = Decimal(0)
    tolerance_percent: int = 0
    difference_by: str = DifferenceBy.MEMBERS


@dataclass(frozen=True, slots=True)
class Portion:
    """What one need gets: quantity, its part of the landed cost, what is charged, and why."""

    key: int
    asked: Decimal
    quantity: Decimal
    cost: int
    amount: int
    why: Why
    beyond_tolerance: bool = False


@dataclass(frozen=True, slots=True)
class Shared:
    """How one material is shared: everyone's portion and what stays in the store."""

    key: int
    code: str
    arrived: Decimal
    landed: int
    step: Decimal
    portions: tuple[Portion, ...]
    to_store: Decimal
    store_cost: int
    billed_more: int = 0

    @property
    def charged(self) -> int:
        """What all members are charged for it, whole rupiah."""
        return sum(one.amount for one in self.portions)


def step_of(unit: str) -> Decimal:
    """The smallest piece of a base unit that is shared when there is too little."""
    return STEPS.get(unit, ONE)


def allot(
    claims: Sequence[Claim], arrived: Decimal, step: Decimal, terms: Terms
) -> list[tuple[Decimal, Why]]:
    """How much each claim gets and why, in the order of the claims; never more than has come.

    With enough for all everyone gets what she asked, and what is over goes round within the
    tolerance; with too little the rule decides, cut to the step. What no step fits stays over.
    """
    present = [one for one in claims if not one.absent]
    whole = sum((one.asked for one in present), Decimal(0))
    got = (
        _with_more(present, arrived, whole, step, terms.tolerance_percent)
        if arrived >= whole
        else _by_rule(present, arrived, step, terms.rule)
    )
    return [
        (Decimal(0), Why.ABSENT) if one.absent else (got[one.key], _why(one, got[one.key], terms))
        for one in claims
    ]


def _why(claim: Claim, got: Decimal, terms: Terms) -> Why:
    if got > claim.asked:
        return Why.MORE
    if got == claim.asked:
        return Why.FULL
    if terms.rule == ShareRule.FIRST:
        return Why.LATER
    if terms.rule == ShareRule.ACTIVE and not claim.output:
        return Why.NOT_ACTIVE
    over = claim.quota is not None and terms.rule == ShareRule.ACTIVE and got >= claim.quota
    return Why.OVER_QUOTA if over else Why.SHORT


def _with_more(
    claims: Sequence[Claim], arrived: Decimal, whole: Decimal, step: Decimal, tolerance: int
) -> dict[int, Decimal]:
    room = [_down(one.asked * tolerance / 100, step) for one in claims]
    extra = fill(room, [one.asked for one in claims], arrived - whole, step)
    return {one.key: one.asked + more for one, more in zip(claims, extra, strict=True)}


def _by_rule(
    claims: Sequence[Claim], arrived: Decimal, step: Decimal, rule: str
) -> dict[int, Decimal]:
    """Lay what has come on one group after the other, as the rule ranks them."""
    got = {one.key: Decimal(0) for one in claims}
    left = arrived
    for group in _groups(claims, rule):
        room = [cap - got[one.key] for one, cap, _weight in group]
        parts = fill(room, [weight for _one, _cap, weight in group], left, step)
        for (one, _cap, _weight), part in zip(group, parts, strict=True):
            got[one.key] += part
            left -= part
    return got


Ranked = tuple[Claim, Decimal, Decimal | int]


def _groups(claims: Sequence[Claim], rule: str) -> list[list[Ranked]]:
    """Groups in the order they are served: each with claims, how far they may go, their weights."""
    ranked = sorted(claims, key=lambda one: (one.first, one.key))
    if rule == ShareRule.FIRST:
        return [[(one, one.asked, 1)] for one in ranked]
    if rule == ShareRule.PROPORTION:
        return [[(one, one.asked, one.asked) for one in ranked]]
    active = [one for one in ranked if one.output]
    within: list[Ranked] = [
        (one, one.asked if one.quota is None else min(one.asked, one.quota), one.output)
        for one in active
    ]
    beyond: list[Ranked] = [(one, one.asked, one.output) for one in active]
    others: list[Ranked] = [(one, one.asked, one.asked) for one in ranked if not one.output]
    return [within, beyond, others]


def fill(
    room: Sequence[Decimal], weights: Sequence[Decimal | int], left: Decimal, step: Decimal
) -> list[Decimal]:
    """Divide `left` by weight, none above her room, in whole steps by the largest remainder.

    A last piece smaller than a step is given where it completes a room exactly.
    """
    if left >= sum(room, Decimal(0)):
        return list(room)
    exact = _level(room, weights, left)
    parts = [min(_down(value, step), most) for value, most in zip(exact, room, strict=True)]
    order = sorted(range(len(parts)), key=lambda place: Fraction(parts[place]) - exact[place])
    rest = left - sum(parts, Decimal(0))
    given = True
    while given:
        given = False
        for place in order:
            more = min(step, room[place] - parts[place])
            if 0 < more <= rest:
                parts[place] += more
                rest -= more
                given = True
    return parts


def _level(
    room: Sequence[Decimal], weights: Sequence[Decimal | int], left: Decimal
) -> list[Fraction]:
    """The exact division by weight in which nobody goes above her room."""
    exact = [Fraction(0)] * len(room)
    still = [place for place in range(len(room)) if room[place] > 0 and weights[place] > 0]
    free = Fraction(left)
    while still and free > 0:
        whole = sum(Fraction(weights[place]) for place in still)
        each = free / whole
        full = [p for p in still if Fraction(weights[p]) * each >= Fraction(room[p])]
        if not full:
            for place in still:
                exact[place] = Fraction(weights[place]) * each
            break
        for place in full:
            exact[place] = Fraction(room[place])
            free -= exact[place]
        still = [place for place in still if place not in set(full)]
    return exact


def _down(value: Decimal | Fraction, step: Decimal) -> Decimal:
    return quantize(math.floor(Fraction(value) / Fraction(step)) * step)


def work_out(came: Sequence[Came], terms: Terms) -> list[Shared]:
    """Share every material that has come: quantities by the rule, cost and charge to the rupiah."""
    return [_shared(one, terms) for one in came]


def _shared(one: Came, terms: Terms) -> Shared:
    got = allot(one.claims, one.arrived, one.step, terms)
    quantities = [quantity for quantity, _why_so in got]
    to_store = one.arrived - sum(quantities, Decimal(0))
    weights = [*quantities, to_store]
    costs = share(one.landed, weights) if any(weights) else [0] * len(weights)
    amounts = _amounts(one, quantities, _to_charge(one, weights, costs, terms), terms)
    tolerance = Decimal(terms.tolerance_percent)
    return Shared(
        key=one.key,
        code=one.code,
        arrived=one.arrived,
        landed=one.landed,
        step=one.step,
        portions=tuple(
            Portion(
                claim.key,
                claim.asked,
                quantity,
                cost,
                amount,
                why,
                not claim.absent and quantity < claim.asked * (100 - tolerance) / 100,
            )
            for claim, (quantity, why), cost, amount in zip(
                one.claims, got, costs[:-1], amounts, strict=True
            )
        ),
        to_store=to_store,
        store_cost=costs[-1],
        billed_more=one.billed_more,
    )


def _to_charge(
    one: Came, weights: Sequence[Decimal], costs: list[int], terms: Terms
) -> Sequence[int]:
    """What charges are reckoned from: the landed cost, or it as ordered when we bear the rest."""
    if terms.difference_by == DifferenceBy.MEMBERS or not one.billed_more or not any(weights):
        return costs
    return share(max(one.landed - one.billed_more, 0), weights)


def _amounts(
    one: Came, quantities: Sequence[Decimal], costs: Sequence[int], terms: Terms
) -> list[int]:
    """What each portion is charged: the list price, or landed cost and margin in parts that add up."""
    paid = [
        quantity if claim.paying else Decimal(0)
        for claim, quantity in zip(one.claims, quantities, strict=True)
    ]
    if terms.price_rule == PriceRule.LIST:
        return [half_up(one.price * quantity) for quantity in paid]
    if not any(paid):
        return [0] * len(paid)
    cost = sum(value for value, quantity in zip(costs, paid, strict=False) if quantity)
    return share(half_up(Fraction(cost) * Fraction(100 + terms.margin_percent) / 100), paid)


def digest_of(shared: Sequence[Shared], position: int = 1) -> str:
    """A short name of exactly these figures: the page shows it, the booking must find it again.

    `position` is the place of the sharing in its round, so that two sharings never share a name.
    """
    figures: list[object] = [position]
    figures += [
        [
            one.code,
            str(quantize(one.arrived)),
            one.landed,
            str(quantize(one.to_store)),
            [[p.key, str(quantize(p.quantity)), p.cost, p.amount] for p in one.portions],
        ]
        for one in shared
    ]
    content = json.dumps(figures, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()[:32]
