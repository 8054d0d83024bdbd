"""What the list of inspections gives as a file: the columns and where a row keeps each."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.tables_out import column

RESULTS = {"pass": _("Passed"), "rework": _("To be put right"), "reject": _("Rejected")}
INSPECTIONS = (
    column("number", _("Slip"), "identity"),
    column("inspected_on", _("Date"), "date"),
    column("member.number", _("Member number"), "identity"),
    column("member.full_name", _("Maker")),
    column("product.name", _("Cloth"), width=40),
    column(lambda one: RESULTS[one.result], _("Result")),
    column("grade", _("Grade"), width=8),
    column("quantity", _("Pieces"), "number"),
    column("pay", _("Pay"), "money"),
    column("reason", _("Reason"), width=40),
    column(lambda one: _("put right") if one.state == "reversed" else "", _("State")),
)
