"""Papers of the stock itself: transfers (PT), counts by two people (HS), blends of wax (RM)."""

from django.db import models
from django.db.models import Q

from canting.stock.models.ground import Batch, Lot, Place
from canting.stock.rules import CountState, PaperState, Route, WriteDownKind


class StockPaper(models.Model):
    """What every paper here keeps: number, day, state, who made it, what replaced it."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    on = models.DateField(help_text="The day it is booked on.")
    state = models.CharField(
        max_length=8, choices=[(s, s) for s in PaperState], default=PaperState.POSTED
    )
    replaced_by = models.CharField(max_length=30, blank=True, help_text="Number of its successor.")
    replaces = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was put right.")
    note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


class Transfer(StockPaper):
    """Goods moved between two stores, or material of ours from one maker to another (PT)."""

    from_place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    to_place = models.ForeignKey(Place, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "number"], name="stock_transfer_number_once"
            )
        ]
        indexes = [models.Index(fields=["cooperative", "on"], name="stock_transfer_by_date")]


class TransferLine(models.Model):
    """One material or piece of cloth that was moved, at the average it left with."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="lines")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=4, help_text="Base unit.")
    value = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.lot_id} {self.quantity}"


class StockCount(StockPaper):
    """A count of what lies at one place, by two people who find the same (HS)."""

    state = models.CharField(
        max_length=8, choices=[(s, s) for s in CountState], default=CountState.OPEN
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, blank=True, help_text="Of items; empty: all of them.")
    first_by = models.ForeignKey(
        "cooperatives.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    second_by = models.ForeignKey(
        "cooperatives.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    booked_by = models.ForeignKey(
        "cooperatives.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "number"], name="stock_count_number_once"
            ),
            models.UniqueConstraint(
                fields=["place", "kind"],
                condition=Q(state=CountState.OPEN),
                name="stock_count_open_once",
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "on"], name="stock_count_by_date")]


class CountLine(models.Model):
    """One lot (of one batch) on a count: what each of the two found and when, then what was booked."""

    count = models.ForeignKey(StockCount, models.PROTECT, related_name="lines")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="+")
    first_quantity = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    first_at = models.DateTimeField(null=True)
    second_quantity = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    second_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    route = models.CharField(
        max_length=10, choices=[(r, r) for r in Route], default=Route.DIFFERENCE
    )
    unit_value = models.BigIntegerField(
        default=0,
        help_text="Whole rupiah for one base unit of a surplus of which nothing was known.",
    )
    difference = models.DecimalField(max_digits=14, decimal_places=4, default=0)
    value = models.BigIntegerField(default=0, help_text="Signed, whole rupiah.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["count", "lot"],
                condition=Q(batch__isnull=True),
                name="count_line_once",
            ),
            models.UniqueConstraint(
                fields=["count", "lot", "batch"],
                condition=Q(batch__isnull=False),
                name="count_line_of_batch_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.difference}"


class BlendRecipe(models.Model):
    """How a wax is blended: parts by weight, in the order they go into the pan."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "name"], name="blend_recipe_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class BlendRecipeLine(models.Model):
    """One ingredient of a recipe in parts by weight."""

    recipe = models.ForeignKey(BlendRecipe, models.PROTECT, related_name="lines")
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    parts = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipe", "item"], name="blend_recipe_item_once"),
            models.CheckConstraint(condition=Q(parts__gt=0), name="blend_recipe_parts"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.parts}"


class Blend(StockPaper):
    """Wax blended from ingredients and recovered wax, worth what went in (RM)."""

    recipe = models.ForeignKey(BlendRecipe, models.PROTECT, null=True, blank=True, related_name="+")
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=4, help_text="Base unit.")
    value = models.BigIntegerField(help_text="The sum of what went in, whole rupiah.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="blend_number_once")
        ]
        indexes = [models.Index(fields=["cooperative", "on"], name="blend_by_date")]


class BlendLine(models.Model):
    """One ingredient that went in, at the average it left the store with."""

    blend = models.ForeignKey(Blend, models.PROTECT, related_name="lines")
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=4, help_text="Base unit.")
    value = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.item_id} {self.quantity}"


class WriteDown(StockPaper):
    """What goods are worth less than they cost (TN); the sum of a lot's papers is its allowance."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(k, k) for k in WriteDownKind])
    quantity = models.DecimalField(
        max_digits=14, decimal_places=4, help_text="What was there that day, base unit."
    )
    cost = models.BigIntegerField(help_text="What it cost, whole rupiah.")
    worth = models.BigIntegerField(
        help_text="What it would bring less the cost of selling, whole rupiah."
    )
    amount = models.BigIntegerField(help_text="Change of the allowance, signed, whole rupiah.")
    evidence = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "number"], name="write_down_number_once"
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="write_down_changes"),
        ]
        indexes = [models.Index(fields=["cooperative", "lot"], name="write_down_by_lot")]
