"""Every way the bank's lines can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class ColumnMissing(DomainError):
    code = "treasury.column_missing"
    message = _("No column says %(what)s. Choose it below; it is remembered for the next file.")


class BadBankLine(DomainError):
    code = "treasury.bad_bank_line"
    message = _(
        "Row %(row)s: “%(typed)s” cannot be read as %(what)s. Look at the row, or choose another "
        "column or way of writing figures."
    )


class BalanceBroken(DomainError):
    code = "treasury.balance_broken"
    message = _(
        "Row %(row)s: the balance %(balance)s does not follow from the row before. Rows are "
        "missing, or money in and out stand in the wrong columns."
    )


class NothingNew(DomainError):
    code = "treasury.nothing_new"
    message = _("All %(count)s lines were read before. Fetch a later list from the bank.")


class EndsTooEarly(DomainError):
    code = "treasury.ends_too_early"
    message = _("The list holds lines up to %(last)s; it cannot end on %(until)s.")


class NotYetThere(DomainError):
    code = "treasury.not_yet_there"
    message = _("The list holds %(last)s, but today is %(today)s. Look at how days are written.")


class SumDiffers(DomainError):
    code = "treasury.sum_differs"
    message = _(
        "The bank moved %(bank)s, the chosen entries %(book)s. Choose entries that add up to it."
    )


class NotFree(DomainError):
    code = "treasury.not_free"
    message = _("One of the chosen entries belongs to another line by now. Choose again.")


class AlreadyMatched(DomainError):
    code = "treasury.already_matched"
    message = _("This line has its entry already. Part them first.")


class NotMatched(DomainError):
    code = "treasury.not_matched"
    message = _("This line has no entry to part from.")


class LinesMatched(DomainError):
    code = "treasury.lines_matched"
    message = _("%(count)s lines of this list have their entry. Part them first.")


class WrongDirection(DomainError):
    code = "treasury.wrong_direction"
    message = _("“%(purpose)s” does not fit: choose one for money that moved the same way.")
