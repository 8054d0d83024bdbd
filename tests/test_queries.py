"""A list asks the database as often for sixty rows as for five, and never more than is set here."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone

from canting.assets import services as assets
from canting.cash.services import pay_cash
from canting.cooperatives.rules import Role
from canting.cooperatives.services import note_device
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from canting.lending import services as lending
from canting.lending.rules import Terms
from canting.members.services import admit_member
from canting.production.rules import Part
from canting.production.services import open_work_order, report_finished
from canting.purchasing import services as buying
from canting.purchasing.models import Supplier
from canting.purchasing.selectors import BuyLine, OutLine
from canting.purchasing.services import PurchaseDraft, hand_out, receive_purchase
from canting.quality.rules import Finding, Result
from canting.quality.services import delivery_of, inspect
from canting.sales import services as sales
from canting.sales.rules import OrderItem, Piece
from canting.savings.services import deposit
from canting.settlement.services import Choice, pay_makers
from canting.stock import selectors as stock
from canting.surplus import services as surplus
from tests import builders, lists
from tests.portal.clock import stop_clock
from tests.production.workshop import FEB_3, JAN_1, Workshop

FEW, MANY = 5, 60
ON = date(2027, 3, 1)
NEXT_DAY = timedelta(days=1)
# Role and path of each list, and the most queries its page may take, whatever its length.
PAGES = {
    "pesanan/": (Role.MANAGER, 6),
    "pembeli/": (Role.MANAGER, 2),
    "piutang/": (Role.MANAGER, 12),
    "anggota/": (Role.MANAGER, 7),
    "kas/": (Role.CASHIER, 27),
    "kas/?place=cash_main": (Role.CASHIER, 27),
    "buku/jurnal/": (Role.MANAGER, 4),
    "buku/neraca-saldo/": (Role.MANAGER, 3),
    "buku/tutup/": (Role.MANAGER, 147),
    "buku/tutup-tahun/": (Role.MANAGER, 8),
    "buku/rantai/": (Role.MANAGER, 4),
    "kas/saldo-bank/": (Role.CASHIER, 6),
    "faktur/": (Role.CASHIER, 4),
    "kirim/": (Role.STOREKEEPER, 7),
    "galeri/nota/": (Role.CASHIER, 2),
    "bayar/": (Role.CASHIER, 15),
    "bayar/slip/": (Role.CASHIER, 2),
    "stok/": (Role.STOREKEEPER, 11),
    "stok/kain/": (Role.STOREKEEPER, 3),
    "stok/pengrajin/": (Role.STOREKEEPER, 2),
    "barang/": (Role.MANAGER, 3),
    "bahan/": (Role.STOREKEEPER, 2),
    "belanja/": (Role.STOREKEEPER, 3),
    "beli/": (Role.STOREKEEPER, 5),
    "pemasok/": (Role.STOREKEEPER, 4),
    "pemasok/P-0001/": (Role.STOREKEEPER, 17),
    "beli/pesanan/": (Role.STOREKEEPER, 8),
    "beli/minta-harga/": (Role.STOREKEEPER, 2),
    "beli/banding/": (Role.STOREKEEPER, 3),
    "kain/": (Role.MANAGER, 7),
    "spk/": (Role.MANAGER, 2),
    "terima/": (Role.MENTOR, 12),
    "periksa/": (Role.MENTOR, 5),
    "setor/semua/": (Role.CASHIER, 2),
    "setor/daftar/": (Role.CASHIER, 9),
    "jejak/": (Role.SUPERVISOR, 2),
    "pengawas/": (Role.SUPERVISOR, 20),
    "pengawas/temuan/": (Role.SUPERVISOR, 3),
    "pengawas/sampel/": (Role.SUPERVISOR, 2),
    "hari-ini/": (Role.MANAGER, 44),
    "rutin/": (Role.CASHIER, 6),
    "biaya-bulan/": (Role.CASHIER, 12),
    "anggaran/": (Role.CASHIER, 10),
    "unit-usaha/": (Role.CASHIER, 10),
    "aset/": (Role.CASHIER, 6),
    "aset/susut/": (Role.CASHIER, 4),
    "hibah/": (Role.CASHIER, 2),
    "shu/": (Role.CASHIER, 12),
    "shu/bayar/": (Role.CASHIER, 12),
    "shu/bukti/": (Role.CASHIER, 2),
    "shu/dana/": (Role.CASHIER, 8),
    "mitra/": (Role.CASHIER, 30),
    "mitra/terus/": (Role.CASHIER, 10),
    "mitra/jatuh-tempo/": (Role.CASHIER, 12),
    "mitra/bunga/": (Role.CASHIER, 12),
    "laporan/": (Role.CASHIER, 36),
    "laporan/posisi-keuangan/": (Role.CASHIER, 12),
    "laporan/hasil-usaha/": (Role.CASHIER, 12),
    "laporan/perubahan-ekuitas/": (Role.CASHIER, 23),
    "laporan/arus-kas/": (Role.CASHIER, 23),
    "laporan/arus-kas/rincian/": (Role.CASHIER, 6),
    "laporan/promosi-ekonomi/": (Role.CASHIER, 44),
    "laporan/catatan/": (Role.CASHIER, 60),
}

# What these list does not grow with trade: they stand here for their sums over it.
STEADY = {
    "rutin/",
    "biaya-bulan/",
    "anggaran/",
    "unit-usaha/",
    "kas/saldo-bank/",
    "buku/tutup-tahun/",
    "belanja/",
    "barang/",
    "beli/banding/",
    "pemasok/",
    "stok/",
    "buku/neraca-saldo/",
    "hari-ini/",
    "jejak/",
    "pengawas/",
    "pengawas/temuan/",
    "pengawas/sampel/",
    "laporan/",
    "laporan/posisi-keuangan/",
    "laporan/hasil-usaha/",
    "laporan/perubahan-ekuitas/",
    "laporan/arus-kas/",
    "laporan/arus-kas/rincian/",
    "laporan/promosi-ekonomi/",
    "laporan/catatan/",
}

# The chain is read a thousand entries at a time, and this year of trade has more than one thousand.
BY_THOUSANDS = {"buku/tutup/": 2}


# Lists whose file has other rows than a table of their page (see tests/test_lists.py).
OTHER_ROWS = {"buku/jurnal/", "kirim/", "stok/", "beli/banding/"}


@dataclass
class Trade:
    """A cooperative whose every list grows by one row with each round."""

    shop: Workshop
    day: date = ON
    rounds: int = 0
    clients: dict[Role, Client] = field(default_factory=dict)
    supplier: Supplier | None = None
    board: Any = None
    partner: Any = None

    @property
    def make(self):
        return {"cooperative": self.shop.cooperative, "actor": self.shop.actor}

    def grow(self, rounds: int) -> None:
        while self.rounds < rounds:
            self.rounds += 1
            member = admit_member(full_name=f"Perajin {self.rounds}", on=JAN_1, **self.make)
            self._money(member)
            self._material(member)
            self._suppliers()
            self._work(member)
            self._cloth(member)
            self._property()
            self._funds(member)
            self._surplus(member)

    def _money(self, member) -> None:
        deposit(
            member=member,
            kind="entry_share",
            amount=100_000,
            cash_place="cash_main",
            on=self.day,
            **self.make,
        )
        pay_cash(
            purpose="office",
            amount=1_000 + self.rounds,
            place="cash_main",
            memo="Fotokopi",
            on=self.day,
            **self.make,
        )

    def _material(self, member) -> None:
        receive_purchase(
            draft=PurchaseDraft(
                lines=[BuyLine(self.shop.mori, Decimal(2), "", 20_000)],
                seller="Toko",
                payment="cash",
                cash_place="bank",
            ),
            on=self.day,
            **self.make,
        )
        hand_out(
            member=member,
            lines=[OutLine(self.shop.mori, Decimal(1))],
            mode="custody",
            basis="commission",
            on=self.day,
            **self.make,
        )

    def _suppliers(self) -> None:
        """A price list, a request, an order: received in part, billed in part."""
        if self.supplier is None:
            self.supplier = buying.add_supplier(name="Toko Mori", **self.make)
        supplier, mori = self.supplier, self.shop.mori
        buying.add_offer_list(
            supplier=supplier,
            lines=[buying.OfferLine(mori, "m", [(1, 20_000)])],
            valid_from=self.day,
            **self.make,
        )
        buying.ask_quotes(
            suppliers=[supplier],
            lines=[buying.AskLine(mori, Decimal(5))],
            on=self.day,
            **self.make,
        )
        order = buying.place_order(
            supplier=supplier,
            lines=[buying.OrderLine(mori, 3, "m", Decimal(1), 20_000)],
            promised_on=self.day,
            on=self.day,
            **self.make,
        )
        line = order.lines.get()
        buying.receive_order(order=order, lines={line: 2}, on=self.day, actor=self.shop.actor)
        draft = buying.BillDraft({line: buying.Billed(1, 20_000)}, nota=f"F-{self.rounds}")
        buying.bill_order(order=order, draft=draft, on=self.day, actor=self.shop.actor)

    def _property(self) -> None:
        """A stove is bought, and a grant comes in."""
        thing = assets.Thing("Kompor", "machine", 60_000, 60, self.day)
        assets.buy_asset(thing=thing, place="bank", on=self.day, **self.make)
        assets.receive_grant(
            giver="Dinas", amount=1_000, treatment="equity", place="bank", on=self.day, **self.make
        )

    def _surplus(self, member) -> None:
        """A member waits for a part of which some is paid; a fund is spent from."""
        lines = [
            debit("bank", 3_000),
            credit("shu_payable", 2_000, member.party),
            credit("fund_social", 1_000),
        ]
        source = f"test.part:{self.rounds}"
        draft = Draft(source, self.day, "test", "Bagian", lines)
        post_entry(cooperative=self.shop.cooperative, draft=draft, actor=self.shop.actor)
        part = surplus.Choice(member.party, "cash", 500)
        surplus.pay_parts(choices=[part], on=self.day, cash_place="cash_main", **self.make)
        pay_cash(
            purpose="social_fund",
            amount=500,
            place="bank",
            memo="Takziah",
            on=self.day,
            **self.make,
        )

    def _funds(self, member) -> None:
        """A contract is written; of two of them money is drawn, passed on, and interest booked."""
        if self.rounds == 1:
            self.board = builders.user("ketua")
            self.partner = lending.add_financier(
                name="Mitra", kind="partner", on=self.day, **self.make
            )
        terms = Terms(4, self.day + 30 * NEXT_DAY, 1, 0, Decimal(6), "flat")
        deal = lending.Deal(f"PK-{self.rounds}", self.day, 500_000, terms)
        facility = lending.approve_facility(
            facility=lending.prepare_facility(
                financier=self.partner, deal=deal, on=self.day, **self.make
            ),
            on=self.day,
            actor=self.board,
        )
        if self.rounds not in {1, FEW + 2}:
            return
        act = {"on": self.day, "actor": self.shop.actor, "place": "bank"}
        lending.draw(facility=facility, amount=400_000, **act)
        onlend = lending.prepare_onlend(
            facility=facility,
            member=member,
            deal=lending.Agreement(300_000, terms),
            on=self.day,
            actor=self.shop.actor,
        )
        lending.approve_onlend(onlend=onlend, on=self.day, actor=self.board)
        lending.pay_out(onlend=onlend, **act)
        lending.accrue(until=self.day + 10 * NEXT_DAY, on=self.day + 10 * NEXT_DAY, **self.make)

    def _work(self, member) -> None:
        order = open_work_order(
            product=self.shop.shirt,
            basis="purchase",
            quantity=2,
            parts=[Part(member, 2)],
            due_date=ON,
            on=FEB_3,
            **self.make,
        )
        part = order.assignments.get()
        report_finished(assignment=part, count=1, on=self.day, actor=self.shop.actor)

    def _cloth(self, member) -> None:
        """Three pieces come in: one waits at the buyer, one is sold and invoiced, one is left."""
        shop = self.shop
        inspect(
            delivery=delivery_of(
                cooperative=shop.cooperative, member=member, product=shop.shirt, basis="purchase"
            ),
            finding=Finding(Result.PASS, {"A": 4}),
            on=self.day,
            actor=shop.actor,
        )
        lot = stock.sellable_lots(shop.cooperative, shop.shirt).order_by("-lot_id")[0].lot
        buyer = sales.create_buyer(name=f"Pembeli {self.rounds}", on=FEB_3, **self.make)
        order = sales.take_order(
            buyer=buyer,
            promised_date=ON,
            lines=[OrderItem(shop.shirt, Decimal(3), 300_000)],
            on=FEB_3,
            **self.make,
        )
        sent = [
            sales.deliver(order=order, pieces=[Piece(lot.code)], on=self.day, actor=shop.actor)
            for _ in range(2)
        ]
        sales.confirm_delivery(
            delivery=sent[0], on=self.day, actor=shop.actor, confirmed_by="Pembeli"
        )
        sales.issue_invoice(order=order, on=self.day, actor=shop.actor)
        sales.sell_at_gallery(
            pieces=[Piece(lot.code, Decimal(1), 300_000)], on=self.day, **self.make
        )
        if self.rounds % 2:
            pay_makers(
                choices=[Choice(member.party_id)], cash_place="bank", on=self.day, **self.make
            )

    def queries(self, path: str) -> tuple[int, int]:
        """How many queries a page takes, and how many bytes it is long."""
        client, address = self.at(path)
        client.get(address)  # what is looked up once for all is not counted
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(address)
        assert answer.status_code == 200, path
        return len(caught), len(answer.content)

    def queries_of_file(self, path: str) -> tuple[int, int]:
        """How many queries the file of a list takes, and how many rows it has."""
        with CaptureQueriesContext(connection) as caught:
            book = lists.workbook(*self.at(path))
        return len(caught), len(book.rows)

    def is_list(self, path: str) -> bool:
        """Whether the page goes out as a file."""
        return hasattr(resolve(self.at(path)[1].partition("?")[0]).func, "listed")

    def at(self, path: str) -> tuple[Client, str]:
        """A client who may open a page, and its address."""
        role, _most = PAGES[path]
        if role not in self.clients:
            client = Client()
            someone = builders.person_with_role(self.shop.cooperative, role)
            client.force_login(someone)
            # As every way of signing in leaves it.
            key = str(client.session.session_key)
            note_device(user=someone, session_key=key, name="Chrome", now=timezone.now())
            self.clients[role] = client
        return self.clients[role], f"/{self.shop.cooperative.slug}/{path}"


@pytest.fixture
def trade(db, monkeypatch) -> Trade:
    stop_clock(monkeypatch)
    actor = builders.user("rini")
    shop = Workshop(builders.cooperative(actor=actor, cutover=JAN_1), actor)
    shop.fund(90_000_000)
    shop.fund(10_000_000, "cash_main")
    shop.stock_store()
    return Trade(shop)


def test_no_list_asks_more_for_sixty_rows_than_for_five(trade):
    trade.grow(FEW)
    few = {path: trade.queries(path) for path in PAGES}
    files = [path for path in PAGES if trade.is_list(path)]
    few_files = {path: trade.queries_of_file(path)[0] for path in files}
    trade.grow(MANY)
    many = {path: trade.queries(path) for path in PAGES}
    many_files = {path: trade.queries_of_file(path) for path in files}
    grown = {
        p: (few[p][0], many[p][0]) for p in PAGES if many[p][0] > few[p][0] + BY_THOUSANDS.get(p, 0)
    }
    above = {p: many[p][0] for p in PAGES if many[p][0] > PAGES[p][1]}
    assert grown == {}
    assert above == {}
    short = {path for path in PAGES if many[path][1] <= few[path][1] and path not in STEADY}
    assert short == set()
    # A file of sixty rows asks no more than one of five, and holds the rows of every page. What is
    # looked up for many rows at once is looked up anew for every five hundred.
    pieces = {p: few_files[p] * (1 + many_files[p][1] // 500) for p in files}
    assert {p: many_files[p] for p in files if many_files[p][0] > pieces[p]} == {}
    other = {
        path
        for path in files
        if many_files[path][1] not in {0, *map(len, lists.tables(*trade.at(path)))}
    }
    assert other == OTHER_ROWS
