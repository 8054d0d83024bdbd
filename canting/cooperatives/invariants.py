"""What must always hold in the house: numbers, access, files."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice
from typing import TYPE_CHECKING

from django.db.models import F, ForeignKey, Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives import selectors
from canting.cooperatives.models import Access, Attachment, AuditRecord, Series
from canting.cooperatives.rules import PartyKind, Role, number_parts
from canting.kernel import row_seals
from canting.kernel.invariants import Invariant

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

MOST_NAMED = 20  # of one table; the others are counted
# What a person knows a row by, the best first.
NAMES = ("number", "paper", "subject", "code", "name", "full_name")


def numbers_lie_in_their_series(cooperative: Cooperative) -> Iterator[str]:
    """No paper that somebody acted on carries a number that was never given."""
    given = {
        (series, year): last
        for series, year, last in Series.objects.filter(cooperative=cooperative).values_list(
            "series", "year", "last"
        )
    }
    subjects = (
        AuditRecord.objects.filter(cooperative=cooperative, subject__contains="/")
        .order_by()
        .values_list("subject", flat=True)
        .distinct()
    )
    for subject in subjects.iterator():
        parts = number_parts(subject)
        if parts and parts[0].isalpha() and parts[2] > given.get(parts[:2], 0):
            yield _("The number %(number)s was never given.") % {"number": subject}


def access_is_sound(cooperative: Cooperative) -> Iterator[str]:
    """Every role is known, a member's access names a member of this very cooperative."""
    held = Access.objects.filter(cooperative=cooperative, active=True).select_related("user")
    for access in held.exclude(role__in=list(Role)):
        yield _("%(name)s holds the unknown role “%(role)s”.") % {
            "name": access.user,
            "role": access.role,
        }
    strange = held.filter(
        Q(role=Role.MEMBER, party__isnull=True)
        | Q(party__isnull=False) & ~Q(party__cooperative=F("cooperative"))
        | Q(role=Role.MEMBER, party__isnull=False) & ~Q(party__kind=PartyKind.MEMBER)
    )
    for access in strange:
        yield _("The access of %(name)s names no member of this cooperative.") % {
            "name": access.user
        }


def files_are_there(cooperative: Cooperative) -> Iterator[str]:
    """Every kept photo and PDF lies where it belongs."""
    rows = Attachment.objects.filter(cooperative=cooperative).order_by("id")
    for digest, subject in rows.values_list("digest", "subject").iterator():
        path = selectors.attachment_path(cooperative_id=cooperative.pk, digest=digest)
        if not path.is_file():
            yield _("A file of %(paper)s is missing (%(digest)s).") % {
                "paper": subject,
                "digest": digest[:12],
            }


def rows_are_sealed(cooperative: Cooperative) -> Iterator[str]:
    """No row of any table was changed, added or taken away behind the application."""
    for table in row_seals.missing_seals():
        yield _("The rows of the table %(table)s are not being sealed.") % {"table": table}
    if not row_seals.key_is_known():
        yield _("The rows were sealed with a key that this server does not have.")
        return
    sentences = {
        "changed": _("%(table)s: %(row)s was changed behind the application."),
        "added": _("%(table)s: %(row)s was added behind the application."),
        "gone": _("%(table)s: row %(row)s was taken away behind the application."),
    }
    for table, found in groupby(
        row_seals.faults(house=cooperative.pk), key=lambda fault: fault.model._meta.db_table
    ):
        for fault in islice(found, MOST_NAMED):
            row = str(fault.row) if fault.deed == "gone" else _row_name(fault.model, fault.row)
            yield sentences[fault.deed] % {"table": table, "row": row}
        if more := sum(1 for _fault in found):
            yield _("%(table)s: %(count)s more rows.") % {"table": table, "count": more}


def _row_name(model: type[Model], key: int) -> str:
    """The number on the paper of a row, or on the paper it belongs to; its key as the last resort."""
    own = [name for name in NAMES if name in {field.name for field in model._meta.fields}]
    above = [
        f"{field.name}__{name}"
        for field in model._meta.fields
        if isinstance(field, ForeignKey)
        for name in NAMES
        if name in {other.name for other in field.related_model._meta.fields}
    ]
    for path in [*own, *above]:
        said = model._base_manager.filter(pk=key).values_list(path, flat=True).first()
        if said:
            return f"{said} ({key})"
    return str(key)


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "cooperatives.numbers_lie_in_their_series",
        gettext_lazy("No paper carries a number that was never given"),
        numbers_lie_in_their_series,
    ),
    Invariant(
        "cooperatives.access_is_sound",
        gettext_lazy("Every access is one of this cooperative"),
        access_is_sound,
    ),
    Invariant(
        "cooperatives.files_are_there",
        gettext_lazy("Every kept photo and paper is there"),
        files_are_there,
    ),
    Invariant(
        "cooperatives.rows_are_sealed",
        gettext_lazy("No row was changed, added or taken away behind the application"),
        rows_are_sealed,
    ),
)
