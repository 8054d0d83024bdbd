"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "cooperatives.access_granted": gettext_noop("Gave a role"),
    "cooperatives.access_withdrawn": gettext_noop("Ended a role"),
    "cooperatives.attached": gettext_noop("Attached a photo or file"),
    "cooperatives.changed": gettext_noop("Changed facts of the cooperative"),
    "cooperatives.devices_revoked": gettext_noop("Signed out devices"),
    "cooperatives.hired": gettext_noop("Added a person who may sign in"),
    "cooperatives.mapping_forgotten": gettext_noop("Forgot the remembered columns of a sheet"),
    "cooperatives.opened": gettext_noop("Opened the cooperative here"),
    "cooperatives.parameter_set": gettext_noop("Set a parameter"),
    "cooperatives.password_renewed": gettext_noop("Gave a new password"),
    "cooperatives.pin_locked": gettext_noop("Locked a PIN after wrong tries"),
    "cooperatives.pin_set": gettext_noop("Chose a PIN"),
    "cooperatives.sheet_dropped": gettext_noop("Dropped a pasted sheet"),
    "cooperatives.sign_in_link_given": gettext_noop("Gave a sign-in link"),
}
