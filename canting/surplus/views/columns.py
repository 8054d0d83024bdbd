"""What the lists of a shared surplus give as a file: columns and where a row keeps each."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from canting.kernel.tables_out import Column, column


def payouts(ways: Mapping[str, str]) -> Sequence[Column]:
    """Parts paid; `ways` says how a part can be paid."""
    return (
        column("number", _("Voucher"), "identity"),
        column("on", _("Date"), "date"),
        column("party.number", _("Member number"), "identity"),
        column("party.name", _("Member")),
        column(lambda one: ways[one.way], _("How it is paid")),
        column("amount", _("Amount"), "money"),
        column(lambda one: _("put right") if one.state == "reversed" else "", _("State")),
    )
