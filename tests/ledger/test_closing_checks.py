"""Nine checks run themselves before a month is closed; a red one names the row and the way there."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse

from canting.cash.services import confirm_count, count_drawer, write_bank_balance
from canting.catalogue.services import create_item
from canting.cooperatives.rules import PartyKind, Role
from canting.kernel.closing import TOPICS, StatementWord, checked
from canting.kernel.invariants import CloseCheck
from canting.ledger import selectors
from canting.ledger.errors import MonthNotReady
from canting.ledger.models import PartyMonth
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry, prepare_close, sign_close
from canting.stock import selectors as stock
from canting.stock.services import pool_lot, receive
from tests import builders
from tests.portal.clock import stop_clock

JAN, JAN_9, JAN_31, FEB = (
    date(2026, 1, 1), date(2026, 1, 9), date(2026, 1, 31), date(2026, 2, 3),
)  # fmt: skip


@pytest.fixture
def second(cooperative):
    return builders.person_with_role(cooperative, Role.BOARD)


@pytest.fixture
def post(cooperative, actor):
    def write(role, amount, source="x", other="other_income"):
        lines = [debit(role, amount), credit(other, amount)]
        draft = Draft(f"test:{source}", JAN_9, "test", "Uji", lines)
        return post_entry(cooperative=cooperative, draft=draft, actor=actor)

    return write


@pytest.fixture
def day_is(monkeypatch):
    """Every page believes that it is noon of this day."""
    return lambda day: stop_clock(
        monkeypatch, datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    )


def open_(cooperative) -> dict[str, list[str]]:
    """The red checks of January with what each says."""
    found = checked(cooperative=cooperative, month=JAN)
    assert [one.topic.key for one in found] == [topic.key for topic in TOPICS]
    return {one.topic.key: [str(fault) for fault in one.faults] for one in found if one.faults}


def words(cooperative, key) -> str:
    return next(o.words for o in checked(cooperative=cooperative, month=JAN) if o.topic.key == key)


def test_an_empty_month_is_in_order_and_says_why(cooperative):
    assert len(TOPICS) == 9
    assert open_(cooperative) == {}
    with_words = {o.topic.key: o.words for o in checked(cooperative=cooperative, month=JAN)}
    assert with_words["depreciation"]
    assert with_words["chain"]


def test_the_bank_is_compared_with_the_balance_that_was_typed(cooperative, actor, post):
    post("bank", 750_000)
    (fault,) = open_(cooperative)["bank"]
    assert "Rp750.000" in fault
    typed = {"cooperative": cooperative, "account": "1111", "on": JAN_31, "actor": actor}
    write_bank_balance(amount=745_500, **typed)
    (fault,) = open_(cooperative)["bank"]
    assert "Rp745.500" in fault
    assert "Rp4.500" in fault
    write_bank_balance(amount=750_000, **typed)
    assert open_(cooperative) == {}
    assert "Rp750.000" in words(cooperative, "bank")


def test_a_statement_that_was_read_in_goes_before_what_was_typed(
    cooperative, actor, post, monkeypatch
):
    post("bank", 750_000)
    write_bank_balance(
        cooperative=cooperative, account="1111", on=JAN_31, amount=750_000, actor=actor
    )
    said = StatementWord(700_000, unmatched=2, view="cash:cash_page")
    monkeypatch.setattr("canting.cash.closing.said_by_bank", lambda **_asked: said)
    (fault,) = open_(cooperative)["bank"]
    assert "Rp50.000" in fault
    said = StatementWord(750_000, unmatched=2, view="cash:cash_page")
    (fault,) = open_(cooperative)["bank"]
    assert "2" in fault
    said = StatementWord(750_000)
    assert open_(cooperative) == {}


def test_a_drawer_is_counted_after_its_last_move_and_a_waiting_count_is_a_draft(
    cooperative, actor, second, post
):
    post("cash_main", 300_000)
    assert list(open_(cooperative)) == ["cash"]
    count = count_drawer(
        cooperative=cooperative, place="cash_main", counted=300_000, on=JAN_31, actor=actor
    )
    assert count.number in open_(cooperative)["drafts"][0]
    confirm_count(count=count, actor=second)
    assert open_(cooperative) == {}
    assert "Rp300.000" in words(cooperative, "cash")


def test_goods_in_store_wait_for_their_count(cooperative, actor):
    mori = create_item(cooperative=cooperative, name="Mori", kind="cloth", unit="m", actor=actor)
    moved = receive(
        cooperative=cooperative, place=stock.store(cooperative), lot=pool_lot(mori),
        quantity=Decimal(40), value=800_000, on=JAN_9, source="test:m", actor=actor,
    )  # fmt: skip
    lines = [debit(moved.role, moved.value), credit("other_income", moved.value)]
    draft = Draft("test:m", JAN_9, "test", "Uji", lines)
    post_entry(cooperative=cooperative, draft=draft, actor=actor)
    assert "Rp800.000" in open_(cooperative)["stock"][0]


def test_an_open_check_is_passed_over_with_a_written_reason_only(cooperative, actor, second, post):
    post("bank", 750_000)
    facts = {"cooperative": cooperative, "month": JAN, "on": FEB}
    for passed in ({}, {"bank": "nanti"}, {"cash": "Salah pemeriksaan saja"}):
        with pytest.raises(MonthNotReady, match=r"Rp750\.000"), transaction.atomic():
            prepare_close(actor=actor, passed=passed, **facts)
    reason = "Rekening koran baru datang pekan depan"
    prepared = prepare_close(actor=actor, passed={"bank": reason}, **facts)
    assert prepared.passed == {"bank": reason}
    closed = sign_close(actor=second, **facts)
    assert closed.passed == {"bank": reason}


@pytest.mark.parametrize("topic", ["numbering", "parties", "suspense", "chain"])
def test_no_reason_passes_over_what_proves_the_books(cooperative, actor, topic, monkeypatch):
    check = CloseCheck("x", "x", lambda _coop, _month: ["Rusak di baris 7."], topic=topic)
    monkeypatch.setattr("canting.kernel.closing.close_checks", lambda: [check])
    with pytest.raises(MonthNotReady, match="baris 7"), transaction.atomic():
        prepare_close(
            cooperative=cooperative, month=JAN, on=FEB, actor=actor,
            passed={topic: "Kami tahu dan kami terima"},
        )  # fmt: skip


def test_control_accounts_that_part_from_their_parties_hold_the_closing_up(cooperative, actor):
    siti = builders.party(cooperative, PartyKind.MEMBER, "Siti")
    lines = [debit("recv_member", 5_000, siti), credit("other_income", 5_000)]
    draft = Draft("test:p", JAN_9, "test", "Uji", lines)
    post_entry(cooperative=cooperative, draft=draft, actor=actor)
    selectors_rows = selectors.party_balances(cooperative=cooperative, role="recv_member")
    assert len(selectors_rows) == 1
    PartyMonth.objects.filter(cooperative=cooperative).update(debit=4_000)
    assert any("Rp4.000" in fault for fault in open_(cooperative)["parties"])


def test_the_page_shows_nine_checks_the_figure_and_the_way_to_put_it_right(
    cooperative, post, client_as, day_is
):
    post("bank", 750_000)
    day_is(FEB)
    client = client_as(Role.MANAGER)
    page = client.get(reverse("ledger:period_list", args=[cooperative.slug])).content.decode()
    assert "8" in page
    assert "Rp750.000" in page
    assert reverse("cash:bank_balance", args=[cooperative.slug]) in page
    prepare = reverse("ledger:period_prepare", args=[cooperative.slug])
    refused = client.post(prepare, {"request_key": "kunci-siap-1"})
    assert refused.status_code == 422
    reason = "Rekening koran baru datang pekan depan"
    done = client.post(prepare, {"request_key": "kunci-siap-2", "lewat-bank": reason})
    assert done.status_code == 302
    page = client_as(Role.BOARD).get(done["Location"]).content.decode()
    assert reason in page


def test_the_banks_word_is_written_on_its_page(cooperative, post, client_as, day_is):
    post("bank", 750_000)
    day_is(FEB)
    client, view = client_as(Role.CASHIER), reverse("cash:bank_balance", args=[cooperative.slug])
    typed = {"account": "1111", "on": "31/01/2026", "amount": "745.500"}
    assert client.post(view, {"request_key": "kunci-bank-1", **typed}).status_code == 302
    page = client.get(view).content.decode()
    assert "Rp745.500" in page
    assert "Rp4.500" in page
    wrong = client.post(view, {"request_key": "kunci-bank-2", **typed, "account": "9999"})
    assert wrong.status_code == 422
