"""What the lists of savings give as a file: the columns and where a row keeps each."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.tables_out import column
from canting.savings.papers import kind_word, what_for

DEPOSITS = (
    column("number", _("Receipt"), "identity"),
    column("deposit_date", _("Date"), "date"),
    column("member.number", _("Member number"), "identity"),
    column("member.full_name", _("Member")),
    column(what_for, _("Savings"), width=44),
    column("amount", _("Amount"), "money"),
    column("made_by", _("Written by")),
    column(lambda one: _("put right") if one.state == "reversed" else "", _("State")),
)
CARD = (
    column("day", _("Date"), "date"),
    column("paper", _("Paper"), "identity"),
    column(lambda line: kind_word(line.kind), _("What")),
    column("amount", _("Amount"), "money"),
    column("balance", _("Balance"), "money"),
)
