"""Pages and command of old books: brought, answered, booked, looked at, taken back; whose door."""

import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.portal import selectors
from canting.portal.models import OldBook
from tests import builders
from tests.corrections import forms_in
from tests.portal.old_book_desk import FILES, LAYOUTS, Desk, data_of


@pytest.fixture
def desk(cooperative, actor):
    made = Desk(cooperative, actor)
    made.member("Contoh Satu", "A-001")
    made.member("Contoh Dua", "A-002")
    return made


@pytest.fixture
def manager(client_as):
    return client_as(Role.MANAGER)


def upload(client, desk, layout="S4", data=None, key="bring-key-1"):
    file = SimpleUploadedFile(FILES[layout], data_of(layout) if data is None else data)
    return client.post(
        f"/{desk.cooperative.slug}/mulai/berkas/", {"file": file, "request_key": key}
    )


def form_on(client, page):
    """The form of answers as a browser would send it back."""
    found = forms_in(client.get(page).content.decode())
    values = next(form.values for form in found if "control" in form.values)
    return {name: value[0] for name, value in values.items() if value}


def test_a_file_is_brought_shown_booked_and_taken_back(desk, manager):
    answer = upload(manager, desk)
    assert answer.status_code == 302
    page = f"/{desk.cooperative.slug}/mulai/berkas/1/"
    shown = manager.get(page).content.decode()
    assert "Nominal (Rp)" in shown and "Rp300.000" in shown
    assert "TOTAL MUTASI KAS" in shown
    answer = manager.post(page, {"request_key": "book-key-1", "book": "1", "control": ""})
    paper = f"/{desk.cooperative.slug}/mulai/berkas/surat/1"
    assert answer.url == paper
    assert ledger.balance(cooperative=desk.cooperative, role="savings_vol") == 200_000
    assert "Contoh Dua" in manager.get(paper).content.decode()
    told = manager.get(f"/{desk.cooperative.slug}/mulai/berkas/riwayat/A-002").content.decode()
    assert "S4_buku_mutasi.csv" in told
    assert FILES["S4"] in manager.get(f"/{desk.cooperative.slug}/mulai/").content.decode()
    manager.post(f"{page}urungkan/", {"request_key": "undo-key-1", "reason": "Salah berkas"})
    assert ledger.balance(cooperative=desk.cooperative, role="savings_vol") == 0
    assert "Salah berkas" in manager.get(paper).content.decode()
    desk.verify()


def test_answers_are_typed_kept_and_shown_again(desk, manager):
    upload(manager, desk, "S5")
    page = f"/{desk.cooperative.slug}/mulai/berkas/1/"
    said = form_on(manager, page) | {"product": "wajib", "year": "2025", "control": "900.000"}
    doubt = next(name for name in said if name.startswith("q-"))
    answer = manager.post(page, said | {doubt: "fine", "request_key": "answer-key-1"})
    assert answer.status_code == 302
    again = form_on(manager, page)
    assert again["year"] == "2025"
    manager.post(page, again | {"book": "1", "request_key": "book-key-1"})
    assert ledger.balance(cooperative=desk.cooperative, role="share_mandatory") == 900_000
    desk.verify()


def test_a_refused_booking_keeps_the_answers_and_says_the_difference(desk, manager):
    upload(manager, desk)
    page = f"/{desk.cooperative.slug}/mulai/berkas/1/"
    answer = manager.post(
        page, {"request_key": "book-key-1", "book": "1", "control": "310.000"}, follow=True
    )
    shown = answer.content.decode()
    assert "Rp10.000" in shown and 'value="310.000"' in shown
    assert ledger.book(cooperative=desk.cooperative).position == 0


def test_a_file_brought_twice_opens_the_same_reading_and_after_booking_is_refused(desk, manager):
    upload(manager, desk)
    assert upload(manager, desk, key="bring-key-2").url.endswith("/mulai/berkas/1/")
    page = f"/{desk.cooperative.slug}/mulai/berkas/1/"
    manager.post(page, {"request_key": "book-key-1", "book": "1"})
    answer = upload(manager, desk, key="bring-key-3")
    assert answer.status_code == 422
    assert "S4_buku_mutasi.csv" in answer.content.decode()
    assert OldBook.objects.count() == 1


def test_a_file_that_is_no_old_book_is_refused_in_place(desk, manager):
    answer = upload(manager, desk, data=b"Warna,Ukuran\nbiru,2\n")
    assert answer.status_code == 422
    assert "Warna" in answer.content.decode()


def test_a_file_not_booked_may_be_thrown_away(desk, manager):
    upload(manager, desk)
    manager.post(f"/{desk.cooperative.slug}/mulai/berkas/1/buang/", {"request_key": "drop-key-1"})
    assert not OldBook.objects.exists()


def test_names_of_a_trial_balance_are_proposed_and_kept(desk, manager):
    upload(manager, desk, "K2")
    page = f"/{desk.cooperative.slug}/mulai/berkas/1/"
    manager.post(page, form_on(manager, page) | {"book": "1", "request_key": "book-key-1"})
    assert ledger.balance(cooperative=desk.cooperative, role="shu_previous") == 276_000
    desk.verify()


def test_another_cooperative_and_a_cashier_stay_outside(desk, manager, client_as, actor):
    upload(manager, desk)
    other = builders.cooperative(actor=actor)
    page = f"/{desk.cooperative.slug}/mulai/berkas/1/"
    assert client_as(Role.CASHIER).get(page).status_code in {403, 404}
    stranger = client_as(Role.MANAGER, other) if False else client_as(Role.MEMBER)
    assert stranger.get(page).status_code in {403, 404}
    assert selectors.old_book(cooperative=other, number=1) is None


def test_the_command_books_with_its_answers(desk):
    out = StringIO()
    options = {"cooperative": desk.cooperative.slug, "language": "en", "stdout": out}
    call_command("oldbook", LAYOUTS / FILES["S4"], **options)
    assert ledger.book(cooperative=desk.cooperative).position == 0
    call_command("oldbook", LAYOUTS / FILES["S4"], commit=True, **options)
    assert "Booked as old book 1: Rp300.000." in out.getvalue()
    with pytest.raises(CommandError) as twice:
        call_command("oldbook", LAYOUTS / FILES["S4"], commit=True, **options)
    assert twice.value.returncode == 2
    desk.verify()


def test_the_command_says_what_is_still_open_and_books_nothing(desk, tmp_path):
    options = {"cooperative": desk.cooperative.slug, "stdout": StringIO(), "commit": True}
    with pytest.raises(CommandError) as open_still:
        call_command("oldbook", LAYOUTS / FILES["S5"], **options)
    assert open_still.value.returncode == 1
    assert ledger.book(cooperative=desk.cooperative).position == 0
    answers = tmp_path / "jawaban.json"
    answers.write_text(json.dumps({"fine": ["3:Total"]}))
    call_command(
        "oldbook", LAYOUTS / FILES["S5"], answers=answers, product="wajib", year=2025,
        control=900_000, **options,
    )  # fmt: skip
    assert ledger.balance(cooperative=desk.cooperative, role="share_mandatory") == 900_000


def test_the_command_needs_a_cooperative_to_book(desk):
    with pytest.raises(CommandError) as nameless:
        call_command("oldbook", LAYOUTS / FILES["S4"], commit=True, stdout=StringIO())
    assert nameless.value.returncode == 2
