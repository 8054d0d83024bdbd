"""Reads of shared surpluses, members' parts, their payments, and the funds; one cooperative each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Case, F, Q, QuerySet, Sum, When

from canting.cooperatives import selectors as house
from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.surplus.models import Part, Payout, Pool, Sharing
from canting.surplus.rules import (
    FUNDS,
    LOSS,
    PAYABLE,
    POOL_ROLES,
    POSTED,
    PREPARED,
    RESERVES,
    SHARE,
    SPENDING_KIND,
    UNSHARED,
    covered_in_order,
    paid_of_parts,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.ledger.models import JournalLine

STANDING = (PREPARED, POSTED)


@dataclass(frozen=True, slots=True)
class YearStanding:
    """How a year stands: its surplus (a loss is below zero), its paper, what of a loss is covered."""

    year: int
    is_closed: bool
    surplus: int
    from_old_book: bool = False
    paper: Sharing | None = None
    covered: int = 0
    waiting: Sharing | None = None

    @property
    def loss_left(self) -> int:
        """What of a loss no reserve covers yet, whole rupiah."""
        return max(-self.surplus - self.covered, 0)

    @property
    def is_open(self) -> bool:
        """True while the meeting can still decide something about this year."""
        return bool(self.surplus > 0 and self.paper is None) or bool(
            self.loss_left and self.waiting is None
        )


def sharings(*, cooperative: Cooperative) -> QuerySet[Sharing]:
    """Every decision about a surplus, newest first, with who prepared and who signed it."""
    found = Sharing.objects.filter(cooperative=cooperative)
    return found.select_related("made_by", "approved_by", "cooperative").order_by("-id")


def sharing(*, cooperative: Cooperative, number: str) -> Sharing | None:
    """The decision of this number, or nothing."""
    return sharings(cooperative=cooperative).filter(number=number).first()


def lock_sharing(*, sharing: Sharing) -> Sharing:
    """The same decision, held until the transaction ends."""
    held = Sharing.objects.select_for_update(of=("self",)).select_related("cooperative")
    return held.get(pk=sharing.pk)


def pools(*, sharing: Sharing) -> QuerySet[Pool]:
    """Where the surplus goes, or which reserves cover the loss, in their order."""
    return sharing.pools.order_by("place")


def parts(*, sharing: Sharing) -> QuerySet[Part]:
    """The members' parts by number."""
    return sharing.parts.select_related("party").order_by("party__number")


def has_any(*, cooperative: Cooperative) -> bool:
    """True once a surplus was shared here by a paper."""
    return Sharing.objects.filter(cooperative=cooperative, kind=SHARE, state=POSTED).exists()


def parts_of_year(*, cooperative: Cooperative, year: int) -> dict[int, int]:
    """What the meeting gave each party of the surplus of one year."""
    found = Part.objects.filter(
        sharing__cooperative=cooperative, sharing__year=year, sharing__state=POSTED
    )
    return {part.party_id: part.total for part in found}


def _results(cooperative: Cooperative) -> dict[int, int]:
    """The result of every year that is closed now."""
    found: dict[int, int | None] = {}
    for act in ledger.year_acts(cooperative=cooperative).exclude(act="prepare"):
        found.setdefault(act.year, act.surplus if act.act == "close" else None)
    return {year: result for year, result in found.items() if result is not None}


def unshared(*, cooperative: Cooperative) -> int:
    """What stands as surplus of past years, not yet shared; a carried loss is below zero."""
    return ledger.balance(cooperative=cooperative, role=UNSHARED)


def standings(*, cooperative: Cooperative) -> list[YearStanding]:
    """Every year about which a meeting can decide, newest first; the last of the old book with it."""
    results = _results(cooperative)
    papers = list(sharings(cooperative=cooperative).filter(state__in=STANDING))
    posted = [one for one in papers if one.state == POSTED]
    moved = sum(one.surplus if one.kind == SHARE else -one.surplus for one in posted)
    brought = unshared(cooperative=cooperative) + moved - sum(results.values())
    old = ledger.book(cooperative=cooperative).opened_on.year - 1
    rows = [_standing(year, result, papers) for year, result in results.items()]
    if brought:
        rows.append(_standing(old, brought, papers, from_old_book=True))
    return sorted(rows, key=lambda row: -row.year)


