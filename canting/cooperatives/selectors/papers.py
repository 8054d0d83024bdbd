"""What belongs to papers: the files beside them and the numbers on them."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from canting.cooperatives.models import Attachment, AuditRecord, Cooperative, User
from canting.cooperatives.rules import number_parts
from canting.cooperatives.selectors.reading import last_numbers


def attachments(*, cooperative: Cooperative, subjects: Sequence[str]) -> QuerySet[Attachment]:
    """Photos and files that belong to these papers."""
    return Attachment.objects.filter(cooperative=cooperative, subject__in=subjects).order_by("id")


def attachment(*, cooperative: Cooperative, digest: str) -> Attachment | None:
    """One stored file of the cooperative by the digest of its content."""
    return Attachment.objects.filter(cooperative=cooperative, digest=digest).first()


def attachment_path(*, cooperative_id: int, digest: str) -> Path:
    """Where a stored file lies: one folder a cooperative, named by the digest of its content."""
    return Path(settings.MEDIA_ROOT) / str(cooperative_id) / digest


def upload_fault(kind: str) -> str:
    """Why an uploaded file was not taken, as the middle of a sentence."""
    return {
        "large": _("it is larger than 8 MB."),
        "empty": _("it is empty."),
        "kind": _("it is neither a photo nor a PDF."),
        "broken": _("the picture is damaged."),
    }[kind]


def numbering_gaps(*, cooperative: Cooperative, series: str, numbers: Iterable[str]) -> list[str]:
    """What is wrong with the numbers of one series: missing, given twice, or never given.

    `numbers` are all printed numbers of the series that stand on papers, in any order.
    """
    found: dict[int, dict[int, int]] = {}
    odd: list[str] = []
    for number in numbers:
        parts = number_parts(number)
        if parts is None or parts[0] != series:
            odd.append(
                _("%(number)s is not a number of %(series)s.")
                % {"number": number, "series": series}
            )
            continue
        counts = found.setdefault(parts[1], {})
        counts[parts[2]] = counts.get(parts[2], 0) + 1
    given = last_numbers(cooperative=cooperative, series=series)
    for year in sorted(found | given):
        odd += _year_gaps(series, year, given.get(year, 0), found.get(year, {}))
    return odd


def _year_gaps(series: str, year: int, last: int, counts: Mapping[int, int]) -> list[str]:
    faults = {
        _("%(series)s/%(year)s number %(count)s is missing."): sorted(
            set(range(1, last + 1)) - set(counts)
        ),
        _("%(series)s/%(year)s number %(count)s stands on two papers."): sorted(
            count for count, times in counts.items() if times > 1
        ),
        _("%(series)s/%(year)s number %(count)s was never given."): sorted(
            count for count in counts if count > last
        ),
    }
    return [
        sentence % {"series": series, "year": year, "count": count}
        for sentence, found in faults.items()
        for count in found
    ]


def may_see_file(
    *, cooperative: Cooperative, digest: str, user: User, party_id: int | None
) -> bool:
    """Whether a plain member may open a file: her own, or beside a paper that is about her."""
    found = Attachment.objects.filter(cooperative=cooperative, digest=digest)
    if found.filter(made_by=user).exists():
        return True
    return (
        party_id is not None
        and AuditRecord.objects.filter(
            cooperative=cooperative, for_party_id=party_id, subject__in=found.values("subject")
        ).exists()
    )
