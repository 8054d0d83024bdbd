"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "stock.blended": gettext_noop("Mixed a recipe"),
    "stock.code_freed": gettext_noop("Freed the code of a lot"),
    "stock.corrected": gettext_noop("Put a stock paper right"),
    "stock.count_booked": gettext_noop("Booked a stock count"),
    "stock.count_dropped": gettext_noop("Dropped a stock count"),
    "stock.count_opened": gettext_noop("Opened a stock count"),
    "stock.counted": gettext_noop("Counted stock"),
    "stock.lot_held_back": gettext_noop("Took cloth out of sale"),
    "stock.lot_released": gettext_noop("Released cloth for sale"),
    "stock.moved": gettext_noop("Moved stock between stores"),
    "stock.recipe_kept": gettext_noop("Kept a recipe"),
    "stock.store_opened": gettext_noop("Opened a store"),
    "stock.tracked": gettext_noop("Began to keep a material by batch"),
    "stock.untracked": gettext_noop("Stopped keeping a material by batch"),
    "stock.written_down": gettext_noop("Changed what goods are written down by"),
}
