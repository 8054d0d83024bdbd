"""The sales of the worked year 2027: every entry to the rupiah (events.json is the reference)."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from canting.ledger import selectors as ledger
from canting.ledger.rules import credit, debit
from canting.sales import services
from canting.sales.rules import PaidBy, Piece
from canting.sales.services import Till
from canting.stock.rules import Basis, Origin, Terms
from tests import builders
from tests.sales.conftest import Shop, holds

EVENTS = {
    event["id"]: event
    for event in json.loads(
        (Path(__file__).parents[1] / "data" / "worked_year" / "events.json").read_text()
    )["events"]
}


@pytest.fixture
def year(db) -> Shop:
    actor = builders.user("rini")
    cooperative = builders.cooperative(actor=actor, cutover=date(2027, 1, 1))
    return Shop(cooperative, actor)


def expected(event: str, parties: dict[str, str]) -> list[tuple[str, str, int, str]]:
    return sorted(
        (line["role"], line["side"], line["amount"], parties.get(line.get("party", ""), ""))
        for line in EVENTS[event]["lines"]
    )


def on(event: str) -> date:
    return date.fromisoformat(EVENTS[event]["date"])


def same(shop: Shop, event: str, source: str, parties: dict[str, str] | None = None) -> None:
    """The entry of a paper equals the lines of the event, and carries its kind and date."""
    assert shop.lines(source) == expected(event, parties or {})
    entry = ledger.entry_by_source(cooperative=shop.cooperative, source=source)
    assert entry is not None
    assert (entry.kind, entry.entry_date) == (EVENTS[event]["kind"], on(event))


def test_an_order_from_down_payment_to_retention(year):
    b1 = year.buyer("B1")
    party = {"B1": b1.party.number}
    maker = year.member("Bu M4")
    lot = year.lot(quantity=39, value=4_783_176, maker=maker, on=date(2027, 2, 1))
    order = year.order(
        b1,
        on=date(2027, 2, 3),
        down_payment_percent=Decimal(30),
        retention_percent=Decimal(5),
    )
    year.post(
        "test.opening",
        date(2027, 1, 1),
        [debit("bank", 50_000_000), credit("grant_equity", 50_000_000)],
    )

    paid = services.receive_down_payment(
        order=order, amount=3_000_000, cash_place="bank", on=on("E018"), actor=year.actor
    )
    same(year, "E018", f"sales.payment:{paid.number}", party)

    sent = services.deliver(
        order=order, pieces=[Piece(lot.code, Decimal(38))], on=on("E049"), actor=year.actor
    )
    same(year, "E049", f"sales.delivery:{sent.number}")

    services.confirm_delivery(
        delivery=sent,
        rejected=[Piece(lot.code, Decimal(1))],
        note="Warna luntur",
        confirmed_by="B1",
        on=on("E050"),
        actor=year.actor,
    )
    same(year, "E050", f"sales.handover:{sent.number}", party)
    same(year, "E051", f"sales.delivery_returned:{sent.number}")

    invoice = services.issue_invoice(order=order, on=on("E052"), actor=year.actor)
    same(year, "E052", f"sales.invoice:{invoice.number}", party)

    services.book_final_tax(
        cooperative=year.cooperative, month=on("E053"), on=on("E053"), actor=year.actor
    )
    same(year, "E053", "sales.final_tax:2027-03.1")

    payment = services.receive_payment(
        invoice=invoice,
        cash=5_916_250,
        final_tax=46_250,
        penalty=50_000,
        cash_place="bank",
        on=on("E065"),
        actor=year.actor,
    )
    same(year, "E065", f"sales.payment:{payment.number}", party)

    refund = services.refund_down_payment(
        order=order, amount=225_000, cash_place="bank", on=on("E066"), actor=year.actor
    )
    same(year, "E066", f"sales.payment:{refund.number}", party)

    kept = services.receive_retention(
        invoice=invoice, amount=462_500, cash_place="bank", on=on("E093"), actor=year.actor
    )
    same(year, "E093", f"sales.payment:{kept.number}", party)

    last = services.sell_at_gallery(
        cooperative=year.cooperative,
        pieces=[Piece(lot.code, Decimal(1), 200_000)],
        on=date(2027, 9, 30),
        actor=year.actor,
    )
    assert ("cogs_commission", "D", 122_646, "") in year.lines(f"sales.sale:{last.number}")
    for role in ("unbilled", "recv_buyer", "recv_retention", "down_payment", "fg_transit"):
        assert year.balance(role) == 0
    holds(year)


def test_the_till_of_april(year):
    b2 = year.buyer("B2")
    party = {"B2": b2.party.number}
    m1, m2, m6 = (year.member(name) for name in ("Bu M1", "Bu M2", "Bu M6"))
    party["M2"] = m2.number
    m1a = year.lot(
        quantity=10,
        value=2_100_000,
        basis=Basis.PURCHASE,
        maker=m1,
        product="m1A",
        on=date(2027, 1, 5),
    )
    m1b = year.lot(
        quantity=2,
        value=360_000,
        basis=Basis.PURCHASE,
        maker=m1,
        product="m1B",
        grade="B",
        on=date(2027, 1, 5),
    )
    bb6 = year.lot(
        quantity=10,
        value=1_210_000,
        basis=Basis.PURCHASE,
        maker=m6,
        product="bb6",
        terms=Terms(1_000_000, 1_300_000, 70, 210_000),
        on=date(2027, 1, 5),
    )
    titip = year.lot(
        quantity=5, basis=Basis.CONSIGNMENT, maker=m2, product="titip2", on=date(2027, 1, 5)
    )
    luar = year.lot(
        quantity=7, value=1_050_000, basis=Basis.NONE, origin=Origin.OUTSIDE, product="luar",
        on=date(2027, 1, 5),
    )  # fmt: skip

    credit_sale = sell(
        year, "E054", [Piece(m1a.code, Decimal(10), 300_000)], Till(paid_by=PaidBy.CREDIT, buyer=b2)
    )
    same(year, "E054", f"sales.sale:{credit_sale.number}", party)
    invoice = credit_sale.invoices.get()

    note = services.write_credit_note(
        invoice=invoice, piece=Piece(m1a.code), reason="Cacat", on=on("E055"), actor=year.actor
    )
    same(year, "E055", f"sales.credit_note:{note.number}", party)

    qris = sell(year, "E056", [Piece(bb6.code, Decimal(10), 130_000)], Till(paid_by=PaidBy.QRIS))
    same(year, "E056", f"sales.sale:{qris.number}")
    settled = services.settle_qris(
        cooperative=year.cooperative, gross=1_300_000, fee=3_900, on=on("E057"), actor=year.actor
    )
    same(year, "E057", f"sales.qris:{settled.number}")

    mixed = sell(
        year, "E059", [Piece(m1b.code, Decimal(2), 260_000), Piece(titip.code, Decimal(2), 300_000)]
    )
    same(year, "E059", f"sales.sale:{mixed.number}", party)

    outside = sell(year, "E062", [Piece(luar.code, Decimal(6), 220_000)])
    same(year, "E062", f"sales.sale:{outside.number}")
    rounded = sell(year, "E063", [Piece(luar.code, Decimal(1), 219_980)], Till(received=220_000))
    same(year, "E063", f"sales.sale:{rounded.number}")

    services.book_final_tax(
        cooperative=year.cooperative, month=on("E067"), on=on("E067"), actor=year.actor
    )
    same(year, "E067", "sales.final_tax:2027-04.1")

    part = services.receive_payment(
        invoice=invoice, cash=2_000_000, cash_place="bank", on=on("E073"), actor=year.actor
    )
    same(year, "E073", f"sales.payment:{part.number}", party)
    holds(year)


def sell(shop: Shop, event: str, pieces, till: Till | None = None):
    return services.sell_at_gallery(
        cooperative=shop.cooperative, pieces=pieces, on=on(event), actor=shop.actor, till=till
    )


def test_the_sales_of_june_and_july(year):
    b1, m3, m5 = year.buyer("B1"), year.member("Bu M3"), year.member("Bu M5")
    wo1 = year.lot(quantity=1, value=122_646, maker=m5, on=date(2027, 5, 1))
    lot5 = year.lot(
        quantity=30,
        value=6_300_000,
        basis=Basis.PURCHASE,
        maker=m5,
        product="m5",
        on=date(2027, 5, 1),
    )
    lot3 = year.lot(
        quantity=8, value=1_600_000, basis=Basis.PURCHASE, maker=m3, product="m3",
        on=date(2027, 5, 1),
    )  # fmt: skip
    for event, lot, price, till in (
        ("E074", wo1, 200_000, None),
        ("E085", lot5, 320_000, Till(paid_by=PaidBy.BANK, buyer=b1)),
        ("E086", lot3, 300_000, None),
    ):
        sale = sell(year, event, [Piece(lot.code, lot.quantity_made, price)], till)
        same(year, event, f"sales.sale:{sale.number}")
    holds(year)
