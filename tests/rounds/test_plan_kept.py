"""A plan that is kept and taken up again is the same plan."""

import json

from hypothesis import given, settings

from canting.rounds.rules.plan import explain, plan
from canting.rounds.rules.plan_run import kept, taken_up
from tests.rounds.plan_cases import small_cases


@given(small_cases())
@settings(max_examples=40)
def test_a_plan_goes_through_json_without_loss(facts):
    made = plan(**facts)
    reasons = explain(made, **facts)
    assert taken_up(json.loads(json.dumps(kept(made, reasons)))) == (made, reasons)
