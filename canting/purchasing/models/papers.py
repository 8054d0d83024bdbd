"""Tables of buying material and handing it out."""

from django.db import models
from django.utils.translation import gettext as _

from canting.members.rules import CounterpartyClass
from canting.purchasing.rules import (
    BUSINESS_UNIT,
    ChangeKind,
    FundsSource,
    Mode,
    Payment,
    State,
    Terms,
)
from canting.stock.rules import Basis, Origin


class Supplier(models.Model):
    """One we buy from; `party` is whom journal lines name."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    party = models.OneToOneField("cooperatives.Party", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, help_text="The same as the party's number.")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    town = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="supplier_number_once")
        ]
        indexes = [models.Index(fields=["cooperative", "name"], name="supplier_by_name")]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class Paper(models.Model):
    """What every paper here keeps: number, both dates, state, who made it, what replaced it."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    on = models.DateField(help_text="The day it is booked on.")
    own_date = models.DateField(help_text="The date on the paper itself.")
    state = models.CharField(
        max_length=8, choices=[(s, s) for s in State], default=State.POSTED.value
    )
    replaced_by = models.CharField(max_length=30, blank=True, help_text="Number of its successor.")
    replaces = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was put right.")
    note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number

    @property
    def standing(self) -> bool:
        """False when it was put right since."""
        return self.state != State.REVERSED


class Facts(models.Model):
    """What every line keeps from the first day on, since nobody can add it later."""

    item = models.ForeignKey("catalogue.Item", models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=4, help_text="As written.")
    unit = models.CharField(max_length=10)
    factor = models.DecimalField(max_digits=18, decimal_places=8, help_text="To the base unit.")
    base_quantity = models.DecimalField(max_digits=14, decimal_places=4)
    amount = models.BigIntegerField(help_text="Whole rupiah.")
    basis = models.CharField(max_length=12, choices=[(b, b) for b in Basis])
    counterparty_class = models.CharField(max_length=9, choices=[(c, c) for c in CounterpartyClass])
    origin = models.CharField(max_length=8, choices=[(o, o) for o in Origin])
    business_unit = models.CharField(max_length=20, default=BUSINESS_UNIT)
    funds_source = models.CharField(
        max_length=10, choices=[(f, f) for f in FundsSource], default=FundsSource.OWN.value
    )
    reference_price = models.BigIntegerField(default=0, help_text="Base unit; 0: not known.")
    reference_place = models.CharField(max_length=80, blank=True)
    reference_date = models.CharField(max_length=10, blank=True)
    own_date = models.DateField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.quantity} {self.unit}"


class Purchase(Paper):
    """What was bought from whom on which terms (PB)."""

    supplier = models.ForeignKey(
        Supplier, models.PROTECT, null=True, blank=True, related_name="purchases"
    )
    seller = models.CharField(max_length=120, blank=True, help_text="Paid at once, not kept.")
    nota = models.CharField(max_length=40, blank=True, help_text="The seller's own number.")
    terms = models.CharField(max_length=9, choices=[(t, t) for t in Terms])
    payment = models.CharField(max_length=6, choices=[(p, p) for p in Payment])
    cash_place = models.CharField(max_length=30, blank=True)
    total = models.BigIntegerField(help_text="Goods alone, whole rupiah.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="purchase_number_once")
        ]
        indexes = [models.Index(fields=["cooperative", "on"], name="purchase_by_date")]

    @property
    def seller_name(self) -> str:
        """Whom it was bought from."""
        return self.supplier.name if self.supplier else self.seller


class PurchaseLine(Facts):
    """One material or cloth on a purchase, in the unit it was bought in."""

    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="lines")
    price = models.BigIntegerField(help_text="Whole rupiah for one bought unit.")
    grade = models.CharField(max_length=1, blank=True, help_text="Of cloth bought outside.")


