"""What the lists of taxes give as a file: the columns and where a row keeps each."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.tables_out import column
from canting.taxes.rules import HELD

HELD_BY_BUYERS = (
    column("party.name", _("Buyer")),
    column("on", _("Date"), "date"),
    column(lambda one: _(str(HELD[one.kind].label)), _("Tax")),
    column("paper", _("Payment"), "identity"),
    column("tax", _("Tax amount"), "money"),
    column("slip_number", _("Slip"), "identity"),
    column("slip_on", _("Date of the slip"), "date"),
)
