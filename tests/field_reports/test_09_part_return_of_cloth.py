"""A hundred scarves are ordered from Rina, who gets a hundred pieces of plain cloth.

She brings ten scarves and twenty pieces of cloth that she will not use. The order stays open for
ninety, she still holds seventy, and the books say the same. The order ends by itself when nothing
is left to come, or by somebody's decision with a reason; and all cloth may come back before a
single scarf was made.
"""

from datetime import date
from decimal import Decimal

import pytest

from canting.catalogue.services import create_item, set_norm, set_price
from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from canting.production import selectors as production
from canting.production.rules import OrderStatus, Part
from canting.production.services import open_work_order
from canting.stock import selectors as stock
from canting.stock.services import pool_lot, receive
from tests.field_reports.ground import address, assert_clean, grid, send, shown

START, DAY = date(2026, 11, 2), date(2026, 11, 24)
WORTH = 2_000_000  # of a hundred pieces: 20.000 each


@pytest.fixture
def rina(joined):
    return joined("Rina")


@pytest.fixture
def cloth(cooperative, actor):
    """Plain cloth cut for scarves, a hundred pieces in the store."""
    item = create_item(
        cooperative=cooperative, name="Kain syal", kind="cloth", unit="pcs", actor=actor
    )
    moved = receive(
        cooperative=cooperative, place=stock.store(cooperative), lot=pool_lot(item),
        quantity=Decimal(100), value=WORTH, on=START, source="test:kain", actor=actor,
    )  # fmt: skip
    lines = [debit(moved.role, WORTH), credit("other_income", WORTH)]
    draft = Draft("test:kain", START, "test", "Persediaan uji", lines)
    post_entry(cooperative=cooperative, draft=draft, actor=actor)
    return item


@pytest.fixture
def scarf(cooperative, actor, cloth):
    item = create_item(
        cooperative=cooperative, name="Syal Anggur", kind="product", unit="pcs", technique="cap",
        actor=actor,
    )  # fmt: skip
    set_norm(product=item, material=cloth, quantity=Decimal(1), actor=actor)
    set_price(
        cooperative=cooperative, item=item, price_list="piece_rate", grade="A", amount=15_000,
        valid_from=START, actor=actor,
    )  # fmt: skip
    return item


@pytest.fixture
def order(cooperative, actor, rina, scarf, cloth, day_is, keeper):
    """The order with all its cloth at Rina's."""
    made = open_work_order(
        cooperative=cooperative, product=scarf, basis="commission", quantity=100,
        parts=[Part(rina, 100)], due_date=date(2026, 12, 20), on=START, actor=actor,
    )  # fmt: skip
    given = send(
        keeper, cooperative, "purchasing:hand_out_new", key="kunci-keluar-1", member=rina.number,
        mode="custody", on="03/11/2026", work_order=made.number,
        **grid({"item": cloth.code, "quantity": "100"}),
    )  # fmt: skip
    assert given.status_code == 302, given.content.decode()
    day_is(DAY)
    return made


@pytest.fixture
def keeper(client_as):
    return client_as(Role.STOREKEEPER)


def bring(keeper, order, rina, count, key):
    """Rina brings scarves to the table; all are of grade A."""
    path = address(order.cooperative, "quality:receive")
    answer = keeper.post(
        f"{path}?spk={order.number}&anggota={rina.number}",
        {"grade": "A", "count_a": str(count), "save": "1", "request_key": key},
    )
    assert answer.status_code == 302, answer.content.decode()


def give_back(keeper, order, rina, cloth, count, key):
    return send(
        keeper, order.cooperative, "purchasing:return_new", key=key, member=rina.number,
        on="24/11/2026", work_order=order.number,
        **grid({"item": cloth.code, "quantity": str(count)}),
    )  # fmt: skip


def holds(order, rina, cloth):
    return stock.balance_of(stock.custody_of(order.cooperative, rina.party), pool_lot(cloth))


def custody(order, rina):
    return ledger.party_balance(cooperative=order.cooperative, role="custody", party=rina.party)


def test_ten_scarves_and_twenty_pieces_back_leave_ninety_open_and_seventy_with_her(
    cooperative, order, rina, cloth, keeper, client_as
):
    bring(keeper, order, rina, 10, "kunci-terima-1")
    assert custody(order, rina) == WORTH - 10 * 20_000
    assert give_back(keeper, order, rina, cloth, 20, "kunci-balik-1").status_code == 302
    order.refresh_from_db()
    stages = production.stage_counts(order)
    assert (order.status, stages.with_maker, stages.done) == (OrderStatus.OPEN, 90, 10)
    held = holds(order, rina, cloth)
    assert (held.quantity, held.value, custody(order, rina)) == (70, 1_400_000, 1_400_000)
    page = shown(keeper, cooperative, "stock:custody_list")
    assert "70 pcs" in page
    assert "Rp1.400.000" in page
    manager = client_as(Role.MANAGER)
    assert order.number in shown(manager, cooperative, "production:work_order_list")
    assert "70 pcs" in shown(manager, cooperative, "production:work_order_close", order.number)
    assert "90 helai" in shown(manager, cooperative, "production:work_order_close", order.number)
    assert_clean(cooperative)


def test_it_ends_by_itself_only_when_nothing_is_left_to_come(
    cooperative, order, rina, cloth, keeper
):
    bring(keeper, order, rina, 99, "kunci-terima-1")
    order.refresh_from_db()
    assert order.status == OrderStatus.OPEN
    bring(keeper, order, rina, 1, "kunci-terima-2")
    order.refresh_from_db()
    assert (order.status, order.closed_on) == (OrderStatus.DONE, DAY)
    assert custody(order, rina) == 0
    assert_clean(cooperative)


def test_it_ends_early_by_a_decision_with_a_reason_and_she_keeps_her_seventy(
    cooperative, order, rina, cloth, keeper, client_as
):
    bring(keeper, order, rina, 10, "kunci-terima-1")
    give_back(keeper, order, rina, cloth, 20, "kunci-balik-1")
    manager = client_as(Role.MANAGER)
    view = ("production:work_order_close", order.number)
    silent = send(manager, cooperative, *view, key="kunci-tutup-1", reason="")
    assert silent.status_code == 422
    order.refresh_from_db()
    assert order.status == OrderStatus.OPEN
    reason = "Pembeli mengurangi pesanan"
    assert send(manager, cooperative, *view, key="kunci-tutup-2", reason=reason).status_code == 302
    order.refresh_from_db()
    assert (order.status, order.closed_reason) == (OrderStatus.ENDED, reason)
    assert holds(order, rina, cloth).quantity == 70
    assert_clean(cooperative)


def test_all_cloth_may_come_back_before_anything_was_made(
    cooperative, order, rina, cloth, keeper, client_as
):
    too_much = give_back(keeper, order, rina, cloth, 101, "kunci-balik-1")
    assert too_much.status_code == 422
    assert "100 pcs" in too_much.content.decode()
    assert give_back(keeper, order, rina, cloth, 100, "kunci-balik-2").status_code == 302
    order.refresh_from_db()
    assert order.status == OrderStatus.OPEN
    assert production.stage_counts(order).with_maker == 100
    assert (holds(order, rina, cloth).quantity, custody(order, rina)) == (0, 0)
    assert ledger.balance(cooperative=cooperative, role="mat_cloth") == WORTH
    assert "Kain syal" not in shown(keeper, cooperative, "stock:custody_list")
    assert_clean(cooperative)
