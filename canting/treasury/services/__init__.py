"""Acts of the treasurer's daily work; see the modules of this package."""

from canting.treasury.services.accruals import (
    accrue,
    correct_accrual,
    owe,
    pay_accrual,
)
from canting.treasury.services.budget import (
    approve_budget,
    drop_budget,
    put_table,
    set_months,
    set_year_amounts,
    start_budget,
)
from canting.treasury.services.matching import (
    book_line,
    match_line,
    match_sure,
    part_line,
)
from canting.treasury.services.reading import (
    guessed_columns,
    read_statement,
    take_back,
)
from canting.treasury.services.recurring import (
    Chosen,
    What,
    add_recurring,
    change_recurring,
    end_recurring,
    go_on,
    pass_over,
    pause,
    post_dues,
)
from canting.treasury.services.spreading import (
    cancel_spread,
    correct_prepayment,
    prepay,
    spread,
)
from canting.treasury.services.units import (
    add_unit,
    change_unit,
    set_unit_rule,
    set_unit_weights,
)

__all__ = [
    "Chosen",
    "What",
    "accrue",
    "add_recurring",
    "add_unit",
    "approve_budget",
    "book_line",
    "cancel_spread",
    "change_recurring",
    "change_unit",
    "correct_accrual",
    "correct_prepayment",
    "drop_budget",
    "end_recurring",
    "go_on",
    "guessed_columns",
    "match_line",
    "match_sure",
    "owe",
    "part_line",
    "pass_over",
    "pause",
    "pay_accrual",
    "post_dues",
    "prepay",
    "put_table",
    "read_statement",
    "set_months",
    "set_unit_rule",
    "set_unit_weights",
    "set_year_amounts",
    "spread",
    "start_budget",
    "take_back",
]
