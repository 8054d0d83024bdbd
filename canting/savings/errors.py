"""Every way shares and savings can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class BadAmount(DomainError):
    code = "savings.bad_amount"
    message = _("%(amount)s cannot be deposited: an amount is above Rp0.")


class MoreThanEntryShare(DomainError):
    code = "savings.more_than_entry_share"
    message = _(
        "The entry share of %(name)s has %(left)s left of %(whole)s, so %(amount)s is too much. "
        "Take %(left)s and book the rest as regular share."
    )


class EntryShareComplete(DomainError):
    code = "savings.entry_share_complete"
    message = _(
        "%(name)s has paid her whole entry share of %(whole)s. "
        "Book %(amount)s as regular share instead."
    )


class NotMemberYet(DomainError):
    code = "savings.not_member_yet"
    message = _(
        "%(name)s is still an applicant: she may pay her entry share. Admit her first, then book "
        "regular shares and savings."
    )


class HasLeft(DomainError):
    code = "savings.has_left"
    message = _("%(name)s has left the cooperative, so nothing can be deposited for her.")


class SharesStay(DomainError):
    code = "savings.shares_stay"
    message = _(
        "%(kind)s of %(name)s (%(amount)s) cannot be taken out while she is a member: it is the "
        "cooperative's capital. It comes back when she leaves, through Keluar on her page; the "
        "board may pay from other means, such as an advance."
    )


class NotEnoughSavings(DomainError):
    code = "savings.not_enough"
    message = _(
        "%(name)s has %(left)s of voluntary savings, so %(amount)s cannot be paid out. "
        "Pay at most %(left)s."
    )


class AlreadyReversed(DomainError):
    code = "savings.already_reversed"
    message = _("%(number)s was reversed before. Open the paper that replaced it.")


class ReasonNeeded(DomainError):
    code = "savings.reason_needed"
    message = _("Say in a few words why: the reason stays beside the correction.")


class OpeningTwice(DomainError):
    code = "savings.opening_twice"
    message = _(
        "Opening balances of %(name)s were entered before. Take the first ones back, then enter "
        "them again."
    )


class EmptyList(DomainError):
    code = "savings.empty_list"
    message = _("Nobody is ticked. Tick those who paid, then save.")


class NoInterest(DomainError):
    code = "savings.no_interest"
    message = _(
        "%(month)s brings no interest: no percent is in force (Parameters), or nobody had voluntary "
        "savings throughout the month."
    )


class InterestTwice(DomainError):
    code = "savings.interest_twice"
    message = _("The interest of %(month)s stands on %(number)s. Open it and put it right instead.")


class MonthRuns(DomainError):
    code = "savings.month_runs"
    message = _("%(month)s is not over. Book its interest on its last day or later.")


class LaterPaper(DomainError):
    code = "savings.later_paper"
    message = _(
        "%(number)s cannot be reversed: %(name)s has only %(left)s left of it, the rest went on. "
        "Put %(later)s right first."
    )
