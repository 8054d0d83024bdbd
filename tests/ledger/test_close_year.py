"""Closing a year: its result to equity, the next year opened, its files frozen; the worked year."""

import hashlib
import json
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.urls import reverse

from canting.cooperatives.rules import Role
from canting.cooperatives.selectors import attachment_path, parameter
from canting.ledger import selectors, statements
from canting.ledger.errors import (
    LaterMonthsClosed,
    PeriodClosed,
    ReasonNeeded,
    SamePersonOfYear,
    SurplusIsShared,
    YearIsClosed,
    YearNotClosed,
    YearNotPrepared,
    YearNotReady,
)
from canting.ledger.invariants import INVARIANTS
from canting.ledger.models import JournalEntry
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import (
    change_account,
    close_month,
    close_year,
    post_entry,
    prepare_year,
    reopen_month,
    reopen_year,
)
from tests import builders
from tests.ledger import worked_year
from tests.portal.clock import stop_clock

JAN_20, DEC_31, NEW_YEAR = date(2028, 1, 20), worked_year.LAST_DAY, date(2028, 1, 1)
EXPECTED = worked_year.read("expected")


@pytest.fixture
def second(actor):
    return builders.user("maimunah")


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def year(db, actor):
    """The worked year in the books, its twelve months closed."""
    made = worked_year.posted(actor)
    for month in range(1, 13):
        close_month(cooperative=made, month=date(2027, month, 1), on=JAN_20, actor=actor)
    return made


def closed(year, actor, second):
    facts = {"cooperative": year, "year": 2027, "on": JAN_20}
    prepare_year(actor=actor, **facts)
    return close_year(actor=second, **facts)


def net(cooperative, on):
    rows = selectors.trial_balance(cooperative=cooperative, as_of=on)
    return {row.code: row.net for row in rows if row.net}


def content(cooperative, file) -> bytes:
    path = attachment_path(cooperative_id=cooperative.pk, digest=file.digest)
    return path.read_bytes()


def broken(cooperative) -> list[str]:
    return [text for law in INVARIANTS for text in law.breaches(cooperative)]


def test_the_worked_years_closing_and_opening_are_to_the_rupiah(year, actor, second):
    assert net(year, DEC_31) == EXPECTED["trial_balance"]
    act = closed(year, actor, second)
    assert act.surplus == EXPECTED["phu"]["shu"] == 3_533_425
    opening, closing = selectors.year_entries(cooperative=year, year=2027)
    assert (closing.entry_date, opening.entry_date) == (DEC_31, NEW_YEAR)
    lines = {
        line.account.code: line.amount if line.side == "D" else -line.amount
        for line in closing.lines.select_related("account")
    }
    assert lines == EXPECTED["year_close"]
    stands = {code: n for code, n in EXPECTED["trial_balance"].items() if code < "4"}
    assert net(year, DEC_31) == stands | {"3520": -3_533_425}
    assert net(year, NEW_YEAR) == stands | {"3510": -3_533_425}
    assert sum(net(year, NEW_YEAR).values()) == 0
    assert broken(year) == []


def test_the_statements_of_the_year_are_the_same_before_and_after(year, actor, second):
    def both():
        return (
            statements.financial_position(cooperative=year, as_of=DEC_31),
            statements.surplus(cooperative=year, since=date(2027, 1, 1), until=DEC_31),
        )

    before = both()
    closed(year, actor, second)
    assert both() == before
    assert selectors.book(cooperative=year).closed_through == DEC_31


def test_a_year_closed_twice_is_closed_once(year, actor, second):
    act = closed(year, actor, second)
    position = selectors.book(cooperative=year).position
    again = close_year(cooperative=year, year=2027, on=JAN_20, actor=second)
    assert again.pk == act.pk
    assert selectors.book(cooperative=year).position == position


def test_two_people_close_a_year(year, actor, second):
    facts = {"cooperative": year, "year": 2027, "on": JAN_20}
    with pytest.raises(YearNotPrepared), transaction.atomic():
        close_year(actor=second, **facts)
    prepare_year(actor=actor, **facts)
    with pytest.raises(SamePersonOfYear), transaction.atomic():
        close_year(actor=actor, **facts)
    assert not selectors.year_is_closed(cooperative=year, year=2027)
    assert parameter(cooperative=year, name="ledger.close_by_two", on=JAN_20)


