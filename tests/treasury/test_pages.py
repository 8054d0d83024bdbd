"""The pages of the bank's lines as a cashier meets them."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from canting.cooperatives.rules import Role
from canting.treasury.models import BankLine, BankMatch, BankStatement
from tests import builders
from tests.corrections import draft_on, send
from tests.portal.clock import stop_clock
from tests.treasury.conftest import TWO_COLUMNS

pytestmark = pytest.mark.django_db


@pytest.fixture
def cashier(desk, monkeypatch):
    stop_clock(monkeypatch)
    client = Client()
    client.force_login(builders.person_with_role(desk.coop, Role.CASHIER))
    return client


def read(cashier, desk, **typed):
    address = f"/{desk.coop.slug}/bank/baca/"
    page = cashier.get(address).text
    known = {"account": desk.account.code, **typed}
    return send(cashier, address, draft_on(page, address, "pasted").values, **known)


def test_a_pasted_list_is_read_shown_and_matched(cashier, desk):
    desk.fund()
    assert read(cashier, desk, pasted=TWO_COLUMNS).status_code == 302
    page = cashier.get(f"/{desk.coop.slug}/bank/").text
    assert "BIAYA ADM" in page
    address = f"/{desk.coop.slug}/bank/cocokkan/"
    assert send(cashier, address, draft_on(page, address, "rekening").values).status_code == 302
    assert BankMatch.objects.count() == 1
    shown = cashier.get(f"/{desk.coop.slug}/bank/?lihat=semua").text
    assert shown.count("BIAYA ADM") == 1
    assert cashier.get(f"/{desk.coop.slug}/bank/?lihat=buku").status_code == 200


def test_a_file_is_read(cashier, desk):
    upload = SimpleUploadedFile("mutasi.csv", TWO_COLUMNS.encode(), "text/csv")
    address = f"/{desk.coop.slug}/bank/baca/"
    body = {"account": desk.account.code, "file": upload, "request_key": uuid.uuid4().hex}
    assert cashier.post(address, body).status_code == 302
    assert BankStatement.objects.get().filename == "mutasi.csv"


def test_unknown_columns_are_asked_and_what_was_pasted_stays(cashier, desk):
    answer = read(cashier, desk, pasted="Kapan;Apa;Geser\n01/07/2026;MODAL;5.000\n")
    assert answer.status_code == 422
    assert "MODAL" in answer.text
    assert 'name="c_amount"' in answer.text
    assert "Geser</option>" in answer.text
    again = read(
        cashier, desk, pasted="Kapan;Apa;Geser\n01/07/2026;MODAL;5.000\n",
        c_day="0", c_text="1", c_amount="2",
    )  # fmt: skip
    assert again.status_code == 302
    assert BankLine.objects.get().amount == 5_000


@pytest.mark.parametrize("pasted", ["", "omong kosong", "Tanggal;Uraian;Debet;Kredit\n1;2;3;4\n"])
def test_what_is_no_list_is_told(cashier, desk, pasted):
    assert read(cashier, desk, pasted=pasted).status_code == 422
    assert not BankStatement.objects.exists()


def test_a_line_is_booked_chosen_and_parted_on_its_page(cashier, desk):
    desk.fund()
    desk.read()
    fee, money = desk.line(-12_500), desk.line(20_000_000)
    base = f"/{desk.coop.slug}/bank/baris"
    page = cashier.get(f"{base}/{fee.pk}/").text
    address = f"{base}/{fee.pk}/catat/"
    form = draft_on(page, address, "purpose").values
    assert send(cashier, address, form, purpose="").status_code == 422
    assert send(cashier, address, form, purpose="bank_fee").status_code == 302
    address = f"{base}/{money.pk}/"
    form = draft_on(cashier.get(address).text, address, "entri").values
    assert send(cashier, address, form, entri=str(desk.entry(20_000_000).pk)).status_code == 302
    page = cashier.get(address).text
    assert "Modal" in page
    part = f"{address}pisah/"
    key = draft_on(page, part, "request_key").values
    assert send(cashier, part, key).status_code == 302
    assert BankMatch.objects.count() == 1


def test_a_list_is_taken_back_on_its_page(cashier, desk):
    made, _count = desk.read()
    address = f"/{desk.coop.slug}/bank/daftar/{made.pk}/batal/"
    form = draft_on(cashier.get(address).text, address, "request_key").values
    assert send(cashier, address, form).status_code == 302
    assert not BankStatement.objects.exists()
