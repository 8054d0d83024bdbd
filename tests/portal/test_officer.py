"""An officer's sign-in is made at the shell and opens the office, no cooperative."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from canting.cooperatives.models import User

pytestmark = pytest.mark.django_db


def make(username="dinas1"):
    call_command("officer", username, name="Ibu Dinas", region="35.13")


def test_an_officer_sees_the_office_and_no_cooperative(monkeypatch, cooperative):
    monkeypatch.setenv("CANTING_PASSWORD", "kalimat panjang sekali 42")
    make()
    officer = User.objects.get(username="dinas1")
    assert officer.officer_of == "35.13"
    client = Client()
    client.force_login(officer)
    assert client.get("/dinas/").status_code in {200, 302}
    assert client.get(f"/{cooperative.slug}/hari-ini/").status_code == 404


def test_a_weak_password_and_a_taken_name_are_refused(monkeypatch, db):
    monkeypatch.setenv("CANTING_PASSWORD", "123")
    with pytest.raises(CommandError):
        make()
    monkeypatch.setenv("CANTING_PASSWORD", "kalimat panjang sekali 42")
    make()
    with pytest.raises(CommandError, match="dinas1"):
        make()
    assert User.objects.filter(username="dinas1").count() == 1
