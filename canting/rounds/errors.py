"""Every way a round of buying together can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class WrongState(DomainError):
    code = "rounds.wrong_state"
    message = _(
        "%(number)s is %(state)s, so this cannot be done any more. Look at its page: %(way)s"
    )


class DeadlinePast(DomainError):
    code = "rounds.deadline_past"
    message = _(
        "The last day to ask (%(deadline)s) lies before today. Choose today or a later day."
    )


class NeededTooEarly(DomainError):
    code = "rounds.needed_too_early"
    message = _(
        "The material cannot be needed on %(needed)s, before asking ends on %(deadline)s. "
        "Choose a later day."
    )


class BadPercent(DomainError):
    code = "rounds.bad_percent"
    message = _("%(percent)s%% is not possible here. Write a percentage from 0 to 100.")


class TitleNeeded(DomainError):
    code = "rounds.title_needed"
    message = _("Give the round a title by which members know it, for example “Mori Januari”.")


class ReasonNeeded(DomainError):
    code = "rounds.reason_needed"
    message = _("Say why, in a few words; it stays in the record.")


class NothingAsked(DomainError):
    code = "rounds.nothing_asked"
    message = _("Nobody has asked for anything in %(number)s yet. Write down a need first.")


class NothingPlanned(DomainError):
    code = "rounds.nothing_planned"
    message = _("No plan is agreed for %(number)s yet. Work one out first.")


class OrdersStand(DomainError):
    code = "rounds.orders_stand"
    message = _(
        "%(orders)s stands with a supplier. Close it there first, with the reason; then the round "
        "can be cancelled."
    )


class NotEnoughMoney(DomainError):
    code = "rounds.not_enough_money"
    message = _(
        "%(needed)s must be paid at once, but cash and bank hold %(there)s and promised credit "
        "adds %(lent)s. Take deposits, order on credit, or write down who lends the rest."
    )


class BadAmount(DomainError):
    code = "rounds.bad_amount"
    message = _("The amount is %(amount)s. Write one above zero.")


class PaperNeeded(DomainError):
    code = "rounds.paper_needed"
    message = _("Name the paper behind this money: the buyer's receipt, or the contract.")


class NoSuchPaper(DomainError):
    code = "rounds.no_such_paper"
    message = _("No paper %(number)s fits here. Look at its number on the receipt.")


class FundUsed(DomainError):
    code = "rounds.fund_used"
    message = _(
        "%(used)s of %(number)s is used, given back or kept already. Undo that first, then put the "
        "receipt right."
    )


class MoreThanLeft(DomainError):
    code = "rounds.more_than_left"
    message = _("%(left)s of %(name)s is left; %(amount)s is more. Write at most what is left.")


class NothingCame(DomainError):
    code = "rounds.nothing_came"
    message = _(
        "Nothing has come for %(number)s that is not shared out yet. Receive the goods of an order "
        "first."
    )


class NobodyGets(DomainError):
    code = "rounds.nobody_gets"
    message = _(
        "Nobody would get anything: all articles are struck off, or nobody asks for them. "
        "Leave at least one in."
    )


class SharesChanged(DomainError):
    code = "rounds.shares_changed"
    message = _(
        "The figures have changed since you saw them: together they come to %(total)s now. "
        "Nothing is booked. Look at them again, then share out."
    )


class NotWaiting(DomainError):
    code = "rounds.not_waiting"
    message = _("The share of %(name)s does not wait any more: it is %(state)s.")


class CashPlaceNeeded(DomainError):
    code = "rounds.cash_place_needed"
    message = _("Say where her %(amount)s is laid: choose a cash place.")


class GoodsLeft(DomainError):
    code = "rounds.goods_left"
    message = _(
        "Goods have come for %(number)s that nobody has got yet: %(items)s. Share them out first."
    )


class OrdersOpen(DomainError):
    code = "rounds.orders_open"
    message = _(
        "%(orders)s has not come in full. Receive the rest, or close the order with the reason; "
        "then the round can be closed."
    )


class Uncharged(DomainError):
    code = "rounds.uncharged"
    message = _(
        "%(count)s members are not charged yet, %(amount)s together. Hand their shares out, or "
        "close without charging anybody and say why."
    )


class LaterShareOut(DomainError):
    code = "rounds.later_share_out"
    message = _("A later sharing (number %(position)s) builds on this one. Undo that one first.")


class PlaceNeeded(DomainError):
    code = "rounds.place_needed"
    message = _("%(amount)s goes back to members. Say out of which cash place.")


class AskingOver(DomainError):
    code = "rounds.asking_over"
    message = _(
        "Asking in %(number)s ended on %(deadline)s. The storekeeper can move the last day, or ask "
        "in the next round."
    )


class BadNeed(DomainError):
    code = "rounds.bad_need"
    message = _("%(quantity)s of %(item)s cannot be asked for. Write a quantity above zero.")


class NotForBuying(DomainError):
    code = "rounds.not_for_buying"
    message = _("%(item)s is not a material that is bought. Choose one from the list of materials.")


class NotYourRound(DomainError):
    code = "rounds.not_your_round"
    message = _(
        "%(name)s is not an active member of this cooperative. Admit her first, or write the need "
        "down for the store."
    )


class OverQuota(DomainError):
    code = "rounds.over_quota"
    message = _("%(asked)s of %(item)s is more than the %(room)s that may be asked. %(way)s")


class QuotaDay(DomainError):
    code = "rounds.quota_day"
    message = _(
        "A quota cannot end on %(day)s: it must end after today and not after asking does "
        "(%(deadline)s)."
    )


class NobodyActive(DomainError):
    code = "rounds.nobody_active"
    message = _(
        "No maker had a piece accepted lately, so nobody can get a quota in %(number)s. Leave the "
        "material without a quota."
    )


class NothingOffered(DomainError):
    code = "rounds.nothing_offered"
    message = _(
        "No supplier offers anything of what is asked. Write a supplier's price list down first."
    )


class PlanRunning(DomainError):
    code = "rounds.plan_running"
    message = _("A plan is being worked out already. Wait for it, or stop it.")


class PlanChanged(DomainError):
    code = "rounds.plan_changed"
    message = _(
        "Needs, offers or prices have changed since this was worked out. Nothing is agreed. "
        "Work the plan out again."
    )


class LimitsBroken(DomainError):
    code = "rounds.limits_broken"
    message = _("%(limits)s Say why it shall be bought all the same, or change the packs.")
