"""One box for everything, and only what the seeker may open."""

import re

import pytest
from django.urls import reverse

from canting.cooperatives.models import Cooperative
from canting.cooperatives.rules import Role
from canting.cooperatives.selectors import rights_of
from canting.members.services import admit_member
from canting.portal import selectors
from tests import builders
from tests.portal.house import House
from tests.production.workshop import JAN_1

pytestmark = pytest.mark.usefixtures("afternoon")


@pytest.fixture
def cooperative(of_2027) -> Cooperative:
    return of_2027


@pytest.fixture
def house(cooperative, actor) -> House:
    made = House(cooperative, actor)
    made.work()
    made.sell()
    made.save()
    admit_member(
        cooperative=cooperative,
        full_name="Nurhayati Wulandari",
        called_name="Bu Nur",
        dusun="Krajan",
        phone="081355501234",
        on=JAN_1,
        actor=actor,
    )
    return made


def find(cooperative, words, role=Role.MANAGER):
    rights = rights_of(frozenset({role}))
    return {
        group.title: [hit.what for hit in group.hits]
        for group in selectors.search(cooperative=cooperative, words=words, rights=rights)
    }


def leap(cooperative, words, role=Role.MANAGER):
    rights = rights_of(frozenset({role}))
    return selectors.jump(cooperative=cooperative, words=words, rights=rights)


def whats(found) -> list[str]:
    return [what for hits in found.values() for what in hits]


@pytest.mark.parametrize(
    "words", ["nurhayati", "wulan nur", "bu nur", "krajan", "501234", "  NUR   krajan "]
)
def test_a_member_is_found_by_any_part_of_what_people_know(house, cooperative, words):
    assert "Nurhayati Wulandari" in whats(find(cooperative, words))


def test_an_order_is_found_by_its_buyer_or_number(house, cooperative):
    assert "Galeri Panjalu" in whats(find(cooperative, "panjalu"))
    assert "Galeri Panjalu" in whats(find(cooperative, "PS/2027"))


def test_cloth_is_found_by_the_beginning_of_its_code(house, cooperative):
    code = house.tk.lines.order_by("id")[0].code
    assert any(code[:3] in what for what in whats(find(cooperative, code[:4])))


def test_an_exact_code_opens_the_cloth_at_once(house, cooperative, client_as):
    code = house.tk.lines.order_by("id")[0].code
    dashed = f"{code[:3]}-{code[3:]}".lower()
    answer = client_as(Role.STOREKEEPER).get(f"/{cooperative.slug}/cari/", {"q": dashed})
    assert answer.status_code == 302
    assert code in answer["Location"]


@pytest.mark.parametrize(
    ("paper", "view"),
    [
        ("PS/2027/02/0001", "sales:order_detail"),
        ("spk/2027/02/0001", "production:work_order_detail"),
        ("TK/2027/02/0001", "quality:inspection_detail"),
        ("SJ/2027/03/0001", "sales:delivery_detail"),
    ],
)
def test_an_exact_number_opens_its_paper_at_once(house, cooperative, client_as, paper, view):
    answer = client_as(Role.MANAGER).get(f"/{cooperative.slug}/cari/", {"q": paper})
    assert answer.status_code == 302
    assert answer["Location"] == reverse(
        view, kwargs={"cooperative": cooperative.slug, "number": paper.upper()}
    )


def test_a_receipt_opens_for_the_cashier_and_not_for_a_mentor(house, cooperative, client_as):
    query = {"q": "KW/2027/03/0001"}
    assert client_as(Role.CASHIER).get(f"/{cooperative.slug}/cari/", query).status_code == 302
    mentor = client_as(Role.MENTOR).get(f"/{cooperative.slug}/cari/", query)
    assert mentor.status_code == 200
    # The form's random token may spell anything; what a person reads must show no amount.
    assert "Rp" not in re.sub(r'value="[^"]*"', "", mentor.content.decode())
    assert whats(find(cooperative, "KW/2027", Role.MENTOR)) == []
    assert "KW/2027/03/0001" in whats(find(cooperative, "KW/2027", Role.CASHIER))


def test_a_supervisor_reads_money_papers_too(house, cooperative):
    assert "KW/2027/03/0001" in whats(find(cooperative, "kw/2027/03", Role.SUPERVISOR))


def test_a_member_may_not_search_at_all(house, cooperative, client_as):
    member = client_as(Role.MEMBER, party=house.makers["M1"].party)
    answer = member.get(f"/{cooperative.slug}/cari/", {"q": "nur"})
    assert answer.status_code == 403
    assert "Nurhayati" not in answer.content.decode()


def test_what_another_cooperative_has_is_never_found(house, cooperative, actor, client_as):
    other = builders.cooperative(actor=actor, cutover=JAN_1)
    code = house.tk.lines.order_by("id")[0].code
    for words in ("nur", "panjalu", code, "TK/2027/02/0001", "PS/2027/02/0001", "KW/2027"):
        assert find(other, words, Role.BOARD) == {}
        assert leap(other, words, Role.BOARD) == ""
    stranger = client_as(Role.MANAGER, other)
    assert stranger.get(f"/{cooperative.slug}/cari/", {"q": "nur"}).status_code == 404


def test_nothing_found_says_what_to_try(house, cooperative, client_as):
    text = client_as(Role.CASHIER).get(f"/{cooperative.slug}/cari/", {"q": "<xyzzy>"})
    assert "“&lt;xyzzy&gt;”" in text.content.decode()


@pytest.mark.parametrize("words", ["", "   ", "%", "_", "/", "////", "'; --", "a" * 500, "\x00"])
def test_odd_words_are_harmless(house, cooperative, client_as, words):
    answer = client_as(Role.MANAGER).get(f"/{cooperative.slug}/cari/", {"q": words})
    assert answer.status_code == 200


def test_a_hundred_hits_cost_no_more_than_a_few(
    house, cooperative, actor, client_as, django_assert_max_num_queries
):
    for number in range(30):
        admit_member(cooperative=cooperative, full_name=f"Siti {number:02d}", on=JAN_1, actor=actor)
    client = client_as(Role.MANAGER)
    with django_assert_max_num_queries(9):
        text = client.get(f"/{cooperative.slug}/cari/", {"q": "siti"}).content.decode()
    assert text.count("Siti 0") == 8
