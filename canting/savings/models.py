"""Tables of members' shares and savings: each deposit with its receipt, and opening balances."""

from django.db import models
from django.db.models import F, Q

from canting.savings.rules import Cause, DepositState, ExitPaperKind, ExitState, SavingsKind

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


class Exit(models.Model):
    """A member who leaves: asked, decided by the board, paid; her shares are a debt from then on."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    cause = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Cause])
    reason = models.CharField(max_length=200, blank=True)
    heirs = models.CharField(max_length=120, blank=True, help_text="Who takes it after a death.")
    asked_on = models.DateField()
    state = models.CharField(
        max_length=8,
        default=ExitState.ASKED.value,
        choices=[(s.value, s.value) for s in ExitState],
    )
    decision = models.CharField(max_length=80, blank=True, help_text="Number of the decision.")
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey("cooperatives.User", models.PROTECT, null=True, related_name="+")
    pay_by = models.DateField(null=True, blank=True)
    before = models.CharField(max_length=9, blank=True, help_text="Her state of membership before.")
    entry_share = models.BigIntegerField(default=0, help_text="Moved to the debt, whole rupiah.")
    regular_share = models.BigIntegerField(default=0, help_text="Moved to the debt, whole rupiah.")
    end_reason = models.CharField(max_length=200, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="exit_number_once"),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state__in=[ExitState.ASKED.value, ExitState.APPROVED.value]),
                name="exit_open_once",
            ),
            models.CheckConstraint(
                condition=Q(entry_share__gte=0, regular_share__gte=0), name="exit_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def moved(self) -> int:
        """Both shares that became a debt, whole rupiah."""
        return self.entry_share + self.regular_share


class ExitPaper(models.Model):
    """Money paid to a leaver (number BK), or her debts set off against what she gets (number PU)."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    exit = models.ForeignKey(Exit, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in ExitPaperKind])
    amount = models.BigIntegerField(help_text="Whole rupiah, always positive.")
    on = models.DateField()
    cash_place = models.CharField(max_length=30, blank=True)
    taker = models.CharField(max_length=120, blank=True, help_text="Who signed for the money.")
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
            models.UniqueConstraint(fields=["cooperative", "number"], name="exit_paper_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="exit_paper_positive"),
        ]

    def __str__(self) -> str:
        return self.number


class ExitPart(models.Model):
    """How much of a leaver's paper stands on one account: owed to her, or owed by her."""

    paper = models.ForeignKey(ExitPaper, models.PROTECT, related_name="parts")
    role = models.CharField(max_length=30)
    amount = models.BigIntegerField(help_text="Whole rupiah, always positive.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "role"], name="exit_part_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="exit_part_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.amount}"
