"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "cash.advance": gettext_noop("Gave an advance to staff"),
    "cash.bank_balance_typed": gettext_noop("Wrote down what the bank says"),
    "cash.clearing": gettext_noop("Cleared money whose owner was unknown"),
    "cash.corrected": gettext_noop("Put a cash paper right"),
    "cash.count_undone": gettext_noop("Undid a cash count"),
    "cash.deposit": gettext_noop("Took in money for buying together"),
    "cash.drawer_confirmed": gettext_noop("Confirmed a cash count"),
    "cash.drawer_counted": gettext_noop("Counted the cash"),
    "cash.payment": gettext_noop("Paid out cash"),
    "cash.printed": gettext_noop("Printed a cash paper"),
    "cash.receipt": gettext_noop("Took in cash"),
    "cash.refund": gettext_noop("Gave money for buying together back"),
    "cash.settlement": gettext_noop("Accounted for an advance"),
    "cash.suspense": gettext_noop("Took in money of an unknown owner"),
    "cash.transfer": gettext_noop("Moved money between cash places"),
}
