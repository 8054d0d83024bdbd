"""Inspecting cloth: what it books and makes, what it refuses, how it is taken back."""

from datetime import date

import pytest
from django.db import transaction

from canting.catalogue.errors import NoPrice
from canting.cooperatives.services import set_parameter
from canting.kernel.errors import DomainError
from canting.ledger.errors import PeriodClosed
from canting.ledger.models import JournalEntry
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import close_month, post_entry
from canting.production import selectors as production
from canting.production import services as making
from canting.production.errors import (
    AdvanceSpent,
    AlreadyPaid,
    NoRateForGrade,
    OrderClosed,
    TooManyPieces,
)
from canting.production.invariants import INVARIANTS as MAKING_LAWS
from canting.production.rules import Fault
from canting.quality import selectors
from canting.quality.errors import (
    AlreadyReversed,
    ClothIsGone,
    FaultNeeded,
    GradeNeeded,
    NaturalMarkOnly,
    NoCount,
    NotInRepair,
    OneCodeOnePiece,
    OneGradeForContract,
    ReasonNeeded,
    RepairedSince,
    WhatIsWrong,
    WorkOrderNeeded,
)
from canting.quality.invariants import INVARIANTS as QUALITY_LAWS
from canting.quality.models import Inspection, InspectionLine
from canting.quality.rules import Finding, Result
from canting.quality.services import correct_inspection
from canting.stock import selectors as stock
from canting.stock.errors import BadCode, CodeTaken, NotEnoughStock
from canting.stock.services import issue
from tests.production.workshop import FEB_25, JAN_1, D

pytestmark = pytest.mark.django_db
MAR_1 = date(2027, 3, 1)


def assert_laws(cooperative) -> None:
    broken = [
        f"{law.name}: {breach}"
        for law in (*MAKING_LAWS, *QUALITY_LAWS)
        for breach in law.breaches(cooperative)
    ]
    assert broken == []


def trace(cooperative) -> tuple[int, int, int]:
    return (
        Inspection.objects.count(),
        JournalEntry.objects.filter(cooperative=cooperative).count(),
        sum(
            row.accepted + row.rejected + row.rework
            for row in production.all_assignments(cooperative=cooperative)
        ),
    )


def test_accepted_cloth_is_finished_released_and_coded_at_once(stocked):
    shop = stocked
    order = shop.order()
    paper = shop.inspect(assignment=shop.part(order, "M4"), counts={"A": 12, "B": 4})
    lots = [row.lot for row in stock.sellable_lots(shop.cooperative)]
    assert {(lot.grade, int(lot.quantity_made)) for lot in lots} == {("A", 12), ("B", 4)}
    assert all(lot.released_at == FEB_25 and len(lot.code) == 6 for lot in lots)
    assert shop.balance("fg") == 1_980_223
    assert shop.balance("wip") == 0
    assert paper.pay == 780_000
    shop.assert_books_balance()
    assert_laws(shop.cooperative)


def test_every_hand_drawn_piece_is_a_lot_of_its_own(bare_hands):
    shop = bare_hands
    shop.stock_store()
    shop.hand_out("M4")
    order = shop.order({"M4": 3})
    shop.inspect(assignment=shop.part(order, "M4"), counts={"A": 3})
    lines = list(InspectionLine.objects.all())
    assert [line.quantity for line in lines] == [1, 1, 1]
    assert len({line.code for line in lines}) == 3
    assert sum(line.value for line in lines) == shop.balance("fg")
    assert_laws(shop.cooperative)


def test_the_label_of_the_cloth_becomes_its_code(bare_hands):
    shop = bare_hands
    paper = shop.inspect(
        member=shop.makers["M1"], product=shop.shirt, basis="purchase", code="k7q-4mf"
    )
    line = selectors.line_by_code(cooperative=shop.cooperative, code="K7Q 4MF")
    assert line is not None
    assert line.inspection == paper
    with pytest.raises(CodeTaken), transaction.atomic():
        shop.inspect(member=shop.makers["M1"], product=shop.shirt, basis="purchase", code="K7Q-4MF")
    with pytest.raises(BadCode), transaction.atomic():
        shop.inspect(member=shop.makers["M1"], product=shop.shirt, basis="purchase", code="K0Q-1MF")


