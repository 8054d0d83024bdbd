"""What every test stands on: one cooperative with its book, an actor, a fixed day, a signed-in client."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from canting.cooperatives.models import Cooperative, User
from canting.cooperatives.rules import Role
from tests import builders

TODAY = date(2026, 11, 24)


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
def client_as(cooperative) -> Callable[..., Client]:
    """A client signed in as somebody with this role in the cooperative."""

    def sign_in(role: Role, in_cooperative: Cooperative | None = None, party=None) -> Client:
        client = Client()
        client.force_login(
            builders.person_with_role(in_cooperative or cooperative, role, party=party)
        )
        return client

    return sign_in
