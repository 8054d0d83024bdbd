"""Officers and staff: a role given with a password told in person, a role ended."""

import pytest
from django.test import Client

from canting.cooperatives import selectors as cooperatives
from canting.cooperatives.rules import Role
from canting.portal import selectors
from canting.portal.rules.opening import Step
from tests import builders
from tests.builders import there

PASSWORD = "malam panas di wajan"


@pytest.fixture
def manager(client_as):
    """A manager at the keyboard."""
    return client_as(Role.MANAGER)


@pytest.fixture
def give(cooperative, manager):
    """Give a role as the manager."""

    def send(key="a-key-0001", **typed):
        body = {"request_key": key, "full_name": "Tutik", "role": "board", "password": PASSWORD}
        return manager.post(f"/{cooperative.slug}/mulai/orang/", {**body, **typed})

    return send


def test_a_new_person_gets_a_role_and_can_sign_in(cooperative, give):
    assert give(username="Tutik").status_code == 302
    tutik = there(cooperatives.user_by_username("tutik"))
    assert tutik.check_password(PASSWORD)
    assert there(cooperatives.entrance(user_id=tutik.pk, slug=cooperative.slug)).roles == {"board"}
    assert selectors.standings(cooperative=cooperative)[Step.PEOPLE].done


def test_somebody_here_gets_a_second_role_without_a_password(cooperative, give):
    give(username="tutik")
    assert give("a-key-0002", username="tutik", role="cashier", password="").status_code == 302
    tutik = there(cooperatives.user_by_username("tutik"))
    assert there(cooperatives.entrance(user_id=tutik.pk, slug=cooperative.slug)).roles == {
        "board",
        "cashier",
    }


@pytest.mark.parametrize("typed", [{"password": "123"}, {"full_name": ""}, {"role": "member"}])
def test_what_is_missing_is_refused_and_nobody_is_made(cooperative, give, typed):
    answer = give(username="tutik", **typed)
    assert answer.status_code == 422
    assert PASSWORD not in answer.content.decode()
    assert cooperatives.user_by_username("tutik") is None


def test_a_stranger_of_the_house_is_not_taken_in_without_their_password(cooperative, give):
    stranger = builders.user("tono")
    assert give(username=stranger.username).status_code == 422
    assert cooperatives.entrance(user_id=stranger.pk, slug=cooperative.slug) is None
    own = give("a-key-0002", username=stranger.username, password="a long sentence 42")
    assert own.status_code == 302


def test_an_ended_role_closes_the_door_and_ending_it_twice_changes_nothing(
    cooperative, give, manager
):
    give(username="tutik")
    body = {"username": "tutik", "role": "board"}
    for key in ("end-key-001", "end-key-002"):
        page = f"/{cooperative.slug}/mulai/orang/cabut/"
        assert manager.post(page, {**body, "request_key": key}).status_code == 302
    tutik = there(cooperatives.user_by_username("tutik"))
    assert cooperatives.entrance(user_id=tutik.pk, slug=cooperative.slug) is None


def test_the_last_manager_stays(cooperative, manager):
    last = selectors.officers(cooperative=cooperative).get().user
    page = f"/{cooperative.slug}/mulai/orang/cabut/"
    body = {"username": last.username, "role": "manager", "request_key": "end-key-001"}
    answer = manager.post(page, body, follow=True)
    assert "satu-satunya manajer" in answer.content.decode()
    assert selectors.officers(cooperative=cooperative).count() == 1


def test_the_door_of_people_is_shut_to_others(cooperative, client_as):
    page = f"/{cooperative.slug}/mulai/orang/"
    assert client_as(Role.CASHIER).get(page).status_code == 403
    assert Client().get(page).status_code == 302
