"""`canting import stock`: rows judged by cell, booked whole or not at all, or kept on the page."""

import json
import sys
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from canting.catalogue.services import create_item
from canting.config import cli
from canting.portal import selectors
from canting.portal.rules.opening import PartState, Step
from canting.stock import selectors as stock
from canting.stock.services import pool_lot
from tests.portal.start_steps import balances
from tests.portal.test_start_batches import B1

pytestmark = pytest.mark.django_db
PRICED = "Kode Barang;Nama Barang;Satuan;Qty;Nilai\n909;Malam klowong;kg;10;500.000\n"


def run(capsys, cooperative, file, *options):
    code, said = 0, ""
    try:
        call_command(
            "import_stock", str(file), "--cooperative", cooperative.slug, "--json",
            "--language", "en", *options,
        )  # fmt: skip
    except CommandError as ended:
        code, said = ended.returncode, str(ended)
    return code, json.loads(capsys.readouterr().out or "null"), said


@pytest.fixture
def wax(cooperative, actor):
    return create_item(
        cooperative=cooperative, name="Malam klowong", kind="wax", unit="kg", actor=actor
    )


@pytest.fixture
def priced(tmp_path):
    file = tmp_path / "stok.csv"
    file.write_text(PRICED, encoding="utf-8")
    return file


def parts(cooperative):
    return [
        selectors.part(cooperative=cooperative, step=Step.STOCK, state=state)
        for state in (PartState.DRAFT, PartState.POSTED)
    ]


def test_a_list_of_batches_without_values_is_refused_by_row_and_cell(capsys, cooperative, wax):
    code, report, said = run(capsys, cooperative, B1)
    assert (code, report["accepted"], report["left_out"]) == (1, [], [3])
    named = {(one["row"], one["column"]) for one in report["refused"]}
    assert {(2, "Batch"), (2, "Value")} & named
    assert "--draft" in said
    assert parts(cooperative) == [None, None]


def test_its_rows_wait_on_the_page_as_a_draft(capsys, cooperative, wax):
    code, report, _said = run(capsys, cooperative, B1, "--draft")
    assert code == 0
    assert report["refused"]
    draft, booked = parts(cooperative)
    assert booked is None
    assert [row["item"] for row in draft.rows] == ["909 Malam klowong"]


def test_good_rows_are_booked_once_at_their_value(capsys, cooperative, wax, priced):
    assert run(capsys, cooperative, priced, "--dry-run")[0] == 0
    assert parts(cooperative) == [None, None]
    code, report, _said = run(capsys, cooperative, priced)
    assert (code, report["accepted"], report["refused"]) == (0, [2], [])
    balance = stock.balance_of(stock.store(cooperative), pool_lot(wax))
    assert (balance.quantity, balance.value) == (Decimal(10), 500_000)
    assert sum(balances(cooperative, cooperative.cutover_date).values()) == 0
    # What stands in the books is changed on its page, where both are seen.
    code, _report, said = run(capsys, cooperative, priced)
    assert code == 1
    assert "page" in said
    assert stock.balance_of(stock.store(cooperative), pool_lot(wax)).quantity == 10


def test_no_such_cooperative_and_no_table_end_with_two(capsys, cooperative, tmp_path):
    empty = tmp_path / "kosong.csv"
    empty.write_text("", encoding="utf-8")
    assert run(capsys, cooperative, empty)[0] == 2
    with pytest.raises(CommandError):
        call_command("import_stock", str(empty), "--cooperative", "tidak-ada")


def test_import_stock_is_said_as_two_words(monkeypatch):
    said: list[list[str]] = []
    monkeypatch.setattr(sys, "argv", ["canting", "import", "stock", "stok.csv"])
    monkeypatch.setattr(cli, "execute_from_command_line", said.append)
    cli.main()
    assert said == [["canting", "import_stock", "stok.csv"]]
