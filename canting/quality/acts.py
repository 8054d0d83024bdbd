"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "quality.inspected": gettext_noop("Inspected cloth"),
    "quality.inspection_corrected": gettext_noop("Put an inspection right"),
}
