"""Tables of taxes: facts with their document, what was withheld by and from us, slips, payments."""

from django.db import models
from django.db.models import F, Q

from canting.taxes.rules import BILL_KINDS, HELD, PAYABLE, PAYEE, PKP, START, WITHHOLDINGS

STATES = [("posted", "posted"), ("reversed", "reversed")]
KINDS = [(key, key) for key in WITHHOLDINGS]
FACTS = [(START, START), (PAYEE, PAYEE), (PKP, PKP)]


class TaxFact(models.Model):
    """Something the taxes depend on, from a day on, by a document; a later one takes its place."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=FACTS)
    party = models.ForeignKey("cooperatives.Party", models.PROTECT, null=True, related_name="+")
    value = models.CharField(max_length=12, blank=True)
    valid_from = models.DateField()
    document = models.CharField(max_length=120)
    tax_number = models.CharField(
        max_length=16, blank=True, help_text="The cooperative's own, of a VAT payer."
    )
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["cooperative", "kind", "party", "-valid_from"], name="tax_fact_at")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}"


class Paper(models.Model):
    """What every numbered paper of this domain has."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=24)
    on = models.DateField()
    state = models.CharField(max_length=10, choices=STATES, default="posted")
    reason = models.CharField(max_length=120, blank=True, help_text="Why it was put right.")
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


class TaxSlip(Paper):
    """Bukti potong: what was withheld from one payee in one month."""

    kind = models.CharField(max_length=6, choices=KINDS)
    party = models.ForeignKey("cooperatives.Party", models.PROTECT, related_name="+")
    month = models.DateField()
    base = models.BigIntegerField(help_text="Whole rupiah.")
    tax = models.BigIntegerField(help_text="Whole rupiah.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="tax_slip_number"),
            models.CheckConstraint(condition=Q(tax__gt=0), name="tax_slip_positive"),
        ]
        indexes = [models.Index(fields=["cooperative", "month"], name="tax_slip_by_month")]


class Withheld(models.Model):
    """Tax that one entry kept from one payee; it waits for its slip and for being paid over."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=KINDS)
    party = models.ForeignKey("cooperatives.Party", models.PROTECT, related_name="+")
    on = models.DateField()
    base = models.BigIntegerField(help_text="Whole rupiah.")
    tax = models.BigIntegerField(help_text="Whole rupiah.")
    source = models.CharField(max_length=80, help_text="The entry that kept it.")
    paper = models.CharField(max_length=30)
    active = models.BooleanField(default=True, help_text="False once its entry was reversed.")
    slip = models.ForeignKey(TaxSlip, models.PROTECT, null=True, related_name="rows")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "source", "party"], name="withheld_once_each"
            ),
            models.CheckConstraint(
                condition=Q(tax__gt=0, base__gte=F("tax")), name="withheld_positive"
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "kind", "on"], name="withheld_by_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.paper}"


class HeldByBuyer(models.Model):
    """Tax that a buyer kept from what he paid us; its slip comes with the payment or later."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=[(key, key) for key in HELD])
    party = models.ForeignKey("cooperatives.Party", models.PROTECT, related_name="+")
    on = models.DateField()
    tax = models.BigIntegerField(help_text="Whole rupiah.")
    source = models.CharField(max_length=80, help_text="The entry of the payment.")
    paper = models.CharField(max_length=30)
    active = models.BooleanField(default=True, help_text="False once its entry was reversed.")
    slip_number = models.CharField(max_length=60, blank=True, help_text="Empty: not here yet.")
    slip_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "source", "kind"], name="held_by_buyer_once"
            ),
            models.CheckConstraint(condition=Q(tax__gt=0), name="held_by_buyer_positive"),
        ]
        indexes = [models.Index(fields=["cooperative", "-on"], name="held_by_buyer_by_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.paper}"


class TaxPayment(Paper):
    """Withheld tax, or the VAT of a month, paid to the state."""

    kind = models.CharField(max_length=6, choices=[(key, key) for key in PAYABLE])
    month = models.DateField()
    amount = models.BigIntegerField(help_text="Paid in money, whole rupiah.")
    set_off = models.BigIntegerField(default=0, help_text="Input VAT set off with it.")
    place = models.CharField(max_length=12)
    reference = models.CharField(max_length=60, blank=True, help_text="Number of the tax receipt.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="tax_payment_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="tax_payment_positive"),
        ]
        indexes = [models.Index(fields=["cooperative", "month"], name="tax_payment_by_month")]


class InputVat(Paper):
    """VAT that a supplier charged with a tax invoice (FPM), on top of a purchase or bill."""

    party = models.ForeignKey("cooperatives.Party", models.PROTECT, related_name="+")
    faktur = models.CharField(max_length=40, help_text="The supplier's own number.")
    faktur_on = models.DateField()
    base = models.BigIntegerField(help_text="Price without VAT, whole rupiah.")
    vat = models.BigIntegerField(help_text="Whole rupiah.")
    bought = models.CharField(max_length=30, blank=True, help_text="Our paper of the purchase.")
    place = models.CharField(max_length=12, blank=True, help_text="Empty: owed to the supplier.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="input_vat_number"),
            models.CheckConstraint(
                condition=Q(vat__gt=0, base__gte=F("vat")), name="input_vat_adds_up"
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "on"], name="input_vat_by_day")]


class ServiceBill(Paper):
    """A service or rent paid less the tax we must keep from it."""

    kind = models.CharField(max_length=8, choices=[(key, key) for key in BILL_KINDS])
    party = models.ForeignKey("cooperatives.Party", models.PROTECT, related_name="+")
    memo = models.CharField(max_length=120)
    gross = models.BigIntegerField(help_text="Whole rupiah.")
    tax = models.BigIntegerField(help_text="Whole rupiah.")
    place = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="service_bill_number"),
            models.CheckConstraint(
                condition=Q(tax__gte=0, gross__gt=F("tax")), name="service_bill_adds_up"
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "-on"], name="service_bill_by_day")]
