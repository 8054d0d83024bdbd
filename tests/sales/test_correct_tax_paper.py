"""The own final tax put right: a booking or a payment reversed, and written anew where asked."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from canting.cooperatives.rules import Role
from canting.ledger.errors import ReasonNeeded
from canting.sales import selectors, services
from canting.sales.errors import AlreadyReversed, DateBefore, DependsOnIt, TooMuchTax
from canting.sales.models import TaxPaper
from canting.sales.rules import PaidBy, PaperState
from tests.sales.conftest import holds, refused
from tests.sales.test_final_tax import DAY, END, book, sell
from tests.sales.test_pages import key


def correct(shop, paper, **facts):
    given: dict[str, Any] = {"reason": "Salah", "on": END} | facts
    return services.correct_tax_paper(paper=paper, actor=shop.actor, **given)


def pay(shop, amount=5_000, **facts):
    given: dict[str, Any] = {"cash_place": "bank", "on": END} | facts
    return services.pay_final_tax(
        cooperative=shop.cooperative, month=DAY, amount=amount, actor=shop.actor, **given
    )


def test_a_booking_is_cancelled_and_booked_anew(shop):
    sell(shop, 1_000_000)
    first = book(shop)
    assert correct(shop, first, again=False) is None
    assert shop.balance("tax_final") == shop.balance("pph_final_payable") == 0
    second = book(shop)
    assert selectors.tax_paper_name(second) == "2026-11.2"
    third = correct(shop, second)
    assert (third.amount, TaxPaper.objects.get(pk=second.pk).successor) == (5_000, third)
    assert shop.balance("pph_final_payable") == 5_000
    with refused(shop, AlreadyReversed):
        correct(shop, second)
    assert book(shop) == third
    holds(shop)


def test_a_booking_that_was_paid_stays_and_names_the_payment(shop):
    sell(shop, 1_000_000)
    booked = book(shop)
    paid = pay(shop)
    with refused(shop, DependsOnIt):
        correct(shop, booked)
    with pytest.raises(DependsOnIt, match=paid.number):
        correct(shop, booked)
    correct(shop, paid, again=False)
    correct(shop, booked, again=False)
    assert shop.balance("pph_final_payable") == shop.balance("tax_final") == 0
    holds(shop)


def test_a_payment_is_written_anew(shop):
    sell(shop, 1_000_000)
    book(shop)
    paid = pay(shop)
    made = correct(shop, paid, amount=4_000, cash_place="bank", reference="NTPN-2")
    assert TaxPaper.objects.get(pk=paid.pk).state == PaperState.REVERSED
    assert (made.amount, shop.balance("pph_final_payable")) == (4_000, 1_000)
    with refused(shop, TooMuchTax):
        correct(shop, made, amount=5_001, cash_place="bank")
    with refused(shop, ReasonNeeded):
        correct(shop, made, reason=" ")
    with refused(shop, DateBefore):
        correct(shop, made, on=date(2026, 11, 29))
    holds(shop)


def test_tax_that_was_set_off_holds_the_payment_it_came_with(shop):
    invoice = sell(shop, 1_000_000, paid_by=PaidBy.CREDIT, buyer=shop.buyer()).invoices.get()
    kept = services.receive_payment(
        invoice=invoice, cash=997_000, final_tax=3_000, cash_place="bank", on=DAY, actor=shop.actor
    )
    book(shop)
    paid = pay(shop, 2_000, set_off=3_000)
    with pytest.raises(DependsOnIt, match=paid.number):
        services.correct_payment(payment=kept, reason="Batal", on=END, actor=shop.actor)
    correct(shop, paid, again=False)
    services.correct_payment(payment=kept, reason="Batal", on=END, actor=shop.actor)
    assert shop.balance("pph_final_withheld") == 0
    holds(shop)


def test_the_pages_show_both_sides_and_want_a_reason(client_as, shop):
    sell(shop, 1_000_000)
    booked, paid = book(shop), pay(shop)
    slug, client = shop.cooperative.slug, client_as(Role.CASHIER)
    month = client.get(reverse("sales:tax_page", args=[slug]), {"bulan": "2026-11"}).text
    for paper, kept in ((paid, "amount"), (booked, "")):
        name = selectors.tax_paper_name(paper)
        detail = reverse("sales:tax_detail", args=[slug, name])
        url = reverse("sales:tax_correct", args=[slug, name])
        assert detail in month
        assert url in client.get(detail).text
        page = client.get(url).text
        assert 'id="was"' in page
        assert not kept or f'name="{kept}"' in page
        body = {"again": "cancel", "cash_place": "bank", "on": "30/11/2026"}
        assert client.post(url, key() | body).status_code == 422
        assert client.post(url, key() | body | {"reason": "Salah"}).status_code == 302
        assert url not in client.get(detail).text
    assert client.get(reverse("sales:tax_detail", args=[slug, "2026-11.9"])).status_code == 404
    assert client.get(reverse("sales:tax_detail", args=[slug, "entah"])).status_code == 404
    assert shop.balance("pph_final_payable") == 0
