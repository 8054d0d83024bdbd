"""Sections of the notes about the result, the choices behind it, and who stands close."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from canting.cooperatives import selectors as house
from canting.cooperatives.rules import Dated, Parameter, Role
from canting.kernel.dates import format_short_date
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.papers import StatementTable, TableRow, key_words, split_table
from canting.ledger.selectors import account_name
from canting.members import selectors as members
from canting.reports.papers.notes.ground import OF_MEMBERS, Ground, table, there
from canting.reports.papers.tables import noncash_table
from canting.reports.rules.kinds import kind_name
from canting.reports.statements import StatementLine

LINES: Mapping[str, int] = {
    "member_revenue": 1,
    "other_revenue": 1,
    "member_cost": -1,
    "other_cost": -1,
    "operating_expense": -1,
    "cooperative_expense": -1,
    "other": 1,
    "tax": -1,
}
CLOSE = frozenset({Role.BOARD, Role.SUPERVISOR, Role.MANAGER})
# The choices that the accountant made where practice differs (posting.md 5).
CHOICES = ("ledger.", "reports.")
_UNSAID = frozenset({"ledger.close_by_two", "ledger.cost_key_percent"})


def revenue_tables(ground: Ground) -> tuple[StatementTable, ...]:
    """Every account of revenue and cost, gathered by its line of the statement."""
    names = {
        "member_revenue": _("Gross participation of members"),
        "other_revenue": _("Revenue from others"),
        "member_cost": _("Cost of members' business"),
        "other_cost": _("Cost of others' business"),
        "operating_expense": _("Operating expenses"),
        "cooperative_expense": _("Cooperative expenses"),
        "other": _("Other income and expenses"),
        "tax": _("Income tax"),
    }
    found = []
    for key, sign in LINES.items():
        lines: tuple[StatementLine, ...] = ground.surplus.accounts.get(key, ())
        rows = [
            TableRow(f"{line.shown or line.key} {line.label}", (sign * line.amount,), key=line.key)
            for line in lines
        ]
        found.append(table(names[key], (format_short_date(ground.period.until),), rows))
    return there(*found)


def key_tables(ground: Ground) -> tuple[StatementTable, ...]:
    """The key of shared costs with its figures, and what it did to every line."""
    found = ground.surplus
    key = StatementTable(
        _("Key of shared costs"),
        key_words(found.telling),
        (_("Members"), _("Others")),
        (TableRow(_("Weight"), found.key, "total"),),
    )
    return (key, split_table(found))


def key_sentences(ground: Ground) -> list[str]:
    """Since when the key holds and who said so."""
    one = _in_force(ground)["ledger.cost_key"]
    return [
        _("The key is set by: %(source)s.") % {"source": _(one.source) if one.source else "–"},
    ]


def choice_words(ground: Ground) -> list[str]:
    """Every choice where practice differs: what was chosen, and its source."""
    known = house.all_parameters()
    return [
        f"{_(known[name].label)}: {_shown(known[name], one.value)}"
        + (f" ({_(one.source)})" if one.source else "")
        for name, one in _in_force(ground).items()
    ]


def _in_force(ground: Ground) -> dict[str, Dated]:
    own = house.own_values(cooperative=ground.cooperative)
    on = ground.period.until
    return {
        name: house.in_force(one, own.get(name, []), on)
        for name, one in house.all_parameters().items()
        if name.startswith(CHOICES) and name not in _UNSAID
    }


def _shown(parameter: Parameter, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value} %" if parameter.kind == "percent" else str(value)


def noncash_tables(ground: Ground) -> tuple[StatementTable, ...]:
    """What moved without money."""
    found = noncash_table(ground.cash)
    return (found,) if found.rows else ()


def capital_tables(ground: Ground) -> tuple[StatementTable, ...]:
    """Own capital by kind: before, what added, what lessened it, now."""
    rows = [
        TableRow(
            _(column.label),
            (
                column.opening,
                sum(amount for amount in column.moves.values() if amount > 0)
                + max(column.result, 0),
                sum(amount for amount in column.moves.values() if amount < 0)
                + min(column.result, 0),
                column.closing,
            ),
        )
        for column in ground.equity.columns
        if column.opening or column.closing or column.moves or column.result
    ]
    columns = (_("Before"), _("Added"), _("Lessened"), _("Now"))
    return there(table(_("Own capital by kind"), columns, rows))


def capital_moves(ground: Ground) -> list[str]:
    """What moved own capital, in words."""
    return [
        f"{_(column.label)}: "
        + ", ".join(
            f"{_(kind_name(kind))} {format_rupiah(amount)}" for kind, amount in column.moves.items()
        )
        for column in ground.equity.columns
        if column.moves
    ]


def related_tables(ground: Ground) -> tuple[StatementTable, ...]:
    """What board, supervisors and managers who are members have with the cooperative."""
    people = _close_people(ground)
    found = ledger.party_balances_at(
        cooperative=ground.cooperative, roles=OF_MEMBERS, as_of=ground.period.until
    )
    rows = [
        TableRow(f"{people[row.party_id]}: {account_name(role)}", (row.balance,))
        for role, row in found
        if row.party_id in people
    ]
    columns = (format_short_date(ground.period.until),)
    if not rows:
        return ()
    return (StatementTable(_("Balances with related parties"), "", columns, tuple(rows)),)


def _close_people(ground: Ground) -> dict[int, str]:
    """Name and role of everyone of board, supervisors and managers, by their party as a member."""
    access = list(house.people(cooperative=ground.cooperative))
    roles: dict[int, str] = {one.user_id: one.role for one in access if one.role in CLOSE}
    titles = {
        Role.BOARD.value: _("board"),
        Role.SUPERVISOR.value: _("supervisors"),
        Role.MANAGER.value: _("manager"),
    }
    return {
        one.party_id: f"{one.party.name} ({titles[roles[one.user_id]]})"
        for one in access
        if one.party is not None and one.party_id is not None and one.user_id in roles
    }


def house_words(ground: Ground) -> list[str]:
    """Who leads and watches over the cooperative, and how many members it has."""
    access = list(house.people(cooperative=ground.cooperative))
    named = {
        title: ", ".join(one.user.full_name for one in access if one.role == role)
        for role, title in (
            (Role.BOARD, _("Board")),
            (Role.SUPERVISOR, _("Supervisors")),
            (Role.MANAGER, _("Manager")),
        )
    }
    count = members.active_members(cooperative=ground.cooperative).count()
    words = [f"{title}: {names}." for title, names in named.items() if names]
    return [
        *words,
        _("%(count)s members when these notes were drawn.") % {"count": count},
    ]
