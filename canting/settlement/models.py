"""Tables of paying makers: slips, what they settled, what was deducted, consents, bank accounts."""

from django.db import models
from django.db.models import Q

from canting.settlement.rules import DueKind


class Slip(models.Model):
    """One pay of one maker from one payable; `number` is printed on it."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    party = models.ForeignKey("cooperatives.Party", models.PROTECT, related_name="+")
    payable = models.CharField(max_length=30, help_text="Role of the payable account.")
    paid_date = models.DateField()
    cash_place = models.CharField(max_length=30)
    earned = models.BigIntegerField(help_text="Whole rupiah.")
    deducted = models.BigIntegerField(help_text="Whole rupiah, the tax with it.")
    paid = models.BigIntegerField(help_text="Whole rupiah taken home.")
    cap = models.BigIntegerField(help_text="The most that could be deducted, tax apart.")
    not_yet_due = models.BigIntegerField(default=0, help_text="Owed, but due later.")
    days = models.JSONField(default=list, help_text="Piece pay by day, for PPh 21.")
    batch = models.CharField(max_length=32)
    reversed_at = models.DateTimeField(null=True)
    reversal_reason = models.CharField(max_length=200, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    copies = models.PositiveIntegerField(default=0, help_text="How often it was printed.")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="slip_number_once"),
            models.CheckConstraint(
                condition=Q(earned=models.F("deducted") + models.F("paid")), name="slip_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(earned__gt=0, deducted__gte=0, paid__gte=0), name="slip_positive"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "party", "paid_date"], name="slip_by_party"),
            models.Index(fields=["cooperative", "paid_date", "id"], name="slip_by_date"),
            models.Index(fields=["cooperative", "batch"], name="slip_by_batch"),
        ]

    def __str__(self) -> str:
        return self.number


class SettledLine(models.Model):
    """A journal line that a slip paid; while the slip holds, no other slip can pay it."""

    slip = models.ForeignKey(Slip, models.PROTECT, related_name="lines")
    line = models.ForeignKey("ledger.JournalLine", models.PROTECT, related_name="+")
    amount = models.BigIntegerField(help_text="Signed: credits add to her pay.")
    active = models.BooleanField(default=True, help_text="False once the slip was reversed.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(active=True), name="line_settled_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.slip_id} {self.amount}"


class Deduction(models.Model):
    """One thing of a slip's deductions: why, of how much, how much was taken."""

    slip = models.ForeignKey(Slip, models.PROTECT, related_name="deductions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in DueKind])
    role = models.CharField(max_length=30, help_text="Role of the account it went to.")
    due = models.BigIntegerField(help_text="What was open, whole rupiah.")
    amount = models.BigIntegerField(help_text="What was taken, whole rupiah.")
    reason = models.CharField(max_length=200)
    due_date = models.DateField(null=True)
    consent = models.CharField(max_length=12, blank=True, help_text="Reference of the consent.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slip", "position"], name="deduction_place_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, due__gte=models.F("amount")), name="deduction_within_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class Consent(models.Model):
    """A maker's written word that something may be kept from each pay, from its day to its end."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    party = models.ForeignKey("cooperatives.Party", models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, help_text="Role of the account it goes to.")
    purpose = models.CharField(max_length=80)
    amount = models.BigIntegerField(help_text="At most this from each pay, whole rupiah.")
    signed_on = models.DateField()
    ended_on = models.DateField(null=True)
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "reference"], name="consent_reference_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="consent_positive"),
        ]
        indexes = [models.Index(fields=["cooperative", "party"], name="consent_by_party")]

    def __str__(self) -> str:
        return self.purpose


class BankAccount(models.Model):
    """Where a maker's transfers go."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    party = models.OneToOneField("cooperatives.Party", models.PROTECT, related_name="+")
    bank = models.CharField(max_length=60)
    number = models.CharField(max_length=30)
    holder = models.CharField(max_length=120)
    changed_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.bank} {self.number}"