def test_what_cannot_be_added_later_is_kept_from_the_first_day(shop, actor):
    from canting.catalogue.services import set_price

    set_price(
        cooperative=shop.cooperative,
        item=shop.shirt,
        price_list="market",
        amount=185_000,
        valid_from=JAN_1,
        place="Pasar Kraksaan",
        actor=actor,
    )
    shop.inspect(member=shop.makers["M1"], product=shop.shirt, basis="purchase")
    line = InspectionLine.objects.get()
    assert (line.basis, line.origin, line.counterparty_class) == ("purchase", "member", "member")
    assert (line.reference_price, line.reference_place) == (185_000, "Pasar Kraksaan")
    assert line.own_date == FEB_25


@pytest.mark.parametrize(
    ("finding", "refusal"),
    [
        ({"counts": {"A": 0}}, NoCount),
        ({"counts": {"": 1}}, GradeNeeded),
        ({"counts": {"C": 1}}, NoRateForGrade),
        ({"counts": {"A": 21}}, TooManyPieces),
        ({"counts": {"A": 1, "B": 1}, "code": "K7Q4MF"}, OneCodeOnePiece),
        ({"result": "reject", "reason": "Sobek"}, FaultNeeded),
        ({"result": "reject", "fault": "hers"}, WhatIsWrong),
        ({"result": "rework", "fault": "hers", "defects": ["other"]}, WhatIsWrong),
    ],
)
def test_a_wrong_finding_is_refused_and_leaves_no_trace(stocked, finding, refusal):
    order = stocked.order()
    part = stocked.part(order, "M4")
    before = trace(stocked.cooperative)
    with pytest.raises(refusal), transaction.atomic():
        stocked.inspect(assignment=part, **finding)
    assert trace(stocked.cooperative) == before
    assert stocked.balance("custody", "M4") == 1_597_243


def test_natural_marks_are_never_a_fault_of_handwork(bare_hands):
    order = bare_hands.order({"M4": 1})
    with pytest.raises(NaturalMarkOnly), transaction.atomic():
        bare_hands.inspect(
            assignment=bare_hands.part(order, "M4"),
            result="reject",
            fault="hers",
            marks=["crackle"],
            reason="Remukan",
        )


def test_commission_cloth_needs_its_work_order(shop):
    with pytest.raises(WorkOrderNeeded, match="Aminah"):
        shop.inspect(member=shop.makers["M1"], product=shop.shirt, basis="commission")


def test_a_grade_without_a_price_cannot_be_bought(shop):
    with pytest.raises(NoPrice), transaction.atomic():
        shop.inspect(
            member=shop.makers["M1"], product=shop.shirt, basis="purchase", counts={"C": 1}
        )
    assert not Inspection.objects.exists()


def test_without_material_in_her_hands_nothing_is_accepted(shop):
    order = shop.order({"M4": 2})
    with pytest.raises(NotEnoughStock), transaction.atomic():
        shop.inspect(assignment=shop.part(order, "M4"))
    assert not Inspection.objects.exists()


def test_the_rate_is_that_of_the_work_orders_day(stocked, actor):
    from canting.catalogue.services import set_price

    order = stocked.order()
    set_price(
        cooperative=stocked.cooperative,
        item=stocked.shirt,
        price_list="piece_rate",
        grade="A",
        amount=99_000,
        valid_from=date(2027, 2, 20),
        actor=actor,
    )
    paper = stocked.inspect(assignment=stocked.part(order, "M4"))
    assert paper.pay == 50_000


def test_purchase_pieces_sent_back_or_rejected_book_nothing(shop):
    order = shop.order({"M1": 3}, basis="purchase")
    part = shop.part(order, "M1")
    shop.inspect(assignment=part, result="reject", counts={"": 1}, defects=["fading"])
    back = shop.inspect(assignment=part, result="rework", counts={"": 1}, defects=["stain"])
    assert JournalEntry.objects.filter(cooperative=shop.cooperative).count() == 0
    shop.inspect(repair_of=back, counts={"B": 1}, on=MAR_1)
    shop.inspect(assignment=part, counts={"A": 1}, on=MAR_1)
    assert shop.balance("pay_maker", "M1") == 390_000
    found = production.work_order(cooperative=shop.cooperative, number=order.number)
    assert found is not None
    assert found.status == "done"
    assert_laws(shop.cooperative)


