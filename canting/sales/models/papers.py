"""Tables of selling: buyers, orders, deliveries, invoices, payments, the gallery till, tax papers."""

from django.db import models
from django.db.models import Q

from canting.sales.rules import OWN_FUNDS, InvoiceKind, OrderStatus, PaidBy, PaperState, PaymentKind
from canting.taxes.rules import NILAI_LAIN, STATE_ENTERPRISE, TREASURER


class Buyer(models.Model):
    """One who buys from us on a name: an off-taker, a shop, a guest who comes again."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    party = models.OneToOneField("cooperatives.Party", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=200, blank=True)
    tax_number = models.BinaryField(blank=True, default=b"", help_text="Sealed; may be a NIK.")
    counterparty_class = models.CharField(max_length=12, default="nonmember")
    withholds_tax = models.BooleanField(default=False)
    email = models.EmailField(blank=True, help_text="For tax invoices.")
    vat_code = models.CharField(
        max_length=2,
        default=NILAI_LAIN,
        choices=[(code, code) for code in (NILAI_LAIN, STATE_ENTERPRISE, TREASURER)],
        help_text="Transaction code of tax invoices.",
    )
    active = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["cooperative", "name"], name="buyer_by_name")]

    def __str__(self) -> str:
        return self.name


class SoldFacts(models.Model):
    """What must be known of every sold line from its first day, and cannot be added later."""

    basis = models.CharField(max_length=12)
    origin = models.CharField(max_length=8)
    counterparty_class = models.CharField(max_length=12)
    business_unit = models.CharField(max_length=30)
    source_of_funds = models.CharField(max_length=30, default=OWN_FUNDS)
    reference_price = models.BigIntegerField(null=True, help_text="Empty: not known.")
    reference_place = models.CharField(max_length=80, blank=True)
    reference_date = models.DateField(null=True)
    released_on = models.DateField(help_text="When the cloth was released for sale.")
    own_date = models.DateField(help_text="The day the goods changed hands or were sent.")

    class Meta:
        abstract = True


class Order(models.Model):
    """What a buyer ordered, by when, with what part in advance and what part held back."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    buyer = models.ForeignKey(Buyer, models.PROTECT, related_name="orders")
    buyer_reference = models.CharField(max_length=60, blank=True, help_text="The buyer's PO.")
    ordered_on = models.DateField()
    promised_date = models.DateField()
    down_payment_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    retention_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    business_unit = models.CharField(max_length=30, default="orders")
    source_of_funds = models.CharField(max_length=30, default=OWN_FUNDS)
    note = models.CharField(max_length=300, blank=True)
    status = models.CharField(
        max_length=10, default=OrderStatus.OPEN, choices=[(s, s) for s in OrderStatus]
    )
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="order_number_once")
        ]
        indexes = [
            models.Index(
                fields=["cooperative", "status", "promised_date", "id"], name="order_by_promise"
            )
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """One product of an order at a price."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    product = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    grade = models.CharField(max_length=2, blank=True, help_text="Empty: any grade.")
    quantity = models.DecimalField(max_digits=14, decimal_places=4)
    price = models.BigIntegerField(help_text="Whole rupiah a piece.")
    reference_price = models.BigIntegerField(null=True, help_text="Empty: not known.")
    reference_place = models.CharField(max_length=80, blank=True)
    reference_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="order_line_quantity"),
            models.CheckConstraint(condition=Q(price__gt=0), name="order_line_price"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.product_id}"


class Delivery(models.Model):
    """Cloth sent to a buyer: first sent, then confirmed by the buyer or by BAST, or reversed."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    order = models.ForeignKey(Order, models.PROTECT, related_name="deliveries")
    sent_on = models.DateField()
    driver = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, default=PaperState.SENT)
    confirmed_on = models.DateField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=120, blank=True)
    by_buyer = models.BooleanField(default=False)
    accepted_value = models.BigIntegerField(default=0)
    rejection_note = models.CharField(max_length=300, blank=True)
    invoice = models.ForeignKey(
        "sales.Invoice", models.PROTECT, null=True, related_name="deliveries"
    )
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="delivery_number_once")
        ]
        indexes = [
            models.Index(fields=["cooperative", "state", "sent_on"], name="delivery_by_state")
        ]

    def __str__(self) -> str:
        return self.number


class DeliveryLine(SoldFacts):
    """Pieces of one lot on a delivery note, and how many of them the buyer took."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="lines")
    order_line = models.ForeignKey(OrderLine, models.PROTECT, related_name="delivered")
    lot = models.ForeignKey("stock.Lot", models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=4)
    accepted = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    price = models.BigIntegerField()
    cost = models.BigIntegerField(default=0, help_text="What the accepted pieces cost us.")
    true_up = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="delivery_line_quantity"),
            models.UniqueConstraint(fields=["delivery", "lot"], name="delivery_lot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.lot_id}"


class Sale(models.Model):
    """A nota of the gallery or a direct sale: goods handed over and sold on the same day."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    sold_on = models.DateField()
    buyer = models.ForeignKey(Buyer, models.PROTECT, null=True, related_name="sales")
    guest = models.CharField(max_length=120, blank=True)
    counterparty_class = models.CharField(max_length=12)
    paid_by = models.CharField(max_length=8, choices=[(p, p) for p in PaidBy])
    total = models.BigIntegerField(help_text="Prices less discount.")
    vat = models.BigIntegerField(default=0, help_text="On top of the total.")
    discount = models.BigIntegerField(default=0)
    rounding = models.BigIntegerField(default=0, help_text="Received less what was due.")
    state = models.CharField(max_length=10, default=PaperState.POSTED)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="sale_number_once")
        ]
        indexes = [models.Index(fields=["cooperative", "sold_on", "id"], name="sale_by_day")]

    def __str__(self) -> str:
        return self.number

    @property
    def received(self) -> int:
        """What was paid or is owed for it: the total, its VAT, the coins that were rounded."""
        return self.total + self.vat + self.rounding


