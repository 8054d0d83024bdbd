"""What the lists of partners' money give as a file: the columns and where a row keeps each."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.kernel.tables_out import column
from canting.lending.rules import MODES, MOVES, STATES

FACILITIES = (
    column("facility.number", _("Number"), "identity"),
    column("facility.financier.party.name", _("Partner"), width=32),
    column("facility.contract", _("Contract"), "identity"),
    column("facility.signed_on", _("Signed on"), "date"),
    column(lambda one: _now(MODES[one.facility.mode]), _("Whose debt is it?"), width=44),
    column(lambda one: _now(STATES[one.facility.state]), _("State")),
    column("facility.limit", _("Most that may be drawn"), "money"),
    column("drawn", _("Drawn"), "money"),
    column("repaid", _("Repaid"), "money"),
    column("owed", _("Owed to the partner"), "money"),
    column("passed_on", _("Passed on"), "money"),
    column("interest_paid", _("Interest paid"), "money"),
    column("accrued", _("Interest booked as a debt"), "money"),
)
ONLENDS = (
    column("onlend.number", _("Number"), "identity"),
    column("onlend.member.party.number", _("Member number"), "identity"),
    column("onlend.member.party.name", _("Member"), width=32),
    column("onlend.facility.financier.party.name", _("Partner"), width=32),
    column("onlend.paid_on", _("Handed over on"), "date"),
    column(lambda one: _now(STATES[one.onlend.state]), _("State")),
    column("onlend.amount", _("Amount"), "money"),
    column("paid", _("Repaid"), "money"),
    column("fee_paid", _("Service fee paid"), "money"),
    column("left", _("Remaining"), "money"),
    column(lambda one: one.next.row.due if one.next else None, _("Next due"), "date"),
)
DUES = (
    column("day", _("Due on"), "date"),
    column("who", _("With whom"), width=32),
    column("number", _("Contract"), "identity"),
    column("principal", _("Principal"), "money"),
    column("charge", _("Interest or fee"), "money"),
    column(lambda one: one.total if one.goes_out else None, _("We pay"), "money"),
    column(lambda one: None if one.goes_out else one.total, _("We receive"), "money"),
)
ACCRUALS = (
    column("number", _("Number"), "identity"),
    column("facility.financier.party.name", _("Partner"), width=32),
    column("facility.contract", _("Contract"), "identity"),
    column("on", _("Interest up to"), "date"),
    column("amount", _("Interest"), "money"),
    column(lambda one: _now(STATES[one.state]), _("State")),
)
MOVEMENTS = (
    column("day", _("Date"), "date"),
    column(lambda one: _now(MOVES[one.kind]), _("Movement")),
    column("number", _("Number"), "identity"),
    column("principal", _("Principal"), "money"),
    column("charge", _("Interest or fee"), "money"),
    column("owed", _("Owed after it"), "money"),
)
