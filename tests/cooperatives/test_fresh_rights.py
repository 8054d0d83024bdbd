"""What is kept between requests never outlives a right, a name or a session."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from canting.cooperatives.models import Access, Device
from canting.cooperatives.rules import Role
from canting.cooperatives.services import note_device
from tests import builders


@pytest.fixture
def rini(cooperative):
    return builders.person_with_role(cooperative, Role.MANAGER)


@pytest.fixture
def page(cooperative, rini):
    client = Client()
    client.force_login(rini)
    note_device(
        user=rini, session_key=client.session.session_key, name="Chrome", now=timezone.now()
    )
    return lambda path="cari/", **asked: client.get(f"/{cooperative.slug}/{path}", asked)


def words(answer):
    return answer.content.decode()


def test_a_signed_in_page_takes_one_query_before_its_own(page):
    page()
    with CaptureQueriesContext(connection) as asked:
        assert page().status_code == 200
    assert len(asked) == 1


def test_a_session_without_a_device_is_as_good_as_one_with(page):
    Device.objects.all().delete()
    with CaptureQueriesContext(connection) as asked:
        assert page().status_code == 200
    assert len(asked) == 2


def test_a_device_noted_for_somebody_else_lets_nobody_in_as_them(cooperative, rini, page):
    other = builders.person_with_role(cooperative, Role.BOARD)
    Device.objects.update(user=other)
    assert page("jejak/").status_code == page("cari/").status_code == 200
    answer = page()
    assert answer.wsgi_request.user.pk == rini.pk
    assert answer.wsgi_request.access.roles == {Role.MANAGER}


def test_a_right_taken_away_is_gone_from_menu_and_door_with_the_next_request(
    cooperative, rini, page
):
    assert f"/{cooperative.slug}/buku/" in words(page())
    assert page("buku/").status_code == 200
    Access.objects.filter(user=rini).update(role=Role.STOREKEEPER)
    answer = page()
    assert f'href="/{cooperative.slug}/buku/"' not in words(answer)
    assert f'href="/{cooperative.slug}/stok/"' in words(answer)
    assert page("buku/").status_code == 403
    Access.objects.filter(user=rini).update(role=Role.MANAGER)
    assert f'href="/{cooperative.slug}/buku/"' in words(page())


def test_an_access_that_ended_opens_nothing_more(rini, page):
    assert page().status_code == 200
    Access.objects.filter(user=rini).update(active=False)
    assert page().status_code == 404


def test_a_second_role_adds_its_rights_at_once(cooperative, rini, page):
    Access.objects.filter(user=rini).update(role=Role.STOREKEEPER)
    assert page("buku/").status_code == 403
    Access.objects.create(cooperative=cooperative, user=rini, role=Role.CASHIER)
    assert page("buku/").status_code == 200


@pytest.mark.parametrize("change", ["password", "inactive", "expired", "removed"])
def test_a_session_that_no_longer_stands_is_sent_to_sign_in(rini, page, change):
    assert page().status_code == 200
    if change == "password":
        rini.set_password("a wholly new sentence 7")
        rini.save()
    elif change == "inactive":
        type(rini).objects.filter(pk=rini.pk).update(is_active=False)
    elif change == "expired":
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    else:
        Session.objects.all().delete()
    answer = page()
    assert answer.status_code == 302
    assert answer["Location"].startswith("/masuk/")


def test_the_frame_says_the_name_of_now_and_escapes_what_people_typed(cooperative, rini, page):
    assert cooperative.name in words(page())
    cooperative.name = "Koperasi <b>Baru</b>"
    cooperative.save()
    type(rini).objects.filter(pk=rini.pk).update(full_name="Rini <i>&")
    text = words(page(q='"><script>zz'))
    assert "Koperasi &lt;b&gt;Baru&lt;/b&gt;" in text
    assert "Rini &lt;i&gt;&amp;" in text
    assert "<script>zz" not in text
    assert "&lt;script&gt;zz" in text


def test_each_language_and_each_person_has_their_own_frame(cooperative, page):
    for code, word in (("en", "Sign out"), ("id", "Keluar"), ("en", "Sign out")):
        client = Client(headers={"Accept-Language": code})
        name = f"Orang {code} {word[:1]}"
        who = builders.person_with_role(cooperative, Role.MANAGER)
        type(who).objects.filter(pk=who.pk).update(full_name=name)
        client.force_login(who)
        text = words(client.get(f"/{cooperative.slug}/cari/"))
        assert word in text
        assert name in text
