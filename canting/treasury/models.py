"""Tables of the treasurer: bank lines, recurring entries, costs of other months, budgets, units."""

from django.db import models
from django.db.models import Q

from canting.treasury.rules import BUDGET_STATES, STYLES, WAYS

STATES = [("posted", "posted"), ("reversed", "reversed")]


class BankLayout(models.Model):
    """What the columns of a kind of list mean, known again by its header."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, help_text="Of the column names.")
    columns = models.JSONField(help_text="Place of each column that is used.")
    style = models.CharField(max_length=6, choices=[(k, k) for k in STYLES])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "digest"], name="bank_layout_once")
        ]

    def __str__(self) -> str:
        return self.digest[:8]


class BankStatement(models.Model):
    """A list of the bank as read: of which account, until which day."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    account = models.ForeignKey("ledger.Account", models.PROTECT, related_name="+")
    until = models.DateField(help_text="The last day the list speaks of, with lines or without.")
    filename = models.CharField(max_length=120, blank=True)
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["cooperative", "account", "-until"], name="bank_list_day")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.until}"


class BankLine(models.Model):
    """One movement as the bank tells it."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    statement = models.ForeignKey(BankStatement, models.CASCADE, related_name="lines")
    account = models.ForeignKey("ledger.Account", models.PROTECT, related_name="+")
    place = models.PositiveIntegerField(help_text="Its place in the list, oldest first.")
    on = models.DateField()
    text = models.CharField(max_length=300)
    amount = models.BigIntegerField(help_text="Whole rupiah, money out below zero.")
    balance = models.BigIntegerField(null=True, help_text="After it, by the bank; whole rupiah.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="bank_line_moves"),
            models.UniqueConstraint(fields=["statement", "place"], name="bank_line_place"),
        ]
        indexes = [models.Index(fields=["cooperative", "account", "-on"], name="bank_line_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.amount}"


class BankMatch(models.Model):
    """A line of the bank is this line of the book."""

    line = models.ForeignKey(BankLine, models.PROTECT, related_name="matches")
    journal_line = models.OneToOneField(
        "ledger.JournalLine", models.PROTECT, related_name="bank_match"
    )
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.line_id} = {self.journal_line_id}"


class DailyPaper(models.Model):
    """What every numbered paper of this domain has; put right by a successor, never edited."""

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


class Accrual(DailyPaper):
    """A cost of a month whose bill has not come: turned on the next month's first day, or owed."""

    account = models.ForeignKey("ledger.Account", models.PROTECT, related_name="+")
    amount = models.BigIntegerField(help_text="Whole rupiah.")
    memo = models.CharField(max_length=160)
    counterparty = models.CharField(max_length=120, blank=True, help_text="Who will bill it.")
    turns_on = models.DateField(null=True, help_text="When it is taken back; empty: until paid.")
    payment = models.ForeignKey(
        "cash.CashPaper", models.PROTECT, null=True, related_name="accruals"
    )
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="cost_accrual_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="cost_accrual_positive"),
        ]
        indexes = [models.Index(fields=["cooperative", "-on"], name="cost_accrual_by_day")]


class Prepayment(DailyPaper):
    """A cost paid ahead for several months, of which each takes its part."""

    account = models.ForeignKey("ledger.Account", models.PROTECT, related_name="+")
    amount = models.BigIntegerField(help_text="Whole rupiah.")
    months = models.PositiveSmallIntegerField()
    since = models.DateField(help_text="First day of the first month that takes a part.")
    memo = models.CharField(max_length=160)
    counterparty = models.CharField(max_length=120, blank=True)
    place = models.CharField(
        max_length=12, blank=True, help_text="Cash place that paid; empty: stood in the books."
    )
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="prepayment_number"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, months__gte=1), name="prepayment_amounts"
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "-on"], name="prepayment_by_day")]


class SpreadRun(DailyPaper):
    """What all prepaid costs give to a month, booked in one entry."""

    until = models.DateField(help_text="Last day of the month.")
    total = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="spread_number"),
            models.UniqueConstraint(
                fields=["cooperative", "until"],
                condition=Q(state="posted"),
                name="spread_once_a_month",
            ),
        ]


class PrepaidPart(models.Model):
    """What one prepaid cost gave with one run."""

    prepayment = models.ForeignKey(Prepayment, models.PROTECT, related_name="parts")
    run = models.ForeignKey(SpreadRun, models.PROTECT, related_name="parts")
    amount = models.BigIntegerField()
    undone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "prepayment"], name="prepaid_part_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="prepaid_part_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.prepayment_id} {self.amount}"


