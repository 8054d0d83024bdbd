"""The time line of a round tells the day of the books; the audit trail keeps the real moment."""

from canting.cooperatives.models import AuditRecord
from canting.kernel.dates import format_date
from canting.rounds import services
from canting.rounds.views.timeline import timeline
from tests.rounds.market import CLOSED, DEADLINE, OPENED, ORDERED


def test_each_act_stands_at_its_business_day_the_newest_first(market):
    found = market.open()
    market.need(found, "M1", market.mori, 12)
    market.ordered(found, [(market.solo, market.mori, 2, 10, 200_000, 0)])
    services.note_travellers(found=found, travellers=3, on=CLOSED, actor=market.actor)
    days = [day for day, _words in timeline(found)]
    assert days == [format_date(day) for day in (CLOSED, ORDERED, DEADLINE, OPENED)]


def test_an_act_that_names_no_day_stands_at_the_day_it_was_written(market):
    found = market.open()
    AuditRecord.objects.create(
        cooperative=market.cooperative,
        made_at="2027-03-04T18:30:00Z",
        actor=market.actor,
        action="rounds.changed",
        subject=found.number,
    )
    # 18.30 in Greenwich is half past one of the next day in Probolinggo.
    assert timeline(found)[0][0] == "Jum, 5 Mar 2027"


def test_every_act_of_a_round_names_its_day(market):
    found = market.open()
    market.need(found, "M1", market.mori, 12)
    market.plan(found, [(market.solo, market.mori, 2, 10, 200_000, 0)])
    services.collect_again(found=found, reason="Harga turun", on=DEADLINE, actor=market.actor)
    services.cancel_round(found=found, reason="Hujan", on=ORDERED, actor=market.actor)
    acts = AuditRecord.objects.filter(subject=found.number)
    assert {act.action: "on" in act.facts for act in acts} == {
        f"rounds.{name}": True for name in ("opened", "planned", "collecting_again", "cancelled")
    }
