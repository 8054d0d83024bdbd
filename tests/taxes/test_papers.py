"""Facts, slips, payments to the state, services and rents less their tax."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from canting.cash.errors import NotEnoughCash
from canting.cooperatives.rules import Role
from canting.ledger.errors import ReasonNeeded
from canting.ledger.rules import BusinessClass, credit, debit
from canting.ledger.services import close_month, close_year, prepare_year
from canting.portal.selectors.taxes import taxes_due
from canting.sales.services import book_final_tax, correct_tax_paper, pay_final_tax
from canting.settlement.services import Choice, correct_slip, pay_makers
from canting.taxes import selectors, services
from canting.taxes.errors import (
    BadTaxAmount,
    DocumentNeeded,
    MoreThanWithheld,
    NoLongerStands,
    NothingWithheld,
    SlipGivenOut,
)
from tests import builders

DAY, NEXT = date(2026, 3, 8), date(2026, 4, 10)


def pay(desk, amount=500_000):
    desk.books.wages("M5", amount, date(2026, 3, 2))
    maker = desk.books.person("M5")
    return pay_makers(choices=[Choice(maker.pk)], cash_place="bank", on=DAY, **desk.make)[0]


def bill(desk, **facts):
    known = {"kind": "service", "party": desk.firm, "memo": "Celup", "gross": 1_000_000}
    return services.pay_bill(**{**known, "place": "bank", "on": DAY, **desk.make, **facts})


def test_pay_of_a_day_is_withheld_given_a_slip_and_paid_over(desk):
    pay(desk)
    (slip,) = services.issue_slips(month=DAY, on=NEXT, **desk.make)
    assert (slip.base, slip.tax, slip.month) == (500_000, 2_500, date(2026, 3, 1))
    with pytest.raises(NothingWithheld):
        services.issue_slips(month=DAY, on=NEXT, **desk.make)
    services.pay_over(kind="pph21", month=DAY, amount=2_500, place="bank", on=NEXT, **desk.make)
    assert desk.balance("pph21_payable") == 0
    assert desk.is_sound()


def test_a_maker_without_a_tax_number_pays_more(desk):
    services.state_fact(
        kind="payee",
        party=desk.books.person("M5"),
        value="unnumbered",
        valid_from=DAY,
        document="Surat 1",
        **desk.make,
    )
    assert pay(desk).paid == 497_000
    assert desk.is_sound()


def test_a_pay_whose_slip_was_given_out_waits_for_the_slip(desk):
    paid = pay(desk)
    (slip,) = services.issue_slips(month=DAY, on=NEXT, **desk.make)
    again = {"slip": paid, "reason": "salah", "on": NEXT, "actor": desk.actor, "again": False}
    with pytest.raises(SlipGivenOut):
        correct_slip(**again)
    services.correct_slip(slip=slip, reason="salah", on=NEXT, actor=desk.actor, again=False)
    correct_slip(**again)
    assert desk.balance("pph21_payable") == 0
    assert list(selectors.withheld(cooperative=desk.coop, month=DAY)) == []
    assert desk.is_sound()


def test_a_slip_put_right_gets_a_new_number_and_only_once(desk):
    pay(desk)
    (slip,) = services.issue_slips(month=DAY, on=NEXT, **desk.make)
    act = {"slip": slip, "on": NEXT, "actor": desk.actor}
    with pytest.raises(ReasonNeeded):
        services.correct_slip(reason=" ", **act)
    made = services.correct_slip(reason="salah tanggal", **act)
    assert (made.tax, made.number != slip.number) == (2_500, True)
    with pytest.raises(NoLongerStands):
        services.correct_slip(reason="lagi", **act)
    assert desk.is_sound()


def test_a_service_bears_two_percent_and_double_without_a_number(desk):
    assert bill(desk).tax == 20_000
    services.state_fact(
        kind="payee",
        party=desk.firm,
        value="unnumbered",
        valid_from=DAY,
        document="Surat 2",
        **desk.make,
    )
    assert bill(desk).tax == 40_000
    assert bill(desk, kind="rent").tax == 100_000
    assert (desk.balance("pph23_payable"), desk.balance("pph42_withheld")) == (60_000, 100_000)
    assert desk.is_sound()


def test_rent_tax_is_paid_over(desk):
    assert bill(desk, kind="rent", gross=2_000_000).tax == 200_000
    assert desk.balance("admin") == 2_000_000
    services.pay_over(kind="pph42", month=DAY, amount=200_000, place="bank", on=NEXT, **desk.make)
    assert desk.balance("pph42_withheld") == 0
    assert desk.is_sound()


def test_what_cannot_be_paid_leaves_no_trace(desk):
    before = desk.papers()
    with pytest.raises(BadTaxAmount):
        bill(desk, gross=0)
    with pytest.raises(NotEnoughCash):
        bill(desk, gross=900_000_000, place="cash_till")
    with pytest.raises(MoreThanWithheld):
        services.pay_over(kind="pph23", month=DAY, amount=1, place="bank", on=NEXT, **desk.make)
    with pytest.raises(DocumentNeeded):
        services.state_fact(kind="final_start", valid_from=DAY, document=" ", **desk.make)
    assert desk.papers() == before


def test_a_bill_and_its_payment_are_put_right(desk):
    old = bill(desk)
    paid = services.pay_over(
        kind="pph23", month=DAY, amount=20_000, place="bank", on=NEXT, **desk.make
    )
    act = {"reason": "salah", "on": NEXT, "actor": desk.actor}
    again = {"amount": 15_000, "place": "bank"}
    made = services.correct_payment(payment=paid, replacement=again, **act)
    services.correct_payment(payment=made, **act)
    assert desk.balance("pph23_payable") == 20_000
    right = {"kind": "service", "party": desk.firm, "memo": "Celup", "gross": 500_000}
    anew = services.correct_bill(bill=old, replacement=right | {"place": "bank"}, **act)
    assert anew is not None
    assert (anew.tax, desk.balance("pph23_payable")) == (10_000, 10_000)
    assert desk.is_sound()


def test_the_clock_is_silent_until_its_day_is_typed(desk):
    assert selectors.clock(cooperative=desk.coop, on=DAY) is None
    services.state_fact(kind="final_start", valid_from=DAY, document="SK 9", **desk.make)
    clock = selectors.clock(cooperative=desk.coop, on=date(2029, 12, 31))
    assert (clock.last_year, clock.is_over) == (2029, False)
    assert selectors.clock(cooperative=desk.coop, on=date(2030, 1, 1)).is_over


def post(client, url, typed):
    return client.post(url, {**typed, "request_key": uuid.uuid4().hex})


def test_the_pages_show_issue_pay_and_print(desk, client_as):
    pay(desk)
    client, slug = client_as(Role.MANAGER, desk.coop), desk.coop.slug
    page = reverse("taxes:month_page", args=[slug]) + "?bulan=2026-03"
    assert "2029" not in client.get(page).text
    post(client, reverse("taxes:slips_issue", args=[slug]), {"month": "2026-03"})
    (slip,) = selectors.slips(cooperative=desk.coop, month=DAY)
    assert slip.number in client.get(page).text
    printed = client.get(reverse("taxes:slip_paper", args=[slug, slip.number]))
    assert printed.content.startswith(b"%PDF")
    sheet = client.get(reverse("taxes:month_export", args=[slug]) + "?bulan=2026-03")
    assert sheet.content.startswith(b"PK")
    new = reverse("taxes:payment_new", args=[slug, "pph21"]) + "?bulan=2026-03"
    assert (
        post(client, new, {"amount": "9.000", "place": "bank", "on": "10/4/2026"}).status_code
        == 422
    )
    assert (
        post(client, new, {"amount": "2.500", "place": "bank", "on": "10/4/2026"}).status_code
        == 302
    )
    (paid,) = selectors.payments(cooperative=desk.coop, month=DAY)
    assert client.get(reverse("taxes:payment_detail", args=[slug, paid.number])).status_code == 200
    facts = reverse("taxes:fact_page", args=[slug])
    told = {"fact": "final_start", "start-valid_from": "1/1/2026", "start-document": "SK 9"}
    assert post(client, facts, told | {"start-document": ""}).status_code == 422
    assert post(client, facts, told).status_code == 302
    assert "2029" in client.get(page).text
    rent = {"kind": "rent", "party": str(desk.firm.pk), "memo": "Sewa", "amount": "1.000.000"}
    made = post(
        client, reverse("taxes:bill_new", args=[slug]), rent | {"place": "bank", "on": "10/4/2026"}
    )
    assert client.get(made["Location"]).status_code == 200
    assert client.get(made["Location"].replace("lihat", "betulkan")).status_code == 200
    assert client.get(reverse("taxes:slip_correct", args=[slug, slip.number])).status_code == 200


def test_a_tax_due_within_a_week_stands_on_the_first_page_of_who_pays_it(desk):
    pay(desk)
    ask = {"cooperative": desk.coop, "rights": {"taxes.pay_taxes"}}
    assert taxes_due(on=date(2026, 4, 1), **ask) is None
    assert taxes_due(on=date(2026, 4, 10), cooperative=desk.coop, rights=set()) is None
    soon, late = taxes_due(on=date(2026, 4, 10), **ask), taxes_due(on=date(2026, 4, 16), **ask)
    assert (soon.total, soon.state, late.state) == (1, "wait", "wrong")
    services.pay_over(kind="pph21", month=DAY, amount=2_500, place="bank", on=NEXT, **desk.make)
    assert taxes_due(on=date(2026, 4, 10), **ask) is None


def test_what_is_unpaid_of_a_month_is_not_what_came_later(desk):
    bill(desk)
    services.pay_over(kind="pph23", month=DAY, amount=20_000, place="bank", on=NEXT, **desk.make)
    bill(desk, on=NEXT)

    def left(month):
        dues = selectors.month_dues(cooperative=desk.coop, month=month)
        return {due.key: due.unpaid for due in dues}["pph23"]

    assert (left(DAY), left(NEXT)) == (0, 20_000)


def close_the_year(desk):
    on = date(2027, 1, 20)
    for month in range(1, 13):
        close_month(month=date(2026, month, 1), on=on, **desk.make)
    prepare_year(year=2026, on=on, **desk.make)
    close_year(cooperative=desk.coop, year=2026, on=on, actor=builders.user("maimunah"))


def test_the_closing_of_a_year_takes_nothing_from_decembers_turnover(desk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    day = date(2026, 12, 20)
    lines = (
        debit("bank", 5_000_000),
        credit("sales_commission", 5_000_000, None, BusinessClass.MEMBER),
    )
    desk.books.post(day, "handover", *lines)
    before = selectors.month_turnover(cooperative=desk.coop, month=day).base
    close_the_year(desk)
    assert selectors.month_turnover(cooperative=desk.coop, month=day).base == before == 5_000_000
    assert selectors.year_turnover(cooperative=desk.coop, year=2026) == 5_000_000


def test_a_year_above_the_ceiling_is_said_and_exactly_the_ceiling_is_not(desk):
    lines = (
        debit("bank", 4_800_000_000),
        credit("sales_commission", 4_800_000_000, None, BusinessClass.MEMBER),
    )
    desk.books.post(DAY, "handover", *lines)
    assert selectors.ceiling(cooperative=desk.coop, on=NEXT) is None
    one = debit("bank", 1), credit("sales_commission", 1, None, BusinessClass.MEMBER)
    desk.books.post(DAY, "handover", *one)
    found = selectors.ceiling(cooperative=desk.coop, on=NEXT)
    assert (found.year, found.turnover) == (2026, 4_800_000_001)
    assert selectors.ceiling(cooperative=desk.coop, on=date(2027, 1, 5)).year == 2026
    assert selectors.ceiling(cooperative=desk.coop, on=date(2028, 1, 5)) is None


@pytest.mark.parametrize(("amount", "duty"), [(5_000_000, 0), (5_000_001, 10_000)])
def test_a_paper_above_five_million_needs_a_stamp_of_ten_thousand(desk, amount, duty):
    assert selectors.duty_on(cooperative=desk.coop, amount=amount, on=DAY) == duty


def test_withheld_tax_is_reported_by_the_twentieth_and_the_final_tax_by_being_paid(desk):
    days = {
        due.key: due.report_by
        for due in selectors.month_dues(cooperative=desk.coop, month=date(2026, 11, 1))
    }
    assert days["final"] is None
    assert days["pph21"] == date(2026, 12, 21)  # the 20th is a Sunday


def test_the_own_final_tax_is_unbooked_then_unpaid_then_paid_though_booked_later(desk):
    lines = (
        debit("bank", 8_000_000),
        credit("sales_commission", 8_000_000, None, BusinessClass.MEMBER),
    )
    desk.books.post(DAY, "handover", *lines)

    def final():
        (due,) = (
            one
            for one in selectors.month_dues(cooperative=desk.coop, month=DAY)
            if one.key == "final"
        )
        return due.amount, due.unbooked, due.unpaid

    assert final() == (40_000, 40_000, 0)
    paper = book_final_tax(month=DAY, on=NEXT, **desk.make)
    assert final() == (40_000, 0, 40_000)
    paid = pay_final_tax(month=DAY, amount=40_000, cash_place="bank", on=NEXT, **desk.make)
    assert final() == (40_000, 0, 0)
    act = {"reason": "salah", "on": NEXT, "actor": desk.actor, "again": False}
    correct_tax_paper(paper=paid, **act)
    assert final() == (40_000, 0, 40_000)
    correct_tax_paper(paper=paper, **act)
    assert final() == (40_000, 40_000, 0)
