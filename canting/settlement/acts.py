"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "settlement.bank_account_set": gettext_noop("Set the bank account of a maker"),
    "settlement.consent_ended": gettext_noop("Ended a consent to deductions"),
    "settlement.consent_noted": gettext_noop("Noted a consent to deductions"),
    "settlement.paid": gettext_noop("Paid a maker"),
    "settlement.slip_corrected": gettext_noop("Put a pay slip right"),
}
