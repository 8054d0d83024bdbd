"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "purchasing.bought": gettext_noop("Bought goods"),
    "purchasing.change_cancelled": gettext_noop("Took a change of a purchase back"),
    "purchasing.corrected": gettext_noop("Put a paper of buying or handing out right"),
    "purchasing.handed_out": gettext_noop("Handed out material"),
    "purchasing.material_returned": gettext_noop("Took material back"),
    "purchasing.offers_withdrawn": gettext_noop("Took offers of a supplier back"),
    "purchasing.offers_written": gettext_noop("Wrote down offers of a supplier"),
    "purchasing.payment_corrected": gettext_noop("Put a payment to a supplier right"),
    "purchasing.price_changed": gettext_noop("Changed the price of a purchase"),
    "purchasing.received": gettext_noop("Received goods"),
    "purchasing.returned": gettext_noop("Returned goods to the supplier"),
    "purchasing.supplier_added": gettext_noop("Added a supplier"),
    "purchasing.supplier_changed": gettext_noop("Changed facts of a supplier"),
    "purchasing.supplier_paid": gettext_noop("Paid a supplier"),
    "purchasing.terms_set": gettext_noop("Wrote down the terms of a supplier"),
}
