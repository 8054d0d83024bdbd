"""What the list of members gives as a file, and where a row keeps it; a NIK never leaves here."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from canting.kernel.phones import format_phone
from canting.kernel.tables_out import ColumnKind, column
from canting.members.views.words import kind_word, state_word


def _fact(name: str, title: Any, kind: ColumnKind = "text") -> Any:
    return column(lambda row: getattr(row[0], name), title, kind)


def _has(row: Any, at: int) -> int:
    return int(row[1][at])


MEMBERS = (
    _fact("number", _("Member number"), "identity"),
    _fact("old_number", _("Old number"), "identity"),
    _fact("full_name", _("Name")),
    _fact("called_name", _("Called name")),
    column(lambda row: kind_word(row[0].kind), _("Kind of membership")),
    column(lambda row: state_word(row[0].status), _("State")),
    _fact("joined_on", _("Joined on"), "date"),
    _fact("left_on", _("Left on"), "date"),
    column(lambda row: format_phone(row[0].phone) if row[0].phone else "", _("Phone"), "identity"),
    _fact("dusun", _("Dusun")),
    _fact("rt", _("RT"), "identity"),
    _fact("rw", _("RW"), "identity"),
    _fact("village", _("Village")),
    _fact("district", _("District")),
    _fact("regency", _("Regency")),
    _fact("postal_code", _("Postal code"), "identity"),
    _fact("workshop", _("Workshop or group")),
    _fact("occupation", _("Occupation")),
    column(partial(_has, at=0), _("Entry share"), "money"),
    column(partial(_has, at=1), _("Regular share"), "money"),
    column(partial(_has, at=2), _("Entry and regular shares"), "money"),
    column(partial(_has, at=3), _("Voluntary savings"), "money"),
)
