"""The plan of a round: worked out, read on its page, changed by hand, agreed, out of date."""

import itertools
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone, translation

from canting.cooperatives.models import AuditRecord
from canting.cooperatives.rules import Role
from canting.cooperatives.services import set_parameter
from canting.purchasing import services as buying
from canting.purchasing.selectors import offers_on
from canting.rounds.errors import (
    LimitsBroken,
    NothingAsked,
    NothingOffered,
    NothingPlanned,
    PlanChanged,
    PlanRunning,
    WrongState,
)
from canting.rounds.models import PlanRun
from canting.rounds.rules import RoundState
from canting.rounds.rules.plan_run import SILENT_SECONDS, RunState
from canting.rounds.selectors import plans as selectors
from canting.rounds.selectors.plan_page import shown_plan
from canting.rounds.services import plans as services
from canting.rounds.services.plans import PlanTerms
from tests import builders
from tests.portal.clock import stop_clock
from tests.rounds.market import OPENED, Market

ON = OPENED
_keys = itertools.count(1)


def offers(market: Market) -> dict[str, str]:
    """Mori from both towns, wax from Solo alone; keys of the offers by supplier and item."""
    for supplier, mori, lead in ((market.solo, 25_000, 3), (market.pekalongan, 24_000, 5)):
        buying.set_terms(
            supplier=supplier,
            terms=buying.TermsDraft(0, 100_000, 30, lead, source="Kesepakatan"),
            valid_from=ON,
            actor=market.actor,
        )
        lines = [buying.OfferLine(market.mori, market.mori.unit, [(1, mori)])]
        if supplier == market.solo:
            lines.append(buying.OfferLine(market.malam, market.malam.unit, [(1, 40_000)]))
        buying.add_offer_list(
            cooperative=market.cooperative,
            supplier=supplier,
            lines=lines,
            valid_from=ON,
            actor=market.actor,
        )
    found = offers_on(cooperative=market.cooperative, on=ON)
    return {f"{o.supplier}:{o.item}": o.key for o in found}


@pytest.fixture
def keys(market) -> dict[str, str]:
    return offers(market)


@pytest.fixture
def found(market, keys):
    """A round in which mori and wax are asked."""
    made = market.open()
    market.need(made, "M1", market.mori, 40)
    market.need(made, "M2", market.mori, 60)
    market.need(made, "M1", market.malam, 5)
    return made


def planned(market, found, **terms) -> PlanRun:
    """A run that has been worked out."""
    run = services.begin_plan(found=found, terms=PlanTerms(**terms), on=ON, actor=market.actor)
    services.work_plan_out(run.pk)
    run.refresh_from_db()
    return run


def agree(market, found, run, packs=None, **facts):
    """Agree the run's plan, or these packs at their own total."""
    made = selectors.made_plan(run)
    assert made is not None
    chosen = made[0].packs if packs is None else packs
    inputs = selectors.plan_inputs(found=found, on=ON)
    total = inputs.cost(chosen, selectors.plan_limits(run, inputs)).total
    facts = {"total": total, "on": ON, "actor": market.actor} | facts
    return services.agree_plan(found=found, run=run, packs=chosen, **facts)


@pytest.fixture
def page(market, monkeypatch):
    """The manager's browser on the day."""
    stop_clock(monkeypatch, timezone.now().replace(year=2027, month=3, day=1, hour=5))
    client = Client()
    client.force_login(builders.person_with_role(market.cooperative, Role.MANAGER))
    return client


def test_a_plan_is_worked_out_from_needs_and_offers(market, found):
    run = planned(market, found)
    assert run.state == RunState.MADE
    kept = selectors.made_plan(run)
    assert kept is not None
    made, reasons = kept
    assert {(line.supplier, line.item, line.packs) for line in made.lines} == {
        (market.solo.number, market.mori.code, 100),
        (market.solo.number, market.malam.code, 5),
    }
    assert made.total == run.best == 100 * 25_000 + 5 * 40_000 + 100_000
    assert [r.supplier for r in reasons if r.why != "chosen"] == [market.pekalongan.number]


