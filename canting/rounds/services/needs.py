"""Needs of a round: asked, changed, withdrawn; and the quotas of scarce material."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.catalogue import selectors as catalogue
from canting.kernel.dates import format_date
from canting.kernel.quantities import format_quantity
from canting.members.rules.people import ACTIVE
from canting.members.selectors import require_staying
from canting.purchasing.rules import Mode
from canting.rounds import selectors
from canting.rounds.errors import (
    AskingOver,
    BadNeed,
    NobodyActive,
    NotForBuying,
    NotYourRound,
    OverQuota,
    QuotaDay,
)
from canting.rounds.models import Need, Quota, QuotaPart, Round
from canting.rounds.rules import NeedSource, RoundState
from canting.rounds.rules.wanted import Maker, may_ask, quotas
from canting.rounds.services.common import check_state, told
from canting.stock.rules import Basis

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import User
    from canting.members.models import Member


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of one material: for whom (none: the store), how much, how it will be paid."""

    item: Item
    quantity: Decimal
    unit: str = ""
    member: Member | None = None
    source: str = NeedSource.DESK
    mode: str = Mode.CREDIT
    reference: str = ""
    substitute_ok: bool = False
    note: str = ""

    @property
    def basis(self) -> str:
        """In trust it is for commission work; all else is bought by the member or the store's own."""
        if self.member is None:
            return Basis.NONE
        return Basis.COMMISSION if self.mode == Mode.CUSTODY else Basis.PURCHASE


@transaction.atomic
def ask(*, found: Round, wish: Wish, on: date, actor: User) -> Need:
    """Write down a need; asked again for the same material it takes the former one's place.

    Who asked first keeps her turn when she changes the quantity. Raises WrongState, AskingOver,
    BadNeed, NotForBuying, NotYourRound, OverQuota, and what reading a unit raises.
    """
    found = selectors.lock_round(found)
    return _ask(found, wish, on, actor)


@transaction.atomic
def ask_many(*, found: Round, wishes: Sequence[Wish], on: date, actor: User) -> list[Need]:
    """Write down many needs at once, all or none; raises what `ask` raises."""
    found = selectors.lock_round(found)
    return [_ask(found, wish, on, actor) for wish in wishes]


def _ask(found: Round, wish: Wish, on: date, actor: User) -> Need:
    _check(found, wish, on)
    base = catalogue.to_base(wish.item, wish.quantity, wish.unit)
    former = Need.objects.filter(
        round=found, member=wish.member, item=wish.item, reference=wish.reference
    ).first()
    _check_quota(found, wish, base, former, on)
    facts = {
        "quantity": wish.quantity,
        "unit": wish.unit or wish.item.unit,
        "base_quantity": base,
        "source": wish.source,
        "mode": wish.mode,
        "basis": wish.basis,
        "substitute_ok": wish.substitute_ok,
        "note": wish.note[:200],
    }
    if former and not former.withdrawn and _is_same(former, facts):
        return former
    turn = {} if former and not former.withdrawn else {"asked_at": timezone.now()}
    need, _made = Need.objects.update_or_create(
        round=found,
        member=wish.member,
        item=wish.item,
        reference=wish.reference,
        defaults={**facts, **turn, "withdrawn": False},
        create_defaults={
            **facts,
            "cooperative": found.cooperative,
            "asked_at": timezone.now(),
            "made_by": actor,
        },
    )
    told(
        found,
        "need_changed" if former else "need_asked",
        actor,
        on=on,
        for_party=wish.member.party if wish.member else None,
        item=wish.item.code,
        quantity=format_quantity(wish.quantity, need.unit),
    )
    return need


def _is_same(former: Need, facts: dict[str, object]) -> bool:
    return all(getattr(former, name) == value for name, value in facts.items())


def _check(found: Round, wish: Wish, on: date) -> None:
    check_state(found, {RoundState.COLLECTING})
    if on > found.deadline:
        raise AskingOver(number=found.number, deadline=format_date(found.deadline))
    if wish.quantity <= 0:
        raise BadNeed(quantity=format_quantity(wish.quantity), item=wish.item.name)
    buyable = wish.item.kind in catalogue.material_kinds() and wish.item.active
    if wish.item.cooperative_id != found.cooperative_id or not buyable:
        raise NotForBuying(item=wish.item.name)
    catalogue.refuse_banned(items=[wish.item], on=on)
    if wish.member is not None and (
        wish.member.cooperative_id != found.cooperative_id or wish.member.status not in ACTIVE
    ):
        raise NotYourRound(name=wish.member.full_name)
    if wish.member is not None:
        require_staying(wish.member)


