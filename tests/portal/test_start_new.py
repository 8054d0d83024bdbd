"""`canting new`: a cooperative from options or answers, with a book and a manager who can sign in."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from canting.config.urls import RESERVED
from canting.cooperatives import selectors as cooperatives
from canting.ledger import selectors as ledger
from canting.portal import services
from tests.builders import there

PASSWORD = "kain mori dan malam"
ANSWERS = {"name": "Koperasi Produsen Batik Sekar Wening", "manager": "Rini", "username": "rini"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv("CANTING_PASSWORD", PASSWORD)


def new(**answers) -> str:
    output = StringIO()
    call_command("new", stdout=output, **{**ANSWERS, **answers})
    return output.getvalue()


def test_it_makes_the_cooperative_its_book_and_its_manager():
    said = new(cutover="2027-01-01", place="Kraksaan", region="35.13")
    made = there(cooperatives.cooperative_by_slug("sekar-wening"))
    assert "/sekar-wening/mulai/" in said
    assert (made.cutover_date.isoformat(), made.place, made.kind) == (
        "2027-01-01",
        "Kraksaan",
        "produsen",
    )
    assert ledger.book(cooperative=made).opened_on == made.cutover_date
    rini = there(cooperatives.user_by_username("rini"))
    assert rini.check_password(PASSWORD)
    assert there(cooperatives.entrance(user_id=rini.pk, slug="sekar-wening")).roles == {"manager"}


def test_scripts_get_an_answer_they_can_read():
    assert json.loads(new(json=True))["slug"] == "sekar-wening"


def test_a_second_cooperative_of_the_same_manager_gets_another_short_name():
    new()
    assert json.loads(new(json=True))["slug"] == "sekar-wening-2"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"slug": "dinas"}, "dinas"),
        ({"slug": "Tidak Boleh"}, "Tidak Boleh"),
        ({"kind": "arisan"}, "arisan"),
        ({"cutover": "kapan-kapan"}, "kapan-kapan"),
        ({"name": ""}, "--name"),
        ({"username": ""}, "--username"),
    ],
)
def test_a_wrong_answer_is_refused_with_a_sentence_and_leaves_nothing(answers, said):
    with pytest.raises(CommandError) as refused:
        new(**answers)
    assert said in str(refused.value)
    assert not cooperatives.cooperatives().exists()
    assert cooperatives.user_by_username("rini") is None


@pytest.mark.parametrize("weak", ["12345678901", "pendek", ""])
def test_a_weak_or_missing_password_makes_nothing(monkeypatch, weak):
    monkeypatch.setenv("CANTING_PASSWORD", weak)
    with pytest.raises(CommandError):
        new()
    assert not cooperatives.cooperatives().exists()


def test_the_name_of_somebody_else_is_not_taken_over(monkeypatch):
    new()
    monkeypatch.setenv("CANTING_PASSWORD", "kalimat lain sama sekali")
    with pytest.raises(CommandError) as refused:
        new(slug="kedua")
    assert "rini" in str(refused.value)
    assert cooperatives.cooperative_by_slug("kedua") is None


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("Koperasi Produsen Batik Sekar Wening", "sekar-wening"),
        ("Koperasi Dinas", "dinas-2"),
        ("KOPERASI BATIK", "koperasi-batik"),
        ("Kopérasi Nglèpèn Jaya", "nglepen-jaya"),
        ("漢字", "koperasi"),
        ("Batik " + "Panjang " * 9, "panjang-panjang-panjang-panjang-panja"),
    ],
)
def test_a_short_name_is_proposed_from_the_full_one(name, proposed):
    assert services.proposed_slug(name=name, reserved=RESERVED) == proposed


def test_it_asks_what_was_not_given(monkeypatch):
    answers = iter(["Koperasi Mangur", "", "", "2026-01-01", "Besuk", "Tutik", "tutik"])
    monkeypatch.setattr("sys.stdin", type("Tty", (), {"isatty": staticmethod(lambda: True)}))
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    monkeypatch.delenv("CANTING_PASSWORD")
    monkeypatch.setattr("getpass.getpass", lambda question: PASSWORD)
    output = StringIO()
    call_command("new", stdout=output)
    made = there(cooperatives.cooperative_by_slug("mangur"))
    assert (made.name, made.place) == ("Koperasi Mangur", "Besuk")
    assert PASSWORD not in output.getvalue()
