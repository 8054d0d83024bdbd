"""What the lists of the books give as a file: the columns and where a row keeps each."""

from operator import itemgetter

from django.utils.translation import gettext_lazy as _

from canting.kernel.dates import format_month
from canting.kernel.tables_out import column
from canting.ledger import selectors

ACT_WORDS = {"close": _("closed"), "reopen": _("opened again")}

LINES = (
    column("day", _("Date"), "date"),
    column("position", _("Journal"), "number"),
    column("paper", _("Paper"), width=20),
    column("memo", _("What"), width=48),
    column("party", _("Name")),
    column("debit", _("Debit"), "money", 18),
    column("credit", _("Credit"), "money", 18),
    column("balance", _("Balance"), "money", 18),
)
JOURNAL = (
    column(itemgetter(0), _("Journal"), "number"),
    column(itemgetter(1), _("Date"), "date"),
    column(itemgetter(4), _("Paper"), width=20),
    column(itemgetter(6), _("What"), width=48),
    column(itemgetter(7), _("Account"), "identity"),
    column(itemgetter(8), _("Name")),
    column(itemgetter(9), _("Debit"), "money", 18),
    column(itemgetter(10), _("Credit"), "money", 18),
)
TRIAL = (
    column("shown_code", _("Account"), "identity"),
    column("name", _("Name"), width=48),
    column(lambda row: max(row.net, 0), _("Debit"), "money", 18),
    column(lambda row: max(-row.net, 0), _("Credit"), "money", 18),
)
ACCOUNTS = (
    column("shown_code", _("Account"), "identity"),
    column(lambda one: selectors.account_name(one.role, one.name), _("Name"), width=48),
    column(lambda one: "" if one.active else _("closed to new entries"), _("State")),
)
CHECKPOINTS = (
    column(lambda one: format_month(one.month), _("Month")),
    column(lambda one: ACT_WORDS[one.act], _("Act")),
    column("made_at", _("When"), "datetime"),
    column("actor", _("Written by")),
    column("position", _("Journal"), "number"),
    column("checkpoint", _("Digest"), width=66),
    column("reason", _("Reason"), width=40),
)
