"""Dye recipes as requirements of material: the published figures, ratios, norms, bans, substitutes."""

import itertools
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from canting.catalogue import selectors, services
from canting.catalogue.errors import (
    BadMeasures,
    BadRange,
    BannedItem,
    BanNeedsSource,
    NotAProduct,
    NotASubstitute,
    RecipeNeedsLines,
    RecipeTaken,
    TwiceInRecipe,
    UnknownUnit,
)
from canting.catalogue.models import DyeRecipe
from canting.catalogue.rules import DEPTHS, STANDARD, Ingredient, partners_of, weigh
from canting.catalogue.services import Part, create_item
from canting.cooperatives.rules import Role
from tests import builders

D = Decimal
_keys = itertools.count(1)
DAY, LATER = date(2026, 3, 1), date(2026, 6, 1)


def standard(key):
    return next(one for one in STANDARD if one.key == key).ingredients


def grams(key, measures=1, depth="medium"):
    return [one.quantity for one in weigh(standard(key), measures=D(measures), depth=depth)]


# batik.md 2.4, each figure that is marked VERIFIED ------------------------------------------------


@pytest.mark.parametrize(
    ("key", "measures", "depth", "wanted"),
    [
        # 3 g Naphthol AS-D, 6 cc TRO, 6 cc lye of 441 g caustic a litre [S46]
        ("naphthol_litre", 1, "medium", [D(3), D(6), D("2.646")]),
        # 10 g naphthol, 5 g caustic, 20 g salt for one cloth of 2 x 1 m [S47]
        ("naphthol_cloth", 1, "medium", [D(10), D(5), D(20)]),
        ("naphthol_cloth", 12, "deep", [D(120), D(60), D(240)]),
        # 5 g naphthol, 2,5 g TRO, 2,5 g caustic a metre [S48]
        ("naphthol_metre", "2.4", "light", [D(12), D(6), D(6)]),
        # indigosol 3 to 5 g, nitrite twice that [S50]
        ("indigosol_metre", 1, "light", [D(3), D(6)]),
        ("indigosol_metre", 1, "deep", [D(5), D(10)]),
        # remazol 25 to 50 g, soda ash at least three quarters of it [S51][S26]
        ("remazol_litre", 1, "light", [D(25), D("18.75")]),
        ("remazol_litre", 1, "deep", [D(50), D("37.5")]),
        # one kilogram of bark in ten litres [S52]
        ("natural_cloth", 2, "medium", [D(2), D(20)]),
        # alum 70, lime 50, iron 20 g a litre [S54]
        ("fix_alum", 3, "medium", [D(210)]),
        ("fix_lime", 3, "medium", [D(150)]),
        ("fix_iron", 3, "medium", [D(60)]),
    ],
)
def test_the_published_figures(key, measures, depth, wanted):
    assert grams(key, measures, depth) == wanted


def test_naphthol_caustic_and_salt_are_one_to_a_half_to_two():
    # [S47]: 1 : 0,5 : 2
    found = partners_of(standard("naphthol_cloth"), quantity=D(100))
    assert [one.quantity for one in found] == [D(50), D(200)]


def test_thirty_grams_of_remazol_take_22_and_a_half_of_soda_ash():
    # [S51]: 30 g of dye, 22,5 g of soda ash
    (soda,) = partners_of(standard("remazol_litre"), quantity=D(30))
    assert soda.quantity == D("22.5")


@given(
    st.lists(st.decimals("0.0001", "1000", places=4), min_size=2, max_size=5),
    st.decimals("0.01", "1000", places=2),
    st.sampled_from(sorted(DEPTHS)),
)
def test_partners_are_what_the_recipe_weighs_beside_the_dye(amounts, measures, depth):
    ingredients = [Ingredient(str(n), "g", one, one * 2) for n, one in enumerate(amounts)]
    dye, *others = weigh(ingredients, measures=measures, depth=depth)
    exact = Ingredient("", "g", amounts[0], amounts[0] * 2).at(depth)
    quantity = D(exact.numerator) / D(exact.denominator) * measures
    for one, other in zip(
        partners_of(ingredients, quantity=quantity, depth=depth), others, strict=True
    ):
        assert abs(one.quantity - other.quantity) <= D("0.0002")
    assert dye.quantity >= 0


# A workshop's own -------------------------------------------------------------------------------


@pytest.fixture
def shelf(cooperative, actor):
    """Naphthol by the kilogram, caustic and salt by the gram, a cloth that is made."""
    make = {"cooperative": cooperative, "actor": actor}
    return {
        "naphthol": create_item(name="Naphthol AS-D", kind="dye", unit="kg", **make),
        "caustic": create_item(name="Kostik", kind="dye", unit="g", **make),
        "salt": create_item(name="Garam diazo merah B", kind="dye", unit="g", **make),
        "other": create_item(name="Garam diazo merah GG", kind="dye", unit="g", **make),
        "mori": create_item(name="Mori", kind="cloth", unit="m", **make),
        "cloth": create_item(name="Kain cap", kind="product", unit="pcs", **make),
    }


