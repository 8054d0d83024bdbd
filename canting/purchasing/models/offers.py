"""Tables of what suppliers offer: dated terms and price lists, and the asking for them."""

from django.db import models
from django.db.models import Q

from canting.kernel.append_only import AppendOnly
from canting.purchasing.models.papers import Paper, Supplier


class SupplierTerms(AppendOnly):
    """On which terms a supplier sells from a day on; the latest row of the latest day rules."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="terms")
    valid_from = models.DateField()
    minimum_amount = models.BigIntegerField(default=0, help_text="Of one order, whole rupiah.")
    freight_per_order = models.BigIntegerField(default=0, help_text="Whole rupiah.")
    credit_days = models.PositiveSmallIntegerField(default=0, help_text="0: paid at once.")
    lead_days = models.PositiveSmallIntegerField(default=0, help_text="From order to arrival.")
    source = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["cooperative", "supplier", "valid_from"], name="terms_by_supplier")
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}"


class QuoteRequest(Paper):
    """Suppliers are asked what some materials cost (PH); their answers are offer lists."""

    answer_by = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "number"], name="quote_request_number_once"
            )
        ]
        indexes = [models.Index(fields=["cooperative", "on"], name="quote_request_by_date")]


class QuoteLine(models.Model):
    """One material that is asked for, and how much of it."""

    request = models.ForeignKey(QuoteRequest, models.PROTECT, related_name="lines")
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=4)
    unit = models.CharField(max_length=10)
    base_quantity = models.DecimalField(max_digits=14, decimal_places=4)

    def __str__(self) -> str:
        return f"{self.quantity} {self.unit}"


class QuoteAsk(models.Model):
    """One supplier who is asked; that a text was opened in WhatsApp stands among the messages."""

    request = models.ForeignKey(QuoteRequest, models.PROTECT, related_name="asks")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "supplier"], name="quote_ask_once")
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.supplier_id}"


class OfferList(models.Model):
    """One price list of a supplier from a day on; a newer one stands beside it, never over it."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="offer_lists")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True, help_text="Empty: until the next one.")
    complete = models.BooleanField(
        default=False, help_text="What it does not name is not sold any more."
    )
    source = models.CharField(max_length=200, blank=True, help_text="Nota, WhatsApp, visit.")
    request = models.ForeignKey(
        QuoteRequest, models.PROTECT, null=True, blank=True, related_name="answers"
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was withdrawn.")
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["cooperative", "supplier", "valid_from"], name="offer_list_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}"


class Offer(models.Model):
    """One pack of one item on a price list; what a pack holds is of this supplier alone."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    offer_list = models.ForeignKey(OfferList, models.PROTECT, related_name="offers")
    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    unit = models.CharField(max_length=10, help_text="What the pack is called: pis, kg, sack.")
    content = models.DecimalField(max_digits=14, decimal_places=4, help_text="As written.")
    content_unit = models.CharField(max_length=10)
    pack = models.DecimalField(max_digits=14, decimal_places=4, help_text="Base units in one pack.")
    min_packs = models.PositiveIntegerField(default=0)
    max_packs = models.PositiveIntegerField(default=0, help_text="0: no limit.")
    freight_per_pack = models.BigIntegerField(default=0, help_text="Whole rupiah.")
    batch_code_required = models.BooleanField(default=False)
    note = models.CharField(max_length=120, blank=True, help_text="Their own name for it.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pack__gt=0), name="offer_pack_positive")]
        indexes = [models.Index(fields=["cooperative", "item"], name="offer_by_item")]

    def __str__(self) -> str:
        return f"{self.unit} {self.pack}"


class OfferBreak(models.Model):
    """The price of one pack from so many packs on; the break that is reached holds for all."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="breaks")
    packs_from = models.PositiveIntegerField()
    price = models.BigIntegerField(help_text="Whole rupiah for one pack.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "packs_from"], name="offer_break_once"),
            models.CheckConstraint(
                condition=Q(price__gt=0, packs_from__gt=0), name="offer_break_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.packs_from}: {self.price}"
