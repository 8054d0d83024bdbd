"""A writing request is done once: a copy gets the first answer, other contents are refused.

The door is tried through a real address: changing the cooperative's language-free facts would do,
but the cash receipt of the books is what a cashier sends twice (field report 5).
"""

import threading
import uuid
from datetime import date

import pytest
from django.db import close_old_connections, connection
from django.http import HttpResponse
from django.test import RequestFactory

from canting.cooperatives.doors import once
from canting.cooperatives.models import RequestKey
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from tests import builders


def deposit(cooperative, actor, memo="Setor") -> HttpResponse:
    """What a view does: one service call, one answer. Each call would book a new paper."""
    count = ledger.book(cooperative=cooperative).position
    post_entry(
        cooperative=cooperative,
        draft=Draft(
            source=f"test:{uuid.uuid4()}",
            entry_date=date(2026, 3, 1),
            kind="test",
            memo=memo,
            lines=[debit("cash_main", 50_000), credit("other_income", 50_000)],
        ),
        actor=actor,
    )
    return HttpResponse(f"KW {count + 1}")


def request(actor, key, amount="50000", path="/x/setor/"):
    made = RequestFactory().post(path, {"request_key": key, "amount": amount})
    made.user = actor
    return made


def booked(cooperative) -> int:
    return ledger.balance(cooperative=cooperative, role="cash_main")


def test_a_double_click_books_once_and_is_answered_the_same(cooperative, actor):
    key = uuid.uuid4().hex
    answers = [
        once(request(actor, key), cooperative, lambda: deposit(cooperative, actor))
        for _ in range(2)
    ]
    assert [a.content for a in answers] == [b"KW 1", b"KW 1"]
    assert booked(cooperative) == 50_000


def test_two_true_deposits_of_the_same_sum_are_two(cooperative, actor):
    for _ in range(2):
        once(request(actor, uuid.uuid4().hex), cooperative, lambda: deposit(cooperative, actor))
    assert booked(cooperative) == 100_000


def test_the_same_key_with_other_contents_is_refused(cooperative, actor):
    key = uuid.uuid4().hex
    once(request(actor, key), cooperative, lambda: deposit(cooperative, actor))
    second = once(
        request(actor, key, amount="75000"), cooperative, lambda: deposit(cooperative, actor)
    )
    assert second.status_code == 422
    assert booked(cooperative) == 50_000


def test_somebody_elses_key_is_refused(cooperative, actor):
    key = uuid.uuid4().hex
    once(request(actor, key), cooperative, lambda: deposit(cooperative, actor))
    other = builders.user("lain")
    second = once(request(other, key), cooperative, lambda: deposit(cooperative, other))
    assert second.status_code == 422
    assert booked(cooperative) == 50_000


def test_without_a_key_nothing_is_done(cooperative, actor):
    answer = once(request(actor, ""), cooperative, lambda: deposit(cooperative, actor))
    assert answer.status_code == 422
    assert booked(cooperative) == 0


def test_a_refusal_leaves_no_trace_and_frees_the_key(cooperative, actor):
    key = uuid.uuid4().hex

    def refused() -> HttpResponse:
        deposit(cooperative, actor)
        return HttpResponse("ditolak", status=422)

    assert once(request(actor, key), cooperative, refused).status_code == 422
    assert booked(cooperative) == 0
    again = once(request(actor, key), cooperative, lambda: deposit(cooperative, actor))
    assert again.status_code == 200
    assert booked(cooperative) == 50_000


def test_a_fault_in_the_deed_keeps_neither_key_nor_deed(cooperative, actor):
    key = uuid.uuid4().hex

    def broken() -> HttpResponse:
        deposit(cooperative, actor)
        raise RuntimeError("listrik padam")

    with pytest.raises(RuntimeError):
        once(request(actor, key), cooperative, broken)
    assert booked(cooperative) == 0
    assert not RequestKey.objects.filter(key=key).exists()


@pytest.mark.django_db(transaction=True)
def test_two_copies_that_arrive_together_book_once():
    actor = builders.user("rini")
    cooperative = builders.cooperative(actor=actor)
    key, answers = uuid.uuid4().hex, []
    gate = threading.Barrier(2)

    def send() -> None:
        close_old_connections()
        gate.wait()
        try:
            response = once(request(actor, key), cooperative, lambda: deposit(cooperative, actor))
            answers.append(response.content)
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _ in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert answers == [b"KW 1", b"KW 1"]
    assert booked(cooperative) == 50_000