def test_the_board_decides_what_a_surplus_keeps(market, found):
    assert selectors.plan_inputs(found=found, on=ON).surplus_keeps == 80
    set_parameter(
        cooperative=market.cooperative,
        name="rounds.surplus_keeps",
        value=50,
        valid_from=ON,
        source="Rapat pengurus",
        actor=market.actor,
    )
    run = planned(market, found)
    inputs = selectors.plan_inputs(found=found, on=ON)
    assert selectors.plan_limits(run, inputs).surplus_keeps == 50


def test_what_is_not_proved_is_said_in_rupiah(market, found):
    run = planned(market, found)
    kept = selectors.made_plan(run)
    assert kept is not None
    inputs = selectors.plan_inputs(found=found, on=ON)

    def said(gap: float) -> str:
        made = replace(kept[0], gap=gap)
        return shown_plan(found=found, inputs=inputs, made=made, reasons=kept[1], on=ON).gap

    with translation.override("en"):
        assert said(0.0) == "Proved: no other choice is cheaper."
        assert said(0.01) == "Another choice could save Rp28.000 at most."


def test_nothing_asked_and_nothing_offered_are_said(market):
    empty = market.open()
    with pytest.raises(NothingAsked):
        services.begin_plan(found=empty, terms=PlanTerms(), on=ON, actor=market.actor)
    market.need(empty, "M1", market.mori, 3)
    with pytest.raises(NothingOffered):
        services.begin_plan(found=empty, terms=PlanTerms(), on=ON, actor=market.actor)
    assert not PlanRun.objects.exists()


def test_one_plan_is_worked_out_at_a_time_until_it_falls_silent(market, found):
    run = services.begin_plan(found=found, terms=PlanTerms(), on=ON, actor=market.actor)
    with pytest.raises(PlanRunning):
        services.begin_plan(found=found, terms=PlanTerms(), on=ON, actor=market.actor)
    PlanRun.objects.filter(pk=run.pk).update(
        seen_at=timezone.now() - timedelta(seconds=SILENT_SECONDS + run.seconds + 1)
    )
    again = services.begin_plan(found=found, terms=PlanTerms(), on=ON, actor=market.actor)
    assert again.pk != run.pk


def test_a_fault_in_the_search_is_kept_and_not_raised(market, found, monkeypatch):
    def broken(**_facts):
        raise RuntimeError("no luck")

    monkeypatch.setattr(services, "plan", broken)
    run = planned(market, found)
    assert (run.state, run.result) == (RunState.FAILED, None)


def test_working_out_a_run_that_is_over_changes_nothing(market, found):
    run = planned(market, found)
    services.work_plan_out(run.pk)
    assert PlanRun.objects.get(pk=run.pk).seen_at == run.seen_at


def test_only_the_newest_plan_is_kept_whole(market, found):
    first, second = planned(market, found), planned(market, found)
    first.refresh_from_db()
    assert (first.state, first.result) == (RunState.MADE, None)
    assert second.result is not None
    assert selectors.last_run(found) == second


def test_stopping_is_asked_once_and_read_by_the_search(market, found):
    run = services.begin_plan(found=found, terms=PlanTerms(), on=ON, actor=market.actor)
    assert not selectors.was_stop_asked(run)
    services.stop_plan(found=found, actor=market.actor)
    services.stop_plan(found=found, actor=market.actor)
    assert selectors.was_stop_asked(run)
    assert AuditRecord.objects.filter(action="rounds.plan_stopped").count() == 1


def test_agreeing_writes_the_lines_and_moves_the_round_on(market, found):
    run = planned(market, found)
    agree(market, found, run)
    agreed = market.again(found)
    assert agreed.state == RoundState.PLANNED
    lines = {line.item.pk: line for line in agreed.plan_lines.all()}
    assert lines[market.mori.pk].packs == 100
    assert sum(line.goods + line.freight for line in lines.values()) == run.best
    assert not any(line.by_hand for line in lines.values())
    agree(market, agreed, run)
    assert agreed.plan_lines.count() == 2


