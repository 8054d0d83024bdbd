"""Every way paying makers can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class NothingToPay(DomainError):
    code = "settlement.nothing_to_pay"
    message = _(
        "%(name)s has nothing that waits to be paid. Open the list again; "
        "perhaps a colleague has just paid."
    )


class NobodyChosen(DomainError):
    code = "settlement.nobody_chosen"
    message = _("Nobody is chosen. Tick at least one name, then pay.")


class CalculationChanged(DomainError):
    code = "settlement.calculation_changed"
    message = _(
        "The calculation for %(name)s has changed since this page was opened: it is now %(paid)s. "
        "Nothing is booked. Look at the new figures and pay again."
    )


class BadDays(DomainError):
    code = "settlement.bad_days"
    message = _(
        "“%(typed)s” cannot be read as days of work. Write how many days (6), "
        "or the pay of each day: 500.000 + 260.000."
    )


class DaysDoNotAddUp(DomainError):
    code = "settlement.days_do_not_add_up"
    message = _(
        "The days add up to %(days)s, but the piece pay is %(earned)s. "
        "Write each day so that both are equal, or write only how many days."
    )


class SlipReversed(DomainError):
    code = "settlement.slip_reversed"
    message = _("%(number)s was put right before; it is no longer in force. See %(successor)s.")


class ReasonNeeded(DomainError):
    code = "settlement.reason_needed"
    message = _("Say in a few words why the slip changes; the reason stays beside it.")


class BadConsent(DomainError):
    code = "settlement.bad_consent"
    message = _(
        "A deduction that she agrees to needs what it is for, an amount above zero "
        "and the day on which she signed (not later than today)."
    )


class ConsentEnded(DomainError):
    code = "settlement.consent_ended"
    message = _("The consent for “%(purpose)s” ended on %(date)s already.")


class BadAccountNumber(DomainError):
    code = "settlement.bad_account_number"
    message = _(
        "“%(typed)s” cannot be a bank account number. Write 5 to 30 digits, for example 1400012345678."
    )
