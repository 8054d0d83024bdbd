"""One archive of a year for an auditor, packed while it is sent: files, books, audit trail, proofs."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from typing import IO, TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from canting.cooperatives import selectors as house
from canting.kernel.closing import frozen_files, taken_along
from canting.kernel.tables_out import Column, write_csv
from canting.ledger import selectors
from canting.ledger.exports.guide import GUIDE, guide
from canting.ledger.exports.text import plain_text
from canting.ledger.rules.plain_text import ENDINGS, TextForm

if TYPE_CHECKING:
    from pathlib import Path

    from canting.cooperatives.models import Cooperative

PIECE = 256 * 1024
# Packed already: packing them again only takes time.
PACKED = {"jpg", "jpeg", "png", "webp", "pdf"}
AUDIT_COLUMNS = (
    Column("waktu", "date"),
    Column("oleh"),
    Column("untuk"),
    Column("tindakan"),
    Column("perihal"),
)


class Member(NamedTuple):
    """A file of the archive: its name in it and what gives its content piece by piece."""

    name: str
    pieces: Callable[[], Iterable[bytes]]


class _Pipe:
    """Where the archive is written to: what came since it was last taken out."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Keep what the archive writes."""
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits behind it."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        found, self._parts = b"".join(self._parts), []
        return found


def year_archive(
    *, cooperative: Cooperative, year: int, with_proofs: bool = True
) -> Iterator[bytes]:
    """A ZIP of a year, in pieces: no more than one of them is in memory at a time.

    The statements (of a closed year the very files that were frozen), journal, ledger, trial
    balance, balances of members and others, assets, taxes, the whole books for beancount and
    hledger, the audit trail, and unless left out the photos of the year's papers; then what each
    file is, and last the digest of each, as `sha256sum --check` reads it.
    """
    pipe = _Pipe()
    stamp = (year, 12, 31, 0, 0, 0)
    digests: list[str] = []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for member in _members(cooperative, year, with_proofs):
            info = zipfile.ZipInfo(member.name, stamp)
            stored = member.name.rpartition(".")[2].lower() in PACKED
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            digest = hashlib.sha256()
            with archive.open(info, "w", force_zip64=True) as out:
                for piece in _in_indonesian(member.pieces):
                    digest.update(piece)
                    out.write(piece)
                    yield pipe.taken()
            digests.append(f"{digest.hexdigest()}  {member.name}\n")
            yield pipe.taken()
        told = guide(cooperative, year, digests).encode()
        archive.writestr(zipfile.ZipInfo(GUIDE, stamp), told)
        digests.append(f"{hashlib.sha256(told).hexdigest()}  {GUIDE}\n")
        archive.writestr(zipfile.ZipInfo("SHA256SUMS", stamp), "".join(digests))
    yield pipe.taken()


def _in_indonesian(pieces: Callable[[], Iterable[bytes]]) -> Iterator[bytes]:
    """Pieces made in Indonesian, whatever language the thread speaks between them."""
    with translation.override("id"):
        source = iter(pieces())
    while True:
        with translation.override("id"):
            piece = next(source, None)
        if piece is None:
            return
        yield piece


def _members(cooperative: Cooperative, year: int, with_proofs: bool) -> Iterator[Member]:
    since, until = selectors.year_days(year)
    yield from _year_files(cooperative, year, since, until)
    for one in taken_along():
        yield Member(one.name, lambda one=one: one.pieces(cooperative, since, until))  # type: ignore[misc]
    for form in TextForm:
        yield Member(f"buku.{ENDINGS[form]}", lambda form=form: _text(cooperative, form))  # type: ignore[misc]
    yield Member("jejak.csv", lambda: _audit(cooperative, since, until))
    if with_proofs:
        yield from _proofs(cooperative, since, until)


def _year_files(cooperative: Cooperative, year: int, since: date, until: date) -> Iterator[Member]:
    """The files that were frozen, while the year is closed; else the same ones as of now."""
    closed = selectors.year_is_closed(cooperative=cooperative, year=year)
    for one in frozen_files():
        kept = closed and selectors.frozen_file(cooperative=cooperative, year=year, name=one.name)
        if kept:
            path = house.attachment_path(cooperative_id=cooperative.pk, digest=kept.digest)
            yield Member(one.name, lambda path=path: _file(path))  # type: ignore[misc]
        else:
            yield Member(one.name, lambda one=one: one.pieces(cooperative, since, until))  # type: ignore[misc]


def _text(cooperative: Cooperative, form: TextForm) -> Iterator[bytes]:
    return (piece.encode() for piece in plain_text(cooperative=cooperative, form=form))


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _file(path: Path) -> Iterator[bytes]:
    """A stored file; when it is gone the archive says so in its place."""
    if not path.is_file():
        return iter([_("This file is missing from the store.").encode()])
    return _read(path.open("rb"))


def _audit(cooperative: Cooperative, since: date, until: date) -> Iterator[bytes]:
    """Who did what for whom and when, oldest first."""
    zone = ZoneInfo(cooperative.zone)
    found = house.audit_trail(cooperative=cooperative).filter(
        made_at__gte=datetime.combine(since, time.min, zone),
        made_at__lte=datetime.combine(until, time.max, zone),
    )
    rows = (
        (
            act.made_at.astimezone(zone).replace(tzinfo=None),
            str(act.actor),
            act.for_party.name if act.for_party else "",
            act.action,
            act.subject,
        )
        for act in found.order_by("id").iterator(chunk_size=2_000)
    )
    return _read(write_csv(AUDIT_COLUMNS, rows))


def _proofs(cooperative: Cooperative, since: date, until: date) -> Iterator[Member]:
    """The photos and files of every paper that stands in the year's journal."""
    papers = selectors.papers_between(cooperative=cooperative, since=since, until=until)
    for start in range(0, len(papers), 500):
        found = house.attachments(cooperative=cooperative, subjects=papers[start : start + 500])
        for one in found:
            path = house.attachment_path(cooperative_id=cooperative.pk, digest=one.digest)
            ending = one.media_type.rpartition("/")[2].replace("jpeg", "jpg")
            name = f"bukti/{one.subject.replace('/', '-')}/{one.pk}.{ending}"
            yield Member(name, lambda path=path: _file(path))  # type: ignore[misc]
