"""The policy of the settings stands on every answer, once and whole."""

import pytest
from csp.utils import build_policy
from django.http import HttpResponse
from django.test import Client, RequestFactory

from canting.kernel.policy import house_policy

NAME = "Content-Security-Policy"


@pytest.mark.parametrize("path", ["/masuk/", "/no/such/page/", "/sehat/"])
def test_every_answer_carries_the_policy_of_the_settings(db, path):
    said = Client().get(path)[NAME]
    assert sorted(said.split("; ")) == sorted(str(build_policy()).split("; "))
    assert "default-src 'self'" in said
    assert "unsafe" not in said


def test_a_view_keeps_a_policy_of_its_own():
    own = HttpResponse(headers={NAME: "default-src 'none'"})
    answer = house_policy(lambda _request: own)(RequestFactory().get("/"))
    assert answer[NAME] == "default-src 'none'"


@pytest.mark.parametrize(("status", "there"), [(200, True), (404, False), (500, False)])
def test_the_faults_that_django_shows_in_debugging_go_without(settings, status, there):
    settings.DEBUG = True
    answer = house_policy(lambda _request: HttpResponse(status=status))(RequestFactory().get("/"))
    assert (NAME in answer) is there
