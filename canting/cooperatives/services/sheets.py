"""Sheets brought for import, kept sealed until they are taken in, and how layouts are read."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from canting.cooperatives.models import Cooperative, ImportMapping, PastedSheet, User
from canting.cooperatives.services.trail import record
from canting.kernel.sealed import seal


def keep_sheet(
    *,
    cooperative: Cooperative,
    kind: str,
    name: str,
    text: str,
    actor: User,
    state: Mapping[str, Any] | None = None,
) -> PastedSheet:
    """Keep what somebody brought, sealed (sheets hold NIK), so that no input is ever lost.

    `state` must hold nothing personal: it is stored as it stands.
    """
    return PastedSheet.objects.create(
        cooperative=cooperative,
        kind=kind,
        reference=secrets.token_hex(8),
        name=name[:120],
        content=seal(text),
        state=dict(state or {}),
        made_by=actor,
        made_at=timezone.now(),
    )


def update_sheet(
    *,
    sheet: PastedSheet,
    text: str | None = None,
    state: Mapping[str, Any] | None = None,
    taken_at: datetime | None = None,
) -> PastedSheet:
    """Keep what was put right in a sheet, how far it is, or that it was taken in."""
    if text is not None:
        sheet.content = seal(text)
    if state is not None:
        sheet.state = dict(state)
    sheet.taken_at = taken_at or sheet.taken_at
    sheet.save(update_fields=["content", "state", "taken_at"])
    return sheet


def drop_sheet(*, sheet: PastedSheet, actor: User) -> None:
    """Throw a sheet away; the audit keeps that it was there, not what was in it."""
    record(
        cooperative_id=sheet.cooperative_id,
        actor=actor,
        action="cooperatives.sheet_dropped",
        subject=sheet.reference,
        facts={"kind": sheet.kind, "name": sheet.name},
    )
    sheet.delete()


def keep_mapping(
    *,
    cooperative: Cooperative,
    kind: str,
    header_digest: str,
    header: Sequence[str],
    columns: Mapping[str, int],
    actor: User,
) -> ImportMapping:
    """Remember which column holds what in a layout, by the digest of its header."""
    return ImportMapping.objects.update_or_create(
        cooperative=cooperative,
        kind=kind,
        header_digest=header_digest,
        defaults={
            "header": list(header),
            "columns": dict(columns),
            "made_by": actor,
            "made_at": timezone.now(),
        },
    )[0]


def forget_mapping(*, mapping: ImportMapping, actor: User) -> None:
    """Forget how a layout was read; the next file of that layout is guessed anew."""
    record(
        cooperative_id=mapping.cooperative_id,
        actor=actor,
        action="cooperatives.mapping_forgotten",
        subject=mapping.header_digest,
        facts={"kind": mapping.kind},
    )
    mapping.delete()
