"""Where stock lies: places, lots, batches, kept balances, append-only moves."""

from django.db import models
from django.db.models import Q

from canting.catalogue.rules import GRADES
from canting.kernel.append_only import AppendOnly
from canting.stock.rules import Basis, Origin, PlaceKind, shown_code


class Place(models.Model):
    """Where stock lies: a store, at a maker, on the road in or out, consigned by its owner.

    The main store has no name of its own; every other store has one.
    """

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k, k) for k in PlaceKind])
    party = models.ForeignKey(
        "cooperatives.Party", models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "kind", "name"],
                condition=Q(party__isnull=True),
                name="place_without_party_once",
            ),
            models.UniqueConstraint(
                fields=["cooperative", "kind", "party"],
                condition=Q(party__isnull=False),
                name="place_of_party_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Lot(models.Model):
    """What is valued together: the one pool of a material, or a piece (a batch) of cloth.

    What it cost and who made it never change; only its release for sale is written later.
    """

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    is_pool = models.BooleanField(default=False)
    code = models.CharField(max_length=6, blank=True, help_text="Six signs, no dash.")
    basis = models.CharField(max_length=12, choices=[(b, b) for b in Basis], default=Basis.NONE)
    origin = models.CharField(max_length=8, choices=[(o, o) for o in Origin])
    grade = models.CharField(max_length=1, blank=True, choices=[(g, g) for g in GRADES])
    maker = models.ForeignKey(
        "cooperatives.Party", models.PROTECT, null=True, blank=True, related_name="+"
    )
    quantity_made = models.DecimalField(max_digits=14, decimal_places=4, default=0)
    made_on = models.DateField()
    released_at = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=100)
    reference_price = models.BigIntegerField(default=0, help_text="0: not known.")
    reference_place = models.CharField(max_length=80, blank=True)
    reference_date = models.CharField(max_length=10, blank=True)
    advance_amount = models.BigIntegerField(default=0)
    agreed_price = models.BigIntegerField(default=0)
    maker_share_percent = models.PositiveSmallIntegerField(default=0)
    share_booked = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="lot_code_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(is_pool=True), name="lot_pool_once"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "item"], name="lot_by_item"),
            models.Index(fields=["cooperative", "maker"], name="lot_by_maker"),
        ]

    def __str__(self) -> str:
        return self.label or str(self.item_id)

    @property
    def label(self) -> str:
        """The code as a label prints it, such as K7Q-4MD; empty for a pool."""
        return shown_code(self.code)


class StockBalance(models.Model):
    """What lies of one lot at one place now; kept in the transaction of each move."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="balances")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="balances")
    quantity = models.DecimalField(max_digits=14, decimal_places=4, default=0)
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "lot"], name="stock_balance_once"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="stock_never_negative"),
            models.CheckConstraint(condition=Q(value__gte=0), name="stock_value_never_negative"),
        ]
        indexes = [models.Index(fields=["cooperative", "lot"], name="stock_balance_by_lot")]

    def __str__(self) -> str:
        return f"{self.lot_id} at {self.place_id}: {self.quantity}"


class Batch(models.Model):
    """What one supplier made at once of a material: its lot code and, where it has one, its expiry.

    Value stays in the item's pool; a batch is kept by quantity alone.
    """

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, help_text="The supplier's own, in capitals.")
    expires_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=100, help_text="The paper that first brought it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "code"], name="batch_code_once"),
        ]
        indexes = [
            models.Index(fields=["cooperative", "code"], name="batch_by_code"),
            models.Index(fields=["cooperative", "expires_on"], name="batch_by_expiry"),
        ]

    def __str__(self) -> str:
        return self.code


class BatchBalance(models.Model):
    """How much of one batch lies at one place now; kept in the transaction of each move."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="balances")
    quantity = models.DecimalField(max_digits=14, decimal_places=4, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "batch"], name="batch_balance_once"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="batch_never_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} at {self.place_id}: {self.quantity}"


class StockMove(AppendOnly):
    """One movement of one lot at one place: signed quantity and value; undone only by its mirror."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="moves")
    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, blank=True, related_name="moves", db_index=False
    )
    on = models.DateField()
    quantity = models.DecimalField(max_digits=14, decimal_places=4)
    value = models.BigIntegerField()
    source = models.CharField(max_length=100)
    paper = models.CharField(max_length=40, blank=True)
    actor = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by"
    )

    class Meta:
        indexes = [
            models.Index(fields=["place", "lot", "on"], name="stock_move_by_place"),
            models.Index(fields=["cooperative", "source"], name="stock_move_by_source"),
            models.Index(fields=["cooperative", "on"], name="stock_move_by_date"),
            models.Index(
                fields=["batch", "place", "on"],
                condition=Q(batch__isnull=False),
                name="stock_move_by_batch",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.quantity}"

    @property
    def paper_source(self) -> str:
        """The source of the paper behind it, also when this move undid that paper."""
        return self.source.removesuffix(":undone")
