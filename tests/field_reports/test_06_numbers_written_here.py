"""Files and forms hold figures the way people write them here, and a few written another way.

A money column reads whole rupiah or refuses by row, column and value; a quantity column reads
metres and kilograms the way the file says it writes them. Before anything is booked the good and
the bad rows are shown with the sum of the money, and a file of ours reads back the same.
"""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from canting.catalogue.services import create_item
from canting.cooperatives.models import PastedSheet
from canting.cooperatives.rules import Role
from canting.kernel.errors import DomainError
from canting.kernel.money import AmbiguousRupiah, BadRupiah, PartRupiah, parse_rupiah
from canting.kernel.quantities import parse_quantity
from canting.ledger import selectors as ledger
from canting.portal import selectors as portal
from canting.portal.rules.opening import PartState, Step
from canting.savings.services import deposit
from canting.stock import selectors as stock
from tests.builders import CUTOVER, there
from tests.field_reports.ground import address, assert_clean, file_rows, send, shown
from tests.portal.start_steps import typed

READ = {
    "1.500": 1_500,
    "1.500.000": 1_500_000,
    "1.500.000,00": 1_500_000,
    "Rp 1.500.000": 1_500_000,
}
REFUSED = {"2,3": PartRupiah, "12.5": BadRupiah, "1,107.00": BadRupiah, " 110.7 ": BadRupiah}
EMPTY = ["-", ""]
SUM = sum(READ.values())


@pytest.mark.parametrize(("written", "amount"), READ.items())
def test_a_money_cell_is_whole_rupiah(written, amount):
    assert parse_rupiah(written, shorthand=False) == amount


@pytest.mark.parametrize(("written", "refusal"), REFUSED.items())
def test_a_money_cell_that_reads_two_ways_or_holds_a_part_is_refused(written, refusal):
    with pytest.raises(refusal, match=re.escape(written.strip())):
        parse_rupiah(written, shorthand=False)
    assert issubclass(AmbiguousRupiah, BadRupiah)


@pytest.mark.parametrize("written", EMPTY)
def test_no_value_is_not_zero(written):
    assert parse_rupiah(written) is None


@pytest.mark.parametrize(
    ("written", "convention", "quantity"),
    [
        ("2,3", "id", "2.3"), ("1.500", "id", "1500"), ("1.500", "en", "1.5"),
        ("1,107.00", "en", "1107"), ("12.5", "en", "12.5"),
    ],
)  # fmt: skip
def test_a_quantity_is_read_as_the_file_says_it_writes(written, convention, quantity):
    assert parse_quantity(written, convention=convention) == Decimal(quantity)


@pytest.mark.parametrize("written", ["1.500", "1,500"])
def test_a_quantity_of_a_file_that_says_nothing_is_never_guessed(written):
    with pytest.raises(DomainError, match=re.escape(written)):
        parse_quantity(written, convention="unknown")


@pytest.fixture
def manager(client_as, cooperative):
    return client_as(Role.MANAGER)


def test_the_preview_of_members_names_every_bad_row_and_sums_the_money(
    cooperative, manager, joined
):
    cells = [*READ, *REFUSED, *EMPTY]
    lines = [f"Anggota {place};{cell}" for place, cell in enumerate(cells)]
    sheet = SimpleUploadedFile("anggota.csv", "\r\n".join(["Nama;Wajib", *lines]).encode())
    send(manager, cooperative, "members:import_start", key="kunci-berkas-1", file=sheet)
    kept = PastedSheet.objects.get()
    send(manager, cooperative, "members:import_columns", kept.reference, key="kunci-kolom-1",
         c0="full_name", c1="regular_share")  # fmt: skip
    page = shown(manager, cooperative, "members:import_review", kept.reference, semua="1")
    bad = [int(row) for row in re.findall(r'name="c-(\d+)-regular_share"', page)]
    assert bad == [len(READ) + 2 + place for place in range(len(REFUSED))]
    for written in REFUSED:
        assert f"“{written.strip()}”" in page
    assert "Rp4.501.500" in page
    assert SUM == 4_501_500
    taken = send(manager, cooperative, "members:import_take", kept.reference, key="kunci-masuk-1")
    assert taken["Location"] == address(cooperative, "members:import_review", kept.reference)
    assert "Semua baris masuk bersama" in page
    assert ledger.book(cooperative=cooperative).position == 0


