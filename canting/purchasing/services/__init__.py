"""Writes of buying and handing out; see the modules of this package."""

from canting.purchasing.services.batches import ShareLine, Sheet, hand_out_many
from canting.purchasing.services.bills import bill_order, correct_bill
from canting.purchasing.services.changes import cancel_change, change_price, return_to_supplier
from canting.purchasing.services.cloth import buy_cloth_outside
from canting.purchasing.services.corrections import (
    correct_hand_out,
    correct_purchase,
    correct_receipt,
    correct_return,
)
from canting.purchasing.services.handouts import hand_out, return_materials
from canting.purchasing.services.matching import BillDraft, Billed, Matched, MatchedLine, match_bill
from canting.purchasing.services.offers import (
    OfferLine,
    TermsDraft,
    add_offer_list,
    correct_offer_list,
    pack_of,
    set_terms,
)
from canting.purchasing.services.order_receipts import (
    correct_order_receipt,
    receive_order,
)
from canting.purchasing.services.order_returns import (
    cancel_order_return,
    return_order,
)
from canting.purchasing.services.orders import (
    OrderLine,
    close_order,
    correct_order,
    place_order,
    reopen_order,
)
from canting.purchasing.services.payments import correct_payment, pay_supplier
from canting.purchasing.services.purchases import (
    PurchaseDraft,
    receive_purchase,
    receive_shipped,
    ship_purchase,
)
from canting.purchasing.services.quotes import (
    AskLine,
    ask_quotes,
    correct_quote_request,
    note_text_opened,
)
from canting.purchasing.services.suppliers import add_supplier, change_supplier
from canting.purchasing.services.till import (
    Checkout,
    cancel_at_till,
    sell_at_till,
    set_credit_limit,
)

__all__ = [
    "AskLine",
    "BillDraft",
    "Billed",
    "Checkout",
    "Matched",
    "MatchedLine",
    "OfferLine",
    "OrderLine",
    "PurchaseDraft",
    "ShareLine",
    "Sheet",
    "TermsDraft",
    "add_offer_list",
    "add_supplier",
    "ask_quotes",
    "bill_order",
    "buy_cloth_outside",
    "cancel_at_till",
    "cancel_change",
    "cancel_order_return",
    "change_price",
    "change_supplier",
    "close_order",
    "correct_bill",
    "correct_hand_out",
    "correct_offer_list",
    "correct_order",
    "correct_order_receipt",
    "correct_payment",
    "correct_purchase",
    "correct_quote_request",
    "correct_receipt",
    "correct_return",
    "hand_out",
    "hand_out_many",
    "match_bill",
    "note_text_opened",
    "pack_of",
    "pay_supplier",
    "place_order",
    "receive_order",
    "receive_purchase",
    "receive_shipped",
    "reopen_order",
    "return_materials",
    "return_order",
    "return_to_supplier",
    "sell_at_till",
    "set_credit_limit",
    "set_terms",
    "ship_purchase",
]
