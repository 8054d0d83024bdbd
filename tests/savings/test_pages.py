"""The counter's pages and papers; what a member sees of her savings; who may what."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from canting.cooperatives.rules import Role
from canting.cooperatives.selectors import audit_trail
from canting.kernel.dates import today as today_in
from canting.ledger.selectors import balance
from canting.members.services import admit_member
from canting.savings.models import Deposit, Withdrawal
from canting.savings.services import deposit
from tests import builders
from tests.builders import cooperative as another_cooperative

PDF, PNG = b"%PDF-", b"\x89PNG"


def address(cooperative, view, *parts):
    return reverse(f"savings:{view}", args=[cooperative.slug, *parts])


def send(client, url, key="kunci-0001", **values):
    return client.post(url, {"request_key": key, **values})


@pytest.fixture
def day(cooperative):
    return today_in(cooperative.zone)


@pytest.fixture
def siti(cooperative, actor, day):
    return admit_member(
        cooperative=cooperative, full_name="Siti Aminah", on=day, actor=actor, dusun="Krajan"
    )


@pytest.fixture
def cashier(client_as):
    return client_as(Role.CASHIER)


def pay(cooperative, member, amount, on, actor, kind="regular_share"):
    return deposit(
        cooperative=cooperative, member=member, kind=kind, amount=amount,
        cash_place="cash_main", on=on, actor=actor,
    )  # fmt: skip


def typed(**values):
    return {"kind": "regular_share", "cash_place": "cash_main", "on": "hari ini", **values}


def test_a_deposit_needs_the_member_only(cooperative, cashier, siti):
    answer = send(cashier, address(cooperative, "deposit_new"), **typed(member="1", amount=""))
    assert answer.status_code == 302
    made = Deposit.objects.get()
    assert (made.member, made.amount, made.number[-4:]) == (siti, 25_000, "0001")
    page = cashier.get(address(cooperative, "deposit_new")).content.decode()
    assert page.count("Rp25.000") >= 3
    assert made.number in page


def test_what_is_wrong_is_said_and_kept(cooperative, cashier, siti, actor, day):
    page = send(
        cashier, address(cooperative, "deposit_new"), **typed(member="A-0001", amount="25.00O")
    )
    assert page.status_code == 422
    assert "25.00O" in page.content.decode()
    admit_member(cooperative=cooperative, full_name="Siti Aisyah", on=day, actor=actor)
    several = send(cashier, address(cooperative, "deposit_new"), **typed(member="siti"))
    assert "Siti Aisyah · A-0002" in several.content.decode()
    nobody = send(cashier, address(cooperative, "deposit_new"), **typed(member="zzz"))
    assert nobody.status_code == 422
    much = send(
        cashier, address(cooperative, "deposit_new"),
        **typed(member="A-0001", kind="entry_share", amount="150.000"),
    )  # fmt: skip
    assert "Rp100.000" in much.content.decode()
    future = send(cashier, address(cooperative, "deposit_new"), **typed(member="1", on="besok"))
    assert future.status_code == 422
    assert not Deposit.objects.exists()


def test_the_hint_says_what_is_open(cooperative, cashier, siti):
    part = cashier.get(address(cooperative, "deposit_hint"), {"member": "siti"}).content.decode()
    assert "Rp25.000" in part
    assert "Rp100.000" in part


def test_a_list_is_one_submit_with_a_receipt_each(cooperative, cashier, actor, day):
    for name in ("Ani", "Budi", "Cici"):
        admit_member(cooperative=cooperative, full_name=name, on=day, actor=actor, dusun="Gempol")
    url = address(cooperative, "deposit_list_new")
    assert "Gempol" in cashier.get(url, {"kelompok": "Gempol"}).content.decode()
    bad = send(
        cashier, url, **typed(tick=["A-0001", "A-0002"]), **{"a-A-0001": "25.000", "a-A-0002": "x"}
    )
    assert bad.status_code == 422
    assert not Deposit.objects.exists()
    values = {"a-A-0001": "25.000", "a-A-0002": "50.000", "a-A-0003": "25.000"}
    answer = send(cashier, url, **typed(tick=["A-0001", "A-0002", "B-9999"]), **values)
    assert answer.status_code == 302
    amounts = Deposit.objects.order_by("id").values_list("amount", flat=True)
    assert list(amounts) == [25_000, 50_000]
    assert balance(cooperative=cooperative, role="cash_main") == 75_000
    page = cashier.get(answer["Location"]).content.decode()
    assert "Rp75.000" in page
    first = Deposit.objects.order_by("id")[0]
    content = cashier.get(
        address(cooperative, "list_print", "a5-landscape.pdf", first.number)
    ).content
    assert content.startswith(PDF)
    none = send(cashier, url, key="kunci-0003", **typed())
    assert none.status_code == 422


def test_every_paper_is_printed_and_copies_are_counted(cooperative, cashier, siti, actor, day):
    made = pay(cooperative, siti, 25_000, day, actor)
    for form, begins in (
        ("a5-landscape.pdf", PDF), ("58mm.pdf", PDF), ("80mm.pdf", PDF), ("58mm.png", PNG),
    ):  # fmt: skip
        paper = cashier.get(address(cooperative, "deposit_print", form, made.number))
        assert paper.content.startswith(begins)
    made.refresh_from_db()
    assert made.copies == 4
    assert (
        cashier.get(address(cooperative, "deposit_print", "a3.pdf", made.number)).status_code == 404
    )
    for size in ("a6", "a5"):
        card = cashier.get(address(cooperative, "card_print", size, siti.number))
        assert card.content.startswith(PDF)


def test_putting_right_reverses_and_writes_anew(cooperative, cashier, siti, actor, day):
    wrong = pay(cooperative, siti, 250_000, day, actor)
    url = address(cooperative, "deposit_correct", wrong.number)
    assert "250.000" in cashier.get(url).content.decode()
    without = send(cashier, url, **typed(member="A-0001", amount="25.000"))
    assert without.status_code == 422
    answer = send(cashier, url, **typed(member="A-0001", amount="25.000", reason="Salah nol"))
    right = Deposit.objects.get(state="posted")
    assert answer["Location"] == address(cooperative, "deposit_detail", right.number)
    assert (right.amount, right.replaces_id) == (25_000, wrong.pk)
    old = cashier.get(address(cooperative, "deposit_detail", wrong.number)).content.decode()
    assert "Salah nol" in old
    assert right.number in old
    send(
        cashier, address(cooperative, "deposit_correct", right.number), key="kunci-0003",
        **typed(member="A-0001", amount="", only_cancel="on", reason="Tidak jadi"),
    )  # fmt: skip
    assert balance(cooperative=cooperative, role="share_mandatory") == 0


def test_a_fresh_deposit_is_undone_until_it_is_printed(cooperative, cashier, siti):
    send(cashier, address(cooperative, "deposit_new"), **typed(member="1"))
    made = Deposit.objects.get()
    send(cashier, address(cooperative, "deposit_undo", made.number), key="kunci-0002")
    made.refresh_from_db()
    assert made.state == "reversed"
    send(cashier, address(cooperative, "deposit_new"), key="kunci-0003", **typed(member="1"))
    second = Deposit.objects.get(state="posted")
    cashier.get(address(cooperative, "deposit_print", "58mm.pdf", second.number))
    send(cashier, address(cooperative, "deposit_undo", second.number), key="kunci-0004")
    second.refresh_from_db()
    assert second.state == "posted"


def test_asking_for_shares_back_is_refused_with_the_way_out_and_kept(
    cooperative, cashier, siti, actor, day
):
    pay(cooperative, siti, 50_000, day, actor, kind="entry_share")
    url = address(cooperative, "withdrawal_new", siti.number)
    answer = send(
        cashier, url, kind="entry_share", amount="50.000", cash_place="cash_main", on="hari ini"
    )
    page = cashier.get(answer["Location"]).content.decode()
    assert "Keluar" in page
    kept = audit_trail(cooperative=cooperative, subject=siti.number)[0]
    assert (kept.action, kept.facts["amount"]) == ("savings.refused", 50_000)
    assert not Withdrawal.objects.exists()
    assert balance(cooperative=cooperative, role="cash_main") == 50_000


def test_voluntary_savings_go_out_and_come_back(licensed, cashier, siti, actor, day):
    pay(licensed, siti, 80_000, day, actor, kind="voluntary")
    values = {"kind": "voluntary", "cash_place": "cash_main", "on": "hari ini"}
    url = address(licensed, "withdrawal_new", siti.number)
    assert send(cashier, url, amount="90.000", **values).status_code == 422
    answer = send(cashier, url, amount="30.000", **values)
    made = Withdrawal.objects.get()
    assert answer["Location"] == address(licensed, "withdrawal_detail", made.number)
    assert "Rp30.000" in cashier.get(answer["Location"]).content.decode()
    back = address(licensed, "withdrawal_correct", made.number)
    assert 'id="was"' in cashier.get(back).content.decode()
    values = {"amount": "", "cash_place": "cash_main", "on": "hari ini"}
    assert send(cashier, back, key="kunci-0002", **values).status_code == 422
    made.refresh_from_db()
    assert made.state == "posted"
    send(cashier, back, key="kunci-0003", reason="Tidak jadi", **values)
    assert balance(cooperative=licensed, role="savings_vol") == 80_000


def test_without_the_licence_voluntary_savings_are_not_offered(cooperative, cashier, siti):
    page = cashier.get(address(cooperative, "deposit_new")).content.decode()
    assert 'value="voluntary"' not in page
    tried = send(cashier, address(cooperative, "deposit_new"),
                 **typed(member="1", kind="voluntary", amount="5.000"))  # fmt: skip
    assert tried.status_code == 422
    assert not Deposit.objects.exists()


def test_a_member_sees_her_own_savings_and_receipts_only(cooperative, client_as, siti, actor, day):
    tono = admit_member(cooperative=cooperative, full_name="Tono", on=day, actor=actor)
    hers, his = (pay(cooperative, m, a, day, actor) for m, a in ((siti, 25_000), (tono, 77_000)))
    client = client_as(Role.MEMBER, party=siti.party)
    page = client.get(
        address(cooperative, "my_savings"), {"member": tono.number, "user": tono.pk}
    ).content.decode()
    assert "Rp25.000" in page
    assert "77.000" not in page
    assert client.get(address(cooperative, "my_card", "a6")).content.startswith(PDF)
    assert client.get(address(cooperative, "my_receipt", hers.number)).content.startswith(PNG)
    assert client.get(address(cooperative, "my_receipt", his.number)).status_code == 404
    for view, parts in (
        ("deposit_new", ()), ("deposit_list", ()), ("member_card", (tono.number,)),
        ("deposit_detail", (his.number,)), ("card_print", ("a6", tono.number)),
        ("deposit_print", ("58mm.png", his.number)),
    ):  # fmt: skip
        assert client.get(address(cooperative, view, *parts)).status_code == 403


@pytest.mark.parametrize(
    ("role", "view", "status"),
    [(Role.SUPERVISOR, "deposit_list", 200), (Role.SUPERVISOR, "deposit_new", 403),
     (Role.BOARD, "deposit_list", 200), (Role.BOARD, "deposit_new", 403),
     (Role.STOREKEEPER, "deposit_list", 403), (Role.MANAGER, "deposit_new", 200)],
)  # fmt: skip
def test_who_may_what(cooperative, client_as, role, view, status):
    assert client_as(role).get(address(cooperative, view)).status_code == status


def test_papers_of_another_cooperative_are_not_found(cooperative, cashier, actor, day):
    elsewhere = another_cooperative(actor=actor)
    theirs = admit_member(cooperative=elsewhere, full_name="Tono", on=day, actor=actor)
    made = pay(elsewhere, theirs, 25_000, day, actor)
    for view, parts in (
        ("deposit_detail", (made.number,)), ("deposit_correct", (made.number,)),
        ("member_card", (theirs.number,)), ("deposit_for", (theirs.number,)),
        ("deposit_print", ("58mm.pdf", made.number)), ("withdrawal_new", (theirs.number,)),
    ):  # fmt: skip
        assert cashier.get(address(cooperative, view, *parts)).status_code == 404
    assert cashier.get(address(elsewhere, "deposit_new")).status_code == 404
    posted = send(cashier, address(cooperative, "deposit_new"), **typed(member=theirs.number))
    assert posted.status_code == 422


def test_all_deposits_are_found_by_member(cooperative, cashier, siti, actor, day):
    pay(cooperative, siti, 25_000, day, actor)
    page = cashier.get(address(cooperative, "deposit_list"), {"q": "siti"}).content.decode()
    assert "KW/" in page
    assert "zzz" in cashier.get(address(cooperative, "deposit_list"), {"q": "zzz"}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_copies_at_the_same_moment_book_one_deposit():
    actor = builders.user("rini")
    cooperative = builders.cooperative(actor=actor)
    day = today_in(cooperative.zone)
    admit_member(cooperative=cooperative, full_name="Siti", on=day, actor=actor)
    person = builders.person_with_role(cooperative, Role.CASHIER)
    clients = []
    for _copy in range(2):
        client = Client()
        client.force_login(person)
        clients.append(client)
    together = Barrier(2)

    def press(client):
        together.wait()
        try:
            return send(client, address(cooperative, "deposit_new"), **typed(member="A-0001"))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(press, clients))
    assert [a.status_code for a in answers] == [302, 302]
    assert Deposit.objects.count() == 1
    assert balance(cooperative=cooperative, role="cash_main") == 25_000
    again = send(
        clients[0], address(cooperative, "deposit_new"), key="kunci-0002", **typed(member="A-0001")
    )
    assert again.status_code == 302
    assert Deposit.objects.count() == 2
    assert re.fullmatch(r"KW/\d{4}/\d{2}/0002", Deposit.objects.latest("id").number)
