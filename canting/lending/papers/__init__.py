"""The statement of a contract on A4, for the cooperative and the partner to sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from canting.kernel.dates import format_date, format_short_date
from canting.kernel.money import format_rupiah
from canting.kernel.papers import render
from canting.lending import selectors
from canting.lending.rules import CHARGES, MOVES

if TYPE_CHECKING:
    from canting.lending.models import Facility
    from canting.lending.selectors import FacilityStand


def statement(facility: Facility, *, on: date, facts: Sequence[Any]) -> bytes:
    """The PDF: what the contract says, every movement with what is owed after it, what is due."""
    stand = selectors.facility_stand(facility)
    charge = _(CHARGES[facility.charge])
    cooperative = facility.cooperative
    values = {
        "cooperative": {"name": cooperative.name, "place": cooperative.place},
        "title": _("Statement of the contract"),
        "number": facility.number,
        "facts": [[str(row[0]), str(row[1])] for row in facts],
        "say": _("As of %(day)s %(owed)s of the principal is owed.")
        % {"day": format_date(on), "owed": format_rupiah(stand.owed)},
        "moves_title": _("Drawn and paid"),
        "moves_headers": [_("Date"), _("Movement"), _("Principal"), charge, _("Owed after it")],
        "moves": _moves(facility),
        "plan_title": _("Instalments"),
        "plan_headers": ["No", _("Due on"), _("Principal"), charge, _("Remaining")],
        "plan": _planned(stand),
        "signers": [f"{cooperative.name}", facility.financier.party.name],
        "nothing": _("No money was drawn yet."),
    }
    return render("lending/papers/facility.typ", values, format="pdf")


def _moves(facility: Facility) -> list[list[str]]:
    """Every draw and payment by its day, with what is owed after it."""
    return [
        [
            format_short_date(one.day),
            f"{_(MOVES[one.kind])} {one.number}",
            format_rupiah(one.principal),
            format_rupiah(one.charge) if one.charge else "",
            format_rupiah(one.owed),
        ]
        for one in selectors.moves_of(facility)
    ]


def _planned(stand: FacilityStand) -> list[list[str]]:
    return [
        [
            str(one.row.number),
            format_short_date(one.row.due),
            format_rupiah(one.row.principal),
            format_rupiah(one.row.interest),
            format_rupiah(one.left) if one.left else _("paid off"),
        ]
        for one in stand.rows
    ]
