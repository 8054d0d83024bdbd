"""What the lists of buying together give as a file: the columns and where a row keeps each."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.tables_out import column
from canting.purchasing import selectors as purchasing
from canting.rounds import selectors

ROUNDS = (
    column("number", _("Number"), "identity"),
    column("title", _("Round"), width=40),
    column("opened_on", _("Opened on"), "date"),
    column("deadline", _("Last day to ask"), "date"),
    column("needed_by", _("Needed by"), "date"),
    column("member_count", _("Members"), "number"),
    column("need_count", _("Needs"), "number"),
    column(lambda one: selectors.state_name(one.state), _("State")),
)
NEEDS = (
    column("reference", _("Number"), "identity"),
    column("member.number", _("Member number"), "identity"),
    column("member.full_name", _("Member")),
    column("item.code", _("Item code"), "identity"),
    column("item.name", _("Material"), width=40),
    column("base_quantity", _("How much"), "quantity"),
    column("item.unit", _("Unit"), width=8),
    column(
        lambda one: purchasing.mode_name(one.mode) if one.member_id else "", _("How it is paid")
    ),
    column(lambda one: selectors.source_name(one.source), _("How it came")),
)
QUOTAS = (
    column(lambda row: row[0].quota.item.name, _("Material"), width=40),
    column(lambda row: row[1].member.number, _("Member number"), "identity"),
    column(lambda row: row[1].member.full_name, _("Member")),
    column(lambda row: row[1].recent_pieces, _("Accepted lately"), "number"),
    column(lambda row: row[1].quantity, _("Her part"), "quantity"),
    column(lambda row: row[1].asked, _("Asked for"), "quantity"),
    column(lambda row: row[0].quota.item.unit, _("Unit"), width=8),
)
SAVED = (
    column("member.number", _("Member number"), "identity"),
    column("member.full_name", _("Member")),
    column("rounds", _("Rounds"), "number"),
    column(lambda row: row.saving.ours if row.saving.known else None, _("Together"), "money"),
    column(lambda row: row.saving.market if row.saving.known else None, _("Alone"), "money"),
    column(lambda row: row.saving.saved if row.saving.known else None, _("Saved"), "money"),
    column(lambda row: row.trips or None, _("Trips saved"), "money"),
)
