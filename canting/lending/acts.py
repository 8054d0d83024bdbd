"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "lending.financier_added": gettext_noop("Wrote down a financing partner"),
    "lending.facility_prepared": gettext_noop("Prepared a contract with a financing partner"),
    "lending.facility_approved": gettext_noop("Approved a contract with a financing partner"),
    "lending.drawn": gettext_noop("Received money of a financing partner"),
    "lending.repaid": gettext_noop("Paid a financing partner"),
    "lending.accrued": gettext_noop("Booked interest that is owed but not due"),
    "lending.onlend_prepared": gettext_noop("Prepared an agreement to pass partner funds on"),
    "lending.onlend_approved": gettext_noop("Approved an agreement to pass partner funds on"),
    "lending.passed_on": gettext_noop("Handed partner funds to a member"),
    "lending.received": gettext_noop("Received an instalment of partner funds"),
    "lending.corrected": gettext_noop("Put a paper of partner funds right"),
}
