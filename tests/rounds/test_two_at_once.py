"""Two people share out, or agree, at the same moment: it is done once, the other reads a sentence."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from canting.kernel.errors import DomainError
from canting.purchasing.models import HandOut
from canting.rounds import selectors, services
from canting.rounds.errors import NothingCame, SharesChanged
from canting.rounds.models import ShareOut
from tests import builders
from tests.production.workshop import JAN_1
from tests.rounds.market import ORDERED, SHARED, Market

RACES = 60

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def market(db) -> Market:
    actor = builders.user("rini")
    return Market(builders.cooperative(actor=actor, cutover=JAN_1), actor)


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do these deeds at the same moment; what each answers, or the sentence it was refused with."""
    start = threading.Barrier(len(deeds))
    answers: list[object] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], object]) -> None:
        try:
            start.wait(timeout=30)
            answers[place] = deed()
        except DomainError as refusal:
            answers[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(deeds)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    return answers


def test_sixty_times_what_has_come_is_shared_out_once(market):
    """One metre comes each time; half the races send the same figures, half leave somebody out."""
    found = market.open(share_rule="first")
    for maker in ("M1", "M2"):
        market.need(found, maker, market.mori, RACES)
    (order,) = market.ordered(found, [(market.solo, market.mori, RACES, 1, 20_000, 0)])
    left_out = {market.member("M1").number}

    def deed(**facts) -> Callable[[], object]:
        shown = selectors.proposal(found=found, on=SHARED, **facts)
        return lambda: services.share_out(
            found=found, digest=shown.digest, on=SHARED, actor=market.actor, **facts
        )

    refused = 0
    for race in range(1, RACES + 1):
        market.receive(order, {market.mori: 1}, on=SHARED)
        other = deed() if race % 2 else deed(absent=left_out)
        answers = at_once(deed(), other)
        if race % 2:
            assert answers[0] == answers[1]
        else:
            [lost] = [one for one in answers if not isinstance(one, ShareOut)]
            assert isinstance(lost, SharesChanged | NothingCame), lost
            refused += 1
        assert ShareOut.objects.count() == HandOut.objects.count() == race
        assert sum(s.base_quantity for s in selectors.shares_of(found)) == race
    assert refused == RACES // 2
    assert market.owes("M1") + market.owes("M2") == RACES * 20_000
    assert market.balance("mat_cloth") == 0


def test_a_round_is_ordered_once_and_given_back_once(market):
    found = market.open()
    market.need(found, "M1", market.mori, 10)
    services.take_deposit(
        found=found,
        member=market.member("M1"),
        amount=90_000,
        cash_place="cash_main",
        on=ORDERED,
        actor=market.actor,
    )
    market.plan(found, [(market.solo, market.mori, 1, 10, 200_000, 0)])
    act = {"found": found, "on": ORDERED, "actor": market.actor}
    first, second = at_once(*[lambda: services.order_round(**act)] * 2)
    assert isinstance(first, list)
    assert isinstance(second, list)
    assert [one.number for one in first] == [one.number for one in second]
    assert len(selectors.orders_of(found)) == 1
    give = {"party": market.member("M1").party, "amount": 60_000, "cash_place": "cash_main"}
    answers = at_once(*[lambda: services.give_back(**act, **give)] * 2)
    [refusal] = [one for one in answers if isinstance(one, DomainError)]
    assert "Rp30.000" in str(refusal)
    assert market.owes("M1", "round_deposit") == 30_000