def _standing(
    year: int, result: int, papers: Sequence[Sharing], *, from_old_book: bool = False
) -> YearStanding:
    mine = [one for one in papers if one.year == year]
    losses = [one for one in mine if one.kind == LOSS]
    return YearStanding(
        year=year,
        is_closed=True,
        surplus=result,
        from_old_book=from_old_book,
        paper=next((one for one in mine if one.kind == SHARE), None),
        covered=sum(one.surplus for one in losses if one.state == POSTED),
        waiting=next((one for one in losses if one.state == PREPARED), None),
    )


def standing_of_year(*, cooperative: Cooperative, year: int) -> YearStanding:
    """How one year stands; one that is not closed has no surplus to speak of."""
    found = standings(cooperative=cooperative)
    return next((row for row in found if row.year == year), YearStanding(year, False, 0))


def reserves(*, cooperative: Cooperative) -> dict[str, int]:
    """What each reserve holds, in the order in which they cover a loss."""
    found = ledger.balances_now(cooperative=cooperative, roles=list(RESERVES))
    return {role: found.get(role, 0) for role in RESERVES}


def cover_proposed(*, cooperative: Cooperative, loss: int, on: date) -> dict[str, int]:
    """How much of a loss each reserve would cover by the order in force."""
    found = reserves(cooperative=cooperative)
    first = house.parameter(cooperative=cooperative, name="surplus.loss_order", on=on)
    order = list(found) if first == "general" else list(reversed(found))
    return covered_in_order(loss, {role: found[role] for role in order})


# Parts and their payments --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenPart:
    """What one member still gets of shared surpluses, in whole rupiah."""

    party_id: int
    number: str
    name: str
    amount: int


def open_parts(
    *, cooperative: Cooperative, party_ids: Sequence[int] | None = None
) -> list[OpenPart]:
    """Who has not got their part yet, by number; the books' own figure, old books' too."""
    rows = ledger.party_balances(cooperative=cooperative, role=PAYABLE, party_ids=party_ids)
    return [OpenPart(r.party_id, r.number, r.name, r.balance) for r in rows if r.balance > 0]


def payouts(*, cooperative: Cooperative, party_id: int | None = None) -> QuerySet[Payout]:
    """Payments of parts, newest first, of all or of one member."""
    found = Payout.objects.filter(cooperative=cooperative)
    if party_id is not None:
        found = found.filter(party_id=party_id)
    found = found.select_related("party", "made_by", "successor", "cooperative")
    return found.order_by("-on", "-id")


def payout(*, cooperative: Cooperative, number: str) -> Payout | None:
    """The payment of this number, or nothing."""
    return payouts(cooperative=cooperative).filter(number=number).first()


def lock_payout(*, payout: Payout) -> Payout:
    """The same payment, held until the transaction ends."""
    held = Payout.objects.select_for_update(of=("self",))
    return held.select_related("cooperative", "party").get(pk=payout.pk)


def payouts_of_batch(*, cooperative: Cooperative, batch: str) -> list[Payout]:
    """The payments that were made together, in the order of their numbers."""
    return list(payouts(cooperative=cooperative).filter(batch=batch).order_by("id"))


@dataclass(frozen=True, slots=True)
class MyYear:
    """One member's part of one year: how it was reckoned, and what of it is paid."""

    part: Part
    pools: Mapping[str, int]
    weights: Mapping[str, int]
    paid: int

    @property
    def left(self) -> int:
        """What is still to be paid, whole rupiah."""
        return self.part.total - self.paid


def my_parts(*, cooperative: Cooperative, party_id: int) -> list[MyYear]:
    """One member's parts, newest year first; payments are counted to the oldest first."""
    rows = list(
        Part.objects.filter(
            party_id=party_id, sharing__cooperative=cooperative, sharing__state=POSTED
        )
        .select_related("sharing__cooperative", "party")
        .prefetch_related("sharing__pools")
        .order_by("-sharing__year")
    )
    sums = _weights([row.sharing_id for row in rows])
    left = sum(one.amount for one in open_parts(cooperative=cooperative, party_ids=[party_id]))
    totals = {row.sharing.year: row.total for row in rows}
    paid = paid_of_parts(totals, sum(totals.values()) - left)
    return [
        _my_year(
            row,
            row.sharing.pools.all(),
            sums[row.sharing_id],
            paid[row.sharing.year],
        )
        for row in rows
    ]


def _my_year(part: Part, found: Iterable[Pool], sums: Mapping[str, int], paid: int) -> MyYear:
    return MyYear(part, {pool.key: pool.amount for pool in found}, sums, paid)


