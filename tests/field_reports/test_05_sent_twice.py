"""The page hangs after Rini took a deposit of 50.000, so she sends it once more.

By reload or by two copies that arrive together, through the form of each paper: one paper, the
same number, one booking. Two deposits of the same sum that were truly two stay two.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from canting.catalogue.models import Item
from canting.catalogue.services import create_item, set_price
from canting.cooperatives.models import Cooperative, PastedSheet, User
from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from canting.members.models import Member
from canting.members.services import admit_member
from canting.purchasing.models import HandOut
from canting.sales.models import Sale
from canting.savings.models import Deposit
from canting.stock import selectors as stock
from canting.stock.services import pool_lot, receive
from tests import builders
from tests.field_reports.ground import assert_clean, grid, send, together
from tests.sales.conftest import Shop

DAY = "24/11/2026"
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Counter:
    """A cooperative at work and the people who sit at its counters."""

    cooperative: Cooperative
    actor: User
    wulan: Member
    mori: Item
    users: dict[Role, User]

    def at(self, role: Role) -> Client:
        """A browser of the person in this role."""
        client = Client()
        client.force_login(self.users[role])
        return client

    def cash(self) -> int:
        return ledger.balance(cooperative=self.cooperative, role="cash_main")


@pytest.fixture
def counter(monkeypatch, settings) -> Counter:
    actor = builders.user("rini")
    cooperative = builders.cooperative(actor=actor)
    wulan = admit_member(
        cooperative=cooperative, full_name="Wulan", on=date(2026, 1, 2), actor=actor
    )
    mori = create_item(cooperative=cooperative, name="Mori", kind="cloth", unit="m", actor=actor)
    set_price(
        cooperative=cooperative, item=mori, price_list="member", amount=22_000,
        valid_from=date(2026, 1, 2), actor=actor,
    )  # fmt: skip
    moved = receive(
        cooperative=cooperative, place=stock.store(cooperative), lot=pool_lot(mori),
        quantity=Decimal(40), value=800_000, on=date(2026, 1, 2), source="test:mori", actor=actor,
    )  # fmt: skip
    lines = [debit(moved.role, moved.value), credit("other_income", moved.value)]
    draft = Draft("test:mori", date(2026, 1, 2), "test", "Persediaan uji", lines)
    post_entry(cooperative=cooperative, draft=draft, actor=actor)
    people = (Role.CASHIER, Role.STOREKEEPER, Role.MANAGER)
    users = {role: builders.person_with_role(cooperative, role) for role in people}
    return Counter(cooperative, actor, wulan, mori, users)


Sending = tuple[Role, Callable[[Client, str], Any], Callable[[], list[Any]]]


def deposits(counter: Counter) -> Sending:
    typed = {
        "member": counter.wulan.number, "kind": "regular_share", "amount": "50.000",
        "cash_place": "cash_main", "on": DAY,
    }  # fmt: skip

    def take(client, key):
        return send(client, counter.cooperative, "savings:deposit_new", key=key, **typed)

    return Role.CASHIER, take, lambda: [d.number for d in Deposit.objects.all()]


def hand_outs(counter: Counter) -> Sending:
    typed = {
        "member": counter.wulan.number, "mode": "custody", "on": DAY,
        **grid({"item": counter.mori.code, "quantity": "10"}),
    }  # fmt: skip

    def give(client, key):
        return send(client, counter.cooperative, "purchasing:hand_out_new", key=key, **typed)

    return Role.STOREKEEPER, give, lambda: [h.number for h in HandOut.objects.all()]


def sales(counter: Counter) -> Sending:
    lot = Shop(counter.cooperative, counter.actor).lot(quantity=4, value=400_000)
    typed = {
        "code": lot.code, "quantity": "1", "price": "250.000", "paid_by": "cash",
        "counterparty_class": "nonmember", "on": DAY,
    }  # fmt: skip

    def sell(client, key):
        return send(client, counter.cooperative, "sales:till", key=key, **typed)

    return Role.CASHIER, sell, lambda: [s.number for s in Sale.objects.all()]


def imports(counter: Counter) -> Sending:
    sheet = SimpleUploadedFile("anggota.csv", b"Nama;Dusun\nTutik;Krajan\nDarmi;Gempol\n")
    send(counter.at(Role.MANAGER), counter.cooperative, "members:import_start", key="x" * 9,
         file=sheet)  # fmt: skip
    kept = PastedSheet.objects.get()
    send(counter.at(Role.MANAGER), counter.cooperative, "members:import_columns", kept.reference,
         key="y" * 9, c0="full_name", c1="dusun")  # fmt: skip

    def take(client, key):
        return send(client, counter.cooperative, "members:import_take", kept.reference, key=key)

    def numbers():
        return ["-".join(m.number for m in Member.objects.exclude(pk=counter.wulan.pk))]

    return Role.MANAGER, take, numbers


PAPERS = [deposits, hand_outs, sales, imports]


def told(answer: Any) -> tuple[int, str]:
    """What a person is told: where she is led, and with which messages."""
    assert answer.status_code == 302, answer.content.decode()
    return answer.status_code, answer["Location"]


@pytest.mark.parametrize("paper", PAPERS)
def test_sent_again_by_reload_it_is_one_paper_with_the_same_number(counter, paper):
    role, deed, numbers = paper(counter)
    browser = counter.at(role)
    first = told(deed(browser, "kunci-tombol-1"))
    once = numbers()
    assert told(deed(browser, "kunci-tombol-1")) == first
    assert numbers() == once
    assert len(once) == 1
    assert_clean(counter.cooperative)


@pytest.mark.parametrize("paper", PAPERS)
def test_two_copies_that_arrive_together_are_one_paper(counter, paper):
    role, deed, numbers = paper(counter)
    before = counter.cash()
    browsers = [counter.at(role), counter.at(role)]
    answers = together(*[lambda b=b: told(deed(b, "kunci-bersama-1")) for b in browsers])
    assert answers[0] == answers[1], answers
    assert len(numbers()) == 1
    expected = {deposits: 50_000}.get(paper, 0)
    assert counter.cash() - before == expected
    assert_clean(counter.cooperative)


def test_the_reload_shows_the_receipt_of_the_first(counter):
    _role, deed, numbers = deposits(counter)
    browser = counter.at(Role.CASHIER)
    pages = []
    for _copy in range(2):
        answer = deed(browser, "kunci-kuitansi")
        pages.append(browser.get(answer["Location"]).content.decode())
    assert numbers() == ["KW/2026/11/0001"]
    assert all("KW/2026/11/0001" in page for page in pages)
    assert counter.cash() == 50_000


def test_two_true_deposits_of_one_sum_on_one_day_are_two(counter):
    _role, deed, numbers = deposits(counter)
    browser = counter.at(Role.CASHIER)
    for key in ("kunci-pagi-1", "kunci-sore-1"):
        told(deed(browser, key))
    assert numbers() == ["KW/2026/11/0001", "KW/2026/11/0002"]
    assert counter.cash() == 100_000
    assert_clean(counter.cooperative)


def test_a_refused_paper_frees_its_key_for_the_corrected_one(counter):
    _role, deed, numbers = deposits(counter)
    browser = counter.at(Role.CASHIER)
    refused = send(
        browser, counter.cooperative, "savings:deposit_new", key="kunci-salah-1",
        member=counter.wulan.number, kind="regular_share", amount="2,3", cash_place="cash_main",
        on=DAY,
    )  # fmt: skip
    assert refused.status_code == 422
    assert numbers() == []
    told(deed(browser, "kunci-salah-1"))
    assert numbers() == ["KW/2026/11/0001"]
    assert_clean(counter.cooperative)
