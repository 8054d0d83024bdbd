"""Sixty pieces go out on one delivery note, Bu Siti asks for her statement, a receipt
comes off a roll of 58 mm; and a buyer's name looks like a formula.

On paper the heading comes again on every page, no row is cut, totals and signatures stand together
on the last page, long names wrap and nothing is lost at the right. In a sheet names stay text,
nothing is run, and amounts below zero stay numbers.
"""

import io
import json
import re
import zipfile
from datetime import date
from decimal import Decimal
from unittest import mock

import pytest
import typst
from django.utils.translation import override

from canting.cooperatives.rules import Role
from canting.kernel.dates import next_month
from canting.kernel.papers import render, render_pages
from canting.kernel.papers.compiler import ROOT
from canting.ledger import selectors as ledger
from canting.members import papers as member_papers
from canting.members.statements import member_statement
from canting.sales import papers as sales_papers
from canting.sales import services as sales
from canting.sales.rules import OrderItem, Piece
from canting.savings import papers as savings_papers
from canting.savings.services import correct_deposit, deposit
from tests.field_reports.ground import address, assert_clean, shown
from tests.kernel.test_papers import darkest_in_last_columns, size_of
from tests.sales.conftest import Shop
from tests.settlement.books import Books

FORMULA = '=HYPERLINK("http://x","y")'
PHONE = "+62 812, telepon dulu"
LONG = "Batik tulis Anggur dengan isen-isen halus pewarna daun mangga dan secang malam dua kali"
DAY = date(2026, 11, 20)


class Paper:
    """A paper as the house prints it: its pages, and where its parts landed."""

    def __init__(self, where: str, made, *arguments, **facts) -> None:
        name = "render_pages" if hasattr(__import__(where, fromlist=["x"]), "render_pages") else ""
        name = name or "render"
        real = {"render": render, "render_pages": render_pages}[name]
        with mock.patch(f"{where}.{name}", wraps=real) as printing, override("id"):
            assert made(*arguments, **facts).startswith(b"%PDF")
        self.template, self.values = printing.call_args.args

    def landed(self, label: str) -> list[int]:
        """The pages on which parts of this kind begin and end."""
        values = {"lang": "id", **self.values, "marks": True}
        found = typst.query(
            str(ROOT / self.template), f"<{label}>", field="value", root=str(ROOT),
            ignore_system_fonts=True,
            sys_inputs={"values": json.dumps(values, default=str)},
        )  # fmt: skip
        return json.loads(found)

    def assert_whole(self, pages: int) -> None:
        """Heading on every page of rows, no row cut, closing on the last page, pages numbered."""
        rows = self.landed("row")
        assert rows[::2] == rows[1::2]
        assert set(rows) <= set(self.landed("heading"))
        assert set(rows) in (set(range(1, pages + 1)), set(range(1, pages)))
        assert self.landed("closing") == [pages, pages]
        assert self.landed("foot") == list(range(1, pages + 1))
        pictures = render_pages(self.template, {"lang": "id", **self.values}, ppi=40)
        assert len(pictures) == pages
        for picture in pictures:
            assert darkest_in_last_columns(picture, columns=10) == 255


def test_a_delivery_note_of_sixty_lines(cooperative, actor):
    shop = Shop(cooperative, actor)
    buyer = shop.buyer("Toko Batik Nusantara Jaya Abadi dan Keluarga Besar Haji Abdurrahman Wahid")
    lots = [shop.lot(product=LONG if n % 7 == 0 else "Anggur 2,5 m") for n in range(60)]
    order = shop.order(
        buyer, lines=[OrderItem(shop.product(), Decimal(51), 250_000),
                      OrderItem(shop.product(LONG), Decimal(9), 250_000)],
    )  # fmt: skip
    sent = sales.deliver(
        order=order, pieces=[Piece(lot.code) for lot in lots], on=DAY, actor=actor,
        driver="Pak Slamet",
    )  # fmt: skip
    paper = Paper("canting.sales.papers", sales_papers.delivery_note, sent)
    assert len(paper.values["lines"]) == 60
    assert len(paper.landed("row")) == 120
    paper.assert_whole(pages=3)
    assert_clean(cooperative)


