"""What the lists of the cash desk give as a file: the columns and where a row keeps each."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from canting.kernel.tables_out import Column, column
from canting.ledger import selectors as ledger

COUNT_STATES = {
    "waiting": _("waits for a second person"),
    "confirmed": _("confirmed"),
    "withdrawn": _("replaced"),
    "reversed": _("undone"),
}
LINES = (
    column("day", _("Date"), "date"),
    column("paper", _("Paper"), width=20),
    column("memo", _("What"), width=48),
    column("party", _("Name")),
    column("origin.account_code", _("Account"), "identity"),
    column("debit", _("In"), "money", 18),
    column("credit", _("Out"), "money", 18),
    column("balance", _("Balance"), "money", 18),
)
ADVANCES = (
    column("number", _("Number"), "identity"),
    column("name", _("Name")),
    column("balance", _("To account for"), "money"),
)
SUSPENSE = (
    column(lambda row: row[0].number, _("Number"), "identity"),
    column(lambda row: row[0].on, _("Date"), "date"),
    column(lambda row: row[0].memo, _("What"), width=48),
    column(lambda row: row[0].amount, _("Amount"), "money"),
    column(lambda row: row[1], _("Left of it"), "money"),
)
BANK_BALANCES = (
    column(lambda one: ledger.label(one.account), _("Account")),
    column("on", _("Day"), "date"),
    column("amount", _("The bank says"), "money"),
    column("made_by", _("Written by")),
)


def counts(names: Mapping[str, str]) -> Sequence[Column]:
    """The counts of drawers; `names` says what each cash place is called."""
    return (
        column("number", _("Number"), "identity"),
        column("on", _("Date"), "date"),
        column(lambda one: names.get(one.place, one.place), _("Drawer")),
        column("counted", _("Counted"), "money"),
        column("expected", _("By the books"), "money"),
        column(lambda one: one.counted - one.expected, _("Difference"), "money"),
        column(lambda one: COUNT_STATES[one.state], _("State")),
        column("counted_by", _("Counted by")),
        column("confirmed_by", _("Confirmed by")),
    )
