"""Writes of buying together; see the modules of this package."""

from canting.rounds.services.deposits import (
    carry_over,
    correct_deposit,
    give_back,
    keep_rests,
    take_deposit,
    undo_return,
)
from canting.rounds.services.funds import (
    link_down_payment,
    link_facility,
    pledge,
    set_own_money,
    take_extra_share,
    withdraw_fund,
)
from canting.rounds.services.life import (
    RoundTerms,
    cancel_round,
    change_round,
    collect_again,
    mark_planned,
    note_travellers,
    open_round,
)
from canting.rounds.services.needs import (
    Wish,
    ask,
    ask_many,
    lift_quota,
    set_quota,
    withdraw_need,
)
from canting.rounds.services.ordering import order_round
from canting.rounds.services.settling import reopen_round, settle_round
from canting.rounds.services.sharing import (
    hand_waiting,
    release_share,
    share_out,
    undo_share_out,
)

__all__ = [
    "RoundTerms",
    "Wish",
    "ask",
    "ask_many",
    "cancel_round",
    "carry_over",
    "change_round",
    "collect_again",
    "correct_deposit",
    "give_back",
    "hand_waiting",
    "keep_rests",
    "lift_quota",
    "link_down_payment",
    "link_facility",
    "mark_planned",
    "note_travellers",
    "open_round",
    "order_round",
    "pledge",
    "release_share",
    "reopen_round",
    "set_own_money",
    "set_quota",
    "settle_round",
    "share_out",
    "take_deposit",
    "take_extra_share",
    "undo_return",
    "undo_share_out",
    "withdraw_fund",
    "withdraw_need",
]
