"""Closing a month: in turn, after every check, prepared by one and signed by another."""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from canting.cooperatives.rules import Role
from canting.cooperatives.services import set_parameter
from canting.kernel.invariants import CloseCheck
from canting.ledger import selectors
from canting.ledger.errors import (
    MonthNotNext,
    MonthNotOver,
    MonthNotReady,
    NothingToReopen,
    NotPrepared,
    PeriodClosed,
    ReasonNeeded,
    SamePerson,
)
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import (
    close_month,
    post_entry,
    prepare_close,
    reopen_month,
    reverse_entry,
    sign_close,
)
from tests import builders

JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


def entry_on(on, source="x"):
    return Draft(source, on, "test", "Uji", [debit("prepaid", 5), credit("other_income", 5)])


@pytest.fixture
def second(cooperative):
    return builders.person_with_role(cooperative, Role.BOARD)


def closed_through(cooperative):
    return selectors.book(cooperative=cooperative).closed_through


def test_one_prepares_and_another_signs(cooperative, actor, second):
    post_entry(cooperative=cooperative, draft=entry_on(date(2026, 1, 5)), actor=actor)
    prepare_close(cooperative=cooperative, month=JAN, on=FEB, actor=actor)
    assert closed_through(cooperative) is None
    period = sign_close(cooperative=cooperative, month=JAN, on=FEB, actor=second)
    assert closed_through(cooperative) == date(2026, 1, 31)
    assert period.checkpoint == selectors.book(cooperative=cooperative).digest


def test_the_same_person_does_not_sign_unless_the_house_says_so(cooperative, actor):
    prepare_close(cooperative=cooperative, month=JAN, on=FEB, actor=actor)
    with pytest.raises(SamePerson), transaction.atomic():
        sign_close(cooperative=cooperative, month=JAN, on=FEB, actor=actor)
    assert closed_through(cooperative) is None
    set_parameter(
        cooperative=cooperative, name="ledger.close_by_two", value=False, valid_from=JAN,
        source="Rapat pengurus", actor=actor,
    )  # fmt: skip
    sign_close(cooperative=cooperative, month=JAN, on=FEB, actor=actor)
    assert closed_through(cooperative) == date(2026, 1, 31)


def test_what_was_not_prepared_is_not_signed(cooperative, actor, second):
    with pytest.raises(NotPrepared), transaction.atomic():
        sign_close(cooperative=cooperative, month=JAN, on=FEB, actor=second)
    prepare_close(cooperative=cooperative, month=JAN, on=FEB, actor=actor)
    sign_close(cooperative=cooperative, month=JAN, on=FEB, actor=second)
    reopen_month(cooperative=cooperative, reason="Nota tertinggal", actor=second)
    with pytest.raises(NotPrepared), transaction.atomic():
        sign_close(cooperative=cooperative, month=JAN, on=FEB, actor=actor)


@pytest.mark.parametrize(
    ("month", "on", "refusal"), [(FEB, MAR, MonthNotNext), (JAN, date(2026, 1, 31), MonthNotOver)]
)
def test_months_go_in_turn_and_only_when_over(cooperative, actor, month, on, refusal):
    for act in (prepare_close, sign_close, close_month):
        with pytest.raises(refusal), transaction.atomic():
            act(cooperative=cooperative, month=month, on=on, actor=actor)
    assert not selectors.periods(cooperative=cooperative).exists()


def test_any_domains_check_holds_the_closing_up(cooperative, actor, monkeypatch):
    check = CloseCheck("x", "x", lambda _coop, month: [f"Laci {month:%m} belum dihitung."])
    monkeypatch.setattr("canting.kernel.closing.close_checks", lambda: [check])
    with pytest.raises(MonthNotReady, match="Laci 01"), transaction.atomic():
        prepare_close(cooperative=cooperative, month=JAN, on=FEB, actor=actor)


def test_money_in_suspense_holds_the_closing_up(cooperative, actor):
    lines = [debit("bank", 100_000), credit("suspense", 100_000)]
    draft = Draft("s", date(2026, 1, 5), "suspense", "Tak dikenal", lines)
    post_entry(cooperative=cooperative, draft=draft, actor=actor)
    with pytest.raises(MonthNotReady, match=r"Rp100\.000"), transaction.atomic():
        close_month(cooperative=cooperative, month=JAN, on=FEB, actor=actor)


def test_a_month_opens_again_with_a_reason_and_only_then(cooperative, actor):
    with pytest.raises(NothingToReopen), transaction.atomic():
        reopen_month(cooperative=cooperative, reason="x", actor=actor)
    close_month(cooperative=cooperative, month=JAN, on=FEB, actor=actor)
    with pytest.raises(ReasonNeeded), transaction.atomic():
        reopen_month(cooperative=cooperative, reason=" ", actor=actor)
    assert closed_through(cooperative) is not None
    period = reopen_month(cooperative=cooperative, reason="Nota tertinggal", actor=actor)
    assert (period.month, period.reason) == (JAN, "Nota tertinggal")
    post_entry(cooperative=cooperative, draft=entry_on(date(2026, 1, 9)), actor=actor)


def test_every_door_into_a_closed_month_is_shut_and_its_figures_stay(cooperative, actor):
    posted = post_entry(cooperative=cooperative, draft=entry_on(date(2026, 1, 5)), actor=actor)
    close_month(cooperative=cooperative, month=JAN, on=FEB, actor=actor)
    before = selectors.trial_balance(cooperative=cooperative, as_of=date(2026, 1, 31))
    entry = selectors.entry(cooperative=cooperative, position=posted.position)
    assert entry is not None
    with pytest.raises(PeriodClosed, match="31 Jan 2026"), transaction.atomic():
        post_entry(cooperative=cooperative, draft=entry_on(date(2026, 1, 31), "y"), actor=actor)
    with pytest.raises(PeriodClosed, match="31 Jan 2026"), transaction.atomic():
        reverse_entry(entry=entry, on=date(2026, 1, 20), reason="Salah", actor=actor)
    assert selectors.is_reversed(entry=entry) is None
    reverse_entry(entry=entry, on=FEB, reason="Salah", actor=actor)
    after = selectors.trial_balance(cooperative=cooperative, as_of=date(2026, 1, 31))
    assert after == before


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(client, cooperative, name, **data):
    url = reverse(f"ledger:{name}", args=[cooperative.slug])
    return client.post(url, {"request_key": f"{name}-{len(data)}-0000000", **data})


def test_the_page_prepares_asks_for_the_name_and_closes(cooperative, second, settings):
    manager = builders.person_with_role(cooperative, Role.MANAGER)
    url = reverse("ledger:period_list", args=[cooperative.slug])
    assert send(signed_in(manager), cooperative, "period_prepare").status_code == 302
    assert "confirm" not in signed_in(manager).get(url).content.decode()
    board = signed_in(second)
    assert 'name="confirm"' in board.get(url).content.decode()
    assert send(board, cooperative, "period_close", confirm="ya").status_code == 422
    assert closed_through(cooperative) is None
    assert send(board, cooperative, "period_close", confirm="januari 2026").status_code == 302
    assert closed_through(cooperative) == date(2026, 1, 31)
    refused = send(signed_in(manager), cooperative, "period_reopen", reason="x")
    assert refused.status_code == 403
    assert send(board, cooperative, "period_reopen", reason="Nota tertinggal").status_code == 302
    assert closed_through(cooperative) is None