def test_whoever_agrees_another_plan_a_moment_later_is_told_so(market, found, keys):
    run = planned(market, found)
    wax = keys[f"{market.solo.number}:{market.malam.code}"]
    mori = keys[f"{market.pekalongan.number}:{market.mori.code}"]
    agree(market, found, run)
    with pytest.raises(WrongState, match=found.number):
        agree(market, found, run, {mori: 100, wax: 5}, total=1)
    assert not any(line.by_hand for line in found.plan_lines.all())


def test_packs_changed_by_hand_are_marked_and_told(market, found, keys):
    run = planned(market, found)
    mori = keys[f"{market.pekalongan.number}:{market.mori.code}"]
    wax = keys[f"{market.solo.number}:{market.malam.code}"]
    agree(market, found, run, {mori: 100, wax: 5})
    by_hand = {line.offer_key: line.by_hand for line in found.plan_lines.all()}
    assert by_hand == {mori: True, wax: False}
    told = AuditRecord.objects.get(action="rounds.plan_agreed")
    assert told.facts["total"] == 100 * 24_000 + 5 * 40_000 + 200_000


def test_a_plan_out_of_date_is_not_agreed(market, found):
    run = planned(market, found)
    market.need(found, "M3", market.mori, 1)
    with pytest.raises(PlanChanged):
        agree(market, found, run)
    assert not found.plan_lines.exists()


def test_another_total_than_was_seen_is_not_agreed(market, found):
    run = planned(market, found)
    with pytest.raises(PlanChanged):
        agree(market, found, run, total=1)


def test_a_broken_limit_needs_a_reason(market, found, keys):
    run = planned(market, found, storage={"cloth": Decimal(100)})
    mori = keys[f"{market.solo.number}:{market.mori.code}"]
    with pytest.raises(LimitsBroken):
        agree(market, found, run, {mori: 101})
    names = selectors.plan_inputs(found=found, on=ON).subjects
    assert names[mori] == f"{market.mori.name}, Toko Solo Mori"
    agree(market, found, run, {mori: 101}, reason="Gudang tetangga boleh dipakai")
    told = AuditRecord.objects.get(action="rounds.plan_agreed")
    assert told.facts["reason"] == "Gudang tetangga boleh dipakai"


def test_nothing_chosen_is_no_plan(market, found):
    run = planned(market, found)
    with pytest.raises(NothingPlanned):
        agree(market, found, run, {})


def test_a_round_that_has_gone_on_is_not_planned_again(market, found):
    market.ordered(found, [(market.solo, market.mori, 100, 1, 25_000, 0)])
    with pytest.raises(WrongState):
        services.begin_plan(found=market.again(found), terms=PlanTerms(), on=ON, actor=market.actor)


def address(market, found, act="") -> str:
    part = f"{act}/" if act else ""
    return f"/{market.cooperative.slug}/belanja/rencana/{part}{found.number}"


def post(client, path, **data):
    return client.post(path, {"request_key": f"request-key-{next(_keys)}", **data})


def test_the_page_shows_suppliers_costs_reasons_and_what_is_compared(
    market, found, page, django_capture_on_commit_callbacks
):
    market.market_price(market.mori, 30_000)
    market.market_price(market.malam, 45_000)
    market.need(found, "M2", market.dye, 50)
    with django_capture_on_commit_callbacks(execute=True):
        answer = post(page, address(market, found, "hitung"), cash="", money_in_days="")
    assert answer.status_code == 302
    text = page.get(address(market, found)).content.decode()
    for said in ("Toko Solo Mori", "Rp2.800.000", "Pekalongan Jaya", "Pasar Klewer", "hx-get"):
        assert (said in text) == (said != "hx-get"), said
    assert text.count("<svg") > 1
    assert market.dye.name in text


