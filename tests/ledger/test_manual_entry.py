"""Entries written by hand: what they may touch, their page, putting them right."""

import re
from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from canting.cooperatives.rules import PartyKind, Role
from canting.ledger import selectors
from canting.ledger.errors import (
    AlreadyReversed,
    KeptByPapers,
    PaperHasItsOwn,
    PeriodClosed,
    ReasonNeeded,
    UnbalancedEntry,
    WrongSide,
)
from canting.ledger.invariants import INVARIANTS
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import close_month, correct_manual, post_entry, post_manual
from tests import builders

FEB_3, MAR_1 = date(2026, 2, 3), date(2026, 3, 1)
ACCRUAL = [debit("utilities", 150_000), credit("accrued", 150_000)]


def post(cooperative, actor, lines=ACCRUAL, on=FEB_3, memo="Listrik belum ditagih"):
    return post_manual(cooperative=cooperative, lines=lines, memo=memo, on=on, actor=actor)


def entry(cooperative, position=1):
    found = selectors.entry(cooperative=cooperative, position=position)
    assert found is not None
    return found


def balance(cooperative, role):
    return selectors.balance(cooperative=cooperative, role=role)


def broken(cooperative):
    return [text for law in INVARIANTS for text in law.breaches(cooperative)]


def test_an_accrual_gets_a_number_and_moves_both_accounts(cooperative, actor):
    number, posted = post(cooperative, actor)
    assert number == "BM/2026/02/0001"
    assert entry(cooperative, posted.position).paper == number
    assert balance(cooperative, "utilities") == balance(cooperative, "accrued") == 150_000
    assert broken(cooperative) == []


def test_revenue_without_a_class_gets_that_of_its_account(cooperative, actor):
    post(cooperative, actor, [debit("bank", 5), credit("service_n", 5)])
    (line,) = entry(cooperative).lines.filter(account__role="service_n")
    assert line.business == "nonmember"


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ([debit("utilities", 5), credit("accrued", 4)], UnbalancedEntry),
        ([debit("utilities", 5), credit("cash_main", 5)], KeptByPapers),
        ([debit("mat_cloth", 5), credit("bank", 5)], KeptByPapers),
        ([debit("1301", 5), credit("bank", 5)], KeptByPapers),
    ],
)
def test_what_papers_keep_is_refused_and_leaves_no_trace(cooperative, actor, lines, refusal):
    with pytest.raises(refusal), transaction.atomic():
        post(cooperative, actor, lines)
    assert selectors.book(cooperative=cooperative).position == 0
    assert post(cooperative, actor)[0] == "BM/2026/02/0001"


def test_a_party_on_the_wrong_side_is_refused(cooperative, actor):
    bank = builders.party(cooperative, PartyKind.FINANCIER, "Bank Jatim")
    post(cooperative, actor, [debit("bank", 500), credit("bank_loan", 500, bank)])
    with pytest.raises(WrongSide, match="Rp1"), transaction.atomic():
        post(cooperative, actor, [debit("bank_loan", 501, bank), credit("bank", 501)])
    assert balance(cooperative, "bank_loan") == 500


def test_putting_right_reverses_and_writes_the_right_one(cooperative, actor):
    post(cooperative, actor)
    right = [debit("utilities", 105_000), credit("accrued", 105_000)]
    number = correct_manual(
        entry=entry(cooperative), reason="Salah ketik", on=MAR_1, actor=actor, lines=right
    )
    assert number == "BM/2026/03/0002"
    assert balance(cooperative, "accrued") == 105_000
    assert selectors.is_reversed(entry=entry(cooperative)) == entry(cooperative, 2)
    assert broken(cooperative) == []
    with pytest.raises(AlreadyReversed), transaction.atomic():
        correct_manual(entry=entry(cooperative), reason="Lagi", on=MAR_1, actor=actor)


