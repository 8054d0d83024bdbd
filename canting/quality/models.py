"""Tables of inspection: what was decided about cloth, and the lots that came of it."""

from django.db import models
from django.db.models import Q

from canting.kernel.append_only import AppendOnly
from canting.production.rules import Fault, PaperState
from canting.quality.rules import Result

RESULTS = [(result.value, result.value) for result in Result]
FAULTS = [(fault.value, fault.value) for fault in Fault]
STATES = [(state.value, state.value) for state in PaperState]


class Inspection(models.Model):
    """A TK slip: cloth of one maker looked at once; put right only by reversal and a new one."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    product = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    basis = models.CharField(max_length=12)
    assignment = models.ForeignKey(
        "production.Assignment", models.PROTECT, null=True, related_name="+"
    )
    advance = models.ForeignKey("production.Advance", models.PROTECT, null=True, related_name="+")
    repair_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="repairs")
    result = models.CharField(max_length=6, choices=RESULTS)
    fault = models.CharField(max_length=4, choices=FAULTS, blank=True)
    quantity = models.PositiveIntegerField()
    grade = models.CharField(max_length=1, blank=True, help_text="For the wage of a reject.")
    code = models.CharField(max_length=6, blank=True, help_text="Label of cloth not passed.")
    defects = models.JSONField(default=list)
    marks = models.JSONField(default=list)
    reason = models.CharField(max_length=200, blank=True)
    objection = models.CharField(max_length=200, blank=True, help_text="What the maker says.")
    extra_wage = models.BigIntegerField(default=0, help_text="Rupiah a piece, for our fault.")
    material = models.BigIntegerField(default=0)
    pay = models.BigIntegerField(default=0)
    inspected_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=STATES, default=PaperState.STANDING.value)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    reversal_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="inspection_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="inspection_has_pieces"),
        ]
        indexes = [
            models.Index(fields=["cooperative", "inspected_on"], name="inspection_by_day"),
            models.Index(fields=["cooperative", "member"], name="inspection_by_member"),
        ]

    def __str__(self) -> str:
        return self.number


class InspectionLine(AppendOnly):
    """Cloth of one grade that passed: its lot, its price, and the facts that cannot be added later."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="lines")
    lot = models.ForeignKey("stock.Lot", models.PROTECT, related_name="+")
    code = models.CharField(max_length=6)
    grade = models.CharField(max_length=1, blank=True)
    quantity = models.PositiveIntegerField()
    price = models.BigIntegerField(help_text="Rupiah a piece to the maker.")
    value = models.BigIntegerField(help_text="What the lot cost when it came in.")
    basis = models.CharField(max_length=12)
    origin = models.CharField(max_length=8)
    counterparty_class = models.CharField(max_length=12)
    business_unit = models.CharField(max_length=30)
    source_of_funds = models.CharField(max_length=30)
    reference_price = models.BigIntegerField(null=True, help_text="Empty: not known.")
    reference_place = models.CharField(max_length=80, blank=True)
    reference_date = models.DateField(null=True)
    own_date = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["cooperative", "code"], name="inspection_line_by_code")]

    def __str__(self) -> str:
        return self.code
