"""Tables of supplier orders: what was ordered, what came of it, what was billed, what went back."""

from django.db import models
from django.db.models import Q

from canting.purchasing.models.papers import Facts, Paper, Supplier
from canting.purchasing.rules import OrderState


class SupplierOrder(Paper):
    """What was ordered from a supplier (SP); it posts nothing until goods come."""

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="orders")
    state = models.CharField(
        max_length=8, choices=[(s, s) for s in OrderState], default=OrderState.OPEN.value
    )
    promised_on = models.DateField(help_text="The day the supplier promised.")
    credit_days = models.PositiveSmallIntegerField(default=0, help_text="From the bill's date.")
    goods = models.BigIntegerField(help_text="Without freight, whole rupiah.")
    freight = models.BigIntegerField(default=0, help_text="Expected, whole rupiah.")
    source = models.CharField(max_length=100, blank=True, help_text="The paper it is bought for.")
    completed_on = models.DateField(null=True, blank=True, help_text="The day all had come.")
    closed_on = models.DateField(null=True, blank=True)
    failed = models.BooleanField(default=False, help_text="Closed though the supplier owed goods.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="supplier_order_once")
        ]
        indexes = [
            models.Index(fields=["cooperative", "state", "promised_on"], name="order_by_state"),
            models.Index(fields=["cooperative", "supplier", "on"], name="order_by_supplier"),
        ]


class SupplierOrderLine(Facts):
    """So many packs of one material at one price; `quantity` is the packs, `factor` the pack."""

    order = models.ForeignKey(SupplierOrder, models.PROTECT, related_name="lines")
    packs = models.PositiveIntegerField()
    pack = models.DecimalField(max_digits=14, decimal_places=4, help_text="Base units in one.")
    price = models.BigIntegerField(help_text="Whole rupiah for one pack.")
    offer = models.ForeignKey(
        "purchasing.Offer", models.PROTECT, null=True, blank=True, related_name="+"
    )


class OrderReceipt(Paper):
    """Goods of an order came in, all or a part (TB); freight is divided over them by value."""

    order = models.ForeignKey(SupplierOrder, models.PROTECT, related_name="receipts")
    nota = models.CharField(max_length=40, blank=True, help_text="Their delivery note.")
    goods = models.BigIntegerField(help_text="At the ordered price, whole rupiah.")
    freight = models.BigIntegerField(default=0)
    freight_place = models.CharField(
        max_length=30, blank=True, help_text="Empty: the supplier will bill it."
    )
    over_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="order_receipt_once")
        ]
        indexes = [models.Index(fields=["cooperative", "on"], name="order_receipt_by_date")]


class OrderReceiptLine(models.Model):
    """What came of one line of an order, and what it is worth with its share of the freight."""

    receipt = models.ForeignKey(OrderReceipt, models.PROTECT, related_name="lines")
    order_line = models.ForeignKey(SupplierOrderLine, models.PROTECT, related_name="received")
    base_quantity = models.DecimalField(max_digits=14, decimal_places=4)
    amount = models.BigIntegerField(help_text="At the ordered price, whole rupiah.")
    freight_share = models.BigIntegerField()
    value = models.BigIntegerField(help_text="Landed cost, whole rupiah.")
    batch_code = models.CharField(max_length=40, blank=True)
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(base_quantity__gt=0), name="order_receipt_some")
        ]

    def __str__(self) -> str:
        return str(self.value)


class SupplierBill(Paper):
    """The supplier's bill for goods of an order that came (TG), whole or in part."""

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="bills")
    order = models.ForeignKey(SupplierOrder, models.PROTECT, related_name="bills")
    nota = models.CharField(max_length=40, help_text="The number on their bill.")
    due_on = models.DateField()
    goods = models.BigIntegerField(help_text="As billed, whole rupiah.")
    freight = models.BigIntegerField(default=0, help_text="As billed, whole rupiah.")
    freight_released = models.BigIntegerField(default=0, help_text="Freight that was expected.")
    total = models.BigIntegerField()
    stock_value = models.BigIntegerField(default=0, help_text="Signed change of the stock's value.")
    difference = models.BigIntegerField(default=0, help_text="Signed cost in price_diff.")
    difference_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="supplier_bill_once")
        ]
        indexes = [
            models.Index(fields=["cooperative", "supplier", "due_on"], name="bill_by_due_day")
        ]


class SupplierBillLine(models.Model):
    """What a bill says of one line of the order; `released` is what it was expected to be."""

    bill = models.ForeignKey(SupplierBill, models.PROTECT, related_name="lines")
    order_line = models.ForeignKey(SupplierOrderLine, models.PROTECT, related_name="billed")
    base_quantity = models.DecimalField(max_digits=14, decimal_places=4)
    price = models.BigIntegerField(help_text="Whole rupiah for one pack.")
    amount = models.BigIntegerField()
    released = models.BigIntegerField(help_text="The same at the ordered price.")
    stock_value = models.BigIntegerField(default=0)
    difference = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(base_quantity__gt=0), name="bill_line_some")
        ]

    def __str__(self) -> str:
        return str(self.amount)


class OrderReturn(Paper):
    """Goods of an order that went back to the supplier (RB), to be replaced or not."""

    order = models.ForeignKey(SupplierOrder, models.PROTECT, related_name="returns")
    replacement = models.BooleanField(default=False, help_text="The supplier sends others.")
    cash_place = models.CharField(max_length=30, blank=True)
    amount = models.BigIntegerField(help_text="What we owe less, whole rupiah.")
    stock_value = models.BigIntegerField(help_text="What left the stock, whole rupiah.")
    difference = models.BigIntegerField(default=0, help_text="Signed cost in price_diff.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="order_return_once")
        ]


class OrderReturnLine(models.Model):
    """What went back of one line: first what no bill named yet, then what was billed."""

    order_return = models.ForeignKey(OrderReturn, models.PROTECT, related_name="lines")
    order_line = models.ForeignKey(SupplierOrderLine, models.PROTECT, related_name="returned")
    base_quantity = models.DecimalField(max_digits=14, decimal_places=4)
    billed_quantity = models.DecimalField(max_digits=14, decimal_places=4, default=0)
    unbilled_amount = models.BigIntegerField(default=0)
    billed_amount = models.BigIntegerField(default=0)
    stock_value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(base_quantity__gt=0), name="order_return_some")
        ]

    def __str__(self) -> str:
        return str(self.base_quantity)
