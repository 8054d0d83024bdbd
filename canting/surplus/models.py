"""Tables of the surplus: what a meeting decided, its pools, members' parts, and their payments."""

from django.db import models
from django.db.models import Q

from canting.surplus.rules import LOSS, POSTED, PREPARED, REVERSED, SHARE, STATES, WAYS

STATE_CHOICES = [(state, state) for state in STATES]


class Sharing(models.Model):
    """A decision about one year: its surplus shared, or its loss covered from the reserves."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=24)
    kind = models.CharField(max_length=5, choices=[(SHARE, SHARE), (LOSS, LOSS)])
    year = models.PositiveSmallIntegerField()
    surplus = models.BigIntegerField(help_text="Whole rupiah; of a loss what is covered.")
    others_surplus = models.BigIntegerField(default=0, help_text="Left by business with others.")
    others_to = models.CharField(max_length=8, blank=True)
    from_old_book = models.BooleanField(default=False)
    decision = models.CharField(max_length=80, help_text="Number of the meeting's minutes.")
    meeting_date = models.DateField()
    on = models.DateField(null=True, help_text="Day of the entry; empty until it is signed.")
    state = models.CharField(max_length=9, choices=STATE_CHOICES, default=PREPARED)
    reason = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        "cooperatives.User", models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="sharing_number_once"),
            models.UniqueConstraint(
                fields=["cooperative", "year", "kind"],
                condition=Q(kind=SHARE, state__in=[PREPARED, POSTED]),
                name="year_shared_once",
            ),
            models.CheckConstraint(condition=Q(surplus__gt=0), name="sharing_positive"),
        ]

    def __str__(self) -> str:
        return self.number


class Pool(models.Model):
    """What of a surplus goes where; of a loss how much each reserve covers."""

    sharing = models.ForeignKey(Sharing, models.PROTECT, related_name="pools")
    place = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=20)
    percent = models.DecimalField(max_digits=7, decimal_places=4, default=0)
    amount = models.BigIntegerField(help_text="Whole rupiah.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sharing", "key"], name="pool_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="pool_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.amount}"


class Part(models.Model):
    """One member's part of a shared surplus, with the weights it was reckoned from."""

    sharing = models.ForeignKey(Sharing, models.PROTECT, related_name="parts")
    party = models.ForeignKey("cooperatives.Party", models.PROTECT, related_name="+")
    capital = models.BigIntegerField(help_text="Shares that counted, whole rupiah.")
    patronage = models.BigIntegerField(help_text="Business that counted, whole rupiah.")
    by_capital = models.BigIntegerField()
    by_patronage = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sharing", "party"], name="part_once"),
            models.CheckConstraint(
                condition=Q(by_capital__gte=0, by_patronage__gte=0), name="part_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.total}"

    @property
    def total(self) -> int:
        """Both parts, whole rupiah."""
        return self.by_capital + self.by_patronage


class Payout(models.Model):
    """A part paid: in cash, by transfer, or kept here as savings or shares."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=24)
    party = models.ForeignKey("cooperatives.Party", models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=[(way, way) for way in WAYS])
    place = models.CharField(max_length=30, blank=True, help_text="Cash place; empty: none.")
    amount = models.BigIntegerField(help_text="Whole rupiah.")
    on = models.DateField()
    consent = models.CharField(max_length=160, blank=True, help_text="How the member agreed.")
    batch = models.CharField(max_length=24, help_text="First number of those paid together.")
    state = models.CharField(
        max_length=9, choices=[(POSTED, POSTED), (REVERSED, REVERSED)], default=POSTED
    )
    reason = models.CharField(max_length=200, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    copies = models.PositiveIntegerField(default=0, help_text="How often it was printed.")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="payout_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payout_positive"),
        ]
        indexes = [
            models.Index(fields=["cooperative", "party", "state"], name="payout_by_party"),
            models.Index(fields=["cooperative", "on", "id"], name="payout_by_day"),
        ]

    def __str__(self) -> str:
        return self.number