def _check_quota(found: Round, wish: Wish, base: Decimal, former: Need | None, on: date) -> None:
    """Before the quota expires each maker asks within her own; after it within what is left."""
    if wish.member is None:
        return
    quota = Quota.objects.filter(round=found, item=wish.item).first()
    if quota is None:
        return
    mine = selectors.asked_of(found, wish.item, member=wish.member)
    before = former.base_quantity if former and not former.withdrawn else Decimal(0)
    part = quota.parts.filter(member=wish.member).values_list("quantity", flat=True).first()
    expired = on >= quota.expires_on
    room = may_ask(
        quota=part or Decimal(0),
        asked=mine - before,
        total=quota.total,
        asked_by_all=selectors.asked_of(found, wish.item) - before,
        expired=expired,
    )
    if base > room:
        raise OverQuota(
            item=wish.item.name,
            asked=format_quantity(base, wish.item.unit),
            room=format_quantity(room, wish.item.unit),
            way=selectors.quota_way(quota, expired=expired),
        )


@transaction.atomic
def withdraw_need(*, need: Need, on: date, actor: User) -> Need:
    """Take a need back while needs still come in; a second time does nothing.

    Raises WrongState, AskingOver.
    """
    found = selectors.lock_round(need.round)
    need = Need.objects.select_related("member__party", "item").get(pk=need.pk)
    if need.withdrawn:
        return need
    check_state(found, {RoundState.COLLECTING})
    if on > found.deadline:
        raise AskingOver(number=found.number, deadline=format_date(found.deadline))
    need.withdrawn = True
    need.save(update_fields=["withdrawn"])
    told(
        found,
        "need_withdrawn",
        actor,
        on=on,
        for_party=need.member.party if need.member else None,
        item=need.item.code,
    )
    return need


@transaction.atomic
def set_quota(
    *,
    found: Round,
    item: Item,
    total: Decimal,
    step: Decimal,
    expires_on: date,
    on: date,
    actor: User,
) -> Quota:
    """Divide a scarce material over the active makers by recent output (GKBI's lesson).

    The quota of each is hers until `expires_on`; what she has not asked for by then is open to all.
    Set again it is worked out anew. Raises WrongState, BadNeed, NotForBuying, QuotaDay, NobodyActive
    when nobody was active lately.
    """
    found = selectors.lock_round(found)
    check_state(found, {RoundState.COLLECTING})
    if total <= 0 or step <= 0 or step > total:
        raise BadNeed(quantity=format_quantity(min(total, step)), item=item.name)
    if item.cooperative_id != found.cooperative_id or item.kind not in catalogue.material_kinds():
        raise NotForBuying(item=item.name)
    if not on < expires_on <= found.deadline + timedelta(days=1):
        raise QuotaDay(day=format_date(expires_on), deadline=format_date(found.deadline))
    makers = selectors.makers_by_output(found=found, on=on)
    parts = quotas(
        total=total,
        step=step,
        makers=[Maker(member.number, pieces) for member, pieces in makers],
    )
    if not parts:
        raise NobodyActive(number=found.number)
    quota, _made = Quota.objects.update_or_create(
        round=found, item=item, defaults={"total": total, "step": step, "expires_on": expires_on}
    )
    quota.parts.all().delete()
    QuotaPart.objects.bulk_create(
        QuotaPart(quota=quota, member=member, quantity=parts[member.number], recent_pieces=pieces)
        for member, pieces in makers
        if member.number in parts
    )
    told(
        found,
        "quota_set",
        actor,
        on=on,
        item=item.code,
        total=format_quantity(total, item.unit),
        until=expires_on.isoformat(),
    )
    return quota


@transaction.atomic
def lift_quota(*, quota: Quota, on: date, actor: User) -> None:
    """Take the quota of a material away: everyone may ask as much as she likes."""
    found = selectors.lock_round(quota.round)
    check_state(found, {RoundState.COLLECTING})
    told(found, "quota_lifted", actor, on=on, item=quota.item.code)
    quota.parts.all().delete()
    quota.delete()
