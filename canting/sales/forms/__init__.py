"""The shape of what is typed in selling; every rule lives in the services."""

from canting.sales.forms.money import (
    CorrectMoneyForm,
    CorrectSaleForm,
    MoneyForm,
    PaymentForm,
    PayTaxForm,
    QrisForm,
    TillForm,
)
from canting.sales.forms.papers import (
    BuyerForm,
    BuyerRowForm,
    BuyerRows,
    ConfirmForm,
    CorrectInvoiceForm,
    CreditNoteForm,
    DeliveryForm,
    HandoverForm,
    InvoiceForm,
    OrderForm,
    OrderLineForm,
    OrderLines,
    ReasonForm,
)

__all__ = [
    "BuyerForm",
    "BuyerRowForm",
    "BuyerRows",
    "ConfirmForm",
    "CorrectInvoiceForm",
    "CorrectMoneyForm",
    "CorrectSaleForm",
    "CreditNoteForm",
    "DeliveryForm",
    "HandoverForm",
    "InvoiceForm",
    "MoneyForm",
    "OrderForm",
    "OrderLineForm",
    "OrderLines",
    "PayTaxForm",
    "PaymentForm",
    "QrisForm",
    "ReasonForm",
    "TillForm",
]
