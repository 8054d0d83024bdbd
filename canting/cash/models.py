"""Tables of the cash desk: its papers, the receipts behind an advance, counts of the drawer."""

from django.db import models
from django.db.models import Q

from canting.kernel.append_only import AppendOnly

KINDS = [
    (kind, kind)
    for kind in (
        "receipt", "payment", "transfer", "advance", "settlement", "suspense", "clearing",
        "deposit", "refund",
    )
]  # fmt: skip
STATES = [("posted", "posted"), ("reversed", "reversed")]
COUNT_STATES = [(s, s) for s in ("waiting", "confirmed", "withdrawn", "reversed")]


class CashPaper(models.Model):
    """A numbered paper of the cash desk. Written once; put right by a successor."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=24)
    kind = models.CharField(max_length=10, choices=KINDS)
    on = models.DateField()
    place = models.CharField(max_length=12, help_text="Account role where the money moved.")
    other_place = models.CharField(max_length=12, blank=True, help_text="Where a transfer went.")
    purpose = models.CharField(max_length=20, blank=True)
    amount = models.BigIntegerField(help_text="Whole rupiah; before tax kept by a bank.")
    withheld = models.BigIntegerField(default=0, help_text="Tax kept by the bank.")
    returned = models.BigIntegerField(default=0, help_text="Money back from an advance.")
    memo = models.CharField(max_length=160)
    counterparty = models.CharField(max_length=120, blank=True, help_text="From or to whom.")
    party = models.ForeignKey("cooperatives.Party", models.PROTECT, null=True, related_name="+")
    refers_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="followers")
    state = models.CharField(max_length=10, choices=STATES, default="posted")
    reason = models.CharField(max_length=120, blank=True, help_text="Why it was put right.")
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="cash_paper_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="cash_paper_positive"),
        ]
        indexes = [models.Index(fields=["cooperative", "kind", "state"], name="cash_paper_by_kind")]

    def __str__(self) -> str:
        return self.number


class AdvanceNota(models.Model):
    """One receipt brought back for an advance."""

    paper = models.ForeignKey(CashPaper, models.PROTECT, related_name="notas")
    position = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=20)
    amount = models.BigIntegerField()
    memo = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="advance_nota_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="advance_nota_positive"),
        ]

    def __str__(self) -> str:
        return self.memo


class DrawerCount(models.Model):
    """A drawer counted by one and confirmed by another; a difference is booked at once."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=24)
    place = models.CharField(max_length=12)
    on = models.DateField()
    counted = models.BigIntegerField()
    expected = models.BigIntegerField(help_text="What the books said when it was counted.")
    note = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=COUNT_STATES, default="waiting")
    counted_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    counted_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        "cooperatives.User", models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=120, blank=True, help_text="Why it was undone.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="drawer_count_number"),
            models.CheckConstraint(condition=Q(counted__gte=0), name="drawer_count_not_negative"),
        ]
        indexes = [models.Index(fields=["cooperative", "place", "on"], name="drawer_count_by_day")]

    def __str__(self) -> str:
        return self.number


class BankBalance(AppendOnly):
    """What a bank's statement said of an account at the end of a day, typed; the latest row holds."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    account = models.ForeignKey("ledger.Account", models.PROTECT, related_name="+")
    on = models.DateField()
    amount = models.BigIntegerField(help_text="Whole rupiah; below zero when overdrawn.")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["cooperative", "account", "on"], name="bank_balance_day")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.on} {self.amount}"
