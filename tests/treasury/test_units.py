"""Business units: whose an amount is, shared costs to the rupiah, together the surplus."""

from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from canting.cash.services import pay_cash, receive_cash
from canting.cooperatives.rules import Role
from canting.cooperatives.services import set_parameter
from canting.ledger.rules import BusinessClass, Draft, credit, debit
from canting.ledger.services import post_entry, reverse_source
from canting.ledger.statements import surplus
from canting.treasury import papers, selectors, services
from canting.treasury.errors import UnitIsThere, UnknownKind, UnknownPlanAccount
from canting.treasury.invariants import units_make_the_whole
from canting.treasury.models import Unit, UnitRule
from canting.treasury.rules import Rule, changes_between, in_force, split, unit_of
from tests import builders
from tests.corrections import draft_on, send
from tests.portal.clock import stop_clock

JAN_1, JULY, DEC_31 = date(2026, 1, 1), date(2026, 7, 1), date(2026, 12, 31)


def add(desk, name, starter=""):
    return services.add_unit(name=name, starter=starter, valid_from=JAN_1, **desk.make)


def rule(desk, role, unit, **facts):
    known = {"kind": "", "valid_from": JAN_1, "source": "Rapat 3", "account": desk.code(role)}
    return services.set_unit_rule(unit=unit, **{**known, **facts}, **desk.make)


def sale(desk, number, role, amount, cost_role, cost, kind="manual", on=JULY):
    """Goods sold with their cost, as an entry of this kind."""
    is_member = role.endswith("_m") or "member" in role or "commission" in role
    business = BusinessClass.MEMBER if is_member else BusinessClass.NONMEMBER
    lines = [
        debit("bank", amount), credit(role, amount, business=business),
        debit(cost_role, cost, business=business), credit("other_income", cost),
    ]  # fmt: skip
    draft = Draft(f"test.sale:{number}", on, kind, "Jual", lines)
    post_entry(cooperative=desk.coop, draft=draft, actor=desk.actor)


def told(desk, since=JAN_1, until=DEC_31):
    return selectors.unit_results(cooperative=desk.coop, since=since, until=until)


def stated(desk, since=JAN_1, until=DEC_31):
    whole = surplus(cooperative=desk.coop, since=since, until=until).after_tax
    return whole.member + whole.nonmember


def pay(desk, amount, on=JULY):
    pay_cash(purpose="office", amount=amount, place="bank", memo="Kertas", on=on, **desk.make)


@pytest.fixture
def trade(desk):
    """Cloth for three million, materials for one, a cost of one hundred thousand and one."""
    cloth, shop = add(desk, "Batik", "cloth"), add(desk, "Toko bahan", "materials")
    sale(desk, 1, "sales_member_cloth", 3_000_000, "cogs_member_cloth", 2_000_000)
    sale(desk, 2, "sales_material_m", 1_000_000, "cogs_material_m", 800_000)
    pay(desk, 100_001)
    return cloth, shop


def test_each_unit_has_its_own_and_shares_the_rest_by_its_revenue(desk, trade):
    found = told(desk)
    assert found.own("revenue") == (3_000_000, 1_000_000)
    assert found.own("cost") == (-2_000_000, -800_000)
    assert found.weights == (3_000_000, 1_000_000)
    assert found.shared == 2_800_000 - 100_001
    assert sum(found.parts()) == found.shared
    assert sum(found.results) == found.total == stated(desk)
    assert list(units_make_the_whole(desk.coop)) == []


def test_one_account_goes_by_its_papers(desk, trade):
    sale(desk, 3, "sales_outside", 500_000, "cogs_n", 300_000, "gallery_sale")
    sale(desk, 4, "sales_material_n", 200_000, "cogs_n", 150_000, "sale_material_nonmember")
    row = next(one for one in told(desk).rows if one.account.role == "cogs_n")
    assert row.own == (-300_000, -150_000)
    assert sum(told(desk).results) == stated(desk)


def test_a_rule_holds_from_its_day_on(desk, trade):
    _cloth, shop = trade
    pay(desk, 50_000, on=date(2026, 3, 1))
    rule(desk, "admin", shop, valid_from=date(2026, 6, 1))
    row = next(one for one in told(desk).rows if one.account.role == "admin")
    assert (row.own, row.shared) == ((0, -100_001), -50_000)
    rule(desk, "admin", None, valid_from=date(2026, 6, 1))
    row = next(one for one in told(desk).rows if one.account.role == "admin")
    assert (row.own, row.shared) == ((0, 0), -150_001)
    assert sum(told(desk).results) == stated(desk)


def test_a_reversal_goes_back_to_the_unit_it_came_from(desk, trade):
    sale(desk, 5, "sales_material_n", 200_000, "cogs_n", 150_000, "sale_material_nonmember")
    before = told(desk)
    reverse_source(
        cooperative=desk.coop, source="test.sale:5", on=date(2026, 8, 1), reason="Salah",
        actor=desk.actor,
    )  # fmt: skip
    after = told(desk)
    assert after.own("cost") == (-2_000_000, -800_000)
    assert before.own("cost") == (-2_000_000, -950_000)
    assert sum(after.results) == stated(desk)


@pytest.mark.parametrize("key", ["gross", "fixed"])
def test_the_key_may_be_another(desk, trade, key):
    cloth, shop = trade
    set_parameter(
        cooperative=desk.coop, name="treasury.unit_key", value=key, valid_from=JAN_1,
        source="Rapat 3", actor=desk.actor,
    )  # fmt: skip
    services.set_unit_weights(weights={cloth.pk: 1, shop.pk: 3}, valid_from=JAN_1, **desk.make)
    found = told(desk)
    assert found.weights == ((1_000_000, 200_000) if key == "gross" else (1, 3))
    assert sum(found.results) == found.total == stated(desk)


