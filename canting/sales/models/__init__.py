"""Tables of selling; see the modules of this package."""

from canting.sales.models.doubts import DoubtPaper
from canting.sales.models.papers import (
    Buyer,
    CreditNote,
    Delivery,
    DeliveryLine,
    Invoice,
    Order,
    OrderLine,
    Payment,
    QrisSettlement,
    Sale,
    SaleLine,
    SoldFacts,
    TaxPaper,
)

__all__ = [
    "Buyer",
    "CreditNote",
    "Delivery",
    "DeliveryLine",
    "DoubtPaper",
    "Invoice",
    "Order",
    "OrderLine",
    "Payment",
    "QrisSettlement",
    "Sale",
    "SaleLine",
    "SoldFacts",
    "TaxPaper",
]
