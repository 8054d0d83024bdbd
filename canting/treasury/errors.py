"""Every way the treasurer's daily work can refuse."""

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


class BadAmount(DomainError):
    code = "treasury.bad_amount"
    message = _("The amount is %(amount)s. Write one above zero.")


class AmountNeeded(DomainError):
    code = "treasury.amount_needed"
    message = _("How much is %(name)s this time? Write its amount beside it.")


class AmountIsFixed(DomainError):
    code = "treasury.amount_is_fixed"
    message = _(
        "%(name)s is %(fixed)s each time, not %(amount)s. Change it on its own page first, if the "
        "bill is another one."
    )


class NotDue(DomainError):
    code = "treasury.not_due"
    message = _("%(name)s is not due on %(day)s. Look at its page: what is due stands there.")


class NothingChosen(DomainError):
    code = "treasury.nothing_chosen"
    message = _("Nothing is chosen. Tick what is to be booked.")


class BadRhythm(DomainError):
    code = "treasury.bad_rhythm"
    message = _(
        "Every %(every)s months on day %(day)s is no rhythm. Write 1 to 60 months, and a day from "
        "1 to 31."
    )


class EndsBeforeFirst(DomainError):
    code = "treasury.ends_before_first"
    message = _("It ends on %(until)s, before it is due for the first time (%(first)s).")


class RecurringIsOver(DomainError):
    code = "treasury.recurring_is_over"
    message = _("%(name)s ended on %(day)s. Write a new one.")


class IsPaused(DomainError):
    code = "treasury.is_paused"
    message = _("%(name)s rests since %(day)s. Let it go on first.")


class NotPaused(DomainError):
    code = "treasury.not_paused"
    message = _("%(name)s does not rest; there is nothing to go on with.")


class NoExpense(DomainError):
    code = "treasury.no_expense"
    message = _("“%(account)s” is no open account of costs. Choose one from the list.")


class NotOver(DomainError):
    code = "treasury.not_over"
    message = _("%(month)s is not over yet. It can be booked from %(day)s on.")


class BadMonths(DomainError):
    code = "treasury.bad_months"
    message = _("%(months)s months are not possible here. Write between 2 and 120.")


class NothingToSpread(DomainError):
    code = "treasury.nothing_to_spread"
    message = _("Everything up to %(month)s is booked; no prepaid cost has a part left.")


class NotThatMuchPrepaid(DomainError):
    code = "treasury.not_that_much_prepaid"
    message = _(
        "Of %(account)s %(left)s is not on this list yet, so %(amount)s cannot have stood there. "
        "Look at the amount, or choose the cash place that paid."
    )


class AlreadyPutRight(DomainError):
    code = "treasury.already_put_right"
    message = _("%(number)s was put right already. Open the paper that replaced it.")


class PaidAlready(DomainError):
    code = "treasury.paid_already"
    message = _("%(number)s was paid with %(paper)s. Put that right first.")


class TurnsByItself(DomainError):
    code = "treasury.turns_by_itself"
    message = _("%(number)s is taken back by itself on %(day)s. Book the bill as an ordinary cost.")


class LaterRun(DomainError):
    code = "treasury.later_run"
    message = _("%(number)s cannot be taken back while %(later)s stands on it. Take that first.")


class BilledOtherwise(DomainError):
    code = "treasury.billed_otherwise"
    message = _(
        "%(number)s is booked with %(booked)s, but the bill says %(amount)s. Put it right first."
    )


class DraftStands(DomainError):
    code = "treasury.draft_stands"
    message = _(
        "Version %(version)s of the budget of %(year)s is still being written. Finish it, or throw "
        "it away first."
    )


class BudgetIsFixed(DomainError):
    code = "treasury.budget_is_fixed"
    message = _(
        "Version %(version)s of the budget of %(year)s was approved and stays as it is. Begin a "
        "new version."
    )


class BudgetEmpty(DomainError):
    code = "treasury.budget_empty"
    message = _("Nothing is planned on any account. Write amounts, or read them from a sheet.")


class DecisionNeeded(DomainError):
    code = "treasury.decision_needed"
    message = _("Write the number of the meeting's minutes that approved the budget.")


class DecidedLater(DomainError):
    code = "treasury.decided_later"
    message = _("The meeting of %(day)s is not there yet; today is %(today)s. Look at the day.")


class UnknownPlanAccount(DomainError):
    code = "treasury.unknown_plan_account"
    message = _(
        "“%(account)s” is no open account of revenue or cost. Look at its code in the chart."
    )


class MonthsMissing(DomainError):
    code = "treasury.months_missing"
    message = _(
        "The sheet needs a column of account codes (Kode), and twelve months (Jan to Des) or the "
        "whole year (Setahun). Take the sheet of this page and fill it in."
    )


class BadBudgetCell(DomainError):
    code = "treasury.bad_budget_cell"
    message = _(
        "Row %(row)s, column %(column)s: “%(typed)s” is no amount of whole rupiah. Put it right "
        "in the sheet and read it again; nothing was kept."
    )


class UnitIsThere(DomainError):
    code = "treasury.unit_is_there"
    message = _("There is a business unit “%(name)s” already. Choose another name.")


class UnknownKind(DomainError):
    code = "treasury.unknown_kind"
    message = _("“%(kind)s” is no kind of paper on this list. Choose one from the list.")
