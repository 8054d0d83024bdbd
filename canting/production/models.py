"""Tables of making: work orders, makers' parts, what was reported, value in work, advances."""

from django.db import models
from django.db.models import F, Q

from canting.kernel.append_only import AppendOnly
from canting.production.rules import FactKind, OrderStatus, PaperState

STATUSES = [(status.value, status.value) for status in OrderStatus]
STATES = [(state.value, state.value) for state in PaperState]
FACT_KINDS = [(kind.value, kind.value) for kind in FactKind]


class WorkOrder(models.Model):
    """An SPK: pieces of one product asked from members, with the rates and norms of its day."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    basis = models.CharField(max_length=12)
    product = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    order_line = models.ForeignKey(
        "sales.OrderLine", models.PROTECT, null=True, blank=True, related_name="+"
    )
    quantity = models.PositiveIntegerField()
    opened_on = models.DateField()
    due_date = models.DateField()
    rates = models.JSONField(help_text="Rupiah per piece and grade, as of opened_on.")
    norms = models.JSONField(help_text="Material per piece: item id -> quantity as text.")
    note = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=6, choices=STATUSES, default=OrderStatus.OPEN.value)
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="work_order_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="work_order_has_pieces"),
        ]
        indexes = [
            models.Index(fields=["cooperative", "status", "due_date"], name="work_order_by_due"),
        ]

    def __str__(self) -> str:
        return self.number


class Assignment(models.Model):
    """One member's part of a work order, and where her pieces stand."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="assignments")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    promised_date = models.DateField()
    waxed = models.PositiveIntegerField(default=0)
    dyed = models.PositiveIntegerField(default=0)
    boiled = models.PositiveIntegerField(default=0)
    reported = models.PositiveIntegerField(default=0, help_text="Brought as finished, ever.")
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    rework = models.PositiveIntegerField(default=0, help_text="Back with her to put right.")

    note = models.CharField(max_length=200, blank=True, help_text="The mentor's last word to her.")
    noted_by = models.CharField(max_length=120, blank=True)
    noted_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work_order", "member"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=F("accepted") + F("rejected") + F("rework")),
                name="assignment_not_exceeded",
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "member"], name="assignment_by_member")]

    def __str__(self) -> str:
        return f"{self.work_order_id} {self.member_id}"


class PieceReport(AppendOnly):
    """A member (or someone for her) says that pieces are finished; more than asked is kept too."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reports")
    reference = models.CharField(max_length=80)
    count = models.PositiveIntegerField()
    over = models.PositiveIntegerField(help_text="Pieces beyond those assigned.")
    reported_on = models.DateField()
    actor = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "reference"], name="piece_report_once")
        ]

    def __str__(self) -> str:
        return self.reference


class WorkMove(AppendOnly):
    """Value that entered or left work in progress; each order's moves add up to what it holds."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="work_moves")
    lot = models.ForeignKey("stock.Lot", models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=100)
    moved_on = models.DateField()
    quantity = models.IntegerField(help_text="Pieces, below zero when they leave.")
    value = models.BigIntegerField(help_text="Whole rupiah, below zero when it leaves.")

    class Meta:
        indexes = [
            models.Index(fields=["cooperative", "work_order"], name="work_move_by_order"),
            models.Index(fields=["cooperative", "source"], name="work_move_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.value}"


class MaterialFact(models.Model):
    """Overuse, loss or recovered wax: material that left a maker's custody without cloth."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=FACT_KINDS)
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, null=True, related_name="facts")
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="+")
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=4)
    value = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    happened_on = models.DateField()
    state = models.CharField(max_length=8, choices=STATES, default=PaperState.STANDING.value)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="material_fact_once")
        ]

    def __str__(self) -> str:
        return self.number


class ClothReturn(models.Model):
    """Cloth that went back to the member who made it: a hidden fault, or consigned and unsold."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    lot = models.ForeignKey("stock.Lot", models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    basis = models.CharField(max_length=12)
    value = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    returned_on = models.DateField()
    state = models.CharField(max_length=8, choices=STATES, default=PaperState.STANDING.value)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="cloth_return_once")
        ]

    def __str__(self) -> str:
        return self.number


class Advance(models.Model):
    """A KM contract: money now, cloth bought back at an agreed price, the margin shared."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    product = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    pieces = models.PositiveIntegerField()
    amount = models.BigIntegerField()
    agreed_price = models.BigIntegerField(help_text="For all pieces together.")
    share_percent = models.PositiveSmallIntegerField(help_text="The maker's part of the margin.")
    cash_place = models.CharField(max_length=30)
    given_on = models.DateField()
    due_date = models.DateField()
    brought = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=STATES, default=PaperState.STANDING.value)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="advance_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, agreed_price__gte=F("amount"), share_percent__lte=100),
                name="advance_terms",
            ),
            models.CheckConstraint(
                condition=Q(brought__lte=F("pieces")), name="advance_not_exceeded"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BuyBack(AppendOnly):
    """One lot bought back under a contract: which part of the advance and of the margin it carries."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    advance = models.ForeignKey(Advance, models.PROTECT, related_name="buy_backs")
    lot = models.ForeignKey("stock.Lot", models.PROTECT, related_name="+")
    source = models.CharField(max_length=100)
    pieces = models.IntegerField(help_text="Below zero when a receipt was put right.")
    advance_amount = models.BigIntegerField()
    price = models.BigIntegerField()
    share_booked = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["cooperative", "source"], name="buy_back_by_source")]

    def __str__(self) -> str:
        return f"{self.source} {self.share_booked}"
