"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "catalogue.item_added": gettext_noop("Added an item"),
    "catalogue.item_changed": gettext_noop("Changed an item"),
    "catalogue.norm_set": gettext_noop("Set how much material a product needs"),
    "catalogue.price_set": gettext_noop("Set a price"),
    "catalogue.unit_set": gettext_noop("Set a unit of an item"),
}