def slips_of(*, sharing: Sharing, member: str = "") -> list[MyYear]:
    """Every member's part of one decision as a slip, or that of one number; payments with it."""
    rows = parts(sharing=sharing)
    chosen = rows.filter(party__number=member) if member else rows
    found = list(pools(sharing=sharing))
    sums = weight_sums(sharing=sharing)
    paid = _paid_of(sharing, [part.party_id for part in chosen])
    return [_my_year(part, found, sums, paid.get(part.party_id, 0)) for part in chosen]


def _paid_of(sharing: Sharing, party_ids: Sequence[int]) -> dict[int, int]:
    """What of this decision's parts is paid, older years' parts counted first."""
    cooperative = sharing.cooperative
    left = {
        row.party_id: row.amount for row in open_parts(cooperative=cooperative, party_ids=party_ids)
    }
    years: dict[int, dict[int, int]] = {}
    rows = Part.objects.filter(
        party_id__in=party_ids, sharing__cooperative=cooperative, sharing__state=POSTED
    ).select_related("sharing")
    for part in rows:
        years.setdefault(part.party_id, {})[part.sharing.year] = part.total
    return {
        party: paid_of_parts(totals, sum(totals.values()) - left.get(party, 0)).get(sharing.year, 0)
        for party, totals in years.items()
    }


def weight_sums(*, sharing: Sharing) -> dict[str, int]:
    """All members' capital and business that counted, and both pools' sums over the parts."""
    return _weights([sharing.pk])[sharing.pk]


def _weights(sharing_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """The same of several decisions, by key; one query."""
    names = ("capital", "patronage", "by_capital", "by_patronage")
    rows = (
        Part.objects.filter(sharing_id__in=sharing_ids)
        .values_list("sharing_id")
        .annotate(
            capital_sum=Sum("capital"),
            patronage_sum=Sum("patronage", filter=Q(patronage__gt=0)),
            by_capital_sum=Sum("by_capital"),
            by_patronage_sum=Sum("by_patronage"),
        )
        .order_by()
    )
    found = {key: dict.fromkeys(names, 0) for key in sharing_ids}
    for key, *sums in rows:
        found[key] = {name: int(value or 0) for name, value in zip(names, sums, strict=True)}
    return found


def paid_by_party(*, cooperative: Cooperative) -> dict[int, int]:
    """What each party was paid by papers that stand."""
    rows = (
        Payout.objects.filter(cooperative=cooperative, state=POSTED)
        .values_list("party_id")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    return {party: int(amount) for party, amount in rows}


def parted_by_party(*, cooperative: Cooperative) -> dict[int, int]:
    """What each party got by decisions that stand."""
    rows = (
        Part.objects.filter(sharing__cooperative=cooperative, sharing__state=POSTED)
        .values_list("party_id")
        .annotate(both=Sum(F("by_capital") + F("by_patronage")))
        .order_by()
    )
    return {party: int(amount) for party, amount in rows}


# The funds ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fund:
    """One fund: what stands in it, and what was spent from it since the beginning of a year."""

    key: str
    role: str
    balance: int
    spent: int


def funds(*, cooperative: Cooperative, on: date) -> list[Fund]:
    """The funds with their balances, and what was spent from each this year."""
    roles = [POOL_ROLES[key] for key in FUNDS]
    stand = ledger.balances_now(cooperative=cooperative, roles=roles)
    net = Sum(Case(When(side=Side.DEBIT, then=F("amount")), default=-F("amount")))
    rows = fund_lines(cooperative=cooperative).filter(entry_date__year=on.year)
    sums = rows.order_by().values_list("account__role").annotate(net=net)
    spent = {role: int(amount) for role, amount in sums}
    return [
        Fund(key, POOL_ROLES[key], stand.get(POOL_ROLES[key], 0), spent.get(POOL_ROLES[key], 0))
        for key in FUNDS
    ]


def fund_lines(*, cooperative: Cooperative) -> QuerySet[JournalLine]:
    """What was spent from the funds and taken back, newest first, with its entry."""
    found = ledger.lines_of_roles(cooperative=cooperative, roles=[POOL_ROLES[key] for key in FUNDS])
    ours = Q(entry__kind=SPENDING_KIND) | Q(entry__reverses__kind=SPENDING_KIND)
    return found.filter(ours).order_by("-entry_date", "-id")
