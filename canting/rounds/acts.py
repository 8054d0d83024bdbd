"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "rounds.cancelled": gettext_noop("Called a round of buying together off"),
    "rounds.changed": gettext_noop("Changed the terms of a round"),
    "rounds.closed_uncharged": gettext_noop("Closed a round without charging anybody"),
    "rounds.collecting_again": gettext_noop("Took the plan of a round back"),
    "rounds.deposit_carried": gettext_noop("Used a deposit kept from an earlier round"),
    "rounds.deposit_corrected": gettext_noop("Put the receipt of a deposit right"),
    "rounds.deposit_returned": gettext_noop("Gave a deposit back"),
    "rounds.deposit_taken": gettext_noop("Took a deposit for a round"),
    "rounds.handed_out": gettext_noop("Handed a waiting share out"),
    "rounds.money_noted": gettext_noop("Noted money for a round"),
    "rounds.money_withdrawn": gettext_noop("Took a promise or a link to money back"),
    "rounds.need_asked": gettext_noop("Wrote a need down"),
    "rounds.need_changed": gettext_noop("Changed a need"),
    "rounds.need_withdrawn": gettext_noop("Took a need back"),
    "rounds.opened": gettext_noop("Opened a round of buying together"),
    "rounds.ordered": gettext_noop("Ordered what a round needs"),
    "rounds.plan_agreed": gettext_noop("Agreed which suppliers to buy from"),
    "rounds.plan_begun": gettext_noop("Had a buying plan worked out"),
    "rounds.plan_stopped": gettext_noop("Stopped a plan being worked out"),
    "rounds.planned": gettext_noop("Agreed the plan of a round"),
    "rounds.quota_lifted": gettext_noop("Lifted the quota of a scarce material"),
    "rounds.quota_set": gettext_noop("Divided a scarce material over active makers"),
    "rounds.released": gettext_noop("Left a share to the store"),
    "rounds.reopened": gettext_noop("Opened a closed round again"),
    "rounds.return_undone": gettext_noop("Put a returned deposit right"),
    "rounds.settled": gettext_noop("Closed a round"),
    "rounds.share_out_undone": gettext_noop("Undid a sharing"),
    "rounds.shared_out": gettext_noop("Shared out what had come"),
    "rounds.travellers_noted": gettext_noop("Noted who would have travelled"),
}
