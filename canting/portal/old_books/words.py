"""How the parts of an old book are called on pages and in the command's answer."""

from __future__ import annotations

from django.utils.translation import gettext as _

from canting.portal.rules.old_book import CASHBOOK, LEDGER, Effect


def layout_name(layout: str) -> str:
    """What a file of this layout holds."""
    return {
        **dict.fromkeys(("S1", "S2", "S3", "S4"), _("Savings, payment by payment")),
        "S5": _("Savings of a year, month by month"),
        "K1": _("Cash book"),
        "K2": _("Trial balance"),
        "X1": _("Members who left"),
        **dict.fromkeys(("U1", "U2"), _("Surplus shared out")),
        "Q1": _("Dump of members and savings"),
    }[layout]


def what_name(what: str) -> str:
    """What a row speaks of."""
    return {
        "entry_share": _("Entry share"),
        "regular_share": _("Regular share"),
        "voluntary": _("Voluntary savings"),
        "exit_payable": _("Shares to repay"),
        "shu_payable": _("Surplus not drawn"),
        CASHBOOK: _("Cash"),
        LEDGER: _("Account"),
        "": _("Savings of an unknown kind"),
    }[what]


def effect_name(effect: str) -> str:
    """What became of a row, or would."""
    return {
        Effect.OPENING: _("in the opening balance"),
        Effect.ENTRY: _("entry of its own day"),
        Effect.RECEIPT: _("receipt of its own day"),
        Effect.ELSEWHERE: _("comes by its own list"),
        Effect.LATER: _("after the first day, left to be entered"),
        Effect.SETTLED: _("settled before the first day"),
        Effect.OUT: _("left out by hand"),
    }[Effect(effect)]


def taken_name(part: str) -> str:
    """What a column was taken as."""
    return {
        "who": _("number of the member"),
        "name": _("name"),
        "product": _("kind of savings"),
        "direction": _("in or out"),
        "amount": _("amount"),
        "day": _("day"),
        "note": _("note"),
        "sum": _("only compared"),
        "came": _("came in"),
        "went": _("went out"),
        "code": _("account code"),
        "account": _("account name"),
        "before": _("only compared"),
        "moved": _("only compared"),
        "paid_on": _("repaid on"),
        "part": _("part of the amount"),
        "less": _("taken off the amount"),
    }.get(part, _("not used"))
