"""Tables of members' shares and savings: each deposit with its receipt, and opening balances."""

from django.db import models
from django.db.models import F, Q

from canting.savings.rules import DepositState, SavingsKind

KINDS = [(k.value, k.value) for k in SavingsKind]


class Deposit(models.Model):
    """Money that a member brought, or that was kept from her pay; `number` is its receipt."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=KINDS)
    amount = models.BigIntegerField(help_text="Whole rupiah, always positive.")
    deposit_date = models.DateField()
    first_month = models.DateField(
        null=True, blank=True, help_text="First month that a regular share pays; first day of it."
    )
    last_month = models.DateField(null=True, blank=True)
    cash_place = models.CharField(max_length=30)
    state = models.CharField(
        max_length=8,
        default=DepositState.POSTED.value,
        choices=[(s.value, s.value) for s in DepositState],
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    reversal_reason = models.CharField(max_length=200, blank=True)
    list_reference = models.CharField(
        max_length=20, blank=True, help_text="Number of the first receipt of one list."
    )
    copies = models.PositiveIntegerField(default=0, help_text="How often it was printed.")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="deposit_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="deposit_positive"),
        ]
        indexes = [
            models.Index(fields=["cooperative", "deposit_date"], name="deposit_by_date"),
            models.Index(fields=["cooperative", "member", "kind"], name="deposit_by_member"),
        ]

    def __str__(self) -> str:
        return self.number


class Withdrawal(models.Model):
    """Voluntary savings paid back; `number` is the payment voucher. Shares stay until she leaves."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    amount = models.BigIntegerField(help_text="Whole rupiah, always positive.")
    withdrawal_date = models.DateField()
    cash_place = models.CharField(max_length=30)
    state = models.CharField(
        max_length=8,
        default=DepositState.POSTED.value,
        choices=[(s.value, s.value) for s in DepositState],
    )
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    reversal_reason = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "number"], name="withdrawal_number_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="withdrawal_positive"),
        ]

    def __str__(self) -> str:
        return self.number


class InterestRun(models.Model):
    """A month's interest on voluntary savings, booked for all in one entry (JS)."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    month = models.DateField(help_text="First day of the month.")
    booked_on = models.DateField()
    percent = models.DecimalField(max_digits=7, decimal_places=4, help_text="A year.")
    gross = models.BigIntegerField(help_text="Whole rupiah.")
    tax = models.BigIntegerField(help_text="Kept back, whole rupiah.")
    state = models.CharField(
        max_length=8,
        default=DepositState.POSTED.value,
        choices=[(s.value, s.value) for s in DepositState],
    )
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    reversal_reason = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="interest_number_once"),
            models.UniqueConstraint(
                fields=["cooperative", "month"],
                condition=Q(state=DepositState.POSTED.value),
                name="interest_once_a_month",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class InterestLine(models.Model):
    """What one member got of a month's interest; the net part went to her savings."""

    run = models.ForeignKey(InterestRun, models.PROTECT, related_name="lines")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    base = models.BigIntegerField(help_text="Her lowest balance of the month, whole rupiah.")
    gross = models.BigIntegerField(help_text="Whole rupiah.")
    tax = models.BigIntegerField(default=0, help_text="Whole rupiah.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "member"], name="interest_member_once"),
            models.CheckConstraint(condition=Q(gross__gt=F("tax")), name="interest_line_net"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.gross}"

    @property
    def net(self) -> int:
        """What was added to her savings."""
        return self.gross - self.tax


class OpeningBalance(models.Model):
    """What a member had of one kind when the books began here; part of the opening entry."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=KINDS)
    amount = models.BigIntegerField(help_text="Whole rupiah, always positive.")
    opened_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "member", "kind"], name="opening_balance_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="opening_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind} {self.amount}"
