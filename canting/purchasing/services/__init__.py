"""Writes of buying and handing out; see the modules of this package."""

from canting.purchasing.services.changes import cancel_change, change_price, return_to_supplier
from canting.purchasing.services.cloth import buy_cloth_outside
from canting.purchasing.services.corrections import (
    correct_hand_out,
    correct_purchase,
    correct_receipt,
    correct_return,
)
from canting.purchasing.services.handouts import hand_out, return_materials
from canting.purchasing.services.offers import (
    OfferLine,
    TermsDraft,
    add_offer_list,
    correct_offer_list,
    set_terms,
)
from canting.purchasing.services.payments import correct_payment, pay_supplier
from canting.purchasing.services.purchases import (
    PurchaseDraft,
    receive_purchase,
    receive_shipped,
    ship_purchase,
)
from canting.purchasing.services.suppliers import add_supplier, change_supplier

__all__ = [
    "OfferLine",
    "PurchaseDraft",
    "TermsDraft",
    "add_offer_list",
    "add_supplier",
    "buy_cloth_outside",
    "cancel_change",
    "change_price",
    "change_supplier",
    "correct_hand_out",
    "correct_offer_list",
    "correct_payment",
    "correct_purchase",
    "correct_receipt",
    "correct_return",
    "hand_out",
    "pay_supplier",
    "receive_purchase",
    "receive_shipped",
    "return_materials",
    "return_to_supplier",
    "set_terms",
    "ship_purchase",
]
