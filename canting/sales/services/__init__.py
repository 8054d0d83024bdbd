"""Writes of selling; one module a paper."""

from canting.sales.services.advances import (
    bring_down_payment,
    correct_down_payment,
    receive_down_payment,
    refund_down_payment,
)
from canting.sales.services.buyers import change_buyer, create_buyer
from canting.sales.services.deliveries import confirm_delivery, correct_delivery, deliver
from canting.sales.services.doubts import (
    collect_after_all,
    correct_doubt,
    set_allowance,
    write_off,
)
from canting.sales.services.gallery import Till, correct_sale, sell_at_gallery
from canting.sales.services.invoices import (
    bring_invoice,
    correct_invoice,
    due_day,
    issue_invoice,
    take_back_invoice,
)
from canting.sales.services.links import (
    close_link,
    delivery_text,
    note_opened,
    note_print,
    order_text,
    renew_link,
)
from canting.sales.services.orders import change_order, close_order, reopen_order, take_order
from canting.sales.services.payments import (
    correct_payment,
    keep_slip_photo,
    receive_payment,
    receive_retention,
)
from canting.sales.services.qris import correct_qris_settlement, settle_qris
from canting.sales.services.returns import correct_credit_note, write_credit_note
from canting.sales.services.tax_invoices import export_tax_invoices
from canting.sales.services.taxes import book_final_tax, correct_tax_paper, pay_final_tax

__all__ = [
    "Till",
    "book_final_tax",
    "bring_down_payment",
    "bring_invoice",
    "change_buyer",
    "change_order",
    "close_link",
    "close_order",
    "collect_after_all",
    "confirm_delivery",
    "correct_credit_note",
    "correct_delivery",
    "correct_doubt",
    "correct_down_payment",
    "correct_invoice",
    "correct_payment",
    "correct_qris_settlement",
    "correct_sale",
    "correct_tax_paper",
    "create_buyer",
    "deliver",
    "delivery_text",
    "due_day",
    "export_tax_invoices",
    "issue_invoice",
    "keep_slip_photo",
    "note_opened",
    "note_print",
    "order_text",
    "pay_final_tax",
    "receive_down_payment",
    "receive_payment",
    "receive_retention",
    "refund_down_payment",
    "renew_link",
    "reopen_order",
    "sell_at_gallery",
    "set_allowance",
    "settle_qris",
    "take_back_invoice",
    "take_order",
    "write_credit_note",
    "write_off",
]
