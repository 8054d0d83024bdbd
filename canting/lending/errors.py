"""Every way the papers of partners' money can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class BadAmount(DomainError):
    code = "lending.bad_amount"
    message = _("The amount is %(amount)s. Write one above zero.")


class BadTerms(DomainError):
    code = "lending.bad_terms"
    message = _(
        "%(count)s instalments, %(grace)s of them without principal, cannot be. Write 1 to 360 "
        "instalments, and fewer without principal than there are."
    )


class BadRate(DomainError):
    code = "lending.bad_rate"
    message = _("A rate of %(rate)s%% a year cannot be. Write between 0 and 100.")


class FirstDueTooEarly(DomainError):
    code = "lending.first_due_too_early"
    message = _("The first instalment is due on %(due)s, before %(on)s. Look at both days.")


class ContractKnown(DomainError):
    code = "lending.contract_known"
    message = _(
        "The contract %(contract)s of %(name)s is written already, as %(number)s. Open that one."
    )


class SamePerson(DomainError):
    code = "lending.same_person"
    message = _(
        "%(number)s was prepared by %(name)s, so somebody else must approve it. Ask another member "
        "of the board."
    )


class AlreadyApproved(DomainError):
    code = "lending.already_approved"
    message = _("%(number)s is approved already, since %(on)s.")


class NotApproved(DomainError):
    code = "lending.not_approved"
    message = _("%(number)s is not approved by the board yet. Ask for that first.")


class OverLimit(DomainError):
    code = "lending.over_limit"
    message = _(
        "%(number)s allows %(left)s more, not %(amount)s. Write less, or a contract for more."
    )


class DrawnTooLate(DomainError):
    code = "lending.drawn_too_late"
    message = _(
        "The last instalment of %(number)s was due on %(last)s; nothing can be drawn on %(on)s. "
        "Put the contract right, or write the new one."
    )


class NotInTheBooks(DomainError):
    code = "lending.not_in_the_books"
    message = _(
        "From the old book %(left)s of %(name)s is without a contract, not %(amount)s. Write that "
        "much or less, or without the old book."
    )


class PassesThrough(DomainError):
    code = "lending.passes_through"
    message = _(
        "The money of %(number)s only passes through: instalments go from the member to the "
        "partner, and nothing is owed here."
    )


class PaidOff(DomainError):
    code = "lending.paid_off"
    message = _("%(number)s is paid off; it takes no more money.")


class TooMuchPrincipal(DomainError):
    code = "lending.too_much_principal"
    message = _(
        "Of the principal of %(number)s %(left)s is open, not %(amount)s. Write that much or less, "
        "and give the rest back."
    )


class TooMuchInterest(DomainError):
    code = "lending.too_much_interest"
    message = _(
        "Of the service fee of %(number)s %(left)s is open, not %(amount)s. Write that much or "
        "less, and give the rest back."
    )


class NothingPaid(DomainError):
    code = "lending.nothing_paid"
    message = _("Write how much of it is principal, or interest or fee: both are nothing.")


class PaidTooEarly(DomainError):
    code = "lending.paid_too_early"
    message = _("%(number)s began on %(since)s; it cannot be paid on %(on)s. Write a later day.")


class MoreThanDrawn(DomainError):
    code = "lending.more_than_drawn"
    message = _(
        "Of %(number)s %(left)s is drawn and not passed on, not %(amount)s. Write less, or draw "
        "more first."
    )


class NotAMember(DomainError):
    code = "lending.not_a_member"
    message = _("%(name)s is no active member. Partner funds are passed on to members only.")


class NothingToAccrue(DomainError):
    code = "lending.nothing_to_accrue"
    message = _("No interest up to %(until)s is without its entry. Choose a later day.")


class NotOver(DomainError):
    code = "lending.not_over"
    message = _("%(until)s is not here yet. Book the interest on that day or later.")


class MoreThanApproved(DomainError):
    code = "lending.more_than_approved"
    message = _(
        "The board approved %(approved)s, not %(amount)s. Write that much or less, or cancel it "
        "and prepare a new agreement."
    )


class SomethingFollows(DomainError):
    code = "lending.something_follows"
    message = _(
        "%(number)s cannot be undone while %(follower)s stands on it. Put that right first."
    )


class AlreadyReversed(DomainError):
    code = "lending.already_reversed"
    message = _("%(number)s was put right already. Open the paper that replaced it.")


class AlreadyHandedOver(DomainError):
    code = "lending.already_handed_over"
    message = _("The money of %(number)s was handed over already, on %(on)s.")


class FeeTooHigh(DomainError):
    code = "lending.fee_too_high"
    message = _("A fee of %(fee)s leaves nothing of %(amount)s. Write a smaller fee.")
