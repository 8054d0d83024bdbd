"""Findings: written, answered by the addressed, closed, opened again; nothing is ever changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from canting.cooperatives.models import Attachment, AuditRecord
from canting.cooperatives.rules import Role
from canting.oversight.errors import (
    DueInThePast,
    NotAddressed,
    NotClosed,
    NotOpen,
    WordsNeeded,
)
from canting.oversight.invariants import INVARIANTS
from canting.oversight.models import Finding, FindingAct
from canting.oversight.rules import State
from canting.oversight.selectors import findings
from canting.oversight.services import (
    answer_finding,
    close_finding,
    reopen_finding,
    write_finding,
)
from tests import builders
from tests.builders import there

ON = date(2026, 11, 24)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def people(cooperative):
    return {role: builders.person_with_role(cooperative, role) for role in Role if role != "member"}


@pytest.fixture
def written(cooperative, people):
    return write_finding(
        cooperative=cooperative,
        text="Kuitansi tanpa tanda tangan",
        asked="Mintakan tanda tangan",
        addressed_to=Role.MANAGER,
        subject="KW/2026/11/0001",
        on=ON,
        actor=people[Role.SUPERVISOR],
    )


def state(found):
    again: Any = there(findings.finding(cooperative=found.cooperative, number=found.number))
    return findings.state_of(again)


def broken(cooperative):
    return [text for law in INVARIANTS for text in law.breaches(cooperative)]


def test_a_finding_waits_for_its_answer_the_usual_time(cooperative, written):
    assert written.number == "TP/2026/11/0001"
    assert written.due_on == ON + timedelta(days=14)
    assert state(written) == State.OPEN
    act = AuditRecord.objects.get(cooperative=cooperative, action="oversight.finding_written")
    assert (act.subject, act.facts["about"]) == (written.number, "KW/2026/11/0001")


def test_it_is_answered_closed_and_opened_again(cooperative, people, written):
    manager, supervisor = people[Role.MANAGER], people[Role.SUPERVISOR]
    answer_finding(finding=written, text="Sudah", on=ON, actor=manager)
    assert state(written) == State.ANSWERED
    close_finding(finding=written, text="Dilihat sendiri", on=ON, actor=supervisor)
    assert state(written) == State.CLOSED
    later = ON + timedelta(days=30)
    reopen_finding(finding=written, text="Terulang", due_on=later, on=ON, actor=supervisor)
    again: Any = there(findings.finding(cooperative=cooperative, number=written.number))
    assert (findings.state_of(again), again.due) == (State.OPEN, later)
    assert [one.text for one in findings.acts_of(again)] == ["Sudah", "Dilihat sendiri", "Terulang"]
    assert broken(cooperative) == []


def test_only_the_addressed_answers(people, written):
    with pytest.raises(NotAddressed, match="TP/2026/11/0001"):
        answer_finding(finding=written, text="Sudah", on=ON, actor=people[Role.BOARD])
    assert not FindingAct.objects.exists()


def test_a_closed_finding_takes_no_answer_and_an_open_one_no_opening(people, written):
    supervisor = people[Role.SUPERVISOR]
    with pytest.raises(NotClosed):
        reopen_finding(finding=written, text="Lagi", due_on=None, on=ON, actor=supervisor)
    close_finding(finding=written, text="Selesai", on=ON, actor=supervisor)
    with pytest.raises(NotOpen):
        answer_finding(finding=written, text="Sudah", on=ON, actor=people[Role.MANAGER])
    with pytest.raises(NotOpen):
        close_finding(finding=written, text="Selesai", on=ON, actor=supervisor)
    assert FindingAct.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "due", "refusal"),
    [("  ", None, WordsNeeded), ("Ada", ON - timedelta(days=1), DueInThePast)],
)
def test_without_words_or_with_a_day_gone_by_nothing_is_written(
    cooperative, people, words, due, refusal
):
    with pytest.raises(refusal):
        write_finding(
            cooperative=cooperative,
            text=words,
            due_on=due,
            addressed_to=Role.BOARD,
            on=ON,
            actor=people[Role.SUPERVISOR],
        )
    assert not Finding.objects.exists()


def test_a_photo_lies_beside_the_finding(cooperative, people, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = write_finding(
        cooperative=cooperative,
        text="Lihat foto",
        addressed_to=Role.BOARD,
        on=ON,
        actor=people[Role.SUPERVISOR],
        photo=SimpleUploadedFile("bukti.pdf", PDF),
    )
    assert Attachment.objects.get(cooperative=cooperative).subject == made.number


def test_nobody_changes_or_deletes_a_finding(cooperative, written):
    for sql in ("UPDATE oversight_finding SET text = 'x'", "DELETE FROM oversight_finding"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert Finding.objects.get().text == "Kuitansi tanpa tanda tangan"


def test_an_overdue_answer_waits_on_both_sides(cooperative, people, written):
    late = written.due_on + timedelta(days=1)
    asked = {"cooperative": cooperative, "on": late, "most": 5}
    hers = findings.waiting_for(roles=[Role.MANAGER], **asked)
    theirs = findings.waiting_for_supervisors(**asked)
    assert (hers.total, hers.overdue) == (theirs.total, theirs.overdue) == (1, 1)
    assert findings.waiting_for(roles=[Role.CASHIER], **asked).total == 0
    soon = findings.waiting_for_supervisors(cooperative=cooperative, on=ON, most=5)
    assert soon.total == 0
