"""Work orders: split, stages, reports, ending; field report 9 and what is refused."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from canting.members.models import Member
from canting.production import selectors, services
from canting.production.errors import (
    CloseReasonNeeded,
    MakerNotActive,
    MakerTwice,
    NoPieces,
    NoRates,
    NotEnoughInWork,
    NothingToFinish,
    PartTooSmall,
    ReasonNeeded,
    SplitDiffers,
    StagesTooMany,
)
from canting.production.models import WorkOrder
from canting.production.rules import (
    Part,
    Pieces,
    equal_shares,
    lots_of,
    margin_share,
    part_of,
    planned_pieces,
    split_value,
    stages_of,
)
from tests.production.workshop import FEB_3, FEB_25, D

pytestmark = pytest.mark.django_db


@dataclass
class Row:
    """The counts of an assignment, without a database."""

    quantity: int
    waxed: int = 0
    dyed: int = 0
    boiled: int = 0
    reported: int = 0
    accepted: int = 0
    rejected: int = 0
    rework: int = 0


@given(st.integers(1, 10_000), st.integers(1, 60))
def test_equal_shares_add_up_and_differ_by_one_at_most(quantity, makers):
    shares = equal_shares(quantity, makers)
    assert sum(shares) == quantity
    assert max(shares) - min(shares) <= 1


@given(st.integers(0, 10**9), st.lists(st.integers(1, 50), min_size=1, max_size=9))
def test_material_over_lots_adds_up(total, counts):
    pieces = [Pieces("A", count) for count in counts]
    assert sum(split_value(total, pieces)) == total
    assert sum(lot.quantity for lot in lots_of("tulis", pieces)) == sum(counts)
    assert len(lots_of("cap", pieces)) == len(counts)


@given(st.integers(1, 10**10), st.integers(0, 10**10), st.integers(0, 100))
def test_a_margin_is_shared_whole(advance, margin, percent):
    hers = margin_share(advance + margin, advance, percent)
    assert 0 <= hers <= margin
    assert margin_share(advance, advance, percent) == 0
    assert margin_share(max(advance - margin, 0), advance, percent) == 0


@given(st.integers(0, 10**9), st.lists(st.integers(1, 9), min_size=1, max_size=8))
def test_parts_of_a_contract_add_up_in_any_pieces(total, deliveries):
    pieces, before, sum_of_parts = sum(deliveries), 0, 0
    for now in deliveries:
        sum_of_parts += part_of(total, pieces=pieces, before=before, now=now)
        before += now
    assert sum_of_parts == total


@given(
    st.integers(1, 200), st.integers(0, 90), st.integers(0, 90), st.integers(0, 90),
    st.integers(0, 300), st.integers(0, 60), st.integers(0, 20), st.integers(0, 20),
)  # fmt: skip
def test_stages_always_add_up(quantity, waxed, dyed, boiled, reported, accepted, rejected, rework):
    accepted = min(accepted, quantity)
    rejected = min(rejected, quantity - accepted)
    rework = min(rework, quantity - accepted - rejected)
    stages = stages_of(
        Row(
            quantity=quantity,
            waxed=waxed,
            dyed=dyed,
            boiled=boiled,
            reported=reported,
            accepted=accepted,
            rejected=rejected,
            rework=rework,
        )
    )
    assert stages.total == quantity - rejected
    assert min(stages.plain, stages.waxed, stages.dyed, stages.boiled, stages.inspection) >= 0


@pytest.mark.parametrize(
    ("split", "quantity", "refusal"),
    [
        ({"M4": 20, "M5": 19}, 40, SplitDiffers),
        ({"M4": 0}, 0, NoPieces),
        ({"M4": 41, "M5": -1}, 40, NoPieces),
    ],
)
def test_a_wrong_split_is_refused(shop, split, quantity, refusal):
    with pytest.raises(refusal), transaction.atomic():
        shop.order(split, quantity=quantity)
    assert not WorkOrder.objects.exists()


def test_who_stands_twice_or_left_gets_no_work(shop):
    both = [Part(shop.makers["M4"], 1), Part(shop.makers["M4"], 1)]
    order = dict(
        cooperative=shop.cooperative,
        product=shop.shirt,
        basis="commission",
        quantity=2,
        due_date=FEB_25,
        on=FEB_3,
        actor=shop.actor,
    )
    with pytest.raises(MakerTwice, match="Darmi"):
        services.open_work_order(parts=both, **order)
    Member.objects.filter(pk=shop.makers["M4"].pk).update(status="left")
    left = Member.objects.get(pk=shop.makers["M4"].pk)
    with pytest.raises(MakerNotActive, match="Darmi"), transaction.atomic():
        services.open_work_order(parts=[Part(left, 2)], **order)


def test_a_product_without_a_price_gives_no_work(shop, actor):
    from canting.catalogue.services import create_item

    bag = create_item(
        cooperative=shop.cooperative, name="Tas", kind="product", unit="pcs", actor=actor
    )
    with pytest.raises(NoRates, match="Tas"), transaction.atomic():
        shop.order({"M4": 1}, product=bag)
    assert shop.order({"M4": 1}, product=bag, basis="consignment").rates == {}


def test_the_order_keeps_the_rates_and_norms_of_its_day(shop):
    order = shop.order()
    assert order.number == "SPK/2027/02/0001"
    assert order.rates == {"A": 50_000, "B": 45_000}
    assert [str(norm) for _item, norm in selectors.norms_of(order)] == [
        "2.2500",
        "0.5000",
        "0.1000",
    ]


def test_the_split_changes_but_never_below_what_was_brought(stocked):
    shop = stocked
    order = shop.order({"M4": 20, "M5": 20})
    shop.inspect(assignment=shop.part(order, "M4"), counts={"A": 5})
    makers = shop.makers
    with pytest.raises(PartTooSmall, match="Darmi"), transaction.atomic():
        services.change_split(
            order=order, parts=[Part(makers["M4"], 4)], on=FEB_25, actor=shop.actor
        )
    changed = services.change_split(
        order=order,
        parts=[Part(makers["M4"], 5), Part(makers["M1"], 10)],
        on=FEB_25,
        actor=shop.actor,
    )
    assert changed.quantity == 15
    rows = {row.member.full_name: row.quantity for row in selectors.assignments(order=order)}
    assert rows == {"Darmi": 5, "Aminah": 10}


def test_reports_move_pieces_on_and_more_than_asked_is_flagged(shop):
    order = shop.order({"M4": 10})
    part = shop.part(order, "M4")
    services.set_stages(assignment=part, waxed=2, dyed=3, boiled=1, on=FEB_3, actor=shop.actor)
    services.report_finished(assignment=part, count=5, on=FEB_25, actor=shop.actor)
    stages = stages_of(shop.part(order, "M4"))
    assert (stages.plain, stages.waxed, stages.dyed, stages.boiled, stages.inspection) == (
        4,
        1,
        0,
        0,
        5,
    )
    report = services.report_finished(assignment=part, count=8, on=FEB_25, actor=shop.actor)
    assert report.over == 3
    assert [flag.over for flag in selectors.over_reports(cooperative=shop.cooperative)] == [3]
    assert stages_of(shop.part(order, "M4")).total == 10
    with pytest.raises(NoPieces):
        services.report_finished(assignment=part, count=0, on=FEB_25, actor=shop.actor)


def test_stages_hold_no_more_than_is_being_made(shop):
    order = shop.order({"M4": 10})
    with pytest.raises(StagesTooMany), transaction.atomic():
        services.set_stages(
            assignment=shop.part(order, "M4"),
            waxed=8,
            dyed=3,
            boiled=0,
            on=FEB_3,
            actor=shop.actor,
        )


def test_a_part_return_does_not_close_the_order(shop):
    """Field report 9: 100 scarves asked, 10 received, 20 pieces of cloth back: open for 90."""
    from canting.catalogue.services import create_item, set_norm, set_price

    plain = create_item(
        cooperative=shop.cooperative,
        name="Syal polos",
        kind="cloth",
        unit="helai",
        actor=shop.actor,
    )
    scarf = create_item(
        cooperative=shop.cooperative, name="Syal", kind="product", unit="pcs", actor=shop.actor
    )
    set_norm(product=scarf, material=plain, quantity=D(1), actor=shop.actor)
    set_price(
        cooperative=shop.cooperative,
        item=scarf,
        price_list="piece_rate",
        amount=15_000,
        valid_from=FEB_3,
        actor=shop.actor,
    )
    shop.stock_store([(plain, "100", 2_000_000)])
    shop.hand_out("M4", [(plain, "100")])
    order = shop.order({"M4": 100}, product=scarf)
    shop.inspect(assignment=shop.part(order, "M4"), counts={"A": 10})
    shop.bring_back("M4", plain, 20, FEB_25)
    found = selectors.work_order(cooperative=shop.cooperative, number=order.number)
    assert found is not None
    assert found.status == "open"
    assert stages_of(shop.part(order, "M4")).with_maker == 90
    assert shop.held("M4", plain) == 70
    assert shop.balance("custody", "M4") == 1_400_000
    shop.assert_books_balance()


def test_an_order_ends_early_only_with_a_reason(shop):
    order = shop.order({"M4": 10})
    with pytest.raises(CloseReasonNeeded, match="10"), transaction.atomic():
        services.close_order(order=order, reason=" ", on=FEB_25, actor=shop.actor)
    ended = services.close_order(order=order, reason="Batal", on=FEB_25, actor=shop.actor)
    assert (ended.status, ended.closed_reason) == ("ended", "Batal")
    again = services.close_order(order=order, reason="Lagi", on=FEB_25, actor=shop.actor)
    assert again.closed_reason == "Batal"


def test_an_order_closes_by_itself_when_nothing_is_left(stocked):
    order = stocked.order({"M4": 2})
    stocked.inspect(assignment=stocked.part(order, "M4"), counts={"A": 1})
    stocked.inspect(
        assignment=stocked.part(order, "M4"), result="reject", fault="hers", defects=["torn"]
    )
    found = selectors.work_order(cooperative=stocked.cooperative, number=order.number)
    assert found is not None
    assert (found.status, found.closed_on) == ("done", FEB_25)


def test_finishing_and_recovered_wax_ask_for_value_in_work(stocked):
    order = stocked.order({"M4": 2})
    with pytest.raises(NothingToFinish), transaction.atomic():
        services.finish_order(order=order, on=FEB_25, actor=stocked.actor)
    with pytest.raises(NotEnoughInWork), transaction.atomic():
        services.record_byproduct(
            order=order, item=stocked.wax_again, quantity=D(6), on=FEB_25, actor=stocked.actor
        )


def test_a_word_to_a_maker_takes_the_place_of_the_one_before(shop):
    part = shop.part(shop.order({"M4": 1}), "M4")
    with pytest.raises(ReasonNeeded):
        services.note_to_maker(assignment=part, text=" ", on=FEB_3, actor=shop.actor)
    services.note_to_maker(assignment=part, text="Isen rapi", on=FEB_3, actor=shop.actor)
    row = services.note_to_maker(assignment=part, text="Celup lagi", on=FEB_25, actor=shop.actor)
    assert (row.note, row.noted_on) == ("Celup lagi", FEB_25)


def test_the_plan_of_a_day_goes_from_nothing_to_all():
    start, due = date(2027, 2, 1), date(2027, 2, 11)
    assert planned_pieces(100, start, due, start) == 0
    assert planned_pieces(100, start, due, date(2027, 2, 6)) == 50
    assert planned_pieces(100, start, due, due) == 100
    assert planned_pieces(100, due, start, due) == 100
