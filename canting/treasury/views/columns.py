"""What the lists of the bank give as a file: the columns and where a row keeps each."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.tables_out import column
from canting.treasury import selectors

LINES = (
    column("on", _("Date"), "date"),
    column("text", _("What the bank wrote"), width=48),
    column("amount", _("Amount"), "money"),
    column("balance", _("Balance"), "money"),
    column(lambda one: _("has its entry") if one.is_matched else "", _("State")),
)
ENTRIES = (
    column("entry_date", _("Date"), "date"),
    column("entry.position", _("Journal"), "number"),
    column("entry.paper", _("Paper"), "identity"),
    column("entry.memo", _("Entry"), width=48),
    column(selectors.signed, _("Amount"), "money"),
)
