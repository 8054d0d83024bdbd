"""Tables of the opening: each step as it was typed, the old book's totals, who prepared it."""

from django.db import models
from django.db.models import Q

from canting.portal.rules.opening import PARTS, PartState, Step


class Opening(models.Model):
    """The opening of one cooperative: its lock, what the old book said, who prepared it to sign."""

    cooperative = models.OneToOneField(
        "cooperatives.Cooperative", models.PROTECT, primary_key=True, related_name="+"
    )
    old_totals = models.JSONField(default=dict, help_text="Whole rupiah by OldTotal.")
    prepared_by = models.ForeignKey(
        "cooperatives.User", models.PROTECT, null=True, related_name="+"
    )
    prepared_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"opening {self.cooperative_id}"


class OpeningPart(models.Model):
    """One step as typed: a draft read from a sheet, what stands in the books, or what it replaced."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    step = models.CharField(max_length=10, choices=[(s, s) for s in Step])
    state = models.CharField(max_length=8, choices=[(s, s) for s in PartState])
    number = models.PositiveIntegerField(help_text="Counts the bookings of this step; draft: 0.")
    rows = models.JSONField(default=list, help_text="The cells as typed, a row each.")
    facts = models.JSONField(default=dict, help_text="Of a sheet: name, columns, rows left out.")
    sources = models.JSONField(default=list, help_text="The entries it posted.")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "step", "state"],
                condition=~Q(state=PartState.REPLACED),
                name="opening_part_once",
            ),
            models.UniqueConstraint(
                fields=["cooperative", "step", "number"],
                condition=~Q(state=PartState.DRAFT),
                name="opening_part_number_once",
            ),
            models.CheckConstraint(
                condition=Q(state=PartState.DRAFT) | Q(step__in=[str(s) for s in PARTS]),
                name="opening_part_booked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.number} {self.state}"


class Notice(models.Model):
    """One word from the board to all members; the newest that is still good stands on Beranda."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    text = models.CharField(max_length=300)
    until = models.DateField(help_text="The last day it is shown.")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["cooperative", "until"], name="notice_by_day")]

    def __str__(self) -> str:
        return self.text[:40]
