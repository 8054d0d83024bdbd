"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "sales.allowance_set": gettext_noop("Set aside for what a buyer may not pay"),
    "sales.collected_after_all": gettext_noop("Took money that was written off"),
    "sales.doubt_corrected": gettext_noop("Put an allowance or a write-off right"),
    "sales.written_off": gettext_noop("Wrote off what a buyer will not pay"),
    "sales.tax_invoices_exported": gettext_noop("Took out a month's tax invoices for Coretax"),
    "sales.buyer_added": gettext_noop("Added a buyer"),
    "sales.buyer_changed": gettext_noop("Changed facts of a buyer"),
    "sales.credit_note": gettext_noop("Wrote a credit note"),
    "sales.credit_note_corrected": gettext_noop("Put a credit note right"),
    "sales.final_tax_corrected": gettext_noop("Put a payment of the final tax right"),
    "sales.qris_corrected": gettext_noop("Put QRIS money right"),
    "sales.delivered": gettext_noop("Sent cloth to a buyer"),
    "sales.delivery_confirmed": gettext_noop("Confirmed a delivery"),
    "sales.down_payment_received": gettext_noop("Received a down payment"),
    "sales.down_payment_refunded": gettext_noop("Paid a down payment back"),
    "sales.final_tax_booked": gettext_noop("Booked the final tax of a month"),
    "sales.final_tax_paid": gettext_noop("Paid the final tax"),
    "sales.invoice_brought": gettext_noop("Brought over an old invoice"),
    "sales.invoice_taken_back": gettext_noop("Took an invoice back"),
    "sales.invoiced": gettext_noop("Issued an invoice"),
    "sales.link_closed": gettext_noop("Closed the link of a buyer"),
    "sales.link_renewed": gettext_noop("Gave a buyer a new link"),
    "sales.order_changed": gettext_noop("Changed an order"),
    "sales.order_closed": gettext_noop("Closed an order"),
    "sales.order_reopened": gettext_noop("Opened an order again"),
    "sales.order_taken": gettext_noop("Took an order"),
    "sales.payment_received": gettext_noop("Received a payment of a buyer"),
    "sales.printed": gettext_noop("Printed a paper of sales"),
    "sales.qris_settled": gettext_noop("Wrote down QRIS money that arrived"),
    "sales.retention_received": gettext_noop("Received what a buyer had held back"),
    "sales.sold": gettext_noop("Sold at the gallery"),
}
