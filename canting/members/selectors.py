"""What is known of members; always inside one cooperative."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Count, QuerySet

from canting.kernel.identity import mask_nik
from canting.kernel.sealed import fingerprints, unseal
from canting.members.errors import IsLeaving
from canting.members.models import Member
from canting.members.rules import MemberState
from canting.members.rules.people import ACTIVE, folded

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def members(
    *, cooperative: Cooperative, words: str = "", status: str | Sequence[str] = ""
) -> QuerySet[Member]:
    """Members by name, one row each; every word must be in name, called name, dusun, number, phone."""
    found = Member.objects.filter(cooperative=cooperative).select_related("party")
    if status:
        found = found.filter(status__in=[status] if isinstance(status, str) else list(status))
    for word in folded(words).split():
        found = found.filter(search__contains=word)
    return found.order_by("full_name", "id")


def active_members(*, cooperative: Cooperative) -> QuerySet[Member]:
    """Those who are members today (leaving ones too, until they have left), by name."""
    return members(cooperative=cooperative, status=[str(s) for s in ACTIVE])


def active_or_applying(*, cooperative: Cooperative, words: str = "") -> QuerySet[Member]:
    """Those who may pay shares: members and applicants, found by words, by name."""
    return members(cooperative=cooperative, words=words).exclude(status=MemberState.LEFT)


def member_by_number(*, cooperative: Cooperative, number: str) -> Member | None:
    """The member with this number (of whatever state), or nothing."""
    return (
        Member.objects.filter(cooperative=cooperative, number=number)
        .select_related("party")
        .first()
    )


def member_of_party(*, cooperative: Cooperative, party_id: int | None) -> Member | None:
    """The member behind a party, or nothing."""
    if party_id is None:
        return None
    return (
        Member.objects.filter(cooperative=cooperative, party_id=party_id)
        .select_related("party")
        .first()
    )


def members_of_parties(*, cooperative: Cooperative, party_ids: Iterable[int]) -> dict[int, Member]:
    """The members behind these parties, by party; one query."""
    found = Member.objects.filter(cooperative=cooperative, party_id__in=list(party_ids))
    return {member.party_id: member for member in found.select_related("party")}


def member_choices(*, cooperative: Cooperative) -> list[tuple[str, str]]:
    """(number, label) of everyone who is a member today, told apart by dusun, for choosing one."""
    return [(m.number, member_label(m)) for m in active_members(cooperative=cooperative)]


def member_label(member: Member) -> str:
    """Siti Aminah · A-0117 · Krajan: enough to tell two of one name apart."""
    return " · ".join(part for part in (member.full_name, member.number, member.dusun) if part)


def find_member(*, cooperative: Cooperative, typed: str) -> Member | None:
    """The one member that a number, a label of the list or a part of a name means; else nothing.

    Digits alone are the end of a member's number first: 117 is A-0117.
    """
    text = typed.strip()
    if text.isdecimal() and (found := _by_digits(cooperative, text)):
        return found
    for part in [text, *(p.strip() for p in text.split("·"))]:
        if part and (found := member_by_number(cooperative=cooperative, number=part)):
            return found
    if not text:
        return None
    some = list(members(cooperative=cooperative, words=text).exclude(status=MemberState.LEFT)[:2])
    return some[0] if len(some) == 1 else None


def _by_digits(cooperative: Cooperative, digits: str) -> Member | None:
    ending = Member.objects.filter(cooperative=cooperative, number__endswith=digits)
    wanted = digits.lstrip("0")
    some = [m for m in ending.select_related("party") if _digits_of(m.number) == wanted]
    return some[0] if len(some) == 1 else None


def _digits_of(number: str) -> str:
    """The digits at the end of a number, without the zeros in front of them."""
    return number[len(number.rstrip("0123456789")) :].lstrip("0")


class Somebody(Protocol):
    """A member as other domains know one."""

    @property
    def status(self) -> str: ...

    @property
    def full_name(self) -> str: ...


def require_staying(member: Somebody) -> None:
    """Refuse something new for a member whose leaving is decided (IsLeaving)."""
    if member.status == MemberState.LEAVING:
        raise IsLeaving(name=member.full_name)


def lock_member(*, cooperative: Cooperative, number: str) -> Member:
    """The member of this number, locked until the transaction ends."""
    return (
        Member.objects.select_for_update(of=("self",))
        .select_related("party")
        .get(cooperative=cooperative, number=number)
    )


def nik_scope(cooperative_id: int) -> str:
    """The scope of NIK fingerprints: equal numbers of two cooperatives look different."""
    return f"members.nik:{cooperative_id}"


def member_by_nik(*, cooperative: Cooperative, nik: str) -> Member | None:
    """The member with this NIK, found by its keyed fingerprint without opening any seal."""
    marks = fingerprints(nik, scope=nik_scope(cooperative.pk))
    return Member.objects.filter(cooperative=cooperative, nik_fingerprint__in=marks).first()


def masked_nik(member: Member) -> str:
    """3513••••••••0004, or "" where no NIK is kept."""
    return mask_nik(unseal(member.nik_sealed)) if member.nik_sealed else ""


def opened_nik(member: Member) -> str:
    """The full NIK; only after `services.show_nik` has kept who asked and why."""
    return unseal(member.nik_sealed) if member.nik_sealed else ""


def count_by_status(*, cooperative: Cooperative) -> dict[str, int]:
    """How many there are in each state."""
    rows = Member.objects.filter(cooperative=cooperative).values_list("status")
    counted = dict(rows.annotate(count=Count("id")).order_by())
    return {str(state): counted.get(str(state), 0) for state in MemberState}


def same_names(*, cooperative: Cooperative, full_name: str, number: str = "") -> list[Member]:
    """Others of the same name, whom number and dusun tell apart."""
    found = Member.objects.filter(cooperative=cooperative, full_name__iexact=full_name)
    return list(found.exclude(number=number).order_by("number")[:5])


def active_counts(*, cooperative_ids: Sequence[int]) -> dict[int, int]:
    """How many members each of these cooperatives has today; one query, for the office above."""
    found = Member.objects.filter(
        cooperative_id__in=list(cooperative_ids), status__in=[str(s) for s in ACTIVE]
    )
    return dict(found.values_list("cooperative_id").annotate(count=Count("id")))


@dataclass(frozen=True, slots=True)
class Known:
    """What an import compares of someone who is a member already."""

    number: str
    full_name: str
    old_number: str
    phone: str
    dusun: str
    nik_fingerprint: str


def known_people(*, cooperative: Cooperative) -> list[Known]:
    """Everyone there is, of whatever state, for finding doubles; one query."""
    rows = Member.objects.filter(cooperative=cooperative).values_list(
        "number", "full_name", "old_number", "phone", "dusun", "nik_fingerprint"
    )
    return [Known(*row) for row in rows.order_by("id")]


def members_of_import(*, cooperative: Cooperative, reference: str) -> QuerySet[Member]:
    """The members who came in with one sheet, in its order."""
    return (
        Member.objects.filter(cooperative=cooperative, import_reference=reference)
        .select_related("party")
        .order_by("id")
    )


def brought_shares(*, cooperative: Cooperative) -> list[tuple[Member, dict[str, int]]]:
    """Members whose sheet stated shares, with the amounts by kind, for the opening balances."""
    found = members(cooperative=cooperative).exclude(brought={})
    return [(member, dict(member.brought)) for member in found]


def open_devices(*, user_id: int, now: datetime) -> list[str]:
    """The session keys under which a user is signed in just now."""
    live = Session.objects.filter(expire_date__gt=now).iterator(chunk_size=500)
    return [s.session_key for s in live if s.get_decoded().get(SESSION_KEY) == str(user_id)]
