"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "assets.bought": gettext_noop("Bought a fixed asset"),
    "assets.taken_over": gettext_noop("Took a fixed asset over from the old book"),
    "assets.corrected": gettext_noop("Put a paper of fixed assets right"),
    "assets.depreciated": gettext_noop("Booked the depreciation of a month"),
    "assets.disposed": gettext_noop("Wrote down that a fixed asset left"),
    "assets.granted": gettext_noop("Received a grant"),
    "assets.released": gettext_noop("Wrote down that the conditions of a grant are met"),
}
