"""The acts of supervisors, in words."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "oversight.exceptions_seen": gettext_noop("Looked through what is out of the ordinary"),
    "oversight.finding_written": gettext_noop("Wrote a finding"),
    "oversight.finding_answered": gettext_noop("Answered a finding"),
    "oversight.finding_closed": gettext_noop("Closed a finding"),
    "oversight.finding_reopened": gettext_noop("Opened a finding again"),
    "oversight.sample_drawn": gettext_noop("Drew a sample of papers"),
    "oversight.sample_ticked": gettext_noop("Compared a drawn paper"),
}
