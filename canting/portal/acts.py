"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "portal.backed_up": gettext_noop("Made a backup"),
    "portal.backup_taken": gettext_noop("Took a backup out"),
    "portal.notice_posted": gettext_noop("Wrote news for members"),
    "portal.notice_withdrawn": gettext_noop("Took news for members back"),
    "portal.old_book_booked": gettext_noop("Booked an old book"),
    "portal.old_book_dropped": gettext_noop("Threw an old book away"),
    "portal.old_book_read": gettext_noop("Read an old book"),
    "portal.old_book_undone": gettext_noop("Took an old book back"),
    "portal.old_totals_set": gettext_noop("Wrote down the sums of the old book"),
    "portal.opening_entered": gettext_noop("Entered opening balances"),
    "portal.opening_prepared": gettext_noop("Prepared the opening balances for signing"),
    "portal.opening_signed": gettext_noop("Signed the opening balances"),
}
