"""Every way the sharing of a surplus can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class YearNotClosed(DomainError):
    code = "surplus.year_not_closed"
    message = _(
        "The year %(year)s is not closed, so its surplus may still change. Close the year first."
    )


class NotHundred(DomainError):
    code = "surplus.not_hundred"
    message = _("The percentages are %(sum)s%% together. Change them until they are exactly 100%%.")


class AlreadyShared(DomainError):
    code = "surplus.already_shared"
    message = _(
        "The surplus of %(year)s is on %(number)s already. Open that paper; put it right there."
    )


class SurplusIsLoss(DomainError):
    code = "surplus.is_loss"
    message = _(
        "%(year)s ended with a loss of %(amount)s; a loss is never shared out. Cover it from the "
        "reserves by a decision of the meeting."
    )


class NoLoss(DomainError):
    code = "surplus.no_loss"
    message = _("%(year)s did not end with a loss. Share its surplus instead.")


class NothingToShare(DomainError):
    code = "surplus.nothing_to_share"
    message = _("%(year)s left neither a surplus nor a loss, so there is nothing to decide.")


class LessIsLeft(DomainError):
    code = "surplus.less_is_left"
    message = _(
        "Of past years only %(left)s is unshared, but %(year)s left %(amount)s: an older loss "
        "stands against it. Cover that loss by a decision of the meeting first."
    )


class BusinessNeeded(DomainError):
    code = "surplus.business_needed"
    message = _(
        "The papers of %(year)s are in the old book. Write what each member did with the "
        "cooperative in that year, or give the members' business no percentage."
    )


class DecisionNeeded(DomainError):
    code = "surplus.decision_needed"
    message = _(
        "Only the meeting decides about a surplus. Write the number of its minutes and its day."
    )


class MeetingTooEarly(DomainError):
    code = "surplus.meeting_too_early"
    message = _(
        "The meeting of %(day)s cannot have decided about %(year)s: choose a day after that year "
        "and not after today."
    )


class SamePerson(DomainError):
    code = "surplus.same_person"
    message = _("%(name)s prepared %(number)s; someone else of the board signs it.")


class NotPrepared(DomainError):
    code = "surplus.not_prepared"
    message = _("%(number)s does not wait for a signature any more. Look at how it stands.")


class FiguresChanged(DomainError):
    code = "surplus.figures_changed"
    message = _(
        "The surplus of %(year)s is %(now)s now; %(number)s was prepared with %(then)s. Take it "
        "back and prepare it anew."
    )


class CoverNothing(DomainError):
    code = "surplus.cover_nothing"
    message = _("Write how much the reserves cover, at least one rupiah.")


class CoverTooMuch(DomainError):
    code = "surplus.cover_too_much"
    message = _(
        "The loss of %(year)s that is not covered is %(loss)s; %(amount)s is more. Write at most that."
    )


class ReserveTooSmall(DomainError):
    code = "surplus.reserve_too_small"
    message = _("%(reserve)s holds %(left)s; %(amount)s cannot be taken from it. Write less.")


class SomethingFollows(DomainError):
    code = "surplus.something_follows"
    message = _(
        "%(number)s cannot be undone: of %(what)s only %(left)s of %(amount)s is still there. Put "
        "right first what was paid or spent from it."
    )


class AlreadyReversed(DomainError):
    code = "surplus.already_reversed"
    message = _("%(number)s was put right already. Open the paper that replaced it.")


class NobodyChosen(DomainError):
    code = "surplus.nobody_chosen"
    message = _("Nobody is ticked. Tick the members who get their part now.")


class NothingOpen(DomainError):
    code = "surplus.nothing_open"
    message = _("%(name)s has %(left)s of the surplus to get; %(amount)s cannot be paid.")


class PlaceNeeded(DomainError):
    code = "surplus.place_needed"
    message = _("Say from which cash place the %(amount)s is paid.")


class NotFromThere(DomainError):
    code = "surplus.not_from_there"
    message = _("%(way)s is not paid from %(place)s. Choose another cash place, or another way.")


class ConsentNeeded(DomainError):
    code = "surplus.consent_needed"
    message = _(
        "A part becomes regular shares only with the member's consent. Write how and when "
        "%(name)s agreed."
    )


class HasLeft(DomainError):
    code = "surplus.has_left"
    message = _("%(name)s is no member any more: pay the part in cash or by transfer.")
