"""What may not be paid: allowances by buyer, write-offs by decision, what came in after all."""

from django.db import models
from django.db.models import Q

from canting.sales.models.papers import Buyer, Invoice
from canting.sales.rules import DoubtKind, PaperState


class DoubtPaper(models.Model):
    """One act about doubtful money (PR): the allowance set, an invoice written off, money after all."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    kind = models.CharField(max_length=10, choices=[(k, k) for k in DoubtKind])
    buyer = models.ForeignKey(Buyer, models.PROTECT, related_name="doubts")
    invoice = models.ForeignKey(Invoice, models.PROTECT, null=True, related_name="doubts")
    on = models.DateField()
    amount = models.BigIntegerField(
        help_text="Whole rupiah; of an allowance its change, below zero when it is lowered."
    )
    from_allowance = models.BigIntegerField(
        default=0, help_text="How much of a write-off the allowance bore, whole rupiah."
    )
    cash_place = models.CharField(max_length=30, blank=True)
    why = models.CharField(max_length=200, help_text="The judgement, or the board's decision.")
    state = models.CharField(max_length=10, default=PaperState.POSTED)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was put right.")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="doubt_number_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="doubt_amount"),
            models.CheckConstraint(condition=Q(from_allowance__gte=0), name="doubt_allowance"),
        ]
        indexes = [models.Index(fields=["cooperative", "buyer"], name="doubt_by_buyer")]

    def __str__(self) -> str:
        return self.number