def keep(cooperative, actor, shelf, **facts):
    known = {
        "name": "Merah naphthol",
        "measure": "satu kain 2 x 1 m",
        "parts": [
            Part(shelf["naphthol"], "g", D(10), D(10)),
            Part(shelf["caustic"], "g", D(5), D(5)),
            Part(shelf["salt"], "g", D(20), D(20)),
        ],
    }
    return services.keep_dye_recipe(cooperative=cooperative, actor=actor, **{**known, **facts})


def test_a_recipe_becomes_the_norm_of_a_product_with_all_its_partners(cooperative, actor, shelf):
    recipe = keep(cooperative, actor, shelf)
    services.use_dye_recipe(
        recipe=recipe, product=shelf["cloth"], measures=D("1.2"), depth="medium", actor=actor
    )
    norms = {item.name: norm for item, norm in selectors.norms(product=shelf["cloth"])}
    assert norms == {
        "Naphthol AS-D": D("0.012"), "Kostik": D(6), "Garam diazo merah B": D(24),
    }  # fmt: skip


def test_what_goes_with_a_dye_that_is_asked_for(cooperative, actor, shelf):
    keep(cooperative, actor, shelf)
    asked = {shelf["naphthol"].pk: D("0.1"), shelf["salt"].pk: D(150)}
    found = {one.item.name: one for one in selectors.partners(cooperative=cooperative, asked=asked)}
    assert found["Kostik"].needed == found["Kostik"].short == D(50)
    assert (found["Garam diazo merah B"].needed, found["Garam diazo merah B"].short) == (200, 50)
    assert selectors.partners(cooperative=cooperative, asked={shelf["mori"].pk: D(5)}) == []


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        (lambda s: [], RecipeNeedsLines),
        (lambda s: [Part(s["caustic"], "g", D(0), D(1))], BadRange),
        (lambda s: [Part(s["caustic"], "g", D(2), D(1))], BadRange),
        (lambda s: [Part(s["caustic"], "g", D(1), D(1))] * 2, TwiceInRecipe),
        (lambda s: [Part(s["caustic"], "pis", D(1), D(1))], UnknownUnit),
    ],
)
def test_a_recipe_that_cannot_be_is_refused(cooperative, actor, shelf, parts, error):
    with pytest.raises(error):
        keep(cooperative, actor, shelf, parts=parts(shelf))
    assert not DyeRecipe.objects.exists()


def test_a_name_is_taken_once_and_a_recipe_is_changed_in_place(cooperative, actor, shelf):
    recipe = keep(cooperative, actor, shelf)
    with pytest.raises(RecipeTaken):
        keep(cooperative, actor, shelf, name="merah NAPHTHOL")
    keep(cooperative, actor, shelf, recipe=recipe, parts=[Part(shelf["caustic"], "g", D(1), D(2))])
    kept = builders.there(selectors.recipe(cooperative=cooperative, pk=recipe.pk))
    assert [line.item.name for line in selectors.recipe_lines(kept)] == ["Kostik"]


def test_only_a_product_gets_a_norm_and_only_of_something(cooperative, actor, shelf):
    recipe = keep(cooperative, actor, shelf)
    with pytest.raises(NotAProduct):
        services.use_dye_recipe(
            recipe=recipe, product=shelf["mori"], measures=D(1), depth="light", actor=actor
        )
    with pytest.raises(BadMeasures):
        services.use_dye_recipe(
            recipe=recipe, product=shelf["cloth"], measures=D(0), depth="light", actor=actor
        )


def test_a_substitute_is_of_the_same_kind_and_unit_and_ends(cooperative, actor, shelf):
    for wrong in ("mori", "naphthol", "salt"):
        with pytest.raises(NotASubstitute):
            services.allow_substitute(
                item=shelf["salt"], other=shelf[wrong], valid_from=DAY, reason="Uji", actor=actor
            )
    row = services.allow_substitute(
        item=shelf["salt"], other=shelf["other"], valid_from=DAY, reason="Uji warna", actor=actor
    )
    now = selectors.substitutes(items=[shelf["salt"]], on=DAY)
    assert now == {shelf["salt"].pk: [shelf["other"]]}
    assert selectors.substitutes(items=[shelf["salt"]], on=date(2026, 2, 28)) == {}
    services.end_substitute(row=row, on=LATER, actor=actor)
    assert selectors.substitutes(items=[shelf["salt"]], on=LATER) == {}


