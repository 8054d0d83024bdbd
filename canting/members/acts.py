"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "members.admitted": gettext_noop("Admitted a member"),
    "members.changed": gettext_noop("Changed facts of a member"),
    "members.deleted": gettext_noop("Deleted the record of a person"),
    "members.exported": gettext_noop("Took out the list of members"),
    "members.import_undone": gettext_noop("Took a list of members back out"),
    "members.imported": gettext_noop("Took in a list of members"),
    "members.nik_shown": gettext_noop("Opened a NIK"),
    "members.registered": gettext_noop("Wrote down a person"),
    "members.sheet_downloaded": gettext_noop("Took out a sheet that was read in"),
}
