"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "treasury.read": gettext_noop("Read lines of the bank"),
    "treasury.taken_back": gettext_noop("Took a list of the bank back"),
    "treasury.matched": gettext_noop("Matched a line of the bank with its entry"),
    "treasury.matched_sure": gettext_noop("Matched the sure lines of the bank"),
    "treasury.accrued": gettext_noop("Booked a cost whose bill has not come"),
    "treasury.prepaid": gettext_noop("Wrote down a cost paid ahead"),
    "treasury.spread": gettext_noop("Booked the month's part of prepaid costs"),
    "treasury.corrected": gettext_noop("Put a paper of the treasurer right"),
    "treasury.recurring_added": gettext_noop("Wrote down a recurring entry"),
    "treasury.recurring_changed": gettext_noop("Changed a recurring entry"),
    "treasury.recurring_posted": gettext_noop("Booked a recurring entry"),
    "treasury.recurring_passed": gettext_noop("Passed a due day over"),
    "treasury.recurring_paused": gettext_noop("Let a recurring entry rest"),
    "treasury.recurring_resumed": gettext_noop("Let a recurring entry go on"),
    "treasury.recurring_ended": gettext_noop("Ended a recurring entry"),
    "treasury.budget_begun": gettext_noop("Began a budget"),
    "treasury.budget_written": gettext_noop("Wrote in a budget"),
    "treasury.budget_read": gettext_noop("Read a budget from a sheet"),
    "treasury.budget_approved": gettext_noop("Wrote down that the meeting approved a budget"),
    "treasury.budget_dropped": gettext_noop("Threw a draft of a budget away"),
    "treasury.unit_added": gettext_noop("Opened a business unit"),
    "treasury.unit_changed": gettext_noop("Changed a business unit"),
    "treasury.unit_rule_set": gettext_noop("Said whose an account is among the business units"),
    "treasury.unit_weights_set": gettext_noop("Set how business units share costs"),
    "treasury.parted": gettext_noop("Parted a line of the bank from its entry"),
}
