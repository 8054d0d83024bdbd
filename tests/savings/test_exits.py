"""A member leaves: asked, decided, set off, paid, put right; nothing new is begun with her."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from canting.cash.errors import NotEnoughCash
from canting.cooperatives.rules import Role
from canting.cooperatives.services import set_parameter
from canting.kernel.errors import DomainError
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from canting.members.errors import IsLeaving
from canting.members.rules import MemberState
from canting.portal import selectors as portal
from canting.savings import errors, selectors
from canting.savings.models import Exit, ExitPaper
from canting.savings.services import (
    Decision,
    approve_exit,
    ask_exit,
    correct_exit,
    correct_exit_paper,
    deposit,
    pay_exit,
    set_off,
)
from tests import builders

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)
MINUTES = Decision("RP-3/2026", ON)


@pytest.fixture
def siti(cooperative, actor, new_member):
    """A member with Rp100.000 of entry share and Rp75.000 of regular shares."""
    made = new_member(date(2026, 1, 5))
    facts = {"cooperative": cooperative, "member": made, "cash_place": "cash_main", "actor": actor}
    deposit(kind="entry_share", amount=100_000, on=date(2026, 1, 5), **facts)
    deposit(kind="regular_share", amount=75_000, on=date(2026, 1, 5), **facts)
    return made


@pytest.fixture
def board():
    return builders.user("ketua")


def post(cooperative, actor, *lines):
    draft = Draft(f"test:{len(lines)}-{lines[0].account}", ON, "opening", "Uji", list(lines))
    post_entry(cooperative=cooperative, draft=draft, actor=actor)


def owed(cooperative, member):
    return ledger.party_balance(cooperative=cooperative, role="exit_payable", party=member.party)


def asked(cooperative, actor, member, **facts):
    given = {"cause": "wish", "on": ON, **facts}
    return ask_exit(cooperative=cooperative, member=member, actor=actor, **given)


def leaves(cooperative, actor, member, board):
    return approve_exit(leaving=asked(cooperative, actor, member), decision=MINUTES, actor=board)


def is_clean(cooperative):
    return [one.name for one in portal.verification(cooperative=cooperative) if one.breaches] == []


def test_a_request_moves_nothing(cooperative, actor, siti):
    made = asked(cooperative, actor, siti)
    siti.refresh_from_db()
    assert (made.state, siti.status, owed(cooperative, siti)) == ("asked", MemberState.MEMBER, 0)
    with pytest.raises(errors.ExitOpenTwice, match=made.number):
        asked(cooperative, actor, siti)
    assert Exit.objects.count() == 1


def test_a_death_names_the_heirs(cooperative, actor, siti):
    with pytest.raises(errors.HeirsNeeded, match="Siti"):
        asked(cooperative, actor, siti, cause="death", heirs=" ")
    assert asked(cooperative, actor, siti, cause="death", heirs="Bp. Slamet").heirs == "Bp. Slamet"


def test_a_decision_makes_the_shares_a_debt_the_same_day(cooperative, actor, siti, board):
    made = leaves(cooperative, actor, siti, board)
    siti.refresh_from_db()
    assert owed(cooperative, siti) == 175_000
    assert selectors.holdings(cooperative=cooperative, member=siti).capital == 0
    assert (siti.status, siti.left_on) == (MemberState.LEAVING, ON)
    assert made.pay_by == date(2026, 9, 30)
    assert (
        selectors.regular_arrears(cooperative=cooperative, member=siti, on=date(2026, 6, 1)) == []
    )
    approve_exit(leaving=made, decision=MINUTES, actor=board)
    assert owed(cooperative, siti) == 175_000
    assert is_clean(cooperative)


@pytest.mark.parametrize(
    ("decision", "refusal"),
    [
        (Decision(" ", ON), errors.DecisionNeeded),
        (Decision("RP-3", date(2026, 3, 1)), errors.DecidedBeforeAsked),
    ],
)
def test_a_decision_needs_its_number_and_its_day(
    cooperative, actor, siti, board, decision, refusal
):
    made = asked(cooperative, actor, siti)
    with pytest.raises(refusal):
        approve_exit(leaving=made, decision=decision, actor=board)
    assert owed(cooperative, siti) == 0


def test_nothing_new_is_begun_with_one_who_leaves(cooperative, actor, siti, board):
    leaves(cooperative, actor, siti, board)
    with pytest.raises(IsLeaving, match="Siti"):
        deposit(
            cooperative=cooperative, member=siti, kind="regular_share", amount=25_000,
            cash_place="cash_main", on=ON, actor=actor,
        )  # fmt: skip
    assert is_clean(cooperative)


def test_debts_are_set_off_and_the_rest_is_paid_with_two_signatures(
    cooperative, actor, siti, board
):
    post(
        cooperative, actor, debit("recv_member", 40_000, siti.party),
        debit("recv_damage", 10_000, siti.party), credit("other_income", 50_000),
    )  # fmt: skip
    post(
        cooperative, actor, debit("shu_previous", 30_000), credit("shu_payable", 30_000, siti.party)
    )
    made = leaves(cooperative, actor, siti, board)
    pays = {"leaving": made, "cash_place": "cash_main", "on": ON}
    with pytest.raises(errors.LeaverOwes, match=r"50\.000"):
        pay_exit(actor=actor, **pays)
    with pytest.raises(errors.MoreThanLeaverOwes):
        set_off(leaving=made, amount=50_001, on=ON, actor=actor)
    paper = set_off(leaving=made, amount=50_000, on=ON, actor=actor)
    assert owed(cooperative, siti) == 125_000
    assert {part.role: part.amount for part in paper.parts.all()} == {
        "exit_payable": 50_000, "recv_damage": 10_000, "recv_member": 40_000,
    }  # fmt: skip
    with pytest.raises(errors.SameHand):
        pay_exit(actor=board, **pays)
    with pytest.raises(errors.MoreThanLeaverGets, match=r"155\.000"):
        pay_exit(actor=actor, amount=155_001, **pays)
    before = ledger.balance(cooperative=cooperative, role="cash_main")
    pay_exit(actor=actor, amount=100_000, **pays)
    siti.refresh_from_db()
    assert siti.status == MemberState.LEAVING
    pay_exit(actor=actor, **pays)
    siti.refresh_from_db()
    made.refresh_from_db()
    assert (siti.status, siti.left_on, made.state) == (MemberState.LEFT, ON, "paid")
    assert ledger.balance(cooperative=cooperative, role="cash_main") == before - 155_000
    assert ledger.balances_of_party(cooperative=cooperative, party=siti.party) == {}
    with pytest.raises(errors.NotDecided):
        pay_exit(actor=actor, **pays)
    assert is_clean(cooperative)


def test_what_ties_her_is_finished_before_she_is_paid(cooperative, actor, siti, board):
    post(
        cooperative, actor, debit("advance_maker", 60_000, siti.party), credit("bank", 60_000),
    )  # fmt: skip
    made = leaves(cooperative, actor, siti, board)
    with pytest.raises(errors.LeaverTied, match=r"60\.000"):
        pay_exit(leaving=made, cash_place="cash_main", on=ON, actor=actor)
    assert not ExitPaper.objects.exists()


def test_money_that_is_not_there_is_not_paid(cooperative, actor, siti, board):
    made = leaves(cooperative, actor, siti, board)
    with pytest.raises(NotEnoughCash):
        pay_exit(leaving=made, cash_place="cash_till", on=ON, actor=actor)
    assert owed(cooperative, siti) == 175_000


def test_the_by_laws_may_wait_for_the_year_to_close(cooperative, actor, siti, board):
    set_parameter(
        cooperative=cooperative, name="exit.pay_after_year_close", value=True,
        valid_from=date(2026, 1, 1), source="ART pasal 9", actor=actor,
    )  # fmt: skip
    made = leaves(cooperative, actor, siti, board)
    with pytest.raises(errors.YearStillOpen, match="2026"):
        pay_exit(leaving=made, cash_place="cash_main", on=ON, actor=actor)
    assert owed(cooperative, siti) == 175_000


def test_a_decision_is_taken_back_while_nothing_is_paid(cooperative, actor, siti, board):
    made = leaves(cooperative, actor, siti, board)
    paper = pay_exit(leaving=made, cash_place="cash_main", on=ON, actor=actor, amount=75_000)
    undo = {"wrong": made, "reason": "Batal keluar", "on": ON, "actor": board}
    with pytest.raises(errors.ExitHasPapers, match=paper.number):
        correct_exit(**undo)
    correct_exit_paper(wrong=paper, reason="Belum diambil", on=ON, actor=actor)
    with pytest.raises(errors.ReasonNeeded):
        correct_exit(**{**undo, "reason": " "})
    assert correct_exit(**undo) is None
    siti.refresh_from_db()
    assert (siti.status, siti.left_on) == (MemberState.MEMBER, None)
    assert selectors.holdings(cooperative=cooperative, member=siti).capital == 175_000
    with pytest.raises(errors.ExitEnded):
        correct_exit(**undo)
    assert is_clean(cooperative)


def test_the_last_payment_taken_back_makes_her_a_leaver_again(cooperative, actor, siti, board):
    made = leaves(cooperative, actor, siti, board)
    paper = pay_exit(leaving=made, cash_place="cash_main", on=ON, actor=actor)
    again = correct_exit_paper(
        wrong=paper, reason="Salah jumlah", on=ON, actor=actor, amount=100_000
    )
    siti.refresh_from_db()
    assert siti.status == MemberState.LEAVING
    assert owed(cooperative, siti) == 75_000
    paper.refresh_from_db()
    assert paper.successor == again
    with pytest.raises(errors.AlreadyReversed):
        correct_exit_paper(wrong=paper, reason="Lagi", on=ON, actor=actor)
    assert is_clean(cooperative)


# The pages ---------------------------------------------------------------------------------------


def path(cooperative, view, *parts):
    return reverse(f"savings:{view}", args=[cooperative.slug, *parts])


def test_the_pages_lead_from_request_to_payment(cooperative, actor, siti, client_as):
    cashier, chair = client_as(Role.CASHIER), client_as(Role.BOARD)
    new = path(cooperative, "exit_new", siti.number)
    assert "Rp175.000" in cashier.get(new).text
    sent = {"request_key": "keluar-0001", "cause": "wish", "on": "2/3/2026", "reason": "Pindah"}
    answer = cashier.post(new, sent)
    made = Exit.objects.get()
    assert answer.url == path(cooperative, "exit_detail", made.number)
    decide = path(cooperative, "exit_decide", made.number)
    assert cashier.get(decide).status_code == 403
    empty = chair.post(decide, {"request_key": "putus-0001", "decision": "", "on": "3/3/2026"})
    assert empty.status_code == 422
    chair.post(decide, {"request_key": "putus-0002", "decision": "RP-3", "on": "3/3/2026"})
    pay = path(cooperative, "exit_pay", made.number)
    assert "Rp175.000" in cashier.get(pay).text
    body = {"request_key": "bayar-0001", "amount": "", "cash_place": "cash_main", "on": "4/3/2026"}
    cashier.post(pay, body)
    paper = ExitPaper.objects.get()
    page = cashier.get(path(cooperative, "exit_paper_detail", paper.number)).text
    assert "Rp175.000" in page
    assert paper.number in cashier.get(path(cooperative, "exit_detail", made.number)).text
    assert siti.full_name in cashier.get(path(cooperative, "exit_list")).text
    siti.refresh_from_db()
    assert siti.status == MemberState.LEFT


def test_a_member_reads_it_in_her_words(cooperative, actor, siti, board):
    leaves(cooperative, actor, siti, board)
    client = Client()
    client.force_login(builders.person_with_role(cooperative, Role.MEMBER, party=siti.party))
    page = client.get(path(cooperative, "my_savings")).text
    assert "RP-3/2026" in page
    assert "Rp175.000" in page


def test_another_cooperative_does_not_see_it(cooperative, actor, siti, client_as):
    made = asked(cooperative, actor, siti)
    other = builders.cooperative(slug="tetangga-jauh")
    stranger = Client()
    stranger.force_login(builders.person_with_role(other, Role.BOARD))
    for view in ("exit_detail", "exit_decide", "exit_correct", "exit_pay", "exit_set_off"):
        assert stranger.get(path(other, view, made.number)).status_code in (403, 404), view
        assert stranger.get(path(cooperative, view, made.number)).status_code in (403, 404), view
    assert isinstance(errors.ExitEnded(number="KL"), DomainError)
