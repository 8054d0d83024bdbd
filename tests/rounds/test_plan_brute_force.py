"""The plan against every choice there is, on cases small enough to try them all."""

from hypothesis import given, settings

from canting.rounds.rules.plan import plan
from canting.rounds.rules.plan_cost import is_allowed, rank
from tests.rounds.plan_cases import best_by_trying, case_of, small_cases


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
