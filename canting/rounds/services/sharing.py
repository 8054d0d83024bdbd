"""Sharing out what has come: the figures shown are the figures booked; paid, released, undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.kernel.database import insert_models
from canting.kernel.money import format_rupiah, half_up
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entries, reverse_entry
from canting.purchasing import selectors as purchasing
from canting.purchasing import services as buying
from canting.purchasing.rules import DUE_ROLES, Mode
from canting.purchasing.services import ShareLine, Sheet
from canting.rounds import selectors
from canting.rounds.errors import (
    CashPlaceNeeded,
    LaterShareOut,
    NobodyGets,
    NothingCame,
    NotWaiting,
    SharesChanged,
)
from canting.rounds.models import Fund, Round, Share, ShareOut, ShareOutItem
from canting.rounds.rules import (
    UNDER_WAY,
    MoveKind,
    RoundState,
    ShareOutState,
    ShareState,
    source_of,
)
from canting.rounds.services.common import check_reason, check_state, move_to, told
from canting.rounds.services.deposits import lay_on, undo_moves

if TYPE_CHECKING:
    from canting.cooperatives.models import User
    from canting.members.models import Member
    from canting.purchasing.models import HandOut
    from canting.rounds.selectors import Proposal


@transaction.atomic
def share_out(
    *,
    found: Round,
    digest: str,
    on: date,
    actor: User,
    struck: Collection[str] = (),
    absent: Collection[str] = (),
    steps: Mapping[str, Decimal] | None = None,
) -> ShareOut:
    """Share out what has come, exactly as it was shown: the digest of the figures must be the same.

    Shares on credit and in trust are handed out at once; shares for cash wait for their member and
    her money (`hand_waiting`). Raises WrongState, NothingCame, NobodyGets, SharesChanged. The same
    digest again answers with the sharing that booked it.
    """
    found = selectors.lock_round(found)
    before = found.share_outs.filter(digest=digest, state=ShareOutState.STANDING).first()
    if before is not None:
        return before
    check_state(found, UNDER_WAY)
    worked = selectors.proposal(found=found, on=on, struck=struck, absent=absent, steps=steps)
    if not worked.shared:
        raise NothingCame(number=found.number) if not struck else NobodyGets()
    if not worked.gives:
        raise NobodyGets()
    if worked.digest != digest:
        raise SharesChanged(total=format_rupiah(worked.charged))
    made, shares = _write(found, worked, on, actor)
    move_to(found, RoundState.SHARED)
    told(
        found,
        "shared_out",
        actor,
        on=on,
        position=made.position,
        charged=worked.charged,
        struck=sorted(struck),
        absent=sorted(absent),
    )
    at_once = [share for share in shares if share.need.mode != Mode.CASH]
    _hand(found, at_once, on=on, actor=actor)
    insert_models(shares)
    return made


def _write(found: Round, worked: Proposal, on: date, actor: User) -> tuple[ShareOut, list[Share]]:
    """The sharing with its materials, and its shares, which are written when they are handed out."""
    made = ShareOut.objects.create(
        round=found,
        cooperative=found.cooperative,
        position=worked.position,
        on=on,
        digest=worked.digest,
        made_by=actor,
        made_at=timezone.now(),
    )
    ShareOutItem.objects.bulk_create(
        ShareOutItem(
            share_out=made,
            item=worked.items[one.key],
            arrived=one.arrived,
            landed=one.landed,
            to_members=one.arrived - one.to_store,
            to_store=one.to_store,
            store_cost=one.store_cost,
            charged=one.charged,
            step=one.step,
        )
        for one in worked.shared
    )
    return made, list(_shares(found, made, worked, on))


def _shares(found: Round, made: ShareOut, worked: Proposal, on: date) -> Iterable[Share]:
    for one in worked.shared:
        item = worked.items[one.key]
        seen = purchasing.market_reference(cooperative=found.cooperative, item=item, on=on)
        for portion in one.portions:
            if not portion.quantity:
                continue
            yield Share(
                round=found,
                share_out=made,
                need=worked.needs[portion.key],
                item=item,
                base_quantity=portion.quantity,
                cost=portion.cost,
                amount=portion.amount,
                why=str(portion.why),
                market_amount=half_up(seen.price * portion.quantity),
                market_place=seen.place,
                market_date=seen.seen_on,
            )


def _sheets(shares: Sequence[Share]) -> dict[tuple[int, str, str], list[Share]]:
    """Shares by member, way and basis: each group becomes one hand-out."""
    groups: dict[tuple[int, str, str], list[Share]] = {}
    for share in shares:
        need = share.need
        groups.setdefault((need.member_id or 0, need.mode, need.basis), []).append(share)
    return groups


def _hand(
    found: Round, shares: Sequence[Share], *, on: date, actor: User, cash_place: str = ""
) -> list[HandOut]:
    """Hand these shares out, a paper for each member and way, and pay from deposits first.

    What that changes of the shares is theirs to keep who called.
    """
    if not shares:
        return []
    groups = list(_sheets(shares).values())
    papers = _hand_out_all(found, groups, on=on, actor=actor, cash_place=cash_place)
    for group, paper in zip(groups, papers, strict=True):
        for share in group:
            share.state, share.hand_out, share.handed_on = ShareState.HANDED, paper.number, on
    _pay_from_deposits(found, groups, papers, on, actor)
    return papers


def _hand_out_all(
    found: Round, groups: Sequence[Sequence[Share]], *, on: date, actor: User, cash_place: str
) -> list[HandOut]:
    """The one place where shares become hand-outs (KB) of the store."""
    sheets = [
        Sheet(
            member=group[0].need.member,
            lines=[ShareLine(s.item, s.base_quantity, s.amount) for s in group],
            mode=group[0].need.mode,
            basis=group[0].need.basis,
        )
        for group in groups
        if group[0].need.member is not None
    ]
    return buying.hand_out_many(
        cooperative=found.cooperative,
        sheets=sheets,
        on=on,
        actor=actor,
        cash_place=cash_place or None,
        note=selectors.share_note(found),
        of_source=source_of(found.number),
    )


def _pay_from_deposits(
    found: Round,
    groups: Sequence[Sequence[Share]],
    papers: Sequence[HandOut],
    on: date,
    actor: User,
) -> None:
    """What members left here pays their shares first: the debt of the hand-out falls by it.

    A share for cash was booked as if all of it were laid into the cash place, so that place gives
    back what the deposit pays: what she lays down is the rest.
    """
    funds: dict[int, list[Fund]] = {}
    for fund in selectors.lock_deposits(found=found):
        funds.setdefault(fund.party_id or 0, []).append(fund)
    drafts: list[Draft] = []
    for group, paper in zip(groups, papers, strict=True):
        member = group[0].need.member
        if member is None or not paper.total:
            continue
        paid = lay_on(
            funds=funds.get(member.party_id, []),
            amount=paper.total,
            kind=MoveKind.USED,
            paper=paper.number,
            on=on,
        )
        if paid:
            _spread(group, paid)
            drafts.append(_used(found, paper, member, paid, on))
    if drafts:
        post_entries(cooperative=found.cooperative, drafts=drafts, actor=actor)


def _spread(group: Sequence[Share], paid: int) -> None:
    for share in group:
        share.from_deposit = min(share.amount, paid)
        paid -= share.from_deposit


def _used(found: Round, paper: HandOut, member: Member, amount: int, on: date) -> Draft:
    """posting.md `round_deposit_used`: D money held [member] / K her debt, or the cash place."""
    role = DUE_ROLES.get(paper.mode)
    against = credit(role, amount, member.party) if role else credit(paper.cash_place, amount)
    return Draft(
        source=f"rounds.deposit_used:{paper.number}",
        entry_date=on,
        kind="round_deposit_used",
        memo=selectors.deposit_memo(found),
        lines=[debit("round_deposit", amount, member.party), against],
        paper=paper.number,
    )


@transaction.atomic
def hand_waiting(
    *, found: Round, member: Member, cash_place: str, on: date, actor: User
) -> list[HandOut]:
    """Hand a member her waiting shares against cash; what she left here pays first.

    Raises CashPlaceNeeded; with nothing waiting (a second time) nothing happens.
    """
    found = selectors.lock_round(found)
    check_state(found, UNDER_WAY)
    shares = selectors.lock_waiting(found, member)
    if not shares:
        return []
    if not cash_place:
        raise CashPlaceNeeded(amount=format_rupiah(sum(share.amount for share in shares)))
    papers = _hand(found, shares, on=on, actor=actor, cash_place=cash_place)
    Share.objects.bulk_update(shares, ["state", "hand_out", "handed_on", "from_deposit"])
    told(
        found,
        "handed_out",
        actor,
        on=on,
        for_party=member.party,
        papers=[paper.number for paper in papers],
        amount=sum(share.amount for share in shares),
    )
    return papers


@transaction.atomic
def release_share(
    *, found: Round, member: Member, reason: str, on: date, actor: User, hand_out: str = ""
) -> int:
    """Leave what a member did not fetch to the store, with the reason; answers how many shares.

    Her waiting shares, or those of one hand-out, which is put right then: her debt goes and what
    her deposit paid lies here again. Raises ReasonNeeded, NotWaiting.
    """
    reason = check_reason(reason)
    found = selectors.lock_round(found)
    check_state(found, UNDER_WAY)
    if hand_out:
        shares = list(
            selectors.shares_of_hand_out(found=found, number=hand_out).filter(need__member=member)
        )
        shares = [share for share in shares if share.state == ShareState.HANDED]
    else:
        shares = selectors.lock_waiting(found, member)
    if not shares:
        raise NotWaiting(
            name=member.full_name, state=selectors.share_state_name(ShareState.RELEASED)
        )
    if hand_out:
        _take_back(found, hand_out, reason=reason, on=on, actor=actor)
    for share in shares:
        share.state, share.reason, share.from_deposit = ShareState.RELEASED, reason, 0
    Share.objects.bulk_update(shares, ["state", "reason", "from_deposit"])
    told(
        found,
        "released",
        actor,
        on=on,
        for_party=member.party,
        amount=sum(share.amount for share in shares),
        reason=reason,
    )
    return len(shares)


def _take_back(found: Round, number: str, *, reason: str, on: date, actor: User) -> None:
    """Undo one hand-out of this round: first what a deposit paid of it, then the paper itself."""
    cooperative = found.cooperative
    entry = ledger.entry_by_source(cooperative=cooperative, source=f"rounds.deposit_used:{number}")
    if entry is not None:
        undo_moves(paper=number, cooperative_id=cooperative.pk)
        reverse_entry(entry=entry, on=on, reason=reason, actor=actor)
    paper = purchasing.hand_out_by_number(cooperative=cooperative, number=number)
    if paper is not None:
        buying.correct_hand_out(
            paper=paper, reason=reason, on=on, actor=actor, by_source=source_of(found.number)
        )


@transaction.atomic
def undo_share_out(*, one: ShareOut, reason: str, on: date, actor: User) -> ShareOut:
    """Undo a sharing as a whole: every hand-out is put right, deposits lie here again.

    The last one first (LaterShareOut); refused where a hand-out cannot be put right any more.
    Raises ReasonNeeded, WrongState; a second time does nothing.
    """
    reason = check_reason(reason)
    found = selectors.lock_round(one.round)
    one = ShareOut.objects.select_for_update(of=("self",)).get(pk=one.pk)
    if one.state == ShareOutState.UNDONE:
        return one
    check_state(found, UNDER_WAY)
    later = found.share_outs.filter(position__gt=one.position, state=ShareOutState.STANDING)
    if (last := later.order_by("-position").first()) is not None:
        raise LaterShareOut(position=last.position)
    handed = one.shares.filter(state=ShareState.HANDED).exclude(hand_out="")
    for number in sorted(set(handed.values_list("hand_out", flat=True))):
        _take_back(found, number, reason=reason, on=on, actor=actor)
    one.state, one.reason = ShareOutState.UNDONE.value, reason
    one.save(update_fields=["state", "reason"])
    still = found.share_outs.filter(state=ShareOutState.STANDING).exists()
    move_to(found, RoundState.SHARED if still else RoundState.ORDERED)
    told(found, "share_out_undone", actor, on=on, position=one.position, reason=reason)
    return one