def test_the_preview_of_prices_sums_the_good_rows_and_names_the_bad(cooperative, manager):
    cells = [*READ, *REFUSED]
    lines = [f"Bahan {place}\tm\t{cell}" for place, cell in enumerate(cells)]
    answer = send(
        manager, cooperative, "catalogue:import_items", key="kunci-harga-1", which="high",
        text="\n".join(["bahan\tsatuan\tharga", *lines]), price_list="market",
        valid_from="24/11/2026",
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Rp4.501.500" in page
    for written in REFUSED:
        assert f"“{written.strip()}”" in page
    assert page.count("<b>harga:</b>") == len(REFUSED)


def read_stock(cooperative, manager, text, key, **asked):
    """A block pasted into the opening's step of materials; the page shows it before it is saved."""
    view = ("portal:start_part", "bahan")
    answer = send(manager, cooperative, *view, key=key, text=text, read="1",
                  **typed([], key, **asked))  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    return shown(manager, cooperative, *view)


@pytest.fixture
def materials(cooperative, actor):
    for name, kind, unit in (("Mori", "cloth", "m"), ("Malam", "wax", "kg")):
        create_item(cooperative=cooperative, name=name, kind=kind, unit=unit, actor=actor)


STOCK = "bahan\tjumlah\tnilai\nMori\t1.500\t1.500.000,00\nMalam\t2,3\tRp 1.500.000\n"


def test_a_file_declared_indonesian_is_shown_with_samples_and_saved_as_shown(
    cooperative, manager, materials
):
    page = read_stock(cooperative, manager, STOCK, "kunci-bahan-1", numbers="id")
    assert "Angka dibaca cara Indonesia:" in page
    assert page.count("” = ") == 3
    assert "“1.500” = 1.500" in page
    assert "Rp3.000.000" in page
    rows = there(portal.part(cooperative=cooperative, step=Step.STOCK, state=PartState.DRAFT)).rows
    saved = send(manager, cooperative, "portal:start_part", "bahan", key="kunci-simpan-1",
                 **typed(rows, "kunci-simpan-1"))  # fmt: skip
    assert saved.status_code == 302, saved.content.decode()
    lies = {row.lot.item.name: row.quantity for row in stock.on_hand(cooperative)}
    assert lies == {"Mori": Decimal(1500), "Malam": Decimal("2.3")}
    assert_clean(cooperative)


def test_a_file_declared_english_is_written_here_the_indonesian_way(
    cooperative, manager, materials
):
    text = "bahan\tjumlah\tnilai\nMori\t1.500\t1,107.00\nMalam\t12.5\tRp 1,500,000\n"
    page = read_stock(cooperative, manager, text, "kunci-bahan-1", numbers="en")
    assert "Angka dibaca cara Inggris:" in page
    for sample in ("“1.500” = 1,5", "“1,107.00” = 1107", "“12.5” = 12,5"):
        assert sample in page
    rows = there(portal.part(cooperative=cooperative, step=Step.STOCK, state=PartState.DRAFT)).rows
    assert [(row["quantity"], row["value"]) for row in rows] == [
        ("1,5", "1107"),
        ("12,5", "1500000"),
    ]


def test_a_bad_row_stops_nothing_silently(cooperative, manager, materials):
    text = "bahan\tjumlah\tnilai\nMori\t1.500\t2,3\nMalam\t2,3\t1,107.00\nMalam\t1\t1.500\n"
    page = read_stock(cooperative, manager, text, "kunci-bahan-1")
    for row, written in ((2, "2,3"), (3, "1,107.00")):
        assert f"Baris {row}, Nilai" in page
        assert f"“{written}”" in page
    assert "Rp1.500" in page
    rows = there(portal.part(cooperative=cooperative, step=Step.STOCK, state=PartState.DRAFT)).rows
    refused = send(manager, cooperative, "portal:start_part", "bahan", key="kunci-simpan-1",
                   **typed(rows, "kunci-simpan-1"))  # fmt: skip
    assert refused.status_code == 422
    assert ledger.book(cooperative=cooperative).position == 0


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_our_own_file_reads_back_the_same(cooperative, manager, joined, actor, form):
    wulan = joined("Wulan", on=CUTOVER)
    for kind, amount in (("entry_share", 100_000), ("regular_share", 1_500_000)):
        deposit(
            cooperative=cooperative, member=wulan, kind=kind, amount=amount,
            cash_place="cash_main", on=date(2026, 1, 5), actor=actor,
        )  # fmt: skip
    answer = manager.get(address(cooperative, "members:member_export", form))
    row = file_rows(answer, form)[0]
    amounts = [parse_rupiah(cell) for cell in list(row.values())[-4:]]
    assert amounts == [100_000, 1_500_000, 1_600_000, 0]
    assert_clean(cooperative)
