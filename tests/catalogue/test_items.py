"""Items, units, prices by day and norms."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from canting.catalogue import selectors, services
from canting.catalogue.errors import (
    BadFactor,
    BadGrade,
    BadNorm,
    BadPrice,
    CodeTaken,
    FixedUnit,
    NameNeeded,
    NameTaken,
    NoPrice,
    NotAMaterial,
    NotAProduct,
    UnknownKind,
    UnknownList,
    UnknownUnit,
)
from canting.catalogue.models import Item, Price

DAY = date(2026, 3, 1)


@pytest.fixture
def make(cooperative, actor):
    def item(name="Mori primissima", kind="cloth", unit="m", **facts):
        return services.create_item(
            cooperative=cooperative, name=name, kind=kind, unit=unit, actor=actor, **facts
        )

    return item


@pytest.fixture
def price(cooperative, actor):
    def set_one(item, amount, on=DAY, price_list="member", **facts):
        return services.set_price(
            cooperative=cooperative,
            item=item,
            price_list=price_list,
            amount=amount,
            valid_from=on,
            actor=actor,
            **facts,
        )

    return set_one


def test_an_item_gets_the_next_free_code_of_its_kind(make):
    assert make().code == "K-001"
    assert make("Mori prima").code == "K-002"
    assert make("Malam", "wax", "kilo").unit == "kg"


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"name": "  "}, NameNeeded),
        ({"name": "mori PRIMISSIMA"}, NameTaken),
        ({"name": "Lain", "code": "k-001"}, CodeTaken),
        ({"name": "Lain", "kind": "besi"}, UnknownKind),
    ],
)
def test_a_wrong_item_is_refused_and_leaves_no_trace(make, facts, refusal):
    make()
    with pytest.raises(refusal), transaction.atomic():
        make(**facts)
    assert Item.objects.count() == 1


def test_a_yard_is_exact_and_a_pis_has_its_own_length(make, actor):
    mori = make()
    assert selectors.to_base(mori, Decimal("17.5"), "yard") == Decimal("16.0020")
    with pytest.raises(UnknownUnit, match="pis"):
        selectors.to_base(mori, Decimal(1), "pis")
    services.set_unit(item=mori, unit="pis", factor=Decimal("30.1752"), actor=actor)
    assert selectors.to_base(mori, Decimal(2), "pis") == Decimal("60.3504")
    services.set_unit(item=mori, unit="pis", factor=Decimal("16.002"), actor=actor)
    assert selectors.to_base(mori, Decimal(2), "pis") == Decimal("32.0040")
    cloth = make("Kemeja", "product", "helai")
    assert selectors.to_base(cloth, Decimal(3), "kodi") == 60


def test_a_fixed_unit_and_a_bad_factor_are_refused(make, actor):
    mori = make()
    for unit in ("m", "yard"):
        with pytest.raises(FixedUnit):
            services.set_unit(item=mori, unit=unit, factor=Decimal(2), actor=actor)
    with pytest.raises(BadFactor):
        services.set_unit(item=mori, unit="pis", factor=Decimal(0), actor=actor)


def test_a_price_holds_from_its_day_until_the_next(make, price, cooperative):
    mori = make()
    price(mori, 22_000, date(2026, 1, 1))
    price(mori, 24_000, date(2026, 3, 1))

    def on(day):
        return selectors.price_of(cooperative=cooperative, item=mori, price_list="member", on=day)

    assert (on(date(2026, 2, 28)), on(date(2026, 3, 1))) == (22_000, 24_000)
    with pytest.raises(NoPrice, match="Mori primissima"):
        on(date(2025, 12, 31))
    price(mori, 25_000, date(2026, 3, 1))
    assert on(date(2026, 3, 1)) == 25_000
    assert Price.objects.count() == 3


def test_the_price_of_a_grade_goes_before_the_one_for_every_grade(make, price, cooperative):
    cloth = make("Anggur", "product", "helai")
    price(cloth, 150_000, price_list="purchase")
    price(cloth, 160_000, price_list="purchase", grade="A")

    def of(grade):
        return selectors.price_of(
            cooperative=cooperative, item=cloth, price_list="purchase", on=DAY, grade=grade
        )

    assert (of("A"), of("B")) == (160_000, 150_000)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"amount": 0}, BadPrice),
        ({"amount": 5, "grade": "D"}, BadGrade),
        ({"amount": 5, "price_list": "diskon"}, UnknownList),
    ],
)
def test_a_wrong_price_is_refused(make, price, facts, refusal):
    mori = make()
    with pytest.raises(refusal), transaction.atomic():
        price(mori, **facts)
    assert not Price.objects.exists()


def test_the_norm_of_a_product_counts_materials(make, actor):
    shirt, mori = make("Kemeja", "product", "helai"), make()
    services.set_norm(product=shirt, material=mori, quantity=Decimal("2.25"), actor=actor)
    services.set_norm(product=shirt, material=mori, quantity=Decimal("2.5"), actor=actor)
    assert selectors.norms(product=shirt) == [(mori, Decimal("2.5000"))]
    services.set_norm(product=shirt, material=mori, quantity=Decimal(0), actor=actor)
    assert selectors.norms(product=shirt) == []
    with pytest.raises(NotAProduct):
        services.set_norm(product=mori, material=mori, quantity=Decimal(1), actor=actor)
    with pytest.raises(NotAMaterial):
        services.set_norm(product=shirt, material=shirt, quantity=Decimal(1), actor=actor)
    with pytest.raises(BadNorm):
        services.set_norm(product=shirt, material=mori, quantity=Decimal(-1), actor=actor)


def test_a_changed_name_may_not_take_anothers(make, actor):
    mori, prima = make(), make("Mori prima")
    with pytest.raises(NameTaken), transaction.atomic():
        services.change_item(item=prima, name=mori.name, actor=actor)
    services.change_item(item=prima, name="Mori prima halus", lead_days=7, actor=actor)
    prima.refresh_from_db()
    assert (prima.name, prima.lead_days) == ("Mori prima halus", 7)
