"""The files of a closed year, written once and kept by the digest of their content."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import translation

from canting.cooperatives.selectors import attachment_path
from canting.cooperatives.services import record
from canting.kernel.closing import Frozen, frozen_files
from canting.ledger import selectors
from canting.ledger.models import FrozenFile

if TYPE_CHECKING:
    from datetime import date

    from canting.cooperatives.models import Cooperative, User
    from canting.ledger.models import YearAct


def freeze(*, cooperative: Cooperative, act: YearAct, actor: User) -> list[FrozenFile]:
    """Write every file that the domains offer of the year that this act closed; in Indonesian.

    A file lies under the digest of its content, as attachments do, so the backup takes it along.
    """
    since, until = selectors.year_days(act.year)
    kept = []
    with translation.override("id"):
        for one in frozen_files():
            digest, size = _written(cooperative, one, since, until)
            kept.append(FrozenFile(act=act, name=one.name, digest=digest, size_bytes=size))
    turn = selectors.closings_of(cooperative=cooperative, year=act.year)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="ledger.year_frozen",
        subject=f"{act.year}/{turn}",
        facts={"files": {one.name: [one.digest, one.size_bytes] for one in kept}},
    )
    return FrozenFile.objects.bulk_create(kept)


def _written(cooperative: Cooperative, one: Frozen, since: date, until: date) -> tuple[str, int]:
    folder = attachment_path(cooperative_id=cooperative.pk, digest="x").parent
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".{secrets.token_hex(8)}"
    digest, size = hashlib.sha256(), 0
    try:
        with unfinished.open("wb") as out:
            for piece in one.pieces(cooperative, since, until):
                digest.update(piece)
                size += len(piece)
                out.write(piece)
        name = digest.hexdigest()
        _settle(unfinished, attachment_path(cooperative_id=cooperative.pk, digest=name))
    finally:
        unfinished.unlink(missing_ok=True)
    return name, size


def _settle(unfinished: Path, place: Path) -> None:
    """Give the finished file its place; the same content lies there already or nothing does."""
    if not place.exists():
        unfinished.replace(place)