class SaleLine(SoldFacts):
    """Pieces of one lot sold at once: the price, its part of the discount, cost or the owner's part."""

    sale = models.ForeignKey(Sale, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    lot = models.ForeignKey("stock.Lot", models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=4)
    price = models.BigIntegerField()
    discount = models.BigIntegerField(default=0)
    net = models.BigIntegerField()
    cost = models.BigIntegerField(default=0)
    fee = models.BigIntegerField(default=0)
    true_up = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="sale_line_quantity"),
            models.UniqueConstraint(fields=["sale", "lot"], name="sale_lot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.lot_id}"


class Invoice(models.Model):
    """What a buyer owes: for accepted deliveries, for a sale on credit, or from the old books."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    kind = models.CharField(max_length=8, choices=[(k, k) for k in InvoiceKind])
    buyer = models.ForeignKey(Buyer, models.PROTECT, related_name="invoices")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="invoices")
    sale = models.ForeignKey(Sale, models.PROTECT, null=True, related_name="invoices")
    issued_on = models.DateField()
    due_on = models.DateField()
    total = models.BigIntegerField(help_text="Goods, without VAT.")
    vat = models.BigIntegerField(default=0, help_text="On top of the total.")
    down_payment_used = models.BigIntegerField(default=0)
    retention = models.BigIntegerField(default=0)
    receivable = models.BigIntegerField()
    state = models.CharField(max_length=10, default=PaperState.POSTED)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="invoice_number_once")
        ]
        indexes = [
            models.Index(fields=["cooperative", "state", "due_on", "id"], name="invoice_by_due")
        ]

    def __str__(self) -> str:
        return self.number


class Payment(models.Model):
    """Money from or back to a buyer: a down payment, its rest, an invoice, its retention."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    kind = models.CharField(max_length=12, choices=[(k, k) for k in PaymentKind])
    buyer = models.ForeignKey(Buyer, models.PROTECT, related_name="payments")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="payments")
    invoice = models.ForeignKey(Invoice, models.PROTECT, null=True, related_name="payments")
    paid_on = models.DateField()
    cash_place = models.CharField(max_length=30)
    amount = models.BigIntegerField(help_text="What it clears, in whole rupiah.")
    cash = models.BigIntegerField(help_text="What moved in cash or bank.")
    final_tax = models.BigIntegerField(default=0)
    pph22 = models.BigIntegerField(default=0)
    pph23 = models.BigIntegerField(default=0)
    vat = models.BigIntegerField(default=0, help_text="Kept by a buyer who collects VAT.")
    penalty = models.BigIntegerField(default=0)
    slip = models.CharField(max_length=60, blank=True, help_text="Number of the withholding slip.")
    note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, default=PaperState.POSTED)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="payment_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount"),
        ]
        indexes = [models.Index(fields=["cooperative", "paid_on", "id"], name="payment_by_day")]

    def __str__(self) -> str:
        return self.number


class CreditNote(models.Model):
    """Goods that came back after they were sold: less revenue, and the cost they left with."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="credit_notes")
    sale_line = models.ForeignKey(SaleLine, models.PROTECT, null=True, related_name="returns")
    delivery_line = models.ForeignKey(
        DeliveryLine, models.PROTECT, null=True, related_name="returns"
    )
    returned_on = models.DateField()
    quantity = models.DecimalField(max_digits=14, decimal_places=4)
    amount = models.BigIntegerField(help_text="Goods, without VAT.")
    vat = models.BigIntegerField(default=0, help_text="VAT that comes back with them.")
    lessens = models.BigIntegerField(help_text="Part that lessens what is open.")
    cash_place = models.CharField(max_length=30, blank=True, help_text="Where the rest was paid.")
    cost = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default=PaperState.POSTED)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="credit_note_once"),
            models.CheckConstraint(
                condition=Q(sale_line__isnull=True, delivery_line__isnull=False)
                | Q(sale_line__isnull=False, delivery_line__isnull=True),
                name="credit_note_of_one_line",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def whole(self) -> int:
        """Goods and their VAT."""
        return self.amount + self.vat


class QrisSettlement(models.Model):
    """QRIS money that reached the bank, less the acquirer's fee."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    settled_on = models.DateField()
    gross = models.BigIntegerField()
    fee = models.BigIntegerField()
    reference = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, default=PaperState.POSTED)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="qris_number_once")
        ]

    def __str__(self) -> str:
        return self.number


class TaxPaper(models.Model):
    """The cooperative's own final tax of a month: booked on its turnover, or paid."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    month = models.DateField()
    kind = models.CharField(max_length=8, choices=[("booked", "booked"), ("paid", "paid")])
    number = models.CharField(max_length=30, blank=True)
    on = models.DateField()
    base = models.BigIntegerField(default=0)
    amount = models.BigIntegerField()
    set_off = models.BigIntegerField(default=0, help_text="Part that buyers had withheld.")
    reference = models.CharField(max_length=60, blank=True, help_text="Number of the tax receipt.")
    state = models.CharField(max_length=10, default=PaperState.POSTED)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["cooperative", "month"], name="tax_by_month")]

    def __str__(self) -> str:
        return f"{self.kind} {self.month}"
