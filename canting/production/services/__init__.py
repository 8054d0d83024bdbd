"""Writes of making; see the modules of this package."""

from canting.production.services.advances import cancel_advance, correct_advance, give_advance
from canting.production.services.buying import buy_back, buy_cloth, take_consigned
from canting.production.services.custody import correct_material_fact, record_material_fact
from canting.production.services.finishing import finish_order, record_byproduct, undo_finish
from canting.production.services.orders import (
    change_split,
    close_order,
    note_to_maker,
    open_work_order,
    rates_on,
    set_stages,
)
from canting.production.services.pieces import (
    Taken,
    TakenLot,
    accept_pieces,
    count_as_brought,
    reject_pieces,
    send_to_rework,
)
from canting.production.services.reports import report_finished
from canting.production.services.returns import correct_return, return_to_maker
from canting.production.services.undoing import Counted, undo_taken

__all__ = [
    "Counted",
    "Taken",
    "TakenLot",
    "accept_pieces",
    "buy_back",
    "buy_cloth",
    "cancel_advance",
    "change_split",
    "close_order",
    "correct_advance",
    "correct_material_fact",
    "correct_return",
    "count_as_brought",
    "finish_order",
    "give_advance",
    "note_to_maker",
    "open_work_order",
    "rates_on",
    "record_byproduct",
    "record_material_fact",
    "reject_pieces",
    "report_finished",
    "return_to_maker",
    "send_to_rework",
    "set_stages",
    "take_consigned",
    "undo_finish",
    "undo_taken",
]