def test_a_year_waits_for_its_end_its_turn_and_its_months(actor, second):
    made = worked_year.posted(actor)
    for number, on in ((2027, DEC_31), (2028, date(2029, 1, 5))):
        with pytest.raises(YearNotReady, match=str(number)), transaction.atomic():
            prepare_year(cooperative=made, year=number, on=on, actor=actor)
    with pytest.raises(YearNotReady, match="Jan"), transaction.atomic():
        prepare_year(cooperative=made, year=2027, on=JAN_20, actor=actor)
    assert not selectors.year_acts(cooperative=made).exists()


def test_december_is_closed_with_its_year(actor, second):
    made = builders.cooperative(actor=actor, cutover=date(2027, 12, 1))
    lines = [debit("prepaid", 70_000), credit("other_income", 70_000)]
    draft = Draft("test:1", date(2027, 12, 9), "test", "Uji", lines)
    post_entry(cooperative=made, draft=draft, actor=actor)
    act = closed(made, actor, second)
    assert act.surplus == 70_000
    assert selectors.book(cooperative=made).closed_through == DEC_31
    assert [one.act for one in selectors.periods(cooperative=made)] == ["close", "prepare"]
    assert broken(made) == []


def test_a_loss_and_a_closed_account_go_to_equity_too(actor, second):
    made = builders.cooperative(actor=actor, cutover=date(2027, 12, 1))
    lines = [debit("utilities", 40_000), credit("accrued", 40_000)]
    draft = Draft("test:1", date(2027, 12, 9), "test", "Uji", lines)
    post_entry(cooperative=made, draft=draft, actor=actor)
    change_account(cooperative=made, number="6102", active=False, actor=actor)
    assert closed(made, actor, second).surplus == -40_000
    assert net(made, NEW_YEAR) == {"2105": -40_000, "3510": 40_000}


def test_a_year_without_any_result_closes_without_an_entry(actor, second):
    made = builders.cooperative(actor=actor, cutover=date(2027, 12, 1))
    assert closed(made, actor, second).surplus == 0
    assert not JournalEntry.objects.filter(cooperative=made).exists()
    assert broken(made) == []


def test_the_board_opens_a_year_again_and_it_is_closed_anew(year, actor, second):
    closed(year, actor, second)
    facts = {"cooperative": year, "year": 2027, "actor": second}
    with pytest.raises(ReasonNeeded), transaction.atomic():
        reopen_year(reason=" ", **facts)
    with pytest.raises(YearIsClosed), transaction.atomic():
        reopen_month(cooperative=year, reason="Nota tertinggal", actor=second)
    reopen_year(reason="Faktur listrik tertinggal", **facts)
    assert net(year, DEC_31) == EXPECTED["trial_balance"]
    with pytest.raises(YearNotClosed), transaction.atomic():
        reopen_year(reason="Lagi", **facts)
    lines = [debit("utilities", 33_425), credit("accrued", 33_425)]
    draft = Draft("test:late", DEC_31, "test", "Listrik", lines)
    post_entry(cooperative=year, draft=draft, actor=actor)
    close_month(cooperative=year, month=date(2027, 12, 1), on=JAN_20, actor=actor)
    act = closed(year, actor, second)
    assert act.surplus == 3_500_000
    assert net(year, NEW_YEAR)["3510"] == -3_500_000
    assert [one.act for one in selectors.year_acts(cooperative=year)] == [
        "close", "prepare", "reopen", "close", "prepare",
    ]  # fmt: skip
    assert broken(year) == []


