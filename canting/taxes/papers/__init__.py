"""Bukti potong on A4: what was withheld from a payee in a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.dates import format_date, format_month, format_short_date
from canting.kernel.money import format_rupiah
from canting.kernel.papers import render
from canting.taxes.rules import WITHHOLDINGS

if TYPE_CHECKING:
    from canting.taxes.models import TaxSlip


def slip_facts(slip: TaxSlip) -> list[tuple[str, str]]:
    """What a slip says, as rows; no personal number stands on it here."""
    return [
        (_("Tax"), _(WITHHOLDINGS[slip.kind].label)),
        (_("Payee"), f"{slip.party.number} {slip.party.name}"),
        (_("Month"), format_month(slip.month)),
        (_("Date"), format_date(slip.on)),
        (_("Base"), format_rupiah(slip.base)),
        (_("Tax amount"), format_rupiah(slip.tax)),
    ]


def printed(slip: TaxSlip) -> bytes:
    """The slip as a PDF of one A4 page, with the entries it sums up."""
    cooperative = slip.cooperative
    rows = slip.rows.order_by("on", "id")
    values = {
        "cooperative": {"name": cooperative.name, "place": cooperative.place},
        "title": _("Withholding slip"),
        "number": slip.number,
        "facts": [list(fact) for fact in slip_facts(slip)],
        "headers": [_("Date"), _("Paper"), _("Base"), _("Tax amount")],
        "lines": [
            [format_short_date(row.on), row.paper, format_rupiah(row.base), format_rupiah(row.tax)]
            for row in rows
        ],
        "reversed": _("Put right: this paper no longer holds.") if slip.state == "reversed" else "",
        "signer": [_("Withheld by"), str(slip.made_by)],
    }
    return render("taxes/papers/slip.typ", values, format="pdf")
