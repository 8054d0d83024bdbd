"""Writes of membership: applying, admission, changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import ProtectedError

from canting.cooperatives.rules import PartyKind
from canting.cooperatives.services import create_party, record, rename_party
from canting.kernel.dates import format_date
from canting.kernel.sealed import fingerprint, seal, unseal
from canting.kernel.typed import clean
from canting.members import selectors
from canting.members.errors import (
    HasBookings,
    JoinedBeforeApplied,
    NameNeeded,
    NikInText,
    NikTaken,
    NoNik,
    NotApplicant,
    ReasonNeeded,
)
from canting.members.models import Member
from canting.members.rules import MemberState, holds_nik, search_text, village
from canting.members.rules.people import folded

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User

LONGEST_NAME = 120
FACTS = (
    "called_name", "title_before", "title_after", "kind", "birth_place", "birth_date", "phone",
    "other_phone", "email", "dusun", "rt", "rw", "village_code", "village", "district", "regency",
    "postal_code", "landmark", "workshop", "occupation", "note", "old_number", "joined_on",
)  # fmt: skip


def _checked_name(full_name: str) -> str:
    name = clean(full_name)
    if holds_nik(name):
        raise NikInText()
    if not 1 <= len(name) <= LONGEST_NAME or not folded(name):
        raise NameNeeded()
    return name


def _put_place(member: Member) -> None:
    """Fill village, district, regency and postal code from the code, so that they never disagree."""
    if member.village_code and (place := village(member.village_code)):
        member.village, member.district = place.name, place.district
        member.regency = place.regency
        member.postal_code = place.postal_code or member.postal_code


def _put_search(member: Member) -> None:
    member.search = search_text(
        words=[
            member.full_name, member.called_name, member.number, member.old_number, member.dusun,
            member.workshop,
        ],
        phones=[member.phone, member.other_phone],
    )  # fmt: skip


def _put_nik(member: Member, nik: str | None) -> None:
    if not nik:
        member.nik_sealed, member.nik_fingerprint = None, ""
        return
    other = selectors.member_by_nik(cooperative=member.cooperative, nik=nik)
    if other and other.pk != member.pk:
        raise NikTaken(name=other.full_name, number=other.number)
    member.nik_sealed = seal(nik)
    member.nik_fingerprint = fingerprint(nik, scope=selectors.nik_scope(member.cooperative_id))


def _set_facts(member: Member, facts: dict[str, Any]) -> None:
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise TypeError(f"A member has no {', '.join(sorted(unknown))}.")
    for name, value in facts.items():
        if isinstance(value, str) and holds_nik(value):
            raise NikInText()
        setattr(member, name, clean(value) if isinstance(value, str) else value)


@transaction.atomic
def register_applicant(
    *,
    cooperative: Cooperative,
    full_name: str,
    on: date,
    actor: User,
    number: str = "",
    nik: str | None = None,
    **facts: Any,
) -> Member:
    """Write down somebody who asks to join; she has a number from now on, but no vote.

    Raises NameNeeded, NikTaken (with the name of the other) and PartyTaken.
    """
    member = _built(cooperative, full_name, number, nik, on, facts)
    member.save()
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="members.registered",
        subject=member.number,
        facts={"name": member.full_name, "with_nik": bool(nik)},
    )
    return member


def _built(
    cooperative: Cooperative,
    full_name: str,
    number: str,
    nik: str | None,
    on: date,
    facts: dict[str, Any],
) -> Member:
    name = _checked_name(full_name)
    if holds_nik(number):
        raise NikInText()
    party = create_party(
        cooperative=cooperative, kind=PartyKind.MEMBER, name=name, number=clean(number), on=on
    )
    member = Member(
        cooperative=cooperative, party=party, number=party.number, full_name=name, applied_on=on
    )
    _set_facts(member, facts)
    _put_nik(member, nik)
    _put_place(member)
    _put_search(member)
    return member


@transaction.atomic
def bring_member(
    *,
    cooperative: Cooperative,
    full_name: str,
    on: date,
    import_reference: str,
    status: str = MemberState.MEMBER,
    left_on: date | None = None,
    brought: dict[str, int] | None = None,
    number: str = "",
    nik: str | None = None,
    **facts: Any,
) -> Member:
    """Write down somebody who came in with a sheet, in the state the sheet says.

    A day of joining that nobody knows stays empty. The audit line is the import's own, so that an
    import can be undone as a whole. `brought` are shares by kind that the sheet stated.
    """
    member = _built(cooperative, full_name, number, nik, on, facts)
    member.applied_on = member.joined_on or on
    member.status = str(status)
    member.left_on = left_on if status == MemberState.LEFT else None
    member.brought = brought or {}
    member.import_reference = import_reference
    member.save()
    return member


@transaction.atomic
def admit_applicant(*, member: Member, on: date, actor: User, decision: str = "") -> Member:
    """Make an applicant a member by decision of the board (UU 25/1992 art. 19: not transferable)."""
    member = selectors.lock_member(cooperative=member.cooperative, number=member.number)
    if member.status == MemberState.MEMBER:
        return member
    if member.status != MemberState.APPLICANT:
        raise NotApplicant(name=member.full_name)
    if on < member.applied_on and member.joined_on is None:
        raise JoinedBeforeApplied(date=format_date(member.applied_on))
    member.status = MemberState.MEMBER
    member.joined_on = member.joined_on or on
    member.save(update_fields=["status", "joined_on"])
    record(
        cooperative_id=member.cooperative_id,
        actor=actor,
        action="members.admitted",
        subject=member.number,
        facts={"joined_on": member.joined_on, "decision": decision},
    )
    return member


@transaction.atomic
def admit_member(
    *,
    cooperative: Cooperative,
    full_name: str,
    on: date,
    actor: User,
    number: str = "",
    nik: str | None = None,
    **facts: Any,
) -> Member:
    """Register and admit in one go: somebody who is a member already or is decided on today."""
    member = register_applicant(
        cooperative=cooperative,
        full_name=full_name,
        on=on,
        actor=actor,
        number=number,
        nik=nik,
        **facts,
    )
    return admit_applicant(member=member, on=on, actor=actor)


@transaction.atomic
def change_member(
    *,
    member: Member,
    actor: User,
    full_name: str | None = None,
    nik: str | None = None,
    keep_nik: bool = True,
    **facts: Any,
) -> Member:
    """Change facts of a member; the audit keeps what was and what is now (of a NIK only that)."""
    member = selectors.lock_member(cooperative=member.cooperative, number=member.number)
    watched = ["full_name", *facts]
    before = {name: getattr(member, name) for name in watched}
    if full_name is not None:
        member.full_name = _checked_name(full_name)
    _set_facts(member, facts)
    old_mark = member.nik_fingerprint
    if not keep_nik:
        _put_nik(member, nik)
    _put_place(member)
    _put_search(member)
    member.save()
    if member.full_name != before["full_name"]:
        rename_party(party=member.party, name=member.full_name)
    changes = {
        name: [str(before[name] or ""), str(getattr(member, name) or "")]
        for name in watched
        if before[name] != getattr(member, name)
    }
    if old_mark != member.nik_fingerprint:
        changes["nik"] = ["", ""]
    if changes:
        record(
            cooperative_id=member.cooperative_id,
            actor=actor,
            action="members.changed",
            subject=member.number,
            facts={"changes": changes},
        )
    return member


def set_membership(*, member: Member, status: str, left_on: date | None) -> None:
    """Put a member's state and the day she leaves; the act itself is recorded by who decides it."""
    Member.objects.filter(pk=member.pk).update(status=str(status), left_on=left_on)
    member.status, member.left_on = str(status), left_on


