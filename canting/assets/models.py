"""Tables of fixed assets and grants: papers written once and put right by a successor."""

from django.db import models
from django.db.models import F, Q

from canting.assets.rules import CLASSES, ENDINGS, METHODS, ORIGINS, TREATMENTS

STATES = [("posted", "posted"), ("reversed", "reversed")]


class AssetPaper(models.Model):
    """What every paper of this domain has."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=24)
    on = models.DateField()
    state = models.CharField(max_length=10, choices=STATES, default="posted")
    reason = models.CharField(max_length=120, blank=True, help_text="Why it was put right.")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


class Grant(AssetPaper):
    """Money or a thing given without a duty to give it back (hibah)."""

    giver = models.CharField(max_length=120)
    deed = models.CharField(max_length=120, blank=True, help_text="Number and date of the deed.")
    condition = models.CharField(max_length=200, blank=True, help_text="What must be done first.")
    amount = models.BigIntegerField(help_text="Whole rupiah; of a thing its fair value.")
    place = models.CharField(max_length=12, blank=True, help_text="Cash place; empty for a thing.")
    treatment = models.CharField(max_length=8, choices=[(k, k) for k in TREATMENTS])
    met_on = models.DateField(null=True, help_text="When the conditions of a held grant were met.")
    met_how = models.CharField(
        max_length=200, blank=True, help_text="What shows that they are met."
    )
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="grant_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="grant_positive"),
        ]
        indexes = [models.Index(fields=["cooperative", "-on"], name="grant_by_day")]


class Asset(AssetPaper):
    """One thing that serves for years: what it cost, how long it lasts, where it stands."""

    name = models.CharField(max_length=120)
    asset_class = models.CharField(max_length=10, choices=[(k, k) for k in CLASSES])
    origin = models.CharField(max_length=8, choices=[(k, k) for k in ORIGINS])
    cost = models.BigIntegerField(help_text="Whole rupiah.")
    residual = models.BigIntegerField(default=0, help_text="What it is still worth at the end.")
    life_months = models.PositiveSmallIntegerField(help_text="0: it does not lose value.")
    method = models.CharField(max_length=10, choices=[(k, k) for k in METHODS])
    used_since = models.DateField(help_text="First day of the first month of use.")
    lost_before = models.BigIntegerField(
        default=0, help_text="Whole rupiah lost before it came into these books."
    )
    place = models.CharField(max_length=12, blank=True, help_text="Cash place that paid.")
    seller = models.CharField(max_length=120, blank=True)
    location = models.CharField(max_length=120, blank=True, help_text="Where it stands, with whom.")
    note = models.CharField(max_length=160, blank=True, help_text="Make, serial number, deed.")
    grant = models.OneToOneField(Grant, models.PROTECT, null=True, related_name="asset")
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="asset_number"),
            models.CheckConstraint(
                condition=Q(cost__gt=0, residual__gte=0, lost_before__gte=0)
                & Q(residual__lt=F("cost"))
                & Q(lost_before__lte=F("cost") - F("residual")),
                name="asset_amounts",
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "asset_class"], name="asset_by_class")]


class DepreciationRun(AssetPaper):
    """What all assets lost up to the end of a month, booked in one entry."""

    until = models.DateField(help_text="Last day of the month.")
    total = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="depreciation_number"),
            models.UniqueConstraint(
                fields=["cooperative", "until"],
                condition=Q(state="posted"),
                name="depreciation_once_a_month",
            ),
        ]


class Disposal(AssetPaper):
    """An asset that leaves: sold, broken, lost or given away."""

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="disposals")
    ending = models.CharField(max_length=8, choices=[(k, k) for k in ENDINGS])
    received = models.BigIntegerField(default=0, help_text="Whole rupiah got for it.")
    place = models.CharField(max_length=12, blank=True)
    buyer = models.CharField(max_length=120, blank=True)
    cost = models.BigIntegerField()
    lost = models.BigIntegerField(help_text="Lost up to and with the month it left.")
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="disposal_number"),
            models.UniqueConstraint(
                fields=["asset"], condition=Q(state="posted"), name="disposal_once"
            ),
            models.CheckConstraint(condition=Q(received__gte=0), name="disposal_not_negative"),
        ]


class Charge(models.Model):
    """What one asset lost with one paper: a month's run, or its disposal."""

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="charges")
    run = models.ForeignKey(DepreciationRun, models.PROTECT, null=True, related_name="charges")
    disposal = models.ForeignKey(Disposal, models.PROTECT, null=True, related_name="charges")
    until = models.DateField(help_text="Last day of the month up to which it is reckoned.")
    amount = models.BigIntegerField()
    undone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(run__isnull=True) ^ Q(disposal__isnull=True), name="charge_of_one_paper"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="charge_positive"),
        ]
        indexes = [models.Index(fields=["asset", "undone"], name="charge_of_asset")]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.until} {self.amount}"
