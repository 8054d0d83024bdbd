"""Pages of the catalogue; see the modules of this package."""

from canting.catalogue.views.items import (
    import_items,
    item_detail,
    item_edit,
    item_list,
    item_many,
    item_new,
    norm_set,
    price_set,
    unit_set,
)
from canting.catalogue.views.recipes import (
    care_context,
    item_ban,
    item_care,
    recipe_edit,
    recipe_list,
    recipe_new,
    recipe_use,
    recipe_weigh,
    safety_sheet_add,
    substitute_add,
    substitute_end,
)

__all__ = [
    "care_context",
    "import_items",
    "item_ban",
    "item_care",
    "item_detail",
    "item_edit",
    "item_list",
    "item_many",
    "item_new",
    "norm_set",
    "price_set",
    "recipe_edit",
    "recipe_list",
    "recipe_new",
    "recipe_use",
    "recipe_weigh",
    "safety_sheet_add",
    "substitute_add",
    "substitute_end",
    "unit_set",
]
