"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "catalogue.item_added": gettext_noop("Added an item"),
    "catalogue.item_changed": gettext_noop("Changed an item"),
    "catalogue.item_banned": gettext_noop("Banned a material, or lifted the ban"),
    "catalogue.recipe_kept": gettext_noop("Kept a dye recipe"),
    "catalogue.recipe_used": gettext_noop("Set the norm of a product by a dye recipe"),
    "catalogue.substitute_set": gettext_noop("Let a material stand in for another"),
    "catalogue.substitute_ended": gettext_noop("Ended that a material stands in for another"),
    "catalogue.norm_set": gettext_noop("Set how much material a product needs"),
    "catalogue.price_set": gettext_noop("Set a price"),
    "catalogue.unit_set": gettext_noop("Set a unit of an item"),
}
