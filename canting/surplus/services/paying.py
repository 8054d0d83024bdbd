"""Members get their parts: in cash, by transfer, or kept here as savings or shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from canting.cash import selectors as cash
from canting.cash.rules import DRAWERS
from canting.cooperatives.selectors import require_licence
from canting.cooperatives.services import next_number
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.errors import ReasonNeeded
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entries, reverse_source
from canting.members.rules import MemberState
from canting.members.selectors import lock_member
from canting.surplus import selectors
from canting.surplus.errors import (
    AlreadyReversed,
    ConsentNeeded,
    HasLeft,
    NobodyChosen,
    NotFromThere,
    NothingOpen,
    PlaceNeeded,
    SomethingFollows,
)
from canting.surplus.models import Payout
from canting.surplus.rules import (
    CASH,
    IN_SERIES,
    KEPT_ON,
    OUT_SERIES,
    PAYABLE,
    PAYOUT,
    REVERSED,
    SAVINGS,
    SHARES,
    TRANSFER,
    WAYS,
)
from canting.surplus.services.common import tell

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party, User

KEPT = (SAVINGS, SHARES)


@dataclass(frozen=True, slots=True)
class Choice:
    """Who gets a part now, in which way, and how much (whole rupiah)."""

    party: Party
    way: str
    amount: int


@transaction.atomic
def pay_parts(
    *,
    cooperative: Cooperative,
    choices: Sequence[Choice],
    on: date,
    actor: User,
    cash_place: str = "",
    bank_place: str = "bank",
    consent: str = "",
) -> list[Payout]:
    """Pay many members their parts in one go, a voucher each: all or nothing.

    Cash leaves `cash_place`, transfers leave `bank_place`; shares need the member's `consent`,
    savings the licence. Posts by way (posting.md 2.8); a member's part bears no tax (UU PPh 4(3)i).
    """
    if not choices:
        raise NobodyChosen()
    ledger.lock_account(cooperative=cooperative, role=PAYABLE)
    taken: dict[int, int] = {}
    for choice in sorted(choices, key=lambda one: one.party.pk):
        before = taken.get(choice.party.pk, 0)
        _check(cooperative, choice, before, on, consent)
        taken[choice.party.pk] = before + choice.amount
    places = {CASH: cash_place, TRANSFER: bank_place}
    for way, place in places.items():
        amount = sum(one.amount for one in choices if one.way == way)
        if amount:
            _check_place(cooperative, way, place, amount, on)
    made = [
        _write(cooperative, one, places.get(one.way, ""), on, actor, consent) for one in choices
    ]
    Payout.objects.filter(pk__in=[one.pk for one in made]).update(batch=made[0].number)
    for one in made:
        one.batch = made[0].number
    post_entries(cooperative=cooperative, drafts=[_draft(one) for one in made], actor=actor)
    return made


def _check(cooperative: Cooperative, choice: Choice, before: int, on: date, consent: str) -> None:
    """Refuse one choice; `before` is what the same list gives this member already."""
    member = lock_member(cooperative=cooperative, number=choice.party.number)
    owed = ledger.party_balance(cooperative=cooperative, role=PAYABLE, party=member.party)
    left = owed - before
    if not 0 < choice.amount <= left:
        raise NothingOpen(
            name=member.full_name, left=format_rupiah(left), amount=format_rupiah(choice.amount)
        )
    if choice.way in KEPT and member.status == MemberState.LEFT:
        raise HasLeft(name=member.full_name)
    if choice.way == SHARES and not consent.strip():
        raise ConsentNeeded(name=member.full_name)
    if choice.way == SAVINGS:
        require_licence(cooperative=cooperative, on=on, act=_(WAYS[SAVINGS][0]))


def _check_place(cooperative: Cooperative, way: str, place: str, amount: int, on: date) -> None:
    if not place:
        raise PlaceNeeded(amount=format_rupiah(amount))
    if (place in DRAWERS) != (way == CASH):
        name = cash.place_name(cooperative=cooperative, place=place)
        raise NotFromThere(way=_(WAYS[way][0]), place=name)
    cash.require_cash(cooperative=cooperative, place=place, amount=amount, on=on)


def _write(
    cooperative: Cooperative, choice: Choice, place: str, on: date, actor: User, consent: str
) -> Payout:
    series = IN_SERIES if choice.way in KEPT else OUT_SERIES
    number = next_number(cooperative=cooperative, series=series, on=on)
    made = Payout.objects.create(
        cooperative=cooperative,
        number=number,
        party=choice.party,
        way=choice.way,
        place=place,
        amount=choice.amount,
        on=on,
        consent=consent.strip()[:160] if choice.way == SHARES else "",
        batch=number,
        made_by=actor,
        made_at=timezone.now(),
    )
    tell(
        made,
        act="paid",
        actor=actor,
        for_party=choice.party,
        amount=made.amount,
        way=made.way,
        place=place,
    )
    return made


def _draft(made: Payout) -> Draft:
    word, kind = WAYS[made.way]
    kept = KEPT_ON.get(made.way)
    return Draft(
        source=f"{PAYOUT}:{made.number}",
        entry_date=made.on,
        kind=kind,
        memo=f"{_('Part of the surplus')} {made.party.name}, {_(word)}",
        lines=[
            debit(PAYABLE, made.amount, made.party),
            credit(kept, made.amount, made.party) if kept else credit(made.place, made.amount),
        ],
        paper=made.number,
    )


@transaction.atomic
def correct_payout(
    *,
    payout: Payout,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
) -> Payout | None:
    """Take the payment of a part back and, unless it is only cancelled, pay it the right way.

    `replacement`: way, amount, place, consent. Raises ReasonNeeded, AlreadyReversed,
    SomethingFollows when the savings or shares are no longer there, and all that paying raises.
    """
    if not reason.strip():
        raise ReasonNeeded()
    cooperative = payout.cooperative
    lock_member(cooperative=cooperative, number=payout.party.number)
    held = selectors.lock_payout(payout=payout)
    if held.state == REVERSED:
        raise AlreadyReversed(number=held.number)
    _check_kept(held)
    held.state, held.reason = REVERSED, reason.strip()[:200]
    held.save(update_fields=["state", "reason"])
    reverse_source(
        cooperative=cooperative,
        source=f"{PAYOUT}:{held.number}",
        on=on,
        reason=reason,
        actor=actor,
    )
    made = _instead(held, on, actor, replacement) if replacement is not None else None
    if made is not None:
        held.successor = made
        held.save(update_fields=["successor"])
    tell(
        held,
        act="payout_corrected",
        actor=actor,
        for_party=held.party,
        reason=held.reason,
        successor=made.number if made else "",
    )
    return made


def _check_kept(held: Payout) -> None:
    """What was kept here as savings or shares must still be there to be taken back."""
    role = KEPT_ON.get(held.way)
    if role is None:
        return
    left = ledger.party_balance(cooperative=held.cooperative, role=role, party=held.party)
    if left < held.amount:
        raise SomethingFollows(
            number=held.number,
            what=held.party.name,
            left=format_rupiah(left),
            amount=format_rupiah(held.amount),
        )


def _instead(held: Payout, on: date, actor: User, typed: Mapping[str, Any]) -> Payout:
    way, place = typed["way"], typed.get("place", "")
    made = pay_parts(
        cooperative=held.cooperative,
        choices=[Choice(held.party, way, typed["amount"])],
        on=on,
        actor=actor,
        cash_place=place if way == CASH else "",
        bank_place=place if way == TRANSFER else "",
        consent=typed.get("consent", ""),
    )
    return made[0]


@transaction.atomic
def note_printed(*, payout: Payout, actor: User) -> int:
    """Count a printing of the voucher; the first is 0, later ones say which copy they are."""
    Payout.objects.filter(pk=payout.pk).update(copies=F("copies") + 1)
    payout.refresh_from_db(fields=["copies"])
    tell(payout, act="printed", actor=actor, for_party=payout.party, copy=payout.copies - 1)
    return payout.copies - 1
