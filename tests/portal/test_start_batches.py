"""A list of batches read into the opening stock: the file a shop program exports as .xls."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from canting.catalogue.services import create_item
from canting.cooperatives.rules import Role
from canting.portal import imports
from canting.portal.rules.opening import Step
from canting.stock import selectors as stock
from canting.stock.services import pool_lot
from tests import builders
from tests.portal.start_steps import typed

B1 = Path(__file__).parents[1] / "data" / "layouts" / "B1_batch.xls"
pytestmark = pytest.mark.django_db


def test_it_is_stock_and_not_members_whatever_its_name_says():
    # layouts.json B1: an HTML table named .xls, two rows, one of them sold
    for name in ("B1_batch.xls", "anggota(3).xls"):
        found = imports.sheet_of_file(step=Step.STOCK, data=B1.read_bytes(), filename=name)
        assert found.rows == [
            {
                "row": "2", "item": "909 Malam klowong", "unit": "Kg", "quantity": "10",
                "batch": "909-3", "expires_on": "2025-09-24",
            }
        ]  # fmt: skip
        assert found.left_out == [3]  # the roll was sold


@pytest.fixture
def page(cooperative):
    return f"/{cooperative.slug}/mulai/isi/bahan/"


@pytest.fixture
def manager(client_as):
    return client_as(Role.MANAGER)


def wax(cooperative, actor, *, tracked):
    return create_item(
        cooperative=cooperative, name="Malam klowong", kind="wax", unit="kg", actor=actor,
        tracked=tracked,
    )  # fmt: skip


ROW = {
    "item": "909 Malam klowong", "quantity": "10", "unit": "Kg", "value": "500.000",
    "batch": "909-3", "expires_on": "2025-09-24",
}  # fmt: skip


def test_a_batch_is_taken_in_with_its_expiry(cooperative, actor, manager, page):
    item = wax(cooperative, actor, tracked=True)
    answer = manager.post(page, typed([ROW], "batch-key-1"))
    assert answer.status_code == 302, answer.text[-3000:]
    balance = stock.balance_of(stock.store(cooperative), pool_lot(item))
    assert (balance.quantity, balance.value) == (Decimal(10), 500_000)
    batch = builders.there(stock.batch_of_item(item, "909-3"))
    assert batch.expires_on == date(2025, 9, 24)


def test_a_batch_of_what_is_not_kept_by_batch_is_asked_about(cooperative, actor, manager, page):
    wax(cooperative, actor, tracked=False)
    answer = manager.post(page, typed([ROW], "batch-key-2"))
    assert answer.status_code == 422
    assert "909-3" in answer.text


def test_a_material_kept_by_batch_needs_one(cooperative, actor, manager, page):
    wax(cooperative, actor, tracked=True)
    answer = manager.post(page, typed([{**ROW, "batch": ""}], "batch-key-3"))
    assert answer.status_code == 422