def test_without_any_weight_what_is_shared_stays_apart(desk):
    add(desk, "Batik")
    pay(desk, 7)
    found = told(desk)
    assert (found.results, found.apart, found.total) == ((0,), -7, -7)
    assert list(units_make_the_whole(desk.coop)) == []


def test_what_cannot_be_is_refused(desk):
    cloth = add(desk, "Batik")
    with pytest.raises(UnitIsThere):
        add(desk, "batik")
    other = add(desk, "Toko")
    with pytest.raises(UnitIsThere):
        services.change_unit(unit=other, name="BATIK", active=True, actor=desk.actor)
    with pytest.raises(UnknownPlanAccount):
        rule(desk, "bank", cloth)
    with pytest.raises(UnknownKind):
        rule(desk, "admin", cloth, kind="apa saja")
    assert not UnitRule.objects.exists()


RULES = st.lists(
    st.builds(
        Rule,
        st.integers(1, 3),
        st.sampled_from(["", "a", "b"]),
        st.one_of(st.none(), st.integers(1, 3)),
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    ),
    max_size=12,
)


@given(rules=RULES, day=st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_in_each_piece_of_the_time_one_set_of_rules_holds(rules, day):
    pieces = changes_between(rules, JAN_1, DEC_31)
    assert pieces[0][0] == JAN_1
    assert pieces[-1][1] == DEC_31
    start, end = next(piece for piece in pieces if piece[0] <= day <= piece[1])
    assert in_force(rules, start) == in_force(rules, day) == in_force(rules, end)


@given(
    amount=st.integers(-(10**12), 10**12),
    weights=st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=6),
)
def test_shared_costs_are_split_to_the_rupiah(amount, weights):
    parts = split(amount, weights)
    if any(one > 0 for one in weights):
        assert sum(parts) == amount
    else:
        assert parts is None


def test_the_nearest_rule_decides():
    held = {(1, ""): 1, (1, "a"): None}
    assert [unit_of(held, 1, "b"), unit_of(held, 1, "a"), unit_of(held, 2, "a")] == [1, None, None]


@pytest.fixture
def cashier(desk, monkeypatch):
    stop_clock(monkeypatch)
    client = Client()
    client.force_login(builders.person_with_role(desk.coop, Role.CASHIER))
    return client


def test_units_are_opened_and_their_rules_set_on_their_pages(cashier, desk):
    root = f"/{desk.coop.slug}/unit-usaha/"
    assert cashier.get(root).status_code == 200
    typed = draft_on(cashier.get(f"{root}baru/").text, f"{root}baru/", "name").values
    for name, starter in (("Batik", "cloth"), ("Toko bahan", "materials")):
        answer = send(cashier, f"{root}baru/", typed, name=name, starter=starter)
        assert answer.status_code == 302
    assert send(cashier, f"{root}baru/", typed, name="Batik").status_code == 422
    sale(desk, 1, "sales_member_cloth", 3_000_000, "cogs_member_cloth", 1, on=date(2027, 2, 1))
    receive_cash(
        purpose="other_in", amount=10, place="bank", memo="Jasa", on=date(2027, 2, 1), **desk.make
    )
    rules = f"{root}aturan/"
    typed = draft_on(cashier.get(rules).text, rules, "account").values
    unit = Unit.objects.get(name="Toko bahan")
    facts = {"account": desk.code("other_income"), "unit": str(unit.pk)}
    assert send(cashier, rules, typed, **{**facts, "unit": ""}).status_code == 422
    assert send(cashier, rules, typed, **facts).status_code == 302
    weights = f"{root}kunci/"
    typed = draft_on(cashier.get(rules).text, weights, f"u{unit.pk}").values
    assert send(cashier, weights, typed, **{f"u{unit.pk}": "-1"}).status_code == 422
    assert send(cashier, weights, typed, **{f"u{unit.pk}": "2"}).status_code == 302
    assert "Rp3.000.000" not in cashier.get(f"{root}{unit.pk}/").text
    assert "3.000.000" in cashier.get(root).text
    assert b"".join(cashier.get(f"{root}?bentuk=xlsx")).startswith(b"PK")
    assert send(cashier, f"{root}{unit.pk}/ubah/", {}, name="Batik").status_code == 422
    assert send(cashier, f"{root}{unit.pk}/ubah/", {}, name="Toko").status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.active) == ("Toko", False)
    data = b"".join(
        papers.units_sheet(told(desk, date(2027, 1, 1), date(2027, 12, 31)), as_csv=True)
    )
    assert b"Batik" in data


def test_another_house_and_a_storekeeper_see_nothing(cashier, desk):
    unit = add(desk, "Batik")
    other = builders.cooperative(slug="lain", actor=desk.actor)
    stranger, keeper = Client(), Client()
    stranger.force_login(builders.person_with_role(other, Role.MANAGER))
    keeper.force_login(builders.person_with_role(desk.coop, Role.STOREKEEPER))
    assert stranger.get(f"/{other.slug}/unit-usaha/{unit.pk}/").status_code == 404
    assert send(stranger, f"/{other.slug}/unit-usaha/{unit.pk}/ubah/", {}).status_code == 404
    assert keeper.get(f"/{desk.coop.slug}/unit-usaha/").status_code == 403