def test_a_banned_material_is_refused_from_its_day_on_and_never_stands_in(
    cooperative, actor, shelf
):
    salt, other = shelf["salt"], shelf["other"]
    services.allow_substitute(item=salt, other=other, valid_from=DAY, reason="Uji", actor=actor)
    with pytest.raises(BanNeedsSource):
        services.ban_item(item=other, since=LATER, by=" ", actor=actor)
    services.ban_item(item=other, since=LATER, by="EN ISO 14362, uji lab 4/2026", actor=actor)
    selectors.refuse_banned(items=[other], on=DAY)
    with pytest.raises(BannedItem, match="EN ISO 14362"):
        selectors.refuse_banned(items=[salt, other], on=LATER)
    assert selectors.substitutes(items=[salt], on=LATER) == {}
    services.ban_item(item=other, since=None, by="", actor=actor)
    selectors.refuse_banned(items=[other], on=LATER)


# Pages ------------------------------------------------------------------------------------------


@pytest.fixture
def mentor(cooperative):
    client = Client()
    client.force_login(builders.person_with_role(cooperative, Role.MENTOR))
    return client


def test_a_mentor_weighs_and_sets_the_norm(cooperative, actor, shelf, mentor):
    recipe = keep(cooperative, actor, shelf)
    address = reverse("catalogue:recipe_weigh", args=[cooperative.slug, recipe.pk])
    page = mentor.get(address + "?measures=12&depth=deep").text
    assert "120 g" in page
    assert "0,12 kg" in page
    assert "240 g" in page
    assert mentor.get(address + "?measures=0").status_code == 422
    answer = mentor.post(
        reverse("catalogue:recipe_use", args=[cooperative.slug, recipe.pk]),
        {"measures": "1,2", "depth": "medium", "product": shelf["cloth"].code,
         "request_key": "recipe-key-0001"},
    )  # fmt: skip
    assert answer.status_code == 302
    assert len(selectors.norms(product=shelf["cloth"])) == 3


def test_a_published_recipe_is_where_one_begins(cooperative, shelf, mentor):
    listed = mentor.get(reverse("catalogue:recipe_list", args=[cooperative.slug])).text
    assert "dari=naphthol_cloth" in listed
    address = reverse("catalogue:recipe_new", args=[cooperative.slug])
    page = mentor.get(address + "?dari=naphthol_cloth").text
    assert 'value="20"' in page
    typed = {
        "name": "Merah", "measure": "satu kain", "request_key": "recipe-key-0002",
        "r-TOTAL_FORMS": "2", "r-INITIAL_FORMS": "0",
        "r-0-item": shelf["naphthol"].code, "r-0-least": "10", "r-0-unit": "g",
        "r-1-item": shelf["salt"].code, "r-1-least": "20", "r-1-most": "25", "r-1-unit": "g",
    }  # fmt: skip
    assert mentor.post(address, typed).status_code == 302
    recipe = DyeRecipe.objects.get()
    assert [(line.least, line.most) for line in selectors.recipe_lines(recipe)] == [
        (10, 10), (20, 25),
    ]  # fmt: skip
    missing = {**typed, "r-0-least": "", "request_key": "recipe-key-0003", "name": "Lain"}
    assert mentor.post(address, missing).status_code == 422


def test_care_of_a_material_on_its_page(cooperative, actor, shelf, mentor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    services.change_item(item=shelf["salt"], actor=actor, safety_note="Sarung tangan dan masker")
    manager = Client()
    manager.force_login(builders.person_with_role(cooperative, Role.MANAGER))
    code = shelf["salt"].code

    def post(client, name, *parts, **typed):
        typed["request_key"] = f"care-key-{next(_keys)}"
        return client.post(
            reverse(f"catalogue:{name}", args=[cooperative.slug, code, *parts]), typed
        )

    page = manager.get(reverse("catalogue:item_care", args=[cooperative.slug, code])).text
    assert "Sarung tangan" in page
    assert post(mentor, "item_ban", since="2026-06-01", by="EN").status_code == 403
    assert post(manager, "item_ban", since="2026-06-01", by="").status_code == 422
    typed = {"other": shelf["other"].code, "valid_from": "2026-03-01", "reason": "Uji"}
    assert post(manager, "substitute_add", **typed).status_code == 302
    row = selectors.substitutes_of(shelf["salt"]).get()
    assert post(manager, "substitute_end", row.pk).status_code == 302
    assert post(manager, "substitute_end", row.pk + 99).status_code == 404
    sheet = SimpleUploadedFile("msds.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
    assert post(manager, "safety_sheet_add", file=sheet).status_code == 302
    assert selectors.safety_sheets(shelf["salt"]).count() == 1
    bad = SimpleUploadedFile("msds.pdf", b"MZ not a paper", content_type="application/pdf")
    assert post(manager, "safety_sheet_add", file=bad).status_code in (422, 302)
    assert selectors.safety_sheets(shelf["salt"]).count() == 1
