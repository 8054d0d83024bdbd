"""What suppliers offer: dated lists beside each other, packs, breaks, what a quantity costs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canting.catalogue.errors import UnknownUnit
from canting.purchasing import selectors, services
from canting.purchasing.errors import BadBreaks, BadPack, BadPeriod, NoLines, ReasonNeeded
from canting.purchasing.models import Offer, OfferList
from canting.purchasing.rules import OfferFacts, SupplierFacts, compare, costs_at, price_at
from canting.purchasing.services import OfferLine, TermsDraft
from tests.purchasing.worked_year import Year, day

JAN_5 = day(1, 5)
PIS = OfferFacts(
    "1", "P-0001", "K-0001", "pis", Decimal("16.002"), ((1, 400_000), (5, 390_000), (10, 350_000))
)
TERMS = SupplierFacts("P-0001", "Toko", 1_000_000, 50_000, 14, 3, 0, 0)


@pytest.fixture
def year(db) -> Year:
    return Year()


def wax(year, price: int, **facts) -> OfferLine:
    return OfferLine(year.items["malam"], "kg", [(1, price)], **facts)


def write(year, *lines, on=JAN_5, **facts) -> OfferList:
    supplier = facts.pop("supplier", year.s1)
    return services.add_offer_list(
        cooperative=year.coop,
        supplier=supplier,
        lines=lines,
        valid_from=on,
        actor=year.actor,
        **facts,
    )


def prices(year, on: date) -> list[tuple[str, tuple[tuple[int, int], ...]]]:
    return [
        (found.item, found.breaks) for found in selectors.offers_on(cooperative=year.coop, on=on)
    ]


def test_a_pis_of_this_supplier_has_its_own_length(year):
    line = OfferLine(
        year.items["mori"], "pis", [(1, 400_000), (5, 390_000)], Decimal("17.5"), "yard"
    )
    write(year, line)
    (found,) = selectors.offers_on(cooperative=year.coop, on=day(1, 5))
    assert (found.unit, found.pack) == ("pis", Decimal("16.0020"))
    assert found.breaks == ((1, 400_000), (5, 390_000))
    assert found.supplier == year.s1.number
    offer = selectors.offer_of(year.coop, found.key)
    assert offer is not None
    assert (offer.content, offer.content_unit) == (Decimal("17.5"), "yard")
    assert selectors.offer_of(year.coop, "x") is None


def test_a_newer_list_stands_beside_the_older_one(year):
    write(year, wax(year, 32_000), OfferLine(year.items["dye"], "kg", [(1, 150_000)]))
    write(year, wax(year, 34_000), on=day(2, 1))
    wax_code, dye_code = year.items["malam"].code, year.items["dye"].code
    assert dict(prices(year, day(1, 31))) == {
        wax_code: ((1, 32_000),),
        dye_code: ((1, 150_000),),
    }
    assert dict(prices(year, day(2, 1))) == {wax_code: ((1, 34_000),), dye_code: ((1, 150_000),)}
    assert Offer.objects.count() == 3


def test_a_complete_list_ends_what_it_does_not_name(year):
    write(year, wax(year, 32_000), OfferLine(year.items["dye"], "kg", [(1, 150_000)]))
    write(year, wax(year, 34_000), on=day(2, 1), complete=True)
    assert prices(year, day(2, 1)) == [(year.items["malam"].code, ((1, 34_000),))]


def test_a_list_that_ended_gives_way_to_the_older_one(year):
    write(year, wax(year, 32_000))
    write(year, wax(year, 30_000), on=day(2, 1), valid_until=day(2, 10))
    assert prices(year, day(2, 10))[0][1] == ((1, 30_000),)
    assert prices(year, day(2, 11))[0][1] == ((1, 32_000),)
    assert prices(year, day(1, 4)) == []


def test_a_supplier_no_longer_bought_from_offers_nothing(year):
    write(year, wax(year, 32_000))
    services.change_supplier(supplier=year.s1, actor=year.actor, name=year.s1.name, active=False)
    assert prices(year, day(1, 5)) == []
    assert selectors.supplier_facts(cooperative=year.coop, on=day(1, 5)) == []


def test_only_the_items_asked_for_are_answered(year):
    write(year, wax(year, 32_000), OfferLine(year.items["dye"], "kg", [(1, 150_000)]))
    found = selectors.offers_on(cooperative=year.coop, on=day(1, 5), items=[year.items["dye"]])
    assert [offer.item for offer in found] == [year.items["dye"].code]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"breaks": []}, BadBreaks),
        ({"breaks": [(2, 30_000)]}, BadBreaks),
        ({"breaks": [(1, 0)]}, BadBreaks),
        ({"breaks": [(1, 30_000), (1, 29_000)]}, BadBreaks),
        ({"unit": "pis"}, UnknownUnit),
        ({"content": Decimal(0)}, BadPack),
        ({"min_packs": 5, "max_packs": 4}, BadPack),
    ],
)
def test_a_wrong_offer_is_refused_and_leaves_no_trace(year, facts, refusal):
    with pytest.raises(refusal):
        write(year, replace(wax(year, 32_000), **facts))
    assert not OfferList.objects.exists()


def test_a_list_without_lines_or_with_an_early_end_is_refused(year):
    with pytest.raises(NoLines):
        write(year)
    with pytest.raises(BadPeriod):
        write(year, wax(year, 32_000), on=day(2, 1), valid_until=day(1, 31))
    assert not OfferList.objects.exists()


def test_a_list_put_right_is_withdrawn_and_stays_to_be_seen(year):
    wrong = write(year, wax(year, 320_000))
    facts = {"offer_list": wrong, "on": day(1, 6), "actor": year.actor}
    with pytest.raises(ReasonNeeded):
        services.correct_offer_list(lines=[], reason=" ", **facts)
    right = services.correct_offer_list(
        lines=[wax(year, 32_000)], reason="Satu nol terlalu banyak", **facts
    )
    assert right is not None
    assert right.valid_from == day(1, 5)
    assert prices(year, day(1, 6))[0][1] == ((1, 32_000),)
    assert services.correct_offer_list(lines=[], reason="lagi", **facts) == right
    assert selectors.offer_lists(cooperative=year.coop, supplier=year.s1).count() == 2
    services.correct_offer_list(
        offer_list=right, lines=[], reason="Tidak dijual lagi", on=day(1, 7), actor=year.actor
    )
    assert prices(year, day(1, 7)) == []


def test_terms_hold_from_their_day_on(year):
    for on, credit_days in ((day(1, 1), 14), (day(3, 1), 30)):
        services.set_terms(
            supplier=year.s1,
            terms=TermsDraft(1_000_000, 50_000, credit_days, 3, source="Kesepakatan"),
            valid_from=on,
            actor=year.actor,
        )
    (facts,) = selectors.supplier_facts(cooperative=year.coop, on=day(2, 28))
    assert (facts.credit_days, facts.minimum_amount, facts.lead_days) == (14, 1_000_000, 3)
    (facts,) = selectors.supplier_facts(cooperative=year.coop, on=day(3, 1))
    assert (facts.credit_days, facts.on_time, facts.delivered) == (30, 0, 0)


def test_the_break_that_is_reached_holds_for_all_packs():
    assert [price_at(PIS, packs) for packs in (1, 4, 5, 9, 10, 99)] == [
        400_000,
        400_000,
        390_000,
        390_000,
        350_000,
        350_000,
    ]


def test_one_more_pack_is_taken_when_it_makes_all_cheaper():
    cost = costs_at(PIS, TERMS, Decimal("16.002") * 9)
    assert (cost.packs, cost.goods, cost.freight) == (10, 3_500_000, 50_000)
    limited = costs_at(replace(PIS, max_packs=9), TERMS, Decimal("16.002") * 9)
    assert (limited.packs, limited.goods, limited.too_many) == (9, 3_510_000, False)
    assert costs_at(replace(PIS, max_packs=8), TERMS, Decimal("16.002") * 9).too_many
    assert costs_at(PIS, TERMS, Decimal(1)).short_of_minimum == 600_000


def test_the_cheapest_that_can_be_ordered_is_marked():
    other = replace(TERMS, supplier="P-0002", minimum_amount=0, freight_per_order=0)
    dear = replace(PIS, key="2", supplier="P-0002", breaks=((1, 410_000),))
    rows = compare([PIS, dear], {"P-0001": TERMS, "P-0002": other}, Decimal(30))
    assert [(row.offer.key, row.cheapest) for row in rows] == [("2", True), ("1", False)]
    free = replace(TERMS, freight_per_order=0)
    rows = compare([PIS, dear], {"P-0001": free, "P-0002": other}, Decimal(30))
    assert [(row.offer.key, row.cheapest) for row in rows] == [("1", False), ("2", True)]


@given(
    quantity=st.decimals("0.0001", "5000", places=4),
    least=st.integers(0, 20),
    freight=st.integers(0, 30_000),
)
def test_what_is_taken_always_holds_what_is_needed_and_is_never_dearer(quantity, least, freight):
    offer = replace(PIS, min_packs=least, freight_per_pack=freight)
    cost = costs_at(offer, TERMS, quantity)
    assert cost.quantity >= quantity
    assert cost.packs >= least
    fewest = max(ceil(quantity / offer.pack), least, 1)
    plain = fewest * (price_at(offer, fewest) + freight) + TERMS.freight_per_order
    assert cost.total <= plain
    assert cost.goods == cost.packs * price_at(offer, cost.packs)
