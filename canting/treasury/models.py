"""Tables of the bank's lines: layouts remembered, lists read, lines, and the entries they are."""

from django.db import models
from django.db.models import Q

from canting.treasury.rules import STYLES


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
