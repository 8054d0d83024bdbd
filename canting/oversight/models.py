"""What supervisors keep: findings with what followed, samples with what they found. All written once."""

from django.db import models

from canting.cooperatives.rules import Role
from canting.kernel.append_only import AppendOnly
from canting.oversight.rules import ADDRESSEES, OFTEN, Act, Method, Population


class Finding(AppendOnly):
    """What a supervisor found and asks about; nobody changes it, what follows are acts."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    subject = models.CharField(max_length=100, blank=True, help_text="A paper; empty: free.")
    page = models.CharField(max_length=200, blank=True, help_text="Where it was seen.")
    text = models.CharField(max_length=OFTEN)
    asked = models.CharField(max_length=OFTEN, blank=True)
    addressed_to = models.CharField(
        max_length=12, choices=[(Role(one).value, one) for one in ADDRESSEES]
    )
    due_on = models.DateField()
    on = models.DateField()
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="finding_number_once")
        ]

    def __str__(self) -> str:
        return self.number


class FindingAct(AppendOnly):
    """An answer, a closing or an opening again; the latest rules."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="acts")
    act = models.CharField(max_length=8, choices=[(one.value, one) for one in Act])
    text = models.CharField(max_length=OFTEN)
    due_on = models.DateField(null=True, help_text="A new day to answer by.")
    on = models.DateField()
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.finding_id} {self.act}"


class Sample(AppendOnly):
    """A draw: from what, by which seed; whoever repeats it gets the same papers."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    population = models.CharField(max_length=12, choices=[(one.value, one) for one in Population])
    since = models.DateField()
    until = models.DateField()
    method = models.CharField(max_length=8, choices=[(one.value, one) for one in Method])
    seed = models.CharField(max_length=40)
    size = models.PositiveSmallIntegerField()
    papers = models.PositiveIntegerField(help_text="How many there were to draw from.")
    amount = models.BigIntegerField(help_text="Their sum, whole rupiah or pieces.")
    on = models.DateField()
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="sample_number_once")
        ]

    def __str__(self) -> str:
        return self.number


class SampleItem(AppendOnly):
    """One paper of a draw as it stood that day."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40, help_text="Journal number or paper number.")
    paper = models.CharField(max_length=100, blank=True)
    what = models.CharField(max_length=200)
    day = models.DateField()
    amount = models.BigIntegerField()
    hits = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "place"], name="sample_place_once"),
            models.UniqueConstraint(fields=["sample", "key"], name="sample_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.key}"


class SampleTick(AppendOnly):
    """Whether a drawn paper agrees with the books; the latest tick rules."""

    item = models.ForeignKey(SampleItem, models.PROTECT, related_name="ticks")
    agrees = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item_id} {self.agrees}"
