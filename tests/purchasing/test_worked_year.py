"""The invented year of the cooperative: every line of its material events, to the rupiah."""

from datetime import date
from decimal import Decimal

import pytest

from canting.ledger.models import JournalLine
from canting.purchasing import selectors, services
from canting.purchasing.invariants import INVARIANTS as purchasing_laws
from canting.stock import selectors as stock_selectors
from canting.stock.invariants import INVARIANTS as stock_laws
from tests.purchasing.worked_year import Year, day

S1 = "Toko Mori Sumber Jaya"


@pytest.fixture
def year(db) -> Year:
    return Year()


def test_e005_goods_are_ours_from_loading(year):
    year.e005()
    assert year.lines_of("purchase_shipped") == [
        [("D", "mat_transit", 11_420_000, ""), ("K", "pay_supplier", 11_420_000, S1)]
    ]


def test_e006_freight_is_shared_by_value_when_they_arrive(year):
    year.e006(year.e005())
    assert year.lines_of("purchase_received") == [
        [
            ("D", "mat_cloth", 9_975_000, ""),
            ("D", "mat_wax", 2_016_000, ""),
            ("K", "mat_transit", 11_420_000, ""),
            ("K", "cash_main", 571_000, ""),
        ]
    ]


def test_e007_a_purchase_paid_at_once(year):
    year.e007()
    assert year.lines_of("purchase_cash") == [
        [("D", "mat_dye", 3_000_000, ""), ("K", "bank", 3_000_000, "")]
    ]


def test_e008_and_e009_goods_go_back_and_an_invoice_differs(year):
    year.bought()
    assert year.lines_of("supplier_return") == [
        [
            ("D", "pay_supplier", 380_000, S1),
            ("D", "price_diff", 7_857, ""),
            ("K", "mat_cloth", 387_857, ""),
        ]
    ]
    assert year.lines_of("price_difference") == [
        [("D", "mat_wax", 60_000, ""), ("K", "pay_supplier", 60_000, S1)]
    ]


def test_e010_the_supplier_is_paid_and_the_bank_takes_its_charge(year):
    year.bought()
    services.pay_supplier(
        cooperative=year.coop,
        supplier=year.s1,
        amount=8_000_000,
        charge=2_500,
        cash_place="bank",
        on=day(1, 25),
        actor=year.actor,
    )
    assert year.lines_of("supplier_paid") == [
        [
            ("D", "pay_supplier", 8_000_000, S1),
            ("D", "bank_charges", 2_500, ""),
            ("K", "bank", 8_002_500, ""),
        ]
    ]
    assert selectors.owed_to(cooperative=year.coop, supplier=year.s1) == 5_100_000


def hand_outs(year) -> None:
    """E011 to E017 in their order."""
    year.bought()
    year.hand("M2", "cash", day(2, 1), ("mori", "10"), cash_place="cash_main")
    year.hand("M1", "credit", day(2, 1), ("mori", "60"), ("malam", "10"))
    year.hand("M3", "credit_on_sale", day(2, 2), ("mori", "40"))
    for who in ("M4", "M5"):
        year.hand(who, "custody", day(2, 3), ("mori", "50"), ("malam", "10"), ("dye", "2"))
    year.hand(
        None, "cash", day(2, 5), ("dye", "2"), cash_place="cash_main", buyer_name="Sanggar luar"
    )


def test_e011_to_e017_material_is_handed_out_in_five_ways(year):
    hand_outs(year)
    assert year.lines_of("handout_cash") == [
        [
            ("D", "cash_main", 220_000, ""),
            ("K", "sales_material_m", 220_000, ""),
            ("D", "cogs_material_m", 193_929, ""),
            ("K", "mat_cloth", 193_929, ""),
        ]
    ]
    assert year.lines_of("handout_credit") == [
        [
            ("D", "recv_member", 1_680_000, "Aminah"),
            ("K", "sales_material_m", 1_680_000, ""),
            ("D", "cogs_material_m", 1_491_171, ""),
            ("K", "mat_cloth", 1_163_571, ""),
            ("K", "mat_wax", 327_600, ""),
        ]
    ]
    assert year.lines_of("handout_credit_on_sale") == [
        [
            ("D", "recv_member_on_sale", 880_000, "Cicik"),
            ("K", "sales_material_m", 880_000, ""),
            ("D", "cogs_material_m", 775_714, ""),
            ("K", "mat_cloth", 775_714, ""),
        ]
    ]
    assert year.lines_of("handout_custody") == [
        [
            ("D", "custody", 1_597_243, name),
            ("K", "mat_cloth", 969_643, ""),
            ("K", "mat_wax", 327_600, ""),
            ("K", "mat_dye", 300_000, ""),
        ]
        for name in ("Darmi", "Endang")
    ]
    assert year.lines_of("sale_material_nonmember") == [
        [
            ("D", "cash_main", 380_000, ""),
            ("K", "sales_material_n", 380_000, ""),
            ("D", "cogs_n", 300_000, ""),
            ("K", "mat_dye", 300_000, ""),
        ]
    ]


