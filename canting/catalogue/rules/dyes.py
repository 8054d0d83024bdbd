"""Dye recipes as requirements of material: published ones, and what a workshop weighs of its own.

The figures are those of batik.md 2.4; sources differ by twice for the same metre, so a workshop
keeps its own recipes, and a published one is only where it may begin.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from canting.kernel.quantities import quantize
from canting.kernel.texts import gettext_noop as _

# How deep a shade: nothing above the least, half of the way, all of it.
DEPTHS: Mapping[str, tuple[str, Fraction]] = {
    "light": (_("light"), Fraction(0)),
    "medium": (_("medium"), Fraction(1, 2)),
    "deep": (_("deep"), Fraction(1)),
}


class Ingredient(NamedTuple):
    """One thing that goes in: for one measure of the recipe, from the lightest to the deepest."""

    what: str
    unit: str
    least: Decimal
    most: Decimal

    def at(self, depth: str) -> Fraction:
        """How much for one measure at a depth of shade."""
        low, high = Fraction(self.least), Fraction(self.most)
        return low + (high - low) * DEPTHS[depth][1]


class Standard(NamedTuple):
    """A published recipe: what one measure of it is, what goes in, who wrote it."""

    key: str
    name: str
    measure: str
    ingredients: tuple[Ingredient, ...]
    source: str


class Weighed(NamedTuple):
    """How much of an ingredient to weigh, four places, in the ingredient's own unit."""

    what: str
    unit: str
    quantity: Decimal


def _same(what: str, unit: str, amount: str) -> Ingredient:
    return Ingredient(what, unit, Decimal(amount), Decimal(amount))


METRE, LITRE, CLOTH = _("one metre"), _("one litre"), _("one cloth of 2 x 1 m")
NAPHTHOL, TRO, CAUSTIC = _("Naphthol"), _("TRO (Turkey red oil)"), _("Caustic soda")
SALT, NITRITE = _("Diazo salt"), _("Sodium nitrite")

STANDARD: tuple[Standard, ...] = (
    Standard(
        "naphthol_litre", _("Naphthol, by the litre of bath"), LITRE,
        (
            _same(NAPHTHOL, "g", "3"),
            _same(TRO, "ml", "6"),
            # 6 ml of lye at 38 degrees Bé, which is 441 g of caustic soda made up to a litre
            _same(CAUSTIC, "g", "2.646"),
        ),
        "scribd.com 365702724",
    ),
    Standard(
        "naphthol_cloth", _("Naphthol, by the cloth"), CLOTH,
        (_same(NAPHTHOL, "g", "10"), _same(CAUSTIC, "g", "5"), _same(SALT, "g", "20")),
        "romannuansa.blogspot.com, 2020",
    ),
    Standard(
        "naphthol_metre", _("Naphthol, by the metre"), METRE,
        (_same(NAPHTHOL, "g", "5"), _same(TRO, "g", "2.5"), _same(CAUSTIC, "g", "2.5")),
        "123dok.com oy8pd47wz",
    ),
    Standard(
        "indigosol_metre", _("Indigosol, by the metre"), METRE,
        (
            Ingredient(_("Indigosol"), "g", Decimal(3), Decimal(5)),
            Ingredient(NITRITE, "g", Decimal(6), Decimal(10)),
        ),
        "infobatik.id, natrium nitrit",
    ),
    Standard(
        "remazol_litre", _("Remazol, by the litre"), LITRE,
        (
            Ingredient(_("Remazol"), "g", Decimal(25), Decimal(50)),
            Ingredient(_("Soda ash"), "g", Decimal("18.75"), Decimal("37.5")),
        ),
        "batikmerang.blogspot.co.id, 2017",
    ),
    Standard(
        "natural_cloth", _("Natural dye of bark or leaves, by the cloth"), CLOTH,
        (_same(_("Bark or leaves"), "kg", "1"), _same(_("Water"), "l", "10")),
        "jejakboedi.blogspot.com, 2011",
    ),
    Standard(
        "fix_alum", _("Fixing with alum, keeps the shade"), LITRE,
        (_same(_("Alum (tawas)"), "g", "70"),), "kompasiana.com 662f9560",
    ),
    Standard(
        "fix_lime", _("Fixing with lime, deepens it"), LITRE,
        (_same(_("Lime (kapur)"), "g", "50"),), "kompasiana.com 662f9560",
    ),
    Standard(
        "fix_iron", _("Fixing with iron, darkest"), LITRE,
        (_same(_("Iron (tunjung)"), "g", "20"),), "kompasiana.com 662f9560",
    ),
)  # fmt: skip


def weigh(
    ingredients: Sequence[Ingredient], *, measures: Decimal, depth: str = "medium"
) -> list[Weighed]:
    """What to weigh for so many measures of a recipe at a depth of shade; half up at four places."""
    return [
        Weighed(one.what, one.unit, scaled(one.at(depth) * Fraction(measures)))
        for one in ingredients
    ]


def scaled(amount: Fraction) -> Decimal:
    """An exact amount as a quantity of four places."""
    return quantize(Decimal(amount.numerator) / Decimal(amount.denominator))


def partners_of(
    ingredients: Sequence[Ingredient], *, quantity: Decimal, depth: str = "medium"
) -> list[Weighed]:
    """What goes with so much of the first ingredient, in the ratio of the recipe.

    Naphthol 100 g of the cloth recipe: caustic 50 g, salt 200 g.
    """
    first, *others = ingredients
    base = first.at(depth)
    if not base:
        return []
    share = Fraction(quantity) / base
    return [Weighed(one.what, one.unit, scaled(one.at(depth) * share)) for one in others]
