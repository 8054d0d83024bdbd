"""The code on a receipt opens a page without names: this payment is in the books, and since when."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from canting.cash.papers import printed
from canting.cash.services import correct_paper, receive_cash
from canting.cooperatives.models import Token
from canting.cooperatives.rules import Role
from canting.kernel.append_only import drop_triggers, put_triggers
from canting.ledger.services import close_month, proof_link
from canting.members.services import admit_member
from canting.savings.papers import receipts
from canting.savings.services import deposit

JAN_9, FEB = date(2026, 1, 9), date(2026, 2, 3)


@pytest.fixture(autouse=True)
def public(settings):
    settings.PUBLIC_URL = "https://koperasi.example"
    cache.clear()


@pytest.fixture
def siti(cooperative, actor):
    return admit_member(cooperative=cooperative, full_name="Siti Aminah", on=JAN_9, actor=actor)


@pytest.fixture
def paid(cooperative, actor, siti):
    return deposit(
        cooperative=cooperative, member=siti, kind="regular_share", amount=25_000,
        cash_place="cash_main", on=JAN_9, actor=actor,
    )  # fmt: skip


def opened(cooperative, paper):
    link = proof_link(cooperative=cooperative, paper=paper)
    answer = Client().get(link.removeprefix("https://koperasi.example"))
    return answer, answer.content.decode()


def test_the_page_shows_number_day_amount_and_nobody(cooperative, actor, paid):
    answer, page = opened(cooperative, paid.number)
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Cache-Control"] == "no-store"
    for said in (paid.number, "Rp25.000", cooperative.name):
        assert said in page
    for hidden in ("Siti", "A-0001", str(actor)):
        assert hidden not in page
    close_month(cooperative=cooperative, month=JAN_9, on=FEB, actor=actor)
    _answer, page = opened(cooperative, paid.number)
    assert "2026" in page
    assert Token.objects.filter(purpose="proof").count() == 1


def test_without_a_public_address_no_paper_has_a_link(cooperative, paid, settings):
    settings.PUBLIC_URL = ""
    assert proof_link(cooperative=cooperative, paper=paid.number) == ""
    assert not Token.objects.filter(purpose="proof").exists()


def test_after_betulkan_it_says_that_it_was_replaced(cooperative, actor):
    paper = receive_cash(
        cooperative=cooperative, purpose="other_in", amount=120_000, place="cash_main",
        memo="Sewa meja", on=JAN_9, actor=actor,
    )  # fmt: skip
    before = opened(cooperative, paper.number)[1]
    correct_paper(paper=paper, reason="Salah", on=date(2026, 1, 12), actor=actor, replacement=None)
    after = opened(cooperative, paper.number)[1]
    assert "12 Jan 2026" in after
    assert "12 Jan 2026" not in before
    assert "Rp120.000" in after


def test_an_entry_that_was_changed_is_not_confirmed(cooperative, paid):
    sound = opened(cooperative, paid.number)[1]
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_journalline SET amount = 1000")
    put_triggers()
    page = opened(cooperative, paid.number)[1]
    assert 'class="note done' in sound
    assert 'class="note done' not in page


def test_a_guessed_link_is_not_found_in_one_shape_and_later_told_to_wait(cooperative, paid):
    link = proof_link(cooperative=cooperative, paper=paid.number)
    good = link.removeprefix("https://koperasi.example")
    client = Client()
    answers = [client.get(reverse("token", args=[f"salah{n:027d}"])) for n in range(30)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({len(answer.content) for answer in answers}) == 1
    assert all(answer["X-Robots-Tag"] == "noindex" for answer in answers)
    late = client.get(reverse("token", args=["salah"]))
    assert late.status_code == 429
    assert client.get(good).status_code == 200


def test_every_receipt_is_printed_with_its_code(cooperative, actor, paid):
    small = receipts(cooperative=cooperative, deposits=[(paid, 0)], size="58mm")
    large = receipts(cooperative=cooperative, deposits=[(paid, 0)], size="a5-landscape")
    paper = receive_cash(
        cooperative=cooperative, purpose="other_in", amount=120_000, place="cash_main",
        memo="Sewa meja", on=JAN_9, actor=actor,
    )  # fmt: skip
    slip = printed(paper, copy=0, format="pdf")
    assert all(content.startswith(b"%PDF") for content in (small, large, slip))
    subjects = set(Token.objects.filter(purpose="proof").values_list("subject", flat=True))
    assert subjects == {paid.number, paper.number}


def test_a_member_reads_how_to_check_from_her_savings(cooperative, actor, siti, client_as):
    client = client_as(Role.MEMBER, party=siti.party)
    here = reverse("savings:how_to_check", args=[cooperative.slug])
    savings = client.get(reverse("savings:my_savings", args=[cooperative.slug]))
    assert here in savings.content.decode()
    close_month(cooperative=cooperative, month=JAN_9, on=FEB, actor=actor)
    page = client.get(here)
    assert page.status_code == 200
    assert "Januari 2026" in page.content.decode()
