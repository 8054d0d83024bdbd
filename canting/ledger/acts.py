"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "ledger.account_changed": gettext_noop("Changed an account"),
    "ledger.account_opened": gettext_noop("Opened an account"),
    "ledger.book_opened": gettext_noop("Opened the books"),
    "ledger.codes_shown": gettext_noop("Chose how account codes are written"),
    "ledger.cutover_moved": gettext_noop("Moved the first day of the books"),
    "ledger.manual_corrected": gettext_noop("Put a manual entry right"),
    "ledger.manual_posted": gettext_noop("Posted a manual entry"),
    "ledger.month_closed": gettext_noop("Closed a month"),
    "ledger.month_prepared": gettext_noop("Prepared the closing of a month"),
    "ledger.month_reopened": gettext_noop("Opened a closed month again"),
    "ledger.posted": gettext_noop("Posted to the journal"),
    "ledger.year_closed": gettext_noop("Closed a year"),
    "ledger.year_frozen": gettext_noop("Froze the files of a closed year"),
    "ledger.year_prepared": gettext_noop("Prepared the closing of a year"),
    "ledger.year_reopened": gettext_noop("Opened a closed year again"),
}
