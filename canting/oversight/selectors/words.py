"""How kinds, states and addressees are called on pages, sheets and papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from canting.cooperatives.rules import Role
from canting.oversight.rules import Kind, Method, Population, State

KINDS: Mapping[str, Any] = {
    Kind.REVERSED: _("Papers put right"),
    Kind.LATE_CASH: _("Cash written down late"),
    Kind.OWN_APPROVAL: _("Made and approved by one person"),
    Kind.CASH_DIFFERED: _("Cash that differed"),
    Kind.AFTER_INSPECTION: _("Changed after inspection"),
    Kind.REOPENED: _("Into a month opened again"),
    Kind.BACKDATED: _("Dated back"),
    Kind.ODD_HOURS: _("At odd hours"),
}
STATES: Mapping[str, Any] = {
    State.OPEN: _("waits for an answer"),
    State.ANSWERED: _("answered"),
    State.CLOSED: _("closed"),
}
STATE_KINDS: Mapping[str, str] = {State.OPEN: "wait", State.ANSWERED: "info", State.CLOSED: "done"}
POPULATIONS: Mapping[str, Any] = {
    Population.RECEIPTS: _("Money that came in"),
    Population.PAYMENTS: _("Money that went out"),
    Population.HAND_OUTS: _("Material handed out"),
    Population.INSPECTIONS: _("Inspection slips"),
    Population.ENTRIES: _("All journal entries"),
}
METHODS: Mapping[str, Any] = {
    Method.UNIFORM: _("each paper alike"),
    Method.AMOUNT: _("by amount: large papers more often"),
}
ADDRESSED: Mapping[str, Any] = {
    Role.BOARD: _("Board"),
    Role.MANAGER: _("Manager"),
    Role.CASHIER: _("Treasurer and cashier"),
}


def role_name(role: str) -> str:
    """How the addressee of a finding is called."""
    return str(ADDRESSED[role])
