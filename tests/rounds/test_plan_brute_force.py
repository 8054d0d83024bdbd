"""The plan against every choice there is, on cases small enough to try them all."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from canting.rounds.rules.plan import Why, explain, plan
from canting.rounds.rules.plan_case import FINE, only
from canting.rounds.rules.plan_cost import costed, is_allowed, rank
from tests.rounds.plan_cases import best_by_trying, case_of, in_billions, small_cases


@given(small_cases())
@settings(max_examples=150)
def test_nothing_that_keeps_the_limits_serves_more_or_costs_less(facts):
    case = case_of(facts)
    made = plan(**facts, gap=0.0)
    assert is_allowed(case, made.packs)
    assert rank(case, made.packs)[:2] == best_by_trying(case)
    assert made.proved


@given(small_cases(substitutes=True))
@settings(max_examples=80)
def test_the_same_holds_where_one_item_may_stand_in_for_another(facts):
    case = case_of(facts)
    made = plan(**facts, gap=0.0)
    assert rank(case, made.packs)[:2] == best_by_trying(case)


@given(small_cases())
@settings(max_examples=100)
def test_the_plan_is_never_worse_than_any_supplier_alone(facts):
    case = case_of(facts)
    made = plan(**facts)
    for supplier in case.suppliers:
        assert rank(case, made.packs)[:2] <= best_by_trying(case, supplier)
    if made.best_single:
        alone = best_by_trying(case, made.best_single.supplier)
        packs = {line.offer_key: line.packs for line in made.best_single.lines}
        assert rank(case, packs)[:2] == alone


@given(small_cases())
@settings(max_examples=60)
def test_what_an_alternative_costs_more_is_the_difference_of_the_two_best_plans(facts):
    case = case_of(facts)
    made = plan(**facts, gap=0.0)
    best = rank(case, made.packs)
    for reason in explain(made, **facts):
        if reason.why == Why.CHOSEN or reason.extra is None:
            continue
        hers = [o for o in case.usable if o.item != reason.item or o.supplier == reason.supplier]
        missing, cost = best_by_trying(only(case, hers))
        assert missing == best[0]
        assert reason.extra == -(-(cost - best[1]) // FINE)


@given(small_cases(substitutes=True), st.data())
@settings(max_examples=100)
def test_every_rupiah_and_every_metre_of_chosen_packs_is_accounted_for(facts, data):
    case = case_of(facts)
    packs = {key: data.draw(st.integers(0, 5)) for key in case.offers}
    found = costed(case, packs)
    assert found.total == found.goods + found.freight
    assert found.goods == sum(line.goods for line in found.lines)
    assert found.freight == sum(line.freight for line in found.lines)
    suppliers = {line.supplier for line in found.lines}
    per_pack = sum(case.offers[k].freight_per_pack * n for k, n in packs.items())
    per_order = sum(case.suppliers[s].freight_per_order for s in suppliers)
    assert found.freight == per_pack + per_order
    bought = sum((line.base_quantity for line in found.lines), Decimal(0))
    served = sum((one.quantity for one in found.served), Decimal(0))
    over = sum((one.quantity for one in found.surplus), Decimal(0))
    assert bought == served + over
    asked = sum((one.quantity for one in facts["demands"]), Decimal(0))
    assert asked == served + sum((quantity for _item, quantity in found.missing), Decimal(0))


@given(small_cases())
@settings(max_examples=60)
def test_the_same_holds_in_hundreds_of_billions_of_rupiah(facts):
    facts = in_billions(facts)
    case = case_of(facts)
    made = plan(**facts, gap=0.0)
    assert rank(case, made.packs)[:2] == best_by_trying(case)
    assert made.total == made.costed.goods + made.costed.freight
