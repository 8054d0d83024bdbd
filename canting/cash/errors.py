"""Every way the cash desk can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class UnknownPlace(DomainError):
    code = "cash.unknown_place"
    message = _("“%(place)s” is no cash place of this cooperative. Choose one from the list.")


class NotEnoughCash(DomainError):
    code = "cash.not_enough_cash"
    message = _(
        "%(place)s holds %(left)s on %(date)s; %(amount)s cannot leave it. Take it from another "
        "cash place, move money there first, or write down what came in and is not entered yet."
    )


class NotADrawer(DomainError):
    code = "cash.not_a_drawer"
    message = _("%(place)s is no drawer that can be counted. Compare it with the bank's own list.")


class UnknownPurpose(DomainError):
    code = "cash.unknown_purpose"
    message = _("“%(purpose)s” is not on the list of what money is for. Choose one from the list.")


class BadAmount(DomainError):
    code = "cash.bad_amount"
    message = _("The amount is %(amount)s. Write one above zero.")


class TooMuchWithheld(DomainError):
    code = "cash.too_much_withheld"
    message = _(
        "The bank cannot withhold %(withheld)s of %(amount)s. Write the interest before tax, then "
        "the tax it kept."
    )


class NotThatMuchOwed(DomainError):
    code = "cash.not_that_much_owed"
    message = _(
        "Only %(left)s stands on %(account)s, so %(amount)s cannot be paid from it. "
        "Look at the amount, or choose another purpose."
    )


class SamePlace(DomainError):
    code = "cash.same_place"
    message = _("The money is in %(place)s already. Choose another place to move it to.")


class MoreThanAdvance(DomainError):
    code = "cash.more_than_advance"
    message = _(
        "%(name)s has %(left)s to account for, but receipts and money returned come to %(amount)s. "
        "Pay what is above it as an ordinary payment."
    )


class NothingReturned(DomainError):
    code = "cash.nothing_returned"
    message = _("Write at least one receipt or the money that came back.")


class CountNeedsTwo(DomainError):
    code = "cash.count_needs_two"
    message = _("%(name)s counted; someone else confirms it. Ask a colleague to sign in and look.")


class CountIsOver(DomainError):
    code = "cash.count_is_over"
    message = _("The count %(number)s was confirmed or replaced already. Count again.")


class NotInSuspense(DomainError):
    code = "cash.not_in_suspense"
    message = _(
        "Of %(number)s only %(left)s is still in suspense; %(amount)s cannot be taken from it."
    )


class NotOwedByParty(DomainError):
    code = "cash.not_owed_by_party"
    message = _(
        "%(name)s owes only %(left)s on %(account)s. Book that much and say whose the rest is."
    )


class PartyMissing(DomainError):
    code = "cash.party_missing"
    message = _("Say whose money it is: choose a name from the list.")


class AlreadyReversed(DomainError):
    code = "cash.already_reversed"
    message = _("%(number)s was put right already. Open the paper that replaced it.")


class SomethingFollows(DomainError):
    code = "cash.something_follows"
    message = _(
        "%(number)s cannot be undone while %(follower)s stands on it. Put that right first."
    )


class OnlyCancelled(DomainError):
    code = "cash.only_cancelled"
    message = _("%(number)s can only be cancelled. Do so, then write it again.")


class KeptElsewhere(DomainError):
    code = "cash.kept_elsewhere"
    message = _(
        "%(number)s is money held for a member (%(what)s). Put it right on the page of that round "
        "of buying together."
    )


class HeldTooLittle(DomainError):
    code = "cash.held_too_little"
    message = _(
        "%(left)s of %(name)s is held for buying together; %(amount)s cannot be given back. "
        "Write at most what is held."
    )


class NotABankAccount(DomainError):
    code = "cash.not_a_bank_account"
    message = _("“%(account)s” is no bank account of ours. Choose one from the list.")
