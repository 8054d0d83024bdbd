"""Tables of buying together: rounds, needs, what was planned, its money, everyone's share."""

from django.db import models
from django.db.models import Q

from canting.purchasing.rules import Mode
from canting.rounds.rules import (
    FundKind,
    FundState,
    MoveKind,
    NeedSource,
    PriceRule,
    RoundState,
    ShareOutState,
    ShareRule,
    ShareState,
)
from canting.rounds.rules.plan_run import RunState
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
    reason = models.CharField(
        max_length=200, blank=True, help_text="Why it was cancelled, or closed without charging."
    )
    travellers = models.PositiveIntegerField(
        null=True, blank=True, help_text="Who would have travelled to buy alone; none: not known."
    )
    settled_on = models.DateField(null=True, blank=True)
    uncharged_members = models.PositiveIntegerField(
        default=0, help_text="Members who were not charged when it was closed."
    )
    uncharged_amount = models.BigIntegerField(default=0, help_text="What they were not charged.")
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


class PlanRun(models.Model):
    """One time a plan was worked out: from what, how far it is, and the plan it found."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="plan_runs")
    state = models.CharField(
        max_length=10, choices=[(s, s) for s in RunState], default=RunState.RUNNING.value
    )
    on = models.DateField(help_text="The day whose offers it takes.")
    seconds = models.PositiveSmallIntegerField(help_text="How long the search may take.")
    cash = models.BigIntegerField(null=True, blank=True, help_text="Whole rupiah; none: no limit.")
    money_in_days = models.PositiveSmallIntegerField(default=0)
    storage = models.JSONField(default=dict, help_text="Base units by kind of item, as text.")
    digest = models.CharField(max_length=64, help_text="Of the needs and offers it takes.")
    best = models.BigIntegerField(null=True, blank=True, help_text="Whole rupiah, so far.")
    gap = models.DecimalField(
        max_digits=7, decimal_places=4, null=True, help_text="Percent that might still be saved."
    )
    stop_asked = models.BooleanField(default=False)
    result = models.JSONField(null=True, blank=True)
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="The last sign of life.")

    def __str__(self) -> str:
        return f"{self.round_id} {self.state}"


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
    kept = models.BigIntegerField(default=0, help_text="Waits for another round, or to be fetched.")
    carried_on = models.BigIntegerField(
        default=0, help_text="Of what was kept: what a later round uses."
    )
    carried = models.BooleanField(
        default=False, help_text="It was kept from an earlier round; no new money came."
    )
    state = models.CharField(
        max_length=10, choices=[(s, s) for s in FundState], default=FundState.STANDING.value
    )
    reason = models.CharField(max_length=200, blank=True, help_text="Why it no longer stands.")
    paper = models.CharField(max_length=40, blank=True, help_text="Receipt or contract behind it.")
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="fund_positive"),
            models.CheckConstraint(
                condition=Q(amount__gte=models.F("used") + models.F("returned") + models.F("kept")),
                name="fund_not_overspent",
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "party", "kind"], name="fund_by_party")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"

    @property
    def left(self) -> int:
        """What of it is neither used, given back nor kept for another round, whole rupiah."""
        return self.amount - self.used - self.returned - self.kept


class FundMove(models.Model):
    """A part of a deposit that was used, given back or kept; undone it no longer counts."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=10, choices=[(k, k) for k in MoveKind])
    amount = models.BigIntegerField()
    paper = models.CharField(max_length=40, blank=True, help_text="Hand-out or voucher behind it.")
    on = models.DateField()
    undone = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="fund_move_positive")]
        indexes = [models.Index(fields=["paper"], name="fund_move_by_paper")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class ShareOut(models.Model):
    """One sharing of what had come: several in one round when goods come in parts."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="share_outs")
    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    on = models.DateField()
    digest = models.CharField(max_length=32, help_text="Of the figures shown and booked.")
    state = models.CharField(
        max_length=10, choices=[(s, s) for s in ShareOutState], default=ShareOutState.STANDING.value
    )
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was undone.")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "position"], name="share_out_once")]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.position}"


class ShareOutItem(models.Model):
    """One material of a share-out: what had come, what members got of it, what it was charged at."""

    share_out = models.ForeignKey(ShareOut, models.PROTECT, related_name="items")
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    arrived = models.DecimalField(max_digits=14, decimal_places=4)
    landed = models.BigIntegerField(help_text="Goods and freight, whole rupiah.")
    to_members = models.DecimalField(max_digits=14, decimal_places=4)
    to_store = models.DecimalField(max_digits=14, decimal_places=4)
    store_cost = models.BigIntegerField()
    charged = models.BigIntegerField()
    step = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["share_out", "item"], name="share_out_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.arrived}"


class Share(models.Model):
    """What one member gets of one material in a round, and what it costs her."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="shares")
    share_out = models.ForeignKey(ShareOut, models.PROTECT, related_name="shares")
    need = models.ForeignKey(Need, models.PROTECT, related_name="shares")
    item = models.ForeignKey(
        "catalogue.Item",
        models.PROTECT,
        related_name="+",
        help_text="What she gets: what she asked for, or what stands in for it.",
    )
    state = models.CharField(
        max_length=10, choices=[(s, s) for s in ShareState], default=ShareState.WAITING.value
    )
    base_quantity = models.DecimalField(max_digits=14, decimal_places=4)
    cost = models.BigIntegerField(default=0, help_text="Its part of the landed cost.")
    amount = models.BigIntegerField(help_text="Whole rupiah.")
    from_deposit = models.BigIntegerField(default=0, help_text="Paid from what she had left here.")
    why = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it went to the store.")
    handed_on = models.DateField(null=True, blank=True)
    hand_out = models.CharField(max_length=30, blank=True, help_text="Number of the hand-out (KB).")
    market_amount = models.BigIntegerField(
        default=0, help_text="The same bought alone; 0: not known."
    )
    market_place = models.CharField(max_length=80, blank=True)
    market_date = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["share_out", "need", "item"], name="share_of_need_once"
            ),
            models.CheckConstraint(condition=Q(base_quantity__gte=0), name="share_not_negative"),
        ]
        indexes = [models.Index(fields=["hand_out"], name="share_by_hand_out")]

    def __str__(self) -> str:
        return f"{self.base_quantity}"


class Quota(models.Model):
    """A scarce material of a round, divided over active makers until a day; then open to all."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="quotas")
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    total = models.DecimalField(max_digits=14, decimal_places=4)
    step = models.DecimalField(max_digits=14, decimal_places=4)
    expires_on = models.DateField(help_text="From this day on what is unused is open to all.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "item"], name="quota_once"),
            models.CheckConstraint(condition=Q(total__gt=0, step__gt=0), name="quota_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.total}"


class QuotaPart(models.Model):
    """What one maker may ask of a scarce material, and the output it was reckoned from."""

    quota = models.ForeignKey(Quota, models.PROTECT, related_name="parts")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=4)
    recent_pieces = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["quota", "member"], name="quota_part_once")]

    def __str__(self) -> str:
        return f"{self.quantity}"