def test_more_cannot_come_back_from_repair_than_went(stocked):
    order = stocked.order()
    part = stocked.part(order, "M4")
    back = stocked.inspect(
        assignment=part, result="rework", fault="hers", counts={"": 2}, reason="Isen kurang"
    )
    with pytest.raises(NotInRepair), transaction.atomic():
        stocked.inspect(repair_of=back, counts={"A": 3}, on=MAR_1)
    stocked.inspect(repair_of=back, counts={"A": 1}, on=MAR_1)
    assert selectors.left_in_repair(back) == 1
    with pytest.raises(RepairedSince), transaction.atomic():
        correct_inspection(inspection=back, reason="Salah", on=MAR_1, actor=stocked.actor)
    assert_laws(stocked.cooperative)


def test_taking_back_restores_stock_books_and_counts(stocked):
    shop = stocked
    order = shop.order()
    paper = shop.inspect(assignment=shop.part(order, "M4"), counts={"A": 12, "B": 4})
    correct_inspection(inspection=paper, reason="Salah hitung", on=FEB_25, actor=shop.actor)
    for role in ("fg", "wip", "wages_payable"):
        assert shop.balance(role) == 0
    assert shop.balance("custody", "M4") == 1_597_243
    assert shop.held("M4", shop.mori) == 50
    part = shop.part(order, "M4")
    assert (part.accepted, part.reported) == (0, 16)
    assert not stock.sellable_lots(shop.cooperative)
    shop.assert_books_balance()
    assert_laws(shop.cooperative)
    with pytest.raises(AlreadyReversed), transaction.atomic():
        correct_inspection(inspection=paper, reason="Lagi", on=FEB_25, actor=shop.actor)


def test_putting_right_decides_anew_under_the_same_label(bare_hands):
    shop = bare_hands
    paper = shop.inspect(
        member=shop.makers["M1"], product=shop.shirt, basis="purchase", code="K7Q4MF"
    )
    made = correct_inspection(
        inspection=paper,
        reason="Mutu B",
        on=FEB_25,
        actor=shop.actor,
        finding=Finding(Result.PASS, {"B": 1}, code="K7Q-4MF"),
    )
    paper.refresh_from_db()
    assert paper.successor == made
    assert paper.reversal_reason == "Mutu B"
    lot = stock.lot_by_code(shop.cooperative, "K7Q4MF")
    assert lot is not None
    assert lot.grade == "B"
    assert shop.balance("pay_maker", "M1") == shop.balance("fg") == 180_000
    assert_laws(shop.cooperative)


def test_a_reject_can_be_put_right(stocked):
    order = stocked.order()
    paper = stocked.inspect(
        assignment=stocked.part(order, "M4"), result="reject", fault="hers", defects=["torn"]
    )
    correct_inspection(
        inspection=paper,
        reason="Ternyata salah kita",
        on=FEB_25,
        actor=stocked.actor,
        finding=Finding(Result.REJECT, {"A": 1}, fault=Fault.OURS, defects=["torn"]),
    )
    assert stocked.balance("recv_damage") == 0
    assert stocked.balance("quality_loss") == 125_014
    assert_laws(stocked.cooperative)


def test_sold_cloth_cannot_be_taken_back(shop):
    paper = shop.inspect(member=shop.makers["M1"], product=shop.shirt, basis="purchase")
    lot = stock.sellable_lots(shop.cooperative).get().lot
    issue(
        cooperative=shop.cooperative,
        place=stock.store(shop.cooperative),
        lot=lot,
        quantity=D(1),
        on=MAR_1,
        source="test.sale:1",
        actor=shop.actor,
    )
    before = trace(shop.cooperative)
    with pytest.raises(ClothIsGone), transaction.atomic():
        correct_inspection(inspection=paper, reason="Terlambat", on=MAR_1, actor=shop.actor)
    assert trace(shop.cooperative) == before


