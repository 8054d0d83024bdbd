"""Every way the ledger can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class UnbalancedEntry(DomainError):
    code = "ledger.unbalanced_entry"
    message = _(
        "Debits are %(debits)s but credits are %(credits)s. Both must be equal and above zero."
    )


class EmptyLine(DomainError):
    code = "ledger.empty_line"
    message = _(
        "The line on %(account)s has the amount %(amount)s. An amount is above 0 and at most 10^15."
    )


class PeriodClosed(DomainError):
    code = "ledger.period_closed"
    message = _(
        "%(date)s lies in a closed month: the books are closed through %(closed)s. "
        "Choose a date after that; the paper keeps its own date beside it."
    )


class BeforeBooks(DomainError):
    code = "ledger.before_books"
    message = _(
        "%(date)s is before the books begin on %(opened)s. Earlier amounts belong in the opening balances."
    )


class UnknownAccount(DomainError):
    code = "ledger.unknown_account"
    message = _(
        "There is no account “%(account)s” in this cooperative's chart. Choose one from the list of accounts."
    )


class AccountClosed(DomainError):
    code = "ledger.account_closed"
    message = _(
        "The account %(account)s is closed to new entries. Choose another, or open it again."
    )


class PartyNeeded(DomainError):
    code = "ledger.party_needed"
    message = _("A line on %(account)s must name whom it concerns (%(kind)s).")


class WrongParty(DomainError):
    code = "ledger.wrong_party"
    message = _("%(party)s cannot stand on %(account)s, which is kept per %(kind)s.")


class SourceConflict(DomainError):
    code = "ledger.source_conflict"
    message = _(
        "%(source)s is in the books already, with other amounts. Put it right with Betulkan instead."
    )


class AlreadyReversed(DomainError):
    code = "ledger.already_reversed"
    message = _("Journal %(position)s was already reversed by journal %(by)s.")


class ReasonNeeded(DomainError):
    code = "ledger.reason_needed"
    message = _("Say in a few words why: the reason stays beside the correction.")


class CodeTaken(DomainError):
    code = "ledger.code_taken"
    message = _("The account code %(number)s is in use by %(name)s. Choose another.")


class ShownTwice(DomainError):
    code = "ledger.shown_twice"
    message = _(
        "%(shown)s would stand for two accounts, %(first)s and %(second)s. Give one of them another "
        "code."
    )


class BadShownCode(DomainError):
    code = "ledger.bad_shown_code"
    message = _("The code “%(number)s” is too long: at most %(most)s signs.")


class BadCode(DomainError):
    code = "ledger.bad_code"
    message = _(
        "“%(number)s” cannot be an account code: use 4 to 8 digits, the first 1 to 8 being its class."
    )


class MonthNotNext(DomainError):
    code = "ledger.month_not_next"
    message = _(
        "Months are closed one after another: the next one to close is %(next)s, not %(month)s."
    )


class NothingToReopen(DomainError):
    code = "ledger.nothing_to_reopen"
    message = _("No month is closed, so there is none to reopen.")


class MonthNotOver(DomainError):
    code = "ledger.month_not_over"
    message = _("%(month)s is not over yet; it can be closed from %(from)s on.")


class MonthNotReady(DomainError):
    code = "ledger.month_not_ready"
    message = _("%(month)s cannot be closed yet: %(what)s")


class YearIsClosed(DomainError):
    code = "ledger.year_is_closed"
    message = _(
        "%(month)s belongs to the closed year %(year)s. The board opens the year again first, on the "
        "page of the year's closing."
    )


class YearNotReady(DomainError):
    code = "ledger.year_not_ready"
    message = _("The year %(year)s cannot be closed yet: %(what)s")


class YearNotPrepared(DomainError):
    code = "ledger.year_not_prepared"
    message = _(
        "The closing of %(year)s was not prepared yet. One person prepares it, another signs."
    )


class SamePersonOfYear(DomainError):
    code = "ledger.same_person_of_year"
    message = _("%(name)s prepared the closing of %(year)s; someone else of the board signs it.")


class YearNotClosed(DomainError):
    code = "ledger.year_not_closed"
    message = _("The year %(year)s is not closed, so there is nothing to open again.")


class SurplusIsShared(DomainError):
    code = "ledger.surplus_is_shared"
    message = _(
        "The surplus of %(year)s was shared or used already. Put that resolution's entries right "
        "first, then open the year again."
    )


class LaterMonthsClosed(DomainError):
    code = "ledger.later_months_closed"
    message = _(
        "Months after %(year)s are closed, the last one is %(month)s. Open them again first, from "
        "the last back to January."
    )


class NotPrepared(DomainError):
    code = "ledger.not_prepared"
    message = _(
        "%(month)s was not prepared yet. One person prepares the closing, another signs it."
    )


class SamePerson(DomainError):
    code = "ledger.same_person"
    message = _(
        "%(name)s prepared %(month)s; someone else signs it. The manager or the board may do so."
    )


class KeptByPapers(DomainError):
    code = "ledger.kept_by_papers"
    message = _(
        "%(account)s moves by its own papers only. Write the receipt, delivery, hand-out or payment "
        "itself, or put that paper right."
    )


class WrongSide(DomainError):
    code = "ledger.wrong_side"
    message = _(
        "%(party)s would stand at %(left)s on %(account)s, the wrong way round. "
        "Look at the amount and at whom it concerns."
    )


class PaperHasItsOwn(DomainError):
    code = "ledger.paper_has_its_own"
    message = _(
        "Journal %(position)s comes from a paper. Put that paper right; the journal follows."
    )


class UnknownParty(DomainError):
    code = "ledger.unknown_party"
    message = _("Nobody of the kind %(kind)s has the number “%(number)s”. Look it up in the list.")


class BadCheckpoint(DomainError):
    code = "ledger.bad_checkpoint"
    message = _(
        "“%(text)s” is no checkpoint. Write the journal number, a colon and the digest of 64 signs "
        "as they stand on the month's report, or name the file that was kept."
    )
