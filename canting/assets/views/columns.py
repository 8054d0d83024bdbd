"""What the lists of assets and grants give as a file: the columns and where a row keeps each."""

from django.utils.translation import gettext_lazy as _

from canting.assets.forms import CLASS_WORDS
from canting.assets.rules import ORIGINS, TREATMENTS
from canting.kernel.dates import format_month
from canting.kernel.tables_out import column

ASSETS = (
    column("number", _("Number"), "identity"),
    column("name", _("Asset"), width=40),
    column(lambda one: CLASS_WORDS[one.asset_class], _("Class")),
    column(lambda one: ORIGINS[one.origin], _("Origin")),
    column("on", _("Date"), "date"),
    column("cost", _("What it cost"), "money"),
    column("lost", _("Lost so far"), "money"),
    column("left", _("Left of it"), "money"),
    column("life_months", _("Life in months"), "number"),
    column("location", _("Where it stands")),
    column("note", _("Make, number, deed")),
    column(lambda one: _("yes") if one.is_gone else "", _("Left the cooperative")),
)
GRANTS = (
    column("number", _("Number"), "identity"),
    column("giver", _("Given by")),
    column("on", _("Date"), "date"),
    column(lambda one: _("Money") if one.place else one.asset.name, _("What")),
    column(lambda one: TREATMENTS[one.treatment], _("What the deed says"), width=48),
    column("deed", _("Number and date of the deed")),
    column("met_on", _("Conditions met on"), "date"),
    column("amount", _("Amount"), "money"),
    column(lambda one: _("put right") if one.state == "reversed" else "", _("State")),
)
RUNS = (
    column("number", _("Number"), "identity"),
    column(lambda one: format_month(one.until), _("Month")),
    column("until", _("Booked on"), "date"),
    column("total", _("Monthly depreciation"), "money"),
    column("made_by", _("Written by")),
    column(lambda one: _("taken back") if one.state == "reversed" else "", _("State")),
)
