"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "treasury.read": gettext_noop("Read lines of the bank"),
    "treasury.taken_back": gettext_noop("Took a list of the bank back"),
    "treasury.matched": gettext_noop("Matched a line of the bank with its entry"),
    "treasury.matched_sure": gettext_noop("Matched the sure lines of the bank"),
    "treasury.parted": gettext_noop("Parted a line of the bank from its entry"),
}