def test_putting_right_needs_a_reason_and_an_entry_of_its_own(cooperative, actor):
    post(cooperative, actor)
    with pytest.raises(ReasonNeeded), transaction.atomic():
        correct_manual(entry=entry(cooperative), reason=" ", on=MAR_1, actor=actor)
    lines = [debit("cash_main", 5), credit("other_income", 5)]
    post_entry(
        cooperative=cooperative, draft=Draft("cash:1", FEB_3, "x", "Uji", lines), actor=actor
    )
    with pytest.raises(PaperHasItsOwn), transaction.atomic():
        correct_manual(entry=entry(cooperative, 2), reason="Salah", on=MAR_1, actor=actor)
    assert balance(cooperative, "accrued") == 150_000


def test_a_closed_month_refuses_the_entry_and_its_correction(cooperative, actor):
    post(cooperative, actor)
    for month in (date(2026, 1, 1), date(2026, 2, 1)):
        close_month(cooperative=cooperative, month=month, on=date(2026, 4, 1), actor=actor)
    with pytest.raises(PeriodClosed), transaction.atomic():
        post(cooperative, actor)
    with pytest.raises(PeriodClosed), transaction.atomic():
        correct_manual(entry=entry(cooperative), reason="Salah", on=FEB_3, actor=actor)
    assert selectors.is_reversed(entry=entry(cooperative)) is None
    assert balance(cooperative, "accrued") == 150_000


def rows(*lines):
    data = {"baris-TOTAL_FORMS": str(len(lines)), "baris-INITIAL_FORMS": "0"}
    for number, (account, debits, credits) in enumerate(lines):
        for name, value in (("account", account), ("debit", debits), ("credit", credits)):
            data[f"baris-{number}-{name}"] = value
    return data


def send(client, url, key="k" * 16, **data):
    return client.post(url, {"request_key": key, **data})


def test_the_page_posts_a_grid_once_and_leads_to_its_entry(client_as, cooperative):
    client = client_as(Role.MANAGER)
    url = reverse("ledger:entry_create", args=[cooperative.slug])
    assert "data-sums" in client.get(url).content.decode()
    typed = rows(("6102", "150.000", ""), ("2105", "", "150rb"), ("", "", ""))
    for _again in range(2):
        answer = send(client, url, on="03/02/2026", memo="Listrik", **typed)
        assert answer.status_code == 302
    assert balance(cooperative, "accrued") == 150_000
    assert answer["Location"] == reverse("ledger:entry_detail", args=[cooperative.slug, 1])
    assert "Listrik" in client.get(answer["Location"]).content.decode()


def test_the_page_keeps_what_was_typed_and_says_what_is_missing(client_as, cooperative):
    client = client_as(Role.MANAGER)
    url = reverse("ledger:entry_create", args=[cooperative.slug])
    typed = rows(("6102", "150.000", ""), ("2105", "", "100.000"))
    answer = send(client, url, on="03/02/2026", memo="Listrik", **typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'data-sum="left">\s*Rp50\.000', html)
    assert 'value="150.000"' in html
    counted = send(client, url, act="count", on="03/02/2026", memo="Listrik", **typed)
    assert "Rp150.000" in counted.content.decode()
    assert selectors.book(cooperative=cooperative).position == 0


def test_the_page_puts_right(client_as, cooperative, actor):
    post(cooperative, actor)
    client = client_as(Role.MANAGER)
    url = reverse("ledger:entry_correct", args=[cooperative.slug, 1])
    assert "150.000" in client.get(url).content.decode()
    typed = rows(("6102", "105.000", ""), ("2105", "", "105.000"))
    answer = send(client, url, on="01/03/2026", memo="Listrik", reason="Salah", **typed)
    assert answer.status_code == 302
    assert balance(cooperative, "accrued") == 105_000
    only = reverse("ledger:entry_correct", args=[cooperative.slug, 3])
    send(client, only, "j" * 16, on="02/03/2026", memo="x", reason="Batal", only_reverse="on",
         **rows())  # fmt: skip
    assert balance(cooperative, "accrued") == 0


@pytest.mark.parametrize("role", [Role.CASHIER, Role.SUPERVISOR, Role.MEMBER])
def test_only_manager_and_board_write_by_hand(client_as, cooperative, role):
    url = reverse("ledger:entry_create", args=[cooperative.slug])
    assert client_as(role).get(url).status_code == 403
