"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "taxes.fact_stated": gettext_noop("Wrote down a fact for the taxes with its document"),
    "taxes.slips_issued": gettext_noop("Issued withholding slips of a month"),
    "taxes.slip_corrected": gettext_noop("Put a withholding slip right"),
    "taxes.paid_over": gettext_noop("Paid withheld tax to the state"),
    "taxes.buyer_slip_written": gettext_noop("Wrote down the slip of tax a buyer withheld"),
    "taxes.bill_paid": gettext_noop("Paid a service or rent and withheld its tax"),
    "taxes.input_vat_written": gettext_noop("Wrote down the VAT of a supplier's tax invoice"),
    "taxes.corrected": gettext_noop("Put a tax paper right"),
}