@pytest.fixture
def siti(licensed, actor, joined):
    return joined("Siti Aminah Binti Haji Abdurrahman Wahid Hasyim", dusun="Krajan")


@pytest.fixture
def busy(licensed, actor, siti):
    """Twenty months of hers: shares, savings, material on credit and pay, as the house books them."""
    books = Books(licensed, actor)
    books.people["siti"] = siti.party
    for month in range(20):
        on = next_month(date(2026, 1, 5), month)
        for kind, amount in (("regular_share", 20_000), ("voluntary", 10_000)):
            deposit(
                cooperative=licensed, member=siti, kind=kind, amount=amount,
                cash_place="cash_main", on=on, actor=actor,
            )  # fmt: skip
        books.credit_material("siti", 45_000, on, memo=f"Bahan kredit: {LONG}")
        books.cloth("siti", 210_000, on)
        books.wages("siti", 50_000, on)
    return siti


def test_a_statement_of_four_pages(licensed, actor, busy):
    paper = Paper(
        "canting.members.papers", member_papers.statement, cooperative=licensed, member=busy,
        since=date(2026, 1, 1), until=date(2027, 12, 31), made_by=actor,
    )  # fmt: skip
    assert sum(len(account["lines"]) for account in paper.values["accounts"]) == 5 * 21
    paper.assert_whole(pages=4)
    with override("id"):
        totals = dict(paper.values["totals"])
    assert set(totals.values()) == {
        "Rp400.000", "Rp200.000", "Rp900.000", "Rp4.200.000", "Rp1.000.000",
    }  # fmt: skip


def test_a_statement_begins_with_what_the_time_before_ended_with(licensed, busy):
    facts = {"cooperative": licensed, "member": busy}
    first = member_statement(**facts, since=date(2026, 1, 1), until=date(2026, 12, 31))
    second = member_statement(**facts, since=date(2027, 1, 1), until=date(2027, 12, 31))
    assert [part.began for part in second] == [part.ends for part in first]
    assert [part.ends for part in second] == [
        ledger.party_balance(cooperative=licensed, role=part.role, party=busy.party)
        for part in second
    ]


def test_the_statement_is_one_click_from_her_page_and_her_own_from_hers(
    licensed, busy, joined, client_as, day_is
):
    day_is(date(2027, 12, 31))
    clerk = client_as(Role.CASHIER)
    link = address(licensed, "members:member_statement", busy.number)
    assert link in shown(clerk, licensed, "members:member_detail", busy.number)
    answer = clerk.get(link)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    her = client_as(Role.MEMBER, party=busy.party)
    own = address(licensed, "members:my_statement")
    assert own in shown(her, licensed, "members:me")
    assert her.get(own).content.startswith(b"%PDF")
    assert her.get(link).status_code == 403


def test_a_receipt_on_a_roll_of_58_mm_is_as_wide_as_the_roll(licensed, actor, siti):
    made = deposit(
        cooperative=licensed, member=siti, kind="regular_share", amount=480_000,
        cash_place="cash_main", on=date(2026, 2, 5), actor=actor,
    )  # fmt: skip
    facts = {"cooperative": licensed, "size": "58mm", "format": "png"}
    with override("id"):
        picture = savings_papers.receipts(deposits=[(made, 0)], **facts)
    assert abs(size_of(picture)[0] - 464) <= 1
    assert darkest_in_last_columns(picture, columns=30) == 255
    assert_clean(licensed)


def sheet_of(answer) -> str:
    """The first sheet of a workbook as it is stored; it holds no formula and no link."""
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        stored = book.read("xl/worksheets/sheet1.xml").decode()
        every = "".join(book.namelist())
    assert "<f>" not in stored
    assert "<hyperlink" not in stored
    assert "externalLink" not in every
    return stored.replace("&quot;", '"')


