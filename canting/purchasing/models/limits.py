"""How much one member may owe for material, from a day on; the latest row of the latest day rules."""

from django.db import models
from django.db.models import Q

from canting.kernel.append_only import AppendOnly


class CreditLimit(AppendOnly):
    """A member's own limit, set by a decision that stands beside it."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    amount = models.BigIntegerField(help_text="Whole rupiah; 0: no credit at all.")
    valid_from = models.DateField()
    reason = models.CharField(max_length=160)
    set_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="credit_limit_not_negative")
        ]
        indexes = [
            models.Index(fields=["cooperative", "member", "valid_from"], name="credit_limit_of")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.amount}"