def test_a_year_stays_closed_while_a_later_month_is_or_its_surplus_was_shared(year, actor, second):
    closed(year, actor, second)
    facts = {"cooperative": year, "year": 2027, "reason": "Uji", "actor": second}
    lines = [debit("shu_previous", 100_000), credit("reserve_general", 100_000)]
    draft = Draft("test:split", date(2028, 2, 3), "test", "RAT", lines)
    post_entry(cooperative=year, draft=draft, actor=actor)
    with pytest.raises(SurplusIsShared), transaction.atomic():
        reopen_year(**facts)
    close_month(cooperative=year, month=NEW_YEAR, on=date(2028, 3, 1), actor=actor)
    with pytest.raises(LaterMonthsClosed, match="Jan"), transaction.atomic():
        reopen_year(**facts)
    draft = Draft("test:dec", DEC_31, "test", "Uji", lines)
    with pytest.raises(PeriodClosed), transaction.atomic():
        post_entry(cooperative=year, draft=draft, actor=actor)
    assert selectors.year_is_closed(cooperative=year, year=2027)


def test_the_closed_years_files_are_frozen_with_their_digest(year, actor, second):
    act = closed(year, actor, second)
    files = {file.name: file for file in act.files.all()}
    assert {"neraca-saldo.json", "neraca-saldo.pdf", "jurnal.csv", "titik-periksa.json"} <= set(
        files
    )
    for file in files.values():
        raw = content(year, file)
        assert hashlib.sha256(raw).hexdigest() == file.digest
        assert len(raw) == file.size_bytes
    balances = json.loads(content(year, files["neraca-saldo.json"]))["accounts"]
    assert {code: row["net"] for code, row in balances.items()} == EXPECTED["trial_balance"]
    opening = json.loads(content(year, files["saldo-awal.json"]))["accounts"]
    assert opening["3510"]["net"] == -3_533_425
    journal = content(year, files["jurnal.csv"]).decode("utf-8-sig").splitlines()
    assert len(journal) > 1 + EXPECTED["counts"]["lines"]
    assert content(year, files["neraca-saldo.pdf"]).startswith(b"%PDF")
    kept = json.loads(content(year, files["titik-periksa.json"]))
    assert kept["position"] == selectors.book(cooperative=year).position
    assert len(kept["months"]) == 13


def test_a_frozen_file_that_was_changed_on_disk_is_named(year, actor, second):
    act = closed(year, actor, second)
    file = act.files.get(name="jurnal.csv")
    path = attachment_path(cooperative_id=year.pk, digest=file.digest)
    path.write_bytes(path.read_bytes() + b"x")
    assert any("jurnal.csv" in text for text in broken(year))
    path.unlink()
    assert any("jurnal.csv" in text for text in broken(year))


def test_the_pages_prepare_sign_freeze_and_open_again(year, client_as, monkeypatch):
    stop_clock(monkeypatch, datetime(2028, 1, 20, 5, tzinfo=UTC))
    manager = client_as(Role.MANAGER, in_cooperative=year)
    board = client_as(Role.BOARD, in_cooperative=year)
    view = reverse("ledger:year_list", args=[year.slug])
    page = manager.get(view).content.decode()
    assert "Rp3.533.425" in page
    prepare = reverse("ledger:year_prepare", args=[year.slug, 2027])
    assert manager.post(prepare, {"request_key": "kunci-tahun-1"}).status_code == 302
    sign = reverse("ledger:year_close", args=[year.slug, 2027])
    assert manager.post(sign, {"request_key": "kunci-tahun-2"}).status_code == 403
    wrong = board.post(sign, {"request_key": "kunci-tahun-3", "confirm": "2026"})
    assert wrong.status_code == 422
    done = board.post(sign, {"request_key": "kunci-tahun-4", "confirm": "2027"})
    assert done.status_code == 302
    page = board.get(view).content.decode()
    file = reverse("ledger:year_file", args=[year.slug, 2027, "neraca-saldo.json"])
    assert file in page
    raw = b"".join(manager.get(file).streaming_content)
    assert json.loads(raw)["accounts"]["1102"]["net"] == EXPECTED["trial_balance"]["1102"]
    other = reverse("ledger:year_file", args=[year.slug, 2027, "lain.json"])
    assert manager.get(other).status_code == 404
    again = reverse("ledger:year_reopen", args=[year.slug, 2027])
    assert board.post(again, {"request_key": "kunci-tahun-5", "reason": ""}).status_code == 422
    assert board.post(
        again, {"request_key": "kunci-tahun-6", "reason": "Faktur tertinggal"}
    ).status_code == 302  # fmt: skip
    assert not selectors.year_is_closed(cooperative=year, year=2027)
