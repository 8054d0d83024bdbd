"""What the lists of items and recipes give as a file: the columns and where a row keeps each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from canting.catalogue import selectors
from canting.kernel.tables_out import Column, column

if TYPE_CHECKING:
    from canting.catalogue.models import Item, Price

Board = Mapping[tuple[int, str, str], "Price"]
RECIPES = (
    column(lambda row: row[0].name, _("Recipe")),
    column(lambda row: row[0].measure, _("Measure")),
    column(lambda row: row[1].item.code, _("Code"), "identity"),
    column(lambda row: row[1].item.name, _("Material"), width=40),
    column(lambda row: row[1].least, _("At least"), "quantity"),
    column(lambda row: row[1].most, _("At most"), "quantity"),
    column(lambda row: row[1].unit, _("Unit"), width=8),
    column(lambda row: row[0].source, _("Source"), width=40),
)


def items(board: Board, kinds: Mapping[str, str]) -> Sequence[Column]:
    """Items with every price of the board, a column for each list and grade that has any."""
    lists = sorted({(price_list, grade) for _item, price_list, grade in board})
    return (
        column("code", _("Code"), "identity"),
        column("name", _("Item"), width=40),
        column(lambda one: kinds[one.kind], _("Kind")),
        column("motif", _("Motif")),
        column("unit", _("Unit"), width=8),
        *(_price(board, price_list, grade) for price_list, grade in lists),
        column(lambda one: "" if one.active else _("not in use"), _("State")),
    )


def _price(board: Board, price_list: str, grade: str) -> Column:
    def amount(one: Item) -> int | None:
        row = board.get((one.pk, price_list, grade))
        return row.amount if row else None

    return column(amount, f"{selectors.list_name(price_list)} {grade}".strip(), "money")
