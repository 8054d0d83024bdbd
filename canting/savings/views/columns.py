"""What the lists of savings give as a file: the columns and where a row keeps each."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.tables_out import column
from canting.savings.forms import CAUSE_WORDS
from canting.savings.papers import kind_word, what_for
from canting.savings.rules import ExitState

EXIT_WORDS = {
    ExitState.ASKED: _("Waits for the board"),
    ExitState.APPROVED: _("To be paid"),
    ExitState.PAID: _("Has left"),
    ExitState.ENDED: _("taken back by the board"),
}
EXIT_MARKS = {
    ExitState.ASKED: "wait",
    ExitState.APPROVED: "wait",
    ExitState.PAID: "done",
    ExitState.ENDED: "",
}

DEPOSITS = (
    column("number", _("Receipt"), "identity"),
    column("deposit_date", _("Date"), "date"),
    column("member.number", _("Member number"), "identity"),
    column("member.full_name", _("Member")),
    column(what_for, _("Savings"), width=44),
    column("amount", _("Amount"), "money"),
    column("made_by", _("Written by")),
    column(lambda one: _("put right") if one.state == "reversed" else "", _("State")),
)
CARD = (
    column("day", _("Date"), "date"),
    column("paper", _("Paper"), "identity"),
    column(lambda line: kind_word(line.kind), _("What")),
    column("amount", _("Amount"), "money"),
    column("balance", _("Balance"), "money"),
)
EXITS = (
    column("number", _("Number"), "identity"),
    column("member.number", _("Member number"), "identity"),
    column("member.full_name", _("Member")),
    column("asked_on", _("Asked on"), "date"),
    column(lambda one: CAUSE_WORDS[one.cause], _("Why")),
    column(lambda one: EXIT_WORDS[one.state], _("State")),
    column("decision", _("Decision")),
    column("decided_on", _("Decided on"), "date"),
    column("pay_by", _("To be paid by"), "date"),
    column("moved", _("Shares"), "money"),
)
