"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "surplus.prepared": gettext_noop("Prepared what the meeting decided about a surplus"),
    "surplus.approved": gettext_noop("Signed and booked what the meeting decided"),
    "surplus.withdrawn": gettext_noop("Took back what was prepared for a surplus"),
    "surplus.corrected": gettext_noop("Undid the sharing of a surplus"),
    "surplus.paid": gettext_noop("Paid a member's part of the surplus"),
    "surplus.payout_corrected": gettext_noop("Put the payment of a part right"),
    "surplus.printed": gettext_noop("Printed a voucher of the surplus"),
}
