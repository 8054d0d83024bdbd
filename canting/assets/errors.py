"""Every way the register of assets can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class BadCost(DomainError):
    code = "assets.bad_cost"
    message = _("The value is %(cost)s. Write one above zero.")


class BadResidual(DomainError):
    code = "assets.bad_residual"
    message = _(
        "At the end of its life it cannot be worth %(residual)s when it costs %(cost)s. Write less "
        "than the cost, or nothing."
    )


class LifeNeeded(DomainError):
    code = "assets.life_needed"
    message = _("A life of %(months)s months is not possible here. Write between 1 and 600.")


class LostTooMuch(DomainError):
    code = "assets.lost_too_much"
    message = _(
        "It cannot have lost %(lost)s: its cost less what it is worth at the end is %(whole)s."
    )


class UsedLater(DomainError):
    code = "assets.used_later"
    message = _("It is used from %(since)s on, before it was there on %(on)s. Look at both days.")


class NothingToCharge(DomainError):
    code = "assets.nothing_to_charge"
    message = _(
        "No asset loses value in %(month)s that is not booked yet. Choose a later month, or write "
        "the asset down first."
    )


class MonthNotOver(DomainError):
    code = "assets.month_not_over"
    message = _("%(month)s is not over yet. Book it on its last day, %(day)s, or later.")


class AlreadyLeft(DomainError):
    code = "assets.already_left"
    message = _("%(number)s has left already with %(paper)s. Open that paper to put it right.")


class LeftTooEarly(DomainError):
    code = "assets.left_too_early"
    message = _(
        "%(number)s is written off up to %(until)s; it cannot have left on %(on)s. Cancel the "
        "later depreciation first, or write a later day."
    )


class PlaceNeeded(DomainError):
    code = "assets.place_needed"
    message = _("Say into which cash place the %(amount)s came.")


class NothingReceived(DomainError):
    code = "assets.nothing_received"
    message = _(
        "Money comes in only for a thing that is sold. Choose Sold, or leave the money out."
    )


class SomethingFollows(DomainError):
    code = "assets.something_follows"
    message = _(
        "%(number)s cannot be undone while %(follower)s stands on it. Put that right first."
    )


class AlreadyReversed(DomainError):
    code = "assets.already_reversed"
    message = _("%(number)s was put right already. Open the paper that replaced it.")


class ConditionNeeded(DomainError):
    code = "assets.condition_needed"
    message = _("Say which condition must be met before the grant is income.")


class NotHeld(DomainError):
    code = "assets.not_held"
    message = _("%(number)s is not held under conditions, so there is nothing to release.")


class GrantOfThing(DomainError):
    code = "assets.grant_of_thing"
    message = _("%(number)s came with the grant %(grant)s. Put the grant right instead.")
