"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "purchasing.bought": gettext_noop("Bought goods"),
    "purchasing.bill_corrected": gettext_noop("Put a bill of a supplier right"),
    "purchasing.billed": gettext_noop("Wrote down a bill of a supplier"),
    "purchasing.order_closed": gettext_noop("Closed an order to a supplier"),
    "purchasing.order_corrected": gettext_noop("Put an order to a supplier right"),
    "purchasing.order_receipt_corrected": gettext_noop("Put a receipt of ordered goods right"),
    "purchasing.order_received": gettext_noop("Received ordered goods"),
    "purchasing.order_reopened": gettext_noop("Opened an order to a supplier again"),
    "purchasing.order_return_cancelled": gettext_noop("Took a return of ordered goods back"),
    "purchasing.order_returned": gettext_noop("Returned ordered goods"),
    "purchasing.ordered": gettext_noop("Ordered from a supplier"),
    "purchasing.change_cancelled": gettext_noop("Took a change of a purchase back"),
    "purchasing.corrected": gettext_noop("Put a paper of buying or handing out right"),
    "purchasing.limit_set": gettext_noop("Set how much a member may owe for material"),
    "purchasing.handed_out": gettext_noop("Handed out material"),
    "purchasing.material_returned": gettext_noop("Took material back"),
    "purchasing.offers_withdrawn": gettext_noop("Took offers of a supplier back"),
    "purchasing.offers_written": gettext_noop("Wrote down offers of a supplier"),
    "purchasing.payment_corrected": gettext_noop("Put a payment to a supplier right"),
    "purchasing.price_changed": gettext_noop("Changed the price of a purchase"),
    "purchasing.quotes_asked": gettext_noop("Asked suppliers for prices"),
    "purchasing.quotes_corrected": gettext_noop("Put an asking for prices right"),
    "purchasing.received": gettext_noop("Received goods"),
    "purchasing.returned": gettext_noop("Returned goods to the supplier"),
    "purchasing.supplier_added": gettext_noop("Added a supplier"),
    "purchasing.supplier_changed": gettext_noop("Changed facts of a supplier"),
    "purchasing.supplier_paid": gettext_noop("Paid a supplier"),
    "purchasing.terms_set": gettext_noop("Wrote down the terms of a supplier"),
}
