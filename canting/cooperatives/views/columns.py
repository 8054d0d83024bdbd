"""What the lists of the house give as a file: the columns and where a row keeps each."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from canting.cooperatives import selectors
from canting.cooperatives.selectors.facts import fact_lines
from canting.kernel.tables_out import column


def _facts(act: Any) -> str:
    return " · ".join(": ".join(one) for one in fact_lines(act.facts))


def _sign_in_state(row: Any) -> Any:
    _party, person = row
    if person is None:
        return _("cannot sign in yet")
    return _("PIN set") if person.pin else _("link given, no PIN yet")


AUDIT = (
    column("made_at", _("When"), "datetime"),
    column("actor", _("Who")),
    column("for_party.name", _("For")),
    column(lambda act: selectors.act_words(act.action), _("Act"), width=36),
    column("subject", _("Paper or name"), "identity"),
    column(_facts, _("Facts"), width=60),
)
PARAMETERS = (
    column(lambda row: row["label"], _("Parameter"), width=48),
    column(lambda row: row["value"], _("Holds now")),
    column(lambda row: row["since"] if row["since"].year > 1900 else None, _("Since"), "date"),
    column(lambda row: row["source"], _("By which law or decision"), width=60),
)
PEOPLE = (
    column(lambda row: row["user"].full_name, _("Name")),
    column(lambda row: row["user"].username, _("Sign-in name")),
    column(lambda row: row["roles"], _("Roles"), width=48),
)
SIGN_IN = (
    column(lambda row: row[0].number, _("Member number"), "identity"),
    column(lambda row: row[0].name, _("Name")),
    column(_sign_in_state, _("State")),
)
