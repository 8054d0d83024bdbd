"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "savings.deposit_corrected": gettext_noop("Put a deposit right"),
    "savings.deposited": gettext_noop("Received a deposit"),
    "savings.interest_booked": gettext_noop("Booked interest on savings"),
    "savings.interest_reversed": gettext_noop("Took interest on savings back"),
    "savings.exit_approved": gettext_noop("Decided that a member leaves"),
    "savings.exit_asked": gettext_noop("Wrote down that a member asks to leave"),
    "savings.exit_ended": gettext_noop("Took a leaving back"),
    "savings.exit_paid": gettext_noop("Paid a leaver"),
    "savings.exit_paper_reversed": gettext_noop("Took a leaver's payment or set-off back"),
    "savings.exit_set_off": gettext_noop("Set off a leaver's debts"),
    "savings.opened": gettext_noop("Entered savings of the old books"),
    "savings.openings_taken_back": gettext_noop("Took savings of the old books back out"),
    "savings.receipt_printed": gettext_noop("Printed a receipt"),
    "savings.refused": gettext_noop("Refused to pay out shares"),
    "savings.withdrawal_reversed": gettext_noop("Took a withdrawal back"),
    "savings.withdrawn": gettext_noop("Paid out savings"),
}
