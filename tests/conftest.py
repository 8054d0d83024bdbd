"""What every test stands on: one cooperative with its book, an actor, a fixed day, a signed-in client."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from canting.cooperatives.models import Cooperative, User
from canting.cooperatives.rules import Role
from canting.cooperatives.services import set_parameter
from canting.kernel.append_only import drop_triggers
from tests import builders, ready_database

TODAY = date(2026, 11, 24)

# A property is about values; how busy the machine is must not decide whether it holds.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings) -> Iterator[None]:
    """Before the test database is made: it begins with the one that is kept."""
    with ready_database.kept():
        yield


@pytest.fixture(autouse=True)
def append_only_gives_way_to_flush(request) -> Iterator[None]:
    """A test with real transactions is cleaned by flush, which the append-only triggers refuse."""
    marker = request.node.get_closest_marker("django_db")
    real = {"transactional_db", "live_server"} & set(request.fixturenames)
    if real or (marker and marker.kwargs.get("transaction")):
        request.getfixturevalue("transactional_db")
        yield
        drop_triggers()
    else:
        yield


@pytest.fixture(autouse=True)
def fast_hashes(settings) -> None:
    """Passwords and PINs hashed in no time: their strength is Django's own business."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def actor(db) -> User:
    return builders.user("rini")


@pytest.fixture
def cooperative(db, actor) -> Cooperative:
    return builders.cooperative(actor=actor)


@pytest.fixture
def licensed(cooperative, actor) -> Cooperative:
    """The cooperative may take voluntary savings."""
    set_parameter(
        cooperative=cooperative,
        name="savings_loan.licence",
        value="USP-7/2026",
        valid_from=cooperative.cutover_date,
        source="Izin USP 7/2026",
        actor=actor,
    )
    return cooperative


@pytest.fixture
def client_as(cooperative) -> Callable[..., Client]:
    """A client signed in as somebody with this role in the cooperative."""

    def sign_in(role: Role, in_cooperative: Cooperative | None = None, party=None) -> Client:
        client = Client()
        client.force_login(
            builders.person_with_role(in_cooperative or cooperative, role, party=party)
        )
        return client

    return sign_in