@pytest.fixture
def trade(cooperative, actor, joined):
    """A buyer and a member whose names look like formulas, with an order, an invoice and pay."""
    shop = Shop(cooperative, actor)
    buyer = shop.buyer(FORMULA)
    lot = shop.lot()
    order = shop.order(
        buyer, lines=[OrderItem(shop.product(), Decimal(1), 250_000)], buyer_reference=PHONE
    )
    sent = sales.deliver(order=order, pieces=[Piece(lot.code)], on=DAY, actor=actor)
    sales.confirm_delivery(delivery=sent, on=DAY, actor=actor, confirmed_by="Ani")
    sales.issue_invoice(order=order, on=DAY, actor=actor)
    member = joined(FORMULA, phone="+6281200000001", note=PHONE, dusun=PHONE)
    made = deposit(
        cooperative=cooperative, member=member, kind="regular_share", amount=25_000,
        cash_place="cash_main", on=date(2026, 1, 5), actor=actor,
    )  # fmt: skip
    correct_deposit(wrong=made, reason="Salah", on=date(2026, 1, 6), actor=actor)
    return member


SHEETS = {
    "members": ("members:member_export", ["xlsx"], {}, FORMULA),
    "members as a page": ("members:member_list", [], {"unduh": "xlsx"}, FORMULA),
    "orders": ("sales:order_list", [], {"unduh": "xlsx", "keadaan": ""}, FORMULA),
    "orders, what the buyer wrote": (
        "sales:order_list",
        [],
        {"unduh": "xlsx", "keadaan": ""},
        PHONE,
    ),
    "invoices": ("sales:invoice_list", [], {"unduh": "xlsx"}, FORMULA),
    "an account": ("ledger:account_ledger", ["3102"], {"unduh": "xlsx"}, FORMULA),
}


@pytest.mark.parametrize("name", SHEETS)
def test_in_every_list_a_name_like_a_formula_is_text(cooperative, trade, client_as, name):
    view, parts, asked, text = SHEETS[name]
    if view == "ledger:account_ledger":
        parts = [ledger.account_for(cooperative=cooperative, role="share_mandatory").code]
    stored = sheet_of(client_as(Role.MANAGER).get(address(cooperative, view, *parts), asked))
    cell = re.search(rf"<c [^>]*t=\"inlineStr\"[^>]*><is><t[^>]*>[^<]*{re.escape(text)}", stored)
    assert cell, stored[:2000]
    assert ">closed<" not in stored
    assert_clean(cooperative)


@pytest.mark.parametrize(
    "view",
    [
        *(f"reports:{name}_page" for name in ("position", "surplus", "equity", "cash")),
        "reports:promotion_page",
        "reports:notes_page",
        "reports:index",
    ],
)
def test_a_statement_as_a_sheet_runs_nothing(cooperative, trade, client_as, view):
    url = address(cooperative, view)
    stored = sheet_of(client_as(Role.MANAGER).get(url, {"bentuk": "xlsx"}))
    assert "<v>" in stored


def test_text_for_the_bank_and_for_members_marks_what_would_run(cooperative, trade, client_as):
    answer = client_as(Role.MANAGER).get(address(cooperative, "members:member_export", "csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    cells = [cell.strip('"') for line in text.splitlines()[1:] for cell in line.split(";")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    assert any(cell.startswith("'+62") for cell in cells)


def test_amounts_below_zero_stay_numbers(cooperative, trade, client_as):
    code = ledger.account_for(cooperative=cooperative, role="bank").code
    url = address(cooperative, "ledger:account_ledger", code)
    stored = sheet_of(client_as(Role.MANAGER).get(url, {"unduh": "xlsx"}))
    numbers = re.findall(r"<c r=\"[A-Z]+\d+\"(?: s=\"\d+\")?><v>(-?\d+)</v>", stored)
    assert "-120000" in numbers
    assert_clean(cooperative)
