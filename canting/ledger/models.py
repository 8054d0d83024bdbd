"""Tables of the books: chart, chain, entries, lines, kept balances."""

from django.db import models
from django.db.models import Q

from canting.kernel.append_only import AppendOnly
from canting.ledger.rules import GENESIS, Side

PERIOD_ACTS = ("prepare", "close", "reopen")
SIDES = [(Side.DEBIT.value, "debit"), (Side.CREDIT.value, "credit")]


class Book(models.Model):
    """The head of one cooperative's chain; taking the next position is the lock of all posting."""

    cooperative = models.OneToOneField(
        "cooperatives.Cooperative", models.PROTECT, primary_key=True, related_name="+"
    )
    position = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=GENESIS)
    opened_on = models.DateField()
    closed_through = models.DateField(null=True)
    chart_version = models.PositiveIntegerField(default=0)
    code_style = models.CharField(
        max_length=12, blank=True, default="", help_text="How codes are shown; empty: ours."
    )

    def __str__(self) -> str:
        return f"{self.cooperative_id} at {self.position}"


class Account(models.Model):
    """One account of the chart. Its code and class never change; its name may."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)
    role = models.CharField(max_length=30, blank=True)
    name = models.CharField(max_length=80, blank=True, help_text="Empty: the standard name.")
    normal = models.CharField(max_length=1, choices=SIDES)
    party_kind = models.CharField(max_length=12, blank=True)
    statement = models.CharField(max_length=24)
    split = models.CharField(max_length=10, blank=True)
    flow = models.CharField(max_length=1)
    active = models.BooleanField(default=True)
    shown = models.CharField(
        max_length=20, blank=True, default="", help_text="The code as people here write it."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "shown"],
                condition=~Q(shown=""),
                name="account_shown_once",
            ),
            models.UniqueConstraint(fields=["cooperative", "code"], name="account_code_once"),
            models.UniqueConstraint(
                fields=["cooperative", "role"], condition=~Q(role=""), name="account_role_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_code} {self.name or self.role}"

    @property
    def shown_code(self) -> str:
        """The code as people here write it."""
        return self.shown or self.code


class JournalEntry(AppendOnly):
    """An entry in the chain. Written once; a mistake is reversed by a new one, never edited."""

    id = models.BigIntegerField(primary_key=True)
    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    position = models.BigIntegerField(help_text="The journal number: the place in the chain.")
    source = models.CharField(max_length=100, help_text="The paper it comes from; posts once.")
    entry_date = models.DateField()
    own_date = models.DateField(help_text="The date on the paper itself.")
    kind = models.CharField(max_length=40)
    memo = models.CharField(max_length=200)
    paper = models.CharField(max_length=40, blank=True)
    posted_at = models.DateTimeField()
    actor = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="reversed_by")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "position"], name="entry_position_once"),
            models.UniqueConstraint(fields=["cooperative", "source"], name="entry_source_once"),
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="entry_reversed_once"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "entry_date", "position"], name="entry_by_date")
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.memo}"


class JournalLine(AppendOnly):
    """One side of an entry: always a positive amount of whole rupiah."""

    cooperative = models.ForeignKey(
        "cooperatives.Cooperative", models.PROTECT, related_name="+", db_index=False
    )
    entry = models.ForeignKey(JournalEntry, models.PROTECT, related_name="lines")
    entry_date = models.DateField()
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    party = models.ForeignKey(
        "cooperatives.Party", models.PROTECT, null=True, related_name="+", db_index=False
    )
    side = models.CharField(max_length=1, choices=SIDES)
    amount = models.BigIntegerField(help_text="Whole rupiah, always positive.")
    business = models.CharField(max_length=9, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="journal_line_positive"),
            models.CheckConstraint(condition=Q(side__in=["D", "K"]), name="journal_line_side"),
        ]
        indexes = [
            models.Index(
                fields=["cooperative", "entry_date", "account", "side", "amount"],
                name="line_by_date",
            ),
            models.Index(
                fields=["cooperative", "account", "entry_date", "id"], name="line_by_account"
            ),
            models.Index(
                fields=["cooperative", "party", "account", "entry_date", "id"],
                name="line_by_party",
                condition=Q(party__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.amount}"


class AccountMonth(models.Model):
    """Debits and credits of one account in one month, kept in the posting transaction."""

    cooperative = models.ForeignKey(
        "cooperatives.Cooperative", models.PROTECT, related_name="+", db_index=False
    )
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    month = models.DateField(help_text="First day of the month.")
    debit = models.BigIntegerField()
    credit = models.BigIntegerField()
    lines = models.PositiveIntegerField(
        default=0, db_default=0, help_text="How many lines it sums."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "account", "month"], name="account_month_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.month}"


class PartyMonth(models.Model):
    """The same per party, in a table of its own so that no key holds an empty column."""

    cooperative = models.ForeignKey(
        "cooperatives.Cooperative", models.PROTECT, related_name="+", db_index=False
    )
    party = models.ForeignKey(
        "cooperatives.Party", models.PROTECT, related_name="+", db_index=False
    )
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    debit = models.BigIntegerField()
    credit = models.BigIntegerField()
    lines = models.PositiveIntegerField(
        default=0, db_default=0, help_text="How many lines it sums."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "account", "party", "month"], name="party_month_once"
            )
        ]
        indexes = [models.Index(fields=["cooperative", "party"], name="party_month_by_party")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.month}"


class FiscalPeriod(AppendOnly):
    """A month prepared, closed or opened again: when, by whom, why. The latest row rules."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    month = models.DateField()
    act = models.CharField(max_length=8, choices=[(act, act) for act in PERIOD_ACTS])
    made_at = models.DateTimeField()
    actor = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    checkpoint = models.CharField(
        max_length=64, help_text="Digest of the chain's head at that moment."
    )
    position = models.BigIntegerField()
    passed = models.JSONField(
        default=dict, help_text="Checks that were open, each with the reason written for it."
    )

    def __str__(self) -> str:
        return f"{self.month} {self.act}"


class YearAct(AppendOnly):
    """A year prepared, closed or opened again; the latest row rules. Closing it froze its files."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=8, choices=[(act, act) for act in PERIOD_ACTS])
    made_at = models.DateTimeField()
    actor = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    surplus = models.BigIntegerField(default=0, help_text="Whole rupiah; a loss is below zero.")
    checkpoint = models.CharField(
        max_length=64, help_text="Digest of the chain's head at that moment."
    )
    position = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.year} {self.act}"


class FrozenFile(AppendOnly):
    """A file of a closed year as it was on that day, stored by the digest of its content."""

    act = models.ForeignKey(YearAct, models.PROTECT, related_name="files")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "name"], name="frozen_file_once")]

    def __str__(self) -> str:
        return self.name
