"""Tables of buying together: rounds, needs, what was planned, its money, everyone's share."""

from django.db import models
from django.db.models import Q

from canting.purchasing.rules import Mode
from canting.rounds.rules import FundKind, NeedSource, PriceRule, RoundState, ShareRule
from canting.stock.rules import Basis


class Round(models.Model):
    """One time of buying together (BB), from the first need to the last share."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    title = models.CharField(max_length=80)
    state = models.CharField(
        max_length=10, choices=[(s, s) for s in RoundState], default=RoundState.COLLECTING.value
    )
    opened_on = models.DateField()
    deadline = models.DateField(help_text="The last day on which a need is taken.")
    needed_by = models.DateField(help_text="The day the material must be here.")
    tolerance_percent = models.PositiveSmallIntegerField(
        default=5,
        help_text="How much more or less than was asked a member takes without a question.",
    )
    share_rule = models.CharField(
        max_length=10, choices=[(r, r) for r in ShareRule], default=ShareRule.ACTIVE.value
    )
    price_rule = models.CharField(
        max_length=10, choices=[(r, r) for r in PriceRule], default=PriceRule.LANDED.value
    )
    margin_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    note = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was cancelled.")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="round_number_once")
        ]
        indexes = [models.Index(fields=["cooperative", "state", "deadline"], name="round_by_state")]

    def __str__(self) -> str:
        return self.number


class Need(models.Model):
    """What one member (or the store itself) needs of one material in one round.

    Without a member it is for the store: reorder points, or custody for work orders.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="needs")
    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=4, help_text="As it was asked.")
    unit = models.CharField(max_length=10)
    base_quantity = models.DecimalField(max_digits=14, decimal_places=4)
    source = models.CharField(max_length=10, choices=[(s, s) for s in NeedSource])
    reference = models.CharField(
        max_length=30, blank=True, help_text="Work order it was worked out from."
    )
    mode = models.CharField(
        max_length=14, choices=[(m, m) for m in Mode], default=Mode.CREDIT.value
    )
    basis = models.CharField(
        max_length=12, choices=[(b, b) for b in Basis], default=Basis.PURCHASE.value
    )
    substitute_ok = models.BooleanField(default=False)
    withdrawn = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(help_text="The first time: it decides who came first.")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "member", "item", "reference"],
                condition=Q(member__isnull=False),
                name="need_of_member_once",
            ),
            models.UniqueConstraint(
                fields=["round", "item", "reference"],
                condition=Q(member__isnull=True),
                name="need_of_store_once",
            ),
            models.CheckConstraint(condition=Q(base_quantity__gt=0), name="need_positive"),
        ]
        indexes = [models.Index(fields=["cooperative", "member"], name="need_by_member")]

    def __str__(self) -> str:
        return f"{self.quantity} {self.unit}"


class PlanLine(models.Model):
    """One choice of the plan that was agreed: so many packs of an offer from a supplier."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="plan_lines")
    supplier = models.ForeignKey("purchasing.Supplier", models.PROTECT, related_name="+")
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    offer_key = models.CharField(max_length=40)
    packs = models.PositiveIntegerField()
    unit = models.CharField(max_length=10)
    pack = models.DecimalField(max_digits=14, decimal_places=4, help_text="Base units in one pack.")
    price = models.BigIntegerField(help_text="Whole rupiah for one pack.")
    goods = models.BigIntegerField(help_text="Whole rupiah.")
    freight = models.BigIntegerField(help_text="Its part of the freight, whole rupiah.")
    by_hand = models.BooleanField(default=False, help_text="Changed by a person after the plan.")
    order_number = models.CharField(max_length=30, blank=True, help_text="The supplier order (SP).")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "offer_key"], name="plan_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.packs} {self.unit}"


class Fund(models.Model):
    """Money for a round: whose, how much, on which paper, and what became of it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="funds")
    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k, k) for k in FundKind])
    party = models.ForeignKey(
        "cooperatives.Party", models.PROTECT, null=True, blank=True, related_name="+"
    )
    amount = models.BigIntegerField()
    used = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)
    paper = models.CharField(max_length=40, blank=True, help_text="Receipt or contract behind it.")
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="fund_positive")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class Share(models.Model):
    """What one member gets of one material in a round, and what it costs her."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="shares")
    need = models.OneToOneField(Need, models.PROTECT, related_name="share")
    base_quantity = models.DecimalField(max_digits=14, decimal_places=4)
    amount = models.BigIntegerField(help_text="Whole rupiah.")
    hand_out = models.CharField(max_length=30, blank=True, help_text="Number of the hand-out (KB).")
    market_amount = models.BigIntegerField(
        default=0, help_text="The same bought alone; 0: not known."
    )
    market_place = models.CharField(max_length=80, blank=True)
    market_date = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(base_quantity__gte=0), name="share_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.base_quantity}"
