"""Tables of the catalogue: items, their units, norms and dated prices."""

from django.db import models
from django.db.models import Q

from canting.catalogue.rules import GRADES, ItemKind, PriceList, Technique
from canting.kernel.append_only import AppendOnly


class Item(models.Model):
    """A material, a product or a by-product; its code, kind and base unit never change."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=[(k, k) for k in ItemKind])
    unit = models.CharField(max_length=10, help_text="The unit stock is kept in.")
    technique = models.CharField(max_length=10, blank=True, choices=[(t, t) for t in Technique])
    motif = models.CharField(max_length=80, blank=True)
    size = models.CharField(max_length=40, blank=True, help_text="Such as 2,5 x 1,15 m.")
    lead_days = models.PositiveSmallIntegerField(
        default=14, help_text="Days from ordering it to having it."
    )
    reorder_point = models.DecimalField(
        max_digits=14,
        decimal_places=4,
        default=0,
        help_text="Order when no more than this is left; 0: the use during the order time.",
    )
    active = models.BooleanField(default=True)
    tracked = models.BooleanField(
        default=False, help_text="Kept by batch: dye lot or supplier's lot code, with expiry."
    )
    barcode = models.CharField(
        max_length=40, blank=True, help_text="What is printed on its pack, such as an EAN code."
    )
    safety_note = models.CharField(
        max_length=300, blank=True, help_text="Gloves, mask, where its waste goes."
    )
    banned_since = models.DateField(null=True, help_text="From this day on it is not dealt in.")
    banned_by = models.CharField(max_length=160, blank=True, help_text="By which rule or decision.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "code"], name="item_code_once"),
            models.UniqueConstraint(
                fields=["cooperative", "barcode"],
                condition=~Q(barcode=""),
                name="item_barcode_once",
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "kind", "name"], name="item_by_kind")]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class ItemUnit(models.Model):
    """How many base units one bought unit of this item holds: a pis of this mori is 16.002 m."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="units")
    unit = models.CharField(max_length=10)
    factor = models.DecimalField(max_digits=18, decimal_places=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "unit"], name="item_unit_once"),
            models.CheckConstraint(condition=Q(factor__gt=0), name="item_unit_factor"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.factor}"


class Norm(models.Model):
    """How much of a material one piece of a product uses."""

    product = models.ForeignKey(Item, models.PROTECT, related_name="norms")
    material = models.ForeignKey(Item, models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "material"], name="norm_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="norm_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity}"


class Price(AppendOnly):
    """A price per base unit from a day on; the latest row of the latest day rules."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="prices")
    price_list = models.CharField(max_length=12, choices=[(p, p) for p in PriceList])
    grade = models.CharField(max_length=1, blank=True, choices=[(g, g) for g in GRADES])
    valid_from = models.DateField()
    amount = models.BigIntegerField(help_text="Whole rupiah for one base unit.")
    source = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=80, blank=True, help_text="Where a market price was seen.")
    set_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="price_positive")]
        indexes = [
            models.Index(
                fields=["cooperative", "item", "price_list", "grade", "valid_from"],
                name="price_by_item",
            )
        ]

    def __str__(self) -> str:
        return f"{self.price_list} {self.amount}"


class Substitute(models.Model):
    """A material that may stand in for another, one base unit for one, from a day to a day."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="substitutes")
    other = models.ForeignKey(Item, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    reason = models.CharField(max_length=160)
    set_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(item=models.F("other")), name="substitute_is_other")
        ]
        indexes = [models.Index(fields=["item", "valid_from"], name="substitute_of_item")]

    def __str__(self) -> str:
        return f"{self.item_id} by {self.other_id}"


class DyeRecipe(models.Model):
    """How a workshop dyes: what one measure of it is, and what goes in (batik.md 2.4)."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    measure = models.CharField(max_length=60, help_text="Such as one metre, one cloth.")
    source = models.CharField(max_length=160, blank=True, help_text="Who found it, where written.")
    note = models.CharField(max_length=300, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "name"], name="dye_recipe_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class DyeRecipeLine(models.Model):
    """One material of a recipe for one measure, from the lightest shade to the deepest."""

    recipe = models.ForeignKey(DyeRecipe, models.CASCADE, related_name="lines")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(help_text="0 is the dye itself.")
    unit = models.CharField(max_length=10)
    least = models.DecimalField(max_digits=14, decimal_places=4)
    most = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipe", "item"], name="dye_recipe_item_once"),
            models.CheckConstraint(
                condition=Q(least__gt=0) & Q(most__gte=models.F("least")), name="dye_recipe_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.least}-{self.most} {self.unit}"