class Recurring(models.Model):
    """What comes again and again: what, how much, in which rhythm, and until when."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    way = models.CharField(max_length=5, choices=[(k, k) for k in WAYS])
    purpose = models.CharField(max_length=20, blank=True, help_text="Of the desk, when paid.")
    account = models.ForeignKey(
        "ledger.Account", models.PROTECT, null=True, related_name="+", help_text="When owed."
    )
    place = models.CharField(max_length=12, blank=True, help_text="Cash place that pays.")
    counterparty = models.CharField(max_length=120, blank=True)
    amount = models.BigIntegerField(null=True, help_text="Whole rupiah; empty: asked each time.")
    every = models.PositiveSmallIntegerField(help_text="Months from one to the next.")
    day = models.PositiveSmallIntegerField(help_text="Of the month; a short month: its last.")
    first = models.DateField(help_text="When it is due for the first time.")
    until = models.DateField(null=True)
    times = models.PositiveSmallIntegerField(null=True, help_text="How often in all.")
    paused_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(every__gte=1, day__gte=1, day__lte=31)
                & (Q(amount__isnull=True) | Q(amount__gt=0)),
                name="recurring_sound",
            )
        ]
        indexes = [models.Index(fields=["cooperative", "ended_on"], name="recurring_running")]

    def __str__(self) -> str:
        return self.name


class RecurringDue(models.Model):
    """A due day that was met: by a paper, or passed over with a reason."""

    recurring = models.ForeignKey(Recurring, models.PROTECT, related_name="dues")
    due = models.DateField()
    paper = models.ForeignKey("cash.CashPaper", models.PROTECT, null=True, related_name="+")
    accrual = models.ForeignKey(Accrual, models.PROTECT, null=True, related_name="+")
    passed = models.CharField(max_length=120, blank=True, help_text="Why nothing was booked.")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recurring", "due"], name="recurring_due_once"),
            models.CheckConstraint(
                condition=Q(paper__isnull=False, accrual__isnull=True, passed="")
                | Q(paper__isnull=True, accrual__isnull=False, passed="")
                | (Q(paper__isnull=True, accrual__isnull=True) & ~Q(passed="")),
                name="recurring_due_one_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recurring_id} {self.due}"


class Budget(models.Model):
    """One version of a year's budget (RAPB); a version that the meeting approved stays as it is."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=[(k, k) for k in BUDGET_STATES], default="draft")
    note = models.CharField(max_length=160, blank=True, help_text="How it was made.")
    decision = models.CharField(max_length=120, blank=True, help_text="Number of the minutes.")
    decided_on = models.DateField(null=True)
    approved_by = models.ForeignKey(
        "cooperatives.User", models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "year", "version"], name="budget_version_once"
            ),
            models.UniqueConstraint(
                fields=["cooperative", "year"],
                condition=Q(state="approved"),
                name="budget_approved_once",
            ),
            models.UniqueConstraint(
                fields=["cooperative", "year"],
                condition=Q(state="draft"),
                name="budget_draft_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.version}"


class BudgetLine(models.Model):
    """What is planned on an account in a month, on its usual side."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="lines")
    account = models.ForeignKey("ledger.Account", models.PROTECT, related_name="+")
    month = models.PositiveSmallIntegerField(help_text="1 to 12.")
    amount = models.BigIntegerField(help_text="Whole rupiah.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["budget", "account", "month"], name="budget_line_once"),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12) & ~Q(amount=0), name="budget_line_sound"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.month} {self.amount}"


class Unit(models.Model):
    """A business unit (unit usaha) whose own result is told."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "name"], name="unit_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class UnitRule(models.Model):
    """From a day on, what moves on an account (by entries of a kind) is this unit's, or shared."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    account = models.ForeignKey("ledger.Account", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40, blank=True, help_text="Of the entry; empty: any.")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="rules")
    valid_from = models.DateField()
    source = models.CharField(max_length=160, blank=True, help_text="Who decided it.")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["cooperative", "account"], name="unit_rule_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind} {self.valid_from}"


class UnitShare(models.Model):
    """From a day on, the part of shared costs that a unit carries where the key is fixed."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="shares")
    weight = models.PositiveIntegerField(help_text="Beside the weights of the other units.")
    valid_from = models.DateField()
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.unit_id} {self.weight}"
