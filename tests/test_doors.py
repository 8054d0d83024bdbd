"""Every address of the house, tried as every role, as a stranger and by nobody.

The list comes from the URLconf, so no new page can be forgotten.
"""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from canting.config.urls import RESERVED
from canting.cooperatives.rules import Role
from canting.cooperatives.selectors import all_rights
from tests import builders

# Addresses of libraries and of Django itself, by prefix; their doors are their own.
THIRD_PARTY = ("akun/", "bahasa/", "static/")
OPEN_DOORS = {"public", "signed_in", "officer"}
SAMPLES = {
    "int": "1",
    "slug": "contoh",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "str": "contoh",
    "path": "XX/2026/11/0001",
}


class Address:
    """One address: its path with sample values, its view and what its door asks."""

    def __init__(self, route: str, pattern: URLPattern) -> None:
        self.route = route
        self.view = pattern.callback
        self.door: str = getattr(pattern.callback, "door", "")

    def path(self, slug: str) -> str:
        """The path in one cooperative."""
        parts, rest = "", self.route
        while "<" in rest:
            before, _, after = rest.partition("<")
            inner, _, rest = after.partition(">")
            kind, _, name = inner.rpartition(":")
            value = slug if name == "cooperative" and kind == "slug" else SAMPLES[kind or "str"]
            parts += before + value
        return "/" + parts + rest

    def __repr__(self) -> str:
        return self.route


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[Address]:
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route)
        elif not route.startswith(THIRD_PARTY):
            yield Address(route, pattern)


ALL = list(addresses())
GUARDED = [one for one in ALL if one.door not in OPEN_DOORS]


def answer(client: Client, path: str) -> int:
    """The status of a look, or of a writing request without a key where looking is not offered."""
    status = client.get(path).status_code
    return client.post(path).status_code if status == 405 else status


def test_every_view_says_who_may_enter():
    unmarked = {one.route for one in ALL if one.door not in OPEN_DOORS | set(all_rights())}
    assert unmarked == set(), "mark these views requires, public, signed_in or officer_only"


def test_nobody_is_sent_to_sign_in(cooperative):
    client, wrong = Client(), {}
    for address in GUARDED:
        path = address.path(cooperative.slug)
        response = client.get(path)
        if response.status_code == 405:
            response = client.post(path)
        if response.status_code != 302 or "/masuk" not in response["Location"]:
            wrong[address.route] = response.status_code
    assert wrong == {}


@pytest.mark.parametrize("role", [Role.MANAGER, Role.BOARD, Role.MEMBER])
def test_a_stranger_from_another_cooperative_finds_nothing(cooperative, client_as, role):
    client = client_as(role, in_cooperative=builders.cooperative())
    found = {address.route: answer(client, address.path(cooperative.slug)) for address in GUARDED}
    assert {route: status for route, status in found.items() if status != 404} == {}


@pytest.mark.parametrize("role", list(Role))
def test_a_colleague_without_the_right_is_refused(cooperative, client_as, role):
    client = client_as(role)
    wrong = {}
    for address in GUARDED:
        status = answer(client, address.path(cooperative.slug))
        may = role in all_rights()[address.door]
        if (status == 403) is may or status >= 500:
            wrong[address.route] = (status, "may" if may else "may not")
    assert wrong == {}


@pytest.mark.django_db
def test_the_office_is_hidden_from_all_but_officers(client_as):
    offices = [one for one in ALL if one.door == "officer"]
    for role in Role:
        client = client_as(role)
        assert {answer(client, one.path("")) for one in offices} <= {404}


def test_every_right_opens_some_door():
    used = {address.door for address in ALL}
    assert set(all_rights()) - used == set()


def test_the_first_word_of_an_address_is_never_a_cooperative():
    words = {one.route.split("/")[0] for one in ALL if "<" not in one.route.split("/")[0]}
    assert words - {""} <= RESERVED
    assert {prefix.rstrip("/") for prefix in THIRD_PARTY} <= RESERVED
