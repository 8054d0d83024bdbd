"""Which rows each step has, how its columns are drawn, and the balances they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from canting.cooperatives.rules import PartyKind
from canting.members.rules.people import folded
from canting.portal.forms.balances import BalanceRow, CashRow, DueRow, Partner, SavingsRow
from canting.portal.forms.goods import ClothRow, StockRow
from canting.portal.forms.grid import RowForm, grid_class
from canting.portal.forms.people import MemberRow, OrderRow
from canting.portal.rules.opening import OpeningLine, Step

ROWS: Mapping[Step, type[RowForm]] = {
    Step.CASH: CashRow,
    Step.SAVINGS: SavingsRow,
    Step.DUES: DueRow,
    Step.STOCK: StockRow,
    Step.CLOTH: ClothRow,
    Step.BALANCES: BalanceRow,
    Step.MEMBERS: MemberRow,
    Step.ORDERS: OrderRow,
}
GRID_OF: Mapping[Step, Any] = {step: grid_class(row) for step, row in ROWS.items()}
# How the kit draws the columns: rupiah with dots, other figures at the right.
MONEY = ("amount", "entry_share", "regular_share", "voluntary", "price", "value", "advance")
NUMBERS = ("quantity",)


def once_each(make: Partner) -> Partner:
    """The same new name in two rows is one new partner."""
    made: dict[tuple[str, str], Any] = {}

    def partner(kind: PartyKind, name: str) -> Any:
        key = (kind, folded(name))
        if key not in made:
            made[key] = make(kind, name)
        return made[key]

    return partner


def lines_of(forms_: Iterable[Any], make: Partner) -> list[OpeningLine]:
    """The balances of valid rows."""
    partner = once_each(make)
    return [form.line(partner) for form in forms_]
