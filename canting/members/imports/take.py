"""Taking a looked-through sheet in, all or nothing, and undoing it while nothing depends on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from canting.cooperatives import selectors as cooperatives
from canting.cooperatives.services import keep_mapping, record, update_sheet
from canting.kernel.money import format_rupiah
from canting.kernel.sealed import unseal
from canting.kernel.tables_in import header_digest
from canting.members import selectors
from canting.members.errors import (
    ImportNotReady,
    NothingToTakeIn,
    NotTakenIn,
    TotalsDiffer,
    UndoTooLate,
)
from canting.members.imports.columns import BY_FIELD, guess
from canting.members.imports.review import Review, review
from canting.members.imports.sheet import opened_sheet, sealed_text
from canting.members.rules import MemberState
from canting.members.services import bring_member, delete_members

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, PastedSheet, User
    from canting.members.models import Member

KIND = "members"
UNDO_FOR = timedelta(hours=24)


def mapping_for(*, cooperative: Cooperative, header: Sequence[str]) -> tuple[dict[str, int], bool]:
    """Which column holds what: as it was read before, else guessed; and whether it was remembered."""
    digest = header_digest(header)
    kept = cooperatives.mappings(cooperative=cooperative, kind=KIND).filter(header_digest=digest)
    if found := kept.first():
        columns = {
            name: place
            for name, place in found.columns.items()
            if name in BY_FIELD and place < len(header)
        }
        return columns, True
    return guess(header), False


def remember_columns(
    *, cooperative: Cooperative, header: Sequence[str], columns: Mapping[str, int], actor: User
) -> None:
    """Remember the columns of this layout for the next file of the same heading."""
    keep_mapping(
        cooperative=cooperative,
        kind=KIND,
        header_digest=header_digest(header),
        header=header,
        columns=columns,
        actor=actor,
    )


@transaction.atomic
def take_in(
    *,
    cooperative: Cooperative,
    kept: PastedSheet,
    on: date,
    now: datetime,
    actor: User,
    unanswered_too: bool = False,
) -> tuple[Review, dict[int, str]]:
    """Make a member of every row, all or nothing; the review and the numbers given, by row.

    Raises ImportNotReady, TotalsDiffer or NothingToTakeIn, and nothing is taken in then. With
    `unanswered_too` open questions do not stop it (a doubled NIK is then taken for neither row).
    """
    kept = cooperatives.lock_sheet(cooperative=cooperative, reference=kept.reference)
    sheet = opened_sheet(unseal(kept.content))
    found = review(cooperative=cooperative, sheet=sheet, today=on)
    if kept.taken_at:
        brought = selectors.members_of_import(cooperative=cooperative, reference=kept.reference)
        return found, {int(r): n for r, n in kept.state.get("numbers", {}).items() if brought}
    _check_ready(found, unanswered_too=unanswered_too)
    numbers = {
        row.number: _bring(cooperative, row.values, kept.reference, on).number
        for row in found.accepted
    }
    remember_columns(
        cooperative=cooperative, header=sheet.header, columns=sheet.columns, actor=actor
    )
    update_sheet(
        sheet=kept,
        text=sealed_text(sheet),
        state={**kept.state, "taken": len(numbers), "numbers": numbers},
        taken_at=now,
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="members.imported",
        subject=kept.reference,
        facts={"file": kept.name, "members": len(numbers)},
    )
    return found, numbers


def _check_ready(found: Review, *, unanswered_too: bool) -> None:
    waiting = 0 if unanswered_too else found.open_questions
    if found.wrong_cells or waiting:
        raise ImportNotReady(wrong=found.wrong_cells, open=waiting)
    for total in found.totals:
        if total.stated is not None and not total.is_equal:
            raise TotalsDiffer(
                column=BY_FIELD[total.field].label,
                read=format_rupiah(total.read),
                stated=format_rupiah(total.stated),
            )
    if not found.accepted:
        raise NothingToTakeIn()


def _bring(cooperative: Cooperative, values: dict[str, Any], reference: str, on: date) -> Member:
    facts = {name: value for name, value in values.items() if value not in (None, "")}
    return bring_member(
        cooperative=cooperative,
        on=on,
        import_reference=reference,
        status=facts.pop("status", MemberState.MEMBER),
        **facts,
    )


@transaction.atomic
def undo_import(*, cooperative: Cooperative, kept: PastedSheet, now: datetime, actor: User) -> int:
    """Take every member of a sheet out again within 24 hours, while nothing speaks of any of them.

    Raises NotTakenIn, UndoTooLate or HasBookings with the one who already has papers.
    """
    kept = cooperatives.lock_sheet(cooperative=cooperative, reference=kept.reference)
    if kept.taken_at is None:
        raise NotTakenIn()
    if now - kept.taken_at > UNDO_FOR:
        raise UndoTooLate()
    brought = list(selectors.members_of_import(cooperative=cooperative, reference=kept.reference))
    delete_members(members=brought, actor=actor, why=f"import {kept.reference}")
    kept.taken_at = None
    update_sheet(sheet=kept, state={**kept.state, "taken": 0, "numbers": {}})
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="members.import_undone",
        subject=kept.reference,
        facts={"members": len(brought)},
    )
    return len(brought)
