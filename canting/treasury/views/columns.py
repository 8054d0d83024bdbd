"""What the lists of the bank give as a file: the columns and where a row keeps each."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from canting.kernel.tables_out import Column, column
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
PREPAID = (
    column("number", _("Number"), "identity"),
    column("memo", _("Cost"), width=48),
    column("counterparty", _("From or to whom")),
    column("since", _("From"), "date"),
    column("months", _("Months"), "number"),
    column("amount", _("Amount"), "money"),
    column("left", _("Left of it"), "money"),
    column(lambda one: _("put right") if one.state == "reversed" else "", _("State")),
)


def recurring(rhythm: Callable[[Any], str]) -> Sequence[Column]:
    """Recurring entries; `rhythm` says how often one comes."""
    return (
        column("recurring.name", _("What"), width=40),
        column(lambda one: rhythm(one.recurring), _("Rhythm"), width=32),
        column("next_day", _("Next"), "date"),
        column("recurring.amount", _("Amount"), "money"),
        column("recurring.ended_on", _("Ended on"), "date"),
    )
