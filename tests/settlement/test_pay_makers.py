"""Paying makers: what is booked is what was shown, once, and never more than the cap allows."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from canting.cash.errors import NotEnoughCash, UnknownPlace
from canting.cooperatives.models import AuditRecord
from canting.cooperatives.rules import PartyKind
from canting.cooperatives.services import set_parameter
from canting.ledger import selectors as ledger
from canting.ledger.errors import PeriodClosed
from canting.ledger.services import close_month
from canting.members.services import admit_member
from canting.settlement import selectors
from canting.settlement.errors import (
    BadAccountNumber,
    BadConsent,
    CalculationChanged,
    ConsentEnded,
    DaysDoNotAddUp,
    NobodyChosen,
    NothingToPay,
)
from canting.settlement.models import SettledLine, Slip
from canting.settlement.services import (
    Choice,
    end_consent,
    note_consent,
    pay_makers,
    set_bank_account,
)
from tests.builders import cooperative as another_cooperative
from tests.builders import party

ON = date(2026, 11, 20)


def pay(books, *names, place="cash_main", on=ON, **choice):
    return pay_makers(
        cooperative=books.cooperative,
        choices=[Choice(books.person(name).pk, **choice) for name in names],
        cash_place=place,
        on=on,
        actor=books.actor,
    )


def plan(books, name, on=ON, **facts):
    found = selectors.plans(
        cooperative=books.cooperative, on=on, party_ids=[books.person(name).pk], **facts
    )
    return found[0] if found else None


def nothing_written(books):
    assert not Slip.objects.exists()
    assert not SettledLine.objects.exists()
    assert not AuditRecord.objects.filter(action="settlement.paid").exists()
    books.hold()


def test_a_batch_writes_a_slip_for_each_maker_and_payable(books):
    books.wages("M1", 300_000, date(2026, 11, 18))
    books.cloth("M1", 900_000, date(2026, 11, 19))
    books.cloth("M2", 400_000, date(2026, 11, 19))
    slips = pay(books, "M2", "M1")
    assert [(s.party.number, s.payable, s.paid) for s in slips] == [
        ("M1", "wages_payable", 300_000),
        ("M1", "pay_maker", 900_000),
        ("M2", "pay_maker", 400_000),
    ]
    assert [s.number for s in slips] == [f"BA/2026/11/{n:04d}" for n in (1, 2, 3)]
    assert len({s.batch for s in slips}) == 1
    assert books.balance("cash_main") == 30_000_000 - 1_600_000
    trail = AuditRecord.objects.filter(action="settlement.paid")
    about = trail.order_by("pk").values_list("for_party__number", flat=True)
    assert list(about) == ["M1", "M1", "M2"]
    books.hold()


def test_what_was_shown_is_what_is_booked(books):
    books.wages("M1", 600_000, date(2026, 11, 18))
    shown = plan(books, "M1")
    slips = pay(books, "M1", shown=shown.digest)
    assert [s.paid for s in slips] == [shown.paid]
    assert slips[0].deducted == shown.deducted == 3_000


def test_figures_that_changed_since_they_were_shown_are_refused(books):
    books.cloth("M1", 900_000, date(2026, 11, 18))
    shown = plan(books, "M1").digest
    books.damage("M1", 50_000, date(2026, 11, 19))
    with pytest.raises(CalculationChanged, match=r"Bu M1.*Rp850\.000"), transaction.atomic():
        pay(books, "M1", shown=shown)
    nothing_written(books)


def test_paying_twice_pays_once(books):
    books.cloth("M1", 900_000, date(2026, 11, 18))
    shown = plan(books, "M1").digest
    pay(books, "M1", shown=shown)
    with pytest.raises(NothingToPay, match="Bu M1"), transaction.atomic():
        pay(books, "M1", shown=shown)
    assert Slip.objects.count() == 1
    assert books.balance("cash_main") == 30_000_000 - 900_000
    books.hold()


@pytest.mark.django_db(transaction=True)
def test_two_cashiers_at_the_same_moment_pay_once(books):
    books.cloth("M1", 900_000, date(2026, 11, 18))
    shown = plan(books, "M1").digest
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def press() -> None:
        together.wait()
        try:
            pay(books, "M1", shown=shown)
            outcomes.append("paid")
        except NothingToPay:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["paid", "refused"]
    assert Slip.objects.get().number == "BA/2026/11/0001"
    books.hold()


def test_a_drawer_that_holds_too_little_pays_nobody(books):
    books.cloth("M1", 20_000_000, date(2026, 11, 18))
    books.cloth("M2", 20_000_000, date(2026, 11, 18))
    with pytest.raises(NotEnoughCash), transaction.atomic():
        pay(books, "M1", "M2")
    nothing_written(books)


def test_nobody_no_place_no_stranger(books):
    books.cloth("M1", 500_000, date(2026, 11, 18))
    stranger = party(another_cooperative(), PartyKind.MEMBER)
    with pytest.raises(NobodyChosen), transaction.atomic():
        pay(books)
    with pytest.raises(UnknownPlace), transaction.atomic():
        pay(books, "M1", place="share_principal")
    with pytest.raises(NothingToPay), transaction.atomic():
        pay(books, "M2")
    answer = pay_makers(
        cooperative=books.cooperative,
        choices=[Choice(stranger.pk), Choice(books.person("M1").pk)],
        cash_place="cash_main",
        on=ON,
        actor=books.actor,
    )
    assert [slip.party.number for slip in answer] == ["M1"]


def test_a_closed_month_takes_no_slip(books):
    books.cloth("M1", 500_000, date(2026, 1, 18))
    close_month(
        cooperative=books.cooperative,
        month=date(2026, 1, 1),
        on=date(2026, 2, 1),
        actor=books.actor,
    )
    with pytest.raises(PeriodClosed), transaction.atomic():
        pay(books, "M1", on=date(2026, 1, 31))
    nothing_written(books)
    assert pay(books, "M1", on=date(2026, 2, 2))[0].paid == 500_000


def test_what_was_accepted_later_waits(books):
    books.cloth("M1", 500_000, date(2026, 11, 18))
    books.cloth("M1", 700_000, date(2026, 11, 21))
    assert pay(books, "M1")[0].paid == 500_000
    assert plan(books, "M1", on=date(2026, 11, 21)).paid == 700_000
    books.hold()


def test_a_return_after_the_pay_lessens_the_next_one(books):
    from canting.ledger.rules import credit, debit

    books.cloth("M1", 500_000, date(2026, 11, 18))
    pay(books, "M1")
    back = debit("pay_maker", 180_000, books.person("M1")), credit("fg", 180_000)
    books.post(date(2026, 11, 21), "return_to_maker", *back, memo="Kembali")
    assert plan(books, "M1", on=date(2026, 11, 22)) is None
    books.cloth("M1", 500_000, date(2026, 11, 23))
    assert pay(books, "M1", on=date(2026, 11, 24))[0].earned == 320_000
    books.hold()


def test_the_order_of_deductions_under_one_cap_over_two_slips(books):
    books.damage("M1", 200_000, date(2026, 9, 2), memo="Malam tumpah")
    books.credit_material("M1", 300_000, date(2026, 9, 3))
    books.credit_material("M1", 90_000, date(2026, 11, 3), memo="Belum jatuh tempo")
    books.wages("M1", 300_000, date(2026, 11, 18))
    books.cloth("M1", 500_000, date(2026, 11, 18))
    wages, cloth = pay(books, "M1")
    rows = [[(d.kind, d.amount, d.due) for d in selectors.deductions(s)] for s in (wages, cloth)]
    assert rows == [
        [("damage", 150_000, 200_000), ("material", 0, 300_000)],
        [("damage", 50_000, 50_000), ("material", 200_000, 300_000)],
    ]
    assert (wages.not_yet_due, cloth.not_yet_due) == (90_000, 90_000)
    assert books.owes("M1", "recv_member") == 190_000
    books.hold()


def test_the_cap_is_a_dated_parameter_with_its_source(books):
    set_parameter(
        cooperative=books.cooperative,
        name="settlement.deduction_cap",
        value="25",
        valid_from=date(2026, 6, 1),
        source="RAT 28-03-2026",
        actor=books.actor,
    )
    books.damage("M1", 400_000, date(2026, 5, 1))
    books.cloth("M1", 800_000, date(2026, 5, 2))
    assert plan(books, "M1", on=date(2026, 5, 3)).deducted == 400_000
    assert plan(books, "M1").deducted == 200_000


def test_arrears_only_by_written_consent_from_its_day_to_its_end(books, cooperative, actor):
    member = admit_member(
        cooperative=cooperative, full_name="Siti", on=date(2026, 10, 1), actor=actor
    )
    books.people["Siti"] = member.party
    books.cloth("Siti", 1_000_000, date(2026, 11, 18))
    assert plan(books, "Siti").deducted == 0
    consent = note_consent(
        cooperative=cooperative,
        party=member.party,
        role="share_mandatory",
        purpose="Simpanan wajib",
        amount=40_000,
        signed_on=date(2026, 11, 19),
        on=ON,
        actor=actor,
    )
    assert plan(books, "Siti", on=date(2026, 11, 18)).deducted == 0
    shown = plan(books, "Siti")
    assert [(t.due.amount, t.due.reason) for t in shown.slips[0].calculation.taken] == [
        (25_000, "Simpanan wajib Oktober 2026"),
        (15_000, "Simpanan wajib November 2026"),
    ]
    end_consent(consent=consent, on=date(2026, 11, 22), actor=actor)
    assert plan(books, "Siti", on=date(2026, 11, 22)).deducted == 0
    pay(books, "Siti")
    assert books.owes("Siti", "share_mandatory") == 40_000
    with pytest.raises(ConsentEnded), transaction.atomic():
        end_consent(consent=consent, on=date(2026, 11, 23), actor=actor)
    books.hold()


def test_a_consent_to_the_social_fund_and_to_pay_back_partner_funds(books, cooperative, actor):
    from canting.ledger.rules import credit, debit

    her = books.person("M1")
    books.post(date(2026, 6, 1), "onlend", debit("onlend", 30_000, her), credit("bank", 30_000))
    for role, amount in (("fund_social", 10_000), ("onlend", 50_000)):
        note_consent(
            cooperative=cooperative,
            party=her,
            role=role,
            purpose=role,
            amount=amount,
            signed_on=date(2026, 6, 1),
            on=ON,
            actor=actor,
        )
    books.cloth("M1", 200_000, date(2026, 11, 18))
    slip = pay(books, "M1")[0]
    assert slip.paid == 160_000
    assert books.balance("fund_social") == 10_000
    assert books.owes("M1", "onlend") == 0
    books.hold()


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0},
        {"purpose": "  "},
        {"role": "cash_main"},
        {"signed_on": date(2026, 11, 21)},
    ],
)
def test_a_consent_without_what_for_amount_or_day_is_refused(books, wrong):
    facts = {
        "role": "fund_social",
        "purpose": "Dana sosial",
        "amount": 10_000,
        "signed_on": date(2026, 11, 1),
    }
    with pytest.raises(BadConsent), transaction.atomic():
        note_consent(
            cooperative=books.cooperative,
            party=books.person("M1"),
            on=ON,
            actor=books.actor,
            **(facts | wrong),
        )
    assert not selectors.consents(cooperative=books.cooperative).exists()


def test_typed_days_decide_the_tax_and_must_add_up(books):
    books.wages("M1", 1_000_000, date(2026, 11, 18))
    assert plan(books, "M1").deducted == 5_000
    party_id = books.person("M1").pk
    assert plan(books, "M1", days={party_id: "5"}).deducted == 0
    with pytest.raises(DaysDoNotAddUp), transaction.atomic():
        pay(books, "M1", days="500.000 + 400.000")
    nothing_written(books)


def test_cloth_bears_no_income_tax(books):
    books.cloth("M1", 9_000_000, date(2026, 11, 18))
    assert plan(books, "M1").deducted == 0


def test_a_margin_that_waits_for_the_sale_is_not_paid(books, monkeypatch):
    books.cloth("M1", 210_000, date(2026, 11, 10), source="production.buyback:TK/1")
    books.cloth("M1", 100_000, date(2026, 11, 11))
    held = {"production.buyback:TK/1"}
    monkeypatch.setattr(
        "canting.production.selectors.held_margins",
        lambda *, party_ids, **_facts: dict.fromkeys(party_ids, held),
    )
    shown = plan(books, "M1")
    assert (shown.paid, shown.held) == (100_000, 210_000)
    pay(books, "M1")
    card = selectors.money_card(books.cooperative, books.person("M1"), ON)
    assert (card.waiting, card.held, card.last and card.last.paid) == (0, 210_000, 100_000)
    books.hold()
    held.clear()
    assert plan(books, "M1").paid == 210_000


def test_the_first_page_of_a_maker_knows_her_money(books):
    her = books.person("M1")
    books.cloth("M1", 500_000, date(2026, 10, 1))
    pay(books, "M1", on=date(2026, 10, 2))
    books.cloth("M1", 300_000, date(2026, 11, 18))
    books.damage("M1", 20_000, date(2026, 11, 18))
    books.credit_material("M1", 70_000, date(2026, 11, 19))
    card = selectors.money_card(books.cooperative, her, ON)
    assert (card.last and card.last.paid, card.waiting, card.waiting_lines) == (500_000, 300_000, 1)
    assert (card.dues, card.not_yet_due) == (20_000, 70_000)
    assert selectors.waiting_total(cooperative=books.cooperative, on=ON) == (1, 300_000)
    months = selectors.months(cooperative=books.cooperative, party_id=her.pk, on=ON)
    assert [m.paid for m in months] == [0] * 10 + [500_000, 0]


def test_pay_from_opening_balances_is_paid_too(books):
    from canting.ledger.rules import credit, debit

    opening = debit("suspense", 80_000), credit("wages_payable", 80_000, books.person("M1"))
    books.post(date(2026, 1, 1), "opening", *opening, memo="Saldo awal")
    assert pay(books, "M1")[0].paid == 80_000
    assert ledger.party_balances(cooperative=books.cooperative, role="wages_payable") == []


def test_a_bank_account_is_kept_as_digits_and_its_change_is_on_record(books):
    facts = {"cooperative": books.cooperative, "party": books.person("M1"), "actor": books.actor}
    set_bank_account(bank="BRI", number="0021-01-055555-50-9", holder="", **facts)
    set_bank_account(bank="BNI", number="1400 0123 4567", holder="Siti", **facts)
    account = selectors.bank_account(books.person("M1"))
    assert account is not None
    assert (account.bank, account.number, account.holder) == ("BNI", "140001234567", "Siti")
    last = AuditRecord.objects.filter(action="settlement.bank_account_set").latest("pk")
    assert last.facts == {"before": "BRI 002101055555509", "after": "BNI 140001234567"}
    for wrong in ("", "12", "abc", "1,4E+12"):
        with pytest.raises(BadAccountNumber), transaction.atomic():
            set_bank_account(bank="BRI", number=wrong, holder="", **facts)
