"""December 2027 is closed, and on 5 January somebody tries every door with a December date.

A new paper, an old one taken back, a January paper moved into December, a sale undone with its
stock, a delivery confirmed for a day of December, a December line of the bank: each is refused
with the day through which the books are closed, and nothing is half done. A correction is a new,
linked entry of January, on a day that the page shows beforehand.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from canting.cash.services import receive_cash
from canting.catalogue.services import create_item
from canting.cooperatives.rules import Role
from canting.cooperatives.services import set_parameter
from canting.ledger import selectors as ledger
from canting.ledger.errors import PeriodClosed
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import (
    close_month,
    close_year,
    post_entry,
    post_manual,
    prepare_year,
)
from canting.ledger.statements import financial_position, surplus
from canting.members.services import admit_member
from canting.sales import services as sales
from canting.sales.rules import OrderItem, Piece
from canting.savings.services import deposit, withdraw
from canting.stock import selectors as stock
from canting.stock.models import StockMove
from canting.stock.services import pool_lot, receive
from canting.treasury.models import BankLine
from canting.treasury.selectors import entries_of
from tests import builders
from tests.field_reports.ground import assert_clean, grid, send, shown
from tests.sales.conftest import Shop

FIRST, DEC_10, DEC_31 = date(2027, 12, 1), date(2027, 12, 10), date(2027, 12, 31)
JAN_5 = date(2028, 1, 5)
IN_DECEMBER = "20/12/2027"
CLOSED = "Jum, 31 Des 2027"


@pytest.fixture
def cooperative(actor):
    return builders.cooperative(actor=actor, cutover=FIRST)


@dataclass
class House:
    """What stands in the books when December is closed."""

    cooperative: Any
    wulan: Any
    mori: Any
    old_deposit: Any
    new_deposit: Any
    cash_paper: Any
    manual: int
    sale: Any
    delivery: Any

    def state(self) -> dict[str, Any]:
        """Everything an attempt could have changed."""
        papers = [self.old_deposit, self.new_deposit, self.cash_paper, self.sale, self.delivery]
        for paper in papers:
            paper.refresh_from_db()
        return {
            "states": [paper.state for paper in papers],
            "entries": ledger.book(cooperative=self.cooperative).position,
            "moves": StockMove.objects.count(),
            "december": ledger.trial_balance(cooperative=self.cooperative, as_of=DEC_31),
        }


@pytest.fixture
def house(cooperative, actor, day_is):
    facts = {"cooperative": cooperative, "actor": actor}
    shop = Shop(cooperative, actor)
    wulan = admit_member(full_name="Wulan", on=FIRST, **facts)
    mori = create_item(name="Mori", kind="cloth", unit="m", **facts)
    moved = receive(
        place=stock.store(cooperative), lot=pool_lot(mori), quantity=Decimal(40), value=800_000,
        on=FIRST, source="test:mori", **facts,
    )  # fmt: skip
    lines = [debit(moved.role, moved.value), credit("other_income", moved.value)]
    post_entry(draft=Draft("test:mori", FIRST, "test", "Persediaan uji", lines), **facts)
    sold, sent = shop.lot(quantity=2, value=240_000, on=FIRST), shop.lot(on=FIRST)
    order = shop.order(
        quantity=1, on=FIRST, promised_date=JAN_5,
        lines=[OrderItem(shop.product(), Decimal(1), 250_000)],
    )  # fmt: skip
    old = deposit(
        member=wulan, kind="regular_share", amount=25_000, cash_place="cash_main", on=DEC_10,
        **facts,
    )  # fmt: skip
    paper = receive_cash(
        purpose="other_in", amount=120_000, place="cash_main", memo="Sewa meja", on=DEC_10, **facts
    )
    receive_cash(
        purpose="other_in", amount=1_000_000, place="bank", memo="Setoran", on=DEC_10, **facts
    )
    _number, posted = post_manual(
        lines=[debit("utilities", 75_000), credit("accrued", 75_000)], memo="Listrik", on=DEC_10,
        **facts,
    )  # fmt: skip
    sale = sales.sell_at_gallery(pieces=[Piece(sold.code, Decimal(1))], on=DEC_10, **facts)
    delivery = sales.deliver(order=order, pieces=[Piece(sent.code)], on=DEC_10, actor=actor)
    close_month(month=FIRST, on=date(2028, 1, 2), **facts)
    new = deposit(
        member=wulan, kind="regular_share", amount=25_000, cash_place="cash_main", on=JAN_5, **facts
    )
    day_is(JAN_5)
    return House(cooperative, wulan, mori, old, new, paper, posted.position, sale, delivery)


def deposit_typed(house, **changed):
    return {
        "member": house.wulan.number, "kind": "regular_share", "amount": "25.000",
        "cash_place": "cash_main", "on": IN_DECEMBER, **changed,
    }  # fmt: skip


def lines_typed(cooperative, amount):
    def code(role):
        return ledger.account_for(cooperative=cooperative, role=role).code

    rows = [{"account": code("utilities"), "debit": amount}, {"account": code("accrued"),
            "credit": amount}]  # fmt: skip
    return grid(*rows, prefix="baris")


def till_typed(house, **changed):
    return {
        "code": house.sale.lines.get().lot.code, "quantity": "1", "price": "250.000",
        "paid_by": "cash", "counterparty_class": "nonmember", "on": IN_DECEMBER, **changed,
    }  # fmt: skip


DOORS: dict[str, tuple[Role, str, Any, Any]] = {
    "a deposit": (Role.CASHIER, "savings:deposit_new", lambda h: [], deposit_typed),
    "a cash receipt": (
        Role.CASHIER, "cash:cash_record", lambda h: [],
        lambda h: {"purpose": "other_in", "amount": "50.000", "place": "cash_main",
                   "memo": "Sewa meja", "on": IN_DECEMBER},
    ),
    "an entry by hand": (
        Role.MANAGER, "ledger:entry_create", lambda h: [],
        lambda h: {"on": IN_DECEMBER, "memo": "Listrik", **lines_typed(h.cooperative, "5.000")},
    ),
    "a hand-out": (
        Role.STOREKEEPER, "purchasing:hand_out_new", lambda h: [],
        lambda h: {"member": h.wulan.number, "mode": "custody", "on": IN_DECEMBER,
                   **grid({"item": h.mori.code, "quantity": "5"})},
    ),
    "a sale": (Role.CASHIER, "sales:till", lambda h: [], till_typed),
    "a December deposit taken back": (
        Role.CASHIER, "savings:deposit_correct", lambda h: [h.old_deposit.number],
        lambda h: deposit_typed(h, only_cancel="on", reason="Salah orang"),
    ),
    "a December receipt taken back": (
        Role.CASHIER, "cash:paper_correct", lambda h: [h.cash_paper.number],
        lambda h: {"purpose": "other_in", "amount": "100.000", "place": "cash_main",
                   "memo": "Sewa meja", "on": IN_DECEMBER, "reason": "Salah hitung"},
    ),
    "a December entry reversed": (
        Role.MANAGER, "ledger:entry_correct", lambda h: [h.manual],
        lambda h: {"on": IN_DECEMBER, "memo": "Listrik", "reason": "Salah", "only_reverse": "on",
                   **lines_typed(h.cooperative, "75.000")},
    ),
    "a January deposit moved into December": (
        Role.CASHIER, "savings:deposit_correct", lambda h: [h.new_deposit.number],
        lambda h: deposit_typed(h, reason="Dibayar Desember"),
    ),
    "a December sale undone": (
        Role.CASHIER, "sales:sale_correct", lambda h: [h.sale.number],
        lambda h: till_typed(h, reason="Pembeli batal"),
    ),
    "a delivery confirmed for December": (
        Role.STOREKEEPER, "sales:delivery_confirm", lambda h: [h.delivery.number],
        lambda h: {"outcome": "complete", "confirmed_by": "Bu Ani", "on": IN_DECEMBER},
    ),
}  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_every_door_is_refused_with_the_day_and_leaves_nothing_half_done(house, client_as, door):
    role, view, parts, typed = DOORS[door]
    before = house.state()
    client = client_as(role)
    answer = send(client, house.cooperative, view, *parts(house), key="kunci-desember",
                  **typed(house))  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422, page[:300]
    assert CLOSED in page
    assert "20/12/2027" in page or "2027-12-20" in page
    assert house.state() == before
    assert_clean(house.cooperative)


def test_a_correction_is_a_new_linked_entry_of_january_on_a_day_that_is_shown(house, client_as):
    before = ledger.trial_balance(cooperative=house.cooperative, as_of=DEC_31)
    client, view = client_as(Role.CASHIER), "savings:deposit_correct"
    page = shown(client, house.cooperative, view, house.old_deposit.number)
    assert 'value="2028-01-05"' in page
    answer = send(
        client, house.cooperative, view, house.old_deposit.number, key="kunci-januari",
        **deposit_typed(house, on="05/01/2028", amount="50.000", reason="Kurang hitung"),
    )  # fmt: skip
    assert answer.status_code == 302
    house.old_deposit.refresh_from_db()
    assert house.old_deposit.state == "reversed"
    entry = ledger.entry_by_source(
        cooperative=house.cooperative, source=f"savings.deposit:{house.old_deposit.number}"
    )
    assert entry is not None
    back = ledger.is_reversed(entry=entry)
    assert back is not None
    assert (entry.entry_date, back.entry_date) == (DEC_10, JAN_5)
    assert ledger.trial_balance(cooperative=house.cooperative, as_of=DEC_31) == before
    assert_clean(house.cooperative)


def test_a_withdrawal_is_taken_back_on_a_day_that_is_shown_and_never_in_december(house, client_as):
    set_parameter(
        cooperative=house.cooperative, name="savings_loan.licence", value="USP-7/2027",
        valid_from=FIRST, source="Izin USP 7/2027", actor=house.old_deposit.made_by,
    )  # fmt: skip
    facts = {"cooperative": house.cooperative, "member": house.wulan, "cash_place": "cash_main",
             "on": JAN_5, "actor": house.old_deposit.made_by, "kind": "voluntary"}  # fmt: skip
    deposit(amount=60_000, **facts)
    paid = withdraw(amount=40_000, **facts)
    page = shown(client_as(Role.CASHIER), house.cooperative, "savings:withdrawal_correct",
                 paid.number)  # fmt: skip
    assert 'value="2028-01-05"' in page
    before = house.state()
    refused = send(
        client_as(Role.CASHIER), house.cooperative, "savings:withdrawal_correct", paid.number,
        key="kunci-desember", on=IN_DECEMBER, kind="voluntary", amount="40.000",
        cash_place="cash_main", only_cancel="on", reason="Salah hitung",
    )  # fmt: skip
    assert refused.status_code == 422
    assert CLOSED in refused.content.decode()
    paid.refresh_from_db()
    assert paid.state == "posted"
    assert house.state() == before
    assert_clean(house.cooperative)


def test_a_closed_year_reads_the_same_after_every_attempt(house, actor, settings, tmp_path):
    """The year is closed too: its result went to equity, and its statements stay to the rupiah."""
    settings.MEDIA_ROOT = tmp_path
    coop, second = house.cooperative, builders.user("maimunah")

    def statements():
        return (
            financial_position(cooperative=coop, as_of=DEC_31),
            surplus(cooperative=coop, since=date(2027, 1, 1), until=DEC_31),
        )

    before = statements()
    prepare_year(cooperative=coop, year=2027, on=JAN_5, actor=actor)
    act = close_year(cooperative=coop, year=2027, on=JAN_5, actor=second)
    assert act.surplus == before[1].after_tax.total
    lines = [debit("utilities", 5_000), credit("accrued", 5_000)]
    draft = Draft("test:late", DEC_10, "test", "Listrik", lines)
    with pytest.raises(PeriodClosed, match="31 Des 2027"), transaction.atomic():
        post_entry(cooperative=coop, draft=draft, actor=actor)
    assert statements() == before
    opening = ledger.balances(cooperative=coop, as_of=date(2028, 1, 1))
    assert opening["shu_previous"] == act.surplus
    assert_clean(coop)


FROM_THE_BANK = """Tanggal;Uraian;Debet;Kredit;Saldo
10/12/2027;SETORAN;;1.000.000,00;1.000.000,00
20/12/2027;BIAYA ADM;12.500,00;;987.500,00
"""


def test_a_december_line_of_the_bank_is_read_but_booked_in_january_on_a_day_that_is_shown(
    house, client_as
):
    """Reading the list books nothing; what it moved is asked for a day, and sees it."""
    before = house.state()
    cashier = client_as(Role.CASHIER)
    read = send(cashier, house.cooperative, "treasury:bank_read", key="kunci-bank",
                account="1111", pasted=FROM_THE_BANK)  # fmt: skip
    assert read.status_code == 302, read.content.decode()[:400]
    assert house.state() == before
    line = BankLine.objects.get(cooperative=house.cooperative, amount=-12_500)
    assert 'value="2028-01-05"' in shown(cashier, house.cooperative, "treasury:bank_line", line.pk)
    typed = {"purpose": "bank_fee", "memo": "Adm Desember"}
    refused = send(cashier, house.cooperative, "treasury:bank_book", line.pk, key="kunci-adm-1",
                   on=IN_DECEMBER, **typed)  # fmt: skip
    page = refused.content.decode()
    assert refused.status_code == 422
    assert CLOSED in page
    assert "20/12/2027" in page or "2027-12-20" in page
    assert house.state() == before
    assert_clean(house.cooperative)
    taken = send(cashier, house.cooperative, "treasury:bank_book", line.pk, key="kunci-adm-2",
                 on="05/01/2028", **typed)  # fmt: skip
    assert taken.status_code == 302, taken.content.decode()[:400]
    (entry,) = entries_of(line)
    assert entry.entry_date == JAN_5
    assert ledger.trial_balance(cooperative=house.cooperative, as_of=DEC_31) == before["december"]
    assert_clean(house.cooperative)