def test_paid_cloth_cannot_be_taken_back(shop):
    shop.fund()
    paper = shop.inspect(member=shop.makers["M1"], product=shop.shirt, basis="purchase")
    party = shop.makers["M1"].party
    post_entry(
        cooperative=shop.cooperative,
        draft=Draft(
            "test.slip:1",
            MAR_1,
            "settlement",
            "Slip",
            [debit("pay_maker", 210_000, party), credit("bank", 210_000)],
        ),
        actor=shop.actor,
    )
    with pytest.raises(AlreadyPaid, match=r"test\.slip:1"), transaction.atomic():
        correct_inspection(inspection=paper, reason="Terlambat", on=MAR_1, actor=shop.actor)


def test_a_reason_is_asked_for_putting_right(shop):
    paper = shop.inspect(member=shop.makers["M1"], product=shop.shirt, basis="purchase")
    with pytest.raises(ReasonNeeded):
        correct_inspection(inspection=paper, reason=" ", on=FEB_25, actor=shop.actor)


@pytest.mark.parametrize("deed", ["accept", "buy", "correct"])
def test_a_closed_month_stays_closed_and_nothing_is_half_done(stocked, deed):
    shop = stocked
    order = shop.order()
    paper = shop.inspect(
        member=shop.makers["M1"], product=shop.shirt, basis="purchase", on=date(2027, 2, 10)
    )
    for month in (1, 2):
        close_month(
            cooperative=shop.cooperative,
            month=date(2027, month, 1),
            on=date(2027, month + 1, 1),
            actor=shop.actor,
        )
    before = trace(shop.cooperative)
    with pytest.raises(PeriodClosed), transaction.atomic():
        if deed == "accept":
            shop.inspect(assignment=shop.part(order, "M4"))
        elif deed == "buy":
            shop.inspect(member=shop.makers["M1"], product=shop.shirt, basis="purchase")
        else:
            correct_inspection(inspection=paper, reason="Salah", on=FEB_25, actor=shop.actor)
    assert trace(shop.cooperative) == before
    shop.assert_books_balance()


def test_part_deliveries_of_a_contract_add_up_to_the_rupiah(shop):
    shop.fund()
    contract = shop.contract(pieces=7)
    for count in (2, 2, 3):
        shop.inspect(advance=contract, counts={"A": count})
        contract.refresh_from_db()
        assert_laws(shop.cooperative)
    assert shop.balance("advance_maker", "M6") == 0
    assert shop.balance("pay_maker", "M6") == 210_000
    assert shop.balance("fg") == 1_210_000
    with pytest.raises(AdvanceSpent), transaction.atomic():
        shop.inspect(advance=contract, counts={"A": 1})
    with pytest.raises(OneGradeForContract), transaction.atomic():
        shop.inspect(advance=contract, counts={"A": 1, "B": 1})


def test_a_buy_back_is_undone_with_its_contract(shop):
    shop.fund()
    contract = shop.contract()
    paper = shop.inspect(advance=contract, counts={"A": 10})
    correct_inspection(inspection=paper, reason="Salah", on=FEB_25, actor=shop.actor)
    contract.refresh_from_db()
    assert contract.brought == 0
    assert shop.balance("advance_maker", "M6") == 1_000_000
    assert shop.balance("pay_maker", "M6") == shop.balance("fg") == 0
    assert_laws(shop.cooperative)


def test_an_ended_order_takes_nothing_more(stocked):
    order = stocked.order({"M4": 20})
    making.close_order(order=order, reason="Batal", on=FEB_25, actor=stocked.actor)
    with pytest.raises(OrderClosed), transaction.atomic():
        stocked.inspect(assignment=stocked.part(order, "M4"))


def test_finished_later_is_not_taken_back_silently(stocked, actor):
    set_parameter(
        cooperative=stocked.cooperative,
        name="production.finish_at_acceptance",
        value=False,
        valid_from=JAN_1,
        source="Rapat",
        actor=actor,
    )
    order = stocked.order({"M4": 2})
    paper = stocked.inspect(assignment=stocked.part(order, "M4"), counts={"A": 2})
    assert not stock.sellable_lots(stocked.cooperative)
    making.finish_order(order=order, on=FEB_25, actor=actor)
    with pytest.raises(DomainError, match=r"SPK"), transaction.atomic():
        correct_inspection(inspection=paper, reason="Salah", on=FEB_25, actor=actor)
    assert_laws(stocked.cooperative)
