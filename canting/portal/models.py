"""Tables of the opening: each step as typed, the old totals, who prepared it, old books read."""

from django.db import models
from django.db.models import Q

from canting.portal.rules.old_book import BookState, Effect
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


class OldBook(models.Model):
    """A file of another program: brought, asked about, booked, perhaps taken back.

    The file and the answers are sealed: both may hold NIK. What remains after booking are the rows.
    """

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="Stands in the sources of its entries.")
    name = models.CharField(max_length=120, help_text="The name of the file.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    layout = models.CharField(max_length=2)
    state = models.CharField(
        max_length=6, default=BookState.READ.value, choices=[(s.value, s.value) for s in BookState]
    )
    content = models.BinaryField(help_text="Sealed: the file, packed.")
    answers = models.BinaryField(help_text="Sealed: what was answered about it.")
    total = models.BigIntegerField(null=True, help_text="Whole rupiah as booked; null before.")
    facts = models.JSONField(default=dict, help_text="Sums, receipts; nothing of persons.")
    sources = models.JSONField(default=list, help_text="The entries it posted.")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    booked_by = models.ForeignKey("cooperatives.User", models.PROTECT, null=True, related_name="+")
    booked_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("cooperatives.User", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="old_book_number_once"),
            models.UniqueConstraint(
                fields=["cooperative", "digest"],
                condition=Q(state=BookState.BOOKED.value),
                name="old_book_booked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class OldBookRow(models.Model):
    """One row of a booked file as it was read, to be looked at: whose, when, what became of it."""

    book = models.ForeignKey(OldBook, models.PROTECT, related_name="kept_rows")
    row = models.PositiveIntegerField(help_text="As the spreadsheet numbers it.")
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="+")
    on = models.DateField(null=True)
    what = models.CharField(max_length=20)
    text = models.CharField(max_length=160, blank=True)
    amount = models.BigIntegerField(help_text="Whole rupiah; below zero: drawn or paid out.")
    effect = models.CharField(max_length=9, choices=[(e.value, e.value) for e in Effect])

    class Meta:
        indexes = [models.Index(fields=["member", "on"], name="old_book_row_by_member")]

    def __str__(self) -> str:
        return f"{self.book_id}:{self.row}"


class OldName(models.Model):
    """What a name of an old book means here, remembered from one file to the next."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    what = models.CharField(max_length=10, help_text="Of which kind of book.")
    old = models.CharField(max_length=120)
    ours = models.CharField(max_length=30, help_text="Account code, or a word of the rules.")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "what", "old"], name="old_name_once")
        ]

    def __str__(self) -> str:
        return f"{self.old} = {self.ours}"
