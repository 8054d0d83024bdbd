"""What must always hold for members."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives.rules import PartyKind
from canting.kernel.invariants import Invariant
from canting.members.models import Member
from canting.members.rules import holds_nik

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

FINGERPRINT = re.compile(r"[0-9a-f]{64}")
TEXTS = (
    "number", "full_name", "called_name", "title_before", "title_after", "birth_place", "phone",
    "other_phone", "email", "dusun", "rt", "rw", "village", "district", "regency", "landmark",
    "workshop", "occupation", "note", "search", "nik_fingerprint",
)  # fmt: skip


def each_has_her_party(cooperative: Cooperative) -> Iterator[str]:
    """Every member has a party of the same cooperative, number and name."""
    wrong = (
        Member.objects.filter(cooperative=cooperative)
        .exclude(
            party__cooperative_id=F("cooperative_id"),
            party__kind=PartyKind.MEMBER,
            party__number=F("number"),
            party__name=F("full_name"),
        )
        .order_by("number")
    )
    for member in wrong:
        yield _("%(member)s and her party in the books differ.") % {"member": member}


def no_nik_in_clear(cooperative: Cooperative) -> Iterator[str]:
    """No text of a member holds a NIK, and the sealed bytes do not either."""
    rows = Member.objects.filter(cooperative=cooperative).values_list(
        "number", "nik_sealed", *TEXTS
    )
    for number, sealed, *texts in rows.iterator(chunk_size=500):
        digits = bytes(sealed or b"").decode("latin-1")
        # A fingerprint may by chance hold sixteen digits in a row; as a whole it tells no NIK.
        told = [str(text) for text in texts if not FINGERPRINT.fullmatch(str(text))]
        if any(holds_nik(text) for text in [digits, *told]):
            yield _("A NIK stands in clear in the record of %(number)s.") % {"number": number}


def nik_sealed_with_mark(cooperative: Cooperative) -> Iterator[str]:
    """A sealed NIK has its fingerprint and a fingerprint its seal, else doubles are not found."""
    for member in Member.objects.filter(cooperative=cooperative).order_by("number"):
        if bool(member.nik_sealed) != bool(member.nik_fingerprint):
            yield _("The NIK of %(member)s and its fingerprint do not go together.") % {
                "member": member
            }


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "members.each_has_her_party",
        gettext_lazy("Every member has her party in the books, by the same number and name."),
        each_has_her_party,
    ),
    Invariant(
        "members.no_nik_in_clear",
        gettext_lazy("No NIK is stored in clear."),
        no_nik_in_clear,
    ),
    Invariant(
        "members.nik_sealed_with_mark",
        gettext_lazy("Every sealed NIK can be found again by its fingerprint."),
        nik_sealed_with_mark,
    ),
)
