"""The slips of the worked year, to the rupiah."""

from datetime import date

from canting.settlement.selectors import deductions
from canting.settlement.services import Choice, pay_makers
from tests.settlement.books import Books

FEB_25 = date(2027, 2, 25)
MARCH_8 = date(2027, 3, 8)


def pay(books: Books, name: str, place: str, on: date, days: str = ""):
    """The one slip of one maker."""
    slips = pay_makers(
        cooperative=books.cooperative,
        choices=[Choice(books.person(name).pk, days=days)],
        cash_place=place,
        on=on,
        actor=books.actor,
    )
    assert len(slips) == 1
    return slips[0]


def figures(slip):
    """Earned, what was taken by kind, taken home, what stays open by kind."""
    taken: dict[str, int] = {}
    left: dict[str, int] = {}
    for row in deductions(slip):
        taken[row.kind] = taken.get(row.kind, 0) + row.amount
        left[row.kind] = left.get(row.kind, 0) + row.due - row.amount
    return slip.earned, taken, slip.paid, {kind: amount for kind, amount in left.items() if amount}


def test_e034_commission_with_damage(books):
    books.wages("M4", 780_000, FEB_25)
    books.wages("M4", 50_000, FEB_25)
    books.damage("M4", 75_014, FEB_25)
    books.wages("M4", 90_000, date(2027, 3, 1))
    books.damage("M4", 19_393, date(2027, 3, 2))
    slip = pay(books, "M4", "cash_main", MARCH_8, days="16")
    assert figures(slip) == (920_000, {"damage": 94_407}, 825_593, {})
    assert books.owes("M4", "wages_payable") == books.owes("M4", "recv_damage") == 0
    books.hold()


def test_e035_commission_with_income_tax_on_one_day(books):
    books.wages("M5", 900_000, date(2027, 3, 2))
    books.wages("M5", 120_000, date(2027, 3, 4))
    slip = pay(books, "M5", "bank", MARCH_8, days="500.000 + 260.000 + 260.000")
    assert figures(slip) == (1_020_000, {"tax": 2_500}, 1_017_500, {})
    assert books.balance("pph21_payable") == 2_500
    assert books.balance("bank") == 30_000_000 - 1_017_500
    books.hold()


def test_e036_purchase_with_material_at_the_cap(books):
    books.credit_material("M1", 600_000, date(2026, 12, 31), memo="Saldo awal bahan")
    books.credit_material("M1", 1_680_000, date(2027, 2, 1))
    books.cloth("M1", 4_050_000, date(2027, 3, 5))
    maker = books.person("M1")
    books.post(
        date(2027, 3, 6),
        "return_to_maker",
        *_returned(maker, 180_000),
        memo="Satu potong cacat kembali",
    )
    slip = pay(books, "M1", "bank", date(2027, 3, 10))
    assert figures(slip) == (3_870_000, {"material": 1_935_000}, 1_935_000, {"material": 345_000})
    assert slip.cap == 1_935_000
    assert books.owes("M1", "recv_member") == 345_000
    books.hold()


def _returned(maker, amount):
    from canting.ledger.rules import credit, debit

    return debit("pay_maker", amount, maker), credit("fg", amount)


def test_e039_credit_due_on_sale_falls_due_with_the_cloth(books):
    books.credit_material("M3", 880_000, date(2027, 2, 2), role="recv_member_on_sale")
    books.cloth("M3", 1_600_000, date(2027, 3, 11))
    slip = pay(books, "M3", "cash_main", date(2027, 3, 12))
    assert figures(slip) == (
        1_600_000,
        {"material_on_sale": 800_000},
        800_000,
        {"material_on_sale": 80_000},
    )
    assert books.owes("M3", "recv_member_on_sale") == 80_000
    books.hold()


def test_e058_e060_e083_nothing_to_deduct(books):
    books.cloth("M6", 210_000, date(2027, 3, 18), memo="Bagian margin 70%")
    books.consigned("M2", 480_000, date(2027, 4, 15))
    books.cloth("M5", 6_300_000, date(2027, 7, 10))
    slips = [
        pay(books, "M6", "cash_main", date(2027, 4, 14)),
        pay(books, "M2", "cash_till", date(2027, 4, 16)),
        pay(books, "M5", "bank", date(2027, 7, 15)),
    ]
    assert [figures(slip) for slip in slips] == [
        (210_000, {}, 210_000, {}),
        (480_000, {}, 480_000, {}),
        (6_300_000, {}, 6_300_000, {}),
    ]
    assert [slip.number for slip in slips] == [
        "BA/2027/04/0001",
        "BA/2027/04/0002",
        "BA/2027/07/0003",
    ]
    books.hold()
