"""A word from the board: one at a time, on every member's first page, through its day."""

from datetime import date, timedelta

import pytest
from django.test import Client

from canting.cooperatives import selectors as cooperatives
from canting.cooperatives.rules import PartyKind, Role
from canting.members.services import admit_member
from canting.portal import selectors, services
from canting.portal.errors import NoticeEmpty, NoticeIsOver, NoticeTooLong
from canting.portal.models import Notice
from tests import builders

pytestmark = pytest.mark.usefixtures("afternoon")

ON = date(2027, 3, 20)


@pytest.fixture
def member(cooperative, actor, client_as) -> Client:
    made = admit_member(cooperative=cooperative, full_name="Aminah", on=ON, actor=actor)
    return client_as(Role.MEMBER, party=made.party)


def post(cooperative, actor, text="Rapat Sabtu pukul 09.00.", days=7):
    return services.post_notice(
        cooperative=cooperative, text=text, until=ON + timedelta(days=days), on=ON, actor=actor
    )


def home(client, cooperative) -> str:
    return client.get(f"/{cooperative.slug}/beranda/").content.decode()


def test_a_notice_stands_on_the_first_page_through_its_day(cooperative, actor, member):
    post(cooperative, actor, days=0)
    assert "Rapat Sabtu" in home(member, cooperative)
    assert selectors.notice_of_day(cooperative=cooperative, on=ON + timedelta(days=1)) is None


def test_a_new_notice_takes_the_place_of_the_last(cooperative, actor, member):
    post(cooperative, actor, "Kain dibayar Jumat.")
    post(cooperative, actor, "Kain dibayar Kamis.")
    text = home(member, cooperative)
    assert "Kamis" in text
    assert "Jumat" not in text
    assert Notice.objects.count() == 2


def test_taken_away_twice_it_is_gone_once(cooperative, actor, member):
    post(cooperative, actor)
    assert services.withdraw_notices(cooperative=cooperative, actor=actor) == 1
    assert services.withdraw_notices(cooperative=cooperative, actor=actor) == 0
    assert 'id="news"' not in home(member, cooperative)
    acts = [one.action for one in cooperatives.audit_trail(cooperative=cooperative)]
    assert acts.count("portal.notice_withdrawn") == 1


@pytest.mark.parametrize(
    ("text", "days", "refusal"),
    [
        ("   ", 1, NoticeEmpty),
        ("a" * 301, 1, NoticeTooLong),
        ("Rapat kemarin.", -1, NoticeIsOver),
    ],
)
def test_a_refused_notice_leaves_the_last_one_standing(cooperative, actor, text, days, refusal):
    post(cooperative, actor, "Yang tadi.")
    with pytest.raises(refusal):
        post(cooperative, actor, text, days)
    standing = selectors.notice_of_day(cooperative=cooperative, on=ON)
    assert standing is not None
    assert standing.text == "Yang tadi."


def test_the_board_writes_it_on_a_page_and_takes_it_away(cooperative, client_as, member):
    board = client_as(Role.BOARD)
    address = f"/{cooperative.slug}/kabar/"
    sent = {"text": "<b>Rapat</b> Sabtu", "until": "27/3/2027", "request_key": "kabar-0001"}
    assert board.post(address, sent).status_code == 302
    assert board.post(address, sent).status_code == 302
    assert Notice.objects.count() == 1
    assert "&lt;b&gt;Rapat&lt;/b&gt; Sabtu" in home(member, cooperative)
    assert board.post(f"{address}tarik/", {"request_key": "kabar-0002"}).status_code == 302
    assert 'id="news"' not in home(member, cooperative)


def test_a_day_that_has_passed_is_refused_on_the_page_and_the_words_kept(cooperative, client_as):
    sent = {"text": "Rapat Sabtu", "until": "1/3/2027", "request_key": "kabar-0003"}
    answer = client_as(Role.BOARD).post(f"/{cooperative.slug}/kabar/", sent)
    assert answer.status_code == 422
    assert "Rapat Sabtu" in answer.content.decode()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("role", [Role.CASHIER, Role.MENTOR, Role.SUPERVISOR])
def test_others_do_not_speak_for_the_board(cooperative, client_as, role):
    assert client_as(role).get(f"/{cooperative.slug}/kabar/").status_code == 403


def test_a_member_and_another_cooperative_read_only_their_own(
    cooperative, actor, member, client_as
):
    assert member.get(f"/{cooperative.slug}/kabar/").status_code == 403
    other = builders.cooperative(actor=actor)
    post(other, actor, "Kabar orang lain.")
    assert "Kabar orang lain" not in home(member, cooperative)
    board = client_as(Role.BOARD, other, party=builders.party(other, PartyKind.STAFF))
    assert board.get(f"/{cooperative.slug}/kabar/").status_code == 404
