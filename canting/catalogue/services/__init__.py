"""Writes of the catalogue; see the modules of this package."""

from canting.catalogue.services.items import (
    change_item,
    create_item,
    set_norm,
    set_price,
    set_unit,
)
from canting.catalogue.services.recipes import (
    Part,
    allow_substitute,
    ban_item,
    end_substitute,
    keep_dye_recipe,
    use_dye_recipe,
)

__all__ = [
    "Part",
    "allow_substitute",
    "ban_item",
    "change_item",
    "create_item",
    "end_substitute",
    "keep_dye_recipe",
    "set_norm",
    "set_price",
    "set_unit",
    "use_dye_recipe",
]
