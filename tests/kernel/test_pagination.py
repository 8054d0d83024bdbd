import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from canting.kernel.pagination import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def groups():
    Group.objects.all().delete()
    return [Group.objects.create(name=f"{number:03}") for number in range(23)]


def walk(queryset, order, size=5):
    seen, after, pages = [], None, 0
    while True:
        page = page_of(queryset, order=order, after=after, size=size)
        assert page.is_first is (pages == 0)
        seen += page.rows
        pages += 1
        if page.next is None:
            return seen, pages
        after = page.next


@pytest.mark.parametrize("order", [["name"], ["-name"], ["pk"], ["-pk"], []])
def test_walking_the_pages_meets_every_row_once_in_order(groups, order):
    seen, pages = walk(Group.objects.all(), order)
    assert seen == list(Group.objects.order_by(*order or ["pk"]))
    assert pages == 5


def test_equal_keys_neither_repeat_nor_lose_a_row():
    types = [ContentType.objects.create(app_label="same", model=f"m{n}") for n in range(7)]
    of_app = ContentType.objects.filter(app_label="same")
    seen, _pages = walk(of_app, ["-app_label"], size=2)
    assert seen == types[::-1]


def test_a_key_may_lie_in_another_table(groups):
    one, two = (ContentType.objects.create(app_label=a, model="m") for a in ("aa", "bb"))
    made = [
        Permission.objects.create(name="n", codename=f"c{n}", content_type=(one, two)[n % 2])
        for n in range(6)
    ]
    ours = Permission.objects.filter(content_type__in=[one, two])
    seen, _pages = walk(ours, ["-content_type__app_label", "codename"], size=2)
    assert seen == made[1::2] + made[0::2]


def test_a_new_row_on_an_earlier_page_moves_nothing(groups):
    first = page_of(Group.objects.all(), order=["name"], after=None, size=5)
    Group.objects.create(name="000a")
    second = page_of(Group.objects.all(), order=["name"], after=first.next, size=5)
    assert [group.name for group in second.rows] == ["005", "006", "007", "008", "009"]


def test_a_page_is_one_query(groups, django_assert_num_queries):
    first = page_of(Group.objects.all(), order=["name"], after=None, size=5)
    with django_assert_num_queries(1):
        page_of(Group.objects.all(), order=["name"], after=first.next, size=5)


def packed(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "after",
    [
        "",
        "x",
        "%%%",
        "ÿ",
        "a" * 5000,
        packed(None),
        packed(5),
        packed([["name", "pk"], ["a"]]),
        packed([["name", "pk"], ["a", "b"]]),
        packed([["name", "pk"], ["a", None]]),
        packed([["name", "pk"], [["a"], 1]]),
        packed([["-name", "pk"], ["a", 1]]),
    ],
)
def test_a_cursor_that_says_nothing_gives_the_first_page(groups, after):
    page = page_of(Group.objects.all(), order=["name"], after=after, size=5)
    assert page.is_first
    assert page.rows == groups[:5]


def test_moments_keep_their_order(django_user_model):
    start = datetime(2026, 11, 24, tzinfo=UTC)
    for n in range(6):
        django_user_model.objects.create(
            **{django_user_model.USERNAME_FIELD: f"p{n}", "date_joined": start + timedelta(n // 2)}
        )
    seen, _pages = walk(django_user_model.objects.all(), ["-date_joined"], size=2)
    assert seen == list(django_user_model.objects.order_by("-date_joined", "-pk"))
