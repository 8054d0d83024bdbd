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


class HeirsNeeded(DomainError):
    code = "savings.heirs_needed"
    message = _("Write who takes what %(name)s leaves: the name on the heirs' letter.")


class ExitOpenTwice(DomainError):
    code = "savings.exit_open_twice"
    message = _("%(name)s has asked to leave already: open %(number)s.")


class LeftBefore(DomainError):
    code = "savings.left_before"
    message = _("%(name)s has left before, and nothing is owed to her any more.")


class DecisionNeeded(DomainError):
    code = "savings.decision_needed"
    message = _("Write the number of the decision that lets %(name)s go, for example RP-12/2026.")


class DecidedBeforeAsked(DomainError):
    code = "savings.decided_before_asked"
    message = _(
        "The decision of %(date)s is earlier than the request of %(asked)s. Look at both days."
    )


class ExitEnded(DomainError):
    code = "savings.exit_ended"
    message = _("%(number)s has ended: it was taken back or paid. Open the page of the member.")


class ExitHasPapers(DomainError):
    code = "savings.exit_has_papers"
    message = _("%(number)s cannot be taken back while %(paper)s stands. Put that right first.")


class NotDecided(DomainError):
    code = "savings.exit_not_decided"
    message = _(
        "%(number)s does not wait for a payment: the board has not decided yet, or all is paid."
    )


class PaidBeforeDecided(DomainError):
    code = "savings.paid_before_decided"
    message = _("%(date)s is before the decision of %(decided)s. Choose that day or a later one.")


class SameHand(DomainError):
    code = "savings.exit_same_hand"
    message = _(
        "You signed the decision %(number)s, so somebody else pays: a leaver's money needs two "
        "signatures. Ask the cashier or the manager."
    )


class YearStillOpen(DomainError):
    code = "savings.exit_year_open"
    message = _(
        "Leavers are paid after the year of the decision is closed, and %(year)s is still open. "
        "Close it first; the rule stands under Aturan (exit.pay_after_year_close)."
    )


class LeaverTied(DomainError):
    code = "savings.leaver_tied"
    message = _("%(name)s cannot be paid yet. %(what)s Finish this first.")


class LeaverOwes(DomainError):
    code = "savings.leaver_owes"
    message = _(
        "%(name)s still owes %(amount)s. Set it off against what she gets, or take the money, then "
        "pay her the rest."
    )


class MoreThanLeaverOwes(DomainError):
    code = "savings.more_than_leaver_owes"
    message = _(
        "%(name)s owes %(most)s, so %(amount)s cannot be set off. Set off at most %(most)s."
    )


class MoreThanLeaverGets(DomainError):
    code = "savings.more_than_leaver_gets"
    message = _("%(name)s gets %(most)s, so %(amount)s is too much. Write at most %(most)s.")