def test_a_run_under_way_looks_again_by_itself_and_can_be_stopped(market, found, page):
    run = services.begin_plan(found=found, terms=PlanTerms(), on=ON, actor=market.actor)
    PlanRun.objects.filter(pk=run.pk).update(
        best=1_234_567, gap=Decimal("2.5"), seen_at=timezone.now(), made_at=timezone.now()
    )
    whole = page.get(address(market, found)).content.decode()
    assert 'hx-trigger="every 2s"' in whole
    assert "Rp1.234.567" in whole
    part = page.get(address(market, found), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="plan"' in part
    assert post(page, address(market, found, "hentikan")).status_code == 302
    assert selectors.was_stop_asked(run)


def test_the_cost_of_a_change_by_hand_is_shown_before_it_is_agreed(market, found, page, keys):
    run = planned(market, found)
    mori = keys[f"{market.pekalongan.number}:{market.mori.code}"]
    wax = keys[f"{market.solo.number}:{market.malam.code}"]
    typed = {f"packs-{mori}": "100", f"packs-{wax}": "5"}
    path = address(market, found, "ubah")
    assert page.get(path).status_code == 200
    shown = post(page, path, **typed, show="1")
    assert shown.status_code == 422
    text = shown.content.decode()
    assert run.best is not None
    cheaper = run.best - (100 * 24_000 + 5 * 40_000 + 200_000)
    assert cheaper == 0 or f"{abs(cheaper):,}".replace(",", ".") in text
    unseen = post(page, path, **typed, seen_total="1", agree="1")
    assert unseen.status_code == 422
    assert market.again(found).state == RoundState.COLLECTING
    total = 100 * 24_000 + 5 * 40_000 + 200_000
    done = post(page, path, **typed, seen_total=str(total), agree="1")
    assert done.status_code == 302
    assert market.again(found).state == RoundState.PLANNED


def test_agreeing_on_the_page_and_seeing_it_agreed(market, found, page):
    planned(market, found)
    assert post(page, address(market, found, "setujui")).status_code == 302
    assert market.again(found).state == RoundState.PLANNED
    text = page.get(address(market, found)).content.decode()
    assert "Toko Solo Mori" in text
    assert "Pekalongan Jaya" in text, "why not the other stays to be read"
    assert f"/belanja/pesan/{found.number}" in text
    assert address(market, found, "setujui") not in text


def test_a_plan_out_of_date_is_told_and_offers_no_agreement(market, found, page):
    planned(market, found)
    path = address(market, found, "setujui")
    assert path in page.get(address(market, found)).content.decode()
    market.need(found, "M3", market.mori, 1)
    text = page.get(address(market, found)).content.decode()
    assert path not in text
    assert address(market, found, "hitung") in text


def test_the_page_of_a_plan_asks_little(market, found, page, django_assert_max_num_queries):
    planned(market, found)
    page.get(address(market, found))
    with django_assert_max_num_queries(14):
        assert page.get(address(market, found)).status_code == 200


def test_who_may_only_look_is_offered_nothing_to_press(market, found, monkeypatch):
    stop_clock(monkeypatch, timezone.now().replace(year=2027, month=3, day=1, hour=5))
    planned(market, found)
    client = Client()
    client.force_login(builders.person_with_role(market.cooperative, Role.CASHIER))
    text = client.get(address(market, found)).content.decode()
    assert "Toko Solo Mori" in text
    assert address(market, found, "setujui") not in text
    assert post(client, address(market, found, "setujui")).status_code == 403


def test_a_refused_agreement_is_told_on_the_page(market, found, page):
    planned(market, found)
    market.need(found, "M3", market.mori, 1)
    refused = post(page, address(market, found, "setujui"))
    assert refused.status_code == 422


def test_without_a_plan_there_is_nothing_to_agree_or_change(market, found, page):
    assert page.get(address(market, found)).status_code == 200
    assert post(page, address(market, found, "setujui")).status_code == 404
    assert page.get(address(market, found, "ubah")).status_code == 404
    assert page.get(f"/{market.cooperative.slug}/belanja/rencana/BB/2027/9999").status_code == 404


def test_a_limit_typed_wrongly_stays_on_the_page(market, found, page):
    answer = post(page, address(market, found, "hitung"), cash="banyak", money_in_days="")
    assert answer.status_code == 422
    assert "banyak" in answer.content.decode()
