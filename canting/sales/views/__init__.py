"""The pages of selling."""

from canting.sales.views.buyers import (
    buyer_change,
    buyer_detail,
    buyer_import,
    buyer_list,
    buyer_new,
)
from canting.sales.views.deliveries import (
    delivery_confirm,
    delivery_correct,
    delivery_detail,
    delivery_new,
    delivery_paper,
    ship_page,
)
from canting.sales.views.doubts import (
    after_all_new,
    allowance_new,
    doubt_correct,
    doubt_detail,
    doubt_list,
    write_off_new,
)
from canting.sales.views.gallery import (
    sale_correct,
    sale_detail,
    sale_list,
    sale_paper,
    till,
)
from canting.sales.views.invoices import (
    invoice_correct,
    invoice_detail,
    invoice_list,
    invoice_new,
    invoice_paper,
)
from canting.sales.views.orders import (
    order_change,
    order_close,
    order_detail,
    order_link,
    order_list,
    order_message,
    order_message_open,
    order_new,
    order_reopen,
)
from canting.sales.views.payments import (
    down_payment_receive,
    down_payment_refund,
    payment_correct,
    payment_detail,
    payment_new,
    payment_paper,
    retention_new,
)
from canting.sales.views.qris import qris_correct, qris_detail, qris_page
from canting.sales.views.returns import (
    credit_note_correct,
    credit_note_detail,
    credit_note_new,
)
from canting.sales.views.tax import (
    tax_book,
    tax_correct,
    tax_detail,
    tax_page,
    tax_pay,
)
from canting.sales.views.tax_invoices import coretax_file
from canting.sales.views.token import (
    buyer_order,
)

__all__ = [
    "after_all_new",
    "allowance_new",
    "buyer_change",
    "buyer_detail",
    "buyer_import",
    "buyer_list",
    "buyer_new",
    "buyer_order",
    "coretax_file",
    "credit_note_correct",
    "credit_note_detail",
    "credit_note_new",
    "delivery_confirm",
    "delivery_correct",
    "delivery_detail",
    "delivery_new",
    "delivery_paper",
    "doubt_correct",
    "doubt_detail",
    "doubt_list",
    "down_payment_receive",
    "down_payment_refund",
    "invoice_correct",
    "invoice_detail",
    "invoice_list",
    "invoice_new",
    "invoice_paper",
    "order_change",
    "order_close",
    "order_detail",
    "order_link",
    "order_list",
    "order_message",
    "order_message_open",
    "order_new",
    "order_reopen",
    "payment_correct",
    "payment_detail",
    "payment_new",
    "payment_paper",
    "qris_correct",
    "qris_detail",
    "qris_page",
    "retention_new",
    "sale_correct",
    "sale_detail",
    "sale_list",
    "sale_paper",
    "ship_page",
    "tax_book",
    "tax_correct",
    "tax_detail",
    "tax_page",
    "tax_pay",
    "till",
    "write_off_new",
]
