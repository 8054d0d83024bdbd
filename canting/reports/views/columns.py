"""What the lists behind a statement give as a file: the columns and where a row keeps each."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.tables_out import column

FLOW = (
    column("entry.position", _("Journal"), "number"),
    column("entry.day", _("Date"), "date"),
    column("entry.paper", _("Paper"), "identity"),
    column("entry.memo", _("Entry"), width=48),
    column("amount", _("Money"), "money"),
)
