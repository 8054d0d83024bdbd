"""Tables of partners' money: contracts approved by two, papers written once and put right later."""

from django.db import models
from django.db.models import F, Q

from canting.lending.rules import (
    APPROVED,
    CHARGES,
    FINANCIERS,
    METHODS,
    MODES,
    PAID,
    POSTED,
    PREPARED,
    REVERSED,
    RHYTHMS,
    Drawn,
    Terms,
)

PAPER_STATES = [(one, one) for one in (POSTED, REVERSED)]
CONTRACT_STATES = [(one, one) for one in (PREPARED, APPROVED, PAID, REVERSED)]


class LendingPaper(models.Model):
    """What every paper of this domain has."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=24)
    on = models.DateField()
    reason = models.CharField(max_length=120, blank=True, help_text="Why it was put right.")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


class Contract(LendingPaper):
    """What is prepared by one and approved by another: with a partner, or with a member."""

    state = models.CharField(max_length=10, choices=CONTRACT_STATES, default=PREPARED)
    approved_by = models.ForeignKey(
        "cooperatives.User", models.PROTECT, null=True, related_name="+"
    )
    approved_on = models.DateField(null=True)
    decision = models.CharField(max_length=120, blank=True, help_text="Minutes or note.")
    instalments = models.PositiveSmallIntegerField()
    first_due = models.DateField()
    months = models.PositiveSmallIntegerField(choices=[(k, k) for k in RHYTHMS], default=1)
    grace = models.PositiveSmallIntegerField(default=0, help_text="Instalments without principal.")
    rate = models.DecimalField(max_digits=7, decimal_places=4, help_text="Per cent a year.")
    method = models.CharField(max_length=10, choices=[(k, k) for k in METHODS])

    class Meta:
        abstract = True

    @property
    def terms(self) -> Terms:
        """How it is paid back."""
        return Terms(
            self.instalments, self.first_due, self.months, self.grace, self.rate, self.method
        )


class Financier(models.Model):
    """One who finances the cooperative or its members: bank, state company, government fund."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    party = models.OneToOneField("cooperatives.Party", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(k, k) for k in FINANCIERS])
    contact = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["cooperative"], name="financier_of")]

    def __str__(self) -> str:
        return str(self.party)


class Facility(Contract):
    """A contract with a partner: how much, on what terms, and whose debt it is."""

    financier = models.ForeignKey(Financier, models.PROTECT, related_name="facilities")
    contract = models.CharField(max_length=60, help_text="Number of the contract.")
    signed_on = models.DateField()
    mode = models.CharField(max_length=10, choices=[(k, k) for k in MODES])
    charge = models.CharField(max_length=10, choices=[(k, k) for k in CHARGES])
    limit = models.BigIntegerField(help_text="Whole rupiah that may be drawn.")
    purpose = models.CharField(max_length=160, blank=True)
    role = models.CharField(max_length=16, help_text="Account by which the partner is owed.")
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="facility_number"),
            models.UniqueConstraint(
                fields=["cooperative", "financier", "contract"],
                condition=~Q(state=REVERSED),
                name="facility_contract_once",
            ),
            models.CheckConstraint(
                condition=Q(limit__gt=0, rate__gte=0, instalments__gt=0)
                & Q(grace__lt=F("instalments")),
                name="facility_terms",
            ),
        ]


class Posted(LendingPaper):
    """A paper that stands in the books from the moment it is written."""

    state = models.CharField(max_length=10, choices=PAPER_STATES, default=POSTED)

    class Meta:
        abstract = True


class Draw(Posted):
    """Money that came from a partner; or what was owed already when these books began."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="draws")
    amount = models.BigIntegerField()
    place = models.CharField(max_length=12, blank=True, help_text="Empty: from the old book.")
    reference = models.CharField(max_length=80, blank=True, help_text="Paper of the partner.")
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="draw_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="draw_positive"),
        ]

    @property
    def drawn(self) -> Drawn:
        """The amount and the day from which it is owed."""
        return Drawn(self.amount, self.on)


class Accrual(Posted):
    """Interest of one facility that is earned by a day and not due yet, booked as a debt."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="accruals")
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "number"], name="partner_interest_number"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="partner_interest_positive"),
        ]


class Repayment(Posted):
    """An instalment paid to a partner: principal and interest, some of it accrued before."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="repayments")
    principal = models.BigIntegerField()
    interest = models.BigIntegerField()
    accrued = models.BigIntegerField(default=0, help_text="Of the interest: accrued before.")
    place = models.CharField(max_length=12)
    reference = models.CharField(max_length=80, blank=True, help_text="Paper of the partner.")
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="repayment_number"),
            models.CheckConstraint(
                condition=Q(principal__gte=0, interest__gte=0, accrued__gte=0)
                & Q(accrued__lte=F("interest"))
                & (Q(principal__gt=0) | Q(interest__gt=0)),
                name="repayment_amounts",
            ),
        ]

    @property
    def total(self) -> int:
        """What was paid."""
        return self.principal + self.interest


class Onlend(Contract):
    """What of a facility is passed on to one member, and how she pays it back."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="onlends")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    fee = models.BigIntegerField(default=0, help_text="Kept when the money is handed over.")
    agreement = models.CharField(max_length=60, blank=True, help_text="Number of the agreement.")
    paid_on = models.DateField(null=True)
    place = models.CharField(max_length=12, blank=True, help_text="Empty: from the old book.")
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="onlend_number"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, fee__gte=0, rate__gte=0, instalments__gt=0)
                & Q(grace__lt=F("instalments"))
                & Q(fee__lt=F("amount")),
                name="onlend_terms",
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "member"], name="onlend_of_member")]

    @property
    def handed(self) -> int:
        """What the member got in hand."""
        return self.amount - self.fee


class OnlendInstalment(Posted):
    """What a member paid back of partner funds: principal and service fee."""

    onlend = models.ForeignKey(Onlend, models.PROTECT, related_name="payments")
    principal = models.BigIntegerField()
    fee = models.BigIntegerField()
    place = models.CharField(max_length=12)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="onlend_paid_number"),
            models.CheckConstraint(
                condition=Q(principal__gte=0, fee__gte=0) & (Q(principal__gt=0) | Q(fee__gt=0)),
                name="onlend_paid_amounts",
            ),
        ]

    @property
    def total(self) -> int:
        """What came in."""
        return self.principal + self.fee


class Deducted(models.Model):
    """Principal that was kept from a maker's pay by her consent; its entry is the slip's."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    onlend = models.ForeignKey(Onlend, models.PROTECT, related_name="deducted")
    source = models.CharField(max_length=80, help_text="Source of the slip's entry.")
    paper = models.CharField(max_length=24)
    on = models.DateField()
    amount = models.BigIntegerField()
    undone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="onlend_deducted_positive")
        ]
        indexes = [models.Index(fields=["cooperative", "source"], name="onlend_deducted_by")]

    def __str__(self) -> str:
        return f"{self.paper} {self.amount}"