def shares_taken_over(*, cooperative: Cooperative, member_ids: Sequence[int]) -> None:
    """Forget the shares that sheets stated: the opening balances hold them from now on."""
    Member.objects.filter(cooperative=cooperative, pk__in=member_ids).update(brought={})


@transaction.atomic
def show_nik(*, member: Member, reason: str, actor: User) -> str:
    """The full NIK, for a reason that stays in the audit (UU 27/2022: who saw it, when, why)."""
    if not reason.strip():
        raise ReasonNeeded()
    if not member.nik_sealed:
        raise NoNik(name=member.full_name)
    record(
        cooperative_id=member.cooperative_id,
        actor=actor,
        action="members.nik_shown",
        subject=member.number,
        facts={"reason": reason.strip()[:200]},
        for_party=member.party,
    )
    return unseal(member.nik_sealed)


def delete_member(*, member: Member, actor: User) -> None:
    """Delete a record that was made by mistake and that nothing speaks of; else HasBookings."""
    delete_members(members=[member], actor=actor, why="mistake")


@transaction.atomic
def delete_members(*, members: Sequence[Member], actor: User, why: str) -> None:
    """Delete records that nothing speaks of, all or none; the first that cannot go is named."""
    for member in members:
        number, party = member.number, member.party
        try:
            with transaction.atomic():
                member.delete()
                party.delete()
        except ProtectedError as kept:
            raise HasBookings(
                name=member.full_name, number=number, count=len(kept.protected_objects)
            ) from kept
        record(
            cooperative_id=member.cooperative_id,
            actor=actor,
            action="members.deleted",
            subject=number,
            facts={"name": member.full_name, "why": why},
        )


def sign_out_elsewhere(*, user_id: int, keep: str, now: datetime) -> int:
    """End every session of a user but one; how many were ended."""
    others = [key for key in selectors.open_devices(user_id=user_id, now=now) if key != keep]
    Session.objects.filter(session_key__in=others).delete()
    return len(others)