def test_revenue_and_cost_carry_whose_business_they_are(year):
    hand_outs(year)
    rows = JournalLine.objects.filter(cooperative=year.coop, account__code__regex="^[45]1")
    assert {row.business for row in rows} == {"member"}
    rows = JournalLine.objects.filter(cooperative=year.coop, account__code__in=["4220", "5210"])
    assert {row.business for row in rows} == {"nonmember"}


def test_e025_and_e029_unused_material_comes_back_at_her_average(year):
    hand_outs(year)
    for who, quantity, on in (("M4", "4", day(3, 2)), ("M5", "5", day(3, 4))):
        services.return_materials(
            cooperative=year.coop,
            member=year.people[who],
            lines=[year.out("mori", quantity)],
            on=on,
            actor=year.actor,
        )
    assert year.lines_of("material_return") == [
        [("D", "mat_cloth", 77_571, ""), ("K", "custody", 77_571, "Darmi")],
        [("D", "mat_cloth", 96_964, ""), ("K", "custody", 96_964, "Endang")],
    ]


def test_v25_an_invoice_for_material_of_which_a_quarter_is_left(year):
    draft = services.PurchaseDraft(lines=[year.buy("dye", "40", 25_000)], supplier=year.s1)
    receipt = services.receive_purchase(
        cooperative=year.coop, draft=draft, on=day(1, 5), actor=year.actor
    )
    year.hand(None, "cash", day(1, 6), ("dye", "30"), cash_place="cash_main")
    line = receipt.purchase.lines.get()
    services.change_price(line=line, price=25_500, on=day(1, 9), actor=year.actor)
    assert year.lines_of("price_difference") == [
        [
            ("D", "mat_dye", 5_000, ""),
            ("D", "price_diff", 15_000, ""),
            ("K", "pay_supplier", 20_000, S1),
        ]
    ]


def test_both_due_rules_count_what_is_owed(year):
    hand_outs(year)

    def dues(who, on):
        found = selectors.material_dues(cooperative=year.coop, party=year.people[who].party, on=on)
        return found.due_now, found.due_on_sale, found.not_yet_due

    assert dues("M1", day(2, 10)) == (600_000, 0, 1_680_000)
    assert dues("M1", day(3, 1)) == (2_280_000, 0, 0)
    assert dues("M3", day(3, 1)) == (0, 880_000, 0)
    assert dues("M3", day(7, 31)) == (0, 880_000, 0)
    assert dues("M3", date(2027, 8, 1)) == (880_000, 0, 0)


def test_a_line_keeps_the_facts_that_nobody_can_add_later(year):
    hand_outs(year)
    sold = selectors.hand_outs(cooperative=year.coop, party=year.people["M2"].party).get()
    line = selectors.hand_out_lines(sold).get()
    assert (line.basis, line.counterparty_class, line.origin) == ("purchase", "member", "outside")
    assert (line.reference_price, line.reference_place) == (24_000, "Pasar Klewer")
    assert line.own_date == day(2, 1)
    assert line.funds_source == "own"
    wax = selectors.hand_outs(cooperative=year.coop, party=year.people["M1"].party).get()
    assert [row.reference_price for row in selectors.hand_out_lines(wax)] == [24_000, 0]


def test_stock_of_the_year_is_what_the_year_says(year):
    hand_outs(year)
    store = stock_selectors.store(year.coop)
    rows = {
        row.lot.item.name: (row.quantity, row.value)
        for row in stock_selectors.on_hand(year.coop, place_kind="store")
    }
    assert store.kind == "store"
    assert rows["Pewarna naphthol"] == (Decimal(14), 2_100_000)
    assert rows["Mori primissima"][0] == Decimal(470)


def test_stock_and_books_agree_after_the_whole_year(year):
    hand_outs(year)
    for invariant in (*stock_laws, *purchasing_laws):
        assert list(invariant.breaches(year.coop)) == [], invariant.name
