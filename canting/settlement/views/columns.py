"""What the lists of pay give as a file: the columns and where a row keeps each."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.tables_out import column

SLIPS = (
    column("number", _("Slip"), "identity"),
    column("paid_date", _("Date"), "date"),
    column("party.number", _("Member number"), "identity"),
    column("party.name", _("Maker")),
    column("earned", _("Earned"), "money"),
    column("deducted", _("Deducted"), "money"),
    column("paid", _("Taken home"), "money"),
    column("made_by", _("Written by")),
    column(lambda one: _("put right") if one.reversed_at else "", _("State")),
)
CONSENTS = (
    column("reference", _("Number"), "identity"),
    column("party.number", _("Member number"), "identity"),
    column("party.name", _("Maker")),
    column("purpose", _("What for"), width=40),
    column("amount", _("At most from each pay"), "money"),
    column("signed_on", _("Signed on"), "date"),
    column("ended_on", _("Ended on"), "date"),
)