class GoodsReceipt(Paper):
    """The goods came in (TB); freight is divided over the lines by value."""

    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="receipts")
    freight = models.BigIntegerField(default=0)
    freight_place = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "number"], name="goods_receipt_number_once"
            )
        ]
        indexes = [models.Index(fields=["cooperative", "on"], name="goods_receipt_by_date")]


class ReceiptLine(models.Model):
    """What one line of a purchase cost with its share of the freight."""

    receipt = models.ForeignKey(GoodsReceipt, models.PROTECT, related_name="lines")
    purchase_line = models.ForeignKey(PurchaseLine, models.PROTECT, related_name="received")
    freight_share = models.BigIntegerField()
    value = models.BigIntegerField(help_text="Landed cost, whole rupiah.")

    def __str__(self) -> str:
        return str(self.value)


class PurchaseChange(Paper):
    """Goods sent back, or a price that the invoice put otherwise (RB)."""

    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="changes")
    line = models.ForeignKey(PurchaseLine, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=6, choices=[(k, k) for k in ChangeKind])
    base_quantity = models.DecimalField(max_digits=14, decimal_places=4, default=0)
    amount = models.BigIntegerField(help_text="Signed change of what is owed, whole rupiah.")
    stock_value = models.BigIntegerField(help_text="Signed change of the stock's value.")
    difference = models.BigIntegerField(help_text="Signed cost in price_diff.")
    cash_place = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "number"], name="purchase_change_number_once"
            )
        ]


class SupplierPayment(Paper):
    """Money to a supplier (BK), with what the bank took for it."""

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="payments")
    amount = models.BigIntegerField()
    charge = models.BigIntegerField(default=0)
    cash_place = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "number"], name="supplier_payment_number_once"
            )
        ]
        indexes = [models.Index(fields=["cooperative", "on"], name="supplier_payment_by_date")]


class HandOut(Paper):
    """Material that left the store (KB): sold or in trust, to a member or to somebody else."""

    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    buyer_name = models.CharField(max_length=120, blank=True, help_text="Who is no member.")
    mode = models.CharField(max_length=14, choices=[(m, m) for m in Mode])
    basis = models.CharField(max_length=12, choices=[(b, b) for b in Basis])
    work_order = models.CharField(max_length=30, blank=True)
    of_source = models.CharField(
        max_length=100, blank=True, help_text="The paper above that made it, such as a round."
    )
    cash_place = models.CharField(max_length=30, blank=True)
    at_till = models.BooleanField(default=False, help_text="Sold over the counter of the shop.")
    tendered = models.BigIntegerField(
        default=0, help_text="Money that was handed over; what is above the total went back."
    )
    due_on = models.DateField(null=True, blank=True)
    total = models.BigIntegerField(help_text="Price, whole rupiah; 0 in trust.")
    cost = models.BigIntegerField(help_text="Value that left the store, whole rupiah.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="hand_out_number_once")
        ]
        indexes = [
            models.Index(fields=["cooperative", "on"], name="hand_out_by_date"),
            models.Index(fields=["cooperative", "member"], name="hand_out_by_member"),
        ]

    @property
    def receiver(self) -> str:
        """Who got it; a guest of the shop may stay without a name."""
        return self.member.full_name if self.member else self.buyer_name or _("a guest")

    @property
    def change(self) -> int:
        """What went back of the money that was handed over, whole rupiah."""
        return max(self.tendered - self.total, 0)


class HandOutLine(Facts):
    """One material handed out; `price` is for one base unit."""

    hand_out = models.ForeignKey(HandOut, models.PROTECT, related_name="lines")
    price = models.BigIntegerField()
    cost = models.BigIntegerField()


class MaterialReturn(Paper):
    """Unused material of ours that came back from a maker (TB)."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    work_order = models.CharField(max_length=30, blank=True)
    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "number"], name="material_return_number_once"
            )
        ]


class MaterialReturnLine(Facts):
    """One material that came back; `amount` is its value at the average she held."""

    material_return = models.ForeignKey(MaterialReturn, models.PROTECT, related_name="lines")
